// Starts a wasm that imports nothing of JavaScript's but what wasm-bindgen itself adds. Where a crate imports more,
// `cargo kernel` writes wasm-bindgen's own glue in the place of this file.

export function instantiate() {
  /** @type {import("./load.js").Glue} */
  return async ({ module_or_path, memory, thread_stack_size }) => {
    const tag = () => new /** @type {any} */ (WebAssembly).Tag({ parameters: ["externref"] });
    const imports = {
      memory,
      // No externref is ever made, and no JavaScript exception passes through.
      __wbindgen_init_externref_table() {},
      __wbindgen_jstag: tag(),
      __wbindgen_wrapped_jstag: tag(),
    };
    const { exports } = await WebAssembly.instantiate(
      module_or_path,
      /** @type {any} */ ({ "./kernels_bg.js": imports }),
    );
    /** @type {any} */ (exports).__wbindgen_start(thread_stack_size);
    return exports;
  };
}
