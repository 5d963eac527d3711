// What is compared: all of them on the same elements, which NumPy makes too (`numpy_peer.py`).

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {"add" | "multiply" | "less" | "sum" | "sigmoid" | "matmul"} op
 * @property {"float32" | "float64"} dtype
 * @property {number[]} shape of each operand
 * @property {string[]} peers
 */

const MANY = 4_000_000;

/** @type {Case[]} */
export const CASES = [
  { name: "add, 4M f32", op: "add", dtype: "float32", shape: [MANY], peers: ["NumPy"] },
  { name: "multiply, 4M f32", op: "multiply", dtype: "float32", shape: [MANY], peers: ["NumPy"] },
  { name: "less, 4M f32", op: "less", dtype: "float32", shape: [MANY], peers: ["NumPy"] },
  { name: "sum, 4M f32", op: "sum", dtype: "float32", shape: [MANY], peers: ["NumPy"] },
  { name: "sigmoid, 4M f32", op: "sigmoid", dtype: "float32", shape: [MANY], peers: ["TensorFlow.js"] },
  { name: "matmul, 512 f32", op: "matmul", dtype: "float32", shape: [512, 512], peers: ["TensorFlow.js", "numpy-ts"] },
  { name: "matmul, 1024 f32", op: "matmul", dtype: "float32", shape: [1024, 1024], peers: ["TensorFlow.js", "numpy-ts"] },
  { name: "matmul, 512 f64", op: "matmul", dtype: "float64", shape: [512, 512], peers: ["numpy-ts"] },
];

/** How many operands an operation has. @param {Case["op"]} op */
export const arity = (op) => (op === "sum" || op === "sigmoid" ? 1 : 2);

/** How long a measurement goes on, in ms, and how many calls it has at least. */
export const LEAST_MS = 60;
export const LEAST_CALLS = 3;
