import { load } from "./pkg/index.js";
import { $, attempt, element, formatMs, numberOf, showFailure, showThreads } from "../page.js";
import { integers } from "../programs.js";
import * as plain from "../reference.js";
import { COLUMNS, MOVIES, movieTable } from "../table.js";

try {
  const k = await load();
  showThreads(k.threads);
  start(k);
} catch (error) {
  showFailure(error);
}

function start(k) {
  calculator(k);
  list(k, [3, 1, 4, 1, 5, 9, 2, 6]);
  table(k, [[1995, 28], [2001, 61], [2006, 44], [2015, 138]]);
  movies(k);
  $("race").disabled = false;
  $("race").addEventListener("click", () => attempt("race-error", () => race(k)));
}

function calculator(k) {
  const show = () =>
    attempt(
      "add-error",
      () => ($("add-result").value = k.add(numberOf($("add-x")), numberOf($("add-y")))),
      () => ($("add-result").value = "?"),
    );
  $("add").addEventListener("input", show);
  $("add").addEventListener("submit", (event) => event.preventDefault());
  show();
}

function list(k, numbers) {
  const show = () =>
    attempt(
      "sum-error",
      () => {
        // A plain list is converted and checked by the package: a fraction is refused, and the message says where.
        const x = [...$("list").querySelectorAll("input")].map(numberOf);
        $("sum-result").value = k.sum(x);
        const sums = k.cumsum(x);
        $("cumsum-result").value = sums.toArray().join(", ");
        sums.free();
      },
      () => ($("sum-result").value = $("cumsum-result").value = "?"),
    );
  const add = (number) => {
    const field = element("input", { value: number, inputMode: "numeric", ariaLabel: "number" });
    const remove = element("button", { type: "button", className: "remove", ariaLabel: "remove the number" }, "×");
    const item = element("li", {}, field, remove);
    remove.addEventListener("click", () => (item.remove(), show()));
    $("list").append(item);
    return field;
  };
  numbers.forEach(add);
  $("list").addEventListener("input", show);
  $("list-add").addEventListener("click", () => (add(0).select(), show()));
  show();
}

function table(k, rows) {
  const lines = () => [...$("table").rows];
  const show = () => {
    lines().forEach((line, i) => {
      line.className = "";
      line.cells[0].textContent = i;
    });
    attempt(
      "table-error",
      () => {
        const cells = lines().map((line) => [...line.querySelectorAll("input")].map(numberOf));
        // A nested array without rows has no columns either, so the shape is said.
        const [row, value] = k.rowOfMax(cells.length ? cells : k.array(new Int32Array(0), [0, 2]));
        $("table-result").value = `[${row}, ${value}]`;
        lines()[row].className = "found";
      },
      () => ($("table-result").value = "?"),
    );
  };
  const add = (row) => {
    const fields = row.map((value, column) =>
      element("input", { value, inputMode: "numeric", ariaLabel: `column ${column}` }),
    );
    const remove = element("button", { type: "button", className: "remove", ariaLabel: "remove the row" }, "×");
    const line = element("tr", {}, element("td"), ...[...fields, remove].map((cell) => element("td", {}, cell)));
    remove.addEventListener("click", () => (line.remove(), show()));
    $("table").append(line);
    return fields;
  };
  rows.forEach(add);
  $("table").addEventListener("input", show);
  $("table-add").addEventListener("click", () => (add([0, 0])[0].select(), show()));
  show();
}

async function movies(k) {
  const response = await fetch(MOVIES);
  if (!response.ok) {
    $("movies-about").textContent = "The data is not installed: npm install in examples, then reload.";
    return;
  }
  const { data, shape, titles } = movieTable(await response.json());
  attempt("movies-error", () => {
    const resident = k.array(data, shape);
    k.rowOfMax(resident);
    const begin = performance.now();
    const [row, year] = k.rowOfMax(resident);
    const time = performance.now() - begin;
    resident.free();
    $("movies-time").value = time < 0.1 ? "less than 0.1 ms" : formatMs(time);
    const count = shape[0].toLocaleString("en");
    $("movies-about").textContent =
      `${count} movies of vega-datasets: which one grossed the most in the USA? ${titles[row]}, ${year}.`;
    const kind = (column) => ({ className: column === 1 ? "text" : "" });
    const heads = ["row", "title", ...COLUMNS].map((text, column) => element("th", kind(column), text));
    $("movies-head").append(element("tr", {}, ...heads));
    for (let i = Math.max(0, row - 3); i <= Math.min(row + 3, shape[0] - 1); i++) {
      const [released, ...dollars] = data.subarray(i * shape[1], (i + 1) * shape[1]);
      const cells = [i, titles[i], released, ...dollars.map((value) => value.toLocaleString("en"))];
      const line = cells.map((text, column) => element("td", kind(column), String(text)));
      $("movies").append(element("tr", { className: i === row ? "found" : "" }, ...line));
    }
  });
}

function race(k) {
  const data = integers(1_000_000, -100, 100, 1 + Math.floor(Math.random() * 1e9));
  const resident = k.array(data);
  const runners = [
    { name: "plain JavaScript", run: () => plain.sum(data), plain: true },
    { name: "the package, a typed array passed in", run: () => k.sum(data) },
    { name: "the package, the array resident", run: () => k.sum(resident) },
  ];
  const times = runners.map(() => []);
  const results = runners.map(({ run }) => Array.from({ length: 5 }, run)[0]);
  for (let round = 0; round < 15; round++) {
    runners.forEach(({ run }, i) => times[i].push(timeOf(run)));
  }
  resident.free();
  if (new Set(results).size !== 1) throw new Error(`the sums differ: ${results.join(", ")}`);

  const medians = times.map((rounds) => rounds.sort((a, b) => a - b)[rounds.length >> 1]);
  const slowest = Math.max(...medians);
  const bars = runners.map((runner) => element("div", { className: runner.plain ? "bar plain" : "bar" }));
  const rows = runners.flatMap(({ name }, i) => [
    element("span", {}, name),
    element("div", { className: "track" }, bars[i]),
    element("span", { className: "number" }, `${formatMs(medians[i])} · ${(medians[0] / medians[i]).toFixed(1)} ×`),
  ]);
  $("bars").replaceChildren(...rows);
  requestAnimationFrame(() => bars.forEach((bar, i) => (bar.style.width = `${(100 * medians[i]) / slowest}%`)));
}

/** The time of one run, as a mean of ten: a browser's clock is coarse. */
function timeOf(run) {
  const begin = performance.now();
  for (let i = 0; i < 10; i++) run();
  return (performance.now() - begin) / 10;
}
