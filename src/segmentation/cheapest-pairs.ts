/**
 * Pair rows with columns so that the costs add up to the least; each has one partner at most.
 *
 * @param cost finite
 * @returns the column of each row, -1 for rows left over where there are more rows than columns
 *
 * Source: the Hungarian algorithm with potentials (Kuhn 1955, Munkres 1957). O(rows² columns).
 */
export function cheapestPairs(rows: number, columns: number, cost: (row: number, column: number) => number): number[] {
  if (rows > columns) {
    const turned = cheapestPairs(columns, rows, (c, r) => cost(r, c));
    const pairs = new Array<number>(rows).fill(-1);
    turned.forEach((r, c) => (pairs[r] = c));
    return pairs;
  }
  // Rows and columns count from 1 here; 0 stands for none.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const seen = new Uint8Array(columns + 1);
    do {
      seen[column] = 1;
      const r = rowOf[column]!;
      let step = Infinity;
      let next = 0;
      for (let c = 1; c <= columns; c++) {
        if (seen[c] === 1) continue;
        const reduced = cost(r - 1, c - 1) - rowPotential[r]! - columnPotential[c]!;
        if (reduced < least[c]!) {
          least[c] = reduced;
          before[c] = column;
        }
        if (least[c]! < step) {
          step = least[c]!;
          next = c;
        }
      }
      for (let c = 0; c <= columns; c++) {
        if (seen[c] === 1) {
          rowPotential[rowOf[c]!]! += step;
          columnPotential[c]! -= step;
        } else least[c]! -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[before[column]!]!;
      column = before[column]!;
    }
  }
  const pairs = new Array<number>(rows).fill(-1);
  for (let c = 1; c <= columns; c++) if (rowOf[c]! > 0) pairs[rowOf[c]! - 1] = c - 1;
  return pairs;
}
