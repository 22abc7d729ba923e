import { ClienteleError, valueText } from '../core/index.js';

const NAMES_LISTED = 20;

/**
 * The error for a mapped column that the source does not have: lists what was found and names near misses.
 *
 * @param role what the column was to be, as the mapping says it: `amount`, or `carry`; undefined where there is no mapping
 * @param hint a further sentence, with its full stop
 */
export function columnNotFound(where: string, file: string | undefined, role: string | undefined, column: string, names: readonly string[], hint?: string): ClienteleError {
  const listed = names.slice(0, NAMES_LISTED).map((name) => valueText(name)).join(', ');
  const found = names.length === 0 ? 'there are no columns' : `found: ${listed}${names.length > NAMES_LISTED ? `, … ${names.length - NAMES_LISTED} more` : ''}`;
  const near = nearNames(column, names);
  const guess = near[0] ?? 'its name here';
  const mend = [
    near.length > 0 ? `Did you mean ${near.map((name) => valueText(name)).join(' or ')}?` : '',
    role === undefined ? 'Name one that is there.' : role === 'carry' ? `Name it in the mapping: { carry: ['${guess}'] }.` : `Name it in the mapping: { ${role}: '${guess}' }.`,
    hint ?? '',
  ].filter((part) => part !== '').join(' ');
  return new ClienteleError('COLUMN_MISSING', { where, column, ...(file === undefined ? {} : { file }) }, `${file === undefined ? '' : `${file}: `}column ${valueText(column)} is missing (${found}).`, mend);
}

/**
 * Names that a misspelt one may have meant, nearest first, at most three: equal but for case and punctuation, or not
 * more than a third of the letters apart.
 *
 * @example
 * nearNames('CustomerID', ['order_date', 'customer_id']);  // ['customer_id']
 */
export function nearNames(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  return names
    .map((candidate) => ({ candidate, apart: apart(wanted, plain(candidate)) }))
    .filter(({ candidate, apart }) => candidate !== '' && apart <= Math.max(wanted.length, 3) / 3)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function plain(name: string): string {
  return name.slice(0, 80).toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Edit distance (Levenshtein), one row of the matrix at a time. */
function apart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same));
    }
    row = next;
  }
  return row[b.length]!;
}
