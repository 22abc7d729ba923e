import type { Points } from './points.js';

/** Every so-manieth point in the order of their content: at most `size`. */
export function evenSample(points: Points, size: number): Points {
  const { n, d, data, weights } = points;
  if (n <= size) return points;
  return takePoints(points, Int32Array.from({ length: size }, (_, i) => Math.floor((i * n) / size)), d, data, weights);
}

/** The given points, in the given order; a point may be taken twice. */
export function takePoints({ rows }: Points, kept: Int32Array, d: number, data: Float64Array, weights: Float64Array | undefined): Points {
  const own = new Float64Array(kept.length * d);
  for (let i = 0; i < kept.length; i++) for (let f = 0; f < d; f++) own[i * d + f] = data[kept[i]! * d + f]!;
  return { n: kept.length, d, data: own, weights: weights === undefined ? undefined : Float64Array.from(kept, (from) => weights[from]!), rows: Int32Array.from(kept, (from) => rows[from]!) };
}
