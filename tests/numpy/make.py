"""Writes what the tests compare with NumPy: files as it saves them, texts as it prints them, numbers as it computes them.

    target/venv/bin/python tests/numpy/make.py

What it writes is checked in, so that these tests need no Python.
"""

import base64
import json
import pathlib
import random
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 float16 complex64 complex128".split()


def main():
    warnings.simplefilter("ignore")
    write("files.json", files())
    arrays, half = texts()
    for name, some in [("texts", arrays), ("texts-float16", half)]:
        np.savez_compressed(HERE / f"{name}.npz", *some)
        write(f"{name}.json", [str(array) for array in some])
    write("ranges.json", ranges())
    write("views.json", views())
    write("casts.json", casts())


def write(name, cases):
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (HERE / name).write_text(f"[\n{lines}\n]\n")


def plain(array):
    """What an array is, whatever its order and byte order: little-endian bytes in row-major order."""
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return {"dtype": array.dtype.name, "shape": array.shape, "bytes": encode(little.tobytes())}


def encode(data):
    return base64.b64encode(data).decode()


def sample(dtype, shape):
    """An array of values that tell bytes and places apart."""
    size = int(np.prod(shape))
    if dtype == "bool":
        return (np.arange(size) % 3 == 0).reshape(shape)
    values = np.arange(size) * 37 - (0 if dtype.startswith("u") else size * 9)
    if dtype.startswith("c"):
        return (values / 7 + 1j * values[::-1] / 3).astype(dtype).reshape(shape)
    return (values / 7 if dtype.startswith("f") else values).astype(dtype).reshape(shape)


def files():
    """Files under `files/`, and what is in them."""
    cases = []

    def case(name, arrays):
        cases.append({"file": name, "arrays": {key: plain(array) for key, array in arrays.items()}})

    def save(name, array, version=None):
        with open(HERE / "files" / name, "wb") as file:
            np.lib.format.write_array(file, array, version=version)
        case(name, {"": array})

    for dtype in DTYPES:
        save(f"{dtype}.npy", sample(dtype, (3, 4)))
        if np.dtype(dtype).itemsize > 1:
            save(f"{dtype}-big.npy", sample(dtype, (2, 3)).astype(np.dtype(dtype).newbyteorder(">")))
    fortran = np.asfortranarray(sample("int32", (2, 3, 4)))
    save("fortran.npy", fortran)
    save("fortran-big.npy", fortran.astype(">i4", order="F"))
    save("fortran-complex.npy", np.asfortranarray(sample("complex64", (3, 2))))
    save("version2.npy", sample("float64", (2, 2)), (2, 0))
    save("version3.npy", sample("float64", (2, 2)), (3, 0))
    save("rank0.npy", np.array(2.5))
    save("rank6.npy", sample("uint8", (1, 2, 1, 3, 1, 2)))
    save("empty.npy", np.zeros((0, 3), "int16"))
    save("empty-last.npy", np.zeros((3, 0), "float32"))

    arrays = {"a": sample("float32", (4, 5)), "b": sample("int64", (3,)), "größe": np.array(True)}
    np.savez(HERE / "files/stored.npz", **arrays)
    case("stored.npz", arrays)
    arrays["zeros"] = np.zeros((100, 10))
    np.savez_compressed(HERE / "files/deflated.npz", **arrays)
    case("deflated.npz", arrays)
    arrays = {"fortran": fortran, "big": sample("float64", (2, 3)).astype(">f8"), "both": fortran.astype(">c16", order="F")}
    np.savez_compressed(HERE / "files/orders.npz", **arrays)
    case("orders.npz", arrays)
    np.savez(HERE / "files/none.npz")
    case("none.npz", {})
    for name, array in {
        "object": np.array([{}, None], object),
        "structured": np.zeros(2, [("a", "i4"), ("b", "f8")]),
        "text": np.array(["ab", "c"]),
        "date": np.array(["2026-01-01"], "datetime64[D]"),
        "longdouble": np.zeros(2, np.longdouble),
    }.items():
        np.save(HERE / f"files/refused-{name}.npy", array)
    return cases


