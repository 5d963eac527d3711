kernel_runtime::export!(filters::blur);
kernel_runtime::export!("filters");

fn main() {}
