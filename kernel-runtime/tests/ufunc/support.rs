//! Arrays as JavaScript makes them, a random generator, and what a ufunc means, index by index.

use kernel_runtime::__private::ufunc::{self, Loop};
use kernel_runtime::__private::{Element, RawArray};
use kernel_runtime::exports::{__kernel_area, __kernel_array_free, __kernel_array_new};
use kernel_schema::abi::{area, header, status, ufunc as form};
use std::fmt::Debug;
use std::ptr::{self, null_mut};
use std::slice;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The area is one per process, and tests run on many threads.
pub fn area_lock() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    __kernel_area();
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the status of the last call and clears it, as JavaScript does.
pub fn take_status() -> (u32, [f64; area::DETAILS], String) {
    let base = __kernel_area();
    // SAFETY: B1, the lock is held; the offsets are checked in `area.rs`.
    unsafe {
        let status = base.add(area::STATUS).cast::<u32>();
        let detail = base.add(area::DETAIL).cast::<[f64; area::DETAILS]>().read();
        let (data, len) = base.add(area::TEXT).cast::<(*const u8, usize)>().read();
        let text = if data.is_null() {
            String::new()
        } else {
            String::from_utf8(slice::from_raw_parts(data, len).to_vec()).expect("UTF-8")
        };
        (status.replace(0), detail, text)
    }
}

/// The outer product of two arrays.
///
/// # Safety
///
/// As for [`ufunc::fold`].
pub unsafe fn outer(table: &Loop, a: RawArray, b: RawArray, out: RawArray) -> RawArray {
    // SAFETY: the caller's promise.
    unsafe { ufunc::fold(table, form::OUTER, [a, b], 0, 0, out) }
}

/// A reduction over the axes whose bit is set.
///
/// # Safety
///
/// As for [`ufunc::fold`].
pub unsafe fn reduce(
    table: &Loop,
    array: RawArray,
    axes: u32,
    keepdims: bool,
    initial: RawArray,
    out: RawArray,
) -> RawArray {
    // SAFETY: the caller's promise.
    unsafe {
        ufunc::fold(
            table,
            form::REDUCE,
            [array, initial],
            axes,
            keepdims.into(),
            out,
        )
    }
}

/// Every prefix of a reduction.
///
/// # Safety
///
/// As for [`ufunc::fold`].
pub unsafe fn accumulate(table: &Loop, array: RawArray, axis: usize, out: RawArray) -> RawArray {
    // SAFETY: the caller's promise.
    unsafe {
        ufunc::fold(
            table,
            form::ACCUMULATE,
            [array, null_mut()],
            axis as u32,
            0,
            out,
        )
    }
}

/// What a call was refused with.
pub fn refusal(result: RawArray) -> (u32, [f64; area::DETAILS]) {
    let (status, detail, _) = take_status();
    assert!(result.is_null());
    assert_ne!(status, status::OK);
    (status, detail)
}

/// Makes rayon's pool of so many threads the one that the calls run in.
pub fn with_threads<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> R {
    if cfg!(miri) {
        return work();
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().expect("threads start").install(work)
}

/// Marsaglia's xorshift64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.bits() >> 32) as usize) % end
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn shape(&mut self, rank: usize, most: usize) -> Vec<usize> {
        (0..rank).map(|_| 1 + self.below(most)).collect()
    }
}

/// An element that tests can make.
pub trait Value: Element + Debug + PartialEq {
    fn random(random: &mut Random) -> Self;
}

macro_rules! values {
    ($($ty:ty: $value:expr),*) => {$(
        impl Value for $ty {
            fn random(random: &mut Random) -> Self {
                let value: fn(u64) -> $ty = $value;
                value(random.bits() >> 16)
            }
        }
    )*};
}

values!(
    bool: |bits| bits & 1 == 1,
    i8: |bits| bits as i8,
    i16: |bits| bits as i16,
    i32: |bits| bits as i32,
    i64: |bits| bits as i64,
    u8: |bits| bits as u8,
    u64: |bits| bits,
    f32: |bits| (bits % 100_000) as f32 / 1000.0 - 50.0,
    f64: |bits| (bits % 1_000_000_000) as f64 / 1000.0 - 500_000.0
);

/// An array as JavaScript makes one; freed when dropped.
pub struct Array(pub RawArray);

// SAFETY: a test hands it to one thread at a time.
unsafe impl Send for Array {}
// SAFETY: as above.
unsafe impl Sync for Array {}

