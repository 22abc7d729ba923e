import { orderBest, sortBest, Table, type Column, type SortedBest } from '../columns/index.js';
import type { CustomerValues } from '../transactions/index.js';

/** Rows from the largest value to the smallest, equal ones by the customer's id as text, else as they stand. */
export function rankedRows({ source, values }: Pick<CustomerValues, 'source' | 'values'>): Int32Array {
  return orderBest(values, source.has('customer') ? source.column('customer') : undefined);
}

/** The same with the values in that order. */
export function rankedValues({ source, values }: Pick<CustomerValues, 'source' | 'values'>): SortedBest {
  return sortBest(values, source.has('customer') ? source.column('customer') : undefined);
}

/** The columns every answer by customer begins with: the id, where there is one, and the value. */
export function idAndValue({ source, values, column }: Pick<CustomerValues, 'source' | 'values' | 'column'>): [string, Column][] {
  return [...(source.has('customer') ? [['customer', source.column('customer')] as [string, Column]] : []), [column === 'customer' ? 'value' : column, { type: 'number', data: values }]];
}

/** Groups of rows with what each holds: `key`, `label`, `customers`, `shareOfCustomers`, `value`, `share`. */
export function groupTable(name: string, keys: readonly string[], labels: readonly string[], codes: Int32Array, values: Float64Array, total: number): Table {
  const customers = new Int32Array(keys.length);
  const sums = new Float64Array(keys.length);
  const lost = new Float64Array(keys.length);
  for (let i = 0; i < codes.length; i++) {
    const key = codes[i]!;
    const x = values[i]!;
    const next = sums[key]! + x;
    lost[key]! += Math.abs(sums[key]!) >= Math.abs(x) ? sums[key]! - next + x : x - next + sums[key]!;
    sums[key] = next;
    customers[key]!++;
  }
  const value = sums.map((sum, k) => sum + lost[k]!);
  const all = Int32Array.from(keys, (_, k) => k);
  return new Table([
    [name, { type: 'category', data: all, values: keys }],
    ['label', { type: 'category', data: all, values: labels }],
    ['customers', { type: 'integer', data: customers }],
    ['shareOfCustomers', { type: 'number', data: Float64Array.from(customers, (count) => count / codes.length) }],
    ['value', { type: 'number', data: value }],
    ['share', { type: 'number', data: value.map((sum) => sum / total) }],
  ]);
}
