import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { LIKE_WORD, textSimilarity } from './similarity.js';
import { nameIn, type RecordSet } from './sources.js';
import type { PhoneLibrary } from './phone-number.js';

/** What a column says about who a record is. */
export type KeyKind = 'document' | 'phone' | 'mail' | 'exact';

const KINDS: readonly KeyKind[] = ['document', 'phone', 'mail', 'exact'];

/** A column whose equal values mean one customer. */
export interface IdentityKey {
  /** its name in the sources, none of the result's own such as `customer`; a source may call it otherwise, see {@link IdentitySource.columns} */
  readonly column: string;
  /**
   * `'document'`: identity card, passport, company register: one customer has one, so two different ones part records for
   * good. `'phone'`, `'mail'`: may be shared, so names count against them. `'exact'`: any other id that systems share,
   * such as a card number; a customer may have several.
   */
  readonly as: KeyKind;
  /** for phones: where numbers without a country code belong, as ISO code: `'CN'` */
  readonly region?: string;
}

/** Columns that are compared for likeness. */
export interface IdentityMatch {
  readonly name: string;
  /** compared where it names a house, street or room by number; a town alone is home to thousands of one name */
  readonly address: string;
  /** mean similarity of both from which two records are one customer, above 0.5 to 1; 0.85 by default */
  readonly threshold?: number;
  /** most records of a block in which every pair is compared, 2 to 1000; 50 by default */
  readonly maxBlock?: number;
}

/** How records are joined. */
export interface UnifyOptions {
  /** the most trusted first; none with an empty list */
  readonly keys: readonly IdentityKey[];
  readonly match?: IdentityMatch;
  /** columns of numbers that add up per customer: balance, spend */
  readonly sum?: readonly string[];
  /** most records that one value of a key, or one name at one address, may join, 2 to 1000; 100 by default. More of them mean a default value, no customer */
  readonly maxPerValue?: number;
  /** language of labels; keys stay */
  readonly labels?: 'en' | 'zh';
  /** the module libphonenumber-js, for browsers and bundles; elsewhere it is found where it is installed */
  readonly phones?: PhoneLibrary;
}

/** The options with their defaults. */
export interface CheckedUnify {
  readonly keys: readonly IdentityKey[];
  readonly match: Required<IdentityMatch> | undefined;
  readonly sum: readonly string[];
  readonly maxPerValue: number;
  readonly labels: 'en' | 'zh';
  readonly phones: PhoneLibrary | undefined;
}

const OPTIONS = ['keys', 'match', 'sum', 'maxPerValue', 'labels', 'phones'];

/**
 * Check the options, and that the columns they name are there.
 *
 * @returns the options, and a warning's text for each column that a source lacks, and for each it names that nothing uses
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING` for a column that no source has, and for a source that has
 *   nothing to join by
 */
export function checkUnify(options: UnifyOptions, records: RecordSet): CheckedUnify & { readonly absent: readonly string[]; readonly unused: readonly string[] } {
  const { where } = records;
  checkKeys(where, options, OPTIONS);
  const { keys, match, sum = [], maxPerValue = 100, labels = 'en', phones } = options;
  if (!Array.isArray(keys)) throw optionInvalid(where, 'keys', valueText(keys), "Give a list: keys: [{ column: 'id_card', as: 'document' }, { column: 'phone', as: 'phone', region: 'CN' }].");
  (keys as readonly IdentityKey[]).forEach((key) => checkKey(where, key));
  if (keys.length === 0 && match === undefined) throw optionInvalid(where, 'keys', '[]', 'Give at least one key, or columns to match.');
  if (!Array.isArray(sum) || sum.some((name) => typeof name !== 'string')) throw optionInvalid(where, 'sum', valueText(sum), "Give a list of columns: sum: ['balance'].");
  const checked = {
    keys: keys as readonly IdentityKey[], match: match === undefined ? undefined : checkMatch(where, match), sum: sum as readonly string[],
    maxPerValue: checkWhole(where, 'maxPerValue', maxPerValue, 2, 1000), labels: checkWord(where, 'labels', labels, ['en', 'zh']), phones,
  };
  const matched = checked.match === undefined ? [] : [checked.match.name, checked.match.address];
  const used = [...checked.keys.map(({ column }) => column), ...matched, ...checked.sum];
  checkNames(where, checked, matched, used);
  return { ...checked, unused: unusedColumns(records, used), absent: checkColumns(records, [...new Set(used)], checked.keys.map(({ column }) => column), matched) };
}

