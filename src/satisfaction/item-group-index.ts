import { optionInvalid, valueText } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { meanEstimate } from './estimate.js';
import { surveyResult, type Series, type SurveyResult } from './figures.js';
import { checkNumber, checkScale, readSurvey, scoresOf, type Survey, type SurveyOptions } from './survey.js';
import { welchTest } from './test-difference.js';
import { ITEM_GROUPS, labelOf, MEASURES } from './words.js';

/** One indicator: a column, and where its scale differs from the others' its own ends. */
export interface GroupedItem {
  readonly column: string;
  /** within its group, above 0; 1 by default */
  readonly weight?: number;
  /** value that counts 0; above `best` where little is good (days to deliver) */
  readonly worst?: number;
  /** value that counts 100 */
  readonly best?: number;
}

/** Items that belong together. */
export interface ItemGroup {
  /** the keys `hard`, `soft`, `material`, `spiritual` and `social` have labels */
  readonly group: string;
  /** of the group in the total, above 0; 1 by default */
  readonly weight?: number;
  /** columns, or columns with weight and ends */
  readonly items: readonly (string | GroupedItem)[];
}

/** How the groups are weighed. */
export interface ItemGroupIndexOptions extends SurveyOptions {
  readonly groups: readonly ItemGroup[];
  /** lowest and highest answer of items that give no ends of their own; `[1, 5]` by default */
  readonly scale?: readonly [number, number];
}

/**
 * Weighted groups of indicators as indices from 0 to 100: hard and soft indicators (硬指标、软指标), or the material, spiritual
 * and social level of satisfaction (物质、精神、社会满意层).
 *
 * Every item is put on 0 (its worst value) to 100 (its best), weighted within its group, and the groups in the `total`. Who
 * left out an item counts in neither its group nor the total.
 *
 * @param answers a row per respondent (or per shop and month for hard indicators); not modified
 * @param options see {@link ItemGroupIndexOptions}; `minimum` is 30
 * @returns means with Student's limits, one per group of items and `total`; differences by Welch's t
 * @throws ClienteleError `VALUE_INVALID` naming the row of a value beyond an item's ends; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * itemGroupIndex(answers, { groups: [
 *   { group: 'hard', weight: 0.4, items: [{ column: 'days', worst: 14, best: 0 }] },
 *   { group: 'soft', weight: 0.6, items: ['friendly', 'clear'] },
 * ] });
 *
 * O(answers × items).
 */
export function itemGroupIndex(answers: TableInput, options: ItemGroupIndexOptions): SurveyResult {
  const where = 'itemGroupIndex';
  const survey = readSurvey(where, answers, options, ['groups', 'scale'], 30);
  const scale = checkScale(where, options.scale ?? [1, 5]);
  const { groups } = options;
  if (!Array.isArray(groups) || groups.length === 0) throw optionInvalid(where, 'groups', groups, "Give the groups: [{ group: 'soft', weight: 0.6, items: ['friendly'] }].");
  const read = (groups as readonly ItemGroup[]).map((group) => ({ group, weight: checkWeight(where, 'groups.weight', group.weight), index: groupIndex(survey, group, scale) }));
  const keys = read.map(({ group }) => group.group);
  if (keys.some((key) => typeof key !== 'string' || key === '' || key === 'total') || new Set(keys).size < keys.length) throw optionInvalid(where, 'groups', valueText(keys.join(', ')), "Give every group a name of its own, other than 'total'.");
  const weights = read.reduce((sum, { weight }) => sum + weight, 0);
  const total = new Float64Array(survey.source.numRows).map((_, row) => read.reduce((sum, { weight, index }) => sum + (weight / weights) * index[row]!, 0));
  const series = (key: string, index: Float64Array): Series => ({ key, label: labelOf(ITEM_GROUPS, survey.labels, key), estimate: (rows) => meanEstimate(survey, index, rows) });
  return surveyResult(survey, [...read.map(({ group, index }) => series(group.group, index)), series('total', total)], { measure: 'item-groups', label: MEASURES[survey.labels].itemGroups, seriesName: 'items', test: welchTest });
}

function groupIndex(survey: Survey, { group, items }: ItemGroup, scale: readonly [number, number]): Float64Array {
  const { where } = survey;
  if (!Array.isArray(items) || items.length === 0) throw optionInvalid(where, 'groups.items', items, `Name the items of group ${valueText(group)}.`);
  const index = new Float64Array(survey.source.numRows);
  const list = items.map((item: string | GroupedItem) => (typeof item === 'string' ? { column: item } : item));
  const weights = list.map(({ weight }) => checkWeight(where, 'groups.items.weight', weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  list.forEach(({ column, worst = scale[0], best = scale[1] }, k) => {
    checkNumber(where, 'worst', worst, -Number.MAX_VALUE);
    checkNumber(where, 'best', best, -Number.MAX_VALUE);
    if (worst === best) throw optionInvalid(where, 'worst', worst, `Item ${valueText(column)} needs a best value other than its worst.`);
    const values = scoresOf(survey, column, 'groups.items', [Math.min(worst, best), Math.max(worst, best)]);
    for (let row = 0; row < index.length; row++) index[row]! += ((100 * weights[k]!) / sum) * ((values[row]! - worst) / (best - worst));
  });
  return index;
}

function checkWeight(where: string, option: string, weight: unknown = 1): number {
  if (typeof weight === 'number' && Number.isFinite(weight) && weight > 0) return weight;
  throw optionInvalid(where, option, weight, 'Give a number above 0.');
}
