import type { DateUnit } from '../core/index.js';
import type { Column } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import { isColumn, type CellSource } from './cell-source.js';
import { columnsToLog, convertedColumns } from './columns-to-log.js';
import { cellsColumn } from './foreign-cells.js';
import type { WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';
import { newRefusals, type Refusals } from './refusals.js';
import type { Zone } from './time-zone.js';
import { timesOfLog, timesOfTable, type Times } from './times.js';

/** What a column of Parquet or Arrow holds: a column of ours, times that still are to become dates, or cells. */
export type ForeignValues = CellSource | Times;

/** True for times. */
export function isTimes(values: ForeignValues): values is Times {
  return !Array.isArray(values) && (values as Column | Times).type === 'times';
}

/**
 * The order log of foreign values, one for every column wanted.
 *
 * @param file for messages
 * @throws ClienteleError as `fromColumns`
 */
export function valuesToLog(wanted: readonly WantedColumn[], values: readonly ForeignValues[], settings: Settings, file?: string): Transactions {
  const refusals = newRefusals(settings.where, file, settings.onBadRow);
  return columnsToLog(wanted, sourcesOf(wanted, values, settings, refusals), settings, refusals);
}

/**
 * The columns of foreign values that are part of a log, refused rows still among them.
 *
 * @throws ClienteleError as `fromColumns`
 */
export function valuesToColumns(wanted: readonly WantedColumn[], values: readonly ForeignValues[], settings: Settings, refusals: Refusals): Column[] {
  return convertedColumns(wanted, sourcesOf(wanted, values, settings, refusals), settings, refusals);
}

function sourcesOf(wanted: readonly WantedColumn[], values: readonly ForeignValues[], settings: Settings, refusals: Refusals): CellSource[] {
  return wanted.map((column, i) => {
    const own = values[i]!;
    if (!isTimes(own)) return own;
    // What is carried may be missing; a row without its date is a bad row.
    return timesOfLog(own, column, settings, column.role === 'date' ? (row, value, bad) => refusals.note(row, undefined, column.column, value, bad) : undefined);
  });
}

/**
 * Foreign values as a table's column.
 *
 * @param zone where instants are cut; without it they must lie on midnight in UTC
 * @param unit the unit that dates were written in, where that is known
 * @throws ClienteleError `DATE_AMBIGUOUS`; `VALUE_INVALID` for what is no column of ours
 */
export function valuesToColumn(where: string, name: string, values: ForeignValues, zone: Zone | undefined, unit: DateUnit | undefined): Column {
  if (isTimes(values)) return timesOfTable(where, name, values, zone, unit);
  return isColumn(values) ? values : cellsColumn(where, name, values);
}
