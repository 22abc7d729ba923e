import { cellOf, type Column } from '../columns/index.js';
import type { FactFormat } from './view-parts.js';

const LOCALES = { en: 'en-US', zh: 'zh-CN' } as const;

/** The least share that one decimal of a percent shows. */
const LEAST_SHARE = 0.0005;

/**
 * How facts are written for people: money with two decimals, shares as percent with one (`<0.1%` where that would be none),
 * other numbers with four at most, two from 10 on. Text as it is.
 */
export function factWriter(labels: 'en' | 'zh'): (format: FactFormat, column: Column, row: number) => string {
  const made = (least: number, most: number, style: 'decimal' | 'percent' = 'decimal'): Intl.NumberFormat => new Intl.NumberFormat(LOCALES[labels], { style, minimumFractionDigits: least, maximumFractionDigits: most });
  const [money, percent, small, large] = [made(2, 2), made(1, 1, 'percent'), made(0, 4), made(0, 2)];
  return (format, column, row) => {
    const value = cellOf(column, row);
    if (typeof value !== 'number' || format === 'text') return String(value);
    if (format === 'money') return money.format(value);
    if (format === 'percent') return value > 0 && value < LEAST_SHARE ? `<${percent.format(0.001)}` : percent.format(value);
    return (Math.abs(value) >= 10 ? large : small).format(value);
  };
}
