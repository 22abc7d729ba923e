import { checkKeys, ClienteleError, optionInvalid } from '../core/index.js';

/** When a matrix is taken as consistent enough. */
export interface AhpOptions {
  /** largest consistency ratio accepted, above 0; 0.1 (Saaty) by default, Infinity to only read it */
  readonly maxRatio?: number;
}

/** Weights from comparing criteria two by two. */
export interface AhpWeights {
  /** one per criterion, summing to 1 */
  readonly weights: Float64Array;
  /** consistency ratio: 0 where the judgements agree with each other; up to 0.1 is usual */
  readonly consistencyRatio: number;
  /** the largest eigenvalue, n where consistent */
  readonly lambdaMax: number;
}

/**
 * Weights of criteria from pairwise comparisons: how many times as important is one as another?
 *
 * `matrix[i][j]` says how much more important criterion i is than j, 1 (equally) to 9 (extremely); `matrix[j][i]` is its
 * reciprocal. A matrix that contradicts itself too much is refused with the judgement furthest off.
 *
 * @param matrix n × n, 1 to 15 criteria, above 0, 1 on the diagonal
 * @throws ClienteleError `VALUE_INVALID` for a matrix that is not square, positive, reciprocal, or not consistent enough
 * @example
 * ahpWeights([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]);   // weights 0.637, 0.258, 0.105; consistencyRatio 0.033
 *
 * Source: Saaty (1980): the principal eigenvector, by power iteration; CR = ((λ - n) / (n - 1)) / RI(n).
 */
export function ahpWeights(matrix: readonly (readonly number[])[], options: AhpOptions = {}): AhpWeights {
  checkKeys('ahpWeights', options, ['maxRatio']);
  const { maxRatio = 0.1 } = options;
  if (!(maxRatio > 0)) throw optionInvalid('ahpWeights', 'maxRatio', maxRatio, 'Give a ratio above 0, such as 0.1.');
  checkMatrix(matrix);
  const n = matrix.length;
  let weights = new Float64Array(n).fill(1 / n);
  let lambdaMax = n;
  for (let round = 0; round < 1000; round++) {
    const next = weights.map((_, i) => matrix[i]!.reduce((sum, times, j) => sum + times * weights[j]!, 0));
    lambdaMax = next.reduce((a, b) => a + b, 0);
    const scaled = next.map((weight) => weight / lambdaMax);
    const moved = scaled.reduce((most, weight, i) => Math.max(most, Math.abs(weight - weights[i]!)), 0);
    weights = scaled;
    if (moved < 1e-15) break;
  }
  const consistencyRatio = n < 3 ? 0 : Math.max(0, (lambdaMax - n) / (n - 1) / RANDOM_INDEX[n]!);
  if (consistencyRatio > maxRatio) throw inconsistent(matrix, weights, consistencyRatio, maxRatio);
  return { weights, consistencyRatio, lambdaMax };
}

/** Mean consistency index of random matrices (Saaty 1980; 11 to 15 as usually printed). */
const RANDOM_INDEX = [0, 0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/** 0.333 stands for 1/3, and 0.143 for 1/7. */
const ROUNDED = 0.005;

function checkMatrix(matrix: readonly (readonly number[])[]): void {
  const n = Array.isArray(matrix) ? matrix.length : 0;
  if (n < 1 || n > 15 || matrix.some((row) => !Array.isArray(row) || row.length !== n)) throw invalid('the matrix is not square, or has not 1 to 15 rows.', 'Give one row and one column per criterion.');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const times = matrix[i]![j]!;
      if (!(times > 0 && times < Infinity)) throw invalid(`row ${i}, column ${j} is ${times}.`, 'Give numbers above 0, such as 3 or 1/3.');
      if (Math.abs(times * matrix[j]![i]! - 1) > ROUNDED) throw invalid(`row ${i}, column ${j} is ${times}, but row ${j}, column ${i} is ${matrix[j]![i]!}.`, 'One must be 1 divided by the other, and 1 on the diagonal.');
    }
  }
}

function inconsistent(matrix: readonly (readonly number[])[], weights: Float64Array, ratio: number, most: number): ClienteleError {
  let worst = { i: 0, j: 1, off: 0 };
  for (let i = 0; i < weights.length; i++) {
    for (let j = i + 1; j < weights.length; j++) {
      const off = Math.abs(Math.log((matrix[i]![j]! * weights[j]!) / weights[i]!));
      if (off > worst.off) worst = { i, j, off };
    }
  }
  const fits = weights[worst.i]! / weights[worst.j]!;
  return invalid(`the judgements contradict each other: consistency ratio ${ratio.toFixed(3)}, above ${most}.`, `Look first at row ${worst.i}, column ${worst.j}: ${Number(matrix[worst.i]![worst.j]!.toFixed(3))} was given, ${fits.toFixed(2)} would fit the rest.`);
}

function invalid(what: string, mend: string): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where: 'ahpWeights' }, what, mend);
}
