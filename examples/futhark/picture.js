// From what the kernels give to the pixels of a canvas.

/**
 * A colour for every count up to `limit`, in the order that a canvas has: red, green, blue, alpha. The set is dark.
 *
 * @param {number} limit
 */
export function palette(limit) {
  const colours = new Uint8ClampedArray(4 * (limit + 1));
  for (let count = 0; count < limit; count++) {
    // Slow waves of three phases over the logarithm: far from the set the counts are small, near it they crowd.
    const t = Math.log2(1 + count);
    const wave = (phase) => 0.5 - 0.5 * Math.cos(0.85 * t + phase);
    const light = Math.min(1, 0.16 + 0.3 * t);
    const channels = [wave(0), wave(0.55), 0.25 + 0.75 * wave(1.3)].map((value) => 255 * light * value);
    colours.set([...channels, 255], 4 * count);
  }
  colours.set([8, 9, 14, 255], 4 * limit);
  return new Uint32Array(colours.buffer);
}

/**
 * @param {HTMLCanvasElement} canvas @param {Int32Array} counts
 * @param {number} width @param {number} height @param {Uint32Array} colours
 */
export function putCounts(canvas, counts, width, height, colours) {
  put(canvas, width, height, (pixels) => {
    for (let i = 0; i < pixels.length; i++) pixels[i] = colours[counts[i]];
  });
}

/** @param {HTMLCanvasElement} canvas @param {Uint32Array} argb @param {number} width @param {number} height */
export function putArgb(canvas, argb, width, height) {
  put(canvas, width, height, (pixels) => {
    for (let i = 0; i < pixels.length; i++) {
      const colour = argb[i];
      pixels[i] = (colour & 0xff00ff00) | ((colour & 0xff) << 16) | ((colour >>> 16) & 0xff);
    }
  });
}

/** An image of its own memory, since `ImageData` refuses that of threads. */
function put(canvas, width, height, fill) {
  const pixels = new Uint32Array(width * height);
  fill(pixels);
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  canvas.getContext("2d").putImageData(image, 0, 0);
}
