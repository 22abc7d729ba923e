import { normalQuantile } from '../math/index.js';

/** Pearson's correlation of two columns with weights, and its 95 % interval by Fisher's transformation (1921). */
export function correlationWithInterval(a: Float64Array, b: Float64Array, weight: Float64Array): { correlation: number; low: number; high: number } {
  let n = 0, meanA = 0, meanB = 0, aa = 0, bb = 0, ab = 0;
  for (let i = 0; i < a.length; i++) {
    const w = weight[i]!;
    if (w === 0) continue;
    n += w;
    const da = a[i]! - meanA, db = b[i]! - meanB;
    meanA += (da * w) / n;
    meanB += (db * w) / n;
    aa += w * da * (a[i]! - meanA);
    bb += w * db * (b[i]! - meanB);
    ab += w * da * (b[i]! - meanB);
  }
  const correlation = aa > 0 && bb > 0 ? Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))) : 0;
  const half = n > 3 ? normalQuantile(0.975) / Math.sqrt(n - 3) : Infinity;
  const centre = Math.atanh(Math.max(-1 + 1e-15, Math.min(1 - 1e-15, correlation)));
  return { correlation, low: Math.tanh(centre - half), high: Math.tanh(centre + half) };
}
