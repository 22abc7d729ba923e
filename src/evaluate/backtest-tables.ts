import { checkKeys, checkWhole, optionInvalid, seededRandom } from '../core/index.js';
import { numbersOf, sortedQuantile, table, type Table } from '../columns/index.js';
import { decilesOf, METRIC_NAMES, metricsOf, type Compared } from './metrics.js';

const MOST_REPEATS = 7;

/** Metrics of each predictor with the ends of their bootstrap intervals. */
export function metricsTable(where: string, names: readonly string[], compared: readonly Compared[], interval: { level: number; draws: number; seed: number } | false): Table {
  const n = compared[0]?.actual.length ?? 0;
  const point = compared.map((one) => metricsOf(one, new Float64Array(n).fill(1)));
  const columns: Record<string, Float64Array | readonly string[]> = { model: names };
  const draws = interval === false ? [] : drawnMetrics(where, compared, n, interval);
  for (const metric of METRIC_NAMES) {
    columns[metric] = Float64Array.from(point, (m) => m[metric]);
    if (interval === false) continue;
    const ends = compared.map((_, k) => {
      const sorted = Float64Array.from(draws, (draw) => draw[k]![metric]).sort();
      return [sortedQuantile(sorted, (1 - interval.level) / 2), sortedQuantile(sorted, (1 + interval.level) / 2)] as const;
    });
    columns[`${metric}Low`] = Float64Array.from(ends, ([low]) => low);
    columns[`${metric}High`] = Float64Array.from(ends, ([, high]) => high);
  }
  return table(columns);
}

function drawnMetrics(where: string, compared: readonly Compared[], n: number, interval: { level: number; draws: number; seed: number }): ReturnType<typeof metricsOf>[][] {
  checkKeys(where, interval, ['level', 'draws', 'seed']);
  if (!(interval.level > 0 && interval.level < 1)) throw optionInvalid(where, 'level', interval.level, 'Give a number between 0 and 1, such as 0.9.');
  checkWhole(where, 'draws', interval.draws, 50, 10_000);
  const random = seededRandom(interval.seed);
  const weight = new Float64Array(n);
  return Array.from({ length: interval.draws }, () => {
    weight.fill(0);
    for (let k = 0; k < n; k++) weight[random.below(n)]! += 1;
    return compared.map((one) => metricsOf(one, weight));
  });
}

/** Ten tenths of each predictor. */
export function decilesTable(names: readonly string[], compared: readonly Compared[]): Table {
  const rows = compared.flatMap((one, k) => decilesOf(one).map((decile, d) => ({ model: names[k]!, decile: d + 1, ...decile, predicted: one.scaled ? decile.predicted : NaN })));
  const column = (f: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, f);
  return table({
    model: rows.map((row) => row.model), decile: Int32Array.from(rows, (row) => row.decile), customers: Int32Array.from(rows, (row) => row.customers),
    predicted: column((row) => row.predicted), actual: column((row) => row.actual), lift: column((row) => row.lift), gain: column((row) => row.gain),
  });
}

/** Mean of what happened and of what was predicted, by repeats known at the cutoff (7 = 7 or more). */
export function calibrationTable(where: string, customers: Table, actual: Float64Array, predicted: readonly (readonly [string, Float64Array, boolean])[]): Table {
  const repeats = numbersOf(where, customers, 'repeats');
  const counts = new Int32Array(MOST_REPEATS + 1);
  const sums = [actual, ...predicted.map(([, values]) => values)].map(() => new Float64Array(MOST_REPEATS + 1));
  for (let i = 0; i < repeats.length; i++) {
    const group = Math.min(MOST_REPEATS, repeats[i]!);
    counts[group]!++;
    [actual, ...predicted.map(([, values]) => values)].forEach((values, k) => (sums[k]![group]! += values[i]!));
  }
  const mean = (sum: Float64Array): Float64Array => sum.map((value, group) => (counts[group] === 0 ? NaN : value / counts[group]!));
  return table({ repeats: Int32Array.from(counts.keys()), customers: counts, actual: mean(sums[0]!), ...Object.fromEntries(predicted.map(([name], k) => [name, mean(sums[k + 1]!)])) });
}
