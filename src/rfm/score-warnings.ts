import type { Warning } from '../core/index.js';
import type { CategoryColumn } from '../columns/index.js';
import type { UsedCodes } from './assign-segments.js';
import { codeScores } from './codes.js';
import type { RfmModel } from './model.js';

/** Remarks on the scores themselves: scores nobody has, a score that most have, customers no segment takes. */
export function scoreWarnings(model: RfmModel, used: UsedCodes, segment: CategoryColumn): Warning[] {
  const warnings: Warning[] = [];
  const allBins = model.dimensions.map(({ bins }) => bins);
  const customers = used.places.length;
  if (customers === 0) return [];
  model.dimensions.forEach(({ column, bins, method }, d) => {
    const counts = new Array<number>(bins).fill(0);
    used.codes.forEach((code, c) => (counts[codeScores(code, allBins)[d]! - 1]! += used.rows[c]!));
    const unused = counts.flatMap((n, i) => (n === 0 ? [i + 1] : []));
    const top = counts.indexOf(Math.max(...counts));
    if (unused.length > 0) warnings.push({ code: 'SCORES_UNUSED', message: unusedMessage(column, bins, unused, customers, method) });
    if (bins > 2 && counts[top]! * 2 > customers) {
      const share = Math.round((100 * counts[top]!) / customers);
      warnings.push({ code: 'SCORE_HOLDS_MOST', message: `${column}: ${share} % of the customers have score ${top + 1}, so it tells little among them. Give cuts that suit the business, or split equal values with method 'ntile'.` });
    }
  });
  const left = segment.values.indexOf('others');
  const others = left === -1 ? 0 : segment.data.reduce((count, s) => count + (s === left ? 1 : 0), 0);
  if (others > 0 && model.map?.kind === 'codes') {
    warnings.push({ code: 'MAP_INCOMPLETE', message: `${others} of ${segment.data.length} customers have scores that no segment of the map ${model.map.name} takes; they are in others. validateMap lists these codes.` });
  }
  return warnings;
}

function unusedMessage(column: string, bins: number, unused: readonly number[], customers: number, method: string): string {
  const nobody = `${column}: nobody has score ${listed(unused)} of 1 to ${bins}`;
  if (customers < bins) return `${nobody}, as there are only ${customers} customers. Use fewer bins.`;
  const why = method === 'cuts' || method === 'equal-width' || method === 'natural-breaks' ? 'no value lies between those cuts' : 'many customers share one value';
  return `${nobody}, because ${why}. The other scores hold all the same; fewer bins, other cuts or method 'ntile' fill them.`;
}

function listed(scores: readonly number[]): string {
  return scores.length < 2 ? scores.join('') : `${scores.slice(0, -1).join(', ')} and ${scores[scores.length - 1]}`;
}
