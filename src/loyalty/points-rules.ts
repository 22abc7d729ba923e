import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { checkNumber } from './inputs.js';
import type { Words } from './words.js';

/** A length of time: days, or calendar months (the last day of a month stays the last). */
export type Span = { readonly days: number } | { readonly months: number };

/** A tier of members. */
export interface PointsTier {
  readonly key: string;
  /** points earned or money spent in the window from which it is reached; the lowest tier begins at 0 */
  readonly from: number;
  /** times the points per money spent; 1 by default */
  readonly multiplier?: number;
  /**
   * times the points of tenure, to hundredths; 1 by default and not `multiplier`: that is a promise about money spent, and a
   * month of membership is worth the same to all unless the programme says otherwise
   */
  readonly tenureMultiplier?: number;
  /** in one language or both; the key when absent */
  readonly label?: string | Words;
}

/** The rules of a points programme, as data. */
export interface PointsRules {
  /** points for each unit of money spent, and how an award is made whole: down by default; `'none'` keeps hundredths */
  readonly earn?: { readonly perSpend: number; readonly round?: 'down' | 'nearest' | 'none' };
  /** points for each whole month or year of membership */
  readonly tenure?: { readonly points: number; readonly every: 'month' | 'year' };
  /** when points end: `per-award` so long after each award, first expiring first used; `inactivity` so long after the last purchase or redemption; never when absent */
  readonly expiry?: { readonly kind: 'per-award' | 'inactivity'; readonly after: Span };
  /** of points, per redemption */
  readonly redemption?: { readonly min?: number; readonly max?: number };
  /** what a late payment does: `'reset'` ends points and begins tenure anew, `'freeze'` stops earning until paid; to points of tenure (default) or to all */
  readonly latePayment?: { readonly effect: 'reset' | 'freeze'; readonly scope?: 'tenure' | 'all' };
  readonly tiers?: {
    /** lowest first */
    readonly levels: readonly PointsTier[];
    /** what counts: `'points'` earned (default) or `'spend'`, net of refunds */
    readonly by?: 'points' | 'spend';
    /** over which time: the last so long, a calendar period, or for ever (default) */
    readonly window?: Span | 'month' | 'quarter' | 'year' | 'lifetime';
    /** how long a tier is kept once it is no longer deserved; 0 by default */
    readonly graceDays?: number;
    /** fall one tier at a time, a grace apart; false by default */
    readonly softLanding?: boolean;
  };
  /** discount by balance: the highest `from` reached counts */
  readonly discounts?: readonly { readonly from: number; readonly rate: number }[];
  /** membership of a club from so much money spent in all; kept once reached */
  readonly club?: { readonly spend: number };
}

/** Rules with their defaults; points in hundredths. */
export interface CheckedRules {
  readonly perSpend: number;
  readonly round: 'down' | 'nearest' | 'none';
  readonly tenure: { readonly units: number; readonly months: number } | undefined;
  readonly expiry: { readonly kind: 'per-award' | 'inactivity'; readonly after: Span } | undefined;
  readonly minRedemption: number;
  readonly maxRedemption: number;
  readonly late: { readonly effect: 'none' | 'reset' | 'freeze'; readonly scope: 'tenure' | 'all' };
  readonly tiers: { readonly levels: readonly PointsTier[]; readonly by: 'points' | 'spend'; readonly window: Span | 'month' | 'quarter' | 'year' | 'lifetime'; readonly graceDays: number; readonly soft: boolean };
  readonly discounts: readonly { readonly from: number; readonly rate: number }[];
  readonly club: number | undefined;
}

const KEYS = ['earn', 'tenure', 'expiry', 'redemption', 'latePayment', 'tiers', 'discounts', 'club'] as const;
/** The rules that are objects, with their keys. */
const PARTS: readonly (readonly [name: (typeof KEYS)[number], keys: readonly string[]])[] = [
  ['earn', ['perSpend', 'round']], ['tenure', ['points', 'every']], ['expiry', ['kind', 'after']], ['redemption', ['min', 'max']], ['latePayment', ['effect', 'scope']],
  ['tiers', ['levels', 'by', 'window', 'graceDays', 'softLanding']], ['club', ['spend']],
];

/**
 * Rules checked, with their defaults.
 *
 * @throws ClienteleError `OPTION_INVALID` naming the rule
 */
