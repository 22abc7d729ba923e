import { ClienteleError, valueText, type DateUnit } from '../core/index.js';
import { asTable, categoriesOf, cellOf, columnMissing, compareText, compareTextRows, groupRows, isPresent, numbersOf, takeColumn, type Column, type Table, type TableInput } from '../columns/index.js';

/** Kinds of movements, in the order in which those of one instant apply. Points that end by themselves do so before redemptions. */
export const MOVEMENT_KINDS = ['join', 'paid', 'earn', 'reverse', 'late', 'redeem'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];
export const JOIN = 0, PAID = 1, EARN = 2, REVERSE = 3, LATE = 4, REDEEM = 5;

/** Movements checked and put in order, member by member. */
export interface Movements {
  readonly members: Column;
  readonly count: number;
  /** rows of member m: `rows[start[m]]` … `rows[start[m + 1] - 1]`, in the order they apply */
  readonly start: Int32Array;
  readonly rows: Int32Array;
  /** by row */
  readonly at: Int32Array;
  readonly kind: Uint8Array;
  readonly amount: Float64Array;
  /** points in hundredths; NaN where the rules say how many */
  readonly units: Float64Array;
  /** order of the row, -1 without one */
  readonly order: Int32Array;
  /** by order: row of its earning and of its redemption, -1 */
  readonly earned: Int32Array;
  readonly redeemed: Int32Array;
  /** when an award ends, by row; absent where the rules say so */
  readonly expires: Int32Array | undefined;
  readonly unit: DateUnit;
  readonly read: number;
  readonly duplicates: number;
  readonly afterAsOf: number;
  /** members whose first movement comes later; they are not among `members` */
  readonly notYet: number;
}

/**
 * Read and check movements: `id`, `member`, `at`, `kind`, and where they apply `amount`, `points`, `order`, `expires`.
 *
 * @param until last unit of time that counts
 * @throws ClienteleError by row
 */
