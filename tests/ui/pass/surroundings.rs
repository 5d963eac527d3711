//! Kernels wherever a function may stand, whatever is called `Ok` there.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![no_implicit_prelude]

#[allow(dead_code)]
pub struct Ok;
#[allow(dead_code)]
pub struct Result;
#[allow(dead_code)]
pub struct Some;
#[allow(dead_code, non_camel_case_types)]
pub struct f32;
#[allow(dead_code)]
mod core {}
#[allow(dead_code)]
mod std {}
#[allow(dead_code)]
mod kernel_runtime {}
#[allow(dead_code)]
mod ndarray {}

/// A kernel in the root.
#[::kernel_runtime::kernel((n) -> ())]
pub fn root(a: ::kernel_runtime::ndarray::ArrayView1<u64>) -> u64 {
    a.sum()
}

mod inner {
    pub mod deeper {
        use ::kernel_runtime::kernel;

        #[kernel]
        fn hidden(a: bool, b: ::std::primitive::f32) -> ::std::result::Result<bool, ::std::string::String> {
            let _ = b;
            ::std::result::Result::Ok(a)
        }
    }
}

/// Lists, alone and beside what is written to.
#[::kernel_runtime::kernel((n, 2), (n, 2), (n) -> (n), ())]
pub fn lists(
    arrays: &[::kernel_runtime::ndarray::ArrayView2<'_, f64>],
    more: ::std::option::Option<&[::kernel_runtime::ndarray::ArrayView2<f64>]>,
    mut out: ::kernel_runtime::ndarray::ArrayViewMut1<f64>,
) -> (::std::vec::Vec<::kernel_runtime::ndarray::Array1<f64>>, u32) {
    out.fill(arrays.len() as f64);
    (::std::vec::Vec::new(), more.map_or(0, |more| more.len() as u32))
}

macro_rules! constant {
    ($name:ident, $js:literal, $dim:ident, $size:literal, $ty:ty) => {
        #[::kernel_runtime::kernel(($dim) -> ($dim, $size), name = $js)]
        pub fn $name(a: ::kernel_runtime::ndarray::ArrayView1<$ty>) -> ::kernel_runtime::ndarray::Array2<$ty> {
            ::kernel_runtime::ndarray::Array2::zeros((a.len(), $size))
        }
    };
}

constant!(three, "withThree", n, 3, f64);
constant!(four, "withFour", m, 4, i8);

fn generic<T>() {
    #[::kernel_runtime::kernel]
    fn in_a_body(a: i32) -> i32 {
        a
    }
    let _ = in_a_body(1);
}

#[::kernel_runtime::kernel]
#[deprecated]
pub fn old(a: i32) -> i32 {
    a
}

fn main() {
    generic::<u8>();
    let a = ::kernel_runtime::ndarray::Array1::zeros(2);
    ::std::assert_eq!(three(a.view()).shape(), [2, 3]);
}
