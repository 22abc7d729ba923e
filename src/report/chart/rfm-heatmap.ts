import { checkWord, optionInvalid } from '../../core/index.js';
import { numbersOf, Table } from '../../columns/index.js';
import type { RfmDimension, RfmResult } from '../../rfm/index.js';
import { formatsOf } from '../format.js';
import { asOfOf, checkScored } from '../results.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { DARK_FROM } from './theme.js';

/** How {@link rfmHeatmap} is drawn. */
export interface HeatmapOptions extends ChartOptions {
  /** what the colour says: `'monetary'` (default), the mean money of a field's customers, or `'customers'`, how many */
  readonly color?: 'monetary' | 'customers';
  /** score from left to right: the key of a dimension, `'r'` by default */
  readonly across?: string;
  /** score from bottom to top: the key of a dimension, `'f'` by default */
  readonly up?: string;
}

/**
 * How many customers have each pair of scores, and what they are worth: a field per pair, its colour the mean money,
 * its number the customers.
 *
 * Customers without scores (those of a roster who never bought) are not in it; pairs without customers stay blank.
 *
 * @param scored a result of `rfm` or `scoreRfm`
 * @throws ClienteleError `VALUE_INVALID`, `MODEL_INVALID` for something else or a result of another version;
 *   `OPTION_INVALID` for a dimension that is not there
 * @example
 * charts.rfmHeatmap(rfm(customers));
 *
 * O(customers).
 */
export function rfmHeatmap(scored: RfmResult, options: HeatmapOptions = {}): Chart {
  const where = 'rfmHeatmap';
  const setting = chartSetting(where, options, ['color', 'across', 'up']);
  const { words } = setting;
  const color = checkWord(where, 'color', options.color ?? 'monetary', ['monetary', 'customers']);
  const { table, model } = checkScored(where, scored);
  const across = dimension(where, 'across', options.across ?? 'r', model.dimensions);
  const up = dimension(where, 'up', options.up ?? 'f', model.dimensions);
  const title = color === 'monetary' ? words.rfmHeatmap.byMoney : words.rfmHeatmap.byCustomers;
  const byMoney = color === 'monetary' && table.has('monetary');

  const fields = countFields(numbersOf(where, table, across.key), numbersOf(where, table, up.key), byMoney ? numbersOf(where, table, 'monetary') : undefined);
  if (fields.length === 0) return emptyChart(setting, title);
  const shade = (field: Field): number => (byMoney ? field.money : field.customers);
  const most = Math.max(...fields.map(shade), 0);
  const formats = formatsOf(setting.locale);
  const say = ({ across: a, up: u, customers, money }: Field): string => `${across.key.toUpperCase()} ${a}, ${up.key.toUpperCase()} ${u}: ${words.customers} ${formats.count(customers)}${byMoney ? `, ${words.meanMoney} ${formats.count(money)}` : ''}`;
  const values = fields.map((field) => ({ across: field.across, up: field.up, customers: field.customers, ...(byMoney ? { money: round(field.money) } : {}), say: say(field), dark: most > 0 && Math.sqrt(Math.max(0, shade(field)) / most) > DARK_FROM }));
  const shown = byMoney ? { field: 'money', title: words.meanMoney, format: ',.0f' } : { field: 'customers', title: words.customers, format: ',d' };
  const place = (field: 'across' | 'up', { key, column, bins }: RfmDimension): object => ({
    field, type: 'ordinal', title: words.score(key, column, bins), axis: { labelAngle: 0, domain: false, ticks: false },
    scale: { domain: Array.from({ length: bins }, (_, i) => (field === 'up' ? bins - i : i + 1)) },
  });
  const tooltip = [{ field: 'across', title: across.key.toUpperCase() }, { field: 'up', title: up.key.toUpperCase() }, { field: 'customers', title: words.customers, format: ',d' }, ...(byMoney ? [{ field: 'money', title: words.meanMoney, format: ',.2f' }] : [])];
  return makeChart(setting, {
    title,
    subtitle: words.asOf(asOfOf(scored), formats.count(fields.reduce((sum, field) => sum + field.customers, 0))),
    height: 430,
    values: new Table([
      [across.key, integer(fields.map((field) => field.across))], [up.key, integer(fields.map((field) => field.up))], ['customers', integer(fields.map((field) => field.customers))],
      ...(byMoney ? [['money', { type: 'number', data: Float64Array.from(fields, (field) => round(field.money)) }] as const] : []),
    ]),
    view: {
      data: { values },
      encoding: { x: place('across', across), y: place('up', up) },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2, cornerRadius: 3, tooltip: true },
          encoding: {
            description: { field: 'say', type: 'nominal' },
            color: { field: shown.field, type: 'quantitative', scale: { type: 'sqrt', domain: [0, most > 0 ? most : 1] }, title: shown.title, legend: { format: shown.format, orient: 'bottom', direction: 'horizontal', gradientLength: 260, tickCount: 4, labelOverlap: 'greedy', labelSeparation: 8 } },
            tooltip,
          },
        },
        {
          mark: { type: 'text', fontSize: 13, aria: false },
          encoding: { tooltip, text: { field: 'customers', type: 'quantitative', format: ',d' }, color: { condition: { test: 'datum.dark', value: '#ffffff' }, value: '#1b1f24' } },
        },
      ],
    },
  });
}

function dimension(where: string, option: string, key: string, dimensions: readonly RfmDimension[]): RfmDimension {
  const found = dimensions.find((one) => one.key === key);
  if (found === undefined) throw optionInvalid(where, option, key, `Name a score of the result: ${dimensions.map((one) => `'${one.key}'`).join(', ')}.`);
  return found;
}

interface Field {
  readonly across: number;
  readonly up: number;
  customers: number;
  /** mean, of the customers whose money is known */
  money: number;
}

function countFields(across: Float64Array, up: Float64Array, money: Float64Array | undefined): Field[] {
  const fields = new Map<number, Field & { sum: number; known: number }>();
  for (let i = 0; i < across.length; i++) {
    const [a, u] = [across[i]!, up[i]!];
    if (Number.isNaN(a) || Number.isNaN(u)) continue;
    let field = fields.get(a * 32 + u);
    if (field === undefined) fields.set(a * 32 + u, (field = { across: a, up: u, customers: 0, money: 0, sum: 0, known: 0 }));
    field.customers++;
    const own = money?.[i] ?? NaN;
    if (Number.isNaN(own)) continue;
    field.sum += own;
    field.known++;
  }
  return [...fields.values()].map(({ sum, known, ...field }) => ({ ...field, money: known === 0 ? 0 : sum / known })).sort((a, b) => b.up - a.up || a.across - b.across);
}

function integer(values: readonly number[]): { type: 'integer'; data: Int32Array } {
  return { type: 'integer', data: Int32Array.from(values) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
