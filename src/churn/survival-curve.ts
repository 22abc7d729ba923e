import { normalQuantile } from '../math/index.js';
import type { SurvivalSteps } from './survival-steps.js';

/** How the limits of a survival curve are made: on its own scale, that of its logarithm, or of log(-log). */
export type SurvivalLimits = 'plain' | 'log' | 'log-log';

/** The Kaplan-Meier curve of one stratum, one entry per time. */
export interface SurvivalCurve {
  readonly survival: Float64Array;
  /** Greenwood's standard error of the survival */
  readonly standardError: Float64Array;
  /** Nelson-Aalen */
  readonly cumulativeHazard: Float64Array;
  /** NaN where the scale has no limit: survival 0, and 1 for log-log */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The curve of counted steps. */
export function survivalCurve(steps: SurvivalSteps, limits: SurvivalLimits, level: number): SurvivalCurve {
  const n = steps.times.length;
  const survival = new Float64Array(n), standardError = new Float64Array(n), cumulativeHazard = new Float64Array(n);
  const low = new Float64Array(n), high = new Float64Array(n);
  const z = normalQuantile((1 + level) / 2);
  let s = 1, greenwood = 0, hazard = 0;
  for (let k = 0; k < n; k++) {
    const d = steps.events[k]!, r = steps.atRisk[k]!;
    // As a quotient of whole numbers: one rounding a step, and exactly 1 where nothing happened.
    s *= (r - d) / r;
    hazard += d / r;
    if (r > d) greenwood += d / (r * (r - d));
    survival[k] = s;
    cumulativeHazard[k] = hazard;
    standardError[k] = s * Math.sqrt(greenwood);
    [low[k], high[k]] = limitsAt(s, Math.sqrt(greenwood), z, limits);
  }
  return { survival, standardError, cumulativeHazard, low, high };
}

/** @param error standard error of log S */
function limitsAt(s: number, error: number, z: number, limits: SurvivalLimits): [low: number, high: number] {
  if (limits === 'plain') return [Math.max(0, s - z * s * error), Math.min(1, s + z * s * error)];
  if (s === 0 || (s === 1 && limits === 'log-log')) return [NaN, NaN];
  if (limits === 'log') return [s * Math.exp(-z * error), Math.min(1, s * Math.exp(z * error))];
  const stretch = Math.exp((z * error) / Math.log(s));          // below 1
  return [s ** (1 / stretch), s ** stretch];
}

/**
 * First time at which a falling curve is at or below a share; where it equals the share over an interval, the middle of
 * that interval; NaN where it never gets there.
 */
export function timeAtShare(times: Float64Array, curve: Float64Array, share: number): number {
  const tolerance = 1.4901161193847656e-8;                       // R's: a product of quotients misses 0.5 by rounding
  for (let k = 0; k < times.length; k++) {
    if (!(curve[k]! <= share + tolerance)) continue;
    if (curve[k]! < share - tolerance) return times[k]!;
    let end = k + 1;
    while (end < times.length && curve[end]! >= share - tolerance) end++;
    return end < times.length ? (times[k]! + times[end]!) / 2 : times[k]!;
  }
  return NaN;
}

/** Area under the curve from 0 to a time, and its standard error. */
export function restrictedMean(steps: SurvivalSteps, survival: Float64Array, to: number): { mean: number; standardError: number } {
  const { times, events, atRisk } = steps;
  let variance = 0, area = 0;
  // From the end: the area right of each time is what an event there moves.
  let until = to;
  for (let k = times.length - 1; k >= 0; k--) {
    const from = Math.min(times[k]!, to);
    area += survival[k]! * Math.max(0, until - from);
    until = Math.min(until, from);
    if (atRisk[k]! > events[k]! && times[k]! < to) variance += (area * area * events[k]!) / (atRisk[k]! * (atRisk[k]! - events[k]!));
  }
  return { mean: area + until, standardError: Math.sqrt(variance) };
}
