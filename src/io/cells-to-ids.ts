import { columnLength, isPresent, textAt, textColumn, validExcept, type CategoryColumn, type Column, type TextColumn } from '../columns/index.js';
import { lookAtText } from './bytes.js';
import { isColumn, isNothing, wrongKind, type CellSource, type NoteCell } from './cell-source.js';
import { NO_VALUE } from './field-batch.js';
import type { WantedColumn } from './mapping.js';
import { beginsOf, isMissing, type MissingWords } from './missing-words.js';
import type { Settings } from './reading-options.js';
import type { BadValue } from './refusals.js';

const NO_ID: BadValue = { code: 'VALUE_INVALID', reason: 'is no id: ids are text, or whole numbers below 2^53', mend: 'Turn it into text first.' };

/**
 * Ids: text, or whole numbers below 2^53, as they come. Columns of ours are shared.
 *
 * @param note where rows without an id (if it is required), or with something else, are reported
 * @throws ClienteleError `VALUE_INVALID` for a column of dates or flags
 */
export function idsOf(source: CellSource, { column, role, required }: WantedColumn, { where, missing }: Settings, note: NoteCell): Column {
  const noteEmpty = (row: number, value: unknown): void => {
    if (required) note(row, value, NO_VALUE);
  };
  if (!isColumn(source)) return idsOfCells(source, missing, noteEmpty, note);
  switch (source.type) {
    case 'text':
      return textIds(source, missing, noteEmpty);
    case 'category':
      return categoryIds(source, missing, noteEmpty);
    case 'integer':
      for (let i = 0; source.valid !== undefined && i < source.data.length; i++) if (!isPresent(source, i)) noteEmpty(i, null);
      return source;
    case 'number':
      for (let i = 0; i < source.data.length; i++) {
        const id = source.data[i]!;
        if (Number.isNaN(id)) noteEmpty(i, null);
        else if (!Number.isSafeInteger(id)) note(i, id, NO_ID);
      }
      return source;
    default:
      throw wrongKind(where, column, source, role ?? column, 'text or whole numbers');
  }
}

function idsOfCells(cells: readonly unknown[], missing: MissingWords, noteEmpty: (row: number, value: unknown) => void, note: NoteCell): Column {
  const first = cells.find((cell) => !isNothing(cell));
  const texts = typeof first === 'string';
  if (!texts && typeof first !== 'number' && typeof first !== 'bigint' && first !== undefined) {
    cells.forEach((cell, row) => isNothing(cell) ? noteEmpty(row, cell) : note(row, cell, NO_ID));
    return textColumn(cells.map(() => null));
  }
  const mixed: BadValue = { code: 'VALUE_INVALID', reason: `is ${texts ? 'no text, as the ids before it are' : 'no number, as the ids before it are'}`, mend: 'Give ids of one kind: String(id).' };
  if (!texts) return numberIds(cells, noteEmpty, note, mixed);
  return textIds(textColumn(cells.map((cell, row) => {
    if (typeof cell === 'string' || isNothing(cell)) return cell as string | null;
    note(row, cell, mixed);
    return ' ';
  })), missing, noteEmpty, (row) => cells[row]);
}

function numberIds(cells: readonly unknown[], noteEmpty: (row: number, value: unknown) => void, note: NoteCell, mixed: BadValue): Column {
  const data = new Float64Array(cells.length);
  const empty: number[] = [];
  let small = true;
  cells.forEach((cell, row) => {
    const id = typeof cell === 'bigint' ? Number(cell) : cell;
    if (isNothing(id)) {
      noteEmpty(row, cell);
      empty.push(row);
      data[row] = NaN;
    } else if (typeof id !== 'number') note(row, cell, mixed);
    else if (!Number.isSafeInteger(id)) note(row, cell, NO_ID);
    else {
      data[row] = id;
      small &&= (id | 0) === id;
    }
  });
  if (!small) return { type: 'number', data };
  const integers = Int32Array.from(data);      // NaN becomes 0, under a mask
  return empty.length === 0 ? { type: 'integer', data: integers } : { type: 'integer', data: integers, valid: validExcept(data.length, empty) };
}

/** Text ids; only the mask is made anew, where words for "missing" are among them. */
function textIds(column: TextColumn, missing: MissingWords, noteEmpty: (row: number, value: unknown) => void, given?: (row: number) => unknown): TextColumn {
  const { data, offsets, valid } = column;
  const rows = columnLength(column);
  const empty: number[] = [];
  const mayBegin = beginsOf(missing);
  for (let i = 0; i < rows; i++) {
    // Nearly every id is told by its first byte (4.5 ns an id, 7.4 through the function).
    if (valid === undefined && offsets[i]! < offsets[i + 1]! && mayBegin[data[offsets[i]!]!] === 0) continue;
    if (isPresent(column, i) && !isMissing(missing, data, offsets[i]!, offsets[i + 1]!)) continue;
    empty.push(i);
    noteEmpty(i, given !== undefined ? given(i) : isPresent(column, i) ? textAt(column, i) : null);
  }
  return empty.length === 0 ? column : { ...column, valid: validExcept(rows, empty) };
}

function categoryIds(column: CategoryColumn, missing: MissingWords, noteEmpty: (row: number, value: unknown) => void): CategoryColumn {
  const cleaned = withoutMissing(column, missing);
  for (let i = 0; i < cleaned.data.length; i++) if (cleaned.data[i] === -1) noteEmpty(i, null);
  return cleaned;
}

/** A category column in which words for "missing" are missing; the column itself where there are none. */
export function withoutMissing(column: CategoryColumn, missing: MissingWords): CategoryColumn {
  const gone = column.values.map((value) => {
    const { bytes, length } = lookAtText(value);
    return isMissing(missing, bytes, 0, length);
  });
  if (!gone.includes(true)) return column;
  return { ...column, data: column.data.map((code) => (gone[code] === true ? -1 : code)) };
}
