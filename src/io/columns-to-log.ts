import { ClienteleError, valueText } from '../core/index.js';
import type { Column } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { sourceLength, type CellSource, type NoteCell } from './cell-source.js';
import { datesFrom } from './cells-to-dates.js';
import { idsOf } from './cells-to-ids.js';
import { numbersFrom } from './cells-to-numbers.js';
import { carriedFrom, categoriesFrom } from './cells-to-texts.js';
import { finishLog } from './finish-log.js';
import type { ColumnKind, WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';
import { newRefusals, type Refusals } from './refusals.js';

const CONVERT: Readonly<Record<ColumnKind, (source: CellSource, wanted: WantedColumn, settings: Settings, note: NoteCell) => Column>> = {
  id: idsOf, date: datesFrom, number: numbersFrom, category: categoriesFrom, carried: carriedFrom,
};

/**
 * The order log of columns or cells, one for every column wanted.
 *
 * @param refusals rows refused before; by default none
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID` for no rows or a bad row; `DATE_AMBIGUOUS`; `CURRENCY_MIXED`
 */
export function columnsToLog(wanted: readonly WantedColumn[], sources: readonly CellSource[], settings: Settings, refusals: Refusals = newRefusals(settings.where, undefined, settings.onBadRow)): Transactions {
  const { where } = settings;
  const rows = sourceLength(sources[0]!);
  sources.forEach((source, i) => {
    if (sourceLength(source) === rows) return;
    const { column } = wanted[i]!;
    throw new ClienteleError('COLUMN_LENGTH', { where, column }, `column ${valueText(column)} has ${sourceLength(source)} rows, ${valueText(wanted[0]!.column)} has ${rows}.`, 'Give columns of equal length.');
  });
  if (rows === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one order.');
  return finishLog(wanted, convertedColumns(wanted, sources, settings, refusals), rows, refusals, settings);
}

/**
 * The columns of a log, or of part of one, refused rows still among them.
 *
 * @throws ClienteleError `VALUE_INVALID` for a bad row, unless it is to be skipped; `DATE_AMBIGUOUS`
 */
export function convertedColumns(wanted: readonly WantedColumn[], sources: readonly CellSource[], settings: Settings, refusals: Refusals): Column[] {
  const columns = wanted.map((column, i) => CONVERT[column.kind](sources[i]!, column, settings, (row, value, bad) => refusals.note(row, undefined, column.column, shown(value), bad)));
  refusals.settle();
  return columns;
}

function shown(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
}
