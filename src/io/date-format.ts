import { optionInvalid } from '../core/index.js';
import { afterSpaces, beforeSpaces, POINT, ZERO } from './bytes.js';
import { instantUnits, NO_DATE, wallClockUnits, type Clock } from './clock.js';
import { dayOf } from './parse-date.js';
import { parseNumber } from './parse-number.js';

/** A date format, taken apart. */
export interface DateFormat {
  readonly text: string;
  readonly steps: readonly Step[];
  readonly shortYear: boolean;
  /** seconds or milliseconds since 1970 instead of steps */
  readonly secondsPerCount: number | undefined;
}

/** A number to read, or text that must stand there. */
interface Step {
  /** index into {@link TOKENS}; -1 for literal text */
  readonly token: number;
  readonly least: number;
  readonly most: number;
  readonly literal: Uint8Array;
}

const TOKENS = ['YYYY', 'YY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;
const [FULL_YEAR, SHORT_YEAR, MONTH, DAY, HOUR, MINUTE, SECOND] = [0, 1, 2, 3, 4, 5, 6] as const;      // places in TOKENS
const NOTHING = new Uint8Array(0);
const HELP = "Write it with YYYY or YY, MM, DD, HH, mm, ss and what stands between them, as in 'DD/MM/YYYY' or 'MM/DD/YY HH:mm', or say 'epoch-s' or 'epoch-ms'.";

/**
 * Take a date format apart.
 *
 * `YY` is 1969 to 2068. A month, day, hour, minute or second may have one digit where something other than a digit
 * follows. Any letter but `T` and those of the tokens is refused, so that `dd/mm/yyyy` is not taken for text.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function dateFormat(where: string, text: string): DateFormat {
  if (text === 'epoch-s' || text === 'epoch-ms') return { text, steps: [], shortYear: false, secondsPerCount: text === 'epoch-s' ? 1 : 0.001 };
  const parts = typeof text === 'string' ? text.match(/YYYY|YY|MM|DD|HH|mm|ss|[^A-Za-z]+|T|./g) ?? [] : [];
  const tokens = parts.map((part) => (TOKENS as readonly string[]).indexOf(part));
  const times = (token: number): number => tokens.filter((t) => t === token).length;
  const once = times(FULL_YEAR) + times(SHORT_YEAR) === 1 && times(MONTH) === 1 && times(DAY) === 1 && times(HOUR) <= 1 && times(MINUTE) <= times(HOUR) && times(SECOND) <= times(MINUTE);
  if (!once || parts.some((part, k) => tokens[k] === -1 && part !== 'T' && /[A-Za-z0-9]/.test(part))) throw optionInvalid(where, 'dateFormat', text, HELP);
  const steps = parts.map((part, k): Step => {
    const token = tokens[k]!;
    if (token === -1) return { token, least: 0, most: 0, literal: new TextEncoder().encode(part) };
    if (token === FULL_YEAR) return { token, least: 4, most: 4, literal: NOTHING };
    const digitFollows = (tokens[k + 1] ?? -1) !== -1;
    return { token, least: digitFollows || token === SHORT_YEAR ? 2 : 1, most: 2, literal: NOTHING };
  });
  return { text, steps, shortYear: times(SHORT_YEAR) === 1, secondsPerCount: undefined };
}

const found = new Int32Array(TOKENS.length);

/**
 * The date that the bytes spell in a format, in units of the clock; a date of a format is what the log's clock showed,
 * a count since 1970 an instant.
 *
 * @returns {@link NO_DATE} where the bytes do not fit, or the calendar has no such day
 */
export function parseFormatted(bytes: Uint8Array, spacedFrom: number, spacedTo: number, format: DateFormat, clock: Clock): number {
  if (format.secondsPerCount !== undefined) return parseEpoch(bytes, spacedFrom, spacedTo, format.secondsPerCount, clock);
  const to = beforeSpaces(bytes, spacedFrom, spacedTo);
  let at = afterSpaces(bytes, spacedFrom, to);
  found.fill(0);
  for (const step of format.steps) {
    at = step.token === -1 ? skipLiteral(bytes, at, to, step.literal) : takeNumber(bytes, at, to, step);
    if (at < 0) return NO_DATE;
  }
  // Behind seconds a fraction may stand; it is left off.
  if (at < to && bytes[at] === POINT && format.steps.at(-1)!.token === SECOND) {
    at++;
    while (at < to && isDigit(bytes[at]!)) at++;
  }
  if (at !== to || found[HOUR]! > 23 || found[MINUTE]! > 59 || found[SECOND]! > 59) return NO_DATE;
  const short = found[SHORT_YEAR]!;
  const year = format.shortYear ? short + (short < 69 ? 2000 : 1900) : found[FULL_YEAR]!;
  const day = dayOf(year, found[MONTH]!, found[DAY]!);
  return day === NO_DATE ? NO_DATE : wallClockUnits(clock, day, found[HOUR]! * 3600 + found[MINUTE]! * 60 + found[SECOND]!);
}

function parseEpoch(bytes: Uint8Array, from: number, to: number, secondsPerCount: number, clock: Clock): number {
  const count = parseNumber(bytes, from, to, POINT);
  return Number.isFinite(count) ? instantUnits(clock, secondsPerCount === 1 ? count : count / 1000) : NO_DATE;
}

function skipLiteral(bytes: Uint8Array, from: number, to: number, literal: Uint8Array): number {
  if (to - from < literal.length) return -1;
  for (let i = 0; i < literal.length; i++) if (bytes[from + i] !== literal[i]) return -1;
  return from + literal.length;
}

function takeNumber(bytes: Uint8Array, from: number, to: number, step: Step): number {
  let at = from;
  let value = 0;
  while (at < to && at - from < step.most && isDigit(bytes[at]!)) value = value * 10 + bytes[at++]! - ZERO;
  found[step.token] = value;
  return at - from < step.least ? -1 : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}
