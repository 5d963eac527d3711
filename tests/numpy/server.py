"""Answers what NumPy does: `tests/js/numpy.test.mjs` asks, and compares.

A line on stdin is a JSON list of requests, the line that answers it a list of as many results:

    request   {"op": ..., "name": ..., "args": [ARRAY, ...], "options": {...}, "written": [place, ...], "missing": [place, ...]}
    ARRAY     {"dtype": ..., "shape": [...], "bytes": BASE64, "steps": [[METHOD, ARGUMENT, ...], ...]}
    result    {"results": [PLAIN, ...], "written": [BASE64, ...], "bound": BASE64 or null, "written_bounds": [BASE64 or null, ...]},
              or {"refused": MESSAGE}

The request {"op": "call", "name": "linalg.solve", "args": [...], "kwargs": {...}, "dtype": ...} is a call of any function: its arguments may
be plain values, lists, {"tuple": [...]} and {"int": nested lists} besides, its results are cast to `dtype` if there is one, each to its
own of a list.

`steps` make a view of the array. `written` are the arrays, whole, that views of arguments were written through. `bound` is, per
number, how far another order of the same operations may be away: float64, absent where results are to be the same. `written_bounds` are
those of the written arrays. `missing` are the places of arguments that are left out.
"""

import base64
import io
import json
import operator
import sys

import numpy as np

REFUSALS = (ValueError, IndexError, TypeError, OverflowError, ZeroDivisionError)


def view_of(base, steps):
    for method, *args in steps:
        base = STEPS[method](base, *args)
    return base


def decode(spec):
    """An array, and the view that the steps make of it."""
    base = np.frombuffer(base64.b64decode(spec["bytes"]), spec["dtype"]).reshape(spec["shape"]).copy()
    return base, view_of(base, spec["steps"])


def encode(data):
    return base64.b64encode(data).decode()


def plain(array):
    array = np.asarray(array)
    return {"dtype": array.dtype.name, "shape": array.shape, "bytes": encode(array.tobytes())}


def slice_of(array, text):
    indices = eval(f"np.s_[{text},]", {"np": np, "newaxis": None})
    # With an ellipsis the result is a view, without dimensions too.
    return array[indices if any(index is ... for index in indices) else (*indices, ...)]


STEPS = {
    "slice": slice_of,
    "at": lambda array, *indices: array[(*indices, ...)],
    "transpose": lambda array, *axes: array.transpose(axes or None),
    "reshape": lambda array, *shape: np.reshape(array, shape, copy=False),
    "broadcastTo": lambda array, *shape: np.broadcast_to(array, shape),
    "squeeze": lambda array, *axis: array.squeeze(*axis),
    "expandDims": np.expand_dims,
    "ravel": lambda array: array.ravel(),
    "flatten": lambda array: array.flatten(),
    "copy": lambda array: array.copy(),
    "astype": lambda array, dtype: array.astype(dtype, order="C"),
}

# What is no ufunc is one in these.
FUNCTIONS = {
    "where": np.where,
    "clip": np.clip,
    "multiply_add": lambda a, b, c, d: np.add(np.multiply(a, b), np.multiply(c, d)),
}


def apply(name, args, out):
    function = FUNCTIONS.get(name)
    if function is None:
        return getattr(np, name)(*args, out=out)
    result = function(*args)
    if out is None:
        return result
    # As a ufunc has it: `copyto` drops axes of one element in front.
    np.copyto(out, np.broadcast_to(result, out.shape))
    return out


def assign(x, y):
    y[...] = x
    return []


def cumsum(x):
    np.add.accumulate(x, axis=-1, out=x)
    return []


def scale(a, x):
    np.multiply(x, a, out=x)
    return []


def lifted_subtract(x, by):
    if x.shape[-1] != by.shape[-1]:
        raise ValueError("core dimensions do not broadcast")
    before = x.sum(-1)
    x -= by
    return [before]


def lifted_fill(out, x):
    np.positive(x[..., None], out=out)
    return []


def counts(mask):
    count = np.count_nonzero(mask, axis=-1)
    return [np.asarray(count > 0), *(np.asarray(count, dtype) for dtype in ("uint32", "uint64", "float32"))]


def clip(x, low, high):
    """As `np.clip`, but that the lower bound wins where both hold."""
    below = np.False_ if low is None else x < low
    above = np.False_ if high is None else x > high
    return [np.where(below, low if low is not None else 0, np.where(above, high if high is not None else 0, x)).astype(x.dtype)]


def optional_sum(x, mask, scale):
    if mask is not None and mask.shape != x.shape:
        raise ValueError("sizes differ")
    return [(x if mask is None else x * mask).sum() * (1.0 if scale is None else scale)]


