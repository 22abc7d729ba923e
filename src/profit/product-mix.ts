import { checkKeys, checkWord, ClienteleError, valueText, withWarnings, cleanDiagnostics, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, exactSum, groupRows, groupSizes, groupSums, showableResult, Table, takeColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';

/** Which columns say what, and on which basis stock turns. */
export interface ProductMixOptions {
  /** column of the product's name; `'product'` by default */
  readonly product?: string;
  /** sales of the period, in money; `'sales'` by default */
  readonly sales?: string;
  /** cost of the goods sold; `'cost'` by default */
  readonly cost?: string;
  /** mean stock at cost: a column, or the mean of opening and closing stock; no turnover when absent */
  readonly stock?: string | readonly [opening: string, closing: string];
  /** turnover is `'sales'` / stock (default; the cross ratio is then GMROI) or `'cost'` of sales / stock */
  readonly turnover?: 'sales' | 'cost';
  /** column to add products up by; no `categories` when absent */
  readonly category?: string;
}

/** What every product brings, and how well it uses its stock. */
export interface ProductMix {
  /**
   * per product, in the order given: `sales`, `cost`, `margin`, `salesShare`, `marginShare`, `marginRate`, `stock`,
   * `turnover`, `crossRatio`, `gmroi`, `contribution`, `contributionShare`
   */
  readonly table: Table;
  /** the same per category, in order of first appearance, from its sums */
  readonly categories?: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * Sales mix, gross margin rate, turnover, cross ratio 交叉比率, GMROI and contribution ratio 贡献比率 per product and category.
 *
 * marginRate = (sales - cost) / sales. turnover = sales (or cost) / mean stock at cost. crossRatio = turnover × marginRate.
 * gmroi = margin / stock. contribution = crossRatio × salesShare; their sum is not 1, `contributionShare` is scaled so that
 * it is. A product without stock has no turnover and none of what follows from it: missing, with a warning.
 *
 * @param products one row per product: a table or plain columns. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for sales or stock below 0 and for no sales
 * @example
 * productMix({ product: ['tea'], sales: [100], cost: [60], stock: [20] }, { stock: 'stock' }).table.row(0);
 * // { …, marginRate: 0.4, turnover: 5, crossRatio: 2, gmroi: 2, contribution: 2, contributionShare: 1 }
 *
 * O(products).
 */
export function productMix(products: TableInput, options: ProductMixOptions = {}): ProductMix & Showable {
  checkKeys('productMix', options, ['product', 'sales', 'cost', 'stock', 'turnover', 'category']);
  const { product = 'product', category } = options;
  const basis = checkWord('productMix', 'turnover', options.turnover ?? 'sales', ['sales', 'cost']);
  const source = asTable('productMix', products);
  const parts: Money = {
    sales: notBelow(source, options.sales ?? 'sales'),
    cost: checkedNumbers('productMix', source, options.cost ?? 'cost'),
    stock: stockOf(source, options.stock),
  };
  const names: [string, Column][] = [product, ...(category === undefined ? [] : [category])].filter((name) => name !== product || source.has(product)).map((name) => [name, namedColumn(source, name)]);
  const table = new Table([...names, ...mixColumns(parts, basis)]);
  const categories = category === undefined ? undefined : byCategory(source, category, parts, basis);
  const diagnostics = withWarnings(cleanDiagnostics(source.numRows), stockWarning(parts.stock));
  return showableResult({ table, ...(categories === undefined ? {} : { categories }), diagnostics }, { text: () => table.toString(), html: () => table.toHTML() });
}

interface Money {
  readonly sales: Float64Array;
  readonly cost: Float64Array;
  readonly stock: Float64Array | undefined;
}

function mixColumns({ sales, cost, stock }: Money, basis: 'sales' | 'cost'): [string, Column][] {
  const total = exactSum(sales);
  if (!(total > 0)) throw new ClienteleError('VALUE_INVALID', { where: 'productMix', column: 'sales' }, 'there are no sales, so there are no shares of them.', 'Pass products that were sold.');
  const margin = sales.map((own, i) => own - cost[i]!);
  const marginTotal = exactSum(margin);
  const rate = margin.map((own, i) => (sales[i]! > 0 ? own / sales[i]! : NaN));
  const share = sales.map((own) => own / total);
  const columns: [string, Float64Array][] = [
    ['sales', sales], ['cost', cost], ['margin', margin], ['salesShare', share],
    ['marginShare', margin.map((own) => (marginTotal > 0 ? own / marginTotal : NaN))], ['marginRate', rate],
  ];
  if (stock !== undefined) {
    const turned = basis === 'sales' ? sales : cost;
    const turnover = stock.map((own, i) => (own > 0 ? turned[i]! / own : NaN));
    const cross = turnover.map((own, i) => own * rate[i]!);
    const contribution = cross.map((own, i) => own * share[i]!);
    const sum = exactSum(contribution.filter((own) => !Number.isNaN(own)));
    columns.push(
      ['stock', stock], ['turnover', turnover], ['crossRatio', cross], ['gmroi', stock.map((own, i) => (own > 0 ? margin[i]! / own : NaN))],
      ['contribution', contribution], ['contributionShare', contribution.map((own) => (sum > 0 ? own / sum : NaN))],
    );
  }
  return columns.map(([name, data]) => [name, { type: 'number', data }]);
}

function byCategory(source: Table, category: string, { sales, cost, stock }: Money, basis: 'sales' | 'cost'): Table {
  const groups = groupRows(namedColumn(source, category));
  const without = groups.codes.indexOf(-1);
  if (without !== -1) throw new ClienteleError('VALUE_INVALID', { where: 'productMix', column: category, row: without }, `row ${without} has no ${category}.`, 'Give every product a category.');
  const summed = (values: Float64Array): Float64Array => groupSums(values, groups.codes, groups.count);
  return new Table([
    [category, takeColumn(source.column(category), groups.firstRow)], ['products', { type: 'integer', data: groupSizes(groups.codes, groups.count) }],
    ...mixColumns({ sales: summed(sales), cost: summed(cost), stock: stock === undefined ? undefined : summed(stock) }, basis),
  ]);
}

function stockOf(source: Table, option: ProductMixOptions['stock']): Float64Array | undefined {
  if (option === undefined) return undefined;
  if (typeof option === 'string') return notBelow(source, option);
  const [opening, closing] = option.map((name) => notBelow(source, name)) as [Float64Array, Float64Array];
  return opening.map((own, i) => (own + closing[i]!) / 2);
}

function notBelow(source: Table, name: string): Float64Array {
  const values = checkedNumbers('productMix', source, name);
  const row = values.findIndex((value) => value < 0);
  if (row === -1) return values;
  throw new ClienteleError('VALUE_INVALID', { where: 'productMix', column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row} is ${values[row]}.`, 'Sales and stock start at 0; net returns of the product first.');
}

function namedColumn(source: Table, name: string): Column {
  if (source.has(name)) return source.column(name);
  throw new ClienteleError('COLUMN_MISSING', { where: 'productMix', column: name }, `column ${valueText(name)} is missing (found: ${source.names.join(', ')}).`, 'Check the name.');
}

function stockWarning(stock: Float64Array | undefined): Warning[] {
  const none = stock === undefined ? 0 : stock.filter((own) => own === 0).length;
  return none === 0 ? [] : [{ code: 'STOCK_ZERO', message: `${none} ${none === 1 ? 'product has' : 'products have'} no stock, so turnover, cross ratio, GMROI and contribution are missing there; the contribution shares are of the others.` }];
}
