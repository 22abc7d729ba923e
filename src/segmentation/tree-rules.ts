import { checkKeys, checkWhole, checkWord, ClienteleError } from '../core/index.js';
import { categoryColumn, escapeHtml, showableResult, Table, textColumn, type Showable, type TableInput } from '../columns/index.js';
import { measureLabel } from '../transactions/index.js';
import { readFeatures } from './features.js';
import { growTree, type Leaf } from './grow-tree.js';
import { knownClusters, readLabels, type LabelsInput } from './labels.js';
import type { BothLanguages, ClusterName } from './model.js';

/** Options of {@link treeRules}. */
export interface TreeRulesOptions {
  /** numeric columns; those the clusters were found by when labels are a result, else recency, frequency and monetary */
  readonly features?: readonly string[];
  /** questions at most on the way to a rule, 1 to 6; 3 by default */
  readonly depth?: number;
  /** fewest customers under a rule; 1 % of all, and at least 2, by default */
  readonly leastCustomers?: number;
  /** one per label value; those of the result by default */
  readonly names?: readonly ClusterName[];
  /** language of the table, `'en'` by default; every rule is told in both */
  readonly labels?: 'en' | 'zh';
}

/** One rule: who meets all of `when` goes into `segment`. Every customer meets exactly one rule. */
export interface TreeRule {
  readonly segment: string;
  readonly label: BothLanguages;
  /** by column: above a number, up to a number (included), or both; `{}` for everyone. `targetSegment` takes it as it is. */
  readonly when: Readonly<Record<string, { readonly above?: number; readonly to?: number }>>;
  /** the same for people */
  readonly text: BothLanguages;
  /** who met it, and the share of those whose own segment it was */
  readonly customers: number;
  readonly precision: number;
}

/** Rules as plain data: they survive `JSON.stringify`, and `loadTreeRules` reads them back. */
export interface TreeRulesModel {
  readonly kind: 'tree-rules';
  readonly version: 1;
  readonly features: readonly string[];
  readonly rules: readonly TreeRule[];
}

/** Clusters explained by rules. */
export interface TreeRules extends Showable {
  readonly rules: readonly TreeRule[];
  /** one row per rule: segment, label, rule, customers, share, precision, recall (share of its segment that meets this rule) */
  readonly table: Table;
  /** share of the customers whose rule gives their own segment */
  readonly accuracy: number;
  /** labels that no rule gives, the smallest groups as a rule */
  readonly missed: readonly string[];
  readonly model: TreeRulesModel;
}

/**
 * Rules that say who is in which cluster: a few limits on a few features that a person can read and a CRM can run.
 *
 * A shallow tree, so the rules do not put every customer where the clusters do: `accuracy` says how many.
 *
 * @param customers one row per label. Not modified.
 * @param labels clusters or segments of any kind, see {@link LabelsInput}; rows without a label are left out
 * @throws ClienteleError `COLUMN_MISSING`; `COLUMN_LENGTH`; `VALUE_INVALID`, also where no row has a label;
 *   `OPTION_INVALID`
 * @example
 * const explained = treeRules(customers, kmeans(customers, { k: 4 }));
 * explained.rules[0].text.en;    // 'frequency above 3, recency up to 60'
 * explained.rules[0].when;       // { recency: { to: 60 }, frequency: { above: 3 } }
 *
 * Source: Breiman, Friedman, Olshen & Stone (1984); limits rounded to the fewest digits that split alike. O(n log n features).
 */
export function treeRules(customers: TableInput, labels: LabelsInput, options: TreeRulesOptions = {}): TreeRules {
  const where = 'treeRules';
  checkKeys(where, options, ['features', 'depth', 'leastCustomers', 'names', 'labels']);
  const depth = checkWhole(where, 'depth', options.depth ?? 3, 1, 6);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const known = knownClusters(labels);
  const features = readFeatures(where, customers, options.features ?? known?.features.map(({ column }) => column));
  const read = readLabels(where, labels, features.source.numRows);
  const all = features.rows === undefined ? read.codes : Int32Array.from(features.rows, (row) => read.codes[row]!);
  const kept = Int32Array.from(all.keys()).filter((i) => all[i]! >= 0);
  if (kept.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'no row has a label.', 'Give at least one row a label.');
  const least = checkWhole(where, 'leastCustomers', options.leastCustomers ?? Math.max(2, Math.ceil(kept.length / 100)), 1, Number.MAX_SAFE_INTEGER);
  const names = namesFor(where, read.values, options.names ?? known?.names, options.names !== undefined);
  const columns = features.values.map((values) => Float64Array.from(kept, (row) => values[row]!));
  const leaves = growTree(columns, Int32Array.from(kept, (row) => all[row]!), read.values.length, { depth, least })
    .sort((a, b) => a.label - b.label || sizeOf(b) - sizeOf(a));
  return resultOf(features.columns, leaves, names, language, kept.length);
}

