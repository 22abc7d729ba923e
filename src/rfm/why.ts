import { OCTANTS } from '../transactions/index.js';
import { codeText } from './codes.js';
import type { OctantMap, RfmDimension, RfmLevels, RfmModel } from './model.js';

const UNITS_ZH: Readonly<Record<string, string>> = { days: '天', orders: '单' };

/**
 * The limits and the rule that put a customer there:
 * `'R 5 (<= 17 days) · F 3 (3-4 orders) · M 4 (> 220.5 to 500) → need_attention (standard: 534)'`.
 *
 * Numbers are rounded for reading; the model has them in full.
 *
 * @param scores one per dimension
 * @param segment key of the segment, none when there is no map
 */
export function whyText(model: RfmModel, scores: readonly number[], segment: string | undefined, language: 'en' | 'zh'): string {
  const limits = model.dimensions.map((dimension, d) => {
    const within = dimension.groups === undefined ? undefined : codeText(scores.slice(0, d), model.dimensions.slice(0, d).map(({ bins }) => bins));
    return `${dimension.key.toUpperCase()} ${scores[d]} (${limitText(dimension, scores[d]!, within, language)})`;
  });
  return `${limits.join(' · ')}${segment === undefined ? '' : ` → ${segment}${ruleText(model, scores, segment)}`}`;
}

function ruleText(model: RfmModel, scores: readonly number[], segment: string): string {
  const { map, dimensions } = model;
  if (map === undefined) return '';
  if (map.kind === 'octants') return ` (octants: ${octantRule(map, segment, dimensions)})`;
  const rule = map.segments.find(({ key }) => key === segment)?.rule;
  const places = map.dimensions.map((key) => dimensions.findIndex((dimension) => dimension.key === key));
  return ` (${map.name}: ${rule ?? codeText(places.map((d) => scores[d]!), map.bins)})`;
}

function octantRule({ cuts, at, inclusive }: OctantMap, segment: string, dimensions: readonly RfmDimension[]): string {
  const octant = OCTANTS.find(({ key }) => key === segment);
  if (octant === undefined) return '';
  const highs = [octant.recency, octant.frequency, octant.monetary];
  return ['r', 'f', 'm'].map((key, i) => {
    const dimension = dimensions.find((one) => one.key === key);
    const above = at === 'mean-score' || dimension?.best !== 'low' ? highs[i] === 'high' : highs[i] === 'low';
    // A value on the cut is high when inclusive, whichever side high is.
    const onCut = (highs[i] === 'high') === inclusive;
    return `${key.toUpperCase()} ${highs[i]} ${above ? '>' : '<'}${onCut ? '=' : ''} ${numberText(cuts[i]!)}`;
  }).join(', ');
}

/** Which values have this score: `'<= 17 days'`, `'3-4 orders'`. */
function limitText(dimension: RfmDimension, score: number, within: string | undefined, language: 'en' | 'zh'): string {
  const { best, bins, cuts, closed = 'right', levels, method, whole } = dimension;
  if (levels !== undefined) {
    const group = within === undefined ? undefined : dimension.groups?.find((one) => one.within === within);
    return `${withUnit(levelText(group ?? levels, score), dimension, language)}, ${method}${group === undefined ? '' : ` within ${within}`}`;
  }
  const k = best === 'high' ? score - 1 : bins - score;
  const from = cuts?.[k - 1];
  const to = cuts?.[k];
  return withUnit(whole ? wholeRange(from, to, closed) : range(from, to, closed), dimension, language);
}

function levelText({ scores, lowest, highest }: RfmLevels, score: number): string {
  const at = scores.indexOf(score);
  return at === -1 ? 'none' : between(lowest[at]!, highest[at]!);
}

/** Limits in whole numbers, both ends included. */
function wholeRange(from: number | undefined, to: number | undefined, closed: 'right' | 'left'): string {
  const first = from === undefined ? undefined : closed === 'right' ? Math.floor(from) + 1 : Math.ceil(from);
  const last = to === undefined ? undefined : closed === 'right' ? Math.floor(to) : Math.ceil(to) - 1;
  if (first === undefined) return last === undefined ? 'any' : `<= ${last}`;
  return last === undefined ? `>= ${first}` : between(first, last);
}

function range(from: number | undefined, to: number | undefined, closed: 'right' | 'left'): string {
  const [over, under] = closed === 'right' ? ['> ', '<= '] : ['>= ', '< '];
  if (from === undefined) return to === undefined ? 'any' : `${under}${numberText(to)}`;
  if (to === undefined) return `${over}${numberText(from)}`;
  return closed === 'right' ? `> ${numberText(from)} to ${numberText(to)}` : `${numberText(from)} to < ${numberText(to)}`;
}

function between(first: number, last: number): string {
  if (first === last) return numberText(first);
  return Number.isInteger(first) && Number.isInteger(last) && first >= 0 ? `${first}-${last}` : `${numberText(first)} to ${numberText(last)}`;
}

function withUnit(limits: string, { unit }: RfmDimension, language: 'en' | 'zh'): string {
  if (unit === undefined) return limits;
  if (language === 'zh') return `${limits} ${UNITS_ZH[unit] ?? unit}`;
  return `${limits} ${limits === '1' && unit.endsWith('s') ? unit.slice(0, -1) : unit}`;
}

/** Two decimals, more for numbers below 1. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1 ? String(Math.round(value * 100) / 100) : String(Number(value.toPrecision(3)));
}
