import { optionInvalid, valueText } from '../core/index.js';
import type { Labels, Language, Words } from './words.js';

/** What of a customer is loyal: what they think, what they feel, what they do. */
export type LoyaltyPart = 'cognitive' | 'affective' | 'behavioural';
export const LOYALTY_PARTS: readonly LoyaltyPart[] = ['cognitive', 'affective', 'behavioural'];
export const PART_LABELS: Labels<LoyaltyPart> = {
  cognitive: { en: 'Cognitive loyalty', zh: '认知忠诚' }, affective: { en: 'Affective loyalty', zh: '情感忠诚' }, behavioural: { en: 'Behavioural loyalty', zh: '行为忠诚' },
};

/** A factor of loyalty: a column of answers, what it weighs, and which end is loyal. */
export interface LoyaltyItem {
  readonly column: string;
  /** of all weights together; 1 by default */
  readonly weight?: number;
  /** ends of the answers' scale; [1, 5] by default */
  readonly scale?: readonly [low: number, high: number];
  /** true where a high answer is disloyal: price, effort, liking of rivals */
  readonly reversed?: boolean;
  readonly part?: LoyaltyPart;
  /** in one language or both; the column's name when absent */
  readonly label?: string | Words;
}

const item = (column: string, part: LoyaltyPart, en: string, zh: string, reversed = false): LoyaltyItem => ({ column, part, label: { en, zh }, ...(reversed ? { reversed } : {}) });

/** Ready-made lists of items. Parts follow Dick & Basu (1994): costs of leaving and intentions count as behaviour. */
export const LOYALTY_ITEMS: Readonly<Record<'factors' | 'degrees' | 'three-questions' | 'classic', readonly LoyaltyItem[]>> = {
  /** the factor model: satisfaction, value, trust, care, what buying costs (in effort), what leaving costs */
  'factors': [
    item('satisfaction', 'affective', 'Satisfaction', '客户满意'), item('value', 'cognitive', 'Value received', '客户价值'), item('trust', 'cognitive', 'Trust', '客户信任'),
    item('care', 'affective', 'Care by the firm', '企业关怀'), item('purchaseCost', 'behavioural', 'Effort of buying', '购买成本', true), item('switchingCost', 'behavioural', 'Cost of switching', '转移成本'),
  ],
  /** four degrees of a relationship */
  'degrees': [
    item('satisfaction', 'affective', 'Degree of satisfaction', '满意度'), item('trust', 'cognitive', 'Degree of trust', '信任度'),
    item('dependence', 'behavioural', 'Degree of dependence', '依赖度'), item('advocacy', 'behavioural', 'Degree of advocacy', '推荐度'),
  ],
  'three-questions': [item('satisfaction', 'affective', 'Satisfaction', '满意'), item('recommend', 'behavioural', 'Would recommend', '愿意推荐'), item('repurchase', 'behavioural', 'Would buy again', '愿意再购')],
  /** what the classic texts look at: repeats, time spent choosing, eye for price, liking of rivals, patience with faults */
  'classic': [
    item('repeatPurchase', 'behavioural', 'Repeat purchase', '重复购买'), item('selectionTime', 'cognitive', 'Time spent choosing', '挑选时间', true), item('priceSensitivity', 'cognitive', 'Sensitivity to price', '价格敏感度', true),
    item('rivals', 'affective', 'Liking of rivals', '对竞争产品的态度', true), item('tolerance', 'affective', 'Patience with faults', '对质量事故的承受力'),
  ],
};

/** An item with its defaults. */
export interface CheckedItem {
  readonly column: string;
  readonly weight: number;
  readonly low: number;
  readonly high: number;
  readonly reversed: boolean;
  readonly part: LoyaltyPart | undefined;
  readonly label: string;
}

/**
 * The items asked for, checked.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function checkItems(where: string, given: unknown, scale: readonly [number, number] | undefined, language: Language): CheckedItem[] {
  const preset = typeof given === 'string' && Object.hasOwn(LOYALTY_ITEMS, given) ? LOYALTY_ITEMS[given as keyof typeof LOYALTY_ITEMS] : undefined;
  const items = preset ?? given;
  if (!Array.isArray(items) || items.length === 0) throw optionInvalid(where, 'items', given, `Use one of ${Object.keys(LOYALTY_ITEMS).map((name) => `'${name}'`).join(', ')}, or a list of items.`);
  const checked = (items as readonly LoyaltyItem[]).map((one, i): CheckedItem => {
    const { column, weight = 1, scale: [low, high] = scale ?? [1, 5], reversed = false, part, label } = one;
    const bad = (what: string): Error => optionInvalid(where, `items[${i}]`, valueText(column), what);
    if (typeof column !== 'string' || column === '') throw bad('Name the column of the answers.');
    if (!(typeof weight === 'number' && weight > 0 && weight < Infinity)) throw bad('Give a weight above 0.');
    if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) throw bad('Give the ends of the scale, the lower first: [1, 5].');
    if (part !== undefined && !LOYALTY_PARTS.includes(part)) throw bad(`Parts are ${LOYALTY_PARTS.join(', ')}.`);
    return { column, weight, low, high, reversed, part, label: typeof label === 'string' ? label : label?.[language] ?? column };
  });
  if (new Set(checked.map(({ column }) => column)).size < checked.length) throw optionInvalid(where, 'items', checked.map(({ column }) => column).join(', '), 'Name each column once.');
  return checked;
}
