import { checkWhole, ClienteleError, optionInvalid, valueText } from '../../core/index.js';
import { Table, type Column } from '../../columns/index.js';
import { expectedPurchases, probabilityAlive, type Horizon, type PurchaseModel, type TimeUnit } from '../../clv/index.js';
import { formatsOf } from '../format.js';
import { chartSetting, makeChart, type Chart, type ChartOptions, type ChartSetting } from './chart.js';
import { horizonText, isPurchaseKind, lifetimeWords, modelName, type LifetimeWords } from './lifetime-words.js';
import { DARK_FROM } from './theme.js';

/** How {@link aliveHeatmap} is drawn. */
export interface AliveHeatmapOptions extends ChartOptions {
  /** time since the first purchase of the customers shown, in the model's unit; 365 days, 52 weeks, 12 months, 5 years or 10 periods by default */
  readonly tenure?: number;
  /** most repeat purchases shown, 1 to 30; 10 by default */
  readonly repeats?: number;
}

/** How {@link frequencyRecencyHeatmap} is drawn. */
export interface FrequencyRecencyHeatmapOptions extends AliveHeatmapOptions {
  /** how far ahead: a number in the model's unit, `{ days | weeks | months | years: n }`, or Infinity; as long as `tenure` by default */
  readonly horizon?: Horizon;
}

/**
 * The probability that a customer is still one, by repeat purchases and time since the last purchase, among customers
 * who first bought equally long ago.
 *
 * Customers without a repeat purchase have one field: their last purchase is their first. What cannot be stays blank.
 * Covariates are taken as 0.
 *
 * @param model of purchases
 * @throws ClienteleError `MODEL_INVALID` for another model; `OPTION_INVALID`
 * @example
 * charts.aliveHeatmap(fitParetoNbd(customers), { tenure: 52 });
 *
 * O(fields).
 */
export function aliveHeatmap(model: PurchaseModel, options: AliveHeatmapOptions = {}): Chart {
  const where = 'aliveHeatmap';
  const setting = chartSetting(where, options, ['tenure', 'repeats']);
  const grid = gridOf(where, model, options);
  const words = lifetimeWords(setting.language);
  const formats = formatsOf(setting.locale);
  return heatmap(setting, model, grid, probabilityAlive(model, grid.customers), {
    title: words.alive.title, color: words.alive.color, most: 1, format: '.0%', precise: '.1%', say: formats.percent, scale: 'linear', ticks: [0, 0.25, 0.5, 0.75, 1], widest: 4,
  });
}

/**
 * How many purchases to expect of a customer, by repeat purchases and time since the last purchase, among customers who
 * first bought equally long ago.
 *
 * @param model of purchases
 * @param options as for {@link aliveHeatmap}, and `horizon`
 * @throws ClienteleError `MODEL_INVALID` for another model; `OPTION_INVALID`, also for a horizon without end where some
 *   customers never leave
 * @example
 * charts.frequencyRecencyHeatmap(model, { tenure: 52, horizon: { months: 3 }, language: 'zh' });
 *
 * O(fields).
 */
export function frequencyRecencyHeatmap(model: PurchaseModel, options: FrequencyRecencyHeatmapOptions = {}): Chart {
  const where = 'frequencyRecencyHeatmap';
  const setting = chartSetting(where, options, ['tenure', 'repeats', 'horizon']);
  const grid = gridOf(where, model, options);
  const horizon = options.horizon ?? grid.tenure;
  const values = expectedPurchases(model, grid.customers, { horizon });
  const words = lifetimeWords(setting.language);
  const formats = formatsOf(setting.locale);
  const most = values.reduce((high, value) => Math.max(high, value), 0);
  const format = most < 0.1 ? '.3f' : most < 3 ? '.2f' : ',.1f';
  return heatmap(setting, model, grid, values, {
    title: words.expectedPurchases.title(horizonText(words, horizon, model.timeUnit, formats.count)), color: words.expectedPurchases.color, most: most > 0 ? most : 1, format, precise: ',.3f', say: (value) => new Intl.NumberFormat(setting.locale, { maximumSignificantDigits: 3 }).format(value),
    scale: 'sqrt', widest: most < 10 ? 4 : 5,
  });
}

/** Customers of every shown pair: the fields of a heatmap. */
interface Grid {
  readonly tenure: number;
  readonly most: number;
  /** times since the last purchase, ascending; the last is the tenure */
  readonly since: readonly number[];
  /** what the model is asked, one row per field */
  readonly customers: Readonly<Record<string, Float64Array>>;
  readonly fields: readonly { readonly repeats: number; readonly since: number }[];
}

const TENURE: Readonly<Record<TimeUnit, number>> = { day: 365, week: 52, month: 12, year: 5, period: 10 };
const ROWS = 13;

