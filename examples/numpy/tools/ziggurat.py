"""Computes the edges of the normal distribution's ziggurat: `src/random/edges.rs`.

    python3 examples/numpy/tools/ziggurat.py > examples/numpy/src/random/edges.rs

256 layers of one area lie below exp(-x^2 / 2), the lowest with the tail (Marsaglia and Tsang, "The Ziggurat Method for Generating
Random Variables", Journal of Statistical Software 5, 2000). NumPy's were computed in doubles from the outermost edge inwards, and
so are these, to have the same bits.
"""

from math import exp, inf, log, nextafter, sqrt

OUTERMOST = 3.6541528853610088
AREA = 0.004928673233974652
# Its exponential was rounded up where NumPy's were computed: the value lies almost in the middle between two doubles.
ROUNDED_UP = 38

edges = [0.0] * 256
edges[255] = OUTERMOST
height = exp(-0.5 * OUTERMOST * OUTERMOST)
edges[0] = AREA / height
for i in range(254, 0, -1):
    edges[i] = sqrt(-2.0 * log(AREA / edges[i + 1] + height))
    height = exp(-0.5 * edges[i] * edges[i])
    if i == ROUNDED_UP:
        height = nextafter(height, inf)

print("//! Printed by `tools/ziggurat.py`.\n")
print("/// Where each layer ends, from the inside out; before them all the base, as wide as its area demands.")
print("pub const EDGES: [f64; 256] = [")
for edge in edges:
    print(f"    {edge!r},")
print("];")
