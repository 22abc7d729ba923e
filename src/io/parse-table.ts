import { ClienteleError, optionInvalid, valueText, type Diagnostics } from '../core/index.js';
import { Table } from '../columns/index.js';
import { openSource, type CsvSource } from './byte-source.js';
import type { CsvReadingOptions } from './csv-options.js';
import { csvColumns, type CsvDoor } from './csv-to-log.js';
import { usableRows } from './finish-log.js';
import { gunzipStream } from './gunzip.js';
import type { WantedColumn } from './mapping.js';

/** What the columns of a file hold, by name: `{ recommend: 'number', shop: 'text' }`. */
export type TableColumns = Readonly<Record<string, 'number' | 'text'>>;

/** A table read from a file, and what became of its rows. */
export interface ReadTable {
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Read a table that is no order log from CSV: survey answers, complaints, invoices. It runs anywhere; in Node, `readTable` from
 * `clientele/node` takes file names too.
 *
 * Only the columns named are read. A cell that is empty or holds a missing word is missing; a number that is none stops the
 * read and is named by line, unless `onBadRow: 'skip'`.
 *
 * @param source a string is the CSV itself, not a file name
 * @param columns the columns to read and what they hold; without a header their numbers, from '1'
 * @param options how values are written; see {@link CsvReadingOptions}
 * @throws ClienteleError (as a rejected promise) `COLUMN_MISSING`; `VALUE_INVALID` with line, column and value;
 *   `FILE_UNREADABLE`; `OPTION_INVALID`; `ABORTED`
 * @example
 * const { table } = await parseTable('shop,score\na,9\nb,\n', { shop: 'text', score: 'number' });
 * table.row(0);   // { shop: 'a', score: 9 }
 *
 * Method: as {@link parseCsv}. O(bytes).
 */
export async function parseTable(source: CsvSource, columns: TableColumns, options: CsvReadingOptions = {}): Promise<ReadTable> {
  const where = 'parseTable';
  return csvToTable({ where, file: undefined, source: 'csv', open: () => openSource(where, source), gunzip: gunzipStream }, columns, options);
}

/** Read a table through a door. */
export async function csvToTable(door: CsvDoor, asked: TableColumns, options: CsvReadingOptions): Promise<ReadTable> {
  const wanted = wantedOf(door.where, asked);
  const { columns, rows: read, refusals, settings } = await csvColumns(door, wanted, options);
  const kept = usableRows(columns, read, refusals, settings);
  const refused = refusals.rows.length;
  return {
    table: new Table(wanted.map(({ target }, i) => [target, kept[i]!] as const)),
    diagnostics: { rows: { read, used: read - refused, refused, leftOut: {} }, refused: refusals.kept, warnings: [] },
  };
}

function wantedOf(where: string, columns: unknown): WantedColumn[] {
  const mend = "Say what the columns hold: { score: 'number', shop: 'text' }.";
  if (typeof columns !== 'object' || columns === null || Object.keys(columns).length === 0) throw optionInvalid(where, 'columns', columns, mend);
  return Object.entries(columns).map(([column, kind]) => {
    if (kind !== 'number' && kind !== 'text') throw new ClienteleError('OPTION_INVALID', { where, option: 'columns', value: valueText(kind) }, `column ${valueText(column)} is to hold ${valueText(kind)}.`, mend);
    return { target: column, role: undefined, column, kind: kind === 'number' ? 'number' : 'carried', required: false, plain: true };
  });
}
