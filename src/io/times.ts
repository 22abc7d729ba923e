import { ClienteleError, UNITS_PER_DAY, valueText, type DateUnit } from '../core/index.js';
import { validExcept, type DateColumn } from '../columns/index.js';
import { instantUnits, newClock, NO_DATE, wallClockUnits, type Clock } from './clock.js';
import type { WantedColumn } from './mapping.js';
import type { Settings } from './reading-options.js';
import type { NoteCell } from './cell-source.js';
import { localZoneName, timeZone, type Zone } from './time-zone.js';

/** Times of another format: milliseconds since 1970, rounded down, NaN = missing. */
export interface Times {
  readonly type: 'times';
  readonly data: Float64Array;
  /** true: instants, to be cut in a zone; false: what a wall clock showed */
  readonly zoned: boolean;
}

const DAY = 86400000;
/** Beyond it no `Date` counts, nor any zone. */
const LAST_TIME = 8.6e15;

/**
 * Times as dates of an order log, in the unit of its clock: instants are cut in its zone, wall-clock times keep their day.
 *
 * Without `timeZone`, instants that all lie on this machine's midnight and not on that of UTC are refused, as `Date`s
 * are: a program has made them of calendar days.
 *
 * @param note hears of times outside the years 1 to 9999 (6053 in minutes), which become missing; absent where they may
 * @throws ClienteleError `DATE_AMBIGUOUS`
 */
export function timesOfLog(times: Times, { column }: WantedColumn, { where, clock, zoneGiven }: Settings, note?: NoteCell): DateColumn {
  if (times.zoned && !zoneGiven) refuseLocalMidnights(where, column, times.data);
  const wall = (ms: number): number => wallClockUnits(clock, Math.floor(ms / DAY), (ms - Math.floor(ms / DAY) * DAY) / 1000);
  return inUnits(times, clock.unit, times.zoned ? instants(clock) : (ms) => dateOrNaN(wall(ms)), (row) => note?.(row, isoText(times.data[row]!), { code: 'VALUE_INVALID', reason: 'lies outside the years that can be counted', mend: 'Correct it at the source.' }));
}

/**
 * Times as a table's dates: days where all are midnights, else minutes, seconds cut off.
 *
 * @param zone where instants are cut; without it they must all lie on midnight in UTC
 * @param unit the unit they were written in, where that is known
 * @throws ClienteleError `DATE_AMBIGUOUS` for other instants; `VALUE_INVALID` for times that 32 bits cannot count (beyond the
 *   year 6053 in minutes), instants also outside the years 1 to 9999
 */
export function timesOfTable(where: string, column: string, times: Times, zone: Zone | undefined, unit?: DateUnit): DateColumn {
  const cutIn = zone ?? timeZone(where, 'UTC');
  const odd = times.data.findIndex((ms) => !isMidnight(ms, times.zoned ? cutIn : undefined));
  if (odd !== -1 && times.zoned && zone === undefined) {
    const instant = isoText(times.data[odd]!);
    throw new ClienteleError('DATE_AMBIGUOUS', { where, column, row: odd, value: instant, option: 'timeZone' }, `column ${valueText(column)} holds points in time, such as ${instant}, which are different days in different zones.`, `Say which zone is meant: ${where}(…, { timeZone: 'Europe/Berlin' }).`);
  }
  const count = unit ?? (odd === -1 ? 'day' : 'minute');
  const wall = (ms: number): number => Math.floor((ms * UNITS_PER_DAY[count]) / DAY);
  return inUnits(times, count, times.zoned ? instants(newClock(count, cutIn)) : (ms) => ((wall(ms) | 0) === wall(ms) ? wall(ms) : NaN), (row) => {
    const time = isoText(times.data[row]!);
    throw new ClienteleError('VALUE_INVALID', { where, column, row, value: time }, `column ${valueText(column)}, row ${row}: ${time} lies outside what can be counted in ${count}s.`, 'Correct it at the source, or leave the column out.');
  });
}

/** Instants in units of a clock, NaN outside the years 1 to 9999. */
function instants(clock: Clock): (ms: number) => number {
  return (ms) => dateOrNaN(instantUnits(clock, ms / 1000));
}

function dateOrNaN(units: number): number {
  return units === NO_DATE ? NaN : units;
}

/** @param unitsOf NaN for what cannot be counted */
function inUnits({ data: milliseconds }: Times, unit: DateUnit, unitsOf: (ms: number) => number, outside: (row: number) => void): DateColumn {
  const data = new Int32Array(milliseconds.length);
  const missing: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const ms = milliseconds[i]!;
    const units = Number.isNaN(ms) ? NaN : unitsOf(ms);
    data[i] = units;                             // NaN becomes 0, under a mask
    if (!Number.isNaN(units)) continue;
    if (!Number.isNaN(ms)) outside(i);
    missing.push(i);
  }
  return { type: 'date', data, ...(unit === 'day' ? {} : { unit }), ...(missing.length === 0 ? {} : { valid: validExcept(data.length, missing) }) };
}

/** True at midnight, in a zone or on the wall clock, and for what is missing. */
function isMidnight(ms: number, zone: Zone | undefined): boolean {
  if (Number.isNaN(ms)) return true;
  if (Math.abs(ms) > LAST_TIME) return false;
  return zone === undefined ? ms % DAY === 0 : (ms + 1000 * zone.offsetAt(Math.floor(ms / 1000))) % DAY === 0;
}

function refuseLocalMidnights(where: string, column: string, milliseconds: Float64Array): void {
  const example = milliseconds.findIndex((ms) => !isMidnight(ms, undefined));
  if (example === -1) return;
  const name = localZoneName();
  const zone = timeZone(where, name);
  if (!milliseconds.every((ms) => isMidnight(ms, zone))) return;
  const instant = isoText(milliseconds[example]!);
  throw new ClienteleError('DATE_AMBIGUOUS', { where, column, row: example, option: 'timeZone', value: instant },
    `column ${valueText(column)} holds instants at midnight of this machine's zone (${name}), such as ${instant}: calendar days made into instants.`,
    `Pass timeZone: '${name}' to have those days back, or timeZone: 'UTC' if they are instants to be cut in UTC.`);
}

/** A time as a message shows it. */
function isoText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms since 1970` : date.toISOString();
}
