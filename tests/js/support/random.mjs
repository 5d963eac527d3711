// Random numbers that come again with their seed.

/**
 * xorshift32: uniform integers below `n`.
 *
 * @param {number} seed
 */
export function random(seed) {
  let state = seed >>> 0 || 1;
  return (/** @type {number} */ n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % n;
  };
}
