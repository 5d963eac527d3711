use kernel_runtime::prelude::*;

#[kernel]
pub struct Stack<T>(Vec<T>);

#[kernel]
pub struct View<'a>(ArrayView1<'a, f64>);

#[kernel]
pub struct Fixed<const N: usize>([f64; N]);

#[kernel]
impl<T> Stack<T> {
    pub fn new() -> Self {
        Stack(Vec::new())
    }
}

fn main() {}
