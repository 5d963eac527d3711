import { isBool, isInt64 } from "./runtime/dtypes.js";
import { refuse } from "./runtime/messages.js";

const ECHO_BOOL = {
  name: "echoBool",
  params: [{ name: "x", dtype: "bool" }],
  results: [{ dtype: "bool" }],
};

const ECHO_INT64 = {
  name: "echoInt64",
  params: [{ name: "x", dtype: "int64" }],
  results: [{ dtype: "int64" }],
};

/**
 * The kernels of one instance. `$name` is the wasm export of `name`.
 *
 * @param {import("./runtime/runtime.js").Runtime} rt
 * @param {Record<string, (...values: any[]) => any>} wasm
 */
export function bind(rt, wasm) {
  const {
    "__kernel_0000000000009999_demo::echo_bool": $echoBool,
    "__kernel_000000000000dddd_demo::echo_int64": $echoInt64,
  } = wasm;
  return {
    echoBool(x) {
      if (!isBool(x)) refuse(ECHO_BOOL, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoBool(x ? 1 : 0);
        if (rt.status[0] !== 0) rt.raise(ECHO_BOOL);
        rt.leave(mark);
        return result !== 0;
      } catch (error) {
        throw rt.trapped(error, ECHO_BOOL, mark);
      }
    },
    echoInt64(x) {
      if (!isInt64(x)) refuse(ECHO_INT64, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoInt64(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_INT64);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_INT64, mark);
      }
    },
  };
}
