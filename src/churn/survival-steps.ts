import { orderByNumber } from '../columns/index.js';

/** What happened at each time of one stratum, times ascending. */
export interface SurvivalSteps {
  readonly times: Float64Array;
  /** customers still there just before each time */
  readonly atRisk: Int32Array;
  readonly events: Int32Array;
  readonly censored: Int32Array;
}

/**
 * Count events and censored customers by time; a customer censored at a time still counts as at risk then.
 *
 * @param rows row numbers of the stratum
 * @returns one entry per distinct time, also where only censoring happened. O(rows).
 */
export function survivalSteps(times: Float64Array, events: Uint8Array, rows: Int32Array): SurvivalSteps {
  const order = orderByNumber(Float64Array.from(rows, (row) => times[row]!)).map((at) => rows[at]!);
  const distinct = new Float64Array(order.length);
  const happened = new Int32Array(order.length), censored = new Int32Array(order.length), atRisk = new Int32Array(order.length);
  let steps = 0;
  for (let i = 0; i < order.length; i++) {
    const time = times[order[i]!]!;
    if (steps === 0 || time !== distinct[steps - 1]) {
      atRisk[steps] = order.length - i;
      distinct[steps++] = time;
    }
    if (events[order[i]!] === 1) happened[steps - 1]!++;
    else censored[steps - 1]!++;
  }
  return { times: distinct.slice(0, steps), atRisk: atRisk.slice(0, steps), events: happened.slice(0, steps), censored: censored.slice(0, steps) };
}

/** Row numbers of each group. */
export function rowsByGroup(codes: Int32Array, groups: number): Int32Array[] {
  const sizes = new Int32Array(groups);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]!++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let i = 0; i < codes.length; i++) rows[codes[i]!]![sizes[codes[i]!]!++] = i;
  return rows;
}
