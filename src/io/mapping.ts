import { ClienteleError, valueText } from '../core/index.js';
import { ROLES, type Role } from '../transactions/index.js';

/**
 * Which column of the source plays which role.
 *
 * Values are column names; where a file has no header, column numbers from 1 (`1` or `'1'`).
 */
export interface Mapping {
  /** who bought; ids stay text, byte for byte */
  readonly customer: string | number;
  /** when */
  readonly date: string | number;
  /** for how much; below 0 is a return */
  readonly amount: string | number;
  /** order id: rows with the same id are one purchase */
  readonly order?: string | number;
  readonly product?: string | number;
  readonly quantity?: string | number;
  readonly cost?: string | number;
  readonly channel?: string | number;
  /** cancelled rows are left out by it */
  readonly status?: string | number;
  /** all rows must be of one currency */
  readonly currency?: string | number;
  /** further columns to take along under their own names: region, name, e-mail … */
  readonly carry?: readonly (string | number)[];
}

/** How a column is read. */
export type ColumnKind = 'id' | 'date' | 'number' | 'category' | 'carried';

/** One column asked for. */
export interface WantedColumn {
  /** its name in the order log: the role, or for carried columns their own name */
  readonly target: string;
  readonly role: Role | undefined;
  /** its name in the source */
  readonly column: string;
  readonly kind: ColumnKind;
  /** a row without a value here is a bad row */
  readonly required: boolean;
  /** of a table that has no roles */
  readonly plain?: true;
}

const KINDS: Readonly<Record<Role, ColumnKind>> = {
  customer: 'id', date: 'date', amount: 'number', order: 'id', product: 'category', quantity: 'number', cost: 'number',
  channel: 'category', status: 'category', currency: 'category',
};
const REQUIRED: readonly string[] = ['customer', 'date', 'amount'];
const EXAMPLE = "{ customer: 'customer_id', date: 'order_date', amount: 'revenue' }";

/**
 * The columns a mapping asks for, roles first and in their own order, then carried columns.
 *
 * @throws ClienteleError `OPTION_INVALID` for an unknown role, a missing one, or a value that names no column
 */
export function wantedColumns(where: string, mapping: Mapping): WantedColumn[] {
  if (typeof mapping !== 'object' || mapping === null) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'mapping', value: valueText(mapping) }, 'the mapping is missing.', `Say which column plays which role: ${EXAMPLE}.`);
  }
  for (const key of Object.keys(mapping)) {
    if (key !== 'carry' && !(ROLES as readonly string[]).includes(key)) {
      throw new ClienteleError('OPTION_INVALID', { where, option: key }, `the mapping has no role ${valueText(key)}.`, `Roles: ${ROLES.join(', ')}; other columns are taken along by carry: ['name'].`);
    }
  }
  const wanted: WantedColumn[] = [];
  for (const role of ROLES) {
    const named = mapping[role];
    const required = REQUIRED.includes(role);
    if (named === undefined && !required) continue;
    wanted.push({ target: role, role, column: columnName(where, role, named), kind: KINDS[role], required });
  }
  for (const column of carriedNames(where, mapping.carry)) wanted.push({ target: column, role: undefined, column, kind: 'carried', required: false });
  return wanted;
}

/** The mapping of columns that already bear the names of their roles. */
export function identityMapping(names: readonly string[]): Mapping {
  const present = ROLES.filter((role) => names.includes(role) || REQUIRED.includes(role));
  return Object.fromEntries(present.map((role) => [role, role])) as unknown as Mapping;
}

function columnName(where: string, role: string, named: unknown): string {
  if (typeof named === 'string' && named !== '') return named;
  if (typeof named === 'number' && Number.isInteger(named) && named >= 1) return String(named);
  const found = named === undefined ? `the mapping names no column for ${role}.` : `the mapping gives ${valueText(named)} as the column of ${role}.`;
  throw new ClienteleError('OPTION_INVALID', { where, option: role, ...(named === undefined ? {} : { value: valueText(named) }) }, found, `Give a column name, as in ${EXAMPLE}.`);
}

function carriedNames(where: string, carry: unknown): string[] {
  if (carry === undefined) return [];
  if (!Array.isArray(carry)) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'carry', value: valueText(carry) }, `carry is ${valueText(carry)}.`, "Give a list of column names: carry: ['region', 'email'].");
  }
  return [...new Set(carry.map((name) => columnName(where, 'carry', name)))];
}
