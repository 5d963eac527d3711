kernel_runtime::export!(filters);

fn main() {}