export function checkPointsRules(where: string, rules: PointsRules): CheckedRules {
  if (!isRecord(rules)) throw optionInvalid(where, 'rules', rules, `Give an object with some of ${KEYS.join(', ')}; {} has no rule at all.`);
  checkKeys(where, rules, KEYS);
  for (const [name, keys] of PARTS) if (rules[name] !== undefined) checkPart(where, name, rules[name], keys);
  const { earn, tenure, expiry, redemption = {}, latePayment, discounts = [], club } = rules;
  if (expiry !== undefined) checkWord(where, 'expiry.kind', expiry.kind, ['per-award', 'inactivity']);
  checkDiscounts(where, discounts);
  const { min = 0, max = Infinity } = redemption;
  if (max < min) throw optionInvalid(where, 'redemption.max', max, `Give the smallest redemption (${min}) or more.`);
  return {
    perSpend: earn === undefined ? 0 : checkNumber(where, 'earn.perSpend', earn.perSpend, 0, 1e6), round: checkWord(where, 'earn.round', earn?.round ?? 'down', ['down', 'nearest', 'none']),
    tenure: tenure === undefined ? undefined : { units: units(where, 'tenure.points', tenure.points), months: checkWord(where, 'tenure.every', tenure.every, ['month', 'year']) === 'month' ? 1 : 12 },
    expiry: expiry === undefined ? undefined : { kind: expiry.kind, after: span(where, 'expiry.after', expiry.after) },
    minRedemption: units(where, 'redemption.min', min), maxRedemption: redemption.max === undefined ? Infinity : units(where, 'redemption.max', max),
    late: latePayment === undefined ? { effect: 'none', scope: 'tenure' } : { effect: checkWord(where, 'latePayment.effect', latePayment.effect, ['reset', 'freeze']), scope: checkWord(where, 'latePayment.scope', latePayment.scope ?? 'tenure', ['tenure', 'all']) },
    tiers: checkTiers(where, rules.tiers), discounts, club: club === undefined ? undefined : checkNumber(where, 'club.spend', club.spend, 0),
  };
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A rule within the rules: an object without unknown keys, since a misspelt one would switch the rule off. */
function checkPart(where: string, option: string, value: unknown, known: readonly string[]): void {
  if (!isRecord(value)) throw optionInvalid(where, option, value, `Give an object with ${known.join(', ')}.`);
  const key = Object.keys(value).find((name) => !known.includes(name));
  if (key !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: `${option}.${key}` }, `${option} has no option ${valueText(key)}.`, `Known options: ${known.join(', ')}.`);
}

function checkDiscounts(where: string, discounts: unknown): void {
  if (!Array.isArray(discounts)) throw optionInvalid(where, 'discounts', discounts, 'Give a list of { from, rate }.');
  (discounts as readonly { from: number; rate: number }[]).forEach((step, i, steps) => {
    checkPart(where, `discounts[${i}]`, step, ['from', 'rate']);
    checkNumber(where, `discounts[${i}].rate`, step.rate, 0, 1);
    if (!Number.isFinite(step.from) || (i > 0 && step.from <= steps[i - 1]!.from)) throw optionInvalid(where, `discounts[${i}].from`, step.from, 'Give discounts with ascending balances.');
  });
}

function checkTiers(where: string, tiers: PointsRules['tiers']): CheckedRules['tiers'] {
  if (tiers === undefined) return { levels: [{ key: 'member', from: 0, label: { en: 'Member', zh: '会员' } }], by: 'points', window: 'lifetime', graceDays: 0, soft: false };
  const { levels, window = 'lifetime', softLanding = false } = tiers;
  if (!Array.isArray(levels) || levels.length === 0 || levels.length > 100) throw optionInvalid(where, 'tiers.levels', levels, 'Give 1 to 100 tiers, the lowest first.');
  levels.forEach((level, i) => checkPart(where, `tiers.levels[${i}]`, level, ['key', 'from', 'multiplier', 'tenureMultiplier', 'label']));
  (levels as readonly PointsTier[]).forEach(({ key, from, multiplier = 1, tenureMultiplier = 1, label = key }, i) => {
    if (typeof key !== 'string' || key === '' || levels.findIndex((other: PointsTier) => other.key === key) !== i) throw optionInvalid(where, `tiers.levels[${i}].key`, key, 'Give each tier a key of its own.');
    if (!Number.isFinite(from) || (i === 0 ? from !== 0 : from <= levels[i - 1].from)) throw optionInvalid(where, `tiers.levels[${i}].from`, from, 'Give ascending thresholds, the first 0.');
    checkNumber(where, `tiers.levels[${i}].multiplier`, multiplier, 0, 1000);
    checkNumber(where, `tiers.levels[${i}].tenureMultiplier`, tenureMultiplier, 0, 1000);
    if (typeof label !== 'string' && (!isRecord(label) || typeof label.en !== 'string' || typeof label.zh !== 'string')) throw optionInvalid(where, `tiers.levels[${i}].label`, label, 'Give text, or { en, zh }.');
  });
  const graceDays = checkWhole(where, 'tiers.graceDays', tiers.graceDays ?? 0, 0, 36525);
  if (typeof softLanding !== 'boolean') throw optionInvalid(where, 'tiers.softLanding', softLanding, 'Use true or false.');
  if (softLanding && graceDays === 0) throw optionInvalid(where, 'tiers.softLanding', softLanding, 'Give graceDays of 1 or more: without, all the steps down are taken on one day.');
  const checked = typeof window === 'string' ? checkWord(where, 'tiers.window', window, ['month', 'quarter', 'year', 'lifetime']) : span(where, 'tiers.window', window);
  return { levels, by: checkWord(where, 'tiers.by', tiers.by ?? 'points', ['points', 'spend']), window: checked, graceDays, soft: softLanding };
}

function span(where: string, option: string, value: unknown): Span {
  if (isRecord(value)) {
    checkPart(where, option, value, ['days', 'months']);
    const { days, months } = value as { days?: unknown; months?: unknown };
    if (months === undefined && Number.isInteger(days) && (days as number) >= 1 && (days as number) <= 100_000) return { days: days as number };
    if (days === undefined && Number.isInteger(months) && (months as number) >= 1 && (months as number) <= 1200) return { months: months as number };
  }
  throw optionInvalid(where, option, JSON.stringify(value), 'Give { days: n } or { months: n }, a whole number of 1 or more.');
}

/** Points in hundredths. */
function units(where: string, option: string, points: unknown): number {
  const hundredths = Math.round(checkNumber(where, option, points, 0, 1e12) * 100);
  if (hundredths / 100 !== points) throw optionInvalid(where, option, points, 'Give at most two decimals.');
  return hundredths;
}
