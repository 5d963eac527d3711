// What `types.d.ts` declares is what the JavaScript has.

import type { NdArray as Implemented } from "../../cargo-kernel/js/array.js";
import type * as errors from "../../cargo-kernel/js/errors.js";
import type { Handle as ImplementedHandle } from "../../cargo-kernel/js/handles.js";
import type { createMembers } from "../../cargo-kernel/js/members.js";
import type { Handle, KernelError, KernelPanic, LoadedArrays, NdArray } from "../../cargo-kernel/js/types.js";
import type * as declared from "../../cargo-kernel/js/types.js";
import { exactly } from "./exactly.js";

declare function keys<T>(): keyof T & string;

exactly<keyof Implemented & string>()(keys<NdArray>());
exactly<keyof errors.KernelError & string>()(keys<KernelError>());
exactly<keyof errors.KernelPanic & string>()(keys<KernelPanic>());
// Every error class is declared.
exactly<keyof typeof errors>()(keys<Omit<typeof declared, "NdArray" | "struct">>());
// So is what all handles have.
exactly<keyof ImplementedHandle & string>()(keys<Handle<string>>());
// So is what comes with arrays.
exactly<keyof ReturnType<typeof createMembers> & string>()(keys<LoadedArrays>());
