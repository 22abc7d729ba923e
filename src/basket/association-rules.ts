import { checkKeys, checkWhole, checkWord, diagnosticsLines, optionInvalid, type Diagnostics, type Warning } from '../core/index.js';
import { compareText, escapeHtml, shareCount, showableResult, table, textColumn, type Showable, type Table, type TableInput } from '../columns/index.js';
import { adjustPValues, CORRECTIONS, type Correction } from '../math/index.js';
import type { Transactions } from '../transactions/index.js';
import { isBaskets, type BasketKind, type Baskets } from './baskets.js';
import { basketsFrom, type BasketsOfOptions } from './baskets-of.js';
import { bestSimpler, candidateRules, pValues, type Candidates, type RuleTest } from './candidate-rules.js';
import { itemsOf, mineItemsets, type Itemsets, type MiningLimits } from './mine-itemsets.js';
import { ruleMeasures } from './rule-measures.js';

export interface FrequentItemsetsOptions extends BasketsOfOptions {
  /** least share of baskets that hold all items of a set, above 0 to 1; 0.01 by default. The least count is rounded up */
  readonly minSupport?: number;
  /** most items in a set, 1 to 20; 4 by default */
  readonly maxLength?: number;
  /** sets found before the search is refused; 2,000,000 by default */
  readonly maxItemsets?: number;
}

export interface AssociationRulesOptions extends FrequentItemsetsOptions {
  /** least confidence, 0 to 1; 0.5 by default */
  readonly minConfidence?: number;
  /** least lift; 0 by default. Above 1 the antecedent makes the consequent likelier */
  readonly minLift?: number;
  /** `'keep'` (default), or `'prune'`: leave out rules that are no surer than the same consequent with fewer items before it */
  readonly redundant?: 'keep' | 'prune';
  /** test of each rule: Fisher's exact test (default), or Pearson's χ² with one degree of freedom, both one-sided: against a positive association */
  readonly test?: RuleTest;
  /** for many tests at once: `'holm'` (default), `'bonferroni'`, `'benjamini-hochberg'` (false discovery rate) or `'none'` */
  readonly correction?: Correction;
  /** most adjusted p-value; 1 by default */
  readonly maxP?: number;
}

/** A rule as plain data: what offers are made by. */
export interface AssociationRule {
  readonly antecedent: readonly string[];
  readonly consequent: string;
  readonly count: number;
  readonly support: number;
  readonly confidence: number;
  readonly lift: number;
}

/** Which products sell together; shows itself as the head of the rules. */
export interface AssociationRules extends Showable {
  /**
   * One row per rule, highest lift first: antecedent (items joined by ` + `), consequent, length, count, antecedentCount,
   * consequentCount, support, confidence, lift, leverage, conviction (Infinity at confidence 1, missing where the consequent is in every basket), cosine, jaccard, kulczynski,
   * chiSquare (missing where an item is in every basket), pValue, adjustedP.
   */
  readonly table: Table;
  /** the same rules in the same order as plain data, safe to keep as JSON */
  readonly rules: readonly AssociationRule[];
  /** frequent sets by their number of items: length, itemsets */
  readonly lengths: Table;
  readonly meta: {
    readonly baskets: number; readonly items: number; readonly basket: BasketKind; readonly source: string; readonly longest: number; readonly trimmedNames: number;
    readonly minSupport: number; readonly minCount: number; readonly minConfidence: number; readonly maxLength: number;
    /** rules that were tested, reported or not: what the correction is for */
    readonly tests: number;
    readonly test: RuleTest; readonly correction: Correction;
    /** rules left out as redundant */
    readonly pruned: number;
  };
  readonly diagnostics: Diagnostics;
}

const SET_OPTIONS = ['basket', 'maxItems', 'minSupport', 'maxLength', 'maxItemsets'] as const;
const RULE_OPTIONS = [...SET_OPTIONS, 'minConfidence', 'minLift', 'redundant', 'test', 'correction', 'maxP'] as const;

