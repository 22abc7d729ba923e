import { writeSync } from 'node:fs';
import { checkKeys } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import { CSV_OPTIONS, csvChunks, csvWriter, type CsvReport } from '../io/index.js';
import { writeByPosition, writeCsv, type CsvWritten, type WriteCsvOptions } from '../io/node/index.js';
import { newCrew, threadCount } from './crew.js';
import { shareColumns } from './share.js';
import type { FormatOrder } from './format-steps.js';

/** Rows a thread formats at a time: about 400 KB of text. */
const BLOCK_ROWS = 1 << 13;
/** Tables below this are written by this thread: for a million rows of nine columns two threads took as long (240 ms). */
const SMALL_ROWS = 2_000_000;

/**
 * Write a table as a CSV file, formatted on all cores: the same bytes as `writeCsv`, whole or not at all.
 *
 * @param input a table, or plain columns by name; not to be modified before the promise settles
 * @param path a path or a `file:` URL
 * @param options those of `writeCsv`, and `threads`, 1 to 64; one per core, up to eight, and one for small tables, by default
 * @throws ClienteleError as `writeCsv`
 * @example
 * await writeCsvParallel(scored.table, 'scores.csv', { threads: 2 });
 */
export async function writeCsvParallel(input: TableInput, path: string | URL, options: WriteCsvOptions & { readonly threads?: number } = {}): Promise<CsvWritten> {
  checkKeys('writeCsvParallel', options, [...CSV_OPTIONS.filter((option) => option !== 'onReport'), 'signal', 'threads']);
  const { threads: asked, signal, ...format } = options;
  const threads = threadCount('writeCsvParallel', asked);
  const table = asTable('writeCsvParallel', input);
  if (threads === 1 || (asked === undefined && table.numRows < SMALL_ROWS)) return writeCsv(table, path, { ...format, ...(signal === undefined ? {} : { signal }) });

  // Checks the options before anything is begun.
  const { head, prefixed } = csvWriter('writeCsvParallel', table.take([]), format);
  const chosen = format.columns === undefined ? table : table.select(format.columns);
  let formulaPrefixed = prefixed();
  const fill = async (descriptor: number): Promise<number> => {
    const crew = newCrew('format', threads, 'writeCsvParallel', signal);
    try {
      const blocks = Math.ceil(table.numRows / BLOCK_ROWS);
      const ends = new Float64Array(new SharedArrayBuffer((blocks + 1) * 8));
      const known = new Int32Array(new SharedArrayBuffer((blocks + 1) * 4));
      ends[0] = writeSync(descriptor, head, 0, head.length, 0);
      known[0] = 1;
      const order: FormatOrder = {
        columns: await shareColumns(chosen.entries()), rows: table.numRows, blockRows: BLOCK_ROWS, claims: new SharedArrayBuffer(4),
        ends: ends.buffer, known: known.buffer, descriptor, options: { ...format, columns: chosen.names, header: false, bom: false },
      };
      for (const own of await crew.all<number>('writeCsv', order)) formulaPrefixed += own;
      return ends[blocks]!;
    } finally {
      // No thread may still hold the descriptor when the file is closed.
      await crew.close();
    }
  };
  let report: CsvReport | undefined;
  const inOrder = (): Iterable<Uint8Array> => csvChunks(table, { ...format, onReport: (r) => (report = r) });
  const bytes = await writeByPosition(path, inOrder, fill, { where: 'writeCsvParallel', ...(signal === undefined ? {} : { signal }) });
  return { path: typeof path === 'string' ? path : path.href, ...(report ?? { rows: table.numRows, bytes, formulaPrefixed }) };
}
