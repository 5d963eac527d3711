// Serves the examples' pages on localhost, cross-origin isolated, so that they have threads.
//
// node examples/serve.mjs [PORT]

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
});
const root = fileURLToPath(new URL(".", import.meta.url));
const port = Number(process.argv[2] ?? 8080);

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
  const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
  const headers = {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  try {
    const body = await readFile(file);
    response.writeHead(200, headers).end(body);
  } catch {
    response.writeHead(404, { "Content-Type": "text/plain" }).end("not found\n");
  }
});
server.on("error", (error) => {
  console.error(`port ${port} can't be used (${error.message}): node examples/serve.mjs ANOTHER_PORT`);
  process.exit(1);
});
server.listen(port, "127.0.0.1", () => {
  for (const example of ["origin", "futhark", "numpy"]) console.log(`http://localhost:${port}/${example}/`);
  console.log("stop with Ctrl-C");
});