/**
 * Which products sell together (购物篮分析): rules "who buys these also buys that", with one item as their consequent.
 *
 * Look at lift, not at confidence alone: whatever half of the customers buy anyway is bought "with" anything at a confidence of
 * one half and a lift of 1. p-values are corrected for all rules that were looked at, reported or not.
 *
 * @param data an order log with products, columns by name (`order`, `product`), or baskets; not modified
 * @param options see {@link AssociationRulesOptions}
 * @returns rules, and what was left out
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`, also where `minSupport` is too low to search; `VALUE_INVALID` without baskets
 * @example
 * const found = associationRules(fromBaskets([['beer', 'nappies'], ['beer', 'nappies'], ['milk']]), { minSupport: 0.5 });
 * found.table.row(0);   // { antecedent: 'beer', consequent: 'nappies', length: 2, count: 2, …, confidence: 1, lift: 1.5, … }
 *
 * Source: Agrawal & Srikant (1994); measures in `ruleMeasures`. One pass per frequent set over its own baskets.
 */
export function associationRules(data: Baskets | Transactions | TableInput, options: AssociationRulesOptions = {}): AssociationRules {
  const where = 'associationRules';
  checkKeys(where, options, RULE_OPTIONS);
  const minConfidence = checkShare(where, 'minConfidence', options.minConfidence ?? 0.5, 0);
  const minLift = options.minLift ?? 0;
  if (!(minLift >= 0 && minLift < Infinity)) throw optionInvalid(where, 'minLift', minLift, 'Give a number, 0 or more.');
  const maxP = checkShare(where, 'maxP', options.maxP ?? 1, 0);
  const redundant = checkWord(where, 'redundant', options.redundant ?? 'keep', ['keep', 'prune']);
  const test = checkWord(where, 'test', options.test ?? 'fisher', ['fisher', 'chi-square']);
  const correction = checkWord(where, 'correction', options.correction ?? 'holm', CORRECTIONS);
  const { baskets, limits, minSupport } = opened(where, data, options);

  const sets = mineItemsets(where, baskets, limits);
  const candidates = candidateRules(sets);
  const p = pValues(sets, candidates, baskets.count, test);
  const adjusted = adjustPValues(p, correction);
  const sure: number[] = [];
  for (let slot = 0; slot < p.length; slot++) {
    const both = sets.count[candidates.node[slot]!]!, left = sets.count[candidates.antecedent[slot]!]!, right = sets.count[candidates.consequent[slot]!]!;
    if (both >= shareCount(minConfidence, left, 'ceil') && both * baskets.count >= minLift * left * right * (1 - 1e-12) && adjusted[slot]! <= maxP) sure.push(slot);
  }
  const kept = redundant === 'keep' ? sure : improving(sure, sets, candidates, baskets.count);
  const found = rowsOf(kept, sets, candidates, baskets);
  const rules = found.map(({ antecedent, consequent, count, measures: { support, confidence, lift } }) => Object.freeze({ antecedent, consequent, count, support, confidence, lift }));
  const { basket, source, longest, trimmedNames } = baskets.meta;
  const meta = {
    baskets: baskets.count, items: baskets.items.length, basket, source, longest, trimmedNames, minSupport, minCount: limits.minCount, minConfidence, maxLength: limits.maxLength,
    tests: p.length, test, correction, pruned: sure.length - kept.length,
  };
  const said = remarks(found, baskets, sets, meta);
  return shown({ table: rulesTable(found, p, adjusted), rules, lengths: lengthsTable(sets), meta, diagnostics: { ...baskets.diagnostics, warnings: [...baskets.diagnostics.warnings, ...said] } });
}

/**
 * Sets of items that are often in one basket.
 *
 * @returns one row per set, few items first, then the most common: items (joined by ` + `), length, count, support
 * @throws ClienteleError as {@link associationRules}
 * @example
 * frequentItemsets(fromBaskets([['beer', 'nappies'], ['beer']]), { minSupport: 0.5 }).toRows();
 * // [{ items: 'beer', length: 1, count: 2, support: 1 }, { items: 'nappies', … }, { items: 'beer + nappies', length: 2, count: 1, … }]
 */
