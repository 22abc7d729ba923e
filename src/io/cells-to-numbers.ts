import { isPresent, textColumn, type NumberColumn } from '../columns/index.js';
import { lookAtText } from './bytes.js';
import { isColumn, isNothing, readCategories, readTexts, wrongKind, type CellSource, type NoteCell } from './cell-source.js';
import { explainNumber } from './explain-number.js';
import { NO_VALUE } from './field-batch.js';
import type { WantedColumn } from './mapping.js';
import { isMissing } from './missing-words.js';
import { readNumber } from './number-format.js';
import type { Settings } from './reading-options.js';
import type { BadValue } from './refusals.js';
import { numberReader } from './value-readers.js';

const NOT_FINITE: BadValue = { code: 'VALUE_INVALID', reason: 'is not a finite number', mend: 'Correct it at the source.' };
const NOT_SAFE: BadValue = { code: 'VALUE_INVALID', reason: 'passes 2^53, beyond which numbers are not exact', mend: 'Scale it first.' };
const NO_NUMBER: BadValue = { code: 'VALUE_INVALID', reason: 'is not a number', mend: 'Give numbers, or text that spells them.' };

/**
 * Numbers of a column or of cells: numbers, `bigint`s below 2^53, and text that spells numbers. A number column is
 * shared.
 *
 * @param note where rows without a number (if it is required), or with something else, are reported
 * @throws ClienteleError `VALUE_INVALID` for a column of dates or flags
 */
export function numbersFrom(source: CellSource, wanted: WantedColumn, settings: Settings, note: NoteCell): NumberColumn {
  const { column, role, required } = wanted;
  if (!isColumn(source)) return numbersOfCells(source, required, settings, note);
  switch (source.type) {
    case 'number':
      checkNumbers(source.data, required, note);
      return source;
    case 'integer': {
      const data = Float64Array.from(source.data);
      if (source.valid !== undefined) for (let i = 0; i < data.length; i++) if (!isPresent(source, i)) data[i] = NaN;
      checkNumbers(data, required, note);
      return { type: 'number', data };
    }
    case 'text':
      return readTexts(source, numberReader(0, required, settings), note) as NumberColumn;
    case 'category': {
      const read = (noteValue: NoteCell): NumberColumn => readTexts(textColumn(source.values), numberReader(0, required, settings), noteValue) as NumberColumn;
      const { values, codes } = readCategories(source, read, required ? NO_VALUE : undefined, note);
      return { type: 'number', data: Float64Array.from(codes, (code) => (code === -1 ? NaN : values.data[code]!)) };
    }
    default:
      throw wrongKind(settings.where, column, source, role ?? column, 'numbers');
  }
}

function checkNumbers(data: Float64Array, required: boolean, note: NoteCell): void {
  for (let from = 0; from < data.length; from += BATCH) {
    const to = Math.min(data.length, from + BATCH);
    if (areFinite(data, from, to)) continue;
    for (let i = from; i < to; i++) {
      const value = data[i]!;
      if (value - value === 0) continue;      // finite
      if (!Number.isNaN(value)) note(i, value, NOT_FINITE);
      else if (required) note(i, value, NO_VALUE);
    }
  }
}

/** Numbers looked at together. */
const BATCH = 1024;

/** The sum of all differences to themselves is 0 where all are finite: nearly always, and no branch is needed to see it. */
function areFinite(data: Float64Array, from: number, to: number): boolean {
  let faults = 0;
  for (let i = from; i < to; i++) faults += data[i]! - data[i]!;
  return faults === 0;
}

function numbersOfCells(cells: readonly unknown[], required: boolean, { numbers, missing }: Settings, note: NoteCell): NumberColumn {
  const data = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    data[i] = NaN;
    if (typeof cell === 'number' && !Number.isNaN(cell)) {
      if (Number.isFinite(cell)) data[i] = cell;
      else note(i, cell, NOT_FINITE);
    } else if (typeof cell === 'string') {
      const { bytes, length } = lookAtText(cell);
      if (!isMissing(missing, bytes, 0, length)) {
        data[i] = readNumber(bytes, 0, length, numbers);
        if (!Number.isFinite(data[i])) note(i, cell, explainNumber(cell, numbers));
      } else if (required) note(i, cell, NO_VALUE);
    } else if (typeof cell === 'bigint') {
      data[i] = Number(cell);
      if (!Number.isSafeInteger(data[i])) note(i, cell, NOT_SAFE);
    } else if (!isNothing(cell)) note(i, cell, NO_NUMBER);
    else if (required) note(i, cell, NO_VALUE);
  }
  return { type: 'number', data };
}
