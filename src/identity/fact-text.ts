import { cellOf, type Column } from '../columns/index.js';
import type { FactFormat } from './view-parts.js';

const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;

/**
 * How facts are written for people: money with two decimals, shares as percent with one, other numbers with four at most
 * (two from 10 on). A number that this would make zero is written with its first two digits. Text as it is.
 */
export function factWriter(labels: 'en' | 'zh'): (format: FactFormat, column: Column, row: number) => string {
  const locale = LOCALES[labels];
  const made = (options: Intl.NumberFormatOptions): Intl.NumberFormat => new Intl.NumberFormat(locale, options);
  const two = { maximumSignificantDigits: 2 };
  const [money, percent, small, large] = [made({ minimumFractionDigits: 2, maximumFractionDigits: 2 }), made({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }), made({ maximumFractionDigits: 4 }), made({ maximumFractionDigits: 2 })];
  const [plainFew, percentFew] = [made(two), made({ style: 'percent', ...two })];
  return (format, column, row) => {
    const value = cellOf(column, row);
    if (typeof value !== 'number' || format === 'text') return String(value);
    if (format === 'percent') return (value === 0 || Math.abs(value) >= 0.0005 ? percent : percentFew).format(value);
    if (format === 'money') return (value === 0 || Math.abs(value) >= 0.005 ? money : plainFew).format(value);
    return (Math.abs(value) >= 10 ? large : value === 0 || Math.abs(value) >= 0.00005 ? small : plainFew).format(value);
  };
}
