import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParquet } from '../../src/io/node/index.js';
import { categoryColumn, numberColumn, Table, textColumn, type Column } from '../../src/columns/index.js';
import { cleanDiagnostics } from '../../src/core/index.js';
import { rfm } from '../../src/rfm/index.js';
import { exampleOrders, makeTransactions, summarize, type Role, type SummarizeOptions, type Transactions } from '../../src/transactions/index.js';
import * as built from '../../dist/node.js';

/** Everything about a result, typed arrays as their bytes. */
function bits(customers: { entries(): Iterable<[string, object]>; meta: unknown; diagnostics: object }): unknown {
  const columns = [...customers.entries()].map(([name, column]) => [name, Object.entries(column).map(([key, value]) => [key, ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value])]);
  return { columns, meta: customers.meta, diagnostics: { ...customers.diagnostics, method: undefined } };
}

const n = 5000;
const days = Int32Array.from({ length: n }, (_, i) => 19_000 + ((i * 7919) % 400));
const amounts = Float64Array.from({ length: n }, (_, i) => (i % 23 === 0 ? -(i % 100) / 8 : i % 17 === 0 ? Math.PI * i : (i % 977) / 100));
const who = Array.from({ length: n }, (_, i) => (i * 31) % 611);

function log(customer: Column): Transactions {
  return makeTransactions({
    where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(n),
    roles: new Map<Role, Column>([['customer', customer], ['date', { type: 'date', data: days }], ['amount', numberColumn(amounts)]]),
  });
}

const LOGS: readonly (readonly [string, Transactions])[] = [
  ['text ids', log(textColumn(who.map((c) => (c % 5 === 0 ? `a-very-long-customer-id-${c}` : `客${c}`))))],
  ['a dictionary', log(categoryColumn(who.map((c) => `c${c}`)))],
  ['32-bit ids', log({ type: 'integer', data: Int32Array.from(who, (c) => c * 7919 - 1_000_000) })],
  ['whole numbers below 2^53', log(numberColumn(Float64Array.from(who, (c) => c * 14_738_295_124)))],
];

