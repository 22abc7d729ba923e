import { ClienteleError, UNITS_PER_DAY, valueText } from '../core/index.js';
import { columnLength, isPresent, textColumn, type DateColumn } from '../columns/index.js';
import { lookAtText } from './bytes.js';
import { isColumn, isNothing, readCategories, readTexts, wrongKind, type CellSource, type NoteCell } from './cell-source.js';
import { instantUnits, NO_DATE } from './clock.js';
import { parseFormatted } from './date-format.js';
import { explainDate } from './explain-date.js';
import { NO_VALUE } from './field-batch.js';
import type { WantedColumn } from './mapping.js';
import { isMissing } from './missing-words.js';
import { parseDate } from './parse-date.js';
import type { Settings } from './reading-options.js';
import type { BadValue } from './refusals.js';
import { localZoneName } from './time-zone.js';
import { dateReader } from './value-readers.js';

const NO_SUCH_DATE: BadValue = { code: 'VALUE_INVALID', reason: 'is not a date', mend: 'Give text such as 2024-01-31, or a Date.' };

/**
 * Dates of a column or of cells: `Date` objects, text, counts since 1970. A date column in the same unit is shared.
 *
 * A `Date` is an instant and is cut in the zone. Without `timeZone`, Dates that all lie on this machine's midnight and
 * not on that of UTC are refused: a database driver has made them of calendar days, and cut in UTC they could fall on
 * the day before.
 *
 * @throws ClienteleError `DATE_AMBIGUOUS` for such Dates; `VALUE_INVALID` for a column of flags
 */
export function datesFrom(source: CellSource, { column, role }: WantedColumn, settings: Settings, note: NoteCell): DateColumn {
  if (!isColumn(source)) return datesOfCells(source, column, settings, note);
  switch (source.type) {
    case 'date':
      return inUnit(source, settings, note);
    case 'text':
      return readTexts(source, dateReader(0, settings), note) as DateColumn;
    case 'category': {
      const read = (noteValue: NoteCell): DateColumn => readTexts(textColumn(source.values), dateReader(0, settings), noteValue) as DateColumn;
      const { values, codes } = readCategories(source, read, NO_VALUE, note);
      return dateColumn(Int32Array.from(codes, (code) => (code === -1 ? NO_DATE : values.data[code]!)), settings);
    }
    case 'number':
    case 'integer':
      return datesOfCells(Array.from({ length: columnLength(source) }, (_, i) => (isPresent(source, i) ? source.data[i]! : null)), column, settings, note);
    default:
      throw wrongKind(settings.where, column, source, role ?? column, 'dates');
  }
}

function datesOfCells(cells: readonly unknown[], name: string, settings: Settings, note: NoteCell): DateColumn {
  const { clock, dateFormat, missing } = settings;
  const data = new Int32Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    data[i] = NO_DATE;
    if (isNothing(cell)) note(i, cell, NO_VALUE);
    else if (cell instanceof Date) {
      data[i] = Number.isNaN(cell.getTime()) ? NO_DATE : instantUnits(clock, cell.getTime() / 1000);
      if (data[i] === NO_DATE) note(i, String(cell), NO_SUCH_DATE);
    } else if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint') {
      const text = String(cell);
      const { bytes, length } = lookAtText(text);
      if (isMissing(missing, bytes, 0, length)) note(i, cell, NO_VALUE);
      else {
        data[i] = dateFormat === undefined ? parseDate(bytes, 0, length, clock) : parseFormatted(bytes, 0, length, dateFormat, clock);
        if (data[i] === NO_DATE) note(i, cell, explainDate(text, dateFormat, clock));
      }
    } else note(i, cell, NO_SUCH_DATE);
  }
  if (!settings.zoneGiven) refuseLocalMidnights(cells, name, settings.where);
  return dateColumn(data, settings);
}

function refuseLocalMidnights(cells: readonly unknown[], name: string, where: string): void {
  let example: Date | undefined;
  let row = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) continue;
    if (cell.getHours() !== 0 || cell.getMinutes() !== 0 || cell.getSeconds() !== 0 || cell.getMilliseconds() !== 0) return;
    if (example === undefined && cell.getTime() % 86400000 !== 0) {
      example = cell;
      row = i;
    }
  }
  if (example === undefined) return;
  const zone = localZoneName();
  throw new ClienteleError('DATE_AMBIGUOUS', { where, column: name, row, option: 'timeZone', value: example.toISOString() },
    `column ${valueText(name)} holds Dates at midnight of this machine's zone (${zone}), such as ${example.toISOString()}: calendar days made into instants.`,
    `Pass timeZone: '${zone}' to have those days back, or timeZone: 'UTC' if they are instants to be cut in UTC.`);
}

function inUnit(source: DateColumn, settings: Settings, note: NoteCell): DateColumn {
  const from = UNITS_PER_DAY[source.unit ?? 'day'];
  const to = UNITS_PER_DAY[settings.clock.unit];
  if (source.valid !== undefined) for (let i = 0; i < source.data.length; i++) if (!isPresent(source, i)) note(i, null, NO_VALUE);
  if (from === to) return source;
  const data = new Int32Array(source.data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Math.floor((source.data[i]! * to) / from);
    data[i] = value;
    if (data[i] !== value) note(i, source.data[i], NO_SUCH_DATE);      // beyond 32 bits
  }
  return dateColumn(data, settings);
}

function dateColumn(data: Int32Array, { clock }: Settings): DateColumn {
  return clock.unit === 'day' ? { type: 'date', data } : { type: 'date', data, unit: clock.unit };
}
