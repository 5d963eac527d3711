// What `cargo kernel` writes beside these files: the glue of wasm-bindgen.
export function instantiate(): import("./load.js").Glue;
