// A package's wasm as text, as far as tests ask about it: which loops a kernel runs, and what is in them.

import binaryen from "binaryen";
import { readFileSync } from "node:fs";

export class Disassembly {
  /** Text of each function by its name. @type {Map<string, string>} */
  #bodies = new Map();
  /** Functions in the order of the table. @type {string[]} */
  #table = [];
  /** @type {{ start: number, bytes: Uint8Array }[]} */
  #data = [];
  #text;

  /** @param {string} path of the wasm */
  constructor(path) {
    const module = binaryen.readBinary(readFileSync(path));
    const text = module.emitText();
    module.dispose();
    this.#text = text;
    for (const [, name, body] of text.matchAll(/^ \(func (\S+)(.*?)^ \)$/gms)) {
      this.#bodies.set(name, body);
    }
    for (const [, start, names] of text.matchAll(/^ \(elem \S+ \(i32\.const (\d+)\)(?: func)? (.*)\)$/gm)) {
      names.split(" ").forEach((name, i) => {
        this.#table[Number(start) + i] = name;
      });
    }
    for (const [, start, literal] of text.matchAll(/^ \(data \S+ \(i32\.const (\d+)\) "(.*)"\)$/gm)) {
      this.#data.push({ start: Number(start), bytes: unescape(literal) });
    }
  }

  /**
   * The function behind a kernel's export.
   *
   * @param {string} path the end of its Rust path
   */
  kernel(path) {
    for (const [, symbol, name] of this.#text.matchAll(/^ \(export "(__kernel_[^"]*)" \(func (\S+)\)\)$/gm)) {
      if (symbol.endsWith(`::${path}`)) {
        return name;
      }
    }
    throw new Error(`no kernel \`${path}\``);
  }

  /**
   * What a function runs: itself, and what it calls, as far as two calls away.
   *
   * @param {string} name
   * @param {number} [calls]
   * @returns {string[]}
   */
  reached(name, calls = 2) {
    const body = this.#bodies.get(name) ?? "";
    const callees = calls > 0 ? [...body.matchAll(/\(call (\S+)/g)].map(([, callee]) => callee) : [];
    return [body, ...[...new Set(callees)].flatMap((callee) => this.reached(callee, calls - 1))];
  }

  /**
   * The functions that a ufunc's loop table points to: its export names the table's address, whose words are indices of the
   * table of functions, among others.
   *
   * @param {string} name of the export's function
   */
  tabled(name) {
    const words = [];
    for (const [, address] of (this.#bodies.get(name) ?? "").matchAll(/\(i32\.const (\d+)\)/g)) {
      const data = this.#data.find(({ start, bytes }) => start <= Number(address) && Number(address) < start + bytes.length);
      if (data) {
        const from = Number(address) - data.start;
        const view = new DataView(data.bytes.buffer);
        for (let at = from; at < from + 64 && at + 4 <= data.bytes.length; at += 4) {
          words.push(view.getUint32(at, true));
        }
      }
    }
    return words.map((word) => this.#table[word]).filter(Boolean);
  }
}

/**
 * Whether most of the arithmetic of some loop is on vectors of a kind; a pair of lanes here and there does not count.
 *
 * @param {string} body
 * @param {string} lanes such as `f32x4`
 */
export const hasVectorLoop = (body, lanes) =>
  loops(body).some((loop) => {
    const count = (/** @type {string} */ type) =>
      loop.match(new RegExp(`\\((${type})\\.(add|sub|mul|div|sqrt|lt|gt|max|min|pmax|pmin|neg|eq|ne)(_[su])?\\b`, "g"))?.length ?? 0;
    const scalar = lanes.startsWith("f") ? "f32|f64" : "none";
    return count(lanes) > 2 * count(scalar);
  });

/**
 * The text of each loop.
 *
 * @param {string} body
 */
function loops(body) {
  return body.split(/^(?=\s*\(loop)/m).slice(1).map((loop) => {
    const [indent] = /** @type {RegExpExecArray} */ (/^\s*/.exec(loop));
    return loop.slice(0, loop.search(new RegExp(`^${indent}\\)`, "m")));
  });
}

/**
 * The bytes of a string of the text format.
 *
 * @param {string} literal
 */
function unescape(literal) {
  const named = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
  /** @type {number[]} */
  const bytes = [];
  for (const [, hex, name, plain] of literal.matchAll(/\\([0-9a-f]{2})|\\(.)|([^\\])/gs)) {
    if (hex) {
      bytes.push(parseInt(hex, 16));
    } else {
      bytes.push(name ? named[/** @type {keyof typeof named} */ (name)] : plain.charCodeAt(0));
    }
  }
  return Uint8Array.from(bytes);
}
