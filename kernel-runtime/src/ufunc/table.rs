//! What an instance of a ufunc brings along: typed loops over contiguous memory.

use super::buffer::{Buffer, Cell, WIDEST};
use super::nest::OPERANDS;
use super::pairwise;
use super::turns::Turns;
use crate::scalar::Element;
use kernel_schema::Dtype;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::{array, ptr, slice};

/// An instance of a ufunc: its function, applied to scalars of fixed types.
pub trait Op: 'static {
    /// A tuple of one to four elements.
    type Args: Args;
    /// The result.
    type Output: Element;
    /// The function.
    fn apply(args: Self::Args) -> Self::Output;
}

/// The arguments of an [`Op`].
pub trait Args: Copy + 'static {
    /// Their dtypes.
    const DTYPES: &'static [Dtype];

    /// Applies the function to `vectors` times [`lanes`] elements.
    ///
    /// # Safety
    ///
    /// U4: `inputs` has one address per argument.
    unsafe fn map<O: Op<Args = Self>>(inputs: *const *const u8, output: *mut u8, vectors: usize);
}

/// Bytes of a vector.
const VECTOR: usize = 16;

/// Of how many elements a loop takes a multiple: as many as the smallest of its types has in a vector.
///
/// So no loop has code for what is left over, which would be most of the code: the function once more for single elements.
const fn lanes(sizes: &[usize]) -> usize {
    let (mut smallest, mut i) = (VECTOR, 0);
    while i < sizes.len() {
        if sizes[i] < smallest {
            smallest = sizes[i];
        }
        i += 1;
    }
    VECTOR / smallest
}

macro_rules! args {
    ($($ty:ident $value:ident $index:literal),*) => {
        impl<$($ty: Element),*> Args for ($($ty,)*) {
            const DTYPES: &'static [Dtype] = &[$($ty::DTYPE),*];

            unsafe fn map<O: Op<Args = Self>>(
                inputs: *const *const u8,
                output: *mut u8,
                vectors: usize,
            ) {
                // As parameters of a function, slices are known not to overlap; and counted like this, none of their bounds is
                // looked at, and nothing is left over. So the loop is vectorised, and nothing else.
                fn each<$($ty: Element,)* O: Op<Args = ($($ty,)*)>>(
                    $($value: &[$ty],)*
                    output: &mut [MaybeUninit<O::Output>],
                ) {
                    let sizes = [size_of::<O::Output>() $(, size_of::<$ty>())*];
                    if sizes[0] == 1 && sizes[1..].iter().any(|&size| size > 1) {
                        // Else a loop has as many lanes as its widest elements, and stores the bools of a comparison four bytes at
                        // a time: this takes half the time.
                        let (output, _) = output.as_chunks_mut::<VECTOR>();
                        $(let ($value, _) = $value.as_chunks::<VECTOR>();)*
                        for turn in Turns::new(output.len()) {
                            let output = &mut output[turn.clone()];
                            $(let $value = &$value[turn.clone()][..output.len()];)*
                            for i in 0..output.len() {
                                output[i] = array::from_fn(|lane| {
                                    MaybeUninit::new(O::apply(($($value[i][lane],)*)))
                                });
                            }
                        }
                        return;
                    }
                    let n = output.len();
                    $(let $value = &$value[..n];)*
                    let mut i = 0;
                    // Not `i < n`: the loop would be one of at least one time, of which nobody knows a divisor.
                    while i != n {
                        output[i].write(O::apply(($($value[i],)*)));
                        i += 1;
                    }
                }
                if vectors == 0 {
                    return;
                }
                let lanes = lanes(&[size_of::<O::Output>() $(, size_of::<$ty>())*]);
                // SAFETY: U4.
                unsafe {
                    let n = vectors.unchecked_mul(lanes);
                    each::<$($ty,)* O>(
                        $(slice::from_raw_parts(inputs.add($index).read().cast(), n),)*
                        slice::from_raw_parts_mut(output.cast(), n),
                    );
                }
            }
        }
    };
}

args!(A a 0);
args!(A a 0, B b 1);
args!(A a 0, B b 1, C c 2);
args!(A a 0, B b 1, C c 2, D d 3);