KERNELS = {
    "flip": lambda x: [np.flip(x, -1)],
    "assign": assign,
    "cumsum": cumsum,
    "scale": scale,
    "matmul": lambda a, b: [a @ b],
    "diff": lambda x: [np.diff(x)],
    "cross": lambda a, b: [np.cross(a, b)],
    "max_both": lambda x: [x.max(axis=1), x.max(axis=0)],
    "add": lambda a, b: [a + b],
    "subtract": lambda a, b: [a - b],
    "multiply": lambda a, b: [a * b],
    "equal": lambda a, b: [a == b],
    "negative": lambda a: [-a],
    "lifted_transposed": lambda x: [x.mT],
    "lifted_dot": lambda x, y, scale: [np.vecdot(x, y) * scale],
    "lifted_counts": counts,
    "lifted_subtract": lifted_subtract,
    "lifted_fill": lifted_fill,
    "optional_clip": clip,
    "optional_sum": optional_sum,
}


def add_all(arrays, out):
    for array in arrays:
        np.add(out, array, out=out)
    return []


LISTS = {
    "concatenate": lambda arrays, axis: [np.concatenate(arrays, axis)],
    "stack": lambda arrays, axis: [np.stack(arrays, axis)],
    "split": lambda arrays, sections, axis: np.split(arrays[0], sections, axis),
    "broadcast_arrays": lambda arrays: np.broadcast_arrays(*arrays),
    "add_all": add_all,
}


def create(name, args, options):
    if name in ("zeros", "ones"):
        return getattr(np, name)(args[0], **options)
    return getattr(np, name)(*args, **options)


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return np.frombuffer(file.getvalue(), "uint8")


def magnitude(array):
    return np.abs(array.astype("complex128" if array.dtype.kind == "c" else "float64"))


def of_parts(re, im):
    """A complex bound is one of each part."""
    bound = np.empty(np.shape(re), "complex128")
    bound.real, bound.imag = re, im
    return bound


def per_number(bound, array):
    """A bound for each number of the array's, of which complex elements have two."""
    bound = np.broadcast_to(bound, array.shape)
    return of_parts(bound, bound) if array.dtype.kind == "c" and bound.dtype.kind != "c" else bound


def around(spec, bound):
    """Bounds of the whole array of a view: outside of the view nothing may change."""
    base = np.zeros(spec["shape"], bound.dtype)
    view_of(base, spec["steps"])[...] = bound
    return encode(base.tobytes())


def unit_of(dtype):
    return float(np.finfo(dtype).eps)


def bound_of_map(name, args):
    """Of complex numbers: two roundings or one, in whatever order, are in units of the operands' magnitudes."""
    dtype = args[-1].dtype
    units = COMPLEX_UNITS.get(name) if dtype.kind == "c" else None
    return None if units is None else unit_of(dtype) * units(*map(magnitude, args))


COMPLEX_UNITS = {
    "multiply": lambda a, b: 4 * a * b,
    "divide": lambda a, b: 16 * a / b,
    "multiply_add": lambda a, b, c, d: 8 * (a * b + c * d),
}


def bound_of_products(name, counts, result):
    """Of n products the error is at most (n - 1) u |product|; twice, for two orders; complex ones round in several steps."""
    steps = {"multiply": 3, "divide": 16}[name] if result.dtype.kind == "c" else 1
    return steps * counts * unit_of(result.dtype) * magnitude(result)


def bound_of_reduce(name, array, axis, keepdims, initial, result):
    """Of a sum the error is at most (n - 1) u sum|x| in any order; twice, for two orders."""
    kind = array.dtype.kind
    if not (kind in "fc" and name in ("add", "multiply") or kind == "c" and name == "divide"):
        return None
    counts = np.ones(array.shape, "int64").sum(axis=axis, keepdims=keepdims) + 1
    if name != "add":
        return bound_of_products(name, counts, np.asarray(result))

    def bound(part):
        size = np.add.reduce(magnitude(part(array)), axis=axis, keepdims=keepdims)
        return counts * unit_of(array.dtype) * (size + magnitude(part(np.asarray(initial or 0))))

    return of_parts(bound(np.real), bound(np.imag)) if kind == "c" else bound(np.asarray)


def bound_of_accumulate(name, axis, result):
    """As of a reduction; but the order is the same, so only complex products differ."""
    if result.dtype.kind != "c" or name not in ("multiply", "divide"):
        return None
    return bound_of_products(name, np.ones(result.shape).cumsum(axis), result)


def bound_of_kernel(name, args):
    bound = BOUNDS.get(name)
    if bound is None or args[0].dtype.kind not in "fc":
        return None
    return unit_of(args[0].dtype) * bound(*(None if arg is None else magnitude(arg) for arg in args))


# In units: of a sum of n products 2 n of the sum of their magnitudes.
BOUNDS = {
    "matmul": lambda a, b: 2 * a.shape[-1] * (a @ b),
    "lifted_dot": lambda x, y, scale: 2 * (x.shape[-1] + 1) * np.vecdot(x, y) * scale,
    "lifted_subtract": lambda x, by: 2 * x.shape[-1] * x.sum(-1),
    "optional_sum": lambda x, mask, scale: 2 * (x.size + 1) * x.sum() * (1.0 if scale is None else scale),
}


def svd_products(a):
    """What does not depend on the signs of the vectors."""
    u, s, vh = np.linalg.svd(a, full_matrices=False)
    return s, (u * s[..., None, :]) @ vh, u.mT @ u, vh @ vh.mT


