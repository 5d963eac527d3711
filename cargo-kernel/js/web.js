// Reading wasm in a browser.

/** @param {URL} url */
export async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  // Streaming needs the right type, which not every static server sends.
  return response.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
