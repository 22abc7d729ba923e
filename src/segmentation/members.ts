/** Rows sorted by cluster: those of cluster c stand at starts[c] … starts[c + 1] - 1 of `rows`, ascending. */
export interface Members {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** Sort rows by cluster; rows below 0 are left out. Counting sort, O(n + k). */
export function membersOf(codes: Int32Array, k: number): Members {
  const starts = new Int32Array(k + 1);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) starts[codes[i]! + 1]!++;
  for (let c = 0; c < k; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rows = new Int32Array(starts[k]!);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) rows[next[codes[i]!]!++] = i;
  return { rows, starts };
}

/**
 * Values of all members, cluster by cluster, those that are missing left out.
 *
 * @returns the values, and where each cluster's begin; the last entry is their number
 */
export function memberValues(values: Float64Array, { rows, starts }: Members): { readonly values: Float64Array; readonly starts: Int32Array } {
  const found = new Float64Array(rows.length);
  const from = new Int32Array(starts.length);
  let used = 0;
  for (let c = 0; c + 1 < starts.length; c++) {
    for (let at = starts[c]!; at < starts[c + 1]!; at++) {
      const value = values[rows[at]!]!;
      if (value === value) found[used++] = value;
    }
    from[c + 1] = used;
  }
  return { values: found.subarray(0, used), starts: from };
}

/** Squared differences from `mean`, in a fresh array. */
export function squaresFrom(values: Float64Array, mean: number): Float64Array {
  const squares = new Float64Array(values.length);
  for (let i = 0; i < squares.length; i++) {
    const apart = values[i]! - mean;
    squares[i] = apart * apart;
  }
  return squares;
}