def eigh_products(a):
    w, v = np.linalg.eigh(a)
    return w, (v * w[..., None, :]) @ v.mT, v.mT @ v


def generator(seed, calls):
    """What a generator's methods give, one after the other. Integers come as strings; permutations are int32."""
    rng = np.random.default_rng(int(seed))
    results = []
    for name, *args in calls:
        result = getattr(rng, name)(*(int(arg) if isinstance(arg, str) else arg for arg in args))
        results.append(result.astype("int32") if name == "permutation" else result)
    return results


def npz(data):
    """The names in an archive, one a line, and its arrays."""
    with np.load(io.BytesIO(data.tobytes())) as archive:
        return [np.frombuffer("\n".join(archive).encode(), "uint8"), *archive.values()]


# What has no name of its own in NumPy.
EXTRA = {
    "npz": npz,
    "sigmoid": lambda x: (1 / (1 + np.exp(-x.astype("longdouble")))).astype(x.dtype),
    "svd_products": svd_products,
    "eigh_products": eigh_products,
    "generator": generator,
}


def argument(value):
    """An argument of a call: an array, a single value, a list of them, anything plain."""
    if isinstance(value, list):
        return [argument(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "tuple" in value:
        return tuple(map(argument, value["tuple"]))
    if "int" in value:
        return np.array(value["int"], "int32")
    view = decode(value)[1]
    return view[()] if value.get("scalar") else view


def call(request):
    """Any function of NumPy's, called."""
    name = request["name"]
    function = EXTRA.get(name) or operator.attrgetter(name)(np)
    kwargs = {key: argument(value) for key, value in request["kwargs"].items()}
    result = function(*map(argument, request["args"]), **kwargs)
    results = [np.asarray(each) for each in (result if isinstance(result, (tuple, list)) else [result])]
    dtypes = request.get("dtype")
    if dtypes:
        dtypes = dtypes if isinstance(dtypes, list) else [dtypes] * len(results)
        results = [each.astype(dtype or each.dtype) for each, dtype in zip(results, dtypes, strict=True)]
    return {"results": [plain(each) for each in results], "written": [], "bound": None}


def run(request):
    if request["op"] == "call":
        return call(request)
    decoded = [decode(spec) for spec in request["args"]]
    bases, args = [base for base, _ in decoded], [view for _, view in decoded]
    op, name, options = request["op"], request["name"], request["options"]
    out = args[options["out"]] if "out" in options else None
    args = args[: request.get("inputs", len(args))]
    bound = None
    if op == "map":
        bound = bound_of_map(name, args)
        results = [apply(name, [arg.copy() for arg in args], None)]
        if out is not None:
            # NumPy says whether it takes `out`. What it writes is wrong in 2.4.6 for `negative` in place and `isnan` of 4-byte
            # elements with negative strides.
            apply(name, args, out)
            out[...] = results[0]
            results = [out]
    elif op == "reduce":
        axis = tuple(options["axis"]) if isinstance(options["axis"], list) else options["axis"]
        keepdims, array = options["keepdims"], args[0]
        more = {"initial": args[1][()]} if len(args) > 1 else {}
        results = [getattr(np, name).reduce(array, axis, array.dtype, out, keepdims, **more)]
        bound = bound_of_reduce(name, array, axis, keepdims, more.get("initial"), results[0])
    elif op == "accumulate":
        results = [getattr(np, name).accumulate(args[0], options["axis"], args[0].dtype, out)]
        bound = bound_of_accumulate(name, options["axis"], results[0])
    elif op == "outer":
        a, b = args
        bound = bound_of_map(name, [a.reshape(a.shape + (1,) * b.ndim), b])
        results = [getattr(np, name).outer(a, b, **({} if out is None else {"out": out}))]
    elif op == "list":
        arrays = [args[place] for place in options["list"]]
        results = LISTS[name](arrays, *options["numbers"], *(args[place] for place in request["written"]))
    elif op == "kernel":
        for place in request.get("missing", []):
            args.insert(place, None)
        bound = bound_of_kernel(name, args)
        results = KERNELS[name](*args)
    elif op == "create":
        results = [create(name, request["numbers"], options)]
    elif op == "view":
        results = [args[0]]
    elif op == "text":
        return {"results": [], "written": [], "text": str(args[0])}
    else:
        results = [npy(args[0])]
    if bound is not None:
        bound = per_number(bound, np.asarray(results[0]))
    return {
        "results": [plain(result) for result in results],
        "written": [encode(bases[place].tobytes()) for place in request["written"]],
        "bound": None if bound is None else encode(bound.tobytes()),
        "written_bounds": [
            None if bound is None or place != options.get("out") else around(request["args"][place], bound)
            for place in request["written"]
        ],
    }


def answer(request):
    try:
        return run(request)
    except REFUSALS as error:
        return {"refused": f"{type(error).__name__}: {error}"}


def main():
    np.seterr(all="ignore")
    print(json.dumps({"numpy": np.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps([answer(request) for request in json.loads(line)]), flush=True)


main()
