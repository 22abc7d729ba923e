import { ClienteleError, valueText } from '../core/index.js';
import { asTable, columnMissing, numbersOf, type ColumnInput, type TableInput } from '../columns/index.js';
import { mergeRows, type MergedRows } from './merge-rows.js';

/** Survivors of one cohort: how many were customers at the start and after each renewal. */
export interface SurvivorCounts {
  /** `alive[0]` customers signed, `alive[k]` are left after k renewals; not rising */
  readonly alive: readonly number[] | Float64Array | Int32Array;
}

/** Survivor counts, or columns `renewals` (made so far), `churned` (1 = did not make the next, 0 = still there) and optionally `weight`. */
export type ContractInput = SurvivorCounts | TableInput;

/**
 * Renewals (column 0), churned (column 1) and customers.
 *
 * @throws ClienteleError `VALUE_INVALID` where counts rise or are not whole, or a row cannot be
 */
export function contractRows(where: string, input: ContractInput): MergedRows {
  if (isCounts(input)) return fromCounts(where, input.alive);
  const table = asTable(where, input as Readonly<Record<string, ColumnInput>>);
  for (const name of ['renewals', 'churned']) if (!table.has(name)) throw columnMissing(where, name, table.names);
  const renewals = numbersOf(where, table, 'renewals');
  const churned = numbersOf(where, table, 'churned');
  const weight = table.has('weight') ? numbersOf(where, table, 'weight') : undefined;
  for (let i = 0; i < renewals.length; i++) {
    const fault = !(Number.isInteger(renewals[i]!) && renewals[i]! >= 0) ? 'renewals' : churned[i] !== 0 && churned[i] !== 1 ? 'churned' : weight !== undefined && !(weight[i]! >= 0 && weight[i]! < Infinity) ? 'weight' : undefined;
    if (fault === undefined) continue;
    const value = numbersOf(where, table, fault)[i]!;
    throw new ClienteleError('VALUE_INVALID', { where, column: fault, row: i, value: String(value) }, `row ${i}: ${fault} is ${value}.`, 'Give renewals as whole numbers >= 0, churned as 1 (left) or 0 (still there), weight as customers.');
  }
  return mergeRows([renewals, churned], weight);
}

function isCounts(input: ContractInput): input is SurvivorCounts {
  return typeof input === 'object' && input !== null && 'alive' in input && !('renewals' in input);
}

function fromCounts(where: string, alive: SurvivorCounts['alive']): MergedRows {
  const counts = Float64Array.from(alive);
  const n = counts.length - 1;
  for (let k = 0; k <= n; k++) {
    if (counts[k]! >= 0 && counts[k]! < Infinity && (k === 0 || counts[k]! <= counts[k - 1]!)) continue;
    throw new ClienteleError('VALUE_INVALID', { where, column: 'alive', row: k, value: valueText(counts[k]) }, `alive[${k}] is ${counts[k]}${k > 0 ? ` after ${counts[k - 1]}` : ''}.`, 'Give the customers left of one cohort after 0, 1, 2 … renewals: numbers >= 0 that never rise.');
  }
  const renewals: number[] = [], churned: number[] = [], weight: number[] = [];
  const add = (k: number, left: 0 | 1, customers: number): void => {
    if (customers <= 0) return;
    renewals.push(k);
    churned.push(left);
    weight.push(customers);
  };
  for (let k = 1; k <= n; k++) add(k - 1, 1, counts[k - 1]! - counts[k]!);
  if (n >= 0) add(n, 0, counts[n]!);
  return { columns: [Float64Array.from(renewals), Float64Array.from(churned)], weight: Float64Array.from(weight), n: weight.length };
}
