//! Structs that JavaScript holds by their address and sees nothing of.
//!
//! # Invariants
//!
//! - **O1** A `RawHandle` that reaches a kernel as an `S` was made by [`into_raw`] of an `S`, in this instance, and not dropped
//!   since. (JavaScript's `Handle` keeps it, with its class, in a private field; a handle of another class, one that was
//!   freed and one of another `load()` are refused there. A handle that is freed while its call is prepared goes afterwards.)
//! - **O2** A mutable borrow exists only after [`distinct`] has seen all handles of the call. Different handles have different
//!   addresses, those of structs without a size too, and share no bytes with arrays.
//! - **O3** Borrows live no longer than the call's [`Scope`](crate::call::Scope), and nothing else has one meanwhile: JavaScript
//!   is inside the call, and kernels call none.
//!
//! Only the thread that calls kernels makes, borrows and drops handles, those that JavaScript's garbage collector gives back
//! included. So a struct need not be `Send`; a kernel that shows one to rayon's threads needs it to be `Sync`, as rustc sees to.
//!
//! A panic leaves no borrow behind, so it poisons nothing: the next call sees the struct as the panic left it, as it would an
//! array. That is what [`AssertUnwindSafe`](std::panic::AssertUnwindSafe) in `call` asserts; memory safety does not depend on
//! it, as it does not with a `Mutex` whose poison is ignored.

use crate::fault::Fault;
use kernel_schema::abi::status;
use std::marker::PhantomData;

/// The address of a handle's struct; JavaScript sees a number.
pub type RawHandle = *mut u8;

/// A struct under `#[kernel]`.
///
/// # Safety
///
/// `SYMBOL` is of this type alone: JavaScript knows by it which handles are of which type (O1).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no struct under `#[kernel]`",
    label = "JavaScript can't hold this",
    note = "write `#[kernel]` above the struct; scalars and arrays are known by their own names, no alias stands for them"
)]
pub unsafe trait Opaque: 'static {
    /// The wasm export that drops one.
    const SYMBOL: &'static str;
}

/// Compiles for such structs alone.
pub const fn opaque<S: Opaque>() {}

/// What the address leads to: never without a size, so that every handle has an address of its own.
struct Kept<S> {
    value: S,
    _byte: u8,
}

/// A handle argument.
pub struct Lent<'call, S> {
    raw: RawHandle,
    place: u32,
    marker: PhantomData<&'call S>,
}

impl<'call, S> Lent<'call, S> {
    /// # Safety
    ///
    /// O1, and O3 for `'call`.
    pub(crate) unsafe fn new(raw: RawHandle, place: u32) -> Self {
        Lent {
            raw,
            place,
            marker: PhantomData,
        }
    }

    /// What is borrowed, for [`distinct`].
    pub fn claim(&self, mutable: bool) -> Claim {
        Claim {
            address: self.raw.addr(),
            place: self.place,
            mutable,
        }
    }

    /// The argument of a parameter `&S`.
    ///
    /// # Safety
    ///
    /// O1, O3; O2 where another argument is mutable.
    pub unsafe fn get(&self) -> &'call S {
        // SAFETY: the caller's promise; `new` had O1 and O3.
        unsafe { &(*self.raw.cast::<Kept<S>>()).value }
    }

    /// The argument of a parameter `&mut S`.
    ///
    /// # Safety
    ///
    /// O1, O2, O3; called once.
    pub unsafe fn get_mut(&self) -> &'call mut S {
        // SAFETY: the caller's promise; `new` had O1 and O3.
        unsafe { &mut (*self.raw.cast::<Kept<S>>()).value }
    }
}

/// A handle that a call borrows.
pub struct Claim {
    address: usize,
    place: u32,
    mutable: bool,
}

impl Claim {
    /// Of a handle that was left out: no struct has this address.
    pub const ABSENT: Claim = Claim {
        address: 0,
        place: 0,
        mutable: false,
    };
}

/// Refuses a mutable handle that is another argument too.
pub fn distinct(claims: &[Claim]) -> Result<(), Fault> {
    for (index, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.mutable) {
        for (other_index, other) in claims.iter().enumerate() {
            if other_index != index && other.address == claim.address {
                return Err(Fault::new(
                    status::ALIAS_HANDLE,
                    [claim.place.into(), other.place.into()],
                ));
            }
        }
    }
    Ok(())
}

/// The address of a struct, which JavaScript owns from now on.
pub fn into_raw<S: 'static>(value: S) -> RawHandle {
    Box::into_raw(Box::new(Kept { value, _byte: 0 })).cast()
}

/// Drops a struct that JavaScript owned.
///
/// # Safety
///
/// O1; the address is not used again.
pub unsafe fn drop_raw<S: Opaque>(raw: RawHandle) {
    crate::call::call(|_| {
        // SAFETY: the caller's promise; `into_raw` made it as a box.
        drop(unsafe { Box::from_raw(raw.cast::<Kept<S>>()) });
        Ok(())
    });
}
