import { putBytes } from './put-number.js';

/** Writes the cells of one column as bytes, straight into the output. */
export interface CellWriter {
  /** most bytes a cell can take: of any row, or of row `i` */
  readonly room: number | ((i: number) => number);
  /** write row `i` at `at`; the position behind it */
  put(out: Uint8Array, at: number, i: number): number;
}

/** What stands around and between the cells of a text format. */
export interface RowLayout {
  readonly rows: number;
  /** in front of the first row */
  readonly head: Uint8Array;
  /** in front of each cell: one per column */
  readonly leads: readonly Uint8Array[];
  readonly cells: readonly CellWriter[];
  /** behind the last cell of a row */
  readonly tail: Uint8Array;
  /** between two rows */
  readonly between: Uint8Array;
  /** behind the last row */
  readonly foot: Uint8Array;
}

const CHUNK = 1 << 18;

/**
 * The rows of a layout as chunks of bytes, about 256 KiB each; a longer row makes a longer chunk.
 *
 * Rows are never split, and every chunk is its own memory, so it may be kept or sent off while the next is made.
 */
export function* rowChunks(layout: RowLayout): Generator<Uint8Array, void, undefined> {
  const { rows, head, leads, cells, tail, between, foot } = layout;
  const rooms = cells.map((cell) => cell.room);
  const varied = rooms.filter((room) => typeof room === 'function');
  const fixed = [...leads.map((lead) => lead.length), ...rooms.filter((room) => typeof room === 'number')].reduce((a, b) => a + b, tail.length + between.length);
  let out = new Uint8Array(Math.max(CHUNK, head.length));
  out.set(head);
  let at = head.length;
  for (let i = 0; i < rows; i++) {
    let need = fixed;
    for (let c = 0; c < varied.length; c++) need += varied[c]!(i);
    if (at + need > out.length) {
      if (at > 0) yield out.subarray(0, at);
      out = new Uint8Array(Math.max(CHUNK, need));
      at = 0;
    }
    if (i > 0) at = putBytes(out, at, between);
    for (let c = 0; c < cells.length; c++) at = cells[c]!.put(out, putBytes(out, at, leads[c]!), i);
    at = putBytes(out, at, tail);
  }
  if (at > 0) yield out.subarray(0, at);
  if (foot.length > 0) yield foot;
}
