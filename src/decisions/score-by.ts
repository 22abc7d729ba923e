import type { ReadCriterion } from './criterion.js';

/** How criteria become one score. */
export type ScreenMethod = 'weighted' | 'topsis';

/**
 * One score per row, the better the higher.
 *
 * Skipped values (NaN) leave their weight to the row's other criteria; a row without any value that weighs has no score: NaN.
 */
export function scoreBy(method: ScreenMethod, criteria: readonly Pick<ReadCriterion, 'normalized'>[], weights: Float64Array): Float64Array {
  return method === 'weighted' ? weightedSum(criteria, weights) : topsis(criteria, weights);
}

/** Scores to rank by: those without one come last. */
export function rankable(score: Float64Array): Float64Array {
  return score.map((value) => (Number.isNaN(value) ? -Infinity : value));
}

function weightedSum(criteria: readonly Pick<ReadCriterion, 'normalized'>[], weights: Float64Array): Float64Array {
  const n = criteria[0]!.normalized.length;
  const score = new Float64Array(n);
  const held = new Float64Array(n);
  let gaps = false;
  criteria.forEach(({ normalized }, c) => {
    const weight = weights[c]!;
    if (weight === 0) return;
    for (let i = 0; i < n; i++) {
      const value = normalized[i]!;
      if (value !== value) {
        gaps = true;
        continue;
      }
      score[i]! += weight * value;
      held[i]! += weight;
    }
  });
  return gaps ? score.map((sum, i) => (held[i]! > 0 ? sum / held[i]! : NaN)) : score;
}

/** Distance to the worst / (distance to the best + to the worst), in weighted normalized values; 0.5 where nothing differs. */
function topsis(criteria: readonly Pick<ReadCriterion, 'normalized'>[], weights: Float64Array): Float64Array {
  const n = criteria[0]!.normalized.length;
  const toBest = new Float64Array(n);
  const toWorst = new Float64Array(n);
  const seen = new Uint8Array(n);
  criteria.forEach(({ normalized }, c) => {
    const weight = weights[c]!;
    if (weight === 0) return;
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < n; i++) {
      if (normalized[i]! < least) least = normalized[i]!;
      if (normalized[i]! > most) most = normalized[i]!;
    }
    for (let i = 0; i < n; i++) {
      const value = normalized[i]!;
      if (value !== value) continue;
      seen[i] = 1;
      toBest[i]! += (weight * (most - value)) ** 2;
      toWorst[i]! += (weight * (value - least)) ** 2;
    }
  });
  return toBest.map((best, i) => {
    if (seen[i] === 0) return NaN;
    const [near, far] = [Math.sqrt(best), Math.sqrt(toWorst[i]!)];
    return near + far > 0 ? far / (near + far) : 0.5;
  });
}
