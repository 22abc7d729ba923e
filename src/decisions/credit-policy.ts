import { checkKeys, checkWord, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { CREDIT_PRESETS, type CreditPreset, type CreditRule } from './credit-presets.js';

/** What decides, and which terms follow. */
export interface CreditPolicyOptions {
  /** column of the customer's size: yearly revenue, order volume */
  readonly size: string;
  /** sizes where the next class begins, ascending: one for the textbook preset (large from), two for the graded one (medium, large from) */
  readonly sizeLimits: readonly number[];
  /** column of the share paid on time, 0 to 1; `'onTimeShare'` by default, as `paymentRecord` makes it */
  readonly onTime?: string;
  /** column of mean days late; `'meanDaysLate'` by default */
  readonly daysLate?: string;
  /**
   * when a record is of a class, best first: share on time at least, days late at most. `textbook`: good from 90 % and 7
   * days; `graded`: prompt from 95 % and 3 days, slow from 70 % and 30 days
   */
  readonly recordLimits?: readonly { readonly onTime: number; readonly daysLate: number }[];
  /** `'textbook'` (default): size × record, two by two; `'graded'`: three by three */
  readonly preset?: 'textbook' | 'graded';
  /** a table of rules of your own instead, one per pair of size and record */
  readonly rules?: readonly CreditRule[];
  readonly labels?: 'en' | 'zh';
}

/** Terms for every customer. */
export interface CreditPolicy {
  /** per customer: `customer`, `size`, `record`, `terms`, `label` (what to do) */
  readonly table: Table;
  /** per rule: `size`, `record`, `terms`, `label`, `customers`, `value` (their size summed) */
  readonly rules: Table;
}

/**
 * Credit terms from the payment record and the size of the customer.
 *
 * The textbook rule: large and good: preferential terms; large and poor: ordinary terms, strict on payment; small and good:
 * preferential; small and poor: stop trading.
 *
 * @param customers with size and payment record (see `paymentRecord`). Not modified.
 * @throws ClienteleError `OPTION_INVALID`, also for rules that leave a pair without terms; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * creditPolicy({ customer: ['a'], sales: [10], onTimeShare: [0.5], meanDaysLate: [20] }, { size: 'sales', sizeLimits: [100] }).table.row(0);
 * // { customer: 'a', size: 'small', record: 'poor', terms: 'stop', label: 'Stop trading' }
 *
 * O(customers).
 */
export function creditPolicy(customers: TableInput, options: CreditPolicyOptions): CreditPolicy & Showable {
  const where = 'creditPolicy';
  checkKeys(where, options, ['size', 'sizeLimits', 'onTime', 'daysLate', 'recordLimits', 'preset', 'rules', 'labels']);
  const preset = CREDIT_PRESETS[checkWord(where, 'preset', options.preset ?? 'textbook', ['textbook', 'graded'])];
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const sizeLimits = checkSizes(options.sizeLimits, preset);
  const recordLimits = checkRecords(options.recordLimits ?? preset.recordLimits, preset);
  const rules = checkRules(options.rules ?? preset.rules, preset);
  const source = asTable(where, customers);
  const size = checkedNumbers(where, source, options.size);
  const sizes = Int32Array.from(size, (value) => preset.sizes.length - 1 - sizeLimits.filter((limit) => value >= limit).length);
  const records = recordCodes(source, options, recordLimits);
  const ruleOf = Int32Array.from({ length: preset.sizes.length * preset.records.length }, (_, pair) => rules.findIndex(({ size: s, record }) => s === preset.sizes[Math.floor(pair / preset.records.length)] && record === preset.records[pair % preset.records.length]));
  const codes = sizes.map((s, i) => ruleOf[s * preset.records.length + records[i]!]!);
  const texts = rules.map(({ label, terms }) => (typeof label === 'string' ? label : label?.[labels] ?? terms));
  const category = (data: Int32Array, values: readonly string[]): Column => ({ type: 'category', data, values });
  const table = new Table([
    ...(source.has('customer') ? [['customer', source.column('customer')] as [string, Column]] : []),
    ['size', category(sizes, preset.sizes)], ['record', category(records, preset.records)], ['terms', category(codes, rules.map(({ terms }) => terms))], ['label', category(codes, texts)],
  ]);
  const counted = ruleTable(rules, texts, codes, size);
  return showableResult({ table, rules: counted }, { text: () => counted.toString(), html: () => counted.toHTML() });
}

type RecordLimits = NonNullable<CreditPolicyOptions['recordLimits']>;

/** The class of each payment record: the first whose limits it keeps, else the last. */
function recordCodes(source: Table, { onTime = 'onTimeShare', daysLate = 'meanDaysLate' }: CreditPolicyOptions, limits: RecordLimits): Int32Array {
  const shares = checkedNumbers('creditPolicy', source, onTime);
  const late = checkedNumbers('creditPolicy', source, daysLate);
  const row = shares.findIndex((share) => share < 0 || share > 1);
  if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where: 'creditPolicy', column: onTime, row, value: String(shares[row]) }, `row ${row}: the share paid on time is ${shares[row]}.`, 'Give a share from 0 to 1, not percent.');
  return Int32Array.from(shares, (share, i) => {
    const first = limits.findIndex((limit) => share >= limit.onTime && late[i]! <= limit.daysLate);
    return first === -1 ? limits.length : first;
  });
}

