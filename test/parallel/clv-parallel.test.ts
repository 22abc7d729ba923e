import { afterEach, describe, expect, it } from 'vitest';
import type { Worker } from 'node:worker_threads';
import { clv, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, type LifetimeModel } from '../../src/clv/index.js';
import { numberColumn, Table, textColumn } from '../../src/columns/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import * as built from '../../dist/node.js';
import { smallShop } from '../clv/small-shop.js';

const customers = summarize(exampleOrders({ customers: 600, seed: 5 }), { roster: ['never-bought'] });
const shop = smallShop(600, 2);
const donors = { repeats: [6, 5, 2, 1, 0], last: [6, 6, 4, 2, 0], periods: [6, 6, 6, 6, 6], weight: [120, 80, 155, 300, 346] };
const columns = new Table([['customer', textColumn(shop.customer)], ...(['repeats', 'span', 'tenure', 'meanRepeatSpend'] as const).map((name) => [name, numberColumn(shop[name])] as const)]);

const FITS = [
  ['fitBgNbd', fitBgNbd, built.fitBgNbdParallel], ['fitMbgNbd', fitMbgNbd, built.fitMbgNbdParallel], ['fitParetoNbd', fitParetoNbd, built.fitParetoNbdParallel], ['fitGammaGamma', fitGammaGamma, built.fitGammaGammaParallel],
] as const;
const frozen = (value: unknown): boolean => typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));

/** Threads started from here on. */
const threads: Worker[] = [];
const hear = (worker: Worker): void => void threads.push(worker);
process.on('worker', hear);
afterEach(() => {
  // threadId is -1 once a thread has ended: none outlives its answer.
  expect(threads.splice(0).map((worker) => worker.threadId).every((id) => id === -1)).toBe(true);
});

describe.each(FITS)('%sParallel', (name, here, there) => {
  it('gives the model of the single thread, frozen, from customers, a table and plain columns', async () => {
    for (const data of [customers, columns, shop]) {
      const [expected, model] = [here(data as never), await there(data as never)];
      expect(model).toStrictEqual(expected);
      expect(Object.keys(model)).toEqual(Object.keys(expected));
      expect(frozen(model)).toBe(true);
    }
    expect((await there(customers as never)).meta).toEqual(customers.meta);
    expect(threads.length).toBe(4);
  });

  it('takes its options, and keeps what a model is warned of', async () => {
    const options = { penalty: 0.01, maxIterations: 2 };
    const model = await there(customers as never, options);
    expect(model).toStrictEqual(here(customers, options));
    expect(model).toMatchObject({ converged: false, penalty: 0.01 });
    expect(model.diagnostics.warnings.map((warning) => warning.code)).toContain('NOT_CONVERGED');
  });

  it('refuses functions, and passes errors on with code and place', async () => {
    await expect(there(customers as never, { onProgress: () => undefined } as never)).rejects.toMatchObject({ code: 'OPTION_INVALID', place: { where: `${name}Parallel`, option: 'onProgress' }, message: expect.stringContaining(`or use ${name}.`) as string });
    await expect(there(customers as never, { maxIteration: 3 } as never)).rejects.toMatchObject({ name: 'ClienteleError', code: 'OPTION_INVALID', place: { option: 'maxIteration' } });
    await expect(there({ ...shop, repeats: shop.repeats.map((x, i) => (i === 7 ? -1 : x)) })).rejects.toMatchObject({ name: 'ClienteleError', code: 'VALUE_INVALID', place: { column: 'repeats', row: 7 }, message: expect.stringContaining('customer "c7"') as string });
    await expect(there({ frequency: [1], recency: [1] })).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    await expect(there('customers' as never)).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  it('does not begin after its signal, and stops with its reason', async () => {
    await expect(there(customers as never, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED', place: { where: `${name}Parallel` } });
    const controller = new AbortController();
    const fit = there(customers as never, { signal: controller.signal });
    controller.abort();
    await expect(fit).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('further models and options', () => {
  it('fitBgBbParallel and covariates give the model of the single thread', async () => {
    expect(await built.fitBgBbParallel(donors)).toStrictEqual(fitBgBb(donors));
    const data = { ...shop, web: Float64Array.from(shop.tenure, (_, i) => i % 2) };
    const covariates = { purchases: ['web'], lifetime: ['web'] };
    expect(await built.fitParetoNbdParallel(data, { covariates, timeUnit: 'month' })).toStrictEqual(fitParetoNbd(data, { covariates, timeUnit: 'month' }));
    await expect(built.fitMbgNbdParallel(data, { covariates })).rejects.toMatchObject({ code: 'OPTION_INVALID', place: { option: 'covariates' } });
  });

  it('a fit under way lets others run, and ends its thread when stopped', async () => {
    const many = smallShop(60_000, 8);
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns === 20) controller.abort();
    }, 5);
    const fit = built.fitParetoNbdParallel(many, { signal: controller.signal });
    await expect(fit.finally(() => clearInterval(timer))).rejects.toMatchObject({ code: 'ABORTED' });
    expect(turns).toBeGreaterThanOrEqual(20);
    expect(threads.length).toBe(1);
  });
});

describe('clvParallel', () => {
  const purchases = fitParetoNbd(customers), spend = fitGammaGamma(customers);
  const options = { purchases, spend, horizon: { years: 1 }, discountRateYearly: 0.1, margin: 0.3 };

  it('gives the table, meta, diagnostics and words of clv', async () => {
    for (const more of [{}, { horizon: Infinity }, { discounting: 'monthly' as const }, { interval: { level: 0.9, draws: 50, seed: 3 } }]) {
      const [here, there] = [clv(customers, { ...options, ...more }), await built.clvParallel(customers as never, { ...options, ...more })];
      expect(there.names).toEqual(here.names);
      for (const name of here.names) expect(there.column(name)).toStrictEqual(here.column(name));
      expect([there.meta, there.diagnostics, String(there)]).toStrictEqual([here.meta, here.diagnostics, String(here)]);
    }
    expect((await built.clvParallel(shop, options)).toRows()).toEqual(clv(shop, options).toRows());
    const nameless = { repeats: shop.repeats, span: shop.span, tenure: shop.tenure, meanRepeatSpend: shop.meanRepeatSpend };
    expect((await built.clvParallel(nameless, options)).names).toEqual(clv(nameless, options).names);
  });

  it('takes models that were fitted in a thread', async () => {
    const models = { purchases: await built.fitParetoNbdParallel(customers as never), spend: await built.fitGammaGammaParallel(customers as never) };
    expect((await built.clvParallel(customers as never, { ...options, ...models })).toRows()).toEqual(clv(customers, options).toRows());
  });

  it('refuses functions, passes errors on, and stops', async () => {
    await expect(built.clvParallel(customers as never, { ...options, purchases: (() => purchases) as never })).rejects.toMatchObject({ code: 'OPTION_INVALID', place: { where: 'clvParallel', option: 'purchases' } });
    await expect(built.clvParallel(customers as never, { ...options, spend: purchases as unknown as typeof spend })).rejects.toMatchObject({ name: 'ClienteleError', code: 'MODEL_INVALID' });
    await expect(built.clvParallel(customers as never, { ...options, margin: 30 })).rejects.toMatchObject({ code: 'OPTION_INVALID', place: { option: 'margin' } });
    await expect(built.clvParallel(customers as never, { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED', place: { where: 'clvParallel' } });
    const kinds: LifetimeModel[] = [purchases, spend];
    expect(kinds.every(frozen)).toBe(true);
  });
});
