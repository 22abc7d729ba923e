import { ClienteleError, valueText } from '../core/index.js';
import type { Transactions } from '../transactions/index.js';
import { columnsToLog } from './columns-to-log.js';
import { wantedColumns, type Mapping } from './mapping.js';
import { columnNotFound } from './near-names.js';
import { readingSettings, type ReadingOptions } from './reading-options.js';
import { newRefusals, WHOLE_ROW, type BadValue } from './refusals.js';

const NO_OBJECT: BadValue = { code: 'VALUE_INVALID', reason: 'is not an object', mend: "Give one object per order: { customer_id: 'a', order_date: '2024-01-31', revenue: 12.5 }." };

/**
 * Make an order log of rows: one object per order, as a database or `JSON.parse` hands them out.
 *
 * Values may be numbers, text, `Date`s (see `timeZone`) or `bigint`s; null, undefined and NaN are missing. Text is read
 * as in a file: dates, numbers and words for "missing" included. Ids may be text or whole numbers below 2^53, not both.
 *
 * @param rows an array or any iterable of objects. Not modified.
 * @param mapping which property plays which role
 * @param options how values are written; see {@link ReadingOptions}
 * @returns the order log; `diagnostics` says what was read, refused and left out
 * @throws ClienteleError `COLUMN_MISSING` where no row has a property; `VALUE_INVALID` or `DATE_AMBIGUOUS` with row,
 *   column and value; `CURRENCY_MIXED`; `OPTION_INVALID`
 * @example
 * fromRows([{ id: 'a', day: '2024-01-31', total: 12.5 }], { customer: 'id', date: 'day', amount: 'total' });
 *
 * O(n); the values are gathered by column first.
 */
export function fromRows(rows: Iterable<object>, mapping: Mapping, options: ReadingOptions = {}): Transactions {
  const where = 'fromRows';
  const settings = readingSettings(where, options, 'rows');
  const wanted = wantedColumns(where, mapping);
  const list = listOf(where, rows);
  const refusals = newRefusals(where, undefined, settings.onBadRow);
  for (let i = 0; i < list.length; i++) if (!isObject(list[i])) refusals.note(i, undefined, WHOLE_ROW, String(list[i]), NO_OBJECT);
  const objects = list.filter(isObject);
  if (objects.length > 0) {
    for (const { column, role } of wanted) {
      if (!objects.some((row) => column in row)) throw columnNotFound(where, undefined, role ?? 'carry', column, Object.keys(objects[0]!));
    }
  } else refusals.settle();
  const sources = wanted.map(({ column }) => list.map((row) => (isObject(row) ? row[column] : undefined)));
  return columnsToLog(wanted, sources, settings, refusals);
}

function listOf(where: string, rows: unknown): readonly unknown[] {
  if (Array.isArray(rows)) return rows;
  if (typeof rows === 'object' && rows !== null && Symbol.iterator in rows) return Array.from(rows as Iterable<unknown>);
  throw new ClienteleError('VALUE_INVALID', { where, value: valueText(rows) }, `${valueText(rows)} is not a list of rows.`, 'Pass an array of objects; for columns by name there is fromColumns, for CSV parseCsv.');
}

function isObject(row: unknown): row is Readonly<Record<string, unknown>> {
  return typeof row === 'object' && row !== null;
}
