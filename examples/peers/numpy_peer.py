"""NumPy's side of peers.mjs: a case a line comes in, its time and checksum go out."""

import json
import sys
import time

import numpy as np

OPS = {"add": np.add, "multiply": np.multiply, "less": np.less, "sum": np.sum, "matmul": np.matmul}


def elements(dtype, shape, operand):
    """Elements in [-0.5, 0.5) that look random, from their indices; as contenders.js makes them."""
    size = int(np.prod(shape))
    index = np.arange(1 + operand * size, 1 + (operand + 1) * size, dtype=np.uint64)
    hashed = (index * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    return (hashed / 2.0**32 - 0.5).astype(dtype).reshape(shape)


def run(case, least_ms, least_calls):
    call = OPS[case["op"]]
    operands = [elements(case["dtype"], case["shape"], i) for i in range(case["arity"])]
    checksum = float(np.sum(call(*operands), dtype=np.float64))
    times = []
    while sum(times) < least_ms or len(times) < least_calls:
        start = time.perf_counter()
        call(*operands)
        times.append(1000 * (time.perf_counter() - start))
    return {"ms": float(np.median(times)), "checksum": checksum}


print(json.dumps({"version": np.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(run(request["case"], request["leastMs"], request["leastCalls"])), flush=True)
