import { checkWord, notThisResult } from '../../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../../columns/index.js';
import type { Retention } from '../../loyalty/index.js';
import { formatsOf } from '../format.js';
import { textWidth } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { loyaltyWords } from './loyalty-words.js';
import { DARK_FROM } from './theme.js';

/** How {@link retentionHeatmap} is drawn. */
export interface RetentionHeatmapOptions extends ChartOptions {
  /** `'customers'` (default) or `'revenue'` */
  readonly show?: 'customers' | 'revenue';
}

/** Most cohorts and offsets drawn. */
const MOST = 36;

/**
 * Retention by cohort as a heatmap: a row per cohort, a column per period since the first purchase.
 *
 * Cells of a period that is not over are pale. The latest 36 cohorts are drawn, and their first 36 periods; how many are left
 * out is said.
 *
 * @param kept a result of `retention`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.retentionHeatmap(retention(orders, { period: 'quarter' }));
 *
 * O(cells).
 */
export function retentionHeatmap(kept: Retention, options: RetentionHeatmapOptions = {}): Chart {
  const where = 'retentionHeatmap';
  const setting = chartSetting(where, options, ['show']);
  const money = checkWord(where, 'show', options.show ?? 'customers', ['customers', 'revenue']) === 'revenue';
  const { table, meta, rates } = checkRetention(where, kept);
  const words = loyaltyWords(setting.language).retention;
  const formats = formatsOf(setting.locale);
  const title = words.title(meta.kind, money);
  const cohorts = [...new Set(Array.from({ length: table.numRows }, (_, i) => String(cellOf(table.column('cohort'), i))))];
  const shown = cohorts.slice(-MOST);
  if (shown.length === 0) return emptyChart(setting, title);

  const column = (name: string): Float64Array => numbersOf(where, table, name);
  const [offset, size, active, rate, complete] = [column('offset'), column('size'), column('active'), column(money ? 'revenueRate' : 'rate'), column('complete')];
  const name = (cohort: string, customers: number): string => `${cohort}  (${formats.count(customers)})`;
  const first = new Map(Array.from(offset.keys()).filter((i) => offset[i] === 0).map((i) => [String(cellOf(table.column('cohort'), i)), size[i]!]));
  const rows = Array.from(offset.keys()).filter((i) => offset[i]! < MOST && !Number.isNaN(rate[i]!) && shown.includes(String(cellOf(table.column('cohort'), i))));
  const top = money ? Math.max(1, ...rows.filter((i) => offset[i]! > 0).map((i) => rate[i]!)) : 1;
  const values = rows.map((i) => {
    const cohort = String(cellOf(table.column('cohort'), i));
    return {
      cohort: name(cohort, first.get(cohort)!), offset: offset[i], size: size[i], active: active[i], rate: Number(rate[i]!.toFixed(4)), running: complete[i] === 0, dark: rate[i]! / top > DARK_FROM && complete[i] === 1,
      say: `${cohort}, ${offset[i]}: ${formats.percent(rate[i]!)}${complete[i] === 0 ? ` (${words.running})` : ''}`,
    };
  });
  const offsets = Array.from({ length: Math.max(...rows.map((i) => offset[i]!)) + 1 }, (_, j) => j);
  const names = shown.map((cohort) => name(cohort, first.get(cohort)!));
  const left = Math.max(...names.map((text) => textWidth(text, 12)));
  const fits = (setting.width - left - 40) / offsets.length >= 34;
  const axis = { domain: false, ticks: false, labelAngle: 0 };
  return makeChart(setting, {
    title,
    subtitle: words.about(formats.count(shown.length), meta.asOf, cohorts.length > shown.length ? formats.count(cohorts.length - shown.length) : undefined),
    height: 160 + 24 * shown.length,
    values: rates,
    view: {
      data: { values },
      encoding: {
        x: { field: 'offset', type: 'ordinal', title: words.since(meta.period), axis: { ...axis, orient: 'top' }, scale: { domain: offsets } },
        y: { field: 'cohort', type: 'ordinal', title: null, axis: { ...axis, labelLimit: 240 }, scale: { domain: names } },
      },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 1, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' }, opacity: { condition: { test: 'datum.running', value: 0.45 }, value: 1 },
            color: { field: 'rate', type: 'quantitative', scale: { domain: [0, top], clamp: true }, title: money ? words.revenueRate : words.rate, legend: { format: '.0%', orient: 'bottom', direction: 'horizontal', gradientLength: 260, tickCount: 5 } },
            tooltip: [{ field: 'cohort', title: words.cohort }, { field: 'offset', title: words.since(meta.period) }, { field: 'rate', title: money ? words.revenueRate : words.rate, format: '.1%' }, { field: 'active', title: words.size, format: ',d' }],
          },
        },
        ...(fits ? [{
          mark: { type: 'text', fontSize: 11, aria: false, tooltip: null },
          encoding: { text: { field: 'rate', type: 'quantitative', format: '.0%' }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' } },
        }] : []),
      ],
    },
  });
}

/**
 * Check that something is what `retention` returned.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkRetention(where: string, kept: unknown): Retention {
  const found = kept as Partial<Retention> | null;
  if (typeof found === 'object' && found !== null && isTable(found.table) && isTable(found.curve) && isTable(found.rates as Table | undefined) && found.meta !== undefined) return found as Retention;
  throw notThisResult(where, kept, 'a result of retention', 'Pass what retention(orders) returned.');
}
