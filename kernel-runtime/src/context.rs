use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a long kernel tells how far it is, and learns that nobody waits for it any more.
///
/// A kernel takes it as `&Context`, anywhere among its parameters and on as many threads as it likes; JavaScript does not see the
/// parameter. In a test it is a value like any other:
///
/// ```
/// use kernel_runtime::prelude::*;
///
/// /// The sum, in chunks of a thousand.
/// #[kernel]
/// pub fn sum(x: ArrayView1<f64>, context: &Context) -> Result<f64, String> {
///     let mut sum = 0.0;
///     for (index, chunk) in x.axis_chunks_iter(Axis(0), 1000).enumerate() {
///         if context.cancelled() {
///             return Err("cancelled".to_owned());
///         }
///         sum += chunk.sum();
///         context.progress(1000 * index + chunk.len(), x.len());
///     }
///     Ok(sum)
/// }
///
/// let x = Array1::ones(2500);
/// assert_eq!(sum(x.view(), &Context::new()), Ok(2500.0));
///
/// // Cancelled by the first report.
/// let context = Context::on_progress(|context, done, total| {
///     assert_eq!((done, total), (1000, 2500));
///     context.cancel();
/// });
/// assert_eq!(sum(x.view(), &context), Err("cancelled".to_owned()));
/// ```
#[derive(Default)]
pub struct Context {
    cancelled: AtomicBool,
    report: Option<Box<Report>>,
}

type Report = dyn Fn(&Context, usize, usize) + Send + Sync;

impl Context {
    /// One that reports to nobody.
    pub const fn new() -> Context {
        Context {
            cancelled: AtomicBool::new(false),
            report: None,
        }
    }

    /// One that calls `report` with itself, what is done and the total, at each [`progress`](Context::progress) and on the
    /// thread that makes it.
    pub fn on_progress(report: impl Fn(&Context, usize, usize) + Send + Sync + 'static) -> Context {
        Context {
            report: Some(Box::new(report)),
            ..Context::new()
        }
    }

    /// Tells that `done` of `total` units of work are done, whatever a unit is.
    pub fn progress(&self, done: usize, total: usize) {
        if let Some(report) = &self.report {
            report(self, done, total);
        }
    }

    /// Whether the kernel may stop: nobody reads its result. How it stops is the kernel's choice; most return an `Err`.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Makes [`cancelled`](Context::cancelled) true, now and for ever.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("cancelled", &self.cancelled())
            .finish_non_exhaustive()
    }
}

/// The one that exports give to kernels: JavaScript neither listens nor cancels.
pub static SILENT: Context = Context::new();
