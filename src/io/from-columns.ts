import { ClienteleError, valueText } from '../core/index.js';
import { isTable, type ColumnInput, type Table } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { cellSource } from './cell-source.js';
import { columnsToLog } from './columns-to-log.js';
import { identityMapping, wantedColumns, type Mapping } from './mapping.js';
import { columnNotFound } from './near-names.js';
import { readingSettings, type ReadingOptions } from './reading-options.js';

/** A table, or by name: columns, typed arrays, arrays of numbers, text, booleans or Dates. */
export type ColumnsInput = Table | Readonly<Record<string, ColumnInput | readonly (Date | null | undefined)[] | BigInt64Array | BigUint64Array>>;

/**
 * Make an order log of columns.
 *
 * Columns of ours, doubles and 32-bit integers are shared, not copied, unless bad rows are skipped; text in arrays is
 * read as in a file (dates, numbers and words for "missing" included). Ids may be text or whole numbers below 2^53.
 *
 * @param input a table, or columns by name, all of one length. Not modified.
 * @param mapping which column plays which role; without, columns bear the names of their roles
 * @param options how values are written; see {@link ReadingOptions}
 * @returns the order log; `diagnostics` says what was read, refused and left out
 * @throws ClienteleError `COLUMN_MISSING`, `COLUMN_LENGTH`; `VALUE_INVALID` or `DATE_AMBIGUOUS` with row, column and
 *   value; `CURRENCY_MIXED`; `OPTION_INVALID`
 * @example
 * fromColumns({ customer: ['a', 'b'], date: ['2024-01-31', '2024-02-29'], amount: Float64Array.of(12.5, 3) });
 *
 * O(n).
 */
export function fromColumns(input: ColumnsInput, mapping?: Mapping, options: ReadingOptions = {}): Transactions {
  const where = 'fromColumns';
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ClienteleError('VALUE_INVALID', { where, value: valueText(input) }, `${Array.isArray(input) ? 'an array' : valueText(input)} is not columns by name.`, 'Pass { customer: [...], date: [...], amount: [...] }; for an array of objects there is fromRows.');
  }
  const settings = readingSettings(where, options, 'columns');
  const names = isTable(input) ? input.names : Object.keys(input);
  const wanted = wantedColumns(where, mapping ?? identityMapping(names));
  const sources = wanted.map(({ column, role }) => {
    if (!names.includes(column)) throw columnNotFound(where, undefined, role ?? 'carry', column, names);
    return cellSource(where, column, isTable(input) ? input.column(column) : input[column]);
  });
  return columnsToLog(wanted, sources, settings);
}
