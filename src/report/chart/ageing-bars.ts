import { notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf } from '../../columns/index.js';
import type { Receivables } from '../../warnings/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { churnWords } from './churn-words.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';

/**
 * What is owed by days past due, money not yet due and overpaid invoices shown, so that the bars add up to the total.
 *
 * @param ledger a result of `receivables`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.ageingBars(receivables(invoices, { asOf: '2024-06-30', payments }));
 */
export function ageingBars(ledger: Receivables, options: ChartOptions = {}): Chart {
  const where = 'ageingBars';
  const setting = chartSetting(where, options);
  const words = churnWords(setting.language).ageing;
  if (typeof ledger !== 'object' || ledger === null || !isTable(ledger.ageing)) throw notThisResult(where, ledger, 'a result of receivables', 'Pass what receivables(invoices, { asOf }) returned.');
  const { ageing } = ledger;
  const [open, invoices] = [numbersOf(where, ageing, 'open'), numbersOf(where, ageing, 'invoices')];
  if (invoices.every((count) => count === 0)) return emptyChart(setting, words.title);
  const formats = formatsOf(setting.locale);
  const nameOf = (bucket: string): string => (bucket === 'not_due' || bucket === 'credit' ? words.names[bucket] : words.days(bucket));
  // Overpaid invoices are rare: their bar stands only where there are some.
  const rows = Array.from(open, (money, i) => ({ key: String(cellOf(ageing.column('bucket'), i)), open: Math.round(money * 100) / 100, invoices: invoices[i]! }))
    .filter(({ key, invoices: count }) => key !== 'credit' || count > 0)
    .map((row) => ({ ...row, bucket: nameOf(row.key), late: row.key === 'not_due' || row.key === 'credit' ? 0 : 1, top: Math.max(0, row.open), text: formats.count(row.open), say: `${nameOf(row.key)}: ${formats.count(row.open)} (${words.invoices} ${formats.count(row.invoices)})` }));
  const most = Math.max(0, ...rows.map((row) => row.open)), least = Math.min(0, ...rows.map((row) => row.open));
  const y = { field: 'open', type: 'quantitative', title: words.open, axis: { format: ',~r', tickCount: 5 }, scale: { domain: [least * 1.12, most * 1.12], nice: false } };
  return makeChart(setting, {
    title: words.title,
    subtitle: words.about(formats.count(ledger.totalOpen), formats.count(ledger.totalOverdue), formats.percent(ledger.overdueShare)),
    height: 360,
    values: ageing,
    view: {
      data: { values: rows },
      encoding: { x: { field: 'bucket', type: 'ordinal', sort: null, scale: { paddingInner: 0.25, paddingOuter: 0.15 }, title: words.bucket, axis: { labelAngle: 0, ticks: false, domain: false } } },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2, tooltip: true },
          encoding: {
            y, color: { field: 'late', type: 'nominal', scale: { domain: [0, 1], range: [COLORS.gray, COLORS.vermillion] }, legend: null }, description: { field: 'say', type: 'nominal' },
            tooltip: [{ field: 'bucket', title: words.bucket }, { field: 'open', title: words.open, format: ',.2f' }, { field: 'invoices', title: words.invoices, format: ',d' }],
          },
        },
        { mark: { type: 'text', dy: -6, baseline: 'bottom', color: COLORS.pale, tooltip: null, aria: false }, encoding: { y: { ...y, field: 'top' }, text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}