/// The typed code of an [`Op`] and what the engine must know to call it.
#[derive(Debug)]
pub struct Loop {
    inputs: &'static [Dtype],
    output: Dtype,
    map: unsafe fn(inputs: *const *const u8, output: *mut u8, vectors: usize),
    fold: Option<Fold>,
}

/// What an `Op` of two arguments and one type has besides: it can be repeated.
#[derive(Debug)]
pub(crate) struct Fold {
    /// Whether it is associative and commutative, up to rounding.
    pub(crate) reorderable: bool,
    identity: Option<Cell>,
    scan: unsafe fn(acc: *mut u8, input: *const u8, output: *mut u8, n: usize),
    reduce: Option<unsafe fn(input: *const u8, output: *mut u8, n: usize)>,
    onto: unsafe fn(acc: *mut u8, input: *const u8, n: usize),
}

impl Loop {
    /// The loop of any `Op`.
    pub const fn of<O: Op>() -> Loop {
        Loop {
            inputs: <O::Args as Args>::DTYPES,
            output: <O::Output as Element>::DTYPE,
            map: <O::Args as Args>::map::<O>,
            fold: None,
        }
    }

    /// The loop of an `Op` that also reduces and accumulates.
    ///
    /// `reorderable` is NumPy's word for associative and commutative (up to rounding): such an operation is reduced in a tree and
    /// over several axes, any other one from left to right. `identity` is the reduction of nothing.
    pub const fn fold<O>(identity: Option<O::Output>, reorderable: bool) -> Loop
    where
        O: Op<Args = (<O as Op>::Output, <O as Op>::Output)>,
    {
        let identity = match identity {
            Some(value) => Some(Cell::new(value)),
            None => None,
        };
        Loop {
            fold: Some(Fold {
                reorderable,
                identity,
                scan: scan::<O, O::Output>,
                // What the table does not name is not compiled.
                reduce: match reorderable {
                    true => Some(reduce::<O, O::Output>),
                    false => None,
                },
                onto: onto::<O, O::Output>,
            }),
            ..Loop::of::<O>()
        }
    }

    pub(crate) fn arity(&self) -> usize {
        self.inputs.len()
    }

    pub(crate) fn inputs(&self) -> &'static [Dtype] {
        self.inputs
    }

    pub(crate) fn output(&self) -> Dtype {
        self.output
    }

    /// Size of the widest element that the loop reads or writes.
    pub(crate) fn widest(&self) -> usize {
        let inputs = self.inputs.iter().map(|dtype| dtype.size());
        inputs.fold(self.output.size(), usize::max)
    }

    fn lanes(&self) -> usize {
        let sizes = self.inputs.iter().map(|dtype| dtype.size());
        let smallest = sizes.fold(self.output.size(), usize::min);
        lanes(&[smallest])
    }

    /// Applies the function to `n` elements.
    ///
    /// # Safety
    ///
    /// U4.
    pub(crate) unsafe fn map(&self, inputs: &[*const u8], output: *mut u8, n: usize) {
        debug_assert!(inputs.len() >= self.inputs.len());
        let lanes = self.lanes();
        let whole = n - n % lanes;
        // SAFETY: U1, U4.
        unsafe {
            (self.map)(inputs.as_ptr(), output, n / lanes);
            if whole < n {
                self.map_rest(inputs, output, whole..n);
            }
        }
    }

    /// Applies the function to fewer elements than there are lanes: in buffers, which they fill by turns.
    ///
    /// # Safety
    ///
    /// U4; there is one.
    #[inline(never)]
    unsafe fn map_rest(&self, inputs: &[*const u8], output: *mut u8, rest: Range<usize>) {
        let (count, lanes) = (rest.len(), self.lanes());
        let mut buffers = [const { Buffer::<{ VECTOR * WIDEST }>::uninit() }; OPERANDS];
        let (result, buffers) = buffers.split_last_mut().expect("an output");
        let mut filled = [ptr::null(); OPERANDS];
        for (slot, dtype) in self.inputs.iter().enumerate() {
            let size = dtype.size();
            let buffer = buffers[slot].as_mut_ptr();
            filled[slot] = buffer.cast_const();
            // SAFETY: U4; U6, `lanes` elements.
            unsafe {
                let from = inputs[slot].add(rest.start * size);
                ptr::copy_nonoverlapping(from, buffer, count * size);
                let mut done = count;
                while done < lanes {
                    let more = done.min(lanes - done);
                    ptr::copy_nonoverlapping(buffer, buffer.add(done * size), more * size);
                    done += more;
                }
            }
        }
        let size = self.output.size();
        // SAFETY: U1, U4, the buffers overlap nothing; U6.
        unsafe {
            (self.map)(filled.as_ptr(), result.as_mut_ptr(), 1);
            let to = output.add(rest.start * size);
            ptr::copy_nonoverlapping(result.as_ptr(), to, count * size);
        }
    }

    /// What reduces and accumulates.
    pub(crate) fn folding(&self) -> &Fold {
        let fold = self.fold.as_ref();
        fold.expect("JavaScript reduces with loops that fold")
    }
}