function gridOf(where: string, model: unknown, options: AliveHeatmapOptions): Grid {
  const { kind, timeUnit, covariates } = checkPurchaseModel(where, model);
  const { tenure = TENURE[timeUnit] } = options;
  const whole = timeUnit === 'period';
  if (!(typeof tenure === 'number' && tenure > 0 && tenure < Infinity && (!whole || Number.isInteger(tenure)))) throw optionInvalid(where, 'tenure', tenure, `Give a ${whole ? 'whole ' : ''}number above 0, in the model's unit (${timeUnit}).`);
  const most = checkWhole(where, 'repeats', options.repeats ?? 10, 1, 30);
  const step = tenure > ROWS ? Math.ceil(tenure / ROWS) : whole || (Number.isInteger(tenure) && tenure > 5) ? 1 : tenure / 10;
  const since = [...Array.from({ length: Math.ceil(tenure / step - 1e-9) }, (_, k) => Number((k * step).toPrecision(12))), tenure];
  // A customer with repeats bought after the first time; in periods, at most once in each.
  const canBe = (repeats: number, time: number): boolean => (repeats === 0 ? time === tenure : time < tenure && (!whole || repeats <= tenure - time));
  const fields = since.flatMap((time) => Array.from({ length: most + 1 }, (_, repeats) => ({ repeats, since: time }))).filter((field) => canBe(field.repeats, field.since));
  const column = (f: (field: (typeof fields)[number]) => number): Float64Array => Float64Array.from(fields, f);
  const [last, length] = kind === 'bg-bb' ? ['last', 'periods'] : ['span', 'tenure'];
  const shifts = [...(covariates?.purchases ?? []), ...(covariates?.lifetime ?? [])].map((name) => [name, column(() => 0)] as const);
  return { tenure, most, since, fields, customers: { ...Object.fromEntries(shifts), repeats: column((f) => f.repeats), [last]: column((f) => (f.repeats === 0 ? 0 : tenure - f.since)), [length]: column(() => tenure) } };
}

function checkPurchaseModel(where: string, model: unknown): PurchaseModel {
  const kind = typeof model === 'object' && model !== null && 'kind' in model ? model.kind : undefined;
  if (isPurchaseKind(kind)) return model as PurchaseModel;
  throw new ClienteleError('MODEL_INVALID', { where, value: valueText(kind ?? model) }, kind === undefined ? `${valueText(model)} is no model.` : `a model of kind ${valueText(kind)} says nothing about it.`, 'Pass a model of purchases: of fitBgNbd, fitMbgNbd, fitParetoNbd or fitBgBb.');
}

/** What a heatmap shows, and how. */
interface Shown {
  readonly title: string;
  readonly color: string;
  /** top of the scale, which begins at 0 */
  readonly most: number;
  readonly format: string;
  readonly precise: string;
  readonly say: (value: number) => string;
  readonly scale: 'linear' | 'sqrt';
  /** of the legend; round numbers where absent */
  readonly ticks?: readonly number[];
  /** characters of the longest number */
  readonly widest: number;
}

function heatmap(setting: ChartSetting, model: PurchaseModel, { tenure, most, since, fields }: Grid, answers: Float64Array, shown: Shown): Chart {
  const words = lifetimeWords(setting.language);
  const formats = formatsOf(setting.locale);
  const share = (value: number): number => (shown.scale === 'sqrt' ? Math.sqrt(value / shown.most) : value / shown.most);
  const values = fields.map((field, i) => ({ ...field, value: Number(answers[i]!.toPrecision(6)), say: sayField(words, model, field, shown.say(answers[i]!), formats.count), dark: share(answers[i]!) > DARK_FROM }));
  const counts = Array.from({ length: most + 1 }, (_, repeats) => repeats);
  const axis = { domain: false, ticks: false, labelAngle: 0 };
  const numbersFit = (setting.width - 80) / counts.length >= shown.widest * 7 + 6;
  return makeChart(setting, {
    title: shown.title,
    subtitle: words.about(modelName(model.kind), words.time(formats.count(tenure), model.timeUnit)),
    height: 150 + 26 * since.length,
    values: new Table([
      [`${words.since(model.timeUnit)} × ${words.repeats}`, { type: 'number', data: Float64Array.from(since) }],
      ...counts.map((repeats): [string, Column] => [String(repeats), { type: 'number', data: Float64Array.from(since, (time) => values.find((field) => field.repeats === repeats && field.since === time)?.value ?? NaN) }]),
    ]),
    view: {
      data: { values },
      encoding: {
        x: { field: 'repeats', type: 'ordinal', title: words.repeats, axis, scale: { domain: counts } },
        y: { field: 'since', type: 'ordinal', title: words.since(model.timeUnit), axis: { ...axis, format: ',~r' }, scale: { domain: since } },
      },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 1, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            color: { field: 'value', type: 'quantitative', scale: { type: shown.scale, domain: [0, shown.most] }, title: shown.color, legend: { format: shown.format, orient: 'bottom', direction: 'horizontal', gradientLength: 260, ...(shown.ticks === undefined ? { tickCount: 5 } : { values: shown.ticks }), labelOverlap: 'greedy', labelSeparation: 8 } },
            tooltip: [{ field: 'repeats', title: words.repeats }, { field: 'since', title: words.since(model.timeUnit), format: ',~r' }, { field: 'value', title: shown.color, format: shown.precise }],
          },
        },
        ...(numbersFit ? [{
          mark: { type: 'text', fontSize: 11, aria: false },
          encoding: { tooltip: null, text: { field: 'value', type: 'quantitative', format: shown.format }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' } },
        }] : []),
      ],
    },
  });
}

function sayField(words: LifetimeWords, model: PurchaseModel, field: { repeats: number; since: number }, value: string, count: (value: number) => string): string {
  return `${words.repeats} ${field.repeats}, ${words.since(model.timeUnit)} ${count(field.since)}: ${value}`;
}
