type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where the argument has type `A`: neither wider nor narrower, nor `any`. */
export const exactly =
  <A>() =>
  <B>(value: B & (Same<A, B> extends true ? unknown : { expected: A })): void => {
    void value;
  };
