// What a package costs a page: all JavaScript that the browser loads, bundled and minified, and the wasm, each gzipped.
//
//     node tests/js/size.mjs PACKAGE_FOLDER

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { filesUnder } from "./support/paths.mjs";

/**
 * Sizes in bytes of what a package ships to a browser.
 *
 * @param {string} folder the package
 */
export async function measure(folder) {
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { outputFiles } = await build({
    stdin: {
      contents: `export { load } from ${JSON.stringify(folder)};`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    logLevel: "error",
  });
  const parts = outputFiles.map(({ path, contents }) => part(basename(path), contents));
  for (const file of filesUnder(folder)) {
    if (file.endsWith(".wasm")) {
      parts.push(part(file, readFileSync(join(folder, file))));
    }
    if (/(^|\/)web-worker\.js$/.test(file)) {
      const worker = await build({
        entryPoints: [join(folder, file)],
        bundle: true,
        minify: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        write: false,
        logLevel: "error",
      });
      parts.push(part(file, worker.outputFiles[0].contents));
    }
  }
  const sum = (key) => parts.reduce((sum, part) => sum + part[key], 0);
  return { name, parts, raw: sum("raw"), gzip: sum("gzip") };
}

const part = (file, bytes) => ({ file, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.error("usage: node tests/js/size.mjs PACKAGE_FOLDER");
    process.exit(2);
  }
  const { name, parts, raw, gzip } = await measure(resolve(folder));
  const row = (file, raw, gzip) => `${file.padEnd(28)}${kB(raw).padStart(12)}${kB(gzip).padStart(12)}`;
  console.log(`${name.padEnd(28)}${"minified".padStart(12)}${"gzip".padStart(12)}`);
  parts.forEach(({ file, raw, gzip }) => console.log(row(file, raw, gzip)));
  console.log(row("all", raw, gzip));
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`;
}