impl Array {
    /// A row-major array.
    pub fn new<T: Value>(shape: &[usize], values: &[T]) -> Array {
        assert_eq!(shape.iter().product::<usize>(), values.len());
        let memory = Array::memory(values);
        let array = memory.view(0, shape, &row_major(shape));
        // The memory goes with the view.
        // SAFETY: A1, A2; both headers have the words.
        unsafe {
            for word in [header::BASE, header::CAPACITY] {
                ptr::swap(memory.0.add(word), array.0.add(word));
            }
        }
        array
    }

    fn memory<T: Element>(values: &[T]) -> Array {
        let raw = __kernel_array_new(T::DTYPE.code(), 0, values.len());
        assert!(!raw.is_null());
        // SAFETY: A2, the allocation has room for the values.
        unsafe {
            let data = raw.add(header::DATA).cast::<*mut T>().read();
            data.copy_from_nonoverlapping(values.as_ptr(), values.len());
        }
        Array(raw)
    }

    /// Another header over the same memory, as views in JavaScript are; the strides must stay inside.
    pub fn view(&self, offset: isize, shape: &[usize], strides: &[isize]) -> Array {
        let dtype = self.dtype();
        let raw = __kernel_array_new(dtype, shape.len(), 0);
        let size = kernel_schema::Dtype::from_code(dtype)
            .expect("a dtype")
            .size();
        // SAFETY: A2 by the caller's choice; the view owns nothing, its capacity is 0.
        unsafe {
            let data = self.0.add(header::DATA).cast::<*mut u8>().read();
            let data = data.wrapping_offset(offset * size as isize);
            raw.add(header::DATA).cast::<*mut u8>().write(data);
            for (axis, (&size, &stride)) in shape.iter().zip(strides).enumerate() {
                raw.add(header::SHAPE + axis).write(size);
                raw.add(header::SHAPE + shape.len() + axis)
                    .cast::<isize>()
                    .write(stride);
            }
        }
        Array(raw)
    }

    /// The values, given in logical order, at random places: axes in any order, gaps, negative strides.
    pub fn scattered<T: Value>(random: &mut Random, shape: &[usize], values: &[T]) -> Laid {
        let rank = shape.len();
        let mut order: Vec<usize> = (0..rank).collect();
        for i in (1..rank).rev() {
            order.swap(i, random.below(i + 1));
        }
        if random.one_in(3) {
            order = (0..rank).collect();
        }
        let mut strides = vec![0; rank];
        let (mut len, mut offset) = (1, 0);
        for &axis in order.iter().rev() {
            let gap = if random.one_in(4) {
                1 + random.below(3)
            } else {
                1
            };
            let stride = (len * gap) as isize;
            strides[axis] = stride;
            if shape[axis] > 0 {
                len += (shape[axis] - 1) * stride as usize;
            }
            if random.one_in(4) {
                strides[axis] = -stride;
                offset += (shape[axis].max(1) - 1) as isize * stride;
            }
        }
        // Nothing may depend on what lies in the gaps.
        let mut memory: Vec<T> = (0..len).map(|_| T::random(random)).collect();
        for (at, &value) in offsets(shape, &strides).into_iter().zip(values) {
            memory[(offset + at) as usize] = value;
        }
        let memory = Array::memory(&memory);
        let array = memory.view(offset, shape, &strides);
        Laid { array, memory }
    }

    pub fn dtype(&self) -> usize {
        // SAFETY: A2.
        unsafe { self.0.add(header::DTYPE).read() }
    }

    pub fn shape(&self) -> Vec<usize> {
        self.words(header::SHAPE)
    }

    pub fn strides(&self) -> Vec<isize> {
        let words = self.words(header::SHAPE + self.words_of_rank());
        words.into_iter().map(|word| word as isize).collect()
    }

    fn words_of_rank(&self) -> usize {
        // SAFETY: A2.
        unsafe { self.0.add(header::RANK).read() }
    }

    fn words(&self, first: usize) -> Vec<usize> {
        // SAFETY: A2.
        unsafe { slice::from_raw_parts(self.0.add(first), self.words_of_rank()) }.to_vec()
    }

    /// The values in logical order.
    pub fn values<T: Value>(&self) -> Vec<T> {
        assert_eq!(self.dtype(), T::DTYPE.code());
        let strides = self.strides();
        // SAFETY: A2.
        unsafe {
            let data = self.0.add(header::DATA).cast::<*const T>().read();
            let offsets = offsets(&self.shape(), &strides);
            let values = offsets.into_iter().map(|offset| data.offset(offset).read());
            values.collect()
        }
    }
}

impl Drop for Array {
    fn drop(&mut self) {
        // SAFETY: A1, A3; not used again.
        unsafe { __kernel_array_free(self.0) }
    }
}

