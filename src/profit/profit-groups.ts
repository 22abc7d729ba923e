import { exactSum, groupRows, groupSizes, groupSums, isPresent, numbersOf, Table, takeColumn, type Column } from '../columns/index.js';

/**
 * Profit summed per group, the most profit first; one row `all` without a column to group by.
 *
 * @param table with `revenue`, `directCost`, `costToServe`, `profit`
 * @returns the group, `customers`, `revenue`, `directCost`, `costToServe`, `profit`, `profitRate`, `share` of the total
 *   profit (missing where that is not above 0), `unprofitable` (customers below 0), `loss` (their sum, at most 0)
 */
export function profitGroups(table: Table, by: string | undefined): Table {
  const { codes, count, names } = by === undefined ? allRows(table.numRows) : namedGroups(table.column(by));
  const money = (column: string): Float64Array => numbersOf('profitability', table, column);
  const summed = (values: Float64Array): Float64Array => (by === undefined ? Float64Array.of(exactSum(values)) : groupSums(values, codes, count));
  const [revenue, directCost, costToServe, profit] = ['revenue', 'directCost', 'costToServe', 'profit'].map((column) => summed(money(column))) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const { losses, losers } = lossesOf(money('profit'), codes, count);
  const total = exactSum(profit);
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  return new Table([
    [by ?? 'segment', names],
    ['customers', { type: 'integer', data: groupSizes(codes, count) }],
    ['revenue', number(revenue)], ['directCost', number(directCost)], ['costToServe', number(costToServe)], ['profit', number(profit)],
    ['profitRate', number(profit.map((own, g) => (revenue[g]! > 0 ? own / revenue[g]! : NaN)))],
    ['share', number(profit.map((own) => (total > 0 ? own / total : NaN)))],
    ['unprofitable', { type: 'integer', data: losers }],
    ['loss', number(summed(losses))],
  ]).sortBy('profit', 'descending');
}

/** What each row loses, 0 where it does not, and how many rows of each group lose. */
function lossesOf(profit: Float64Array, codes: Int32Array, count: number): { losses: Float64Array; losers: Int32Array } {
  const losses = new Float64Array(profit.length);
  const losers = new Int32Array(count);
  for (let i = 0; i < profit.length; i++) {
    if (!(profit[i]! < 0)) continue;
    losses[i] = profit[i]!;
    losers[codes[i]!]!++;
  }
  return { losses, losers };
}

/** Rows told apart by a name. */
export interface NamedGroups {
  /** group of each row; none is -1 */
  readonly codes: Int32Array;
  readonly count: number;
  readonly names: Column;
}

function allRows(n: number): NamedGroups {
  return { codes: new Int32Array(n), count: 1, names: { type: 'category', data: Int32Array.of(0), values: ['all'] } };
}

/** Groups with their names; rows without a value are a group of their own, the last, with the name missing. */
export function namedGroups(column: Column): NamedGroups {
  const { codes, count, firstRow } = groupRows(column);
  const gap = codes.indexOf(-1);
  if (gap === -1) return { codes, count, names: takeColumn(column, firstRow) };
  const without = isPresent(column, gap) ? -1 : gap;
  return { codes: codes.map((code) => (code === -1 ? count : code)), count: count + 1, names: takeColumn(column, [...firstRow, without]) };
}
