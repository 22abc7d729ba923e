import { notThisResult, optionInvalid } from '../../core/index.js';
import { cellOf, isTable, numbersOf, Table, type Column } from '../../columns/index.js';
import type { StageHistory } from '../../loyalty/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { drawFlow } from './draw-flow.js';
import { emptyChart } from './empty.js';
import { loyaltyWords } from './loyalty-words.js';
import { COLORS } from './theme.js';

/** From the best stage at the top to the worst. */
const ORDER: readonly string[] = ['loyal', 'long_standing', 'regular', 'won_back', 'new', 'potential', 'lapsed', 'stable', 'formation', 'exploration', 'prospect', 'decline'];

/** How {@link stageFlow} is drawn. */
export interface StageFlowOptions extends ChartOptions {
  /** the later of the two neighbouring dates, 'YYYY-MM-DD'; the last one by default */
  readonly date?: string;
}

/**
 * Who moved between stages from one date to the next, as bands.
 *
 * @param history a result of `stageHistory` with two dates or more
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID` for a date it does not have
 * @example
 * charts.stageFlow(stageHistory(orders, { of: 'ladder', every: 'quarter' }));
 */
export function stageFlow(history: StageHistory, options: StageFlowOptions = {}): Chart {
  const where = 'stageFlow';
  const setting = chartSetting(where, options, ['date']);
  const { dates, transitions } = checkHistory(where, history);
  const words = loyaltyWords(setting.language).stages;
  const at = options.date === undefined ? dates.length - 1 : dates.indexOf(options.date);
  if (options.date !== undefined && at < 1) throw optionInvalid(where, 'date', options.date, `Name a date behind the first: ${dates.slice(1).join(', ')}.`);
  if (at < 1) return emptyChart(setting, words.flow);
  const rows = transitions.where((i) => cellOf(transitions.column('to'), i) === dates[at]);
  const text = (name: string, i: number): string | null => {
    const cell = cellOf(rows.column(name), i);
    return cell === null ? null : String(cell);
  };
  const moves = Array.from({ length: rows.numRows }, (_, i) => {
    const change = text('change', i)!;
    return { from: text('fromStage', i), to: text('toStage', i), customers: Number(cellOf(rows.column('customers'), i)), change: change === 'up' ? 'upgrade' : change === 'down' ? 'downgrade' : change };
  });
  const { keys, labels } = stagesOf(history);
  const label = new Map(keys.map((key, k) => [key, labels[k]!]));
  return drawFlow(setting, { title: words.flow, before: dates[at - 1]!, after: dates[at]!, moves, order: ORDER.filter((key) => label.has(key)), name: (key) => (key === null ? words.entered : label.get(key) ?? key), values: rows.select(['fromStage', 'toStage', 'customers', 'change']) });
}

const STAGE_COLORS: readonly string[] = ['#8c959f', COLORS.sky, COLORS.blue, COLORS.green, COLORS.purple, COLORS.vermillion, COLORS.orange];

/**
 * Customers by stage over time, as bars on top of one another.
 *
 * @param history a result of `stageHistory`
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * charts.stageShares(stageHistory(orders));
 */
export function stageShares(history: StageHistory, options: ChartOptions = {}): Chart {
  const where = 'stageShares';
  const setting = chartSetting(where, options);
  const { dates, distribution } = checkHistory(where, history);
  const words = loyaltyWords(setting.language).stages;
  const formats = formatsOf(setting.locale);
  const customers = numbersOf(where, distribution, 'customers'), share = numbersOf(where, distribution, 'share');
  if (dates.length === 0 || customers.every((n) => n === 0)) return emptyChart(setting, words.shares);
  const { keys, labels } = stagesOf(history);
  const values = Array.from(customers.keys()).filter((i) => customers[i]! > 0).map((i) => {
    const k = i % keys.length;
    const date = dates[Math.floor(i / keys.length)]!;
    return { date, stage: labels[k], order: k, customers: customers[i], share: Number(share[i]!.toFixed(4)), say: `${date}, ${labels[k]}: ${formats.count(customers[i]!)}` };
  });
  const used = labels.filter((name) => values.some(({ stage }) => stage === name));
  return makeChart(setting, {
    title: words.shares,
    subtitle: dates.length === 1 ? dates[0]! : `${dates[0]} – ${dates.at(-1)}`,
    height: 400,
    values: new Table([[words.stage, { type: 'category', data: Int32Array.from(labels.keys()), values: labels }], ...dates.slice(-6).map((date): [string, Column] => [date, { type: 'number', data: Float64Array.from(keys, (_, k) => customers[dates.indexOf(date) * keys.length + k]!) }])]),
    view: {
      data: { values },
      mark: { type: 'bar', tooltip: true, stroke: '#ffffff', strokeWidth: 0.5 },
      encoding: {
        x: { field: 'date', type: 'ordinal', title: null, axis: { labelAngle: dates.length > 8 ? -45 : 0, labelOverlap: 'greedy' }, scale: { domain: dates, paddingInner: 0.12 } },
        y: { field: 'customers', type: 'quantitative', title: words.customers, axis: { format: ',~r', tickCount: 5 } },
        color: { field: 'stage', type: 'nominal', scale: { domain: used, range: used.map((name) => STAGE_COLORS[labels.indexOf(name)]) }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'square', columns: setting.width < 480 ? 3 : 7 } },
        order: { field: 'order' }, description: { field: 'say', type: 'nominal' },
        tooltip: [{ field: 'date', title: words.date }, { field: 'stage', title: words.stage }, { field: 'customers', title: words.customers, format: ',d' }, { field: 'share', title: words.share, format: '.1%' }],
      },
    },
  });
}

function checkHistory(where: string, history: unknown): StageHistory {
  const found = history as Partial<StageHistory> | null;
  if (typeof found === 'object' && found !== null && isTable(found.distribution) && isTable(found.transitions) && Array.isArray(found.dates)) return found as StageHistory;
  throw notThisResult(where, history, 'a result of stageHistory', 'Pass what stageHistory(orders) returned.');
}

/** Keys and labels of the stages, in their order. */
function stagesOf({ distribution, dates }: StageHistory): { keys: string[]; labels: string[] } {
  const rows = Array.from({ length: distribution.numRows / Math.max(1, dates.length) }, (_, i) => i);
  return { keys: rows.map((i) => String(cellOf(distribution.column('stage'), i))), labels: rows.map((i) => String(cellOf(distribution.column('label'), i))) };
}
