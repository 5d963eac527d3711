import { load } from "./pkg/index.js";
import { $, attempt, element, formatMs, showFailure, showThreads } from "../page.js";
import { median } from "../median.js";
import { GROUPS } from "./calls.js";

/** Elements of the large arrays. */
const MANY = 4_000_000;

try {
  const k = await load();
  showThreads(k.threads);
  $("groups").append(...GROUPS.map(([title, calls]) => group(k, title, calls)));
  $("measure").disabled = false;
  $("measure").addEventListener("click", () => attempt("times-error", () => measure(k)));
} catch (error) {
  showFailure(error);
}

function group(k, title, calls) {
  const heading = element("h2", { textContent: title });
  return element("section", { className: "card" }, heading, ...calls.map((one) => call(k, ...one)));
}

/** A call whose arguments can be edited. */
function call(k, name, parameters, texts) {
  const fields = parameters.map((parameter, i) =>
    element("input", { value: texts[i], placeholder: parameter, ariaLabel: `${parameter} of ${name}`, spellcheck: false, autocomplete: "off" }),
  );
  const output = element("output");
  const show = () => {
    try {
      output.textContent = k.scope(() => {
        const results = k[name](...fields.map(({ value }) => parse(value)));
        return [results].flat().join("\n");
      });
      output.className = "";
    } catch (error) {
      output.textContent = `${error.name}: ${error.message}`;
      output.className = "failed";
    }
  };
  fields.forEach((field) => field.addEventListener("input", show));
  show();
  const labels = fields.map((field, i) => {
    const label = element("label", {}, field, i === fields.length - 1 ? ")" : ",");
    // As wide as what it holds or asks for, and a little more.
    const length = (texts[i] || parameters[i]).length;
    label.style.flex = `${length + 4} 1 ${Math.min(length, 14) + 4}ch`;
    return label;
  });
  const row = element("div", { className: "row" }, element("span", { className: "name", textContent: `${name}(` }), ...labels);
  return element("div", { className: "call", id: name }, row, output);
}

/** What a field holds: JSON, with the numbers that JSON lacks. */
function parse(text) {
  if (text.trim() === "") {
    return undefined;
  }
  const quoted = text.replace(/-?\bInfinity\b|\bNaN\b|-?\b\d+n\b/g, '"$&"');
  const unquoted = (value) => (value.endsWith("n") ? BigInt(value.slice(0, -1)) : Number(value));
  return JSON.parse(quoted, (_, value) => (typeof value === "string" ? unquoted(value) : value));
}

/** The times of a few calls of large arrays. */
function measure(k) {
  k.scope(() => {
    const x = k.linspace(-5, 5, MANY, { dtype: "float32" });
    const [a, b] = [0, 1].map(() => k.linspace(-1, 1, 512 * 512, { dtype: "float32" }).reshape(512, 512));
    const times = [
      ["add, 4 million float32", () => k.add(x, x)],
      ["sum, 4 million float32", () => k.sum(x)],
      ["sigmoid, 4 million float32", () => k.sigmoid(x)],
      ["matmul, 512 × 512 float32", () => k.matmul(a, b)],
    ].map(([text, run]) => ({ text, ms: medianTime(() => k.scope(() => void run())) }));
    const most = Math.max(...times.map(({ ms }) => ms));
    const bars = times.flatMap(({ text, ms }) => {
      const bar = element("div", { className: "bar" });
      bar.style.width = `${(100 * ms) / most}%`;
      return [element("span", { textContent: text }), element("div", { className: "track" }, bar), element("output", { value: formatMs(ms) })];
    });
    $("times").replaceChildren(...bars);
  });
}

function medianTime(run) {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return median(times);
}
