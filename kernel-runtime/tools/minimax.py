#!/usr/bin/env python3
"""Prints the polynomials of `kernel_runtime::math`: `python3 kernel-runtime/tools/minimax.py [NAME]`, with mpmath 1.3.

Remez's exchange algorithm in 60 digits. Each entry approximates f on [low, high] by c0 + c1 x + ... with the error weighted by
w: the printed error is max |w (f - p)|. A weight that is (term that f is multiplied with) / (whole result) makes that the
relative error of the result. The coefficients are rounded to the type of the function that uses them.
"""

import struct
import sys

from mpmath import asin, atan, cos, erf, erfc, exp, expm1, fabs, ln, lu_solve, matrix, mp, mpf, pi, sin, sinh, sqrt,tanh

mp.dps = 60


def remez(f, low, high, degree, weight):
    """Coefficients, and the largest weighted error."""
    n = degree + 2
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [low + (high - low) * (1 - cos(pi * i / (32 * n))) / 2 for i in range(32 * n + 1)]
    # Where the weight vanishes, any polynomial would do; one that is close is wanted.
    floor = max(weight(x) for x in grid) / 100
    weighed = lambda x: max(weight(x), floor)
    values = [(x, f(x), weighed(x)) for x in grid]
    for _ in range(12):
        system = matrix(n, n)
        right = matrix(n, 1)
        for i, x in enumerate(points):
            for j in range(degree + 1):
                system[i, j] = x**j
            system[i, degree + 1] = (-1) ** i / weighed(x)
            right[i] = f(x)
        solution = lu_solve(system, right)
        c = [solution[j] for j in range(degree + 1)]
        level = fabs(solution[degree + 1])
        errors = [(x, w * (y - horner(c, x))) for x, y, w in values]
        extrema = alternation(errors)
        largest = max(fabs(e) for _, e in extrema)
        if len(extrema) < n or largest < level * mpf("1.001"):
            break
        while len(extrema) > n:
            extrema.pop(0 if fabs(extrema[0][1]) < fabs(extrema[-1][1]) else -1)
        points = [x for x, _ in extrema]
    return c, max(fabs(e) for _, e in errors)


def alternation(errors):
    """The largest error of each run of one sign."""
    runs = []
    for x, e in errors:
        if runs and (runs[-1][1] > 0) == (e > 0):
            if fabs(e) > fabs(runs[-1][1]):
                runs[-1] = (x, e)
        else:
            runs.append((x, e))
    return runs


def horner(c, x):
    y = mpf(0)
    for a in reversed(c):
        y = y * x + a
    return y


def series(f, terms):
    """f with its removable singularity at 0 replaced by its Taylor series nearby."""
    return lambda x: f(x) if fabs(x) > mpf("1e-4") else horner(terms, x)


def taylor(term, count=8):
    return [term(i) for i in range(count)]


def fact(n):
    return mp.factorial(n)


LN2_2 = ln(2) / 2 * mpf("1.0001")
QUARTER = (pi / 4 * mpf("1.0001")) ** 2
T8 = mpf("0.41422") ** 2
S2 = ((sqrt(2) - 1) / (sqrt(2) + 1) * mpf("1.0001")) ** 2

