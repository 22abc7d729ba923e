/** A forecast and how it did. */
export interface Forecast {
  /** mean absolute error one step ahead over the test periods */
  readonly error: number;
  /** the periods to come */
  readonly ahead: Float64Array;
}

/** What was one season ago; where the series is shorter, the last value. */
export function seasonalNaive(values: Float64Array, season: number, test: number, horizon: number): Forecast {
  const n = values.length;
  const at = (t: number, known: number): number => {
    let back = t;
    while (back >= known) back -= season;
    return back < 0 ? values[known - 1]! : values[back]!;
  };
  let error = 0;
  for (let t = n - test; t < n; t++) error += Math.abs(values[t]! - at(t, t));
  return { error: error / test, ahead: Float64Array.from({ length: horizon }, (_, h) => at(n + h, n)) };
}

/** Exponential smoothing with a given weight of the newest value: one level for all periods to come. */
export function smoothed(values: Float64Array, weight: number, test: number, horizon: number): Forecast {
  const n = values.length;
  let level = values[0]!;
  let error = 0;
  for (let t = 1; t < n; t++) {
    if (t >= n - test) error += Math.abs(values[t]! - level);
    level += weight * (values[t]! - level);
  }
  return { error: error / test, ahead: new Float64Array(horizon).fill(level) };
}

/** The weight, 0.05 to 1 in steps of 0.05, with the least squared error one step ahead. */
export function bestSmoothing(values: Float64Array): number {
  let best = 0.05;
  let least = Infinity;
  for (let step = 1; step <= 20; step++) {
    const weight = step / 20;
    let level = values[0]!;
    let squares = 0;
    for (let t = 1; t < values.length; t++) {
      squares += (values[t]! - level) ** 2;
      level += weight * (values[t]! - level);
    }
    if (squares < least) {
      least = squares;
      best = weight;
    }
  }
  return best;
}
