import { checkKeys, optionInvalid, cleanDiagnostics, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, showableResult, Table, table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { studentQuantile } from '../math/index.js';
import { checkLanguage, checkLevel, checkNumber, numbersWithin, someRows } from './inputs.js';
import { checkItems, LOYALTY_PARTS, PART_LABELS, type CheckedItem, type LoyaltyItem } from './loyalty-items.js';
import { shown } from './shown.js';
import type { Language } from './words.js';

export interface LoyaltyIndexOptions {
  /** a ready-made list, `'factors'` by default, or your own */
  readonly items?: 'factors' | 'degrees' | 'three-questions' | 'classic' | readonly LoyaltyItem[];
  /** scale of items that name none; [1, 5] by default */
  readonly scale?: readonly [low: number, high: number];
  /** least share of the weights a customer must have answered, 0 to 1; 0.5 by default. Below it the index is missing */
  readonly minAnswered?: number;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

export interface LoyaltyIndex extends Showable {
  /** per customer: `customer` (or `row`), `index` 0 to 100, `cognitive`, `affective`, `behavioural` where items name a part, one 0-to-100 column per item, `secure` (the best answer to every item) */
  readonly table: Table;
  /** per item: `item`, `label`, `weight` (share), `n`, `mean` (0 to 100) */
  readonly items: Table;
  /** per part: `part`, `label`, `n`, `mean`, `low`, `high` */
  readonly parts: Table;
  /** mean index of the customers who have one, with limits by Student's t; limits missing below two answers */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** share of the customers with every answer who give the best to each: those a rival hardly reaches */
  readonly secure: number;
  readonly diagnostics: Diagnostics;
}

/**
 * Loyalty index (忠诚度指数): weighted mean of items, each put on 0 to 100, and its cognitive, affective and behavioural parts.
 *
 * A missing answer leaves its weight to the others; too many, and the customer has no index and is counted. With
 * `items: 'degrees'` the item columns are the four-degree profile (满意度, 信任度, 依赖度, 推荐度).
 *
 * @param answers one row per customer, one column per item; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row for an answer off its scale; `OPTION_INVALID`
 * @example
 * loyaltyIndex({ satisfaction: [5, 3], recommend: [5, 1], repurchase: [5, 2] }, { items: 'three-questions' });
 * // index 100 and 25, mean 62.5, secure 0.5
 *
 * Parts after Dick & Basu (1994), Journal of the Academy of Marketing Science 22. O(customers × items).
 */
export function loyaltyIndex(answers: TableInput, options: LoyaltyIndexOptions = {}): LoyaltyIndex {
  const where = 'loyaltyIndex';
  checkKeys(where, options, ['items', 'scale', 'minAnswered', 'level', 'labels']);
  const language = checkLanguage(where, options.labels);
  const items = checkItems(where, options.items ?? 'factors', options.scale, language);
  const least = checkNumber(where, 'minAnswered', options.minAnswered ?? 0.5, 0, 1);
  const level = checkLevel(where, options.level ?? 0.95);
  const source = someRows(where, asTable(where, answers));
  const reserved = items.find(({ column }) => ['index', 'secure', 'customer', 'row', ...LOYALTY_PARTS].includes(column));
  if (reserved !== undefined) throw optionInvalid(where, 'items', reserved.column, 'The result has a column of that name; rename the item.');
  const points = items.map((item) => onHundred(where, source, item));
  const parts = LOYALTY_PARTS.filter((part) => items.some((item) => item.part === part));
  const index = weighted(points, items, () => true, least);
  const partScores = parts.map((part) => weighted(points, items, (item) => item.part === part, least));
  const secure = Uint8Array.from(index, (_, i) => (points.every((own) => own[i] === 100) ? 1 : 0));
  const whole = Int32Array.from(index.keys()).filter((i) => points.every((own) => !Number.isNaN(own[i]!)));
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  const answer = new Table([
    source.has('customer') ? ['customer', source.column('customer')] : ['row', { type: 'integer', data: Int32Array.from(index.keys()) }],
    ['index', number(index)], ...parts.map((part, p): [string, Column] => [part, number(partScores[p]!)]), ...items.map(({ column }, i): [string, Column] => [column, number(points[i]!)]),
    ['secure', { type: 'flag', data: secure }],
  ]);
  const overall = meanOf(index, level);
  const missing = index.length - overall.n;
  const result = {
    table: answer, items: itemTable(items, points), parts: partTable(parts, partScores, level, language), ...overall, secure: whole.length === 0 ? NaN : whole.reduce((sum, i) => sum + secure[i]!, 0) / whole.length,
    diagnostics: withWarnings(cleanDiagnostics(source.numRows), missing === 0 ? [] : [{ code: 'TOO_FEW_ANSWERS', message: `${missing} customers answered less than ${100 * least} % of the weights and have no index. Lower minAnswered to count them.` }]),
  };
  const read = shown(result.items, language);
  const head = language === 'zh' ? `忠诚度指数 ${overall.mean.toFixed(1)}（满分 100），${overall.n} 位客户` : `loyalty index ${overall.mean.toFixed(1)} of 100, ${overall.n} customers`;
  return showableResult(result, { text: () => `${head}\n${read.toString()}`, html: () => read.toHTML() });
}

/** Answers on 0 to 100, 100 the loyal end. */
function onHundred(where: string, source: Table, { column, low, high, reversed }: CheckedItem): Float64Array {
  return numbersWithin(where, source, column, low, high).map((x) => (100 * (reversed ? high - x : x - low)) / (high - low));
}

function weighted(points: readonly Float64Array[], items: readonly CheckedItem[], of: (item: CheckedItem) => boolean, least: number): Float64Array {
  const used = items.flatMap((item, k) => (of(item) ? [k] : []));
  const all = used.reduce((sum, k) => sum + items[k]!.weight, 0);
  return Float64Array.from(points[0]!, (_, i) => {
    let sum = 0, weights = 0;
    for (const k of used) {
      const x = points[k]![i]!;
      if (Number.isNaN(x)) continue;
      sum += x * items[k]!.weight;
      weights += items[k]!.weight;
    }
    return weights === 0 || weights < least * all * (1 - 1e-12) ? NaN : sum / weights;
  });
}

function meanOf(values: Float64Array, level: number): { mean: number; low: number; high: number; n: number } {
  const known = values.filter((x) => !Number.isNaN(x));
  const n = known.length;
  const mean = n === 0 ? NaN : known.reduce((a, b) => a + b, 0) / n;
  if (n < 2) return { mean, low: NaN, high: NaN, n };
  const half = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1) / n);
  return { mean, low: mean - half, high: mean + half, n };
}

function itemTable(items: readonly CheckedItem[], points: readonly Float64Array[]): Table {
  const all = items.reduce((sum, { weight }) => sum + weight, 0);
  const means = points.map((own) => meanOf(own, 0.95));
  return table({
    item: items.map(({ column }) => column), label: items.map(({ label }) => label), weight: Float64Array.from(items, ({ weight }) => weight / all),
    n: Int32Array.from(means, ({ n }) => n), mean: Float64Array.from(means, ({ mean }) => mean),
  });
}

function partTable(parts: readonly (typeof LOYALTY_PARTS)[number][], scores: readonly Float64Array[], level: number, language: Language): Table {
  const means = scores.map((own) => meanOf(own, level));
  const of = (name: 'mean' | 'low' | 'high'): Float64Array => Float64Array.from(means, (m) => m[name]);
  return table({ part: [...parts], label: parts.map((part) => PART_LABELS[part][language]), n: Int32Array.from(means, ({ n }) => n), mean: of('mean'), low: of('low'), high: of('high') });
}
