// The programs in plain JavaScript, as a web developer writes them without a package: typed arrays and loops. Where
// the definition of a program says an order of f32 operations, each is rounded by `Math.fround` in that order; a dot
// product has none, and sums in double precision.

const f = Math.fround;

/** @param {number} x @param {number} y */
export const add = (x, y) => (x + y) | 0;

/** @param {Int32Array} x */
export function sum(x) {
  let total = 0;
  for (let i = 0, n = x.length; i < n; i++) total = (total + x[i]) | 0;
  return total;
}

/** @param {Int32Array} x */
export function cumsum(x) {
  const sums = new Int32Array(x.length);
  let total = 0;
  for (let i = 0, n = x.length; i < n; i++) sums[i] = total = (total + x[i]) | 0;
  return sums;
}

/** @param {Int32Array} x @param {Int32Array} y */
export function multiply(x, y) {
  const products = new Int32Array(x.length);
  for (let i = 0, n = x.length; i < n; i++) products[i] = Math.imul(x[i], y[i]);
  return products;
}

/** @param {number} a @param {Float64Array} x @param {Float64Array} y */
export function axpy(a, x, y) {
  const result = new Float64Array(x.length);
  for (let i = 0, n = x.length; i < n; i++) result[i] = a * x[i] + y[i];
  return result;
}

/** Changes `x`. @param {Int32Array} x @param {number} low @param {number} high */
export function clip(x, low, high) {
  for (let i = 0, n = x.length; i < n; i++) x[i] = Math.min(Math.max(x[i], low), high);
}

/** @param {Int32Array} table row by row @param {number} columns */
export function rowOfMax(table, columns) {
  let row = 0;
  for (let i = 1, rows = table.length / columns; i < rows; i++) {
    if (table[i * columns + 1] > table[row * columns + 1]) row = i;
  }
  return [row, table[row * columns]];
}

/** @param {number} x */
export const increment = (x) => (x + 1) | 0;

/** @param {number} factor @param {Float32Array} matrix */
export function scale(factor, matrix) {
  const result = new Float32Array(matrix.length);
  for (let i = 0, n = matrix.length; i < n; i++) result[i] = factor * matrix[i];
  return result;
}

/** @param {Float32Array} x @param {Float32Array} y */
export function dotprod(x, y) {
  let product = 0;
  for (let i = 0, n = x.length; i < n; i++) product += x[i] * y[i];
  return product;
}

/** Rows of `a` times columns of `b`. @param {Float32Array} a @param {Float32Array} b @param {number[]} sizes n, p, m */
export function matmul(a, b, [n, p, m]) {
  const c = new Float32Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let product = 0;
      for (let k = 0; k < p; k++) product += a[i * p + k] * b[k * m + j];
      c[i * m + j] = product;
    }
  }
  return c;
}

/**
 * The same in double precision: a function of its own, since one that sees two kinds of arrays is slower with both.
 *
 * @param {Float64Array} a @param {Float64Array} b @param {number[]} sizes n, p, m
 */
export function matmul64(a, b, [n, p, m]) {
  const c = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let product = 0;
      for (let k = 0; k < p; k++) product += a[i * p + k] * b[k * m + j];
      c[i * m + j] = product;
    }
  }
  return c;
}

/** Changes `x`. @param {Float64Array} x */
export function prefixSum(x) {
  for (let i = 1, n = x.length; i < n; i++) x[i] += x[i - 1];
}

/** @param {number} a @param {number} b @param {number} n rectangles */
export function integral(a, b, n) {
  const width = (b - a) / n;
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.sin(a + (i + 0.5) * width);
  return n === 0 ? 0 : total * width;
}

/**
 * @param {number} width @param {number} height @param {number} limit
 * @param {number} xmin @param {number} ymin @param {number} xmax @param {number} ymax
 */
export function mandelbrot(width, height, limit, xmin, ymin, xmax, ymax) {
  const counts = new Int32Array(width * height);
  const spanX = f(f(xmax) - f(xmin));
  const spanY = f(f(ymax) - f(ymin));
  for (let py = 0; py < height; py++) {
    const cy = f(f(ymin) + f(f(py * spanY) / height));
    for (let px = 0; px < width; px++) {
      const cx = f(f(xmin) + f(f(px * spanX) / width));
      let x = cx;
      let y = cy;
      let count = 0;
      while (count < limit) {
        const xx = f(x * x);
        const yy = f(y * y);
        if (!(f(xx + yy) < 4)) break;
        const xy = f(x * y);
        x = f(f(xx - yy) + cx);
        y = f(f(xy + xy) + cy);
        count++;
      }
      counts[py * width + px] = count;
    }
  }
  return counts;
}

/** @param {number} time @param {number} height @param {number} width */
export function tunnel(time, height, width) {
  const pixels = new Uint32Array(width * height);
  const t = f(time);
  const depth = f(2 * f(t - f(Math.trunc(f(t / 6000)) * 6000)));
  for (let y = 0; y < height; y++) {
    const py = f(f(1.2) * f(y - Math.trunc(height / 2)));
    for (let x = 0; x < width; x++) {
      const px = f(f(1.2) * f(x - Math.trunc(width / 2)));
      if (px === 0 && py === 0) {
        pixels[y * width + x] = 0xff000000;
        continue;
      }
      const r = f(1 / f(Math.sqrt(f(f(px * px) + f(py * py)))));
      const v = f(noise(f(5 * f(f(px * r) - f(r + depth))), f(5 * f(py * r))) + f(f(0.24) * r));
      const red = channel(f(f(0.659) * v));
      const green = channel(f(f(0.772) * v));
      pixels[y * width + x] = 0xff000000 | (red << 16) | (green << 8) | channel(v);
    }
  }
  return pixels;
}

/** @param {number} value */
const channel = (value) => Math.trunc(f(Math.min(Math.max(value, 0), 1) * 255));

/** @param {number} x */
const fract = (x) => f(x - Math.trunc(x));

/** @param {number} scale @param {number} x */
const hash = (scale, x) => fract(f(scale * f(Math.sin(x))));

const PLACE = f(43758.5453);
const BRIGHTNESS = f(833458.57832);
const REACH = f(1.414);
const A = f(127.1);
const B = f(311.7);
const C = f(269.5);
const D = f(183.3);
const E = f(419.2);
const F = f(371.9);

/** @param {number} x @param {number} y */
function noise(x, y) {
  const cellX = Math.trunc(x);
  const cellY = Math.trunc(y);
  const offsetX = fract(x);
  const offsetY = fract(y);
  let brightness = 0;
  let weight = 0;
  for (let i = -2; i <= 2; i++) {
    for (let j = -2; j <= 2; j++) {
      const ux = f(cellX + i);
      const uy = f(cellY + j);
      const dx = f(f(i - offsetX) + hash(PLACE, f(f(ux * A) + f(uy * B))));
      const dy = f(f(j - offsetY) + hash(PLACE, f(f(ux * C) + f(uy * D))));
      const k = Math.min(Math.max(f(f(Math.sqrt(f(f(dx * dx) + f(dy * dy)))) / REACH), 0), 1);
      const w = f(1 - f(f(k * k) * f(3 - f(2 * k))));
      brightness = f(brightness + f(w * hash(BRIGHTNESS, f(f(ux * E) + f(uy * F)))));
      weight = f(weight + w);
    }
  }
  return f(brightness / weight);
}
