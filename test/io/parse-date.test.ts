import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { newClock, NO_DATE, type Clock } from '../../src/io/clock.js';
import { dateFormat, parseFormatted } from '../../src/io/date-format.js';
import { explainDate } from '../../src/io/explain-date.js';
import { parseDate } from '../../src/io/parse-date.js';
import { timeZone } from '../../src/io/time-zone.js';

const encoder = new TextEncoder();
const clock = (unit: 'day' | 'hour' | 'minute' = 'day', zone = 'UTC'): Clock => newClock(unit, timeZone('test', zone));
/** Padded, so that a parser that looks beyond its field is found out. */
const parse = (text: string, on: Clock = clock()): number => {
  const bytes = encoder.encode(`-${text}-01`);
  return parseDate(bytes, 1, bytes.length - 3, on);
};
const formatted = (text: string, format: string, on: Clock = clock()): number => {
  const bytes = encoder.encode(`1${text}1`);
  return parseFormatted(bytes, 1, bytes.length - 1, dateFormat('test', format), on);
};
const day = (text: string): number => Date.parse(`${text}T00:00Z`) / 86400000;

describe('parseDate', () => {
  it.each(['2024-01-31', '2024/01/31', '2024.01.31', '20240131', '2024-1-31', '2024/1/31', ' 2024-01-31 ', '2024-01-31T10:15', '2024-01-31 10:15:30', '2024-01-31T10:15:30.123456', '2024-01-31 9:05', '2024/1/31 9:05:00',
    '2024-01-31T10:15:30Z', '2024-01-31 10:15:30 UTC', '2024-01-31T10:15:30.5+00:00', '2024-01-31T10:15:30+0000', '2024-01-31 10:15:30+00', '2024-01-31t10:15:30z', '1706696130', '1706696130000', '+1706696130'])('reads %s', (text) => {
    expect(parse(text)).toBe(day('2024-01-31'));
  });
  it.each(['2024-02-30', '2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-01-00', '2024-01-32', '2024-04-31', '20240230', '0000-01-01', '2024-01', '2024', '202401', '2024-01-31x', '2024-01/31', '2024-01-31T', '2024-01-31T25:00', '2024-01-31T10:60',
    '2024-01-31T10:15:60', '2024-01-31T10', '2024-01-31 10:15 PM', '2024-01-31T10:15:30.', '2024-01-31T10:15+', '2024-01-31T10:15+1', '2024-01-31T10:15+25:00', '2024-01-31Z', '31/12/2024', '1.2.2024', '01-02-24', 'yesterday', '', ' ', '12345', '45292', '12345678901', '--1706696130', '2024-+1-01', '2024 01 31', '２０２４-01-31'])('refuses %j', (text) => {
    expect(parse(text)).toBe(NO_DATE);
  });
  it('knows every day from the year 1 to 9999, and no other', () => {
    const at = new Date(0);
    for (let year = 1; year <= 9999; year += year < 1890 || year > 2170 ? 97 : 1) {
      for (let month = 1; month <= 12; month++) {
        at.setUTCFullYear(year, month, 0);
        const days = at.getUTCDate();
        for (const date of [1, 28, days, days + 1]) {
          at.setUTCFullYear(year, month - 1, date);
          const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
          expect(parse(text), text).toBe(date > days ? NO_DATE : at.getTime() / 86400000);
        }
      }
    }
  });
  it('keeps the day of a time without offset, whatever the zone', () => {
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/Los_Angeles']) {
      const on = clock('day', zone);
      expect(parse('2024-01-31 23:59:59', on)).toBe(day('2024-01-31'));
      expect(on.sawInstant).toBe(false);
    }
  });
  it('cuts instants in the zone', () => {
    expect(parse('2024-01-31T23:30:00Z', clock('day', 'Asia/Shanghai'))).toBe(day('2024-02-01'));
    expect(parse('2024-01-31T23:30:00-05:00')).toBe(day('2024-02-01'));
    expect(parse('2024-01-31T00:30:00+0100')).toBe(day('2024-01-30'));
    expect(parse('2024-02-01T02:00:00Z', clock('day', 'America/New_York'))).toBe(day('2024-01-31'));
    const on = clock('day', 'Asia/Shanghai');
    parse('1706716800', on);
    expect(on.sawInstant).toBe(true);
  });
  it('tells counts since 1970 by their digits: 9 or 10 seconds, 12 or 13 milliseconds', () => {
    expect(parse('100000000')).toBe(1157);
    expect(parse('-100000000')).toBe(-1158);
    expect(parse('100000000000')).toBe(1157);
    expect(parse('-1706696130000')).toBe(-19754);
  });
  it('counts hours and minutes when asked, and refuses what 32 bits of minutes cannot count', () => {
    expect(parse('1970-01-02 03:59:59', clock('hour'))).toBe(27);
    expect(parse('1970-01-02 03:59:59', clock('minute'))).toBe(27 * 60 + 59);
    expect(parse('1969-12-31 23:59', clock('minute'))).toBe(-1);
    expect(parse('1970-01-02', clock('hour'))).toBe(24);
    expect(parse('6053-01-01', clock('minute'))).toBe(Date.UTC(6053, 0, 1) / 60000);
    expect(parse('6054-01-01', clock('minute'))).toBe(NO_DATE);
  });

  const instants = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-30'), noInvalidDate: true });
  it('agrees with Date over random instants, in every form', () => fc.assert(fc.property(instants, fc.constantFrom<'day' | 'hour' | 'minute'>('day', 'hour'), (at, unit) => {
    const units = Math.floor(at.getTime() / (unit === 'day' ? 86400000 : 3600000));
    const iso = at.toISOString();
    for (const text of [iso, iso.replace('T', ' '), iso.replace(/\.\d+Z/, ' +00:00'), iso.slice(0, -1)]) expect(parse(text, clock(unit))).toBe(units);
    expect(formatted(String(at.getTime()), 'epoch-ms', clock(unit))).toBe(units);
    expect(formatted(String(at.getTime() / 1000), 'epoch-s', clock(unit))).toBe(units);
  })));
});

