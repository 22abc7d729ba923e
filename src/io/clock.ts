import { dayNumber, UNITS_PER_DAY, type DateUnit } from '../core/index.js';
import type { Zone } from './time-zone.js';

/** What a date parser answers where the bytes are no date. */
export const NO_DATE = -0x80000000;

/** How points in time become the whole numbers of a date column. */
export interface Clock {
  readonly unit: DateUnit;
  readonly secondsPerUnit: number;
  /** where instants are cut to days, hours or minutes */
  readonly zone: Zone;
  /** set by the first instant: only then did the zone matter */
  sawInstant: boolean;
}

const SECONDS_PER_DAY = 86400;
const FIRST_DAY = dayNumber(1, 1, 1);
const LAST_DAY = dayNumber(9999, 12, 31);
const LARGEST = 0x7fffffff;

/** A clock that counts days, hours or minutes and cuts instants in a zone. */
export function newClock(unit: DateUnit, zone: Zone): Clock {
  return { unit, secondsPerUnit: SECONDS_PER_DAY / UNITS_PER_DAY[unit], zone, sawInstant: false };
}

/**
 * A calendar day and the seconds since its midnight, as a log's own clock shows them, in units.
 *
 * @returns {@link NO_DATE} outside the years 1 to 9999, or beyond what 32 bits count (year 6053 in minutes)
 */
export function wallClockUnits(clock: Clock, day: number, second: number): number {
  if (day < FIRST_DAY || day > LAST_DAY) return NO_DATE;
  if (clock.secondsPerUnit === SECONDS_PER_DAY) return day;
  const units = day * (SECONDS_PER_DAY / clock.secondsPerUnit) + Math.floor(second / clock.secondsPerUnit);
  return units > LARGEST ? NO_DATE : units;
}

/** An instant in units of the clock's zone; seconds since 1970-01-01T00:00Z, fractions allowed. */
export function instantUnits(clock: Clock, utcSeconds: number): number {
  const whole = Math.floor(utcSeconds);
  if (!(whole >= (FIRST_DAY - 1) * SECONDS_PER_DAY && whole <= (LAST_DAY + 2) * SECONDS_PER_DAY)) return NO_DATE;
  clock.sawInstant = true;
  const local = whole + clock.zone.offsetAt(whole);
  const day = Math.floor(local / SECONDS_PER_DAY);
  return wallClockUnits(clock, day, local - day * SECONDS_PER_DAY);
}
