// What the page shows: calls, by what they are for. An argument is a text in a field; an empty one is left out.

/** @type {[string, [name: string, parameters: string[], texts: string[]][]][]} */
export const GROUPS = [
  ["Element by element", [
    ["add", ["x1", "x2"], ["[[1], [2]]", "[10, 20, 30]"]],
    ["floorDivide", ["x1", "x2"], ["[-7, 7, 7.5]", "2"]],
    ["maximum", ["x1", "x2"], ["[1, NaN, 3]", "2"]],
    ["bitwiseXor", ["x1", "x2"], ["[6, 10]", "3"]],
    ["arctan2", ["x1", "x2"], ["[1, 0, -1]", "[1, -1, 0]"]],
    ["where", ["condition", "x", "y"], ["[true, false]", "[1, 2]", "0"]],
    ["clip", ["a", "aMin", "aMax"], ["[-3, 0.5, 9]", "0", "1"]],
  ]],
  ["Along axes", [
    ["sum", ["a", "axis", "keepdims"], ["[[1, 2, 3], [4, 5, 6]]", "0", ""]],
    ["std", ["a", "axis", "ddof"], ["[[1, 2, 3], [4, 5, 9]]", "1", ""]],
    ["argmax", ["a", "axis"], ["[[1, 7, 3], [4, 5, 6]]", "1"]],
    ["cumsum", ["a", "axis"], ["[[1, 2, 3], [4, 5, 6]]", ""]],
    ["diff", ["a", "n"], ["[1, 4, 9, 16, 25]", ""]],
    ["any", ["a"], ["[false, true]"]],
  ]],
  ["Products", [
    ["matmul", ["x1", "x2"], ["[[1, 2], [3, 4]]", "[[0, 1], [1, 0]]"]],
    ["dot", ["a", "b"], ["[1, 2, 3]", "[4, 5, 6]"]],
    ["tensordot", ["a", "b", "axes"], ["[[1, 2], [3, 4]]", "[[5, 6], [7, 8]]", "[[0], [1]]"]],
    ["outer", ["a", "b"], ["[1, 2]", "[10, 20, 30]"]],
    ["trace", ["a", "offset"], ["[[1, 2], [3, 4]]", ""]],
  ]],
  ["In another order", [
    ["roll", ["a", "shift", "axis"], ["[[1, 2, 3], [4, 5, 6]]", "1", "1"]],
    ["flip", ["m", "axis"], ["[[1, 2], [3, 4]]", "0"]],
    ["tile", ["a", "reps"], ["[1, 2]", "[2, 2]"]],
    ["repeat", ["a", "repeats"], ["[1, 2, 3]", "[3, 0, 1]"]],
    ["take", ["a", "indices", "axis"], ["[[1, 2, 3], [4, 5, 6]]", "[-1, 0]", "1"]],
    ["pad", ["array", "padWidth", "constantValues"], ["[[1, 2], [3, 4]]", "1", ""]],
    ["concatenate", ["arrays", "axis"], ["[[[1, 2]], [[3, 4], [5, 6]]]", "0"]],
    ["split", ["ary", "indicesOrSections", "axis"], ["[1, 2, 3, 4, 5]", "[2, 3]", ""]],
  ]],
  ["Sorted and counted", [
    ["sort", ["a"], ["[3, NaN, 1, 2]"]],
    ["argsort", ["a"], ["[30, 10, 20]"]],
    ["searchsorted", ["a", "v"], ["[1, 2, 3]", "[0, 2.5]"]],
    ["median", ["a", "axis"], ["[[1, 2, 9], [4, 5, 6]]", "1"]],
    ["percentile", ["a", "q"], ["[1, 2, 3, 4]", "[25, 90]"]],
    ["histogram", ["a", "bins"], ["[1, 2, 2, 3, 5]", "4"]],
  ]],
  ["Linear algebra, transforms, chance", [
    ["solve", ["a", "b"], ["[[3, 1], [1, 2]]", "[9, 8]"]],
    ["inv", ["a"], ["[[1, 2], [3, 4]]"]],
    ["det", ["a"], ["[[1, 2], [3, 4]]"]],
    ["eigh", ["a"], ["[[2, 1], [1, 2]]"]],
    ["fft", ["a"], ["[1, 0, 0, 0]"]],
    ["normal", ["seed", "loc", "scale", "size"], ["42n", "0", "1", "3"]],
  ]],
];
