import { checkKeys, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, median, showableResult, Table, table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { checkLanguage, keyColumns, someRows } from './inputs.js';
import type { Labels, Language } from './words.js';

export type LoyaltyCell = 'true_loyalty' | 'latent_loyalty' | 'spurious_loyalty' | 'no_loyalty';
export const LOYALTY_CELLS: readonly LoyaltyCell[] = ['true_loyalty', 'latent_loyalty', 'spurious_loyalty', 'no_loyalty'];
export const LOYALTY_CELL_LABELS: Labels<LoyaltyCell> = {
  true_loyalty: { en: 'True loyalty', zh: '真正忠诚' }, latent_loyalty: { en: 'Latent loyalty', zh: '潜在忠诚' }, spurious_loyalty: { en: 'Spurious loyalty', zh: '虚假忠诚' }, no_loyalty: { en: 'No loyalty', zh: '不忠诚' },
};
const ACTIONS: Labels<LoyaltyCell> = {
  true_loyalty: { en: 'Keep, thank, ask for referrals', zh: '维护、回馈，请其推荐' }, latent_loyalty: { en: 'Remove what keeps them from buying: distance, stock, price', zh: '消除购买障碍：距离、缺货、价格' },
  spurious_loyalty: { en: 'Win their liking before a rival comes near', zh: '在竞争者出现前赢得好感' }, no_loyalty: { en: 'Spend little; win some by an offer', zh: '少投入，择机以优惠吸引' },
};

/** Where high begins: at the median, at the mean, or at a value. */
export type Cut = 'median' | 'mean' | number;

export interface LoyaltyMatrixOptions {
  /** column of relative attitude: liking compared with rivals; `'attitude'` by default */
  readonly attitude?: string;
  /** column of repeat patronage: share of wallet, frequency; `'patronage'` by default */
  readonly patronage?: string;
  /** where high begins on both, `'median'` by default, or `{ attitude, patronage }`; a value on the cut is high */
  readonly cuts?: Cut | { readonly attitude?: Cut; readonly patronage?: Cut };
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

export interface LoyaltyMatrix extends Showable {
  /** per customer: `customer` (or `row`), `attitude`, `patronage`, `type`, `label` */
  readonly table: Table;
  /** the four cells: `type`, `label`, `customers`, `share`, `meanAttitude`, `meanPatronage`, `action` */
  readonly cells: Table;
  /** where high begins */
  readonly cuts: { readonly attitude: number; readonly patronage: number };
  readonly diagnostics: Diagnostics;
}

/**
 * The loyalty matrix (忠诚矩阵): who likes us and buys (true), likes us and does not (latent), buys without liking
 * (spurious), neither (none).
 *
 * Medians cut the customers at hand in halves, whoever they are; to compare two dates or two firms give the cuts. Where all
 * customers lie on one side of a cut, as where all are equal, a warning says so.
 *
 * @param data one row per customer; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row; `OPTION_INVALID`
 * @example
 * loyaltyMatrix({ attitude: [5, 5, 1, 1], patronage: [9, 1, 8, 0] }, { cuts: { attitude: 3, patronage: 5 } }).table.toColumns().type;
 * // true_loyalty, latent_loyalty, spurious_loyalty, no_loyalty
 *
 * Source: Dick & Basu (1994), Journal of the Academy of Marketing Science 22. O(customers).
 */
export function loyaltyMatrix(data: TableInput, options: LoyaltyMatrixOptions = {}): LoyaltyMatrix {
  const where = 'loyaltyMatrix';
  checkKeys(where, options, ['attitude', 'patronage', 'cuts', 'labels']);
  const language = checkLanguage(where, options.labels);
  const source = someRows(where, asTable(where, data));
  const attitude = checkedNumbers(where, source, options.attitude ?? 'attitude');
  const patronage = checkedNumbers(where, source, options.patronage ?? 'patronage');
  const { cuts = 'median' } = options;
  const asked = typeof cuts === 'object' && cuts !== null ? cuts : { attitude: cuts, patronage: cuts };
  const at = { attitude: cutOf(where, attitude, asked.attitude ?? 'median'), patronage: cutOf(where, patronage, asked.patronage ?? 'median') };
  const codes = Int32Array.from(attitude, (a, i) => (a >= at.attitude ? (patronage[i]! >= at.patronage ? 0 : 1) : patronage[i]! >= at.patronage ? 2 : 3));
  const number = (values: Float64Array): Column => ({ type: 'number', data: values });
  const answer = new Table([
    source.has('customer') ? ['customer', source.column('customer')] : ['row', { type: 'integer', data: Int32Array.from(codes.keys()) }],
    ['attitude', number(attitude)], ['patronage', number(patronage)], ...keyColumns('type', LOYALTY_CELLS, codes, LOYALTY_CELL_LABELS, language),
  ]);
  const customers = new Int32Array(4);
  const sums = { attitude: new Float64Array(4), patronage: new Float64Array(4) };
  for (let i = 0; i < codes.length; i++) {
    customers[codes[i]!]!++;
    sums.attitude[codes[i]!]! += attitude[i]!;
    sums.patronage[codes[i]!]! += patronage[i]!;
  }
  const mean = (of: Float64Array): Float64Array => of.map((sum, k) => (customers[k] === 0 ? NaN : sum / customers[k]!));
  const cells = table({
    type: [...LOYALTY_CELLS], label: LOYALTY_CELLS.map((key) => LOYALTY_CELL_LABELS[key][language]), customers, share: Float64Array.from(customers, (n) => n / codes.length),
    meanAttitude: mean(sums.attitude), meanPatronage: mean(sums.patronage), action: LOYALTY_CELLS.map((key) => ACTIONS[key][language]),
  });
  const said = [...edges('attitude', attitude, at.attitude), ...edges('patronage', patronage, at.patronage)];
  return showableResult({ table: answer, cells, cuts: at, diagnostics: withWarnings(cleanDiagnostics(source.numRows), said) }, { text: () => cells.toString(), html: () => cells.toHTML() });
}

function edges(name: string, values: Float64Array, cut: number): Warning[] {
  const high = values.reduce((n, x) => n + (x >= cut ? 1 : 0), 0);
  if (high > 0 && high < values.length) return [];
  return [{ code: 'CUT_AT_EDGE', message: `${high > 0 ? 'nobody is below' : 'everybody is below'} the cut of ${cut} on ${name}, so it parts nobody. Give another cut.` }];
}

function cutOf(where: string, values: Float64Array, cut: unknown): number {
  if (cut === 'median') return median(values);
  if (cut === 'mean') return values.reduce((a, b) => a + b, 0) / values.length;
  if (typeof cut === 'number' && Number.isFinite(cut)) return cut;
  throw optionInvalid(where, 'cuts', cut, "Use 'median', 'mean' or a number.");
}