export function frequentItemsets(data: Baskets | Transactions | TableInput, options: FrequentItemsetsOptions = {}): Table {
  const where = 'frequentItemsets';
  checkKeys(where, options, SET_OPTIONS);
  const { baskets, limits } = opened(where, data, options);
  const sets = mineItemsets(where, baskets, limits);
  const names = Array.from({ length: sets.size }, (_, node) => namesOf(baskets, sets, node).join(' + '));
  const order = Array.from(names.keys()).sort((a, b) => sets.length[a]! - sets.length[b]! || sets.count[b]! - sets.count[a]! || compareText(names[a]!, names[b]!));
  return table({
    items: textColumn(order.map((node) => names[node]!)), length: Int32Array.from(order, (node) => sets.length[node]!), count: Int32Array.from(order, (node) => sets.count[node]!),
    support: Float64Array.from(order, (node) => sets.count[node]! / baskets.count),
  });
}

function opened(where: string, data: Baskets | Transactions | TableInput, options: FrequentItemsetsOptions): { baskets: Baskets; limits: MiningLimits; minSupport: number } {
  const minSupport = options.minSupport ?? 0.01;
  if (!(typeof minSupport === 'number' && minSupport > 0 && minSupport <= 1)) throw optionInvalid(where, 'minSupport', minSupport, 'Give a share above 0 and at most 1, 0.01 for one basket in a hundred.');
  const maxLength = checkWhole(where, 'maxLength', options.maxLength ?? 4, 1, 20);
  const maxItemsets = checkWhole(where, 'maxItemsets', options.maxItemsets ?? 2_000_000, 1, 50_000_000);
  if (isBaskets(data)) {
    if (options.basket !== undefined || options.maxItems !== undefined) throw optionInvalid(where, options.basket === undefined ? 'maxItems' : 'basket', options.basket ?? options.maxItems, 'Baskets are made already: give it to basketsOf or fromBaskets.');
  }
  const baskets = isBaskets(data) ? data : basketsFrom(where, data, options);
  return { baskets, minSupport, limits: { minCount: Math.max(1, shareCount(minSupport, baskets.count, 'ceil')), maxLength, maxItemsets } };
}

function checkShare(where: string, option: string, value: number, from: number): number {
  if (typeof value === 'number' && value >= from && value <= 1) return value;
  throw optionInvalid(where, option, value, 'Give a share, 0 to 1.');
}

function improving(slots: readonly number[], sets: Itemsets, candidates: Candidates, baskets: number): number[] {
  const best = bestSimpler(sets, candidates, baskets);
  return slots.filter((slot) => sets.count[candidates.node[slot]!]! / sets.count[candidates.antecedent[slot]!]! > best[slot]!);
}

interface FoundRule {
  readonly slot: number;
  readonly antecedent: readonly string[];
  readonly consequent: string;
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly text: string;
  readonly measures: ReturnType<typeof ruleMeasures>;
}

function rowsOf(slots: readonly number[], sets: Itemsets, { node, antecedent, consequent }: Candidates, baskets: Baskets): FoundRule[] {
  const texts = new Map<number, { names: readonly string[]; text: string }>();
  const rows = slots.map((slot): FoundRule => {
    const from = antecedent[slot]!;
    let own = texts.get(from);
    if (own === undefined) {
      const names = namesOf(baskets, sets, from);
      texts.set(from, (own = { names, text: names.join(' + ') }));
    }
    const count = sets.count[node[slot]!]!, left = sets.count[from]!, right = sets.count[consequent[slot]!]!;
    return { slot, antecedent: own.names, text: own.text, consequent: baskets.items[sets.itemOf[consequent[slot]!]!]!, count, left, right, measures: ruleMeasures(count, left, right, baskets.count) };
  });
  return rows.sort((a, b) => b.measures.lift - a.measures.lift || b.count - a.count || compareText(a.text, b.text) || compareText(a.consequent, b.consequent));
}

