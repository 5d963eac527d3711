// Names and numbers that JavaScript and wasm share, rendered from the crate `kernel-schema`.
export const VERSION = 1;

// Wasm exports.
export const ABI_VERSION = "__kernel_abi_version";
export const AREA = "__kernel_area";
export const ARRAY_NEW = "__kernel_array_new";
export const ARRAY_FREE = "__kernel_array_free";
export const POOL_START = "__kernel_pool_start";
export const POOL_NEXT = "__kernel_pool_next";
export const WORKER_RUN = "__kernel_worker_run";
export const POOL_TRAP = "__kernel_pool_trap";
export const MEMORY_REFRESH = "__kernel_memory_refresh";
export const MEMORY_EXTEND = "__kernel_memory_extend";
export const MEMORY_FREE = "__kernel_memory_free";
export const THREAD = "__kernel_thread";

// How a ufunc that folds is called.
export const UFUNC_MAP = 0;
export const UFUNC_OUTER = 1;
export const UFUNC_REDUCE = 2;
export const UFUNC_ACCUMULATE = 3;
export const UFUNC_FLAT = 4294967295;

// How a thread waits, and the words that one leaves when it traps.
export const WATCHES = 1;
export const SPINS = 2;
export const TRAP_WORDS = 64;

// An array's header, in words.
export const HEADER_DATA = 0;
export const HEADER_DTYPE = 1;
export const HEADER_RANK = 2;
export const HEADER_CAPACITY = 4;
export const HEADER_SHAPE = 5;

// The call area, in bytes.
export const AREA_STATUS = 0;
export const AREA_RESULTS = 8;
export const AREA_DETAIL = 136;
export const AREA_DETAILS = 6;
export const AREA_TEXT = 184;

// How a call ended.
export const STATUS_DTYPE = 1;
export const STATUS_RANK = 2;
export const STATUS_SIZE = 3;
export const STATUS_NAME = 4;
export const STATUS_EXPR = 5;
export const STATUS_EXPR_INVALID = 6;
export const STATUS_ALIAS = 7;
export const STATUS_ALIAS_SELF = 8;
export const STATUS_BOOL = 9;
export const STATUS_FAILURE = 10;
export const STATUS_PANIC = 11;
export const STATUS_MEMORY = 12;
export const STATUS_BROADCAST = 13;
export const STATUS_EMPTY_REDUCTION = 14;
export const STATUS_NOT_REORDERABLE = 15;
export const STATUS_BATCH_SIZE = 16;
export const STATUS_BATCH_NONE = 17;
export const STATUS_ALIAS_HANDLE = 18;
export const RECEIVER = 63;
export const RESULT = 64;
export const ITEM = 256;
export const SCALAR_AXIS = -1;
export const EXPR_NEGATIVE = 0;
export const EXPR_INEXACT = 1;
export const EXPR_OVERFLOW = 2;

// Names of the dtypes; the index is the code.
export const DTYPES = [
  "bool",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float32",
  "float64",
  "float16",
  "complex64",
  "complex128",
];

// Bytes of one element.
export const ITEM_SIZES = [
  1,
  1,
  2,
  4,
  8,
  1,
  2,
  4,
  8,
  4,
  8,
  2,
  8,
  16,
];

// The typed arrays that hold them: real and imaginary parts in turn for complex ones. Not every host has the one of float16.
export const TYPED_ARRAYS = [
  Uint8Array,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  /** @type {typeof Float32Array} */ (/** @type {any} */ (globalThis).Float16Array),
  Float32Array,
  Float64Array,
];
