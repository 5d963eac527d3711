//! Memory: kernels that allocate at once on every thread, and that ask for too much.

use kernel_runtime::prelude::*;
use kernel_runtime::rayon;

/// A generator for sizes and bytes: Marsaglia, "Xorshift RNGs" (2003), with his triple 13, 7, 17.
struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// Allocates and frees on all threads at once, and checks every byte.
///
/// Each of `tasks` keeps up to eight blocks of up to `largest` bytes, fills them (`memory.fill`), copies them
/// (`memory.copy`), lets them grow and compares them. Returns a sum that depends on the arguments alone.
#[kernel]
pub fn churn(tasks: u32, rounds: u32, largest: u32, seed: u32) -> u64 {
    (0..tasks)
        .into_par_iter()
        .with_max_len(1)
        .map(|task| churn_one(task, rounds, largest, seed))
        .reduce(|| 0, u64::wrapping_add)
}

fn churn_one(task: u32, rounds: u32, largest: u32, seed: u32) -> u64 {
    let mut random = Xorshift((u64::from(seed) << 32) | u64::from(task) | (1 << 63));
    let mut kept: Vec<(u8, Vec<u8>)> = Vec::new();
    let mut sum = 0_u64;
    for _ in 0..rounds {
        let size = 1 + (random.next() % u64::from(largest)) as usize;
        let byte = random.next() as u8;
        let mut block = vec![byte; size];
        let copy = block.clone();
        block.extend_from_slice(&copy);
        kept.push((byte, block));
        if kept.len() > 8 {
            let (byte, block) = kept.swap_remove((random.next() % 8) as usize);
            sum = sum.wrapping_add(checked_sum(byte, &block));
        }
    }
    kept.iter().fold(sum, |sum, (byte, block)| {
        sum.wrapping_add(checked_sum(*byte, block))
    })
}

fn checked_sum(byte: u8, block: &[u8]) -> u64 {
    let wrong = block.iter().position(|&found| found != byte);
    assert_eq!(
        wrong,
        None,
        "a block of {} bytes was overwritten",
        block.len()
    );
    u64::from(byte).wrapping_mul(block.len() as u64)
}

/// A zeroed array of `count` bytes.
#[kernel(() -> (count))]
pub fn block(count: u32) -> Array1<u8> {
    Array1::zeros(count as usize)
}

/// `count` bytes of `value`, allocated and filled by the last thread of the pool while all others do the same.
#[kernel((), () -> (count))]
pub fn block_of_another_thread(count: u32, value: u8) -> Array1<u8> {
    let mut blocks = rayon::broadcast(|_| vec![value; count as usize]);
    Array1::from_vec(blocks.pop().expect("a pool has a thread"))
}

/// Asks for more than any wasm memory has.
#[kernel]
pub fn absurd() -> u32 {
    let blocks: Vec<Vec<u8>> = (0..3)
        .map(|_| Vec::with_capacity(i32::MAX as usize))
        .collect();
    std::hint::black_box(&blocks).len() as u32
}

/// Asks for far too much on several threads at once.
#[kernel]
pub fn absurd_in_parallel(tasks: u32) -> u64 {
    (0..tasks)
        .into_par_iter()
        .with_max_len(1)
        .map(|_| u64::from(hoard()))
        .sum()
}

/// Allocates in small blocks until nothing is left.
#[kernel]
pub fn hoard() -> u32 {
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    loop {
        // Touched, so that no optimizer leaves it out.
        blocks.push(vec![blocks.len() as u8 | 1; 1 << 20]);
        if blocks.len() > 1 << 13 {
            return blocks.iter().map(|block| u32::from(block[0])).sum();
        }
    }
}

/// A panic of ndarray's own: more elements than an array can have.
#[kernel]
pub fn too_many_elements() -> Array2<f64> {
    Array2::zeros((1 << 20, 1 << 20))
}