/** Names of a set's items in the order of their text, so that a set reads the same wherever it stands. */
function namesOf({ items }: Baskets, sets: Itemsets, node: number): string[] {
  return itemsOf(sets, node).map((code) => items[code]!).sort(compareText);
}

function rulesTable(found: readonly FoundRule[], p: Float64Array, adjusted: Float64Array): Table {
  const whole = (of: (rule: FoundRule) => number): Int32Array => Int32Array.from(found, of);
  const measure = (name: keyof FoundRule['measures']): Float64Array => Float64Array.from(found, ({ measures }) => measures[name]);
  return table({
    antecedent: textColumn(found.map(({ text }) => text)), consequent: textColumn(found.map(({ consequent }) => consequent)), length: whole(({ antecedent }) => antecedent.length + 1),
    count: whole(({ count }) => count), antecedentCount: whole(({ left }) => left), consequentCount: whole(({ right }) => right),
    support: measure('support'), confidence: measure('confidence'), lift: measure('lift'), leverage: measure('leverage'), conviction: measure('conviction'),
    cosine: measure('cosine'), jaccard: measure('jaccard'), kulczynski: measure('kulczynski'), chiSquare: measure('chiSquare'),
    pValue: Float64Array.from(found, ({ slot }) => p[slot]!), adjustedP: Float64Array.from(found, ({ slot }) => adjusted[slot]!),
  });
}

function lengthsTable({ length }: Itemsets): Table {
  const counts: number[] = [];
  for (const n of length) counts[n - 1] = (counts[n - 1] ?? 0) + 1;
  return table({ length: Int32Array.from(counts.keys(), (k) => k + 1), itemsets: Int32Array.from(counts) });
}

function remarks(found: readonly FoundRule[], baskets: Baskets, sets: Itemsets, meta: AssociationRules['meta']): Warning[] {
  if (found.length === 0) {
    const why = baskets.items.length === 1 ? 'all baskets hold the same one item' : baskets.meta.longest === 1 ? 'no basket holds two items, so nothing was bought together'
      : sets.size === 0 ? `no item is in ${meta.minCount} of ${meta.baskets} baskets` : meta.tests === 0 ? `no two items are together in ${meta.minCount} of ${meta.baskets} baskets` : `none of ${meta.tests} possible rules passes`;
    return [{ code: 'NO_RULES', message: `there are no rules: ${why}. ${baskets.meta.longest === 1 ? 'Check what makes a basket: an order id per line item makes baskets of one.' : 'Lower minSupport or minConfidence.'}` }];
  }
  const dull = found.filter(({ measures }) => measures.lift <= 1).length;
  return dull === 0 ? [] : [{ code: 'LIFT_BELOW_ONE', message: `${dull} of ${found.length} rules have a lift of 1 or less: their consequent is bought as often without their antecedent. Leave them out by minLift: 1.01.` }];
}

function shown(result: Omit<AssociationRules, keyof Showable>): AssociationRules {
  const { meta, table: rules, diagnostics } = result;
  const line = `${rules.numRows} rules from ${meta.baskets} baskets of ${meta.items} items (${meta.source}); support from ${meta.minSupport} (${meta.minCount} baskets), confidence from ${meta.minConfidence}${meta.pruned > 0 ? `, ${meta.pruned} redundant ones left out` : ''}`;
  const brief = (): Table => rules.select(['antecedent', 'consequent', 'count', 'support', 'confidence', 'lift', 'adjustedP']);
  return showableResult(result, {
    text: () => [line, '', brief().toString(), ...diagnosticsLines(diagnostics)].join('\n'),
    html: () => `<p>${escapeHtml(line)}</p>${brief().toHTML()}`,
  });
}
