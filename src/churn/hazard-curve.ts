import { checkKeys, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, table, type Table, type TableInput } from '../columns/index.js';
import { chiSquareQuantile } from '../math/index.js';
import { checkAbove0, checkLevel, finiteNumbers, someRows, yesNo } from './inputs.js';

export interface HazardCurveOptions {
  /** width of the bands of tenure, in the unit of time; 1 by default */
  readonly width?: number;
  /** own lower ends of the bands, ascending, instead of `width`; the last band is open */
  readonly bands?: readonly number[];
  /** `'time'` by default */
  readonly time?: string;
  /** `'churned'` by default */
  readonly event?: string;
  /** 0.95 by default */
  readonly level?: number;
}

/**
 * When in their life customers leave: the hazard by tenure band.
 *
 * A band holds from <= time < to. `hazard` is events / customers who entered the band, the chance to leave in it while
 * nobody is censored; `rate` is events / time under observation in the band, right under censoring, with exact Poisson
 * limits.
 *
 * @param data one row per customer; not modified
 * @param options bands and columns
 * @returns from, to (missing for an open end), atRisk, events, exposure, hazard, rate, low, high; bands that nobody
 *   entered are left out
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` by row, `OPTION_INVALID`
 * @example
 * hazardCurve({ time: [1, 2, 5, 7], churned: [1, 0, 1, 0] }, { width: 4 }).row(0);
 * // { from: 0, to: 4, atRisk: 4, events: 1, exposure: 11, hazard: 0.25, rate: 1/11, … }
 *
 * Source: Garwood (1936) for the limits. O(customers × bands passed).
 */
export function hazardCurve(data: TableInput, options: HazardCurveOptions = {}): Table {
  const where = 'hazardCurve';
  checkKeys(where, options, ['width', 'bands', 'time', 'event', 'level']);
  const level = checkLevel(where, options.level ?? 0.95);
  const source = someRows(where, asTable(where, data));
  const times = finiteNumbers(where, source, options.time ?? 'time', 0);
  const events = yesNo(where, source, options.event ?? 'churned');
  const longest = times.reduce((most, t) => Math.max(most, t), 0);
  const from = bandStarts(where, options, longest);

  const n = from.length;
  const atRisk = new Int32Array(n), lost = new Int32Array(n), exposure = new Float64Array(n);
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    for (let b = 0; b < n && time >= from[b]!; b++) {
      atRisk[b]!++;
      const inside = b + 1 === n || time < from[b + 1]!;
      exposure[b]! += (inside ? time : from[b + 1]!) - from[b]!;
      if (inside) lost[b]! += events[i]!;
    }
  }
  const kept = [...from.keys()].filter((b) => atRisk[b]! > 0);
  const column = (of: (b: number) => number): Float64Array => Float64Array.from(kept, of);
  // Garwood's limits of a Poisson count.
  const low = (d: number): number => (d === 0 ? 0 : chiSquareQuantile((1 - level) / 2, 2 * d) / 2);
  const high = (d: number): number => chiSquareQuantile((1 + level) / 2, 2 * d + 2) / 2;
  return table({
    from: column((b) => from[b]!), to: column((b) => (b + 1 < n ? from[b + 1]! : NaN)),
    atRisk: Int32Array.from(kept, (b) => atRisk[b]!), events: Int32Array.from(kept, (b) => lost[b]!), exposure: column((b) => exposure[b]!),
    hazard: column((b) => lost[b]! / atRisk[b]!), rate: column((b) => (exposure[b] === 0 ? NaN : lost[b]! / exposure[b]!)),
    low: column((b) => (exposure[b] === 0 ? NaN : low(lost[b]!) / exposure[b]!)), high: column((b) => (exposure[b] === 0 ? NaN : high(lost[b]!) / exposure[b]!)),
  });
}

function bandStarts(where: string, { width, bands }: HazardCurveOptions, longest: number): number[] {
  if (bands === undefined) {
    const step = width === undefined ? 1 : checkAbove0(where, 'width', width);
    const count = Math.floor(longest / step) + 1;
    if (count > 10_000) throw optionInvalid(where, 'width', step, `It makes ${count} bands; give a larger width.`);
    return Array.from({ length: count }, (_, b) => b * step);
  }
  if (width !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: 'bands' }, 'both bands and width are given.', 'Give one of them.');
  const ascending = Array.isArray(bands) && bands.length > 0 && bands.every((b: unknown, i) => typeof b === 'number' && Number.isFinite(b) && b >= 0 && (i === 0 || b > bands[i - 1]!));
  if (!ascending) throw optionInvalid(where, 'bands', bands, 'Give the lower ends of the bands, ascending, from 0 on: [0, 3, 12].');
  return [...bands];
}
