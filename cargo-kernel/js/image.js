import { DTYPES } from "./abi.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { withArticle } from "./messages.js";
import { pack } from "./strided.js";

const about = { kernel: "toImageData" };

/**
 * A copy of an array of pixels: `ImageData` takes no shared memory, and none that grows.
 *
 * @param {import("./strided.js").Strided} array
 */
export function toImageData(array) {
  const { code, shape } = array;
  if (DTYPES[code] !== "uint8") {
    const text = `\`toImageData\`: the array must be a uint8 one, got ${withArticle(DTYPES[code])} one: convert it with \`astype\``;
    throw new KernelTypeError(text, about);
  }
  const [height, width, channels] = shape;
  if (shape.length !== 3 || channels !== 4 || !height || !width) {
    const text = `\`toImageData\`: the shape must be [height, width, 4], none of them 0, got [${shape.join(", ")}]`;
    throw new KernelShapeError(text, about);
  }
  if (typeof ImageData === "undefined") {
    throw new KernelTypeError("`toImageData`: this host has no `ImageData`: use `toTypedArray()`", about);
  }
  const { buffer } = pack(array);
  return new ImageData(new Uint8ClampedArray(buffer), width, height);
}