def texts():
    """Arrays, which `str` prints in all its ways."""
    rng = np.random.default_rng(5)
    nan, inf = np.nan, np.inf
    arrays = [
        np.array(1.5), np.array(-0.0), np.array(1e16), np.array(123456789012345680.0), np.array(1e-5), np.array(0.0001),
        np.array(nan), np.array(-inf), np.array(3), np.array(2**63 - 1), np.array(True), np.array(False),
        np.array(0.1, "float32"), np.array(1e10, "float32"), np.array(16777216, "float32"), np.array(3e38, "float32"),
        np.array(1 + 2j), np.array(2j), np.array(-0.0 + 2j), np.array(1 - 2.5j), np.array(complex(nan, inf)),
        np.array(complex(1e20, -0.0)), np.array(1.5 + 0.1j, "complex64"), np.array(-1e-10j),
        np.zeros((0,)), np.zeros((3, 0)), np.zeros((0, 2), int),
        np.arange(10), np.arange(-5, 5), np.arange(24).reshape(2, 3, 4), np.arange(100).reshape(10, 10),
        np.arange(60), np.arange(1000), np.arange(1001), (np.arange(10000, dtype="int16") % 100).reshape(100, 100),
        np.arange(2000, dtype="int16").reshape(5, 20, 20), np.arange(1100, dtype="int16").reshape(2, 550), np.arange(1200, dtype="int16").reshape(300, 4),
        np.arange(1024, dtype="int16").reshape((4,) * 5), np.arange(3000, dtype="int16").reshape(1000, 3) % 7,
        np.array([2**64 - 1, 0], "uint64"), np.array([-(2**63), 1]), np.arange(5, dtype="int8") * -20,
        np.array([True, False]), np.eye(3, dtype=bool), np.arange(2000) % 3 == 0,
        np.array([1.0, 2.5, -3.25]), np.array([1.0, 2.0]), np.array([0.1, 0.12345678901]), np.array([1e8]), np.array([99999999.0]),
        np.array([1e-4, 1.0]), np.array([0.00011, 0.1]), np.array([1.0, 1000.0]), np.array([1.0, 1001.0]), np.array([0.001, 1.5]),
        np.array([1e-5]), np.array([1e300, -1e-300]), np.array([1e100, 1.0]), np.array([5e-324, 1.7976931348623157e308]),
        np.array([0.0, -0.0]), np.array([nan, 1.0]), np.array([inf, 1.0, -inf]), np.array([nan, inf]), np.array([nan]), np.array([-inf]),
        np.array([nan, 1e20, -inf]), np.array([nan, 12345.678]), np.array([inf, -1e-10]), np.array([-1.5, nan, 2]),
        # Ties: the even digit.
        np.array([0.001953125]), np.array([2.0**-9, 3 * 2.0**-9, 5 * 2.0**-9]), np.array([1000000005.0, 1000000015.0]),
        np.array([0.5, 0.000000005, 0.000000015]), np.array([1.0000000050000001, 123456.123456785]),
        np.array([1 / 3, 2 / 3]), np.array([12345.6789, 0.5]), np.array([1234567.891234567]),
        np.pi * np.arange(20).reshape(4, 5), np.linspace(0, 1, 7), np.arange(-550, 550) / 8, np.sqrt(np.arange(12)).reshape(3, 4),
        rng.normal(size=(6, 7)), rng.normal(size=(3, 4)) * 1e6, rng.normal(size=50) * 1e-3, 10.0 ** np.arange(-8, 9),
        np.array([0.1, 1e10, 1.23456789], "float32"), np.array([0.1, 0.2, 0.3], "float32"), np.array([1e6], "float32"),
        np.array([999999.9], "float32"), np.array([1e-4], "float32"), np.array([1 / 3], "float32"), np.array([16777217.0, 1], "float32"),
        np.array([3.4e38, 1e-45], "float32"), np.array([nan, -inf, 1], "float32"), rng.normal(size=(4, 5)).astype("float32"),
        (rng.normal(size=20) * 1e5).astype("float32"), np.array([1000.0, 1.0], "float32"), np.array([1001.0, 1.0], "float32"),
        2.0 ** np.arange(-149, 128, dtype="float32"), 3 * 2.0 ** np.arange(-149, 126, dtype="float32"),
        2.0 ** np.arange(-1074, 1024, 37),
        np.array([1 + 2j, 3 - 4.5j]), np.array([1j, -1j, 0]), np.array([1e10 + 1j, 1 + 1e-10j]), np.array([complex(nan, 1), complex(1, -inf)]),
        np.array([0.1 + 0.2j], "complex64"), (rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3))), np.arange(1100) % 50 * (1 + 1j),
        (rng.normal(size=6) + 1j * rng.normal(size=6)).astype("complex64"),
    ]
    for _ in range(16):
        scale = 10.0 ** rng.integers(-6, 10)
        shape = tuple(rng.integers(1, 7, rng.integers(1, 4)))
        dtype = rng.choice(["float32", "float64"])
        digits = rng.integers(0, 12)
        arrays.append(np.round(rng.normal(size=shape) * scale, digits).astype(dtype))
    half = [
        np.array(0.1, "float16"), np.array([0.1, 1, 65504], "float16"), np.array([1e-7, 0.5], "float16"), np.array([999, 0.3], "float16"),
        np.array([1000], "float16"), np.array([1e-4], "float16"), np.array([nan, -inf, 2.5], "float16"),
        2.0 ** np.arange(-24, 16, dtype="float16"), rng.normal(size=(5, 6)).astype("float16"),
    ]
    return arrays, half


