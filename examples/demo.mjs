// The programs on their inputs, every way, in one table; and the Mandelbrot set as a picture.
//
// node examples/demo.mjs [--picture FILE]

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { formatMs, loadPackages, measure, printTable, timed, WAYS } from "./measure.mjs";
import { median } from "./median.js";
import { encodePng } from "./png.mjs";
import { rowOfMax } from "./reference.js";
import { COLUMNS, MOVIES, movieTable } from "./table.js";

/** @type {[string, number[], string][]} */
const RUNS = [
  ["add", [2, 3], "2 + 3"],
  ["sum", [1_000_000], "1,000,000 int32 in [-100, 100]"],
  ["row_of_max", [250_000, 4], "250,000 x 4 int32"],
  ["cumsum", [1_000_000], "1,000,000 int32"],
  ["multiply", [1_000_000], "2 x 1,000,000 int32"],
  ["axpy", [1_000_000], "2 x 1,000,000 float64"],
  ["clip", [1_000_000], "1,000,000 int32, in place"],
  ["increment", [41], "41"],
  ["scale", [2000, 2000], "2000 x 2000 float32"],
  ["dotprod", [1_000_000], "2 x 1,000,000 float32"],
  ["prefix_sum", [1_000_000], "1,000,000 float64, in place"],
  ["matmul", [512], "512 x 512 float32"],
  ["matmul64", [256], "256 x 256 float64"],
  ["integral", [1_000_000], "sin over [0, pi], 1,000,000 steps"],
  ["mandelbrot", [1000], "1000 x 1000"],
  ["mandelbrot", [2000], "2000 x 2000"],
  ["mandelbrot", [4000], "4000 x 4000"],
  ["tunnel", [1000], "1000 x 1000"],
  ["tunnel", [2000], "2000 x 2000"],
  ["tunnel", [4000], "4000 x 4000"],
];

const packages = await loadPackages();
const { threaded } = packages.futhark;
console.log(`threaded: ${threaded.threads.active} threads${threaded.threads.reason ? `, ${threaded.threads.reason}` : ""}\n`);

const rows = [];
for (const [name, args, input] of RUNS) {
  process.stderr.write(`  ${name}, ${input} ...${args[0] === 4000 ? " (plain JavaScript takes its time)" : ""}\n`);
  const { checksum, times } = measure(packages, name, args, { rounds: 1 });
  const cells = WAYS.map((way) => formatMs(median(times[way])));
  rows.push([name, input, String(Number(checksum.toPrecision(10))), ...cells]);
}
rows.push(await movies());
console.log("\nmilliseconds; one run of each, all checksums agree\n");
printTable(["program", "input", "result or checksum", "native Rust", "sequential", "threaded", "plain JavaScript"], rows);

const at = process.argv.indexOf("--picture");
if (at > 0) {
  await picture(process.argv[at + 1]);
}

/** The origin's table function on real data. */
async function movies() {
  const { data, shape, titles } = movieTable(JSON.parse(await readFile(MOVIES, "utf8")));
  const { sequential, threaded } = packages.origin;
  const onKernels = (/** @type {any} */ k) => {
    const table = k.array(data, shape);
    return timed(() => k.rowOfMax(table));
  };
  const runs = [onKernels(sequential), onKernels(threaded), timed(() => rowOfMax(data, shape[1]))];
  const [[[row, year]]] = runs;
  for (const [[other]] of runs) {
    if (row !== other) throw new Error(`row_of_max of the movies is ${row} and ${other}`);
  }
  const result = `row ${row}: ${titles[row]} (${year})`;
  // The native program has no file of its own.
  return ["row_of_max", `${shape[0]} movies, ${COLUMNS[1]}`, result, "-", ...runs.map(([, ms]) => formatMs(ms))];
}

/** @param {string} file */
async function picture(file) {
  const [width, height, limit] = [1200, 900, 255];
  const counts = threaded.mandelbrot(width, height, limit, -2.23, -1.15, 0.83, 1.15);
  const pixels = new Uint8Array(width * height * 3);
  counts.data.forEach((/** @type {number} */ count, /** @type {number} */ i) => {
    const t = count === limit ? 0 : Math.log1p(count) / Math.log1p(limit);
    pixels[3 * i] = 255 * Math.min(1, 1.9 * t * t * t);
    pixels[3 * i + 1] = 255 * Math.min(1, 1.3 * t * t);
    pixels[3 * i + 2] = 255 * Math.min(1, 0.12 + 1.3 * t) * Number(count !== limit);
  });
  counts.free();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, encodePng(width, height, pixels));
  console.log(`\nwrote ${file}, ${width} x ${height}`);
}
