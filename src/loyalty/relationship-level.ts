import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, numbersOf, Table, type TableInput } from '../columns/index.js';
import { BOND_LABELS, BONDS, type Bond } from './bond-type.js';
import { checkLanguage, keyColumns, numbersWithin, someRows } from './inputs.js';
import type { Labels, Language } from './words.js';

export type RelationshipLevel = 'basic' | 'reactive' | 'accountable' | 'proactive' | 'partnership';
export const RELATIONSHIP_LEVELS: readonly RelationshipLevel[] = ['basic', 'reactive', 'accountable', 'proactive', 'partnership'];
export const RELATIONSHIP_LABELS: Labels<RelationshipLevel> = {
  basic: { en: 'Basic: sell', zh: '基本型' }, reactive: { en: 'Reactive: answer when asked', zh: '被动型' }, accountable: { en: 'Accountable: ask after the sale', zh: '负责型' },
  proactive: { en: 'Proactive: call with improvements', zh: '能动型' }, partnership: { en: 'Partnership: work together', zh: '伙伴型' },
};
/** The bond that carries a level. */
const BOND_OF: Readonly<Record<RelationshipLevel, Bond>> = { basic: 'financial', reactive: 'financial', accountable: 'social', proactive: 'social', partnership: 'structural' };

/** By margin (low, medium, high), then by number of customers (few, medium, many). */
const LEVELS: readonly (readonly RelationshipLevel[])[] = [['accountable', 'reactive', 'basic'], ['proactive', 'accountable', 'reactive'], ['partnership', 'proactive', 'accountable']];

export interface RelationshipLevelOptions {
  /** column of the margin, a share of sales (0.05 for 5 %) unless `marginLimits` say otherwise; `'margin'` by default */
  readonly margin?: string;
  /** column of the number of customers; `'customers'` by default */
  readonly customers?: string;
  /** where medium and high margins begin; [0.2, 0.4] by default, usual for margins on sales */
  readonly marginLimits?: readonly [medium: number, high: number];
  /** where a medium and a large number begin; [100, 1000] by default: what one person, and what a team, can know by name */
  readonly customerLimits?: readonly [medium: number, many: number];
  /** what suits many customers with a low margin: `'basic'` (default) or `'reactive'` */
  readonly manyLow?: 'basic' | 'reactive';
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

/**
 * How close a relationship pays (关系水平): one of Kotler's five levels, by margin and number of customers.
 *
 * @param segments one row per segment, product or market; not modified
 * @returns the rows given, with `level`, `label`, `bond` (what carries it: financial, social, structural), `bondLabel`
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row; `OPTION_INVALID`
 * @example
 * relationshipLevel({ segment: ['airlines', 'tourists'], margin: [0.5, 0.05], customers: [12, 90000] }).toColumns().level;
 * // partnership, basic
 *
 * Source: Kotler, Marketing Management, table of levels by margin and number of customers; bonds after Berry &
 * Parasuraman (1991). O(rows).
 */
export function relationshipLevel(segments: TableInput, options: RelationshipLevelOptions = {}): Table {
  const where = 'relationshipLevel';
  checkKeys(where, options, ['margin', 'customers', 'marginLimits', 'customerLimits', 'manyLow', 'labels']);
  const language = checkLanguage(where, options.labels);
  const manyLow = checkWord(where, 'manyLow', options.manyLow ?? 'basic', ['basic', 'reactive']);
  const source = someRows(where, asTable(where, segments));
  const name = options.margin ?? 'margin';
  if (options.marginLimits === undefined) checkShares(where, source, name);
  const margins = bands(where, source, name, -Infinity, limits(where, 'marginLimits', options.marginLimits ?? [0.2, 0.4]));
  const sizes = bands(where, source, options.customers ?? 'customers', 0, limits(where, 'customerLimits', options.customerLimits ?? [100, 1000]));
  const levels = margins.map((m, i) => RELATIONSHIP_LEVELS.indexOf(m === 0 && sizes[i] === 2 ? manyLow : LEVELS[m]![sizes[i]!]!));
  const bonds = levels.map((l) => BONDS.indexOf(BOND_OF[RELATIONSHIP_LEVELS[l]!]));
  const taken = ['level', 'label', 'bond', 'bondLabel'];
  return new Table([
    ...[...source.entries()].filter(([name]) => !taken.includes(name)),
    ...keyColumns('level', RELATIONSHIP_LEVELS, levels, RELATIONSHIP_LABELS, language), ...keyColumns('bond', BONDS, bonds, BOND_LABELS, language, 'bondLabel'),
  ]);
}

function limits(where: string, option: string, value: unknown): readonly [number, number] {
  if (Array.isArray(value) && value.length === 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]) && value[0] < value[1]) return value as unknown as readonly [number, number];
  throw optionInvalid(where, option, value, 'Give two numbers, the lower first.');
}

/** The limits by default are of shares: 5 would pass for a margin of 500 %. */
function checkShares(where: string, source: Table, name: string): void {
  const row = numbersWithin(where, source, name, -Infinity, Infinity).findIndex((margin) => Math.abs(margin) > 1);
  if (row === -1) return;
  const value = String(numbersOf(where, source, name)[row]);
  throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value }, `column ${valueText(name)}, row ${row}: a margin of ${value} is no share of sales.`, 'Give 0.05 for 5 %, or marginLimits in the unit of your margins.');
}

/** 0, 1, 2: below the first limit, from it on, from the second on. */
function bands(where: string, source: Table, name: string, least: number, [medium, high]: readonly [number, number]): Int32Array {
  const values = numbersWithin(where, source, name, least, Infinity);
  return Int32Array.from(values, (x, row) => {
    if (!Number.isFinite(x)) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(x) }, `column ${valueText(name)}, row ${row}: the value is ${Number.isNaN(x) ? 'missing' : x}.`, 'Fill or drop such rows first.');
    return x >= high ? 2 : x >= medium ? 1 : 0;
  });
}
