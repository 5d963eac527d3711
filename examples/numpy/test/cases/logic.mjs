import { INTEGERS, elementwise, reduction } from "../make.mjs";

const BOOL = ["bool"];

export const cases = {
  logicalAnd: elementwise(2, BOOL),
  logicalOr: elementwise(2, BOOL),
  logicalXor: elementwise(2, BOOL),
  logicalNot: elementwise(1, BOOL),
  bitwiseAnd: elementwise(2, INTEGERS),
  bitwiseOr: elementwise(2, INTEGERS),
  bitwiseXor: elementwise(2, INTEGERS),
  invert: elementwise(1, INTEGERS),
  leftShift: elementwise(2, INTEGERS),
  rightShift: elementwise(2, INTEGERS),
  bitwiseCount: elementwise(1, INTEGERS),
  all: reduction(BOOL),
  any: reduction(BOOL),
};
