import { isInt32, isUint32 } from "./runtime/dtypes.js";
import { Handle, Kind } from "./runtime/handles.js";
import { refuse } from "./runtime/messages.js";

const COUNTER_NEW = {
  name: "new Counter",
  params: [{ name: "start", dtype: "int32" }],
  results: [{ handle: "Counter" }],
};

const COUNTER_ADD = {
  name: "Counter.add",
  params: [{ name: "n", dtype: "int32" }],
  results: [],
};

const COUNTER_COUNT = {
  name: "Counter.count",
  params: [],
  results: [{ dtype: "int32" }],
};

const COUNTER_MERGE = {
  name: "Counter.merge",
  params: [{ name: "other", handle: "Counter" }],
  results: [],
};

const KIND_OF = {
  name: "Kind.of",
  params: [{ name: "kind", dtype: "uint32" }],
  results: [{ handle: "Kind" }],
};

const TICKET_IS_OF = {
  name: "Ticket.isOf",
  params: [{ name: "counter", handle: "Counter" }],
  results: [{ dtype: "bool" }],
};

const PAIR = {
  name: "pair",
  params: [{ name: "counter", handle: "Counter" }],
  results: [{ handle: "Ticket" }, { handle: "Ticket" }, { dtype: "bool" }],
};

const TICKET = {
  name: "ticket",
  params: [{ name: "counter", handle: "Counter" }, { name: "result", handle: "Ticket" }],
  results: [{ handle: "Ticket" }],
};

/**
 * The kernels and classes of one instance. `$name` is the wasm export of `name`, `$Name` what makes and borrows
 * handles of `Name`.
 *
 * @param {import("./runtime/runtime.js").Runtime} rt
 * @param {Record<string, (...values: any[]) => any>} wasm
 */
export function bind(rt, wasm) {
  const {
    "__kernel_000000000000049e_demo::Counter::new": $Counter_new,
    "__kernel_000000000000047d_demo::Counter::add": $Counter_add,
    "__kernel_000000000000057d_demo::Counter::count": $Counter_count,
    "__kernel_0000000000000564_demo::Counter::merge": $Counter_merge,
    "__kernel_00000000000002cf_demo::Kind::of": $Kind_of,
    "__kernel_00000000000004e8_demo::Ticket::is_of": $Ticket_isOf,
    "__kernel_00000000000001ac_demo::pair": $pair,
    "__kernel_0000000000000284_demo::ticket": $ticket,
  } = wasm;
  class Counter extends Handle {
    constructor(start) {
      if (!isInt32(start)) refuse(COUNTER_NEW, 0, start);
      const mark = rt.enter();
      try {
        const result = $Counter_new(start);
        if (rt.status[0] !== 0) rt.raise(COUNTER_NEW);
        rt.leave(mark);
        return $Counter.own(result, new.target);
      } catch (error) {
        throw rt.trapped(error, COUNTER_NEW, mark);
      }
    }

    add(n) {
      if (!isInt32(n)) refuse(COUNTER_ADD, 0, n);
      const mark = rt.enter();
      try {
        $Counter_add($Counter.borrow(this, COUNTER_ADD), n);
        if (rt.status[0] !== 0) rt.raise(COUNTER_ADD);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, COUNTER_ADD, mark);
      }
    }

    count() {
      const mark = rt.enter();
      try {
        const result = $Counter_count($Counter.borrow(this, COUNTER_COUNT));
        if (rt.status[0] !== 0) rt.raise(COUNTER_COUNT);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, COUNTER_COUNT, mark);
      }
    }

    merge(other) {
      const mark = rt.enter();
      try {
        $Counter_merge($Counter.borrow(this, COUNTER_MERGE), $Counter.borrow(other, COUNTER_MERGE, 0));
        if (rt.status[0] !== 0) rt.raise(COUNTER_MERGE);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, COUNTER_MERGE, mark);
      }
    }
  }
  class Kind2 extends Handle {
    static of(kind) {
      if (!isUint32(kind)) refuse(KIND_OF, 0, kind);
      const mark = rt.enter();
      try {
        const result = $Kind_of(kind);
        if (rt.status[0] !== 0) rt.raise(KIND_OF);
        rt.leave(mark);
        return $Kind.own(result);
      } catch (error) {
        throw rt.trapped(error, KIND_OF, mark);
      }
    }
  }
  class Ticket extends Handle {
    isOf(counter) {
      const mark = rt.enter();
      try {
        const result = $Ticket_isOf($Ticket.borrow(this, TICKET_IS_OF), $Counter.borrow(counter, TICKET_IS_OF, 0));
        if (rt.status[0] !== 0) rt.raise(TICKET_IS_OF);
        rt.leave(mark);
        return result !== 0;
      } catch (error) {
        throw rt.trapped(error, TICKET_IS_OF, mark);
      }
    }
  }
  const $Counter = new Kind(rt, "Counter", Counter, wasm["__kernel_00000000000002e0_demo::Counter"]);
  const $Kind = new Kind(rt, "Kind", Kind2, wasm["__kernel_0000000000000186_demo::Kind"]);
  const $Ticket = new Kind(rt, "Ticket", Ticket, wasm["__kernel_0000000000000264_demo::Ticket"]);
  return {
    Counter,
    Kind: Kind2,
    Ticket,
    pair(counter) {
      const mark = rt.enter();
      try {
        $pair($Counter.borrow(counter, PAIR, 0));
        if (rt.status[0] !== 0) rt.raise(PAIR);
        rt.leave(mark);
        return rt.outputs(PAIR);
      } catch (error) {
        throw rt.trapped(error, PAIR, mark);
      }
    },
    ticket(counter, result_) {
      const mark = rt.enter();
      try {
        const result = $ticket($Counter.borrow(counter, TICKET, 0), $Ticket.borrow(result_, TICKET, 1));
        if (rt.status[0] !== 0) rt.raise(TICKET);
        rt.leave(mark);
        return $Ticket.own(result);
      } catch (error) {
        throw rt.trapped(error, TICKET, mark);
      }
    },
  };
}
