import { asTable, type TableInput } from '../columns/index.js';
import { csvChunks, type CsvReport } from '../io/index.js';
import { writeAtomic, writeCsv, type CsvWritten, type WriteCsvOptions } from '../io/node/index.js';
import { newCrew, threadCount, type Crew } from './crew.js';
import { shareColumns } from './share.js';
import type { FormattedBlock, FormatOrder } from './format-steps.js';

/** Rows a thread formats at a time: a multiple of 8, about 1 MB of text. */
const BLOCK_ROWS = 1 << 14;
/** Tables below this are written by this thread: starting others costs more than they save. */
const SMALL_ROWS = 200_000;

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
  const { threads: asked, signal, ...format } = options;
  const threads = threadCount('writeCsvParallel', asked);
  const table = asTable('writeCsvParallel', input);
  if (threads === 1 || (asked === undefined && table.numRows < SMALL_ROWS)) return writeCsv(table, path, { ...format, ...(signal === undefined ? {} : { signal }) });

  // The head by the writer itself, which also checks the options; then the rows in blocks.
  let report: CsvReport = { rows: 0, bytes: 0, formulaPrefixed: 0 };
  const head = [...csvChunks(table.take([]), { ...format, onReport: (r) => (report = r) })];
  const chosen = format.columns === undefined ? table : table.select(format.columns);
  // Threads start while the columns are copied for them.
  const crew = newCrew('format', {}, threads, 'writeCsvParallel', signal);
  let prefixed = report.formulaPrefixed;
  try {
    const order: FormatOrder = {
      columns: await shareColumns(chosen.entries()), rows: table.numRows, blockRows: BLOCK_ROWS, claims: new SharedArrayBuffer(4),
      options: { ...format, columns: chosen.names, header: false, bom: false },
    };
    const blocks = formattedBlocks(crew, order, (block) => (prefixed += block.formulaPrefixed));
    const bytes = await writeAtomic(path, chunksOf(head, blocks), { where: 'writeCsvParallel', ...(signal === undefined ? {} : { signal }) });
    return { path: typeof path === 'string' ? path : path.href, rows: table.numRows, bytes, formulaPrefixed: prefixed };
  } finally {
    await crew.close();
  }
}

async function* chunksOf(head: readonly Uint8Array[], blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* blocks;
}

/** Blocks in the order of rows, however the threads finish them. */
async function* formattedBlocks(crew: Crew, order: FormatOrder, onBlock: (block: FormattedBlock) => void): AsyncGenerator<Uint8Array> {
  const ready = new Map<number, Uint8Array>();
  let failure: unknown;
  let wake = (): void => undefined;
  void crew.all('formatCsv', order, (note) => {
    const block = note as FormattedBlock;
    ready.set(block.block, block.bytes);
    onBlock(block);
    wake();
  }).catch((e: unknown) => {
    failure = e;
    wake();
  });
  for (let block = 0; block * order.blockRows < order.rows; block++) {
    while (!ready.has(block)) {
      if (failure !== undefined) throw failure as Error;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    yield ready.get(block)!;
    ready.delete(block);
  }
}
