import { exactSum, groupRows, isPresent, numbersOf, Table, takeColumn, type Column } from '../columns/index.js';

/**
 * Profit summed per group, the most profit first; one row `all` without a column to group by.
 *
 * @param table with `revenue`, `directCost`, `costToServe`, `profit`
 * @returns the group, `customers`, `revenue`, `directCost`, `costToServe`, `profit`, `profitRate`, `share` of the total
 *   profit (missing where that is not above 0), `unprofitable` (customers below 0), `loss` (their sum, at most 0)
 */
export function profitGroups(table: Table, by: string | undefined): Table {
  const { codes, count, names } = by === undefined ? allRows(table.numRows) : groupsOf(table.column(by));
  const rows = rowsByGroup(codes, count);
  const sumsOf = (column: string): Float64Array => {
    const values = numbersOf('profitability', table, column);
    return Float64Array.from(rows, (own) => exactSum(Float64Array.from(own, (row) => values[row]!)));
  };
  const [revenue, directCost, costToServe, profit] = ['revenue', 'directCost', 'costToServe', 'profit'].map(sumsOf) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const each = numbersOf('profitability', table, 'profit');
  const losses = rows.map((own) => Float64Array.from(own, (row) => Math.min(0, each[row]!)).filter((loss) => loss < 0));
  const total = exactSum(profit);
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  return new Table([
    [by ?? 'segment', names],
    ['customers', { type: 'integer', data: Int32Array.from(rows, (own) => own.length) }],
    ['revenue', number(revenue)], ['directCost', number(directCost)], ['costToServe', number(costToServe)], ['profit', number(profit)],
    ['profitRate', number(profit.map((own, g) => (revenue[g]! > 0 ? own / revenue[g]! : NaN)))],
    ['share', number(profit.map((own) => (total > 0 ? own / total : NaN)))],
    ['unprofitable', { type: 'integer', data: Int32Array.from(losses, (own) => own.length) }],
    ['loss', number(Float64Array.from(losses, exactSum))],
  ]).sortBy('profit', 'descending');
}

interface NamedGroups {
  readonly codes: Int32Array;
  readonly count: number;
  readonly names: Column;
}

function allRows(n: number): NamedGroups {
  return { codes: new Int32Array(n), count: 1, names: { type: 'category', data: Int32Array.of(0), values: ['all'] } };
}

/** Groups with their names; rows without a value are a group of their own, the last, with the name missing. */
function groupsOf(column: Column): NamedGroups {
  const { codes, count, firstRow } = groupRows(column);
  const gap = codes.indexOf(-1);
  if (gap === -1) return { codes, count, names: takeColumn(column, firstRow) };
  const without = isPresent(column, gap) ? -1 : gap;
  return { codes: codes.map((code) => (code === -1 ? count : code)), count: count + 1, names: takeColumn(column, [...firstRow, without]) };
}

function rowsByGroup(codes: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]!++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) rows[codes[i]!]![next[codes[i]!]!++] = i;
  return rows;
}
