import { describe, expectTypeOf, it } from 'vitest';
import { type compareTop, customerView, unify, unmerge, type IdentityKey } from '../src/identity/index.js';
import { fitRfm, fromRows, isClienteleError, loadModel, rfm, scoreRfmOne, summarize, table, type ClienteleError, type Column, type Customers, type Diagnostics, type Mapping, type RfmModel, type RfmResult, type SummarizeOptions, type Table, type Transactions } from '../src/index.js';
import { pointsLedger, retention, type PointsLedger, type PointsRules, type Retention, type RetentionOptions } from '../src/loyalty/index.js';
import type { readCsv, summarizeCsv, writeCsv } from '../src/node.js';

const orders = fromRows([{ id: 'a', day: '2026-01-01', sum: 1 }], { customer: 'id', date: 'day', amount: 'sum' });

describe('types', () => {
  it('flow from orders to scores', () => {
    expectTypeOf(orders).toEqualTypeOf<Transactions>();
    expectTypeOf(summarize(orders)).toEqualTypeOf<Customers>();
    expectTypeOf(summarize(orders).where([1])).toEqualTypeOf<Customers>();
    expectTypeOf(rfm).returns.toEqualTypeOf<RfmResult>();
    expectTypeOf<RfmResult['table']>().toEqualTypeOf<Table>();
    expectTypeOf<RfmResult['diagnostics']>().toEqualTypeOf<Diagnostics>();
    expectTypeOf(fitRfm).returns.toEqualTypeOf<RfmModel>();
    expectTypeOf(scoreRfmOne).returns.toHaveProperty('score').toEqualTypeOf<string | null>();
    expectTypeOf(loadModel<'rfm'>).returns.toEqualTypeOf<RfmModel>();
    expectTypeOf(retention).returns.toEqualTypeOf<Retention>();
    expectTypeOf(pointsLedger).returns.toEqualTypeOf<PointsLedger>();
    expectTypeOf<{ kind: 'rolling' }>().not.toExtend<RetentionOptions>();
    expectTypeOf<{ expiry: { kind: 'per-award'; after: { weeks: 1 } } }>().not.toExtend<PointsRules>();
  });

  it('refuse what cannot be', () => {
    expectTypeOf<{ customer: string; date: string }>().not.toExtend<Mapping>();
    expectTypeOf<'keep'>().not.toExtend<NonNullable<SummarizeOptions['returns']>>();
    // @ts-expect-error columns are read-only
    const write = (t: Table): void => { t.numRows = 3; };
    expectTypeOf(write).toBeFunction();
  });

  it('narrow columns and errors', () => {
    const column: Column = table({ a: [1] }).column('a');
    if (column.type === 'category') expectTypeOf(column.values).toEqualTypeOf<readonly string[]>();
    if (column.type === 'number') expectTypeOf(column.data).toEqualTypeOf<Float64Array>();
    const error: unknown = new Error();
    if (isClienteleError(error)) expectTypeOf(error).toEqualTypeOf<ClienteleError>();
  });

  it('of joining records are tables, at once', () => {
    expectTypeOf(unify).returns.toExtend<{ records: Table; customers: Table; merges: Table; diagnostics: Diagnostics }>();
    expectTypeOf(unmerge).parameter(0).toExtend<Parameters<typeof compareTop>[0]>();
    expectTypeOf(customerView).parameter(0).toEqualTypeOf<string | number | undefined>();
    expectTypeOf<{ column: string; as: 'fax' }>().not.toExtend<IdentityKey>();
  });

  it('of the doors to files are promises', () => {
    expectTypeOf<ReturnType<typeof readCsv>>().toEqualTypeOf<Promise<Transactions>>();
    expectTypeOf<ReturnType<typeof summarizeCsv>>().toEqualTypeOf<Promise<Customers>>();
    expectTypeOf<Awaited<ReturnType<typeof writeCsv>>>().toHaveProperty('rows');
  });
});
