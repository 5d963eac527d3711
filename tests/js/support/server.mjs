// A static server as web developers have them: with and without cross-origin isolation, and as a CDN.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".csv": "text/csv",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What makes a page cross-origin isolated. */
export const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** What a CDN sends, so that pages of any origin can import from it. */
export const CDN = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/**
 * Serves folders under path prefixes on a port of its own.
 *
 * @param {object} options
 * @param {Record<string, string>} options.mounts folders by prefix, for example `{ "/": pages, "/package/": folder }`
 * @param {Record<string, string>} [options.headers] sent with every answer
 * @param {Record<string, string>} [options.types] content types that differ from the usual ones, by extension
 */
export async function serve({ mounts, headers = {}, types = {} }) {
  // The longest prefix wins.
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
  const requested = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requested.push(path);
    const prefix = prefixes.find((prefix) => path.startsWith(prefix));
    let file = prefix && join(mounts[prefix], normalize(`/${path.slice(prefix.length)}`));
    if (file && existsSync(file) && statSync(file).isDirectory()) {
      file = join(file, "index.html");
    }
    if (!file || !existsSync(file)) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = types[extname(file)] ?? TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store", ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requested,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
