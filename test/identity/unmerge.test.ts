import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { compareTop, exampleRecords, matchQuality, unify, unmerge, type UnifyOptions } from '../../src/identity/index.js';

const OPTIONS: UnifyOptions = { keys: [{ column: 'document', as: 'document' }, { column: 'mail', as: 'mail' }, { column: 'phone', as: 'phone', region: 'CN' }], match: { name: 'name', address: 'address' }, sum: ['balance'] };
const { sources, truth } = exampleRecords({ people: 60, seed: 3 });
const joined = unify(sources, OPTIONS);
const same = { id: ['1', '2', '3'], mail: ['a@x.org', 'a@x.org', null], card: [null, '7', '7'], balance: [1, 2, 4] };
const chain = unify([{ name: 's', table: same }], { keys: [{ column: 'mail', as: 'mail' }, { column: 'card', as: 'exact' }], sum: ['balance'] });

describe('unmerge', () => {
  it('parts the customer of a join in two', () => {
    expect(chain.customers.toRows()).toEqual([{ customer: 's:1', records: 3, sources: 1, mail: 'a@x.org', card: '7', balance: 7 }]);
    const apart = unmerge(chain, [0]);
    expect(apart.customers.toRows()).toEqual([
      { customer: 's:1', records: 1, sources: 1, mail: 'a@x.org', card: null, balance: 1 },
      { customer: 's:2', records: 2, sources: 1, mail: 'a@x.org', card: '7', balance: 6 },
    ]);
    expect(apart.merges.toRows()).toMatchObject([{ evidence: 'exact', id: '2', otherId: '3', customer: 's:2' }]);
    expect(unmerge(apart, [0]).customers.numRows).toBe(3);
  });

  it('changes nothing when nothing is taken back, and undoes everything when all is', () => {
    const kept = unmerge(joined, []);
    for (const name of ['records', 'customers', 'merges'] as const) expect(kept[name].toRows()).toEqual(joined[name].toRows());
    const none = unmerge(joined, Array.from({ length: joined.merges.numRows }, (_, i) => i));
    expect(none.customers.numRows).toBe(joined.records.numRows);
    expect(none.merges.numRows).toBe(0);
  });

  it('makes one customer more for every join taken back', () => fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: joined.merges.numRows - 1 }), { maxLength: 20, size: 'max' }), (rows) => {
    expect(unmerge(joined, rows).customers.numRows).toBe(joined.customers.numRows + rows.length);
  }), { numRuns: 30 }));

  it('refuses a join that is not there', () => {
    expect(() => unmerge(chain, [2])).toThrow('there is no join 2. Rows of merges count from 0; there are 2.');
    expect(() => unmerge({} as never, [])).toThrow('this is not what unify returned');
  });
});

describe('compareTop', () => {
  it('ranks records before and customers after', () => {
    const table = { id: ['a', 'b', 'c', 'd'], mail: ['x@x.org', 'x@x.org', null, null], balance: [40, 50, 60, NaN] };
    const { before, after } = compareTop(unify([{ name: 's', table }], { keys: [{ column: 'mail', as: 'mail' }], sum: ['balance'] }), { of: 'balance', count: 3 });
    expect(before.toRows()).toEqual([
      { rank: 1, source: 's', id: 'c', balance: 60, customer: 's:c', rankAfter: 2, valueAfter: 60 },
      { rank: 2, source: 's', id: 'b', balance: 50, customer: 's:a', rankAfter: 1, valueAfter: 90 },
      { rank: 3, source: 's', id: 'a', balance: 40, customer: 's:a', rankAfter: 1, valueAfter: 90 },
    ]);
    expect(after.toRows()).toEqual([
      { rank: 1, customer: 's:a', records: 2, balance: 90, rankBefore: 2, valueBefore: 50 },
      { rank: 2, customer: 's:c', records: 1, balance: 60, rankBefore: 1, valueBefore: 60 },
      { rank: 3, customer: 's:d', records: 1, balance: null, rankBefore: 4, valueBefore: null },
    ]);
  });

  it('says what is missing without options', () => expect(() => compareTop(joined, undefined as never)).toThrow('compareTop: there are no options. Give them as an object. Known options: of, count.'));

  it('refuses a column that was not added up', () => expect(() => compareTop(joined, { of: 'profit' })).toThrow('column "profit" is missing'));
});

describe('matchQuality', () => {
  it('counts pairs (worked by hand)', () => {
    // Found {1, 2, 3}; true {1, 2}, {3, 4}: 3 pairs joined, 2 true, 1 of them right.
    const found = unify([{ name: 's', table: { id: ['1', '2', '3', '4'], card: ['7', '7', '7', '8'] } }], { keys: [{ column: 'card', as: 'exact' }] });
    const quality = matchQuality(found, { source: ['s', 's', 's', 's'], id: ['1', '2', '3', '4'], person: ['p', 'p', 'q', 'q'] });
    expect(quality).toEqual({ records: 4, pairs: 2, joined: 3, right: 1, precision: 1 / 3, recall: 1 / 2, f1: 2 / 5 });
  });

  it('leaves out records whose person is not known', () => {
    expect(matchQuality(chain, { source: ['s', 's'], id: ['1', '3'], person: ['p', 'p'] })).toMatchObject({ records: 2, pairs: 1, joined: 1, right: 1 });
  });

  it('agrees with a naive count over all pairs', () => {
    const customer = new Map(joined.records.toRows().map((row) => [`${String(row['source'])}:${String(row['id'])}`, row['customer']]));
    const rows = truth.toRows().map((row) => [row['person'], customer.get(`${String(row['source'])}:${String(row['id'])}`)]);
    let [pairs, found, right] = [0, 0, 0];
    for (let i = 0; i < rows.length; i++) for (let j = 0; j < i; j++) {
      const [one, two] = [rows[i]![0] === rows[j]![0], rows[i]![1] === rows[j]![1]];
      pairs += Number(one);
      found += Number(two);
      right += Number(one && two);
    }
    expect(matchQuality(joined, truth)).toMatchObject({ pairs, joined: found, right });
  });

  it.each([
    [{ source: ['s'], id: ['9'], person: ['p'] }, 'record "s:9" is not among the records'], [{ source: ['s', 's'], id: ['1', '1'], person: ['p', 'p'] }, 'stands twice'],
    [{ source: ['s'], id: ['1'], person: [null] }, 'has no person'], [{ source: ['s'], id: ['1'] }, 'column "person" is missing'],
  ])('refuses %j', (known, message) => expect(() => matchQuality(chain, known)).toThrow(message));
});
