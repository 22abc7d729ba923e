import type { CsvReadingOptions } from '../csv-options.js';
import { csvToTable, type ReadTable, type TableColumns } from '../parse-table.js';
import { fileDoor, type CsvFileSource } from './read-csv.js';

/**
 * Read a table that is no order log from a CSV file, as `parseTable` does: survey answers, complaints, invoices.
 *
 * @param source a string is a path; `-` has no special meaning (pass `process.stdin`)
 * @param columns the columns to read and what they hold
 * @throws ClienteleError (as a rejected promise) `FILE_UNREADABLE`; `COLUMN_MISSING`; `VALUE_INVALID` with file, line, column
 *   and value; `OPTION_INVALID`; `ABORTED`
 * @example
 * const { table } = await readTable('answers.csv', { recommend: 'number', quarter: 'text' });
 */
export async function readTable(source: CsvFileSource, columns: TableColumns, options: CsvReadingOptions = {}): Promise<ReadTable> {
  return csvToTable(fileDoor('readTable', source), columns, options);
}