/// An array and the memory that it is a view of.
pub struct Laid {
    pub array: Array,
    #[expect(dead_code, reason = "freed when dropped")]
    memory: Array,
}

/// Empty, backward and stretched views of two dimensions and their values, which no seed may leave out.
pub fn extremes<T: Value>(random: &mut Random) -> Vec<(Laid, Vec<T>)> {
    let views: [(isize, [usize; 2], [isize; 2]); 6] = [
        (0, [0, 3], [3, 1]),
        (0, [3, 0], [1, 1]),
        (5, [2, 3], [-3, -1]),
        (2, [2, 3], [3, -1]),
        (4, [2, 3], [0, -2]),
        (3, [3, 2], [1, 0]),
    ];
    let laid = views.map(|(offset, shape, strides)| {
        let memory = Array::memory(&[(); 6].map(|()| T::random(random)));
        let array = memory.view(offset, &shape, &strides);
        let values = array.values();
        (Laid { array, memory }, values)
    });
    laid.into()
}

/// An operand that broadcasts to `shape`, and its values there.
pub fn operand<T: Value>(random: &mut Random, shape: &[usize], whole: bool) -> (Laid, Vec<T>) {
    // Missing leading axes, axes of size 1, and axes that a view has stretched.
    let missing = if whole {
        0
    } else {
        random.below(shape.len() + 1)
    };
    let mut own = shape[missing..].to_vec();
    let mut base = own.clone();
    for (own, base) in own.iter_mut().zip(&mut base) {
        if !whole && random.one_in(3) {
            (*own, *base) = (1, 1);
        } else if random.one_in(5) && *own > 0 {
            *base = 1;
        }
    }
    let values: Vec<T> = (0..base.iter().product())
        .map(|_| T::random(random))
        .collect();
    let mut laid = Array::scattered(random, &base, &values);
    let mut strides = laid.array.strides();
    for (axis, &size) in base.iter().enumerate() {
        if size == 1 {
            strides[axis] = if own[axis] == 1 { 12_345 } else { 0 };
        }
    }
    laid.array = laid.array.view(0, &own, &strides);
    let mut steps = vec![0; missing];
    steps.extend(row_major(&base));
    for (step, &size) in steps[missing..].iter_mut().zip(&base) {
        *step = if size == 1 { 0 } else { *step };
    }
    let spread = offsets(shape, &steps).into_iter();
    let spread = spread.map(|at| values[at as usize]).collect();
    (laid, spread)
}

/// Where the elements of an array lie, in logical order.
pub fn offsets(shape: &[usize], strides: &[isize]) -> Vec<isize> {
    let mut offsets = vec![0];
    for (&size, &stride) in shape.iter().zip(strides) {
        let mut along = Vec::with_capacity(offsets.len() * size);
        for offset in offsets {
            // Miri takes its time for iterators.
            let mut i = 0;
            while i < size as isize {
                along.push(offset + i * stride);
                i += 1;
            }
        }
        offsets = along;
    }
    offsets
}

pub fn row_major(shape: &[usize]) -> Vec<isize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis].max(1) as isize;
    }
    strides
}

/// Generators of random cases, fewer of them under Miri.
pub fn seeds(count: u64) -> impl Iterator<Item = (u64, Random)> {
    let count = if cfg!(miri) {
        count.div_ceil(100)
    } else {
        count
    };
    (1..=count).map(|seed| (seed, Random::new(seed)))
}

/// A shape; under Miri, one like it with `most` elements at most.
pub fn sized(shape: &[usize], most: usize) -> Vec<usize> {
    let mut shape = shape.to_vec();
    while cfg!(miri) && shape.iter().product::<usize>() > most {
        let longest = shape.iter_mut().max().expect("a product above 1");
        *longest = *longest * 2 / 3;
    }
    shape
}

/// Numbers of threads that must make no difference. (Under Miri the engine uses threads of std.)
pub const THREADS: &[usize] = if cfg!(miri) { &[2] } else { &[1, 2, 5] };

/// Names the seed of what fails.
pub struct Seed(pub u64, pub Vec<usize>);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, shape {:?}", self.0, self.1);
        }
    }
}

/// Scalar functions.
macro_rules! ops {
    ($($name:ident($($arg:ident: $ty:ty),+) -> $output:ty $body:block)*) => {$(
        pub struct $name;
        impl kernel_runtime::__private::ufunc::Op for $name {
            type Args = ($($ty,)+);
            type Output = $output;
            #[inline(always)]
            fn apply(($($arg,)+): ($($ty,)+)) -> $output $body
        }
    )*};
}
pub(crate) use ops;
