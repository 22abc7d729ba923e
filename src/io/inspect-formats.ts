import type { CsvReadingOptions } from './csv-options.js';
import { newClock, NO_DATE } from './clock.js';
import { dateFormat, parseFormatted } from './date-format.js';
import { parseDate } from './parse-date.js';
import { timeZone } from './time-zone.js';

/** What a column's texts are, and the option that reads them. */
export interface ColumnFormat {
  readonly type: 'number' | 'date' | 'text' | 'empty';
  /** how it is written, for people: `'YYYY-MM-DD …'`, `'DD/MM/YYYY'`, `'1.234,5'` */
  readonly format: string;
  /** reading options these texts need; empty where the defaults read them */
  readonly options: Readonly<Partial<Pick<CsvReadingOptions, 'dateFormat' | 'decimal' | 'thousands' | 'currencySign'>>>;
  /** other date formats that fit as well: day and month cannot be told apart */
  readonly also: readonly string[];
}

const DAYS = ['DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY', 'DD-MM-YYYY', 'MM-DD-YYYY', 'DD/MM/YY', 'MM/DD/YY', 'DD.MM.YY', 'YYYY年MM月DD日', 'YYYY/DD/MM'];
const DATE_FORMATS: readonly string[] = DAYS.flatMap((day) => [day, `${day} HH:mm`, `${day} HH:mm:ss`]);

/** Share of the texts that must fit: a few bad rows do not hide what a column is. */
const MOST = 0.98;

/** What the texts of a column are: dates before numbers, as 20260131 is both; `looksLikeDate` says whether its name is one of a date. */
export function formatOfTexts(texts: readonly string[], looksLikeDate: boolean): ColumnFormat {
  if (texts.length === 0) return { type: 'empty', format: '', options: {}, also: [] };
  const digitsOnly = fits(texts, (text) => /^[+-]?\d+(\.\d+)?$/.test(text));
  if (!digitsOnly || looksLikeDate) {
    const date = dateFormatOf(texts);
    if (date !== undefined) return date;
  }
  return numberFormatOf(texts) ?? { type: 'text', format: 'text', options: {}, also: [] };
}

function dateFormatOf(texts: readonly string[]): ColumnFormat | undefined {
  const clock = newClock('day', timeZone('inspectCsv', 'UTC'));
  const encoder = new TextEncoder();
  const bytes = texts.map((text) => encoder.encode(text));
  if (fits(bytes, (one) => parseDate(one, 0, one.length, clock) !== NO_DATE)) {
    const plain = texts.every((text) => /^\d{4}-\d\d-\d\d$/.test(text)) ? 'YYYY-MM-DD' : /^\d+$/.test(texts[0]!) && texts[0]!.length !== 8 ? 'count since 1970' : texts[0]!.length > 10 ? 'date and time' : 'year first';
    return { type: 'date', format: plain, options: {}, also: [] };
  }
  const fitting = DATE_FORMATS.filter((format) => {
    const parsed = dateFormat('inspectCsv', format);
    return fits(bytes, (one) => parseFormatted(one, 0, one.length, parsed, clock) !== NO_DATE);
  });
  const [first, ...also] = fitting;
  // Where day and month cannot be told apart, nobody is to choose in silence.
  return first === undefined ? undefined : { type: 'date', format: [first, ...also].join(' or '), options: also.length === 0 ? { dateFormat: first } : {}, also };
}

type Marks = ColumnFormat['options'];

/** Ways to write numbers, the plain one first. */
const NUMBER_FORMATS: readonly (readonly [pattern: RegExp, format: string, options: Marks])[] = [
  [/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/, '1234.5', {}],
  [/^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/, '1,234.5', { thousands: ',' }],
  [/^[+-]?\d+(,\d+)?$/, '1234,5', { decimal: ',' }],
  [/^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/, '1.234,5', { decimal: ',', thousands: '.' }],
  [/^[+-]?(\d{1,3}([ \u00a0\u202f]\d{3})+|\d+)(,\d+)?$/, '1 234,5', { decimal: ',', thousands: ' ' }],
];

function numberFormatOf(texts: readonly string[]): ColumnFormat | undefined {
  // Zeros in front make it an id or a code.
  if (texts.some((text) => /^0\d/.test(text))) return undefined;
  const sign = currencySignOf(texts);
  const bare = sign === undefined ? texts : texts.map((text) => text.replace(sign, '').replace(/^([+-]?)\s+/, '$1').trim());
  const found = NUMBER_FORMATS.find(([pattern]) => fits(bare, (text) => pattern.test(text)));
  if (found === undefined) return undefined;
  return { type: 'number', format: sign === undefined ? found[1] : `${sign} ${found[1]}`, options: { ...found[2], ...(sign === undefined ? {} : { currencySign: sign }) }, also: [] };
}

function currencySignOf(texts: readonly string[]): string | undefined {
  const sign = /^[+-]?\s*(\p{Sc}|[A-Z]{3}|元)|(\p{Sc}|[A-Z]{3}|元)$/u.exec(texts.find((text) => /\d/.test(text)) ?? '');
  return sign?.[1] ?? sign?.[2];
}

function fits<T>(values: readonly T[], test: (value: T) => boolean): boolean {
  let fitting = 0;
  for (const value of values) if (test(value)) fitting++;
  return fitting >= values.length * MOST && fitting > 0;
}
