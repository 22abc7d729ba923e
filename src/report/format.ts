import { optionInvalid, valueText } from '../core/index.js';

/** The language a page or a chart speaks. */
export type Language = 'en' | 'zh';

/** How numbers of a page are written. */
export interface Formats {
  /** the locale in use, as the engine resolved it: `'de-DE'` */
  readonly locale: string;
  count(value: number): string;
  money(value: number): string;
  percent(share: number): string;
  days(value: number): string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' };

/**
 * The locale asked for, or the language's own.
 *
 * @param locale a BCP 47 tag: `'de-DE'`, `'zh-TW'`
 * @throws ClienteleError `OPTION_INVALID` for a tag that is malformed or that the engine does not know
 */
export function localeOf(where: string, language: Language, locale: unknown): string {
  if (locale === undefined) return LOCALES[language];
  const known = typeof locale === 'string' && locale !== '' ? supported(locale) : undefined;
  if (known === undefined) throw optionInvalid(where, 'locale', valueText(locale), "Use a language tag that exists, such as 'en-GB', 'de-DE' or 'zh-CN'.");
  return known;
}

function supported(locale: string): string | undefined {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale])[0];
  } catch (e) {
    if (e instanceof RangeError) return undefined;
    throw e;
  }
}

/**
 * Number formats of a locale; missing values are shown as a dash.
 *
 * @param currency the log's currency; where it is an ISO code (`'EUR'`) money is written with it
 */
export function formatsOf(locale: string, currency?: string): Formats {
  const code = currency !== undefined && /^[A-Za-z]{3}$/.test(currency) ? currency.toUpperCase() : undefined;
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const money = code === undefined
    ? new Intl.NumberFormat(locale, { maximumFractionDigits: 2, minimumFractionDigits: 2 })
    : new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const or = (format: Intl.NumberFormat) => (value: number): string => (Number.isFinite(value) ? format.format(value) : '–');
  return { locale, count: or(count), money: or(money), percent: or(percent), days: or(count) };
}

