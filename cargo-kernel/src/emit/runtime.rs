/// Text files under `runtime/`: name and text.
type Files = &'static [(&'static str, &'static str)];

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../js/", $name)))),*]
    };
}

/// The files that are the same in every package.
pub(super) const RUNTIME: Files = files! {
    "abi.js" "array.js" "dtypes.js" "errors.js" "load.js" "messages.js" "node.js" "options.js" "overlap.js" "runtime.js"
    "source.js" "types.d.ts" "web.js"
};

/// What generic kernels need besides.
pub(super) const GENERIC: Files = files! { "generic.js" };

/// What ufuncs need besides generic kernels.
pub(super) const UFUNC: Files = files! { "ufunc.js" };

/// The files that are the same in every package with threads.
pub(super) const THREADS: Files = files! {
    "node-threads.js" "node-worker.js" "threads.js" "web-threads.js" "web-worker.js" "worker.js"
};
