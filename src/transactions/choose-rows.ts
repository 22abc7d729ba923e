/** Which rows of a log are used, and how many are left out by which rule. */
export interface ChosenRows {
  /** 1 for rows used; absent when all are */
  readonly keep: Uint8Array | undefined;
  readonly used: number;
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Hold every row against the window and the rules. */
export function chooseRows(dates: Int32Array, amounts: Float64Array, rule: { asOf: number; from: number; dropReturns: boolean; dropZero: boolean }): ChosenRows {
  const keep = new Uint8Array(dates.length);
  const left = { 'after-as-of': 0, 'before-from': 0, returns: 0, 'zero-orders': 0 };
  let used = 0;
  for (let i = 0; i < dates.length; i++) {
    if (dates[i]! > rule.asOf) left['after-as-of']++;
    else if (dates[i]! < rule.from) left['before-from']++;
    else if (rule.dropReturns && amounts[i]! < 0) left.returns++;
    else if (rule.dropZero && amounts[i] === 0) left['zero-orders']++;
    else {
      keep[i] = 1;
      used++;
    }
  }
  const leftOut = Object.fromEntries(Object.entries(left).filter(([, n]) => n > 0));
  return { keep: used === dates.length ? undefined : keep, used, leftOut };
}

