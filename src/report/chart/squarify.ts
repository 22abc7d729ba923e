/** A rectangle of a treemap, in the unit of the area it divides. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Divide a rectangle among sizes, so that areas are in proportion and tiles near to square.
 *
 * @param sizes greater than 0, descending
 * @returns a tile per size, in the same order
 *
 * Method: squarified treemaps, Bruls, Huizing & van Wijk (2000). O(n²) at most, for n of a few dozen.
 */
export function squarify(sizes: readonly number[], width: number, height: number): Tile[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const areas = sizes.map((size) => (size / total) * width * height);
  const tiles: Tile[] = [];
  let [x, y, w, h] = [0, 0, width, height];
  for (let from = 0; from < areas.length;) {
    const side = Math.min(w, h);
    let to = from + 1;
    while (to < areas.length && worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side)) to++;
    const row = areas.slice(from, to);
    const depth = row.reduce((sum, area) => sum + area, 0) / side;
    let along = 0;
    for (const area of row) {
      const length = area / depth;
      tiles.push(w >= h ? { x, y: y + along, x2: x + depth, y2: y + along + length } : { x: x + along, y, x2: x + along + length, y2: y + depth });
      along += length;
    }
    if (w >= h) [x, w] = [x + depth, w - depth];
    else [y, h] = [y + depth, h - depth];
    from = to;
  }
  return tiles;
}

/** The largest ratio of sides in a row of areas along a side. */
function worst(row: readonly number[], side: number): number {
  const sum = row.reduce((a, b) => a + b, 0);
  return Math.max((side * side * Math.max(...row)) / (sum * sum), (sum * sum) / (side * side * Math.min(...row)));
}