describe('timeZone', () => {
  const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Monrovia', 'Asia/Kathmandu'];
  const shown = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })]));

  it('agrees with Intl over random instants, summer time and odd offsets included', () => fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }), (zone, seconds) => {
    const [date, time] = shown.get(zone)!.format(new Date(seconds * 1000)).split(' ') as [string, string];
    expect(seconds + timeZone('test', zone).offsetAt(seconds)).toBe(Date.parse(`${date}T${time}Z`) / 1000);
  }), { numRuns: 400 }));
  it('agrees with Intl at every quarter hour around a change of clocks', () => {
    for (const [zone, change] of [['Europe/Berlin', '2024-03-31T01:00Z'], ['America/New_York', '2024-11-03T06:00Z'], ['Australia/Lord_Howe', '2024-04-06T15:00Z'], ['Pacific/Apia', '2011-12-30T10:00Z']] as const) {
      const at = timeZone('test', zone);
      for (let seconds = Date.parse(change) / 1000 - 90000; seconds < Date.parse(change) / 1000 + 90000; seconds += 899) {
        const [date, time] = shown.get(zone)!.format(new Date(seconds * 1000)).split(' ') as [string, string];
        expect(seconds + at.offsetAt(seconds)).toBe(Date.parse(`${date}T${time}Z`) / 1000);
      }
    }
  });
  it('keeps Berlin orders around midnight on their day, summer and winter', () => {
    const berlin = clock('day', 'Europe/Berlin');
    expect(parse('2024-06-30T22:30:00Z', berlin)).toBe(day('2024-07-01'));
    expect(parse('2024-01-30T22:30:00Z', berlin)).toBe(day('2024-01-30'));
    expect(parse('2024-03-30T23:30:00Z', berlin)).toBe(day('2024-03-31'));
    expect(parse('2024-03-31T22:30:00Z', berlin)).toBe(day('2024-04-01'));
  });
  it('refuses a zone that is not there', () => {
    expect(() => timeZone('readCsv', 'Mars/Olympus')).toThrow("option timeZone is \"Mars/Olympus\". Give an IANA name: 'Asia/Shanghai'");
  });
});

