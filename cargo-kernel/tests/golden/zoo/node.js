import { bind } from "./kernels.js";
import { createLoad } from "./runtime/load.js";
import { instantiate } from "./runtime/sequential.js";
import { compile } from "./runtime/node.js";
import { createArrays } from "./runtime/arrays.js";
import { createHandles } from "./runtime/handles.js";

export * from "./runtime/errors.js";
export { NdArray } from "./runtime/array.js";

export const load = createLoad({
  bind,
  compile,
  sequential: new URL("./sequential.wasm", import.meta.url),
  glue: instantiate,
  arrays: createArrays,
  handles: createHandles,
});
