kernel_runtime::export!();

fn main() {}