describe('summarizeParallel', () => {
  for (const [name, orders] of LOGS) {
    it(`gives the bits of summarize for ${name}, on 1 to 3 threads`, async () => {
      const expected = bits(summarize(orders));
      for (const threads of [1, 2, 3]) expect(bits(await built.summarizeParallel(orders as never, { threads }))).toEqual(expected);
    });
  }

  it('gives the bits of summarize for whole numbers however they lie: close together, far apart, at both ends', async () => {
    const lowest = fc.constantFrom(-0x80000000, -3, 0, 1, 123_456_789, 0x7fffffff - 5000);
    const row = (id: fc.Arbitrary<number>): fc.Arbitrary<[number, number, number]> => fc.tuple(id, fc.integer({ min: 0, max: 1200 }), fc.oneof(fc.integer({ min: -500, max: 100_000 }).map((c) => c / 100), fc.double({ min: -1e9, max: 1e12, noNaN: true })));
    const close = fc.tuple(lowest, fc.integer({ min: 1, max: 5000 })).chain(([from, spread]) => fc.array(row(fc.integer({ min: from, max: from + spread })), { minLength: 1, maxLength: 400 }));
    const far = fc.array(row(fc.integer({ min: -0x80000000, max: 0x7fffffff })), { minLength: 1, maxLength: 400 });
    await fc.assert(fc.asyncProperty(fc.oneof(close, far), fc.integer({ min: 1, max: 3 }), async (rows, threads) => {
      fc.pre(rows.some(([, , amount]) => amount >= 0));
      const orders = makeTransactions({
        where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(rows.length),
        roles: new Map<Role, Column>([
          ['customer', { type: 'integer', data: Int32Array.from(rows, ([id]) => id) }], ['date', { type: 'date', data: Int32Array.from(rows, ([, day]) => 19_000 + day) }],
          ['amount', numberColumn(Float64Array.from(rows, ([, , amount]) => amount))],
        ]),
      });
      expect(bits(await built.summarizeParallel(orders as never, { threads }))).toEqual(bits(summarize(orders)));
    }), { numRuns: 150 });
  });

  it('is not touched by what its threads did before, whatever that was', async () => {
    const longer = exampleOrders({ customers: 900, seed: 2 });
    const all = [...LOGS.map(([, orders]) => orders), longer];
    const expected = all.map((orders) => bits(summarize(orders)));
    const there = async (k: number): Promise<void> => expect(bits(await built.summarizeParallel(all[k]! as never, { threads: 2 }))).toEqual(expected[k]);
    for (const k of [0, 1, 0, 2, 3, 2, 4, 1, 4, 0]) {
      await there(k);
      if (k === 1) await expect(built.summarizeParallel(all[k]! as never, { threads: 2, asOf: '1999-01-01' })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
      if (k === 2) await expect(built.summarizeParallel(all[k]! as never, { threads: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    }
    // Given up by who hears of its chunks, while its threads are still at work.
    const early = makeTransactions({
      where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(n),
      roles: new Map<Role, Column>([['customer', textColumn(who.map((c) => `c${c}`))], ['date', { type: 'date', data: days.map((day) => day - 30_000) }], ['amount', numberColumn(amounts)]]),
    });
    const earlier = bits(summarize(early));
    for (let k = 0; k < 12; k++) {
      for (const threads of [1, 2]) {
        expect(bits(await built.summarizeParallel(early as never, { threads }))).toEqual(earlier);
        expect(bits(await built.summarizeParallel(all[k % 5]! as never, { threads }))).toEqual(expected[k % 5]);
      }
    }
    await Promise.all([there(0), there(2), there(4)]);
    const [first, second] = [await built.summarizeParallel(all[2]! as never, { threads: 2 }), await built.summarizeParallel(all[0]! as never, { threads: 2 })];
    expect([bits(first), bits(second)]).toEqual([expected[2], expected[0]]);
  });

  it('counts orders by their ids', async () => {
    const orders = textColumn(Array.from({ length: n }, (_, i) => (i % 11 === 0 ? null : i % 13 === 0 ? 'sixteen-bytes-id' : `O${i % 2000}`)));
    const withOrders = makeTransactions({
      where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(n),
      roles: new Map<Role, Column>([['customer', textColumn(who.map((c) => `c${c}`))], ['date', { type: 'date', data: days }], ['amount', numberColumn(amounts)], ['order', orders]]),
    });
    for (const threads of [1, 2]) expect(bits(await built.summarizeParallel(withOrders as never, { threads }))).toEqual(bits(summarize(withOrders)));
  });

  it('reads the first rows while the others are still being copied', async () => {
    const many = 600_001;
    const repeat = <T>(of: (i: number) => T): T[] => Array.from({ length: many }, (_, i) => of(i));
    const long = makeTransactions({
      where: 'test', carried: new Map(), meta: { resolution: 'day', source: 'rows' }, diagnostics: cleanDiagnostics(many),
      roles: new Map<Role, Column>([
        ['customer', textColumn(repeat((i) => `customer-${(i * 31) % 4001}`))], ['date', { type: 'date', data: Int32Array.from(repeat((i) => 19_000 + ((i * 7919) % 700))) }],
        ['amount', numberColumn(Float64Array.from(repeat((i) => (i % 977) / 100)))], ['order', textColumn(repeat((i) => (i % 5 === 0 ? null : `O${i >> 1}`)))],
      ]),
    });
    const expected = bits(summarize(long));
    for (const threads of [1, 2]) expect(bits(await built.summarizeParallel(long as never, { threads }))).toEqual(expected);
  });

  it('under every rule, and for what only one thread does', async () => {
    const rules: SummarizeOptions[] = [{ returns: 'exclude' }, { zeroOrders: 'drop' }, { frequency: 'days' }, { monetary: 'mean' }, { asOf: '2022-06-01', from: '2022-03-01' }, { roster: ['zz', '客1'] }];
    for (const options of rules) expect(bits(await built.summarizeParallel(LOGS[0]![1] as never, { ...options, threads: 2 } as never))).toEqual(bits(summarize(LOGS[0]![1], options)));
    const example = exampleOrders({ customers: 200, seed: 9 });
    const kept = await built.summarizeParallel(example as never, { keepState: true });
    expect(bits(kept)).toEqual(bits(summarize(example, { keepState: true })));
    expect(bits(kept.state!)).toEqual(bits(summarize(example, { keepState: true }).state!));
  });

  it('lets others run, reports, and stops', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const seen: number[] = [];
    await built.summarizeParallel(LOGS[1]![1] as never, { threads: 2, onProgress: ({ rows, totalRows }) => seen.push(rows / totalRows) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(seen).toEqual([1]);
    const controller = new AbortController();
    const job = built.summarizeParallel(LOGS[0]![1] as never, { signal: controller.signal });
    controller.abort();
    await expect(job).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('throws what summarize throws', async () => {
    await expect(built.summarizeParallel(LOGS[0]![1] as never, { asOf: '1999-01-01' })).rejects.toMatchObject({ code: 'VALUE_INVALID', message: expect.stringContaining('no row of the log is left') as string });
    await expect(built.summarizeParallel(LOGS[0]![1] as never, { returns: 'keep' as never })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('knows its options, and what they must be', async () => {
    const orders = LOGS[0]![1] as never;
    await expect(built.summarizeParallel(orders, { thread: 1 } as never)).rejects.toThrow(/^summarizeParallel: there is no option "thread"\. Known options: asOf, .*keepState, threads, signal, onProgress\.$/);
    await expect(built.summarizeParallel(orders, { signal: 5 } as never)).rejects.toThrow('summarizeParallel: option signal is 5.');
    await expect(built.summarizeParallel(orders, { onProgress: 5 } as never)).rejects.toThrow('summarizeParallel: option onProgress is 5.');
    await expect(built.summarizeParquet('none.parquet', undefined as never, { thread: 1 } as never)).rejects.toThrow(/^summarizeParquet: there is no option "thread"\..*decimal.*asOf.*threads\.$/);
    await expect(built.rfmParallel(summarize(LOGS[0]![1]) as never, { signal: {} } as never)).rejects.toThrow('rfmParallel: option signal is an object.');
  });
});

describe('summarizeParquet', () => {
  it('gives the bits of summarize(await readParquet(…))', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clientele-parquet-'));
    try {
      const path = join(folder, 'orders.parquet');
      const example = exampleOrders({ customers: 300, seed: 4 });
      await built.writeParquet(example as never, path);
      for (const mapping of [{ customer: 'customer', date: 'date', amount: 'amount' }, { customer: 'customer', date: 'date', amount: 'amount', order: 'order' }]) {
        const there = await built.summarizeParquet(path, mapping, { threads: 2, asOf: '2026-01-31' });
        expect(there.toRows()).toEqual(summarize(await readParquet(path, mapping), { asOf: '2026-01-31' }).toRows());
        expect(there.numRows).toBe(300);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('rfmParallel', () => {
  it('gives what rfm gives, and shows itself', async () => {
    const customers = summarize(LOGS[1]![1]);
    const [there, here] = [await built.rfmParallel(customers as never, { why: true }), rfm(customers, { why: true })];
    expect(there.table.toRows()).toEqual(here.table.toRows());
    expect(there.segments.toRows()).toEqual(here.segments.toRows());
    expect([there.model, there.diagnostics, String(there)]).toEqual([here.model, here.diagnostics, String(here)]);
  });
  it('refuses a function, and passes errors on', async () => {
    const customers = new Table([['recency', numberColumn(Float64Array.of(1, NaN))], ['frequency', numberColumn(Float64Array.of(1, 2))], ['monetary', numberColumn(Float64Array.of(1, 2))]]);
    await expect(built.rfmParallel(customers as never)).rejects.toMatchObject({ name: 'ClienteleError', code: 'VALUE_INVALID', place: { column: 'recency', row: 1 } });
    await expect(built.rfmParallel(customers as never, { map: () => 'x' })).rejects.toThrow('option map is');
  });
});
