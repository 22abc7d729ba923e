import { notThisResult } from '../core/index.js';
import { groupRows, isTable, numbersOf, Table, takeColumn, type Column, type TextColumn } from '../columns/index.js';
import { moneyOf, wholeCents } from '../transactions/index.js';
import { customerIds } from './evidence.js';
import type { CheckedUnify } from './identity-options.js';
import { runsOf, type Runs } from './key-values.js';
import { numbersIn, textsOf, type RecordSet } from './sources.js';

/**
 * Check that something is what `unify` or `unmerge` returned, with the tables asked for.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkUnified(where: string, unified: unknown, tables: readonly ('records' | 'customers' | 'merges')[]): void {
  const parts = (typeof unified === 'object' && unified !== null ? unified : {}) as Readonly<Record<string, unknown>>;
  if (!tables.every((name) => isTable(parts[name]))) throw notThisResult(where, unified, 'what unify returned', 'Pass its result.');
}

/** Columns of `records` that are not the sources' own. */
const OWN: readonly string[] = ['source', 'id', 'row', 'customer'];

/** Every record, with its customer and the columns that were looked at. */
export function recordsTable(records: RecordSet, { keys, match, sum }: CheckedUnify, customerOf: Int32Array): Table {
  const texts = [...new Set([...keys.map(({ column }) => column), ...(match === undefined ? [] : [match.name, match.address])])];
  return new Table([
    ['source', { type: 'category', data: records.source, values: records.names }],
    ['id', records.id],
    ['row', { type: 'integer', data: records.row }],
    ['customer', customerIds(records, customerOf)],
    // A key may be the very column of ids.
    ...texts.filter((name) => !OWN.includes(name)).map((name): [string, Column] => [name, textsOf(records, name)]),
    ...sum.map((name): [string, Column] => [name, { type: 'number', data: numbersIn(records, name) }]),
  ]);
}

/**
 * One row per customer.
 *
 * @param customerOf row of the first record of each record's customer
 * @param sum columns that add up; the other columns are text, of which the commonest value stands
 */
export function customersTable(records: Table, customerOf: Int32Array, sum: readonly string[]): Table {
  const number = new Int32Array(customerOf.length).fill(-1);
  const firsts: number[] = [];
  const codes = customerOf.map((first) => {
    if (number[first] === -1) {
      number[first] = firsts.length;
      firsts.push(first);
    }
    return number[first]!;
  });
  const runs = runsOf(codes, firsts.length);
  const source = records.column('source').data as Int32Array;
  const columns = records.names.filter((name) => !OWN.includes(name)).map((name): [string, Column] => {
    if (sum.includes(name)) return [name, { type: 'number', data: totals(numbersOf('unify', records, name), runs) }];
    const column = records.column(name) as TextColumn;
    return [name, takeColumn(column, commonest(column, runs))];
  });
  return new Table([
    ['customer', takeColumn(records.column('customer'), firsts)],
    ['records', { type: 'integer', data: Int32Array.from(firsts, (_, c) => runs.starts[c + 1]! - runs.starts[c]!) }],
    ['sources', { type: 'integer', data: Int32Array.from(firsts, (_, c) => new Set(runs.rows.subarray(runs.starts[c], runs.starts[c + 1]).map((i) => source[i]!)).size) }],
    ...columns,
  ]);
}

/** Row of each customer's commonest value, the first of equals; -1 where none has one. */
function commonest(column: TextColumn, { rows, starts }: Runs): Int32Array {
  const { codes, count } = groupRows(column);
  const counts = new Int32Array(count);
  const best = new Int32Array(starts.length - 1).fill(-1);
  for (let c = 0; c < best.length; c++) {
    const own = rows.subarray(starts[c], starts[c + 1]);
    for (const i of own) if (codes[i] !== -1) counts[codes[i]!]!++;
    for (const i of own) if (codes[i] !== -1 && (best[c] === -1 || counts[codes[i]!]! > counts[codes[best[c]!]!]!)) best[c] = i;
    for (const i of own) if (codes[i] !== -1) counts[codes[i]!] = 0;
  }
  return best;
}

/** Sums per customer: whole cents exactly, the rest in the order of records; missing where every record's is. */
function totals(values: Float64Array, { rows, starts }: Runs): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, c) => {
    let cents = 0;
    let rest = 0;
    let known = 0;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const value = values[rows[k]!]!;
      if (Number.isNaN(value)) continue;
      known++;
      const whole = wholeCents(value);
      if (Number.isNaN(whole)) rest += value;
      else cents += whole;
    }
    return known === 0 ? NaN : moneyOf(cents, rest);
  });
}
