//! Structs that JavaScript holds: what they are made of, lent to, and what happens when they are not lent properly.

use kernel_runtime::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// Random numbers: Marsaglia's xorshift (2003).
#[kernel]
pub struct Generator {
    state: u64,
}

#[kernel]
impl Generator {
    /// One that begins at `seed`, which must not be 0.
    pub fn new(seed: u64) -> Result<Self, String> {
        match seed {
            0 => Err("the seed is 0".to_owned()),
            state => Ok(Generator { state }),
        }
    }

    /// One that begins where anybody would.
    pub fn standard() -> Self {
        Generator { state: 1 }
    }

    /// So many numbers in [0, 1).
    #[kernel(() -> (n))]
    pub fn uniform(&mut self, n: u32) -> Array1<f64> {
        (0..n).map(|_| self.next()).collect()
    }

    /// Adds noise in place.
    #[kernel((n))]
    pub fn add_noise(&mut self, mut x: ArrayViewMut1<f64>) {
        x.mapv_inplace(|x| x + self.next());
    }

    /// The sum of an array, times the state.
    #[kernel((n) -> (), types(T = [f32, f64]))]
    pub fn scale<T: NdFloat>(&self, x: ArrayView1<T>) -> T {
        x.sum() * T::from(self.state).unwrap_or(T::zero())
    }

    /// The state.
    #[kernel(name = "state")]
    pub fn state_of(&self) -> u64 {
        self.state
    }

    /// One like this, and what it makes first.
    #[kernel(-> (), ())]
    pub fn fork(&self) -> (Self, f64) {
        let mut fork = Generator { state: self.state };
        let first = fork.next();
        (fork, first)
    }

    /// Takes over another's state.
    pub fn follow(&mut self, other: &Generator) {
        self.state = other.state;
    }

    /// Moves on, then panics.
    pub fn stumble(&mut self) {
        self.next();
        panic!("at state {}", self.state);
    }

    fn next(&mut self) -> f64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A stack that shares what it holds, on one thread.
#[kernel]
#[derive(Default)]
pub struct Stack {
    values: Vec<Rc<Cell<f64>>>,
}

#[kernel]
impl Stack {
    /// An empty one.
    pub fn new() -> Self {
        Stack::default()
    }

    /// One that has the elements of an array.
    #[kernel((n) -> ())]
    pub fn of(values: ArrayView1<f64>) -> Stack {
        let values = values.iter().map(|&value| Rc::new(Cell::new(value)));
        Stack {
            values: values.collect(),
        }
    }

    /// The number of values.
    #[kernel(name = "size")]
    pub fn len(&self) -> u32 {
        self.values.len() as u32
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Adds one.
    pub fn push(&mut self, value: f64) {
        self.values.push(Rc::new(Cell::new(value)));
    }

    /// Another one with the same values: what is added to all of one is added to the other's.
    pub fn share(&self) -> Stack {
        Stack {
            values: self.values.clone(),
        }
    }

    /// Adds to all values.
    pub fn shift(&self, by: f64) {
        self.values
            .iter()
            .for_each(|value| value.set(value.get() + by));
    }

    /// Takes all values of another.
    #[kernel(())]
    pub fn merge(&mut self, other: &mut Stack) {
        self.values.append(&mut other.values);
    }
}

/// The values of a stack.
#[kernel]
pub fn unstack(stack: &Stack) -> Array1<f64> {
    stack.values.iter().map(|value| value.get()).collect()
}

/// Both stacks in one; the first is left empty.
#[kernel((), () -> ())]
pub fn concatenate(first: &mut Stack, second: &Stack) -> Stack {
    let mut values = std::mem::take(&mut first.values);
    values.extend(second.values.iter().cloned());
    Stack { values }
}

/// What a stack and a generator have together, twice the same stack allowed.
#[kernel]
pub fn weigh(a: &Stack, generator: &Generator, b: &Stack) -> f64 {
    let sum = |stack: &Stack| stack.values.iter().map(|value| value.get()).sum::<f64>();
    sum(a) + sum(b) + generator.state as f64
}

/// Adds the first value of a stack to an array, into another.
#[kernel((), (n), (n), types(T = [f32, f64]))]
pub fn add_first<T: NdFloat>(stack: &Stack, x: ArrayView1<T>, mut y: ArrayViewMut1<T>) {
    let first = stack.values.first().map_or(0.0, |value| value.get());
    y.assign(&x.mapv(|x| x + T::from(first).unwrap_or(T::nan())));
}

/// A stack in halves.
#[kernel]
pub fn halves(stack: &Stack) -> Result<(Stack, Array1<f64>, Stack), String> {
    let (first, second) = stack.values.split_at(stack.values.len() / 2);
    if first.is_empty() {
        return Err("nothing to halve".to_owned());
    }
    let stack = |values: &[Rc<Cell<f64>>]| Stack {
        values: values.to_vec(),
    };
    let all = first
        .iter()
        .chain(second)
        .map(|value| value.get())
        .collect();
    Ok((stack(first), all, stack(second)))
}

/// Without a size, and without a constructor.
#[kernel(name = "Marker")]
pub struct Unit;

/// Two of them.
#[kernel]
pub fn markers() -> (Unit, Unit) {
    (Unit, Unit)
}

/// Whether two are both there.
#[kernel]
pub fn marked(a: &mut Unit, b: &mut Unit) -> bool {
    let _ = (a, b);
    true
}

thread_local! {
    static DROPPED: Cell<u32> = const { Cell::new(0) };
}

/// Counts how many of its kind were dropped; one that is not whole panics then.
#[kernel]
pub struct Guard {
    whole: bool,
}

#[kernel]
impl Guard {
    /// One that is whole or not.
    pub fn new(whole: bool) -> Guard {
        Guard { whole }
    }

    /// How many were dropped.
    pub fn dropped() -> u32 {
        DROPPED.get()
    }

    /// A static method of a name that every class of JavaScript has.
    pub fn name() -> u8 {
        7
    }

    /// Whether it is whole, which takes as long as the array has elements.
    pub fn check(&self, x: ArrayView1<f64>) -> bool {
        self.whole && x.iter().all(|x| !x.is_nan())
    }

    /// Every thread of the pool looks at it.
    pub fn check_in_parallel(&self, n: u32, context: &Context) -> u32 {
        let count = (0..n)
            .into_par_iter()
            .filter(|_| self.whole && !context.cancelled());
        let count = count.count() as u32;
        context.progress(n as usize, n as usize);
        count
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
        assert!(self.whole, "the guard is broken");
    }
}

/// The values of `stack`, if there is one, after all of `onto`'s.
#[kernel]
pub fn append(stack: Option<&Stack>, onto: Option<&mut Stack>) -> u32 {
    match (stack, onto) {
        (Some(stack), Some(onto)) => {
            onto.values.extend(stack.values.iter().cloned());
            onto.len()
        }
        (None, Some(onto)) => onto.len(),
        (stack, None) => stack.map_or(0, Stack::len),
    }
}
