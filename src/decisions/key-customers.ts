import { checkKeys, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, groupSizes, orderBest, orderByNumber, ranksOf, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import type { Criterion } from './criterion.js';
import { rankable, scoreBy } from './score-by.js';
import { criteriaWarnings, readCriteria } from './screen.js';

/** The four relation indices: each from criteria of its own, as the textbooks' questionnaires score them. */
export interface RelationIndices {
  /** 关系指数: credit, capability and growth of both sides */
  readonly relationship?: readonly Criterion[];
  /** 客户—产品指数: how well the customer's needs and our products meet */
  readonly customerProduct?: readonly Criterion[];
  /** 客户—公司适合指数: how well the two companies fit */
  readonly fit?: readonly Criterion[];
  /** 联结指数: how closely the two are tied: systems, people, contracts */
  readonly linkage?: readonly Criterion[];
}

/** Level and firmness of customers. */
export interface KeyCustomersOptions {
  /** what makes a customer important: sales, margin, growth, reputation */
  readonly level: readonly Criterion[];
  /** how firm the relationship is: years, share of wallet, contracts, contacts */
  readonly firmness: readonly Criterion[];
  readonly indices?: RelationIndices;
  /** scores (0 to 1) where middle and high begin; 1/3 and 2/3 by default */
  readonly cuts?: readonly [middle: number, high: number];
  readonly labels?: 'en' | 'zh';
}

/** Key customers in a matrix of level and firmness. */
export interface KeyCustomers {
  /** per customer: `customer`, `level`, `firmness` (0 to 1), `levelClass`, `firmnessClass`, `cell`, `label`, `action`, `rank` (by level, then firmness), and the indices asked for */
  readonly table: Table;
  /** nine cells, the best first: `cell`, `label`, `customers`, `action` */
  readonly matrix: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Key customers: how important they are against how firm the relationship is, and what to do in each cell.
 *
 * Scores are weighted sums of criteria normalized by `min-max` or `rank`, so they lie between 0 and 1 and compare customers
 * of one table only. A customer without any value for level or firmness has no class and no cell, is ranked last, and is said
 * in a warning.
 *
 * @param customers any table or plain columns. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * keyCustomers(accounts, { level: [{ column: 'sales', direction: 'high' }], firmness: [{ column: 'years', direction: 'high' }] }).matrix;
 *
 * O(customers × criteria).
 */
export function keyCustomers(customers: TableInput, options: KeyCustomersOptions): KeyCustomers & Showable {
  const where = 'keyCustomers';
  checkKeys(where, options, ['level', 'firmness', 'indices', 'cuts', 'labels']);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const { cuts = [1 / 3, 2 / 3] } = options;
  if (!(Array.isArray(cuts) && cuts.length === 2 && cuts[0] > 0 && cuts[0] < cuts[1]! && cuts[1]! < 1)) throw optionInvalid(where, 'cuts', String(cuts), 'Give two scores between 0 and 1, ascending: [0.4, 0.7].');
  checkKeys(where, options.indices ?? {}, ['relationship', 'customerProduct', 'fit', 'linkage']);
  const source = asTable(where, customers);
  const level = unitScore(where, source, options.level);
  const firmness = unitScore(where, source, options.firmness);
  const indices = Object.entries(options.indices ?? {}).filter(([, criteria]) => criteria !== undefined)
    .map(([name, criteria]) => ({ name, ...unitScore(where, source, criteria as readonly Criterion[]) }));
  const ids = source.has('customer') ? source.column('customer') : undefined;
  const { columns, codes } = cellColumns(level.score, firmness.score, cuts, language);
  const table = new Table([
    ...(ids === undefined ? [] : [['customer', ids] as [string, Column]]),
    ['level', { type: 'number', data: level.score }], ['firmness', { type: 'number', data: firmness.score }], ...columns,
    // By level; of equal level by firmness; of equal both by id.
    ['rank', { type: 'integer', data: ranksOf(orderByNumber(rankable(level.score), 'descending', orderBest(rankable(firmness.score), ids))) }],
    ...indices.map(({ name, score }): [string, Column] => [name, { type: 'number', data: score }]),
  ]);
  const matrix = matrixOf(codes, language);
  const diagnostics = withWarnings(cleanDiagnostics(source.numRows), [level, firmness, ...indices].flatMap(({ warnings }) => warnings));
  return showableResult({ table, matrix, diagnostics }, { text: () => matrix.toString(), html: () => matrix.toHTML() });
}

/** The class of each score, and the cell of both. */
function cellColumns(level: Float64Array, firmness: Float64Array, cuts: readonly number[], language: 'en' | 'zh'): { columns: [string, Column][]; codes: Int32Array } {
  const classOf = (score: number): number => (Number.isNaN(score) ? -1 : score >= cuts[1]! ? 0 : score >= cuts[0]! ? 1 : 2);
  const [levels, firm] = [Int32Array.from(level, classOf), Int32Array.from(firmness, classOf)];
  const codes = levels.map((l, i) => (l === -1 || firm[i] === -1 ? -1 : 3 * l + firm[i]!));
  return { codes, columns: [['levelClass', category(levels, CLASSES)], ['firmnessClass', category(firm, CLASSES)], ...wordColumns(codes, language)] };
}

/** How many customers each cell has. */
function matrixOf(codes: Int32Array, language: 'en' | 'zh'): Table {
  const [cell, label, action] = wordColumns(Int32Array.from(CELLS, (_, c) => c), language) as [[string, Column], [string, Column], [string, Column]];
  return new Table([cell, label, ['customers', { type: 'integer', data: groupSizes(codes, CELLS.length) }], action]);
}

function wordColumns(codes: Int32Array, language: 'en' | 'zh'): [string, Column][] {
  return [['cell', category(codes, CELLS.map(({ key }) => key))], ['label', category(codes, CELLS.map(({ label }) => label[language]))], ['action', category(codes, CELLS.map(({ action }) => action[language]))]];
}

function category(data: Int32Array, values: readonly string[]): Column {
  return { type: 'category', data, values };
}

/** A weighted score of criteria that lie between 0 and 1, and what its reader should know. */
function unitScore(where: string, source: Table, criteria: readonly Criterion[]): { score: Float64Array; warnings: Warning[] } {
  if (Array.isArray(criteria)) for (const { normalization } of criteria as readonly Criterion[]) {
    if (normalization === 'z' || normalization === 'robust' || normalization === 'vector') throw optionInvalid(where, 'normalization', normalization, "Use 'min-max' or 'rank', whose scores lie between 0 and 1.");
  }
  const { read, weights } = readCriteria(where, source, criteria);
  const score = scoreBy('weighted', read, weights);
  return { score, warnings: criteriaWarnings(read, weights, score) };
}

const CLASSES = ['high', 'middle', 'low'] as const;

const cell = (level: string, firmness: string, en: string, zh: string, doEn: string, doZh: string): { key: string; label: { en: string; zh: string }; action: { en: string; zh: string } } =>
  ({ key: `${level}_${firmness}`, label: { en, zh }, action: { en: doEn, zh: doZh } });

/** Level, then firmness, the high first. */
const CELLS = [
  cell('high', 'high', 'Key partner', '关键伙伴', 'Protect: joint plans, one team, first call', '重点维护：共同规划、专属团队'),
  cell('high', 'middle', 'Key, to be tied', '待巩固关键客户', 'Tie closer: longer contracts, more contacts on both sides', '加深联系：长期合同、多层接触'),
  cell('high', 'low', 'Key at risk', '高风险关键客户', 'Win: find what binds them elsewhere, senior sponsor', '重点争取：查明原因、高层出面'),
  cell('middle', 'high', 'Loyal, to be grown', '待成长忠诚客户', 'Grow: cross-sell on a firm footing', '促进成长：交叉销售'),
  cell('middle', 'middle', 'Promising', '有潜力', 'Develop where growth is likely', '选择性培育'),
  cell('middle', 'low', 'Loose', '关系松散', 'Test: an offer to bind, else standard service', '试探性投入，否则标准服务'),
  cell('low', 'high', 'Faithful, small', '忠诚小客户', 'Keep at low cost; ask for referrals', '低成本维护，争取推荐'),
  cell('low', 'middle', 'Small', '小客户', 'Standard service', '标准服务'),
  cell('low', 'low', 'Occasional', '零散客户', 'Self-service only', '仅自助服务'),
];
