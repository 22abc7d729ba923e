import type { Clustering } from './clustering.js';

/** Rounds of transfers at most; a few dozen are usual. */
const ROUNDS = 1000;

/**
 * Move single points wherever that lowers the inertia, until none does.
 *
 * Taking a point out of its cluster moves the centre away from it, so a point may better belong elsewhere although its own
 * centre is nearest; Lloyd's rule does not see that. Ends with centres at their means and every point in the cluster of
 * its nearest centre.
 *
 * @returns true when a whole round moved nothing
 *
 * Source: Hartigan (1975), as in Hartigan & Wong (1979), AS 136, without their shortcuts. O(n k d) a round.
 */
export function transferPoints(clustering: Clustering): boolean {
  const { points: { n, d, data, weights }, k, centers, labels } = clustering;
  const mass = new Float64Array(k);
  const counts = new Int32Array(k);
  for (let i = 0; i < n; i++) {
    mass[labels[i]!]! += weights === undefined ? 1 : weights[i]!;
    counts[labels[i]!]!++;
  }
  let since = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) {
      if (since++ === n) return true;
      const from = labels[i]!;
      if (counts[from]! === 1) continue;
      const weight = weights === undefined ? 1 : weights[i]!;
      const loss = (mass[from]! / (mass[from]! - weight)) * squaredTo(data, i * d, centers, from * d, d);
      let least = loss;
      let to = from;
      for (let c = 0; c < k; c++) {
        if (c === from) continue;
        const gain = (mass[c]! / (mass[c]! + weight)) * squaredTo(data, i * d, centers, c * d, d);
        if (gain < least) {
          least = gain;
          to = c;
        }
      }
      // Gains within rounding could go back and forth for ever.
      if (to === from || least >= loss * (1 - 1e-12)) continue;
      mass[from]! -= weight;
      mass[to]! += weight;
      for (let f = 0; f < d; f++) {
        const value = data[i * d + f]!;
        centers[from * d + f]! -= (weight * (value - centers[from * d + f]!)) / mass[from]!;
        centers[to * d + f]! += (weight * (value - centers[to * d + f]!)) / mass[to]!;
      }
      counts[from]!--;
      counts[to]!++;
      labels[i] = to;
      since = 0;
    }
  }
  return false;
}

function squaredTo(data: Float64Array, at: number, centers: Float64Array, from: number, d: number): number {
  let squared = 0;
  for (let f = 0; f < d; f++) {
    const apart = data[at + f]! - centers[from + f]!;
    squared += apart * apart;
  }
  return squared;
}
