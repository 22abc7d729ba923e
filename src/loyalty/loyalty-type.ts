import { checkKeys, cleanDiagnostics, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, median, numbersOf, showableResult, Table, table, textColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkLanguage, numbersWithin, someRows } from './inputs.js';
import { short, type Labels, type Language } from './words.js';

export type LoyaltyType = 'monopoly' | 'kinship' | 'latent' | 'trust' | 'incentive' | 'inertia' | 'none' | 'unknown';
export const LOYALTY_TYPES: readonly LoyaltyType[] = ['monopoly', 'kinship', 'latent', 'trust', 'incentive', 'inertia', 'none', 'unknown'];
export const LOYALTY_TYPE_LABELS: Labels<LoyaltyType> = {
  monopoly: { en: 'Monopoly: no other choice', zh: '垄断忠诚' }, kinship: { en: 'Kinship: belongs to the firm', zh: '亲缘忠诚' }, latent: { en: 'Latent: would buy, cannot', zh: '潜在忠诚' },
  trust: { en: 'Trust', zh: '信赖忠诚' }, incentive: { en: 'Incentive: comes for the price', zh: '利益忠诚' }, inertia: { en: 'Inertia: habit and convenience', zh: '惰性忠诚' }, none: { en: 'Not loyal', zh: '不忠诚' },
  unknown: { en: 'Cannot tell', zh: '无法判断' },
};

/** One thing that must hold: a column against a number, or against the median of the column. */
export interface LoyaltyTest {
  readonly column: string;
  readonly is: 'at-least' | 'above' | 'at-most' | 'below';
  readonly value: number | 'median';
}

/** A type, and what must hold, all of it. */
export interface LoyaltyRule {
  readonly type: Exclude<LoyaltyType, 'unknown'>;
  readonly when: readonly LoyaltyTest[];
}

const test = (column: string, is: LoyaltyTest['is'], value: LoyaltyTest['value']): LoyaltyTest => ({ column, is, value });

/**
 * The rules in order; the first that holds wins. Columns: `alternatives` (suppliers the customer could go to), `kin` (1:
 * works for the firm or belongs to its owners), `attitude` (1 to 5), `frequency` (orders), `discountShare` (of orders, 0 to 1).
 * Other scales are refused: bring them to these, or give rules of your own, whose columns may have any. Limits: 4 of 5 is
 * liking; half of the orders at a discount is coming for it; often is the median or more.
 */
export const LOYALTY_RULES: readonly LoyaltyRule[] = [
  { type: 'monopoly', when: [test('alternatives', 'at-most', 0)] },
  { type: 'kinship', when: [test('kin', 'at-least', 1)] },
  { type: 'latent', when: [test('attitude', 'at-least', 4), test('frequency', 'below', 'median')] },
  { type: 'trust', when: [test('attitude', 'at-least', 4), test('frequency', 'at-least', 'median'), test('discountShare', 'below', 0.5)] },
  { type: 'incentive', when: [test('frequency', 'at-least', 'median'), test('discountShare', 'at-least', 0.5)] },
  { type: 'inertia', when: [test('frequency', 'at-least', 'median'), test('attitude', 'below', 4)] },
];

