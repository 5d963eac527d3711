//! Every type of the language, as parameter and as result.
#![deny(warnings)]
#![forbid(unsafe_code)]

use kernel_runtime::kernel;
use kernel_runtime::ndarray::*;

macro_rules! kernels {
    ($($name:ident: $ty:ident),*) => {$(
        mod $name {
            use super::*;

            #[kernel]
            fn scalar(a: $ty) -> $ty {
                a
            }

            #[kernel((), (n), (n, m) -> (n), (n, m), ())]
            fn views(
                a: ArrayView0<$ty>,
                b: ArrayView1<$ty>,
                c: ArrayView2<$ty>,
            ) -> (Array1<$ty>, Array2<$ty>, Array0<$ty>) {
                (b.to_owned(), c.to_owned(), a.to_owned())
            }

            #[kernel]
            fn high(
                d: ArrayView3<'_, $ty>,
                e: ArrayView4<'_, $ty>,
                f: ArrayView5<$ty>,
                g: ArrayView6<$ty>,
                h: ArrayViewD<$ty>,
            ) -> Result<(Array3<$ty>, Array4<$ty>, Array5<$ty>, Array6<$ty>, ArrayD<$ty>), String> {
                Ok((d.to_owned(), e.to_owned(), f.to_owned(), g.to_owned(), h.to_owned()))
            }

            #[kernel((), (n), (n, m), (.., k), (k, .., k))]
            fn in_place(
                mut a: ArrayViewMut0<$ty>,
                mut b: ArrayViewMut1<$ty>,
                c: ArrayViewMut2<$ty>,
                d: ArrayViewMut3<$ty>,
                e: ArrayViewMut4<$ty>,
            ) {
                a.fill($ty::default());
                b.fill($ty::default());
                let _ = (c, d, e);
            }

            #[kernel]
            fn more_in_place(a: ArrayViewMut5<$ty>, b: ArrayViewMut6<$ty>, mut c: ArrayViewMutD<'_, $ty>) -> $ty {
                let _ = (a, b);
                c.fill($ty::default());
                $ty::default()
            }
        }
    )*};
}

kernels! {
    a: bool, b: i8, c: i16, d: i32, e: i64, f: u8, g: u16, h: u32, i: u64, j: f32, k: f64
}

fn main() {}