function ruleTable(rules: readonly CreditRule[], texts: readonly string[], codes: Int32Array, size: Float64Array): Table {
  const customers = new Int32Array(rules.length);
  const value = new Float64Array(rules.length);
  for (let i = 0; i < codes.length; i++) {
    customers[codes[i]!]!++;
    value[codes[i]!]! += size[i]!;
  }
  const column = (values: readonly string[]): Column => ({ type: 'category', data: Int32Array.from(values, (_, r) => r), values });
  return new Table([
    ['size', column(rules.map((rule) => rule.size))], ['record', column(rules.map((rule) => rule.record))], ['terms', column(rules.map((rule) => rule.terms))], ['label', column(texts)],
    ['customers', { type: 'integer', data: customers }], ['value', { type: 'number', data: value }],
  ]);
}

function checkSizes(limits: unknown, { sizes }: CreditPreset): readonly number[] {
  const good = Array.isArray(limits) && limits.length === sizes.length - 1 && (limits as unknown[]).every((limit, i) => typeof limit === 'number' && Number.isFinite(limit) && (i === 0 || limit > (limits as number[])[i - 1]!));
  if (good) return limits as number[];
  throw optionInvalid('creditPolicy', 'sizeLimits', Array.isArray(limits) ? limits.join(', ') : limits, `Give ${sizes.length - 1} ascending ${sizes.length === 2 ? 'number: the size from which a customer is large' : 'numbers: the sizes from which a customer is medium and large'}.`);
}

function checkRecords(limits: RecordLimits, { records }: CreditPreset): RecordLimits {
  if (!Array.isArray(limits) || limits.length !== records.length - 1) throw optionInvalid('creditPolicy', 'recordLimits', limits.length, `Give ${records.length - 1}: one for each of ${records.slice(0, -1).join(', ')}.`);
  const wrong = (limits as RecordLimits).find(({ onTime, daysLate }) => !(onTime >= 0 && onTime <= 1 && daysLate >= 0));
  if (wrong !== undefined) throw optionInvalid('creditPolicy', 'recordLimits', `${wrong.onTime}, ${wrong.daysLate}`, 'Give a share paid on time from 0 to 1 and days late from 0: { onTime: 0.9, daysLate: 7 }.');
  return limits;
}

function checkRules(rules: readonly CreditRule[], { sizes, records }: CreditPreset): readonly CreditRule[] {
  const unknown = rules.find(({ size, record }) => !sizes.includes(size) || !records.includes(record));
  if (unknown !== undefined) throw optionInvalid('creditPolicy', 'rules', `${unknown.size}, ${unknown.record}`, `There is no such pair here: sizes are ${sizes.join(', ')}, records ${records.join(', ')}.`);
  for (const size of sizes) for (const record of records) {
    if (!rules.some((rule) => rule.size === size && rule.record === record)) throw optionInvalid('creditPolicy', 'rules', `${size}, ${record}`, 'There is no rule for this pair of size and record: add one.');
  }
  return rules;
}
