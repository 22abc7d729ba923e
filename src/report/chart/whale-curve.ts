import { notThisResult } from '../../core/index.js';
import { isTable } from '../../columns/index.js';
import type { WhaleCurve } from '../../profit/index.js';
import { formatsOf } from '../format.js';
import { textWidth } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { moneyWords } from './money-words.js';
import { COLORS } from './theme.js';

/**
 * The whale curve: profit added up over customers, the most profitable first, in percent of the total, or in money where
 * the total is not above 0. It rises above the total and comes back down by what unprofitable customers cost.
 *
 * @param whale what `whaleCurve` of the room profit returned
 * @throws ClienteleError `VALUE_INVALID` for anything else; `OPTION_INVALID`
 * @example
 * charts.whaleCurve(whaleCurve(profitability(customers, { costToServe: served }).table));
 */
export function whaleCurve(whale: WhaleCurve, options: ChartOptions = {}): Chart {
  const where = 'whaleCurve';
  const setting = chartSetting(where, options);
  const { whale: words, between } = moneyWords(setting.language);
  if (typeof whale !== 'object' || whale === null || !isTable(whale.curve) || !whale.curve.has('percent')) throw notThisResult(where, whale, 'a result of whaleCurve', 'Pass whaleCurve(profits) of clientele/profit.');
  const { curve, peak, negative, total, customers } = whale;
  const formats = formatsOf(setting.locale);
  const percent = total > 0;
  const field = percent ? 'percent' : 'profit';
  const round = (value: number): number => Math.round(value * 100) / 100;
  const top = { customers: peak.share, [field]: round(peak[field]) };
  const steps = curve.toRows().map((row) => ({ customers: Number(row['customers']), [field]: round(Number(row[field])) }));
  // The peak seldom falls on a step of the curve.
  const points = [...steps.filter((step) => step.customers !== peak.share), top].sort((a, b) => a.customers! - b.customers!);
  const most = Math.max(...points.map((point) => point[field]!), 0);
  const least = Math.min(...points.map((point) => point[field]!), 0);
  const x = { field: 'customers', type: 'quantitative', title: words.customers, axis: { format: '.0%', tickCount: 5 }, scale: { domain: [0, 1] } };
  const y = { field, type: 'quantitative', stack: null, title: percent ? words.percent : words.profit, axis: { format: ',~r', tickCount: 6 }, scale: { domain: [least, (most > 0 ? most : 1) * 1.12], nice: false } };
  const says = words.peak(formats.percent(peak.share), percent ? formats.percent(peak.percent / 100) : formats.money(peak.profit));
  const room = (setting.width - 80) * (1 - peak.share);
  const side = textWidth(says, 12, true) > room ? { align: 'right', dx: room } : { align: 'left', dx: 10 };
  return makeChart(setting, {
    title: words.title,
    subtitle: `${setting.words.asOf(undefined, formats.count(customers))}${between}${negative.customers === 0 ? words.none : words.end(formats.count(negative.customers), formats.money(-negative.profit))}`,
    height: 400,
    values: curve,
    view: {
      data: { values: points },
      encoding: { x, y },
      layer: [
        { data: { values: [{ [field]: percent ? 100 : total }] }, mark: { type: 'rule', strokeDash: [4, 4], color: '#8c959f', tooltip: null, aria: false }, encoding: { x: null, y } },
        { mark: { type: 'area', color: COLORS.blue, opacity: 0.12, line: false, tooltip: null, aria: false } },
        { mark: { type: 'line', color: COLORS.blue, strokeWidth: 2.5, tooltip: null, description: says } },
        { mark: { type: 'point', opacity: 0, size: 160, tooltip: true, aria: false }, encoding: { tooltip: [{ field: 'customers', title: words.customers, format: '.0%' }, { field, title: percent ? words.percent : words.profit, format: ',.1f' }] } },
        { data: { values: [top] }, mark: { type: 'point', filled: true, size: 70, color: COLORS.vermillion, opacity: 1, tooltip: null, aria: false } },
        { data: { values: [{ ...top, text: says }] }, mark: { type: 'text', ...side, baseline: 'bottom', dy: -6, fontWeight: 600, tooltip: null, aria: false }, encoding: { text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}
