/** The language a page speaks. */
export type Language = 'en' | 'zh';

/** How numbers of a page are written. */
export interface Formats {
  count(value: number): string;
  money(value: number): string;
  percent(share: number): string;
  days(value: number): string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' };

/** Number formats of a language; missing values are shown as a dash. */
export function formatsOf(language: Language): Formats {
  const locale = LOCALES[language];
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, minimumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const or = (format: Intl.NumberFormat) => (value: number): string => (Number.isFinite(value) ? format.format(value) : '–');
  return { count: or(count), money: or(money), percent: or(percent), days: or(count) };
}
