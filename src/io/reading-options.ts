import { checkKeys, checkWord, optionInvalid, type DateUnit } from '../core/index.js';
import { newClock, type Clock } from './clock.js';
import { dateFormat, type DateFormat } from './date-format.js';
import { missingWords, type MissingWords } from './missing-words.js';
import { numberFormat, type DecimalMark, type NumberFormat, type ThousandsMark } from './number-format.js';
import { timeZone } from './time-zone.js';

/** How the values of an order log are read; the same for every door. */
export interface ReadingOptions {
  /** decimal mark of numbers written as text: `'.'` (default) or `','` */
  readonly decimal?: DecimalMark;
  /** mark between groups of three digits; none by default. A space also stands for no-break and narrow spaces. */
  readonly thousands?: ThousandsMark;
  /** text allowed before or behind numbers: `'€'`, `'USD'`; none by default */
  readonly currencySign?: string;
  /**
   * words for "no value", compared without the spaces around them;
   * `['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', '\\N']` by default. Empty is always missing. A row without
   * customer, date or amount is a bad row.
   */
  readonly missing?: readonly string[];
  /**
   * How dates are written, where they do not begin with the year: `YYYY` or `YY` (1969 to 2068), `MM`, `DD`, `HH`,
   * `mm`, `ss` and what stands between them, as in `'DD/MM/YYYY'`; or `'epoch-s'`, `'epoch-ms'`.
   */
  readonly dateFormat?: string;
  /** IANA name of the zone in which instants (times with an offset, counts since 1970, `Date`s) become days; UTC by default */
  readonly timeZone?: string;
  /** what dates count: `'day'` (default), `'hour'` or `'minute'` */
  readonly resolution?: DateUnit;
  /** what to do with a row that cannot be used: `'throw'` (default), or `'skip'` it, count it and keep the first few with their reasons */
  readonly onBadRow?: 'throw' | 'skip';
  /** statuses whose rows are left out, any case; `CANCELLED_STATUSES` by default. Needs the role `status`. */
  readonly cancelled?: readonly string[];
  /** where the rows came from, as results and messages name it; a file's own name by default */
  readonly source?: string;
}

/** Names of the options every door takes. */
export const READING_OPTIONS: readonly string[] = ['decimal', 'thousands', 'currencySign', 'missing', 'dateFormat', 'timeZone', 'resolution', 'onBadRow', 'cancelled', 'source'];

/** Reading options, checked and made ready for the loops. */
export interface Settings {
  /** the public function */
  readonly where: string;
  readonly numbers: NumberFormat;
  readonly missing: MissingWords;
  /** undefined: dates are recognized by themselves */
  readonly dateFormat: DateFormat | undefined;
  readonly clock: Clock;
  /** whether the caller chose the zone */
  readonly zoneGiven: boolean;
  readonly onBadRow: 'throw' | 'skip';
  readonly cancelled: readonly string[] | undefined;
  /** where the rows came from, for people */
  readonly source: string;
}

/**
 * Check the reading options.
 *
 * @param source name of the source where the options give none
 * @param known further options of the door
 * @throws ClienteleError `OPTION_INVALID`, also for an unknown option
 */
export function readingSettings(where: string, options: ReadingOptions, source: string, known: readonly string[] = []): Settings {
  if (typeof options !== 'object' || options === null) throw optionInvalid(where, 'options', options, "Pass an object: { dateFormat: 'DD/MM/YYYY' }.");
  checkKeys(where, options, [...READING_OPTIONS, ...known]);
  const { cancelled } = options;
  if (cancelled !== undefined && (!Array.isArray(cancelled) || cancelled.some((word) => typeof word !== 'string'))) {
    throw optionInvalid(where, 'cancelled', cancelled, "Give a list of statuses: cancelled: ['cancelled', 'returned'].");
  }
  if (options.source !== undefined && typeof options.source !== 'string') throw optionInvalid(where, 'source', options.source, 'Give a name as text.');
  return {
    where,
    numbers: numberFormat(where, options),
    missing: missingWords(where, options.missing),
    dateFormat: options.dateFormat === undefined ? undefined : dateFormat(where, options.dateFormat),
    clock: newClock(checkWord(where, 'resolution', options.resolution ?? 'day', ['day', 'hour', 'minute'] as const), timeZone(where, options.timeZone ?? 'UTC')),
    zoneGiven: options.timeZone !== undefined,
    onBadRow: checkWord(where, 'onBadRow', options.onBadRow ?? 'throw', ['throw', 'skip'] as const),
    cancelled,
    source: options.source ?? source,
  };
}
