// Classes: their constructors and methods, and that handles of one are not those of another.

import {
  load as loadHandles,
  type Counter,
  type Kernels,
  type Ticket,
} from "../../cargo-kernel/tests/golden/handles/index.js";
import { load as loadZoo, type Generator, type Stack } from "../../cargo-kernel/tests/golden/zoo/index.js";
import type { NdArray } from "../../cargo-kernel/tests/golden/zoo/index.js";
import { exactly } from "./exactly.js";

const k = await loadHandles();
const zoo = await loadZoo();

// Constructors, methods, static methods.
const counter = new k.Counter(1);
exactly<Counter>()(counter);
exactly<void>()(counter.add(2));
exactly<number>()(counter.count());
exactly<NdArray<"float64", readonly [number]>>()(new zoo.Generator(42n).uniform(3));
exactly<Generator>()(zoo.Generator.standard());
exactly<Stack>()(zoo.Stack.of([1, 2]));
declare const x: NdArray<"float32", readonly [3]>;
exactly<NdArray<"float32", readonly [3]>>()(zoo.Generator.standard().scale(x));

// Handles among several results.
exactly<[Generator, number]>()(zoo.Generator.standard().fork());
exactly<[Ticket, Ticket, boolean]>()(k.pair(counter));
exactly<[Stack, NdArray<"float64", readonly [number]>, Stack]>()(zoo.halves(zoo.Stack.of([1])));

// How they end.
counter.free();
counter[Symbol.dispose]();
{
  using own = new k.Counter(0);
  exactly<Counter>()(own);
}
exactly<Ticket>()(k.scope(() => k.pair(counter)[0]));
exactly<number>()(k.memory.handles);
exactly<number>()(zoo.memory.handles + zoo.memory.arrays + zoo.memory.bytes);

// What a handle is an instance of.
declare const unknown: unknown;
if (unknown instanceof k.Counter) {
  exactly<Counter>()(unknown);
}
if (unknown instanceof k.Ticket) {
  exactly<Ticket>()(unknown);
}
class Loud extends k.Counter {
  shout(): string {
    return `${this.count()}!`;
  }
}
exactly<string>()(new Loud(1).shout());
k.ticket(new Loud(1), k.pair(counter)[0]);
const make = ({ Counter }: Kernels, start: number): Counter => new Counter(start);
make(k, 3);

// @ts-expect-error: arguments of a constructor have types
new k.Counter("1");
// @ts-expect-error: 64-bit integers are bigints
new zoo.Generator(42);
// @ts-expect-error: a class without a constructor
new k.Ticket();
// @ts-expect-error: one whose handles static methods make
new zoo.Stack();
// @ts-expect-error: a class is no function
k.Counter(1);
const [ticket] = k.pair(counter);
// @ts-expect-error: a handle of another class
k.pair(ticket);
// @ts-expect-error: so is one whose methods would do
k.ticket(counter, zoo.Stack.of([1]));
// @ts-expect-error: what has all of its methods is no handle
k.pair({ add() {}, count: () => 1, merge() {}, free() {}, [Symbol.dispose]() {} });
// @ts-expect-error: a handle of another package
k.pair(zoo.Generator.standard());
// @ts-expect-error: static methods are the class's
counter.of(1);
// @ts-expect-error: and methods the handles'
k.Counter.add(1);
// @ts-expect-error: a package without arrays has none
k.array([1]);
// @ts-expect-error: classes are read only
k.Counter = k.Counter;
