import { describe, expect, it } from 'vitest';
import * as front from '../src/index.js';
import * as arquero from '../src/io/arquero.js';
import * as arrow from '../src/io/arrow.js';
import * as danfo from '../src/io/danfo.js';
import * as node from '../src/node.js';
import * as svg from '../src/report/svg.js';
import { isClienteleError } from '../src/core/index.js';

const orders = front.exampleOrders({ customers: 30, seed: 1 });
const customers = front.summarize(orders);
const answers = { score: [9, 8, 3, 10], overall: [5, 4, 2, 5], price: [4, 4, 3, 5] };
const gone = { customer: ['a', 'b', 'c', 'd'], churned: [1, 0, 1, 0], visits: [1, 5, 4, 2] };

/** What a hurried caller passes where something else belongs. */
const WRONG: Readonly<Record<string, unknown>> = {
  undefined, null: null, '42': 42, "'nowhere/orders.csv'": 'nowhere/orders.csv', '[]': [], '{}': {}, 'a promise': Promise.resolve(customers), 'a function': () => 1, 'no prototype': Object.create(null),
  customers, orders, 'a typed array': Float64Array.of(1, 2, 3, 4),
};
/** What our functions return, and others take first. */
const RESULTS: Readonly<Record<string, unknown>> = {
  scored: front.rfm(customers), 'its model': front.rfm(customers).model, purchases: front.fitMbgNbd(customers), spend: front.fitGammaGamma(customers), contract: front.fitSbg({ churned: [1, 0, 1, 1], renewals: [1, 3, 0, 2] }),
  found: front.kmeans(customers, { k: 2 }), churn: front.fitChurn(gone, { ridge: 1 }), warnings: front.warnings(orders), state: front.emptyAlertState(), measured: front.nps(answers), rules: front.frequentItemsets(front.fromBaskets([['a', 'b'], ['a', 'b'], ['a']]), { minSupport: 0.1 }),
};
const after = (names: readonly string[], from = WRONG): [string, unknown][] => names.map((name) => [name, from[name]]);

/** Every call with too little, or with the wrong kind of thing, that is tried. */
const CALLS: readonly (readonly [said: string, args: readonly unknown[]])[] = (() => {
  const calls: [string, unknown[]][] = [['', []]];
  const grow = (firsts: [string, unknown][], seconds: [string, unknown][], thirds: [string, unknown][]): void => {
    for (const [a, first] of firsts) {
      calls.push([a, [first]]);
      for (const [b, second] of seconds) {
        calls.push([`${a}, ${b}`, [first, second]]);
        for (const [c, third] of thirds) calls.push([`${a}, ${b}, ${c}`, [first, second, third]]);
      }
    }
  };
  grow(Object.entries(WRONG), Object.entries(WRONG), after(['null', '42']));
  grow(Object.entries(RESULTS), after(['null', '42', '{}', 'a promise', 'customers', 'orders']), after(['null', '42', 'a promise']));
  return calls;
})();

// Threads are started from what is built: their twins are called in test/parallel. Classes are no functions to call.
const doors = { ...front, ...node, ...arquero, ...arrow, ...danfo, ...svg, ...Object.fromEntries(Object.entries(front.charts).map(([name, chart]) => [`charts.${name}`, chart])) };
const functions = Object.entries(doors).filter(([name, f]) => typeof f === 'function' && /^[a-z]/.test(name) && !name.endsWith('Parallel')) as [string, (...args: unknown[]) => unknown][];
/** A call without any argument, or with none that is wrong, makes data: once is enough. */
const MAKERS: readonly string[] = ['exampleOrders', 'exampleRecords'];

describe('called with too little, or with the wrong thing, every public function', () => {
  it.each(functions)('%s answers, or says what is wrong and how to mend it', async (name, call) => {
    for (const [said, args] of MAKERS.includes(name) ? CALLS.filter((_, i) => i % 40 === 0) : CALLS) {
      let error: unknown;
      try {
        await call(...args);
      } catch (e) {
        error = e;
      }
      if (error !== undefined && !isClienteleError(error)) expect.fail(`${name}(${said}) throws ${String(error)}`);
      if (isClienteleError(error)) expect(error.message, `${name}(${said})`).not.toMatch(/\[object Promise|undefined undefined|the undefined /);
    }
  });
});

describe('a forgotten await', () => {
  const promised: readonly [string, (promise: never) => unknown][] = [
    ['summarize', front.summarize], ['rfm', front.rfm], ['pareto', front.pareto], ['abc', front.abc], ['warnings', front.warnings], ['retention', front.retention],
    ['fitBgNbd', front.fitBgNbd], ['table', front.table], ['toCsv', (promise) => [...front.toCsv(promise)]], ['regularity', front.regularity], ['backtest', (promise) => front.backtest(promise, { cutoff: '2025-06-30', horizon: { days: 90 } })],
    ['kmeans', (promise) => front.kmeans(promise, { k: 2 })], ['migration', (promise) => front.migration(promise, promise)], ['scoreRfm', (promise) => front.scoreRfm(promise, customers)], ['probabilityAlive', (promise) => front.probabilityAlive(promise, customers)],
    ['the options of rfm', (promise) => front.rfm(customers, promise)], ['warningsPage', front.warningsPage], ['loadModel', (promise) => front.loadModel(promise)],
    ['readCsv', async (promise) => node.readCsv(promise, { customer: 'a', date: 'b', amount: 'c' })], ['writeCsv', async (promise) => node.writeCsv(promise, 'nowhere/scores.csv')],
  ];
  it.each(promised)('is named by %s', async (_, call) => {
    await expect((async () => call(Promise.resolve(customers) as never))()).rejects.toThrow(/is an await missing\?/);
  });
});
