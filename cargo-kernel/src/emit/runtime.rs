/// Text files under `runtime/`: name and text.
type Files = &'static [(&'static str, &'static str)];

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../js/", $name)))),*]
    };
}

/// The files that are the same in every package.
pub(super) const RUNTIME: Files = files! {
    "abi.js" "dtypes.js" "errors.js" "load.js" "messages.js" "node.js" "runtime.js" "types.d.ts" "web.js"
};

/// What packages with handles need.
pub(super) const HANDLES: Files = files! { "handles.js" };

/// What packages with arrays or handles need.
pub(super) const OWNED: Files = files! { "scope.js" };

/// The files that are the same in every package whose kernels have arrays.
pub(super) const ARRAYS: Files = files! {
    "array.js" "arraylike.js" "arrays.js" "bytes.js" "cast.js" "checks.js" "create.js" "decimal.js" "format.js" "image.js"
    "layout.js" "members.js" "npy.js" "npz.js" "options.js" "overlap.js" "ranges.js" "slicing.js" "source.js"
    "strided.js" "zip.js"
};

/// What generic kernels need besides.
pub(super) const GENERIC: Files = files! { "choice.js" "generic.js" "kinds.js" };

/// What ufuncs need besides generic kernels.
pub(super) const UFUNC: Files = files! { "ufunc.js" };

/// The files that are the same in every package with threads.
pub(super) const THREADS: Files = files! {
    "node-threads.js" "node-worker.js" "threads.js" "web-threads.js" "web-worker.js" "worker.js"
};
