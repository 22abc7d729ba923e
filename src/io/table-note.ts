import type { DateUnit, Diagnostics } from '../core/index.js';
import type { Column, ColumnType, Table } from '../columns/index.js';
import type { CustomersMeta } from '../transactions/index.js';

/** The key under which Parquet and Arrow files keep what their own types do not say. */
export const NOTE_KEY = 'clientele';

/** What is noted beside a saved table. */
export interface TableNote {
  readonly version: 1;
  readonly kind: 'table' | 'customers';
  readonly columns: readonly ColumnNote[];
  /** of customers */
  readonly meta?: CustomersMeta;
  readonly diagnostics?: Diagnostics;
}

/** A column's type, and the unit of dates. */
export interface ColumnNote {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit?: DateUnit;
}

/** The note of a table, as JSON; of customers with what they were summarized by. */
export function tableNote(table: Table): string {
  const columns = Array.from(table.entries(), ([name, column]): ColumnNote => ({ name, type: column.type, ...unitOf(column) }));
  const { meta, diagnostics } = table as Table & { readonly meta?: CustomersMeta; readonly diagnostics?: Diagnostics };
  const note: TableNote = meta !== undefined && diagnostics !== undefined && 'asOfSource' in meta
    ? { version: 1, kind: 'customers', columns, meta, diagnostics }
    : { version: 1, kind: 'table', columns };
  return JSON.stringify(note);
}

function unitOf(column: Column): { unit?: DateUnit } {
  return column.type === 'date' && column.unit !== undefined ? { unit: column.unit } : {};
}

const UNITS: readonly unknown[] = ['day', 'hour', 'minute'];
const TYPES: readonly unknown[] = ['number', 'integer', 'date', 'flag', 'category', 'text'];

/**
 * What a note says of the columns, by name; nothing where there is no note, or one that another program has changed: the
 * file's own types count, and these are hints.
 */
export function columnNotes(note: string | undefined): Map<string, ColumnNote> {
  const notes = new Map<string, ColumnNote>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(note ?? 'null');
  } catch {
    return notes;
  }
  const columns = typeof parsed === 'object' && parsed !== null && 'columns' in parsed && Array.isArray(parsed.columns) ? parsed.columns as unknown[] : [];
  for (const column of columns) {
    const { name, type, unit } = (column ?? {}) as Partial<Record<keyof ColumnNote, unknown>>;
    if (typeof name === 'string' && TYPES.includes(type)) notes.set(name, { name, type: type as ColumnType, ...(UNITS.includes(unit) ? { unit: unit as DateUnit } : {}) });
  }
  return notes;
}
