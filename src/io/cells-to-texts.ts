import { cellOf, columnLength, textColumn, toColumn, validExcept, type Column, type ColumnInput } from '../columns/index.js';
import { isColumn, isNothing, readTexts, type CellSource, type NoteCell } from './cell-source.js';
import { datesFrom } from './cells-to-dates.js';
import { withoutMissing } from './cells-to-ids.js';
import { NO_DATE } from './clock.js';
import type { WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';
import type { BadValue } from './refusals.js';
import { categoryReader } from './text-readers.js';

const NO_TEXT: BadValue = { code: 'VALUE_INVALID', reason: 'is no text', mend: 'Give text, numbers, or null for missing.' };

/** A role of few different texts (product, channel, status, currency) as a category column; one of ours is shared. */
export function categoriesFrom(source: CellSource, _: WantedColumn, settings: Settings, note: NoteCell): Column {
  if (!isColumn(source)) return readTexts(textColumn(textsOf(source, note)), categoryReader(0, settings, 'category'), note);
  if (source.type === 'category') return withoutMissing(source, settings.missing);
  const texts = source.type === 'text' ? source : textColumn(Array.from({ length: columnLength(source) }, (_, i) => textOrNull(cellOf(source, i))));
  return readTexts(texts, categoryReader(0, settings, 'category'), note);
}

/**
 * A carried column as it comes: a column of ours is shared; of cells, numbers stay numbers, booleans flags and Dates
 * dates, and everything else becomes text: a category column, or a text column where it holds more than half as many
 * different values as rows with a value.
 */
export function carriedFrom(source: CellSource, wanted: WantedColumn, settings: Settings, note: NoteCell): Column {
  if (isColumn(source)) return source;
  const kinds = new Set(source.filter((cell) => !isNothing(cell)).map((cell) => (cell instanceof Date ? 'date' : typeof cell)));
  const kind = kinds.size === 1 ? [...kinds][0] : undefined;
  if (kind === 'number' || kind === 'boolean') return toColumn(settings.where, wanted.column, source.map((cell) => (isNothing(cell) ? null : cell)) as ColumnInput);
  if (kind === 'date') return carriedDates(source, wanted, settings);
  return readTexts(textColumn(textsOf(source, note)), categoryReader(0, settings, 'either'), note);
}

function carriedDates(cells: readonly unknown[], wanted: WantedColumn, settings: Settings): Column {
  const dates = datesFrom(cells, wanted, settings, () => undefined);
  const missing: number[] = [];
  dates.data.forEach((value, row) => {
    if (value === NO_DATE) missing.push(row);
  });
  return missing.length === 0 ? dates : { ...dates, valid: validExcept(cells.length, missing) };
}

function textsOf(cells: readonly unknown[], note: NoteCell): (string | null)[] {
  return cells.map((cell, row) => {
    if (isNothing(cell)) return null;
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString();
    if (typeof cell === 'object' || typeof cell === 'function' || typeof cell === 'symbol') {
      note(row, cell, NO_TEXT);
      return null;
    }
    return String(cell);
  });
}

function textOrNull(cell: string | number | boolean | null): string | null {
  return cell === null ? null : String(cell);
}
