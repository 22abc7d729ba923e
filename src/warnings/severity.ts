/** How bad a warning is; each keeps its key in every language. */
export type Severity = 'info' | 'watch' | 'warn' | 'critical';

/** From harmless to worst; a severity's rank is its place. */
export const SEVERITIES: readonly Severity[] = ['info', 'watch', 'warn', 'critical'];

/** Where watch, warn and critical begin, each strictly beyond the number. */
export type Levels = readonly [watch: number, warn: number, critical: number];

/** Rank of a severity reached by a score, 0 where it is content (or there is no score). */
export function rankOf(score: number, levels: Levels, worse: 'high' | 'low'): number {
  if (worse === 'high') return score > levels[2] ? 3 : score > levels[1] ? 2 : score > levels[0] ? 1 : 0;
  return score < levels[2] ? 3 : score < levels[1] ? 2 : score < levels[0] ? 1 : 0;
}
