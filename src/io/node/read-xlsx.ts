import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkKeys, checkWhole, ClienteleError, isClienteleError, loadPeer, valueText } from '../../core/index.js';
import type { Transactions } from '../../transactions/index.js';
import type { Mapping } from '../mapping.js';
import { READING_OPTIONS, type ReadingOptions } from '../reading-options.js';
import { filePath } from './file-path.js';
import { openFile } from './file-reader.js';
import { readCsv } from './read-csv.js';

/** How a spreadsheet is read. */
export interface XlsxReadingOptions extends ReadingOptions {
  /** which sheet, by its name or from 1; the first by default */
  readonly sheet?: string | number;
}

type XlsxCell = string | number | boolean | Date | null;

interface ExcelReader {
  readSheet(input: Uint8Array, sheet: string | number): Promise<readonly (readonly XlsxCell[])[]>;
}

/**
 * Read an order log from a spreadsheet (.xlsx): its first row names the columns, the others are orders.
 *
 * The optional peer read-excel-file does it (`npm i read-excel-file@9`). Ids that the spreadsheet keeps as numbers have
 * lost their leading zeros there already. The whole sheet is held in memory; save large logs as CSV.
 *
 * @param path a path or `file:` URL
 * @param mapping which column plays which role
 * @throws ClienteleError (as a rejected promise) `PEER_MISSING`; `FILE_UNREADABLE` naming the file; what `readCsv`
 *   throws, its lines being rows of the sheet
 * @example
 * const orders = await readXlsx('orders.xlsx', { customer: 'customer_id', date: 'order_date', amount: 'revenue' }, { sheet: 'Orders' });
 */
export async function readXlsx(path: string | URL, mapping: Mapping, options: XlsxReadingOptions = {}): Promise<Transactions> {
  checkKeys('readXlsx', options, [...READING_OPTIONS, 'sheet']);
  const { sheet, ...reading } = options;
  const file = filePath('readXlsx', path);
  return readCsv(await sheetAsCsv('readXlsx', file, sheet), mapping, { source: basename(file), ...reading, delimiter: ',' });
}

/** A sheet as CSV in UTF-8, row by row: dates as they are in ISO, what is neither text nor number nor date as nothing. */
export async function sheetAsCsv(where: string, file: string, sheet: string | number = 1): Promise<Uint8Array> {
  if (typeof sheet !== 'string') checkWhole(where, 'sheet', sheet, 1);
  // Opened first, for its own messages about files that are not there.
  await (await openFile(where, file)).close();
  const rows = await sheetRows(where, file, sheet);
  return new TextEncoder().encode(rows.map((row) => (row.every((cell) => cell === null) ? '' : row.map(cellText).join(','))).join('\n'));
}

async function sheetRows(where: string, file: string, sheet: string | number): Promise<readonly (readonly XlsxCell[])[]> {
  const reader = excelReader(where, file);
  try {
    return await reader.readSheet(await readFile(file), sheet);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ClienteleError('FILE_UNREADABLE', { where, file }, `${file} cannot be read as a spreadsheet (${valueText(reason)}).`, 'Check the name of the sheet; or open it and save it as "CSV UTF-8".', cause);
  }
}

function excelReader(where: string, file: string): ExcelReader {
  try {
    return loadPeer(where, 'read-excel-file/node', '', '') as ExcelReader;
  } catch (cause) {
    if (!isClienteleError(cause)) throw cause;
    throw new ClienteleError('PEER_MISSING', { where, file }, `${file} is a spreadsheet, and the package read-excel-file is not installed here.`, 'Install it: npm i read-excel-file@9 - or open the file and save it as "CSV UTF-8".', cause);
  }
}

function cellText(cell: XlsxCell): string {
  if (cell === null || cell === undefined) return '';
  const text = cell instanceof Date ? dateText(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets know no zones: the reader gives what stands in the cell as if it were UTC. */
function dateText(date: Date): string {
  const [day, time] = date.toISOString().split('T') as [string, string];
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
