import { describe, expect, it } from 'vitest';
import { cleanDiagnostics } from '../../src/core/index.js';
import { numberColumn, textColumn, type Column } from '../../src/columns/index.js';
import { makeTransactions, type Role, type Transactions } from '../../src/transactions/index.js';

const make = (more: Partial<Record<Role, Column>> = {}, carried: Record<string, Column> = {}, cancelled?: string[]): Transactions => makeTransactions({
  where: 'fromRows',
  roles: new Map<Role, Column>([['customer', textColumn(['a', 'b', 'c'])], ['date', { type: 'date', data: Int32Array.of(1, 2, 3) }], ['amount', numberColumn(Float64Array.of(1, 2, 3))], ...(Object.entries(more) as [Role, Column][])]),
  carried: new Map(Object.entries(carried)), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(3), ...(cancelled === undefined ? {} : { cancelled }),
});

describe('makeTransactions', () => {
  it('leaves cancelled rows out, in any case, and counts them', () => {
    const log = make({ status: textColumn(['paid', ' Cancelled ', '已取消']) });
    expect(log.toColumns()['customer']).toEqual(['a']);
    expect(log.diagnostics.rows).toEqual({ read: 3, used: 1, refused: 0, leftOut: { cancelled: 2 } });
    expect(make({ status: textColumn(['paid', 'Cancelled', 'open']) }, {}, ['open']).toColumns()['customer']).toEqual(['a', 'b']);
  });

  it('takes a status for one only where it plays the role', () => {
    expect(make({}, { status: textColumn(['paid', 'cancelled', 'open']) }).numRows).toBe(3);
  });

  it('refuses a mix of currencies, and remembers the one', () => {
    expect(() => make({ currency: textColumn(['EUR', 'USD', 'EUR']) })).toThrow('fromRows: the log mixes 2 currencies (EUR, USD). Convert amounts to one currency first');
    expect(make({ currency: textColumn(['EUR', null, 'EUR']) }).meta.currency).toBe('EUR');
    // The cancelled row's currency does not count.
    expect(make({ currency: textColumn(['EUR', 'USD', 'EUR']), status: textColumn(['ok', 'void', 'ok']) }).meta.currency).toBe('EUR');
  });

  it('refuses a carried column with the name of a role that another plays', () => {
    expect(() => make({ order: textColumn(['1', '2', '3']) }, { order: textColumn(['x', 'y', 'z']) })).toThrow('the carried column "order" has the name of a role');
  });

  it('keeps its roles when rows are taken, and starts counting anew', () => {
    const part = make({ status: textColumn(['paid', 'void', 'paid']) }).take([1]);
    expect([part.roles, part.diagnostics.rows.read, part.toColumns()['customer']]).toEqual([['customer', 'date', 'amount', 'status'], 1, ['c']]);
  });
});
