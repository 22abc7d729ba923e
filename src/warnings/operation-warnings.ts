import { categoryColumn, compareText, table, type Table } from '../columns/index.js';
import { SEVERITIES } from './severity.js';

/** One finding of an operating warning. */
export interface OperationFinding {
  readonly customer: string;
  readonly rule: string;
  /** rank of the severity; 0 is content */
  readonly rank: number;
  readonly value: number;
  readonly limit: number;
  readonly base: number;
  readonly reason: string;
  /** NaN where it is not known */
  readonly moneyAtStake: number;
}

/** Findings as a table of the same shape as those of `warnings`, worst first, then most money (unknown last), then id. */
export function operationWarnings(findings: readonly OperationFinding[]): Table {
  const stake = ({ moneyAtStake }: OperationFinding): number => (Number.isNaN(moneyAtStake) ? -Infinity : moneyAtStake);
  // Two unknown are NaN apart, which passes on to the id as 0 does.
  const kept = findings.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank || stake(b) - stake(a) || compareText(a.customer, b.customer) || compareText(a.rule, b.rule));
  const numbers = (of: (f: OperationFinding) => number): Float64Array => Float64Array.from(kept, of);
  return table({
    customer: kept.map((f) => f.customer), rule: categoryColumn(kept.map((f) => f.rule)),
    severity: { type: 'category', values: SEVERITIES, data: Int32Array.from(kept, (f) => f.rank) },
    value: numbers((f) => f.value), limit: numbers((f) => f.limit), base: numbers((f) => f.base), reason: kept.map((f) => f.reason), moneyAtStake: numbers((f) => f.moneyAtStake),
  });
}