export interface LoyaltyTypeOptions {
  /** {@link LOYALTY_RULES} by default */
  readonly rules?: readonly LoyaltyRule[];
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

export interface LoyaltyTypes extends Showable {
  /** per customer: `customer` (or `row`), `type`, `label`, `reason` (what held, or what is missing) */
  readonly table: Table;
  /** per type: `type`, `label`, `customers`, `share` */
  readonly types: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Why customers stay (忠诚类型): monopoly, kinship, latent, trust, incentive, inertia, or not at all; exactly one each.
 *
 * A missing value proves nothing: the first rule that no test rules out decides, and where a test of it could not be made the
 * customer is `unknown` (无法判断). A rule with none of its columns there is not used; one with some of them leaves unknown whom
 * the others do not rule out; both are said. Only trust (信赖忠诚) outlives a better offer, which is why
 * loyalty is asked for by type and not only by frequency.
 *
 * @param data one row per customer; not modified
 * @throws ClienteleError `VALUE_INVALID` for a column that is not numeric, by row for a value off its scale; `OPTION_INVALID` where no rule can be used
 * @example
 * loyaltyType({ alternatives: [0, 3], attitude: [2, 5], frequency: [9, 9], discountShare: [0, 0.1] }).table.toColumns().type;
 * // monopoly, trust
 *
 * Types after Griffin (1995) and the Chinese texts that follow her; the limits are ours. O(customers × rules).
 */
export function loyaltyType(data: TableInput, options: LoyaltyTypeOptions = {}): LoyaltyTypes {
  const where = 'loyaltyType';
  checkKeys(where, options, ['rules', 'labels']);
  const language = checkLanguage(where, options.labels);
  const source = someRows(where, asTable(where, data));
  const rules = checkRules(where, options.rules ?? LOYALTY_RULES);
  if (options.rules === undefined) for (const [column, least, most] of SCALES) if (source.has(column)) numbersWithin(where, source, column, least, most);
  const usable = rules.filter(({ when }) => when.some(({ column }) => source.has(column)));
  if (usable.length === 0) throw optionInvalid(where, 'rules', rules.map(({ type }) => type).join(', '), `None can be used: give columns such as ${[...new Set(rules.flatMap(({ when }) => when.map(({ column }) => column)))].join(', ')}.`);
  const ready = usable.map(({ type, when }) => ({ type, tests: when.map((one) => readyTest(where, source, one)) }));
  const codes = new Int32Array(source.numRows);
  const reasons: string[] = [];
  for (let i = 0; i < source.numRows; i++) {
    const rule = ready.find(({ tests }) => !tests.some((one) => isMade(one, i) && !holds(one.values[i]!, one.is, one.limit)));
    const open = rule === undefined ? [] : rule.tests.filter((one) => !isMade(one, i)).map(({ column }) => column);
    codes[i] = LOYALTY_TYPES.indexOf(rule === undefined ? 'none' : open.length > 0 ? 'unknown' : rule.type);
    reasons.push(rule === undefined ? NO_RULE[language] : open.length > 0 ? UNKNOWN[language](open, LOYALTY_TYPE_LABELS[rule.type][language]) : rule.tests.map(({ column, values, is, limit }) => `${column} ${short(values[i]!)} ${SIGNS[is]} ${short(limit)}`).join(language === 'zh' ? '，' : ', '));
  }
  const answer = new Table([
    source.has('customer') ? ['customer', source.column('customer')] : ['row', { type: 'integer', data: Int32Array.from(codes.keys()) } as Column],
    ['type', { type: 'category', data: codes, values: LOYALTY_TYPES }], ['label', { type: 'category', data: codes, values: LOYALTY_TYPES.map((key) => LOYALTY_TYPE_LABELS[key][language]) }],
    ['reason', textColumn(reasons)],
  ]);
  const customers = new Int32Array(LOYALTY_TYPES.length);
  for (const code of codes) customers[code]!++;
  const types = table({ type: [...LOYALTY_TYPES], label: LOYALTY_TYPES.map((key) => LOYALTY_TYPE_LABELS[key][language]), customers, share: Float64Array.from(customers, (n) => n / codes.length) });
  const idle = rules.filter((rule) => !usable.includes(rule)).map(({ type }) => type);
  const said: Warning[] = idle.length === 0 ? [] : [{ code: 'RULE_NOT_USED', message: `the rules for ${idle.join(', ')} are not used: their columns are not there. Give them, or leave the rules out.` }];
  const absent = [...new Set(usable.flatMap(({ when }) => when.map(({ column }) => column)))].filter((column) => !source.has(column));
  if (absent.length > 0) said.push({ code: 'TEST_NOT_MADE', message: `there is no column ${absent.join(', ')}, so whom nothing else rules out of ${usable.filter(({ when }) => when.some(({ column }) => absent.includes(column))).map(({ type }) => type).join(', ')} is unknown. Give it, or rules without it.` });
  return showableResult({ table: answer, types, diagnostics: withWarnings(cleanDiagnostics(source.numRows), said) }, { text: () => types.toString(), html: () => types.toHTML() });
}

const SIGNS: Readonly<Record<LoyaltyTest['is'], string>> = { 'at-least': '>=', 'above': '>', 'at-most': '<=', 'below': '<' };
const NO_RULE = { en: 'no rule holds', zh: '不符合任何规则' } as const;

const UNKNOWN: Readonly<Record<Language, (columns: readonly string[], label: string) => string>> = {
  en: (columns, label) => `${columns.join(', ')} missing, so "${label}" can neither be told nor ruled out`, zh: (columns, label) => `缺少 ${columns.join('、')}，无法判断是否为${label}`,
};

/** Scales of the columns of {@link LOYALTY_RULES}. */
const SCALES: readonly (readonly [column: string, least: number, most: number])[] = [['alternatives', 0, Infinity], ['kin', 0, 1], ['attitude', 1, 5], ['frequency', 0, Infinity], ['discountShare', 0, 1]];

interface ReadyTest {
  readonly column: string;
  readonly is: LoyaltyTest['is'];
  readonly values: Float64Array;
  readonly limit: number;
}

/** Whether a test can be made of a row: its value, and the limit, are known. */
function isMade({ values, limit }: ReadyTest, row: number): boolean {
  return !Number.isNaN(values[row]!) && !Number.isNaN(limit);
}

function holds(value: number, is: LoyaltyTest['is'], limit: number): boolean {
  return is === 'at-least' ? value >= limit : is === 'above' ? value > limit : is === 'at-most' ? value <= limit : value < limit;
}

function readyTest(where: string, source: Table, { column, is, value }: LoyaltyTest): ReadyTest {
  const values = source.has(column) ? numbersOf(where, source, column) : new Float64Array(source.numRows).fill(NaN);
  if (value !== 'median') return { column, is, values, limit: value };
  const known = values.filter((x) => !Number.isNaN(x));
  return { column, is, values, limit: known.length === 0 ? NaN : median(known) };
}

/** What a rule may conclude; unknown is what is left. */
const NAMED: readonly LoyaltyType[] = LOYALTY_TYPES.filter((type) => type !== 'unknown');

function checkRules(where: string, rules: readonly LoyaltyRule[]): readonly LoyaltyRule[] {
  if (!Array.isArray(rules) || rules.length === 0) throw optionInvalid(where, 'rules', rules, 'Give a list of rules: { type, when: [{ column, is, value }] }.');
  (rules as readonly LoyaltyRule[]).forEach(({ type, when }, i) => {
    if (!NAMED.includes(type)) throw optionInvalid(where, `rules[${i}].type`, type, `Types are ${NAMED.join(', ')}.`);
    if (!Array.isArray(when) || when.length === 0) throw optionInvalid(where, `rules[${i}].when`, valueText(when), 'Give at least one test.');
    for (const one of when as readonly LoyaltyTest[]) {
      if (typeof one.column !== 'string' || !Object.hasOwn(SIGNS, one.is) || !(one.value === 'median' || Number.isFinite(one.value))) throw optionInvalid(where, `rules[${i}].when`, JSON.stringify(one), `Give { column, is: one of ${Object.keys(SIGNS).join(', ')}, value: a number or 'median' }.`);
    }
  });
  return rules;
}
