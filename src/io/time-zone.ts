import { optionInvalid } from '../core/index.js';

/** A time zone: how many seconds its clocks are ahead of UTC at an instant. */
export interface Zone {
  readonly name: string;
  /** @param utcSeconds whole seconds since 1970-01-01T00:00Z */
  offsetAt(utcSeconds: number): number;
}

/** The offset over one UTC day: `before` until `change`, `after` from then on. */
interface DayOffset {
  readonly before: number;
  readonly change: number;
  readonly after: number;
}

const DAY = 86400;

/**
 * A time zone by its IANA name.
 *
 * Offsets come from `Intl` and are kept per UTC day, so that a million instants ask it a few hundred times; on a day
 * when clocks change the second of the change is found by halving, and instants on either side are exact.
 *
 * @throws ClienteleError `OPTION_INVALID` for a name `Intl` does not know
 */
export function timeZone(where: string, name: string): Zone {
  if (typeof name !== 'string') throw optionInvalid(where, 'timeZone', name, "Give an IANA name: 'Asia/Shanghai', 'Europe/Berlin', 'UTC'.");
  if (name === 'UTC') return { name, offsetAt: () => 0 };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    throw optionInvalid(where, 'timeZone', name, "Give an IANA name: 'Asia/Shanghai', 'Europe/Berlin', 'UTC'.");
  }
  const days = new Map<number, DayOffset>();
  let lastDay = NaN;
  let last: DayOffset = { before: 0, change: 0, after: 0 };
  return {
    name,
    offsetAt: (utcSeconds) => {
      const day = Math.floor(utcSeconds / DAY);
      if (day !== lastDay) {
        let known = days.get(day);
        if (known === undefined) days.set(day, (known = dayOffset(format, day)));
        lastDay = day;
        last = known;
      }
      return utcSeconds < last.change ? last.before : last.after;
    },
  };
}

/** The name of this machine's own zone. */
export function localZoneName(): string {
  return new Intl.DateTimeFormat('en-US').resolvedOptions().timeZone;
}

function dayOffset(format: Intl.DateTimeFormat, day: number): DayOffset {
  let early = day * DAY;
  let late = early + DAY;
  const before = intlOffset(format, early);
  const after = intlOffset(format, late);
  if (before === after) return { before, change: early, after };
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (intlOffset(format, middle) === before) early = middle;
    else late = middle;
  }
  return { before, change: late, after };
}

/** What the zone's clock shows at an instant, taken as UTC, less the instant. */
function intlOffset(format: Intl.DateTimeFormat, utcSeconds: number): number {
  const parts: Record<string, number> = {};
  let beforeChrist = false;
  for (const { type, value } of format.formatToParts(new Date(utcSeconds * 1000))) {
    if (type === 'era') beforeChrist = value.startsWith('B');
    else parts[type] = Number(value);
  }
  const shown = new Date(0);
  shown.setUTCFullYear(beforeChrist ? 1 - parts['year']! : parts['year']!, parts['month']! - 1, parts['day']!);
  shown.setUTCHours(parts['hour']!, parts['minute'], parts['second']);
  return shown.getTime() / 1000 - utcSeconds;
}
