import { ClienteleError, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, numbersOf, type TableInput } from '../columns/index.js';

/** What is known of a product; numbers are NaN where nothing is. */
export interface CatalogEntry {
  readonly category: string | undefined;
  readonly price: number;
  readonly tier: number;
  readonly margin: number;
}

/** Products by name, and which columns the catalog has. */
export interface Catalog {
  readonly entries: ReadonlyMap<string, CatalogEntry>;
  readonly has: (column: 'category' | 'price' | 'tier' | 'margin') => boolean;
}

/**
 * Read a catalog: a row per product.
 *
 * @param input columns `product` and any of `category` (text), `price`, `tier` (order of service levels) and `margin` (any unit)
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` for a product that stands twice, or a number that is not finite
 */
export function readCatalog(where: string, input: TableInput, needed: readonly ('category' | 'price')[] = []): Catalog {
  const rows = asTable(where, input);
  for (const name of ['product', ...needed]) if (!rows.has(name)) throw columnMissing(where, name, rows.names);
  const numbers = (name: string): Float64Array | undefined => {
    if (!rows.has(name)) return undefined;
    const values = numbersOf(where, rows, name);
    values.forEach((value, row) => {
      if (Math.abs(value) === Infinity) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(value) }, `catalog, row ${row}: ${name} is ${value}.`, 'Give a finite number, or leave it missing.');
    });
    return values;
  };
  const [price, tier, margin] = [numbers('price'), numbers('tier'), numbers('margin')];
  const entries = new Map<string, CatalogEntry>();
  for (let row = 0; row < rows.numRows; row++) {
    const name = String(cellOf(rows.column('product'), row) ?? '').trim();
    if (name === '') continue;
    if (entries.has(name)) throw new ClienteleError('VALUE_INVALID', { where, column: 'product', row, value: valueText(name) }, `the catalog holds ${valueText(name)} twice.`, 'Give each product one row.');
    const category = rows.has('category') ? String(cellOf(rows.column('category'), row) ?? '').trim() : '';
    entries.set(name, { category: category === '' ? undefined : category, price: price?.[row] ?? NaN, tier: tier?.[row] ?? NaN, margin: margin?.[row] ?? NaN });
  }
  return { entries, has: (column) => rows.has(column) };
}
