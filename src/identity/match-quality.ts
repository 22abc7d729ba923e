import { ClienteleError, valueText } from '../core/index.js';
import { asTable, cellOf, columnLength, columnMissing, isPresent, textAt, type CategoryColumn, type TableInput, type TextColumn } from '../columns/index.js';
import { checkUnified } from './unified-tables.js';
import type { Unified } from './unify.js';

/** How well records were joined, counted in pairs of records. */
export interface MatchQuality {
  /** records whose person is known */
  readonly records: number;
  /** pairs of records of one person */
  readonly pairs: number;
  /** pairs that were joined */
  readonly joined: number;
  /** pairs that were joined and are of one person */
  readonly right: number;
  /** right / joined; NaN where nothing was joined */
  readonly precision: number;
  /** right / pairs; NaN where no person has two records */
  readonly recall: number;
  /** their harmonic mean, 2 × right / (joined + pairs) */
  readonly f1: number;
}

/**
 * How well records were joined, held against records whose person is known: a sample checked by hand, or made data.
 *
 * Pairs count, so that a customer of ten records weighs 45 times one of two. Records that `truth` does not name are left
 * out of all counts.
 *
 * @param unified what `unify` or `unmerge` returned
 * @param truth `source`, `id` and `person` (any id), one row per record
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a record that is not there or stands twice
 * @example
 * matchQuality(unify(sources, options), checked).recall;
 *
 * Source: pairwise precision, recall and F-measure, Christen (2012), "Data Matching", 7.2. O(records).
 */
export function matchQuality(unified: Pick<Unified, 'records'>, truth: TableInput): MatchQuality {
  const where = 'matchQuality';
  checkUnified(where, unified, ['records']);
  const known = asTable(where, truth);
  for (const name of ['source', 'id', 'person']) if (!known.has(name)) throw columnMissing(where, name, known.names);
  const customers = customersByRecord(unified.records);
  const seen = new Set<string>();
  const joined = new Counts();
  const persons = new Counts();
  const both = new Counts();
  const [source, id, person] = ['source', 'id', 'person'].map((name) => known.column(name)) as [CategoryColumn, TextColumn, TextColumn];
  for (let row = 0; row < columnLength(source); row++) {
    const key = `${String(cellOf(source, row))}:${String(cellOf(id, row))}`;
    const customer = customers.get(key);
    if (customer === undefined || seen.has(key) || !isPresent(person, row)) {
      const why = customer === undefined ? 'is not among the records' : seen.has(key) ? 'stands twice' : 'has no person';
      throw new ClienteleError('VALUE_INVALID', { where, row, value: valueText(key) }, `row ${row}: record ${valueText(key)} ${why}.`, 'Give source, id and person, one row per record.');
    }
    seen.add(key);
    const own = String(cellOf(person, row));
    joined.add(customer);
    persons.add(own);
    both.add(`${customer.length}:${customer}${own}`);
  }
  const [found, pairs, right] = [joined.pairs(), persons.pairs(), both.pairs()];
  return { records: seen.size, pairs, joined: found, right, precision: right / found, recall: right / pairs, f1: (2 * right) / (found + pairs) };
}

function customersByRecord(records: Unified['records']): Map<string, string> {
  const source = records.column('source') as CategoryColumn;
  const id = records.column('id') as TextColumn;
  const customer = records.column('customer') as TextColumn;
  return new Map(Array.from(source.data, (code, i) => [`${source.values[code]!}:${textAt(id, i)}`, textAt(customer, i)]));
}

/** How often each text was met. */
class Counts {
  readonly #of = new Map<string, number>();

  add(text: string): void {
    this.#of.set(text, (this.#of.get(text) ?? 0) + 1);
  }

  /** Pairs of equal texts. */
  pairs(): number {
    let pairs = 0;
    for (const n of this.#of.values()) pairs += (n * (n - 1)) / 2;
    return pairs;
  }
}
