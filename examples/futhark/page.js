import { load } from "./pkg/index.js";
import { $, attempt, element, formatMs, numberOf, showFailure, showThreads } from "../page.js";
import * as plain from "../reference.js";
import { palette, putArgb, putCounts } from "./picture.js";

// A colour for every count has to be made.
const MOST = 100_000;
const WHOLE = { x: -0.7, y: 0, width: 3.06 };
const RATIO = 3 / 4;

let k = null;
let view = { ...WHOLE };
let playing = false;

fillThreads();
await reload();
listen();

/** Loads the package for the chosen number of threads, and draws everything. */
async function reload() {
  const chosen = $("threads").value;
  k?.dispose();
  k = null;
  try {
    k = await load(chosen === "all" ? {} : { threads: chosen === "none" ? false : Number(chosen) });
  } catch (error) {
    return showFailure(error);
  }
  showThreads(k.threads);
  for (const id of ["threads", "compare", "play"]) $(id).disabled = false;
  drawMandelbrot();
  drawTunnel();
  drawSmall();
}

function fillThreads() {
  const cores = navigator.hardwareConcurrency || 2;
  const counts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32].filter((count) => count <= Math.max(cores, 2));
  const option = (value, text) => element("option", { value }, text);
  $("threads").append(
    option("all", `as many as there are (${cores})`),
    ...counts.map((count) => option(count, String(count))),
    option("none", "none: the sequential build"),
  );
}

function listen() {
  $("threads").addEventListener("change", reload);
  for (const id of ["size", "limit"]) $(id).addEventListener("change", drawMandelbrot);
  $("reset").addEventListener("click", () => look(WHOLE));
  $("compare").addEventListener("click", compare);
  $("mandelbrot").addEventListener("click", (event) => {
    const place = $("mandelbrot").getBoundingClientRect();
    const scale = event.shiftKey ? 2.5 : 0.4;
    const dx = ((event.clientX - place.left) / place.width - 0.5) * view.width;
    const dy = ((event.clientY - place.top) / place.height - 0.5) * view.width * RATIO;
    // The point below the pointer stays where it is.
    look({ x: view.x + dx * (1 - scale), y: view.y + dy * (1 - scale), width: view.width * scale });
  });
  $("mandelbrot").addEventListener("keydown", (event) => {
    const moves = {
      "+": { width: 0.5 }, "-": { width: 2 }, ArrowLeft: { x: -0.1 }, ArrowRight: { x: 0.1 }, ArrowUp: { y: -0.1 },
      ArrowDown: { y: 0.1 },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const { x = 0, y = 0, width = 1 } = move;
    look({ x: view.x + x * view.width, y: view.y + y * view.width, width: view.width * width });
  });
  $("time").addEventListener("input", drawTunnel);
  $("play").addEventListener("click", () => play(!playing));
  $("small").addEventListener("input", drawSmall);
  $("small").addEventListener("submit", (event) => event.preventDefault());
  $("rectangles").addEventListener("input", drawSmall);
}

function look(next) {
  view = { ...next, width: Math.min(Math.max(next.width, 1e-5), 12) };
  drawMandelbrot();
}

/** The arguments of `mandelbrot` for what is looked at. */
function region() {
  const width = Number($("size").value);
  const { x, y } = view;
  const [halfX, halfY] = [view.width / 2, (view.width * RATIO) / 2];
  return [width, width * RATIO, numberOf($("limit")), x - halfX, y - halfY, x + halfX, y + halfY];
}

function drawMandelbrot() {
  if (!k) return;
  $("compared").hidden = true;
  attempt("mandelbrot-error", () => {
    const [width, height, limit, ...corners] = region();
    if (limit < 1 || limit > MOST) throw new RangeError(`\`limit\` must be between 1 and ${MOST}, got ${limit}`);
    const begin = performance.now();
    const counts = k.mandelbrot(width, height, limit, ...corners);
    const time = performance.now() - begin;
    putCounts($("mandelbrot"), counts.data, width, height, palette(limit));
    counts.free();
    $("mandelbrot-time").value = formatMs(time);
    $("mandelbrot-threads").value = k.threads.active;
  });
}

/** The same picture in plain JavaScript; the page has to wait for it. */
function compare() {
  $("compare").disabled = true;
  $("plain-time").value = "…";
  $("compared").hidden = false;
  setTimeout(() => {
    const begin = performance.now();
    plain.mandelbrot(...region());
    $("plain-time").value = formatMs(performance.now() - begin);
    $("compare").disabled = false;
  }, 50);
}

function drawTunnel() {
  const time = Number($("time").value);
  $("time-value").value = time.toFixed(2);
  if (!k) return;
  attempt("tunnel-error", () => {
    const { width, height } = $("tunnel");
    const begin = performance.now();
    const pixels = k.tunnel(time, height, width);
    const taken = performance.now() - begin;
    putArgb($("tunnel"), pixels.data, width, height);
    pixels.free();
    $("tunnel-time").value = formatMs(taken);
    $("tunnel-threads").value = k.threads.active;
  }, () => play(false));
}

function play(on) {
  const start = on && !playing;
  playing = on;
  $("play").textContent = on ? "Stop" : "Fly";
  if (!start) return;
  let last = performance.now();
  const frame = (now) => {
    if (!playing) return;
    const field = $("time");
    field.value = (Number(field.value) + (now - last) / 2000) % Number(field.max);
    last = now;
    drawTunnel();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function drawSmall() {
  if (!k) return;
  const vector = (id) => Float32Array.from($(id).value.split(/[\s,;]+/).filter(Boolean), Number);
  attempt(
    "dot-error",
    () => ($("dot-result").value = k.dotprod(vector("dot-x"), vector("dot-y"))),
    () => ($("dot-result").value = "?"),
  );
  attempt(
    "integral-error",
    () => ($("integral-result").value = k.integral(0, Math.PI, numberOf($("rectangles")))),
    () => ($("integral-result").value = "?"),
  );
}