/** Names of columns: each once, and none that the result has itself. */
function checkNames(where: string, { keys, sum }: CheckedUnify, matched: readonly string[], used: readonly string[]): void {
  const options: readonly [option: string, names: readonly string[]][] = [['keys', keys.map(({ column }) => column)], ['match', matched], ['sum', sum]];
  for (const [option, names] of options) {
    // Ids are a key where systems share them: that column is in the result as it is.
    const taken = names.find((name) => RESERVED.includes(name) || (name === 'id' && option === 'sum'));
    if (taken !== undefined) throw optionInvalid(where, option, taken, `The result has a column of that name. Call it otherwise, and say in the sources what it is: 'known' here, columns: { known: '${taken}' } there.`);
  }
  // A name may be a key and be compared; sums are other columns.
  const twice = used.find((name, i) => used.indexOf(name) !== i && (sum.includes(name) || keys.filter(({ column }) => column === name).length > 1));
  if (twice !== undefined) throw optionInvalid(where, sum.includes(twice) ? 'sum' : 'keys', twice, 'Name each column once.');
}

/**
 * Names in `columns` of sources that nothing uses, in words: sources may be tried with fewer keys.
 *
 * @throws ClienteleError `OPTION_INVALID` where such a name is a misspelt one that the source lacks
 */
function unusedColumns({ where, parts }: RecordSet, used: readonly string[]): string[] {
  return parts.flatMap((part) => Object.keys(part.columns).filter((name) => !used.includes(name)).map((name) => {
    const what = `source ${valueText(part.name)}: columns names ${valueText(name)}, which no key, match or sum uses`;
    const meant = used.find((column) => nameIn(part, column) === undefined && textSimilarity(column, name) >= LIKE_WORD);
    if (meant !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: 'columns', value: valueText(name) }, `${what}.`, `Perhaps ${valueText(meant)} is meant, which the source lacks.`);
    return `${what}; it is left out.`;
  }));
}

/** Names of the result's own columns. */
const RESERVED: readonly string[] = ['source', 'row', 'customer', 'records', 'sources'];

function checkKey(where: string, key: IdentityKey): void {
  if (typeof key !== 'object' || key === null || typeof key.column !== 'string') throw optionInvalid(where, 'keys', valueText(key), "Give each key a column: { column: 'mail', as: 'mail' }.");
  checkKeys(where, key, ['column', 'as', 'region']);
  checkWord(where, 'as', key.as, KINDS);
  if (key.region !== undefined && (key.as !== 'phone' || typeof key.region !== 'string')) throw optionInvalid(where, 'region', valueText(key.region), "A region goes with as: 'phone', as ISO code: 'CN'.");
}

function checkMatch(where: string, match: IdentityMatch): Required<IdentityMatch> {
  checkKeys(where, match, ['name', 'address', 'threshold', 'maxBlock']);
  const { name, address, threshold = 0.85, maxBlock = 50 } = match;
  if (typeof name !== 'string' || typeof address !== 'string' || name === address) throw optionInvalid(where, 'match', valueText(name), "Name the two columns: match: { name: 'name', address: 'address' }.");
  if (!(typeof threshold === 'number' && threshold > 0.5 && threshold <= 1)) throw optionInvalid(where, 'threshold', threshold, 'Give a similarity above 0.5, up to 1.');
  return { name, address, threshold, maxBlock: checkWhole(where, 'maxBlock', maxBlock, 2, 1000) };
}

/** Columns that sources lack, in words. */
function checkColumns({ where, parts }: RecordSet, used: readonly string[], keys: readonly string[], matched: readonly string[]): string[] {
  for (const column of used) {
    if (parts.every((part) => nameIn(part, column) === undefined)) {
      throw new ClienteleError('COLUMN_MISSING', { where, column }, `no source has a column ${valueText(column)}.`, 'Check the name, or say in `columns` of a source what it is called there.');
    }
  }
  return parts.flatMap((part) => {
    const has = (column: string): boolean => nameIn(part, column) !== undefined;
    if (!keys.some(has) && !(matched.length > 0 && matched.every(has))) {
      throw new ClienteleError('COLUMN_MISSING', { where, column: keys[0] ?? matched[0]! }, `source ${valueText(part.name)} has nothing to join by: none of ${[...keys, ...matched].map((name) => valueText(name)).join(', ')} (found: ${part.table.names.map((name) => valueText(name)).join(', ')}).`, 'Say in `columns` of the source what they are called there, or leave the source out.');
    }
    return used.filter((column) => !has(column)).map((column) => `source ${valueText(part.name)} has no column ${valueText(column)}; its records count as without.`);
  });
}