export function readMovements(where: string, input: TableInput, asOfUnit: (at: Int32Array, unit: DateUnit) => number): Movements {
  const source = asTable(where, input);
  if (source.numRows === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no movements.', 'Pass at least one.');
  const { at, unit } = timesOf(where, source, 'at');
  const kind = kindsOf(where, source);
  const amount = source.has('amount') ? numbersOf(where, source, 'amount') : new Float64Array(source.numRows).fill(NaN);
  const units = unitsOf(where, source);
  const expires = source.has('expires') ? endsOf(where, source, unit) : undefined;
  const members = groupsOf(where, source, 'member', true);
  const ids = groupsOf(where, source, 'id', true);
  const orders = source.has('order') ? groupsOf(where, source, 'order', false) : { codes: new Int32Array(source.numRows).fill(-1), count: 0, firstRow: new Int32Array(0) };
  checkValues(where, source, { kind, amount, units });
  if (expires !== undefined) checkEnds(where, source, { kind, at, expires });

  const same = (a: number, b: number): boolean => at[a] === at[b] && kind[a] === kind[b] && members.codes[a] === members.codes[b] && Object.is(amount[a], amount[b]) && Object.is(units[a], units[b])
    && orders.codes[a] === orders.codes[b] && (expires === undefined || expires[a] === expires[b]);
  const dropped = new Uint8Array(source.numRows);
  let duplicates = 0;
  for (let i = 0; i < source.numRows; i++) {
    const first = ids.firstRow[ids.codes[i]!]!;
    if (first === i) continue;
    if (!same(first, i)) throw refuse(where, source, i, 'id', `the id ${shown(source, 'id', i)} is used by row ${first} for something else.`, 'Give every movement an id of its own; the same movement twice must be the same in every column.');
    dropped[i] = 1;
    duplicates++;
  }
  const before = idOrder(source.column('id'));
  const earned = new Int32Array(orders.count).fill(-1), redeemed = new Int32Array(orders.count).fill(-1);
  for (let i = 0; i < source.numRows; i++) {
    if (dropped[i] === 1 || orders.codes[i] === -1 || (kind[i] !== EARN && kind[i] !== REDEEM)) continue;
    const known = kind[i] === EARN ? earned : redeemed;
    const other = known[orders.codes[i]!]!;
    if (other === -1) known[orders.codes[i]!] = i;
    else {
      if (!same(other, i)) throw refuse(where, source, i, 'order', `order ${shown(source, 'order', i)} ${kind[i] === EARN ? 'earns' : 'redeems'} a second time (row ${other}), and not the same.`, 'Give an order its points once; what is added later is an order of its own.');
      const later = before(other, i) <= 0 ? i : other;
      dropped[later] = 1;
      if (later === other) known[orders.codes[i]!] = i;
      duplicates++;
    }
  }
  checkReversals(where, source, { kind, at, order: orders.codes, member: members.codes, earned, redeemed, amount, dropped });

  const until = asOfUnit(at, unit);
  const known = membersBy(until, at, members);
  if (known.firstRow.length === 0) throw new ClienteleError('OPTION_INVALID', { where, option: 'asOf' }, 'no movement is left.', 'Give an asOf that is not before the first.');
  const { start, rows, afterAsOf } = inOrder({ at, kind, member: known.codes, dropped }, known.firstRow.length, until, before);
  return {
    members: takeColumn(source.column('member'), known.firstRow), count: known.firstRow.length, start, rows, at, kind, amount, units, order: orders.codes, earned, redeemed, expires, unit,
    read: source.numRows, duplicates, afterAsOf, notYet: members.count - known.firstRow.length,
  };
}

/** Members by the rows up to `until` alone, as if the later ones were not there; the others' rows have code -1. */
function membersBy(until: number, at: Int32Array, { codes, count }: { codes: Int32Array; count: number }): { codes: Int32Array; firstRow: Int32Array } {
  const place = new Int32Array(count).fill(-1);
  const firstRow = new Int32Array(count);
  let known = 0;
  for (let i = 0; i < at.length; i++) {
    if (at[i]! > until || place[codes[i]!] !== -1) continue;
    firstRow[known] = i;
    place[codes[i]!] = known++;
  }
  return { codes: codes.map((code) => place[code]!), firstRow: firstRow.subarray(0, known) };
}

/** Rows by member (a counting sort), each member's by time, kind and id. */
function inOrder({ at, kind, member, dropped }: { at: Int32Array; kind: Uint8Array; member: Int32Array; dropped: Uint8Array }, count: number, until: number, before: (a: number, b: number) => number): { start: Int32Array; rows: Int32Array; afterAsOf: number } {
  const start = new Int32Array(count + 1);
  let afterAsOf = 0;
  for (let i = 0; i < at.length; i++) {
    if (dropped[i] === 1) continue;
    if (at[i]! > until) afterAsOf++;
    else start[member[i]! + 1]!++;
  }
  for (let m = 0; m < count; m++) start[m + 1]! += start[m]!;
  const next = start.slice(0, count);
  const rows = new Int32Array(start[count]!);
  for (let i = 0; i < at.length; i++) if (dropped[i] === 0 && at[i]! <= until) rows[next[member[i]!]!++] = i;
  const compare = (a: number, b: number): number => at[a]! - at[b]! || kind[a]! - kind[b]! || before(a, b);
  for (let m = 0; m < count; m++) {
    const from = start[m]!, to = start[m + 1]!;
    if (to - from > 48) rows.subarray(from, to).set(Array.from(rows.subarray(from, to)).sort(compare));
    else {
      for (let k = from + 1; k < to; k++) {
        const row = rows[k]!;
        let j = k;
        for (; j > from && compare(rows[j - 1]!, row) > 0; j--) rows[j] = rows[j - 1]!;
        rows[j] = row;
      }
    }
  }
  return { start, rows, afterAsOf };
}

/** Ids are compared as text, by their bytes, whatever their type. */
function idOrder(ids: Column): (a: number, b: number) => number {
  if (ids.type === 'text') return (a, b) => compareTextRows(ids, a, b);
  return (a, b) => compareText(String(cellOf(ids, a)), String(cellOf(ids, b)));
}

function groupsOf(where: string, source: Table, name: string, required: boolean): ReturnType<typeof groupRows> {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const groups = groupRows(source.column(name));
  const row = required ? groups.codes.indexOf(-1) : -1;
  if (row !== -1) throw refuse(where, source, row, name, `row ${row} has no ${name}.`, 'Fill it, or drop the row.');
  return groups;
}

function timesOf(where: string, source: Table, name: string): { at: Int32Array; unit: DateUnit } {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  const column = source.column(name);
  if (column.type !== 'date') throw new ClienteleError('VALUE_INVALID', { where, column: name }, `column ${valueText(name)} holds ${column.type}, not dates.`, "Read it as dates, or pass { type: 'date', data: days since 1970-01-01 }.");
  for (let row = 0; row < source.numRows; row++) if (!isPresent(column, row)) throw refuse(where, source, row, name, `row ${row} has no date.`, 'Fill it, or drop the row.');
  return { at: column.data, unit: column.unit ?? 'day' };
}

/** When awards end; a missing one is far away. */
function endsOf(where: string, source: Table, unit: DateUnit): Int32Array {
  const column = source.column('expires');
  if (column.type !== 'date' || (column.unit ?? 'day') !== unit) throw new ClienteleError('VALUE_INVALID', { where, column: 'expires' }, 'column "expires" is not dates in the unit of "at".', 'Give both in the same unit.');
  return column.valid === undefined ? column.data : column.data.map((end, row) => (isPresent(column, row) ? end : FAR));
}
/** No movement is dated so late. */
export const FAR = 0x7fffffff;

function kindsOf(where: string, source: Table): Uint8Array {
  const column = categoriesOf(where, source, 'kind');
  const known = column.values.map((value) => (MOVEMENT_KINDS as readonly string[]).indexOf(value));
  const kinds = new Uint8Array(column.data.length);
  for (let row = 0; row < kinds.length; row++) {
    const code = column.data[row]!;
    const kind = code === -1 ? -1 : known[code]!;
    if (kind === -1) throw refuse(where, source, row, 'kind', `row ${row}: the kind ${shown(source, 'kind', row)} is none.`, `Kinds are ${MOVEMENT_KINDS.join(', ')}.`);
    kinds[row] = kind;
  }
  return kinds;
}

function unitsOf(where: string, source: Table): Float64Array {
  if (!source.has('points')) return new Float64Array(source.numRows).fill(NaN);
  return numbersOf(where, source, 'points').map((points, row) => {
    const hundredths = Math.round(points * 100);
    if (Number.isNaN(points) || hundredths / 100 === points) return hundredths;
    throw refuse(where, source, row, 'points', `row ${row}: ${points} points have more than two decimals.`, 'Round them.');
  });
}

function checkValues(where: string, source: Table, { kind, amount, units }: { kind: Uint8Array; amount: Float64Array; units: Float64Array }): void {
  for (let row = 0; row < kind.length; row++) {
    const [money, points] = [amount[row]!, units[row]!];
    if (money < 0 || money === Infinity) throw refuse(where, source, row, 'amount', `row ${row}: the amount is ${money}.`, 'Give money of 0 or more; a refund is a movement of kind reverse.');
    if (points < 0 || points === Infinity) throw refuse(where, source, row, 'points', `row ${row}: the points are ${points / 100}.`, 'Give points of 0 or more; the kind says which way they go.');
    if (kind[row] === EARN && Number.isNaN(money) && Number.isNaN(points)) throw refuse(where, source, row, 'amount', `row ${row} earns, and has neither amount nor points.`, 'Give one of them.');
    if (kind[row] === REDEEM && !(points > 0)) throw refuse(where, source, row, 'points', `row ${row} redeems, and has no points.`, 'Say how many, above 0.');
    if (kind[row] === EARN) continue;
    // What would not be heeded is refused rather than passed over.
    const word = MOVEMENT_KINDS[kind[row]!]!;
    if (kind[row] !== REDEEM && !Number.isNaN(points)) throw refuse(where, source, row, 'points', `row ${row} is of kind ${word}, and has points (${points / 100}).`, word === 'reverse' ? 'It takes back part of an order by money: give amount, or leave both missing to take back all.' : 'Leave them missing.');
    if (kind[row] !== REVERSE && !Number.isNaN(money)) throw refuse(where, source, row, 'amount', `row ${row} is of kind ${word}, and has an amount (${money}).`, word === 'redeem' ? 'Redemptions are in points: leave the amount missing; money spent on the order is an earn movement.' : 'Leave it missing.');
  }
}

function checkEnds(where: string, source: Table, { kind, at, expires }: { kind: Uint8Array; at: Int32Array; expires: Int32Array }): void {
  for (let row = 0; row < kind.length; row++) {
    if (expires[row] === FAR) continue;
    if (kind[row] !== EARN) throw refuse(where, source, row, 'expires', `row ${row} is of kind ${MOVEMENT_KINDS[kind[row]!]!}, and has an end of points.`, 'Only what is earned ends: leave it missing.');
    if (expires[row]! < at[row]!) throw refuse(where, source, row, 'expires', `row ${row}: points that end before they are earned.`, 'Mend the date, or leave it missing.');
  }
}

function checkReversals(where: string, source: Table, { kind, at, order, member, earned, redeemed, amount, dropped }: { kind: Uint8Array; at: Int32Array; order: Int32Array; member: Int32Array; earned: Int32Array; redeemed: Int32Array; amount: Float64Array; dropped: Uint8Array }): void {
  const refunded = new Map<number, number>();
  for (let row = 0; row < kind.length; row++) {
    if (kind[row] !== REVERSE || dropped[row] === 1) continue;
    const earn = order[row] === -1 ? -1 : earned[order[row]!]!;
    const of = earn !== -1 ? earn : order[row] === -1 ? -1 : redeemed[order[row]!]!;
    if (of === -1) throw refuse(where, source, row, 'order', `row ${row} takes back order ${shown(source, 'order', row)}, which neither earned nor redeemed.`, 'Give the order its earning too, or leave the refund out.');
    if (member[of] !== member[row]) throw refuse(where, source, row, 'member', `row ${row} takes back order ${shown(source, 'order', row)} of another member (row ${of}).`, 'Mend the member.');
    if (at[row]! < at[of]!) throw refuse(where, source, row, 'at', `row ${row} takes back order ${shown(source, 'order', row)} before it was placed (row ${of}).`, 'Mend the date.');
    if (Number.isNaN(amount[row]!)) continue;
    if (earn === -1 || !(amount[earn]! > 0)) throw refuse(where, source, row, 'amount', `row ${row} takes back part of an order without money.`, 'Leave the amount missing to take all of it back.');
    const sum = (refunded.get(order[row]!) ?? 0) + amount[row]!;
    if (sum > amount[earn]! * (1 + 1e-9)) throw refuse(where, source, row, 'amount', `row ${row} brings the refunds of order ${shown(source, 'order', row)} to ${sum}, above its ${amount[earn]}.`, 'Mend the amount.');
    refunded.set(order[row]!, sum);
  }
}

function refuse(where: string, source: Table, row: number, column: string, what: string, mend: string): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where, column, row, ...(source.has(column) ? { value: shown(source, column, row) } : {}) }, what, mend);
}

function shown(source: Table, name: string, row: number): string {
  return source.has(name) ? valueText(cellOf(source.column(name), row)) : 'nothing';
}
