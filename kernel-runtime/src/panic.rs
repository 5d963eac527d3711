//! Panics: where they happened, and how memory that runs out becomes one.

use crate::fault::Fault;
use kernel_schema::abi::status;
use std::any::Any;
use std::sync::{Mutex, PoisonError};

struct Place {
    message: String,
    file: String,
    line: u32,
    column: u32,
}

impl Place {
    fn into_fault(self) -> Fault {
        // What std's collections panic with where the bytes can't even be counted: there is no memory for them either.
        if self.message == "capacity overflow" {
            return Fault::new(status::MEMORY, [isize::MAX as f64]);
        }
        Fault {
            text: [self.message, self.file],
            ..Fault::new(status::PANIC, [self.line.into(), self.column.into()])
        }
    }
}

/// The last panic of any thread: rayon carries a payload to the caller, but not its place.
static LAST: Mutex<Option<Place>> = Mutex::new(None);

/// What a failed allocation unwinds with.
#[cfg(kernel_build_std)]
struct OutOfMemory {
    bytes: usize,
}

/// Freed when memory runs out, so that unwinding itself has some.
#[cfg(kernel_build_std)]
static RESERVE: Mutex<Vec<u8>> = Mutex::new(Vec::new());

#[cfg(kernel_build_std)]
const RESERVE_BYTES: usize = 1 << 16;

/// Installs the hooks; called once, when JavaScript asks for the call area.
pub(crate) fn install_hooks() {
    // Where panics are printed, as in native tests, they still are.
    #[cfg(not(target_family = "wasm"))]
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        #[cfg(not(target_family = "wasm"))]
        previous(info);
        let place = Place {
            message: info
                .payload_as_str()
                .unwrap_or("a value that is no string")
                .to_owned(),
            file: info
                .location()
                .map_or_else(String::new, |at| at.file().to_owned()),
            line: info.location().map_or(0, |at| at.line()),
            column: info.location().map_or(0, |at| at.column()),
        };
        // Nothing will be caught: what JavaScript sees next is a trap.
        #[cfg(panic = "abort")]
        crate::area::report(place.into_fault());
        #[cfg(not(panic = "abort"))]
        {
            *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
        }
    }));
    #[cfg(kernel_build_std)]
    {
        refill_reserve();
        std::alloc::set_alloc_error_hook(|layout| {
            let mut reserve = RESERVE.lock().unwrap_or_else(PoisonError::into_inner);
            drop(std::mem::take(&mut *reserve));
            drop(reserve);
            // Not a panic, so that the panic hook does not run: it allocates.
            std::panic::resume_unwind(Box::new(OutOfMemory {
                bytes: layout.size(),
            }));
        });
    }
}

#[cfg(kernel_build_std)]
fn refill_reserve() {
    let mut reserve = RESERVE.lock().unwrap_or_else(PoisonError::into_inner);
    if reserve.capacity() == 0 {
        // Fails in silence where there is no memory even now; the next refill may have more luck.
        let _ = reserve.try_reserve_exact(RESERVE_BYTES);
    }
}

/// What to report for a panic that reached the export.
#[cold]
pub(crate) fn fault(payload: Box<dyn Any + Send>) -> Fault {
    #[cfg(kernel_build_std)]
    if let Some(&OutOfMemory { bytes }) = payload.downcast_ref() {
        drop(payload);
        refill_reserve();
        return Fault::new(status::MEMORY, [bytes as f64]);
    }
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    drop_payload(payload);
    let place = last.unwrap_or_else(|| Place {
        message: "a panic that was resumed by hand".to_owned(),
        file: String::new(),
        line: 0,
        column: 0,
    });
    place.into_fault()
}

/// A payload's own destructor may panic; that one is not the caller's business.
fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(second) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status_of(message: &str) -> u32 {
        let place = Place {
            message: message.to_owned(),
            file: String::new(),
            line: 0,
            column: 0,
        };
        place.into_fault().status
    }

    #[test]
    fn more_bytes_than_can_be_counted_are_no_memory() {
        let absurd = || Vec::<u64>::with_capacity(std::hint::black_box(usize::MAX));
        let payload = std::panic::catch_unwind(absurd).unwrap_err();
        let message = payload.downcast_ref::<&str>().copied();
        assert_eq!(message.map(status_of), Some(status::MEMORY));
        assert_eq!(status_of("of another kind"), status::PANIC);
    }
}
