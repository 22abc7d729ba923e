import { checkWhole } from './options.js';

/** A seeded source of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** uniform in [0, 1), 53 bits */
  uniform(): number;
  /** whole number 0 … n - 1 */
  below(n: number): number;
  /** standard normal */
  normal(): number;
  /** gamma with the given shape > 0 and rate 1 */
  gamma(shape: number): number;
  /** exponential with rate 1 */
  exponential(): number;
}

/**
 * Random numbers from a seed.
 *
 * @param seed whole number, 0 to 2^32 - 1
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * const random = seededRandom(1);
 * random.below(6) + 1;  // a die
 *
 * Method: xoshiro128** (Blackman & Vigna 2021), its state filled from the seed by splitmix32;
 * normals by the polar method (Marsaglia & Bray 1964), gammas by Marsaglia & Tsang (2000).
 */
export function seededRandom(seed: number): Random {
  let fill = checkWhole('seededRandom', 'seed', seed, 0, 0xffffffff) | 0;
  const splitmix = (): number => {
    fill = (fill + 0x9e3779b9) | 0;
    let z = fill ^ (fill >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitmix(), b = splitmix(), c = splitmix(), d = splitmix();

  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result >>> 0;
  };
  const uniform = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;

  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = y * scale;
        return x * scale;
      }
    }
  };
  const gamma = (shape: number): number => {
    // Below 1: draw at shape + 1 and scale by U^(1/shape).
    if (shape < 1) return gamma(shape + 1) * Math.pow(1 - uniform(), 1 / shape);
    const third = shape - 1 / 3;
    const c9 = 1 / Math.sqrt(9 * third);
    for (;;) {
      const x = normal();
      const v = (1 + c9 * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + third - third * v + third * Math.log(v)) return third * v;
    }
  };

  return { uniform, below: (n) => Math.floor(uniform() * n), normal, gamma, exponential: () => -Math.log(1 - uniform()) };
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
