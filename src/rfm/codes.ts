/** How many codes the given numbers of scores make. */
export function codeCount(bins: readonly number[]): number {
  return bins.reduce((count, n) => count * n, 1);
}

/** Steps of each dimension in a code's number: the first dimension counts most, so numbers order as codes do. */
export function codeStrides(bins: readonly number[]): number[] {
  return bins.map((_, d) => codeCount(bins.slice(d + 1)));
}

/** The scores of a code's number, 0 … codeCount - 1. */
export function codeScores(code: number, bins: readonly number[]): number[] {
  return codeStrides(bins).map((stride, d) => (Math.floor(code / stride) % bins[d]!) + 1);
}

/** The number of a code. */
export function codeOf(scores: readonly number[], bins: readonly number[]): number {
  return codeStrides(bins).reduce((code, stride, d) => code + (scores[d]! - 1) * stride, 0);
}

/**
 * Scores as text: `'534'`, or `'4-3-10'` once a dimension has more than nine scores.
 *
 * Only such texts can be told apart: 4, 3, 10 as '4310' could be 43-1-0.
 */
export function codeText(scores: readonly number[], bins: readonly number[]): string {
  return scores.join(bins.some((n) => n > 9) ? '-' : '');
}

/** The number of a code's text, or `undefined` where the text is no such code. */
export function parseCode(text: string, bins: readonly number[]): number | undefined {
  const parts = bins.some((n) => n > 9) || text.includes('-') ? text.split('-') : [...text];
  if (parts.length !== bins.length || !parts.every((part) => /^[1-9]\d?$/.test(part))) return undefined;
  const scores = parts.map(Number);
  return scores.every((score, d) => score <= bins[d]!) ? codeOf(scores, bins) : undefined;
}
