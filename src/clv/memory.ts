const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/** A function of three numbers that remembers: equal arguments soon after each other are computed once. */
export function rowMemory(f: (x: number, t: number, T: number) => number): (x: number, t: number, T: number) => number {
  const SLOTS = 1 << 16;
  const keys = new Float64Array(SLOTS * 4).fill(NaN);
  return (x, t, T) => {
    bits[0] = T + 1.618 * t;
    const slot = (Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b) ^ Math.imul(x, 0x9e3779b1), 0xc2b2ae35) >>> 16) << 2;
    if (keys[slot] !== x || keys[slot + 1] !== t || keys[slot + 2] !== T) {
      keys[slot] = x;
      keys[slot + 1] = t;
      keys[slot + 2] = T;
      keys[slot + 3] = f(x, t, T);
    }
    return keys[slot + 3]!;
  };
}

/**
 * A function of two numbers that remembers up to 65,536 pairs for good, for functions worth more than a look-up.
 *
 * Method: open addressing over the bits, 3 MB.
 */
export function pairMemory(f: (x: number, T: number) => number): (x: number, T: number) => number {
  const SLOTS = 1 << 17;
  const keysX = new Float64Array(SLOTS).fill(NaN);
  const keysT = new Float64Array(SLOTS);
  const values = new Float64Array(SLOTS);
  let room = SLOTS / 2;
  return (x, T) => {
    bits[0] = T;
    let slot = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b) ^ Math.imul(x, 0x9e3779b1), 0xc2b2ae35) >>> 15;
    while (keysX[slot] === keysX[slot]) {
      if (keysX[slot] === x && keysT[slot] === T) return values[slot]!;
      slot = (slot + 1) & (SLOTS - 1);
    }
    const value = f(x, T);
    if (room > 0) {
      room--;
      keysX[slot] = x;
      keysT[slot] = T;
      values[slot] = value;
    }
    return value;
  };
}