describe('dateFormat', () => {
  it.each([
    ['31/12/2024', 'DD/MM/YYYY', '2024-12-31'], ['1.2.2024', 'DD.MM.YYYY', '2024-02-01'], ['12/31/24', 'MM/DD/YY', '2024-12-31'], ['31.12.68', 'DD.MM.YY', '2068-12-31'], ['31.12.69', 'DD.MM.YY', '1969-12-31'],
    ['311224', 'DDMMYY', '2024-12-31'], ['31122024', 'DDMMYYYY', '2024-12-31'], ['2024年1月5日', 'YYYY年MM月DD日', '2024-01-05'], ['31/12/2024 9:05', 'DD/MM/YYYY HH:mm', '2024-12-31'],
    ['20241231235959', 'YYYYMMDDHHmmss', '2024-12-31'], ['2024-12-31T23:59:59.999', 'YYYY-MM-DDTHH:mm:ss', '2024-12-31'], [' 31/12/2024 ', 'DD/MM/YYYY', '2024-12-31'],
  ])('reads %s by %s', (text, format, expected) => {
    expect(formatted(text, format)).toBe(day(expected));
  });
  it.each([['31/12/2024', 'MM/DD/YYYY'], ['30/02/2024', 'DD/MM/YYYY'], ['31/12/2024 10:00', 'DD/MM/YYYY'], ['31-12-2024', 'DD/MM/YYYY'], ['31/12/24', 'DD/MM/YYYY'], ['1122024', 'DDMMYYYY'], ['01/01/2024 24:00', 'DD/MM/YYYY HH:mm'], ['', 'DD/MM/YYYY'], ['abc', 'epoch-s'], ['1e400', 'epoch-s']])('refuses %s by %s', (text, format) => {
    expect(formatted(text, format)).toBe(NO_DATE);
  });
  it.each(['dd/mm/yyyy', 'YYYY-MM', 'DD/MM', 'YYYY-MM-DD-DD', 'YYYY-MM-DD hh:mm', 'MM/DD/YYYY mm', 'YYYY-DD-MMM', 'iso', '', 'D/M/YYYY'])('refuses the format %j with the tokens there are', (format) => {
    expect(() => dateFormat('readCsv', format)).toThrow('YYYY or YY, MM, DD, HH, mm, ss');
  });
  it('reads what it writes, over random dates and marks', () => fc.assert(fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), fc.constantFrom('/', '.', '-', ' ', ', '), (at, mark) => {
    const [y, m, d] = at.toISOString().slice(0, 10).split('-') as [string, string, string];
    expect(formatted([d, m, y].join(mark), ['DD', 'MM', 'YYYY'].join(mark))).toBe(Math.floor(at.getTime() / 86400000));
    expect(formatted([Number(m), Number(d), y].join(mark), ['MM', 'DD', 'YYYY'].join(mark))).toBe(Math.floor(at.getTime() / 86400000));
  })));
});

describe('explainDate', () => {
  const explain = (text: string, format?: string): { code: string; reason: string; mend: string } => explainDate(text, format === undefined ? undefined : dateFormat('test', format), clock());
  it.each([
    ['31/12/2024', "Pass dateFormat: 'DD/MM/YYYY'."],
    ['12/31/2024', "Pass dateFormat: 'MM/DD/YYYY'."],
    ['1.2.2024', "Pass dateFormat: 'DD.MM.YYYY' or dateFormat: 'MM.DD.YYYY'."],
    ['31-12-24', "Pass dateFormat: 'DD-MM-YY' or dateFormat: 'YY-MM-DD'."],
    ['31/12/2024 10:15', "Pass dateFormat: 'DD/MM/YYYY HH:mm'."],
    ['3/4/2024 9:05:10', "Pass dateFormat: 'DD/MM/YYYY HH:mm:ss' or dateFormat: 'MM/DD/YYYY HH:mm:ss'."],
  ])('%s: %s', (text, mend) => {
    expect(explain(text)).toMatchObject({ code: 'DATE_AMBIGUOUS', mend });
  });
  it.each([
    ['2024-02-30', 'is not a date: February 2024 has 29 days'], ['2023-02-29', 'is not a date: February 2023 has 28 days'], ['20240431', 'is not a date: April 2024 has 30 days'], ['2024-13-01', 'is not a date: there is no month 13'],
    ['45292', "looks like a spreadsheet's day number"], ['2024-01-31 10:15 PM', 'is not a date that can be read to its end'], ['1/2/2024 10:15 PM', 'is a twelve-hour time'], ['yesterday', 'is not a date'], ['1234567', 'is a number, and not 8'],
  ])('%s %s', (text, reason) => {
    expect(explain(text).code).toBe('VALUE_INVALID');
    expect(explain(text).reason).toContain(reason);
  });
  it('says what to add where a format ends too early', () => {
    expect(explain('31/12/2024 10:15', 'DD/MM/YYYY').mend).toBe("Pass dateFormat: 'DD/MM/YYYY HH:mm'.");
    expect(explain('31/13/2024', 'DD/MM/YYYY').reason).toBe("is not a date in dateFormat 'DD/MM/YYYY'");
  });
});
