import { ClienteleError, notThisResult } from '../core/index.js';
import { Table, textAt, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { customerIds } from './evidence.js';
import { Groups } from './groups.js';
import { checkUnified, customersTable } from './unified-tables.js';
import type { Unified } from './unify.js';

/** The part of a result that joins make. */
export type Joins = Pick<Unified, 'records' | 'customers' | 'merges'>;

/**
 * Take joins back: the same records, with the customers that the other joins make.
 *
 * The joins of a customer are a tree over its records, so taking one back parts the customer in two. Nothing of the
 * sources was changed, so there is nothing else to undo. `unify` on the same sources joins them again.
 *
 * @param unified what `unify` or `unmerge` returned. Not modified.
 * @param rows rows of `unified.merges`
 * @throws ClienteleError `VALUE_INVALID` for a row that is not there
 * @example
 * const similarity = one.merges.column('similarity').data;
 * unmerge(one, [...similarity.keys()].filter((row) => similarity[row] < 0.9)).customers;   // the doubtful ones apart again
 *
 * O(records).
 */
export function unmerge(unified: Joins, rows: ArrayLike<number>): Joins {
  const where = 'unmerge';
  checkUnified(where, unified, ['records', 'customers', 'merges']);
  const { records, customers, merges } = unified;
  if (!Array.isArray(rows) && !ArrayBuffer.isView(rows)) throw notThisResult(where, rows, 'a list of rows', 'Pass rows of merges, as numbers from 0.');
  const undone = new Uint8Array(merges.numRows);
  for (const row of Array.from(rows)) {
    if (!Number.isInteger(row) || row < 0 || row >= merges.numRows) throw new ClienteleError('VALUE_INVALID', { where, value: String(row) }, `there is no join ${row}.`, `Rows of merges count from 0; there are ${merges.numRows}.`);
    undone[row] = 1;
  }
  const kept = merges.where((row) => undone[row] === 0);
  const ids = { names: columnOf<CategoryColumn>(records, 'source').values, source: columnOf<CategoryColumn>(records, 'source').data, id: columnOf<TextColumn>(records, 'id') };
  const placeOf = places(records);
  const [a, b] = [rowsOf(kept, 'source', 'id', placeOf), rowsOf(kept, 'otherSource', 'otherId', placeOf)];
  const groups = new Groups(records.numRows, []);
  groups.join({ a, b });
  const customerOf = Int32Array.from({ length: records.numRows }, (_, i) => groups.of(i));
  const renamed = withColumn(records, 'customer', customerIds(ids, customerOf));
  const sums = records.names.filter((name) => records.column(name).type === 'number');
  return { records: renamed, customers: customersTable(renamed, customerOf, sums).select(customers.names), merges: withColumn(kept, 'customer', customerIds(ids, a.map((i) => customerOf[i]!))) };
}

function columnOf<C extends Column>(from: Table, name: string): C {
  return from.column(name) as C;
}

/** Row of each record by its source and id. */
function places(records: Table): Map<string, number> {
  return new Map(keysOf(records, 'source', 'id').map((key, row) => [key, row]));
}

function rowsOf(merges: Table, source: string, id: string, placeOf: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(keysOf(merges, source, id), (key) => placeOf.get(key)!);
}

/** Source and id as one text: source names hold no colon. */
function keysOf(of: Table, source: string, id: string): string[] {
  const names = columnOf<CategoryColumn>(of, source);
  const ids = columnOf<TextColumn>(of, id);
  return Array.from(names.data, (code, i) => `${names.values[code]!}:${textAt(ids, i)}`);
}

function withColumn(of: Table, name: string, column: Column): Table {
  return new Table([...of.entries()].map(([own, kept]) => [own, own === name ? column : kept] as const));
}
