// What `types.d.ts` declares is what the JavaScript has.

import type { NdArray as Implemented } from "../../cargo-kernel/js/array.js";
import type * as errors from "../../cargo-kernel/js/errors.js";
import type { Runtime } from "../../cargo-kernel/js/runtime.js";
import type { KernelError, KernelPanic, Loaded, NdArray } from "../../cargo-kernel/js/types.js";
import type * as declared from "../../cargo-kernel/js/types.js";
import { exactly } from "./exactly.js";

declare function keys<T>(): keyof T;

exactly<keyof Implemented>()(keys<NdArray>());
exactly<keyof errors.KernelError>()(keys<KernelError>());
exactly<keyof errors.KernelPanic>()(keys<KernelPanic>());
// Every error class is declared.
exactly<keyof typeof errors>()(keys<Omit<typeof declared, "NdArray">>());
// Some of `Loaded` comes from the runtime, the rest from `load`.
exactly<"array" | "dispose">()(null! as keyof Loaded & keyof Runtime);
