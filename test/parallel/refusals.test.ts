import { describe, expect, it } from 'vitest';
import { CSV_OPTIONS } from '../../src/io/to-csv.js';
import { clv, fitBgNbd, fitGammaGamma } from '../../src/clv/index.js';
import { rfm } from '../../src/rfm/index.js';
import { kmeans } from '../../src/segmentation/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import * as built from '../../dist/node.js';

const orders = exampleOrders({ customers: 30, seed: 1 }) as never;
const customers = summarize(orders) as never;
const wrong = { bogus: 1 } as never;
const known = (message: string): string[] => /Known options: (.*)\.$/.exec(message)![1]!.split(', ');
const refusal = (call: () => unknown): string[] => {
  try {
    call();
  } catch (e) {
    return known((e as Error).message);
  }
  throw new Error('not refused');
};

type Twin = (options: never) => Promise<unknown>;
const mapping = { customer: 'customer', date: 'date', amount: 'amount' };
/** Each twin, and the options of the single thread with its own behind them. */
const TWINS: readonly (readonly [name: string, twin: Twin, known: readonly string[]])[] = [
  ['rfmParallel', (options) => built.rfmParallel(customers, options), [...refusal(() => rfm(customers, wrong)), 'signal']],
  ['clvParallel', (options) => built.clvParallel(customers, options), [...refusal(() => clv(customers, wrong)), 'signal']],
  ...(['fitBgNbdParallel', 'fitMbgNbdParallel', 'fitParetoNbdParallel', 'fitBgBbParallel'] as const).map((name) => [name, (options: never) => built[name](customers, options), [...refusal(() => fitBgNbd(customers, wrong)).filter((option) => option !== 'onProgress'), 'signal']] as const),
  ['fitGammaGammaParallel', (options) => built.fitGammaGammaParallel(customers, options), [...refusal(() => fitGammaGamma(customers, wrong)).filter((option) => option !== 'onProgress'), 'signal']],
  ['kmeansParallel', (options) => built.kmeansParallel(customers, options), [...refusal(() => kmeans(customers, { k: 2, bogus: 1 } as never)), 'threads', 'signal']],
  ['writeCsvParallel', (options) => built.writeCsvParallel(customers, 'nowhere/scores.csv', options), [...CSV_OPTIONS.filter((option) => option !== 'onReport'), 'signal', 'threads']],
  ['summarizeParallel', (options) => built.summarizeParallel(orders, options), [...refusal(() => summarize(orders, wrong)), 'threads', 'signal', 'onProgress']],
];

describe.each(TWINS)('%s', (name, twin, options) => {
  it('names all the options it takes where one is unknown', async () => {
    const error = await twin({ ...(name === 'kmeansParallel' ? { k: 2 } : {}), bogus: 1 } as never).catch((e: unknown) => e as Error);
    expect((error as Error).message).toContain(`${name}: there is no option "bogus".`);
    expect(known((error as Error).message).sort()).toEqual([...options].sort());
  });

  it.each([['null', null], ['a number', 42], ['text', 'k'], ['an array', []], ['a promise', Promise.resolve({})]])('refuses %s for its options, and says how to mend it', async (_, given) => {
    await expect(twin(given as never)).rejects.toMatchObject({ name: 'ClienteleError', code: 'OPTION_INVALID' });
  });

  it('refuses no data', async () => {
    const call = built[name as 'kmeansParallel'] as unknown as (...args: unknown[]) => Promise<unknown>;
    for (const nothing of [undefined, null, 42, Promise.resolve(customers)]) await expect(call(nothing, name === 'writeCsvParallel' ? 'nowhere/scores.csv' : { k: 2 })).rejects.toMatchObject({ name: 'ClienteleError' });
    await expect(call(Promise.resolve(customers), name === 'writeCsvParallel' ? 'nowhere/scores.csv' : name === 'kmeansParallel' ? { k: 2 } : undefined)).rejects.toThrow(/is an await missing\?|there are no options|option purchases/);
  });
});

describe('the twins that need options', () => {
  it('say so where there are none', async () => {
    const [kmeansParallel, clvParallel] = [built.kmeansParallel, built.clvParallel] as unknown as ((data: unknown) => Promise<unknown>)[];
    await expect(kmeansParallel!(customers)).rejects.toThrow('kmeansParallel: option k is undefined. Give the number of clusters: { k: 4 }');
    await expect(clvParallel!(customers)).rejects.toThrow(/^clvParallel: /);
  });
});

describe('doors to files with several kinds of options', () => {
  it('name all the options they take', async () => {
    for (const [call, own] of [
      [() => built.summarizeCsv('nowhere.csv', mapping, wrong), ['threads', 'memoryLimit', 'signal', 'onProgress', 'asOf', 'decimal']], [() => built.summarizeParquet('nowhere.parquet', mapping, wrong), ['threads', 'signal', 'onProgress', 'asOf']],
      [() => built.writeReport(rfm(customers) as never, 'nowhere/report.html', wrong), ['language', 'signal']], [() => built.writeClusterReport(kmeans(customers, { k: 2 }) as never, 'nowhere/report.html', wrong), ['language', 'signal']],
      [() => built.writeSurveyReport([], 'nowhere/report.html', wrong), ['language', 'signal']], [() => built.readXlsx('nowhere.xlsx', mapping, wrong), ['sheet', 'decimal']],
    ] as [() => Promise<unknown>, string[]][]) {
      const error = await call().catch((e: unknown) => e as Error);
      expect(known((error as Error).message)).toEqual(expect.arrayContaining(own));
    }
  });
});