impl Fold {
    /// The reduction of nothing.
    pub(crate) fn identity(&self) -> Option<&Cell> {
        self.identity.as_ref()
    }

    /// `output[i] = acc = f(acc, input[i])` for `n` elements.
    ///
    /// # Safety
    ///
    /// U4; `acc` is one more element, and is initialised.
    pub(crate) unsafe fn scan(&self, acc: *mut u8, input: *const u8, output: *mut u8, n: usize) {
        // SAFETY: U1, U4.
        unsafe { (self.scan)(acc, input, output, n) };
    }

    /// The reduction of `n` elements, as [`pairwise`] says; there is one.
    ///
    /// # Safety
    ///
    /// U4; `output` is one element.
    pub(crate) unsafe fn reduce(&self, input: *const u8, output: *mut u8, n: usize) {
        let reduce = self.reduce.expect("only what is reorderable has a tree");
        // SAFETY: U1, U4.
        unsafe { reduce(input, output, n) };
    }

    /// `acc[i] = f(acc[i], input[i])` for `n` elements.
    ///
    /// # Safety
    ///
    /// U4; `acc` is `n` elements that are initialised.
    pub(crate) unsafe fn onto(&self, acc: *mut u8, input: *const u8, n: usize) {
        // SAFETY: U1, U4.
        unsafe { (self.onto)(acc, input, n) };
    }
}

unsafe fn reduce<O, T>(input: *const u8, output: *mut u8, n: usize)
where
    O: Op<Args = (T, T), Output = T>,
    T: Element,
{
    // SAFETY: U4.
    unsafe {
        let input = slice::from_raw_parts(input.cast::<T>(), n);
        output.cast::<T>().write(pairwise::reduce::<O, T>(input));
    }
}

unsafe fn onto<O, T>(acc: *mut u8, input: *const u8, n: usize)
where
    O: Op<Args = (T, T), Output = T>,
    T: Element,
{
    // As in `Args::map`.
    fn each<O: Op<Args = (T, T), Output = T>, T: Element>(acc: &mut [T], input: &[T]) {
        let input = &input[..acc.len()];
        for i in 0..acc.len() {
            acc[i] = pairwise::of_two::<O, T>(acc[i], input[i]);
        }
    }
    // SAFETY: U4.
    unsafe {
        each::<O, T>(
            slice::from_raw_parts_mut(acc.cast(), n),
            slice::from_raw_parts(input.cast(), n),
        );
    }
}

unsafe fn scan<O, T>(acc: *mut u8, input: *const u8, output: *mut u8, n: usize)
where
    O: Op<Args = (T, T), Output = T>,
    T: Element,
{
    let acc = acc.cast::<T>();
    // SAFETY: U4.
    let (mut value, input, output) = unsafe {
        (
            acc.read(),
            slice::from_raw_parts(input.cast::<T>(), n),
            slice::from_raw_parts_mut(output.cast::<MaybeUninit<T>>(), n),
        )
    };
    for (output, &input) in output.iter_mut().zip(input) {
        value = pairwise::of_two::<O, T>(value, input);
        output.write(value);
    }
    // SAFETY: U4.
    unsafe { acc.write(value) };
}
