import { checkKeys, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, numbersOf, Table, textColumn, type TableInput } from '../columns/index.js';
import { checkLanguage, keyColumns, someRows } from './inputs.js';
import type { Labels, Language } from './words.js';

export type Bond = 'none' | 'financial' | 'social' | 'structural';
export const BONDS: readonly Bond[] = ['none', 'financial', 'social', 'structural'];
export const BOND_LABELS: Labels<Bond> = { none: { en: 'None', zh: '无' }, financial: { en: 'Financial bond', zh: '财务层次' }, social: { en: 'Social bond', zh: '社交层次' }, structural: { en: 'Structural bond', zh: '结构层次' } };

/** What a programme may offer, and the bond it makes; own features are added by the option. */
export const BOND_FEATURES: Readonly<Record<string, Bond>> = {
  discount: 'financial', points: 'financial', rebate: 'financial', freeDelivery: 'financial',
  personalManager: 'social', club: 'social', events: 'social', personalContact: 'social',
  integration: 'structural', equipment: 'structural', sharedData: 'structural', jointPlanning: 'structural',
};

export interface BondTypeOptions {
  /** further features, or other bonds for known ones: `{ training: 'structural' }` */
  readonly features?: Readonly<Record<string, Bond>>;
  /** language of labels, `'en'` by default */
  readonly labels?: Language;
}

/**
 * Which bond a programme makes (关系纽带): financial, social or structural; the strongest of what it offers.
 *
 * A price is copied in a week, a friendship in a year, a joint system hardly ever: structural is above social is above
 * financial.
 *
 * @param programmes one row per programme (or customer), one column of 0 and 1 per feature ({@link BOND_FEATURES}); other columns
 *   are carried; not modified
 * @returns the rows given, with `bond`, `label`, `because` (the features that make it)
 * @throws ClienteleError `VALUE_INVALID` by row, or where no column is a feature; `OPTION_INVALID`
 * @example
 * bondType({ programme: ['card', 'club'], points: [1, 1], events: [0, 1] }).toColumns().bond;   // financial, social
 *
 * Source: Berry & Parasuraman (1991), Marketing Services. O(rows × features).
 */
export function bondType(programmes: TableInput, options: BondTypeOptions = {}): Table {
  const where = 'bondType';
  checkKeys(where, options, ['features', 'labels']);
  const language = checkLanguage(where, options.labels);
  const source = someRows(where, asTable(where, programmes));
  const bonds = new Map<string, Bond>([...Object.entries(BOND_FEATURES), ...Object.entries(options.features ?? {})]);
  for (const [name, bond] of bonds) if (!BONDS.includes(bond)) throw optionInvalid(where, `features.${name}`, bond, `Bonds are ${BONDS.join(', ')}.`);
  const features = source.names.filter((name) => bonds.has(name)).map((name) => ({ name, bond: BONDS.indexOf(bonds.get(name)!), has: yesNo(where, source, name) }));
  if (features.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, `no column is a feature of a programme (found: ${source.names.map((name) => valueText(name)).join(', ')}).`, `Name columns ${[...bonds.keys()].join(', ')}, or give the option features.`);
  const codes = Int32Array.from({ length: source.numRows }, (_, i) => features.reduce((best, { bond, has }) => (has[i] === 1 ? Math.max(best, bond) : best), 0));
  const because = Array.from(codes, (code, i) => features.filter(({ bond, has }) => has[i] === 1 && bond === code).map(({ name }) => name).join(', '));
  return new Table([...[...source.entries()].filter(([name]) => !['bond', 'label', 'because'].includes(name)), ...keyColumns('bond', BONDS, codes, BOND_LABELS, language), ['because', textColumn(because)]]);
}

function yesNo(where: string, source: Table, name: string): Float64Array {
  const values = numbersOf(where, source, name);
  const row = values.findIndex((x) => x !== 0 && x !== 1);
  if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: ${Number.isNaN(values[row]!) ? 'the value is missing' : values[row]}, not 0 or 1.`, 'Give 1 (or true) where the programme offers it, 0 (or false) where not.');
  return values;
}
