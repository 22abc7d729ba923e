import { cellOf, columnLength, type Cell, type CategoryColumn, type Column } from '../columns/index.js';

const SOURCE = Symbol.for('clientele.column');

/** How arquero knows the groups of a column: a group number per row, and for each group a row that stands for it. */
export interface ArqueroGroups {
  readonly keys: Uint32Array;
  readonly get: readonly ((row: number) => Cell)[];
  readonly names: readonly string[];
  readonly rows: readonly number[];
  readonly size: number;
}

/** A column as arquero reads it, decoded cell by cell on access. */
export interface ArqueroColumn {
  readonly length: number;
  at(row: number): Cell;
  toArray(): Cell[];
  [Symbol.iterator](): Iterator<Cell>;
  /** for grouping by codes instead of texts */
  readonly groups?: (names: readonly string[]) => ArqueroGroups;
}

/**
 * A column of ours as arquero takes it: doubles and gapless integers as their very arrays, the rest behind an object
 * that decodes on access and keeps the column, so that {@link sharedColumn} gives it back without a copy.
 *
 * Cells are those of `Table.cell`: dates as 'YYYY-MM-DD' text, flags as booleans, missing as null (NaN in numbers).
 */
export function arqueroColumn(column: Column): Float64Array | Int32Array | ArqueroColumn {
  if (column.type === 'number') return column.data;
  if (column.type === 'integer' && column.valid === undefined) return column.data;
  const length = columnLength(column);
  // A text is decoded once, however often a verb asks for it.
  const texts: (Cell | undefined)[] | undefined = column.type === 'text' || column.type === 'date' ? new Array<Cell | undefined>(length) : undefined;
  const at = (row: number): Cell => {
    if (texts === undefined) return cellOf(column, row);
    const known = texts[row];
    return known === undefined ? (texts[row] = cellOf(column, row)) : known;
  };
  const toArray = (): Cell[] => Array.from({ length }, (_, row) => at(row));
  const object: ArqueroColumn = {
    length,
    at,
    toArray,
    [Symbol.iterator]: function* () {
      for (let row = 0; row < length; row++) yield at(row);
    },
    ...(column.type === 'category' ? { groups: (names: readonly string[]) => codeGroups(column, names) } : {}),
  };
  return Object.defineProperty(object, SOURCE, { value: column });
}

/** The column behind an object of {@link arqueroColumn}, of any copy of the library; undefined for others. */
export function sharedColumn(object: object): Column | undefined {
  return (object as { [SOURCE]?: Column })[SOURCE];
}

/** Groups in order of first appearance, as arquero itself would number them. */
function codeGroups({ data, values }: CategoryColumn, names: readonly string[]): ArqueroGroups {
  const groupOf = new Int32Array(values.length + 1).fill(-1);      // code + 1, as -1 is missing
  const keys = new Uint32Array(data.length);
  const rows: number[] = [];
  for (let row = 0; row < data.length; row++) {
    const slot = data[row]! + 1;
    if (groupOf[slot] === -1) groupOf[slot] = rows.push(row) - 1;
    keys[row] = groupOf[slot]!;
  }
  return { keys, get: [(row) => (data[row] === -1 ? null : values[data[row]!]!)], names, rows, size: rows.length };
}