# (e^r - 1 - r) / r^2, r = x
exp_f = series(lambda r: (expm1(r) - r) / r**2, taylor(lambda i: 1 / fact(i + 2), 16))
# (2^r - 1) / r
exp2_f = series(lambda r: expm1(r * ln(2)) / r, taylor(lambda i: ln(2) ** (i + 1) / fact(i + 1), 16))
# ln((1 + s) / (1 - s)) = 2 s + s z R(z), z = s^2
log_f = series(lambda z: (ln((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) - 2) / z, taylor(lambda i: mpf(2) / (2 * i + 3), 16))
# the rest of it after 2/3 z and 2/5 z^2
log5_f = series(
    lambda z: (ln((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) - 2 - 2 * z / 3) / z**2, taylor(lambda i: mpf(2) / (2 * i + 5), 16)
)
# ln(1 + f) = f - f^2/2 + f^3 P(f)
ln_f = series(lambda f: (mp.log1p(f) - f + f**2 / 2) / f**3, taylor(lambda i: (-1) ** i / mpf(i + 3), 16))
# sin r = r + r z S(z); cos r = 1 - z/2 + z^2 C(z)
sin_f = series(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, taylor(lambda i: (-1) ** (i + 1) / fact(2 * i + 3), 12))
cos_f = series(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, taylor(lambda i: (-1) ** i / fact(2 * i + 4), 12))
# atan t = t + t z A(z); asin x = x + x z A(z)
atan_f = series(lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, taylor(lambda i: (-1) ** (i + 1) / mpf(2 * i + 3), 16))
asin_f = series(
    lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z, taylor(lambda i: fact(2 * i + 2) / (4 ** (i + 1) * fact(i + 1) ** 2 * (2 * i + 3)), 16)
)
# sinh x = x + x z P(z)
sinh_f = series(lambda z: (sinh(sqrt(z)) / sqrt(z) - 1) / z, taylor(lambda i: 1 / fact(2 * i + 3), 12))
# tanh x = x + x z P(z)
TANH = [-mpf(1) / 3, mpf(2) / 15, -mpf(17) / 315, mpf(62) / 2835, -mpf(1382) / 155925, mpf(21844) / 6081075]
tanh_f = series(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, TANH)
# erf x = x + x P(z)
erf_f = series(
    lambda z: erf(sqrt(z)) / sqrt(z) - 1, taylor(lambda i: 2 / sqrt(pi) * (-1) ** i / (fact(i) * (2 * i + 1)) - (1 if i == 0 else 0), 16)
)
# erfc x = exp(-x^2) t P(t - 1/4), t = 1 / (1 + x)
erfc_f = lambda u: exp((1 / (u + mpf(1) / 4) - 1) ** 2) * erfc(1 / (u + mpf(1) / 4) - 1) / (u + mpf(1) / 4)

# of erf, which is 1 - erfc
erfc_w = lambda u: (u + mpf(1) / 4) * exp(-((1 / (u + mpf(1) / 4) - 1) ** 2))

TABLE = {
    "exp_f64": (exp_f, -LN2_2, LN2_2, 9, lambda r: r**2 / exp(r)),
    "exp_lite": (exp_f, -LN2_2, LN2_2, 6, lambda r: fabs(r)),
    "exp_f32": (exp_f, -LN2_2, LN2_2, 4, lambda r: r**2 / exp(r)),
    "exp2_f64": (exp2_f, mpf("-0.5001"), mpf("0.5001"), 10, lambda r: fabs(r) / 2**r),
    "exp2_f32": (exp2_f, mpf("-0.5001"), mpf("0.5001"), 5, lambda r: fabs(r) / 2**r),
    "log_f64": (log_f, mpf(0), S2, 6, lambda z: z / 2),
    "log_lite": (log_f, mpf(0), S2, 3, lambda z: z / 2),
    "log5_f64": (log5_f, mpf(0), S2, 6, lambda z: z**2 / 2),
    "ln_f32": (ln_f, 1 / sqrt(mpf(2)) - 1, sqrt(mpf(2)) - 1, 7, lambda f: f**2),
    "sin_f64": (sin_f, mpf(0), QUARTER, 5, lambda z: z),
    "cos_f64": (cos_f, mpf(0), QUARTER, 5, lambda z: z**2),
    "sin_lite": (sin_f, mpf(0), QUARTER, 3, lambda z: z),
    "cos_lite": (cos_f, mpf(0), QUARTER, 3, lambda z: z**2),
    "atan_f64": (atan_f, mpf(0), T8, 10, lambda z: z),
    "atan_lite": (atan_f, mpf(0), T8, 5, lambda z: z),
    "asin_f64": (asin_f, mpf(0), mpf("0.25"), 12, lambda z: z),
    "asin_lite": (asin_f, mpf(0), mpf("0.25"), 6, lambda z: z),
    "sinh_f64": (sinh_f, mpf(0), mpf(1), 6, lambda z: z),
    "sinh_lite": (sinh_f, mpf(0), mpf(1), 3, lambda z: z),
    "tanh_f32": (tanh_f, mpf(0), mpf("0.4"), 4, lambda z: z),
    "erf_f64": (erf_f, mpf(0), mpf(1), 12, lambda z: 1),
    "erf_lite": (erf_f, mpf(0), mpf(1), 7, lambda z: 1),
    "erfc_f64": (erfc_f, mpf(1) / 7 - mpf(1) / 4, mpf(1) / 2 - mpf(1) / 4, 15, erfc_w),
    "erfc_lite": (erfc_f, mpf(1) / 5 - mpf(1) / 4, mpf(1) / 2 - mpf(1) / 4, 9, erfc_w),
    "cbrt": (lambda m: m ** (-mpf(1) / 3), mpf(1), mpf(2), 4, lambda m: m ** (mpf(1) / 3)),
}


def single(x):
    """The nearest f32."""
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def shortest_single(x):
    value = single(x)
    return next(text for text in (f"{value:.{n}e}" for n in range(6, 10)) if single(float(text)) == value)


def cut(x, bits):
    """x without what is below its first bits."""
    step = mpf(2) ** (mp.floor(mp.log(x, 2)) + 1 - bits)
    return mp.floor(x / step) * step


def two_over_pi():
    """The windows of `two_over_pi.rs`: exact products with 53 and 24 bits want short words."""
    mp.prec = 1400
    for name, step, windows, lengths in (("f32", 27, 4, (29, 29)), ("f64", 128, 8, (52,) * 5)):
        print(f"// two_over_pi {name}")
        parts = [[] for _ in (*lengths, 53)]
        for k in range(windows):
            rest = 2 / pi * mpf(2) ** (step * k)
            rest -= 4 * mp.floor(rest / 4) if k else 0
            for part, bits in zip(parts, lengths):
                part.append(cut(rest, bits))
                rest -= part[-1]
            parts[-1].append(rest)
        for part in parts:
            print("    [" + ", ".join(repr(float(word)) for word in part) + "],")


def main(names):
    for name in names or TABLE:
        if name == "two_over_pi":
            two_over_pi()
            continue
        c, error = remez(*TABLE[name])
        print(f"// {name}: error {mp.nstr(error, 3)} = 2^{mp.nstr(mp.log(error, 2), 4)}")
        for a in c:
            print(f"    {shortest_single(a) if name.endswith('f32') else repr(float(a))},")


if __name__ == "__main__":
    main(sys.argv[1:] or [*TABLE, "two_over_pi"])
