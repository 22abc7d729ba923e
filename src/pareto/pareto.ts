import { checkKeys, checkWhole, checkWord, ClienteleError, diagnosticsLines, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { countValues, escapeHtml, showableResult, type CountedValues, type Table } from '../columns/index.js';
import { asOfLine, customerValues, type CustomerValues, type ValuesInput } from '../transactions/index.js';
import { checkedTotal } from './checked-values.js';
import { neededTable, topTable, type RealPair } from './concentration-tables.js';
import { decilesOf } from './deciles.js';
import { indicesOf, type ConcentrationIndices } from './indices.js';
import { lorenzOf } from './lorenz.js';
import { sumsOf, type SumOf } from './running-sums.js';
import { paretoSentence } from './sentence.js';
import { checkShare } from './top-share.js';

/** What is measured, and at which shares. */
export interface ParetoOptions {
  /** `'revenue'` (default): the column `monetary` or `revenue`; `'profit'`: the column `profit`; or any column's name */
  readonly of?: 'revenue' | 'profit' | (string & {});
  /** shares of customers whose part is asked for; 1, 5, 10, 20, 25 and 50 % by default */
  readonly shares?: readonly number[];
  /** shares of the total whose customers are asked for; 50, 80, 90 and 95 % by default */
  readonly needed?: readonly number[];
  /** groups of the decile table, 2 to 100; 10 by default */
  readonly groups?: number;
  /** steps of the Lorenz curve; 20 by default */
  readonly steps?: number;
  /**
   * customers below 0: `'keep'` (default) counts them, so that shares are of the net total and the indices are missing;
   * `'zero'` counts them as 0; `'refuse'` names the first
   */
  readonly negative?: 'keep' | 'zero' | 'refuse';
  /** language of the sentence, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** How concentrated customers are. */
export interface ParetoResult {
  readonly customers: number;
  readonly total: number;
  /** the real 80/20: what the top 20 % bring, and who bring 80 % */
  readonly pair: RealPair;
  /** in words: "The top 20% of customers (199 of 995) bring 35.6% of revenue; …" */
  readonly sentence: string;
  /** per share asked for: `top`, then customers and share by the three rules */
  readonly shares: Table;
  /** per share of the total asked for: `of`, `customers`, `share` */
  readonly needed: Table;
  /** Gini, HHI, Hoover, Theil; missing (NaN) where there are values below 0 */
  readonly indices: ConcentrationIndices;
  readonly deciles: Table;
  /** columns `customers`, `share`, poorest first; absent where there are values below 0 */
  readonly lorenz?: Table;
  readonly diagnostics: Diagnostics;
}

const OPTIONS = ['of', 'shares', 'needed', 'groups', 'steps', 'negative', 'labels'] as const;

/**
 * How concentrated customers are: what the top 20 % really bring, and how many bring 80 %.
 *
 * "80/20" is a question, not a law: in the reference orders the top 20 % bring 35.6 %. Customers without a purchase are
 * left out; customers below 0 (returns, losses) count as they are, with the indices they make meaningless left empty.
 *
 * @param customers what `summarize` makes, any table, plain columns, or one value per customer. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer of a value
 *   that is missing or infinite (or below 0 where refused), for no customers, or a total of 0 or below
 * @example
 * pareto([1, 1, 2, 3, 13]).sentence;
 * // 'The top 20% of customers (1 of 5) bring 65.0% of revenue; 80% of revenue comes from 40.0% of them (2).'
 *
 * O(n): values counted or sorted once.
 */
export function pareto(customers: ValuesInput, options: ParetoOptions = {}): ParetoResult {
  const checked = checkOptions(options);
  const read = customerValues('pareto', customers, checked.of);
  const given = countValues(read.values);
  const below = checkNegatives(read, given, checked.negative);
  const counted = below > 0 && checked.negative === 'zero' ? countValues(read.values.map((value) => Math.max(0, value))) : given;
  const total = checkedTotal('pareto', counted.values, counted.counts);
  const n = counted.rows;
  const sums = sumsOf(counted, 'largest');
  const losses = below > 0 && checked.negative === 'keep';
  const pair = pairOf(sums, n, total);
  const sentence = paretoSentence(pair, checked.of, checked.labels);
  const diagnostics = withWarnings(read.diagnostics, negativeWarning(below, read.column, checked.negative));
  const result: ParetoResult = {
    customers: n,
    total,
    pair,
    sentence,
    shares: topTable(sums, n, total, checked.shares),
    needed: neededTable(sums, n, total, checked.needed),
    indices: indicesOf(losses ? undefined : counted, total),
    deciles: decilesOf(sums, n, checked.groups),
    ...(losses ? {} : { lorenz: lorenzOf(sumsOf(counted, 'smallest'), n, checked.steps) }),
    diagnostics,
  };
  const head = read.meta !== undefined ? asOfLine(read.meta, n, checked.labels) : checked.labels === 'zh' ? `${n} 位客户` : `${n} customers`;
  const remarks = diagnosticsLines(diagnostics);
  return showableResult(result, {
    text: () => [head, sentence, '', result.shares.toString(), '', result.deciles.toString(), ...remarks].join('\n'),
    html: () => `<p>${escapeHtml(head)}<br>${escapeHtml(sentence)}</p>${result.shares.toHTML()}${result.deciles.toHTML()}${remarks.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`,
  });
}

type Checked = Required<ParetoOptions>;

function checkOptions(options: ParetoOptions): Checked {
  checkKeys('pareto', options, OPTIONS);
  const { of = 'revenue', shares = [0.01, 0.05, 0.1, 0.2, 0.25, 0.5], needed = [0.5, 0.8, 0.9, 0.95], groups = 10, steps = 20, negative = 'keep', labels = 'en' } = options;
  if (typeof of !== 'string' || of === '') throw optionInvalid('pareto', 'of', of, "Use 'revenue', 'profit', or a column's name.");
  return {
    of,
    shares: shareList('shares', shares),
    needed: shareList('needed', needed),
    groups: checkWhole('pareto', 'groups', groups, 2, 100),
    steps: checkWhole('pareto', 'steps', steps, 1, 100_000),
    negative: checkWord('pareto', 'negative', negative, ['keep', 'zero', 'refuse']),
    labels: checkWord('pareto', 'labels', labels, ['en', 'zh']),
  };
}

function shareList(option: string, shares: unknown): readonly number[] {
  if (!Array.isArray(shares) || shares.length === 0) throw optionInvalid('pareto', option, shares, 'Give a list of shares, such as [0.1, 0.2].');
  return (shares as unknown[]).map((share) => checkShare('pareto', option, share));
}

/** How many values are below 0, which may be refused. */
function checkNegatives({ values, source, column, rows }: CustomerValues, counted: CountedValues, rule: Checked['negative']): number {
  let below = 0;
  for (let k = 0; counted.values[k]! < 0; k++) below += counted.counts[k]!;
  if (below > 0 && rule === 'refuse') {
    const first = values.findIndex((value) => value < 0);
    const row = rows?.[first] ?? first;
    const who = source.has('customer') ? ` (customer ${valueText(source.cell('customer', first))})` : '';
    throw new ClienteleError('VALUE_INVALID', { where: 'pareto', column, row, value: String(values[first]) }, `column ${valueText(column)}, row ${row}${who} is ${values[first]!}.`, "Mend it, or choose negative: 'keep' or 'zero'.");
  }
  return below;
}

function pairOf(sums: SumOf, n: number, total: number): RealPair {
  const top = topTable(sums, n, total, [0.2]);
  const needed = neededTable(sums, n, total, [0.8]);
  return {
    top: 0.2, topCustomers: Number(top.cell('customers', 0)), brings: Number(top.cell('share', 0)),
    of: 0.8, neededCustomers: Number(needed.cell('customers', 0)), needs: Number(needed.cell('share', 0)),
    customers: n,
  };
}

function negativeWarning(below: number, column: string, rule: Checked['negative']): Warning[] {
  if (below === 0) return [];
  const who = `${below} ${below === 1 ? 'customer is' : 'customers are'} below 0 in ${column}`;
  const message = rule === 'zero' ? `${who} and ${below === 1 ? 'counts' : 'count'} as 0, so the total is larger than the net total.`
    : `${who}: shares are of the net total and can pass 100 %; Gini, Lorenz, HHI, Hoover and Theil have no meaning and are missing. Use negative: 'zero', or whaleCurve for profit.`;
  return [{ code: 'NEGATIVE_VALUES', message }];
}

