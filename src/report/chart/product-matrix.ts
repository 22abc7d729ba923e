import { notThisResult } from '../../core/index.js';
import { columnMissing, isTable, numbersOf, type Table } from '../../columns/index.js';
import type { ProductMix } from '../../profit/index.js';
import { formatsOf } from '../format.js';
import { cutText, textWidth } from '../text-width.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { moneyWords } from './money-words.js';
import { COLORS } from './theme.js';

/** How {@link productMatrix} is drawn. */
export interface ProductMatrixOptions extends ChartOptions {
  /** column of the names; `'product'` by default */
  readonly product?: string;
  /** products drawn, those with the most sales; 200 by default. How many are left out is said. */
  readonly most?: number;
}

/**
 * Products by turnover and gross margin rate, the larger the more they sell: what turns fast at a good margin stands top
 * right; the dashed lines are all products together. Products without turnover (no stock) are left out.
 *
 * @param mix what `productMix` returned with `stock`
 * @throws ClienteleError `VALUE_INVALID` for anything else; `COLUMN_MISSING` where there is no turnover; `OPTION_INVALID`
 * @example
 * charts.productMatrix(productMix(products, { stock: 'stock' }));
 */
export function productMatrix(mix: Pick<ProductMix, 'table'>, options: ProductMatrixOptions = {}): Chart {
  const where = 'productMatrix';
  const setting = chartSetting(where, options, ['product', 'most']);
  const { products: words, between } = moneyWords(setting.language);
  const { product = 'product', most = 200 } = options;
  if (typeof mix !== 'object' || mix === null || !isTable(mix.table) || !mix.table.has('salesShare')) throw notThisResult(where, mix, 'a result of productMix', "Pass productMix(products, { stock: 'stock' }).");
  for (const name of [product, 'turnover']) if (!mix.table.has(name)) throw columnMissing(where, name, mix.table.names);
  const all = readProducts(where, mix.table, product);
  if (all.length === 0) return emptyChart(setting, words.title, moneyWords(setting.language).nothing);

  const formats = formatsOf(setting.locale);
  const shown = all.slice(0, most);
  const total = together(where, mix.table);
  const [right, high] = [Math.max(...shown.map((own) => own.turnover), total.turnover) * 1.18 || 1, Math.max(...shown.map((own) => own.marginRate), total.marginRate) * 1.15 || 1];
  const least = Math.min(0, ...shown.map((own) => own.marginRate)) * 1.15;
  const names = namesThatFit(shown, (own) => ({ x: (own.turnover / right) * (setting.width - 90), y: ((high - own.marginRate) / (high - least)) * PLOT }), setting.width - 90);
  const points = shown.map((own, i) => ({ ...own, text: names[i]!, say: `${own.name}: ${words.turnover} ${formats.count(own.turnover)}, ${words.marginRate} ${formats.percent(own.marginRate)}, ${words.salesShare} ${formats.percent(own.salesShare)}` }));
  const x = { field: 'turnover', type: 'quantitative', title: words.turnover, scale: { domain: [0, right], nice: false }, axis: { tickCount: 6, format: ',~r' } };
  const y = { field: 'marginRate', type: 'quantitative', title: words.marginRate, scale: { domain: [least, high], nice: false }, axis: { tickCount: 6, format: '.0%' } };
  const rule = { type: 'rule', strokeDash: [4, 4], color: '#8c959f', tooltip: null, aria: false };
  const about = words.about(formats.count(all.length), formats.percent(total.marginRate));
  return makeChart(setting, {
    title: words.title,
    subtitle: shown.length < all.length ? `${about}${between}${words.left(formats.count(shown.length), formats.count(all.length))}` : about,
    height: 440,
    values: mix.table.select([product, 'salesShare', 'marginRate', 'turnover', 'crossRatio']),
    view: {
      data: { values: points },
      layer: [
        { data: { values: [total] }, mark: rule, encoding: { x } },
        { data: { values: [total] }, mark: rule, encoding: { y } },
        {
          mark: { type: 'circle', color: COLORS.blue, opacity: 0.65, tooltip: true },
          encoding: {
            x, y, description: { field: 'say', type: 'nominal' },
            size: { field: 'salesShare', type: 'quantitative', title: words.salesShare, scale: { range: [30, 900], domain: [0, Math.max(...shown.map((own) => own.salesShare))] }, legend: { format: '.0%', orient: 'bottom', direction: 'horizontal', symbolFillColor: COLORS.blue, tickCount: 3 } },
            tooltip: [{ field: 'name', title: words.product }, { field: 'turnover', title: words.turnover, format: ',.2f' }, { field: 'marginRate', title: words.marginRate, format: '.1%' }, { field: 'crossRatio', title: words.crossRatio, format: ',.2f' }, { field: 'salesShare', title: words.salesShare, format: '.1%' }],
          },
        },
        { mark: { type: 'text', align: 'left', dx: 9, dy: -9, fontSize: 12, tooltip: null, aria: false }, encoding: { x, y, text: { field: 'text', type: 'nominal' } } },
      ],
    },
  });
}

/** About how high the inner part of the picture is. */
const PLOT = 270;
const LINE = 15;

/** The names, cut, of the products that have room for one: the most sold first, none on another; empty for the rest. */
function namesThatFit(products: readonly Product[], placeOf: (product: Product) => { x: number; y: number }, width: number): string[] {
  const taken: { left: number; right: number; y: number }[] = [];
  return products.map((product) => {
    const { x, y } = placeOf(product);
    const text = cutText(product.name, 12, Math.min(140, width - x));
    const box = { left: x, right: x + 9 + textWidth(text, 12), y };
    if (text === '' || taken.some((other) => Math.abs(other.y - y) < LINE && other.left < box.right && box.left < other.right)) return '';
    taken.push(box);
    return text;
  });
}

interface Product {
  readonly name: string;
  readonly turnover: number;
  readonly marginRate: number;
  readonly crossRatio: number;
  readonly salesShare: number;
}

/** Those that have a turnover and a margin rate, the most sold first. */
function readProducts(where: string, table: Table, product: string): Product[] {
  const [turnover, marginRate, crossRatio, salesShare] = ['turnover', 'marginRate', 'crossRatio', 'salesShare'].map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  return Array.from(turnover, (own, i) => ({ name: String(table.cell(product, i) ?? ''), turnover: own, marginRate: marginRate[i]!, crossRatio: crossRatio[i]!, salesShare: salesShare[i]! }))
    .filter((own) => Number.isFinite(own.turnover) && Number.isFinite(own.marginRate)).sort((a, b) => b.salesShare - a.salesShare);
}

/** Turnover and margin rate of all with stock, from their sums; the basis of turnover is that of the table. */
function together(where: string, table: Table): { turnover: number; marginRate: number } {
  const [sales, margin, stock, turnover] = ['sales', 'margin', 'stock', 'turnover'].map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const rows = [...stock.keys()].filter((i) => Number.isFinite(turnover[i]!));
  const sum = (of: (i: number) => number): number => rows.reduce((all, i) => all + of(i), 0);
  return { turnover: sum((i) => turnover[i]! * stock[i]!) / sum((i) => stock[i]!), marginRate: sum((i) => margin[i]!) / sum((i) => sales[i]!) };
}