def ranges():
    """Calls of what makes numbers in a row, and their results."""
    cases = []

    def case(name, args, options, result):
        bigs = [isinstance(arg, str) for arg in args]
        cases.append({"call": name, "args": args, "bigs": bigs, "options": options, **plain(result)})

    for args in [(5.0,), (0.0,), (-3.0,), (1.0, 2.0), (0.0, 1.0, 0.1), (0.5, 3.3, 0.7), (10.0, 0.0, -1.5), (0.0, -1.0, -0.1), (1.0, 1.3, 0.1)]:
        case("arange", args, {}, np.arange(*args))
        case("arange", args, {"dtype": "float32"}, np.arange(*args, dtype="float32"))
    for args in [(5,), (2, 11, 3), (5, -5, -2), (5, 5), (5, 1)]:
        case("arange", args, {"dtype": "int32"}, np.arange(*args, dtype="int32"))
        case("arange", [str(arg) for arg in args], {}, np.arange(*args, dtype="int64"))
    for args in [(0.0, 1.0), (0.0, 1.0, 5), (2.0, -3.0, 7), (0.1, 0.7, 4), (1.0, 1.0, 3), (0.0, 5.0, 1), (0.0, 5.0, 0), (0.0, 5e-324, 4)]:
        for options in [{}, {"endpoint": False}, {"dtype": "float32"}, {"dtype": "int32"}]:
            if options.get("dtype") == "int32" and len(args) < 3:
                continue
            case("linspace", args, options, np.linspace(*args, **options))
    for args, options in [((3,), {}), ((2, 4), {}), ((3, 3), {"k": 1}), ((3, 4), {"k": -1}), ((2,), {"k": 5}), ((3,), {"dtype": "int64"}), ((2,), {"dtype": "complex64"}), ((2,), {"dtype": "bool"}), ((0,), {})]:
        case("eye", args, options, np.eye(*args, **options))
    return cases


def views():
    """Views of `arange(size).reshape(shape)`, made by one method after the other."""
    rng = random.Random(11)
    cases = []

    def entry():
        kind = rng.randrange(12)
        if kind < 3:
            return str(rng.randrange(-3, 3))
        if kind == 3:
            return "newaxis"
        bound = lambda: "" if rng.random() < 0.4 else str(rng.randrange(-6, 7))
        step = rng.choice(["", "", ":", ":1", ":2", ":-1", ":-2", ":3"])
        return f"{bound()}:{bound()}{step}"

    while len(cases) < 120:
        shape = [rng.choice([1, 2, 3, 4, 5, 0] if rng.random() < 0.1 else [1, 2, 3, 4, 5]) for _ in range(rng.randrange(1, 5))]
        array = np.arange(int(np.prod(shape))).reshape(shape)
        steps = []
        for _ in range(rng.randrange(1, 5)):
            try:
                kind = rng.randrange(6)
                if kind < 3:
                    entries = [entry() for _ in range(rng.randrange(1, array.ndim + 1))] if array.ndim else ["..."]
                    if rng.random() < 0.3 and "..." not in entries:
                        entries.insert(rng.randrange(len(entries) + 1), "...")
                    text = ", ".join(entries)
                    array = eval(f"array[{text.replace('newaxis', 'None')}]")
                    if not isinstance(array, np.ndarray):
                        array = np.array(array)
                    steps.append(["slice", text])
                elif kind == 3:
                    axes = rng.sample(range(array.ndim), array.ndim)
                    array = array.transpose(axes)
                    steps.append(["transpose", *axes] if axes else ["transpose"])
                elif kind == 4:
                    target = rng.choice([[-1], [2, -1], [-1, 2], [1, -1, 1], list(array.shape) + [1], [3, -1], [2, 2, -1]])
                    copied = array.reshape(target)
                    try:
                        array = np.reshape(array, target, copy=False)
                    except ValueError:
                        steps.append(["copy"])
                        array = copied
                    steps.append(["reshape", *target])
                else:
                    target = [rng.choice([2, 3])] * rng.randrange(0, 2) + [n if n != 1 else rng.choice([1, 2]) for n in array.shape]
                    array = np.broadcast_to(array, target)
                    steps.append(["broadcastTo", *target])
            except (IndexError, ValueError):
                continue
        if steps and array.size < 500 and array.ndim < 8:
            cases.append({"shape": shape, "steps": steps, "result": {"shape": array.shape, "items": array.ravel().tolist()}})
    return cases


def casts():
    """Elements of one dtype, and what they are in another where C says what that is."""
    cases = []
    values = {
        "bool": [True, False],
        "int8": [-128, -1, 0, 127], "int16": [-32768, -1, 300], "int32": [-(2**31), -1, 70000, 2**31 - 1],
        "int64": [-(2**63), -1, 2**40 + 5, 2**53 + 1, 2**63 - 1],
        "uint8": [0, 200, 255], "uint16": [0, 65535], "uint32": [0, 2**32 - 1], "uint64": [0, 2**63, 2**64 - 1],
        "float32": [0, -0.0, 1.9, -1.9, 100.5], "float64": [0, -0.0, 1.9, -1.9, 100.5],
        "complex64": [0, 1.5 + 2j, 1j], "complex128": [0, 1.5 - 2j, 1j],
    }
    for source, items in values.items():
        for target in values:
            negative = source[0] in "fc" and target.startswith("u")
            array = np.array([abs(item) if negative and source[0] == "f" else item for item in items], source)
            cases.append([plain(array), target, encode(array.astype(target).tobytes())])
    nan = np.array([np.nan, np.inf])
    cases.append([plain(nan), "bool", encode(nan.astype("bool").tobytes())])
    return cases


main()
