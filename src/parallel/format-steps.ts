import { sliceColumn, Table, type Column } from '../columns/index.js';
import { csvChunks, type CsvOptions } from '../io/index.js';

/** A table to be formatted by blocks of rows, which threads claim one after the other. */
export interface FormatOrder {
  readonly columns: readonly (readonly [string, Column])[];
  readonly rows: number;
  readonly blockRows: number;
  readonly claims: SharedArrayBuffer;
  readonly options: CsvOptions;
}

/** A block of rows as CSV. */
export interface FormattedBlock {
  readonly block: number;
  readonly bytes: Uint8Array;
  readonly formulaPrefixed: number;
}

/** Sends a note on the way, its buffers handed over. */
export type SendNote = (note: unknown, handedOver: readonly ArrayBuffer[]) => void;

/** Formatting, for threads that share a table. */
export const FORMAT_STEPS: Readonly<Record<string, (payload: never, send: SendNote) => unknown>> = {
  formatCsv: (order: FormatOrder, send: SendNote): void => {
    const claims = new Int32Array(order.claims);
    for (let block = Atomics.add(claims, 0, 1); block * order.blockRows < order.rows; block = Atomics.add(claims, 0, 1)) {
      const formatted = formatBlock(order, block);
      send(formatted, [formatted.bytes.buffer as ArrayBuffer]);
    }
  },
};

function formatBlock({ columns, rows, blockRows, options }: FormatOrder, block: number): FormattedBlock {
  const from = block * blockRows;
  const to = Math.min(rows, from + blockRows);
  let formulaPrefixed = 0;
  const table = new Table(columns.map(([name, column]) => [name, sliceColumn(column, from, to)] as const));
  const chunks = [...csvChunks(table, { ...options, onReport: (report) => (formulaPrefixed = report.formulaPrefixed) })];
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { block, bytes, formulaPrefixed };
}