/** A name per label value: labels of a result are numbers of its names. */
function namesFor(where: string, values: readonly string[], names: readonly ClusterName[] | undefined, given: boolean): ClusterName[] {
  if (given && names!.length !== values.length) throw new ClienteleError('OPTION_INVALID', { where, option: 'names' }, `option names is a list of ${names!.length}.`, `Give one name for each of the ${values.length} labels.`);
  return values.map((value, c) => (names === undefined ? undefined : given ? names[c] : names[Number(value)]) ?? { key: value, label: { en: value, zh: value } });
}

function sizeOf({ counts }: Leaf): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function resultOf(columns: readonly string[], leaves: readonly Leaf[], names: readonly ClusterName[], language: 'en' | 'zh', n: number): TreeRules {
  const rules = leaves.map((leaf): TreeRule => {
    const { key, label } = names[leaf.label]!;
    const limits = leaf.bounds.map(({ above, to }, f) => ({ column: columns[f]!, above, to })).filter(({ above, to }) => above > -Infinity || to < Infinity);
    const when = Object.fromEntries(limits.map(({ column, above, to }) => [column, { ...(above > -Infinity ? { above } : {}), ...(to < Infinity ? { to } : {}) }]));
    const customers = sizeOf(leaf);
    return { segment: key, label, when, text: { en: englishRule(limits), zh: chineseRule(limits) }, customers, precision: leaf.counts[leaf.label]! / customers };
  });
  const totals = names.map((_, c) => leaves.reduce((sum, { counts }) => sum + counts[c]!, 0));
  const right = leaves.map(({ counts, label }) => counts[label]!);
  const accuracy = right.reduce((sum, count) => sum + count, 0) / n;
  const missed = names.filter((_, c) => totals[c]! > 0 && leaves.every(({ label }) => label !== c)).map(({ key }) => key);
  const number = (of: (rule: TreeRule, i: number) => number): { type: 'number'; data: Float64Array } => ({ type: 'number', data: Float64Array.from(rules, of) });
  const table = new Table([
    ['segment', categoryColumn(rules.map(({ segment }) => segment))],
    ['label', categoryColumn(rules.map(({ label }) => label[language]))],
    ['rule', textColumn(rules.map(({ text }) => text[language]))],
    ['customers', { type: 'integer', data: Int32Array.from(rules, ({ customers }) => customers) }],
    ['share', number(({ customers }) => customers / n)],
    ['precision', number(({ precision }) => precision)],
    ['recall', number((_, i) => right[i]! / totals[leaves[i]!.label]!)],
  ]);
  const line = summaryLine(rules.length, accuracy, missed, language);
  return showableResult({ rules, table, accuracy, missed, model: { kind: 'tree-rules', version: 1, features: [...columns], rules } as const }, {
    text: () => `${line}\n\n${table.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${table.toHTML()}`,
  });
}

interface Limit {
  readonly column: string;
  readonly above: number;
  readonly to: number;
}

function englishRule(limits: readonly Limit[]): string {
  if (limits.length === 0) return 'everyone';
  return limits.map(({ column, above, to }) => (to === Infinity ? `${column} above ${above}` : above === -Infinity ? `${column} up to ${to}` : `${column} above ${above}, up to ${to}`)).join('; ');
}

function chineseRule(limits: readonly Limit[]): string {
  if (limits.length === 0) return '所有客户';
  return limits.map(({ column, above, to }) => {
    const name = measureLabel(column, 'zh');
    return to === Infinity ? `${name} 大于 ${above}` : above === -Infinity ? `${name} 不超过 ${to}` : `${name} 大于 ${above} 且不超过 ${to}`;
  }).join('；');
}

function summaryLine(rules: number, accuracy: number, missed: readonly string[], language: 'en' | 'zh'): string {
  const percent = `${(100 * accuracy).toFixed(1)} %`;
  if (language === 'zh') return `${rules} 条规则使 ${percent} 的客户落入其原有分群${missed.length === 0 ? '' : `；没有规则对应：${missed.join('、')}`}。`;
  return `${rules} ${rules === 1 ? 'rule puts' : 'rules put'} ${percent} of the customers where they belong${missed.length === 0 ? '' : `; no rule leads to ${missed.join(', ')}`}.`;
}
