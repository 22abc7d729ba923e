import { describe, expect, it } from 'vitest';
import { isClienteleError, type Diagnostics } from '../src/core/index.js';
import { numbersOf, Table } from '../src/columns/index.js';
import { fitChurn, loadChurnModel, scoreChurn, winBackList, type ChurnModel } from '../src/churn/index.js';
import { clv, fitGammaGamma, fitMbgNbd, loadLifetimeModel } from '../src/clv/index.js';
import { customerView } from '../src/identity/index.js';
import { fitRfm, loadRfmModel, rfm, scoreRfm, type RfmOptions } from '../src/rfm/index.js';
import { keyCustomers, screen, type Criterion, type ScreenOptions } from '../src/decisions/index.js';
import { abc, growthPotential, pyramid, topCustomers } from '../src/pareto/index.js';
import { profitability, whaleCurve } from '../src/profit/index.js';
import { exampleOrders, summarize, type Customers } from '../src/transactions/index.js';
import { judgeWarnings, warnings, type JudgedCustomers } from '../src/warnings/index.js';
import { regularity } from '../src/loyalty/index.js';
import { loadModel } from '../src/index.js';
import { fitKmeans, gaussianMixture, kmeans, kmedians, loadGaussianMixtureModel, loadKmeansModel, loadTreeRules, outliers, scoreGaussianMixture, scoreKmeans, scoreTreeRules, treeRules } from '../src/segmentation/index.js';
import { logOf } from './transactions/log.js';

/** What every analysis of customers must register here: how it is run, and what of its answer may be compared. */
interface Analysis {
  readonly name: string;
  /** one row per customer, with a `customer` column */
  run(customers: Customers): Table;
  diagnostics?(customers: Customers): Diagnostics;
  /** column of money it reads: refused by row where it is not finite */
  readonly money: string;
  /** columns of the answer that stay when all money is doubled */
  readonly unscaled: readonly string[];
  /** one customer, or customers all equal, may be too little: then it must say so */
  readonly needsVariety?: true;
  /** fit, save as JSON, load, score: the same table as `run` */
  throughJson?(customers: Customers): Table;
  /** the same in Chinese: keys equal, labels not */
  inChinese?(customers: Customers): Table;
}

const rfmWith = (name: string, options: RfmOptions): Analysis => ({
  name,
  run: (customers) => rfm(customers, options).table,
  diagnostics: (customers) => rfm(customers, options).diagnostics,
  money: 'monetary',
  unscaled: ['r', 'f', 'm', 'score', 'segment', 'label'],
  inChinese: (customers) => rfm(customers, { ...options, labels: 'zh' }).table,
});
const rfmThroughJson = (name: string, options: Omit<RfmOptions, 'map'> & { map?: 'rf10' | 'octants' }): Analysis => ({
  ...rfmWith(name, options),
  throughJson: (customers) => scoreRfm(loadRfmModel(JSON.parse(JSON.stringify(fitRfm(customers, options)))), customers).table,
});

/** Value over a year by models fitted to the customers, as they are or through JSON. */
const valued = (customers: Customers, saved: <T extends object>(model: T) => T): Table =>
  clv(customers, { purchases: saved(fitMbgNbd(customers)), spend: saved(fitGammaGamma(customers)), horizon: { years: 1 }, discountRateYearly: 0.1, margin: 0.3 });

/** Customers silent for over a quarter, told by what they bought. */
const labelled = (customers: Customers): Table => new Table([
  ...customers.select(['customer', 'frequency', 'monetary']).entries(), ['churned', { type: 'flag', data: Uint8Array.from(numbersOf('test', customers, 'recency'), (days) => (days > 90 ? 1 : 0)) }],
]);
const leaving = (customers: Customers, saved: (model: ChurnModel) => ChurnModel): Table => scoreChurn(saved(fitChurn(labelled(customers))), customers);
const judgedTable = ({ customer, moneyAtStake, rules: [rule] }: JudgedCustomers): Table => new Table([['customer', customer], ['score', { type: 'number', data: rule!.score }], ['rank', { type: 'integer', data: Int32Array.from(rule!.rank) }], ['moneyAtStake', { type: 'number', data: moneyAtStake }]]);

const CRITERIA: readonly Criterion[] = [
  { column: 'monetary', direction: 'high', weight: 0.5 }, { column: 'frequency', direction: 'high', weight: 0.3, normalization: 'rank' }, { column: 'recency', direction: 'low', weight: 0.2 },
];
const screenWith = (name: string, options: ScreenOptions): Analysis => ({
  name,
  money: 'monetary',
  unscaled: ['frequency', 'recency', 'score', 'rank', 'selected', 'tier', 'label'],
  run: (customers) => screen(customers, CRITERIA, options).table,
  diagnostics: (customers) => screen(customers, CRITERIA, options).diagnostics,
  inChinese: (customers) => screen(customers, CRITERIA, { ...options, labels: 'zh' }).table,
});

/** On a plain scale, so that clusters do not depend on the unit of money. */
const clusters = { k: 3, scale: 'zscore', starts: 2 } as const;
const clustering = { money: 'monetary', unscaled: ['cluster', 'segment', 'label'], needsVariety: true } as const;
const explained = (customers: Customers): ReturnType<typeof treeRules> => treeRules(customers, kmeans(customers, clusters));

const ANALYSES: readonly Analysis[] = [
  {
    name: 'warnings by overdue', money: 'monetary', unscaled: ['score', 'rank'],
    run: (customers) => judgedTable(judgeWarnings(customers, { rules: [{ rule: 'overdue' }] })),
    diagnostics: (customers) => warnings(customers, { rules: [{ rule: 'overdue' }] }).diagnostics,
  },
  {
    name: 'churn by logistic regression', money: 'monetary', unscaled: ['probability'], needsVariety: true,
    run: (customers) => leaving(customers, (model) => model),
    throughJson: (customers) => leaving(customers, (model) => loadChurnModel(JSON.parse(JSON.stringify(model)))),
  },
  { name: 'win-back list', money: 'monetary', unscaled: ['chance'], run: (customers) => winBackList(new Table([...customers.select(['customer', 'monetary']).entries(), ['chance', { type: 'number', data: new Float64Array(customers.numRows).fill(0.25) }]]), { value: 'monetary' }) },
  {
    name: 'abc', money: 'monetary', unscaled: ['rank', 'share', 'cumulatedShare', 'class'],
    run: (customers) => abc(customers).table, diagnostics: (customers) => abc(customers).diagnostics,
  },
  { name: 'abc, the crossing item in the worse class, ties together', money: 'monetary', unscaled: ['rank', 'class'], run: (customers) => abc(customers, { crossing: 'worse', ties: 'together' }).table },
  {
    name: 'pyramid', money: 'monetary', unscaled: ['rank', 'tier', 'label'],
    run: (customers) => pyramid(customers).table, diagnostics: (customers) => pyramid(customers).diagnostics, inChinese: (customers) => pyramid(customers, { labels: 'zh' }).table,
  },
  { name: 'topCustomers', money: 'monetary', unscaled: ['rank', 'share', 'cumulatedShare'], run: (customers) => topCustomers(customers, { count: 1000 }) },
  {
    name: 'growthPotential', money: 'monetary', unscaled: ['shareOfWallet', 'rank'],
    run: (customers) => growthPotential(customers).table, diagnostics: (customers) => growthPotential(customers).diagnostics,
  },
  {
    name: 'profitability', money: 'monetary', unscaled: ['profitRate', 'rank'],
    run: (customers) => profitability(customers, { directCost: { marginRate: 0.4 } }).table, diagnostics: (customers) => profitability(customers).diagnostics,
  },
  {
    name: 'whaleCurve', money: 'monetary', unscaled: ['percent'],
    run: (customers) => whaleCurve(customers, { of: 'monetary' }).table, diagnostics: (customers) => whaleCurve(customers, { of: 'monetary' }).diagnostics,
  },
  screenWith('screen', {}),
  screenWith('screen by TOPSIS', { method: 'topsis', top: 0.1 }),
  {
    name: 'keyCustomers', money: 'monetary', unscaled: ['level', 'firmness', 'levelClass', 'firmnessClass', 'cell', 'label', 'action', 'rank'],
    run: (customers) => keyCustomers(customers, { level: [{ column: 'monetary', direction: 'high' }], firmness: [{ column: 'frequency', direction: 'high' }] }).table,
    inChinese: (customers) => keyCustomers(customers, { level: [{ column: 'monetary', direction: 'high' }], firmness: [{ column: 'frequency', direction: 'high' }], labels: 'zh' }).table,
  },
  {
    ...clustering,
    name: 'kmeans',
    run: (customers) => kmeans(customers, clusters).table,
    diagnostics: (customers) => kmeans(customers, clusters).diagnostics,
    throughJson: (customers) => scoreKmeans(loadKmeansModel(JSON.parse(JSON.stringify(fitKmeans(customers, clusters)))), customers).table,
    inChinese: (customers) => kmeans(customers, { ...clusters, labels: 'zh' }).table,
  },
  {
    ...clustering,
    name: 'kmedians',
    run: (customers) => kmedians(customers, clusters).table,
    diagnostics: (customers) => kmedians(customers, clusters).diagnostics,
    inChinese: (customers) => kmedians(customers, { ...clusters, labels: 'zh' }).table,
  },
  {
    ...clustering,
    name: 'gaussianMixture',
    run: (customers) => gaussianMixture(customers, clusters).table,
    diagnostics: (customers) => gaussianMixture(customers, clusters).diagnostics,
    throughJson: (customers) => scoreGaussianMixture(loadGaussianMixtureModel(JSON.parse(JSON.stringify(gaussianMixture(customers, clusters).model))), customers).table,
    inChinese: (customers) => gaussianMixture(customers, { ...clusters, labels: 'zh' }).table,
  },
  {
    ...clustering,
    name: 'treeRules of kmeans',
    unscaled: ['segment', 'label', 'rule'],
    run: (customers) => scoreTreeRules(explained(customers).model, customers),
    throughJson: (customers) => scoreTreeRules(loadTreeRules(JSON.parse(JSON.stringify(explained(customers).model))), customers),
    inChinese: (customers) => scoreTreeRules(explained(customers).model, customers, { labels: 'zh' }),
  },
  { ...clustering, name: 'outliers', unscaled: ['outlier', 'outlierFeature'], run: (customers) => outliers(customers, { scale: 'zscore' }).table },
  {
    name: 'clv by MBG/NBD and Gamma-Gamma',
    money: 'meanRepeatSpend',
    unscaled: ['pAlive', 'expectedPurchases'],
    needsVariety: true,
    run: (customers) => valued(customers, (model) => model),
    diagnostics: (customers) => clv(customers, { purchases: fitMbgNbd(customers), spend: fitGammaGamma(customers), horizon: { years: 1 }, discountRateYearly: 0.1, margin: 1 }).diagnostics,
    throughJson: (customers) => valued(customers, (model) => loadLifetimeModel(JSON.parse(JSON.stringify(model))) as unknown as typeof model),
  },
  {
    name: 'the view of all customers',
    money: 'monetary',
    unscaled: ['rfmScore', 'segment', 'segmentLabel', 'abcClass', 'abcRank', 'abcShare'],
    run: (customers) => customerView(undefined, { rfm: rfm(customers), abc: abc(customers) }).table,
  },
  rfmThroughJson('rfm', {}),
  rfmThroughJson('rfm by R rfm\'s rule, rf10', { method: 'r-rfm', map: 'rf10' }),
  rfmThroughJson('rfm by equal width, octants', { method: 'equal-width', map: 'octants' }),
  rfmThroughJson('rfm by qcut-drop', { method: 'qcut-drop' }),
  rfmWith('rfm by ntile', { method: 'ntile' }),
  rfmWith('rfm by percent-rank', { method: 'percent-rank' }),
  rfmWith('rfm by cume-dist', { method: 'cume-dist' }),
  rfmWith('rfm nested', { method: 'nested' }),
  rfmWith('rfm by rank-first', { method: 'rank-first' }),
  rfmWith('rfm by natural breaks', { method: 'natural-breaks' }),
  rfmWith('rfm on thirds27', { map: 'thirds27' }),
  {
    name: 'regularity',
    money: 'monetary',
    unscaled: ['length', 'recency', 'frequency', 'gapMean', 'gapSd', 'variation', 'regularity', 'label'],
    run: (customers) => regularity(customers),
  },
];

const example = summarize(exampleOrders({ customers: 300, seed: 5 }));
const oneCustomer = summarize(logOf([['a', '2026-01-01', 10]]));
const allEqual = summarize(logOf(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, '2026-01-01', 10] as const)));
const empty = example.take([]);

/** Rows of an answer by customer, so that order does not matter. */
const byCustomer = (table: Table, names: readonly string[]): Map<unknown, unknown> =>
  new Map(table.toRows().map((row) => [row['customer'], names.map((name) => row[name])]));

/** Equal, but for the rounding of a fit in numbers. */
function expectSame(actual: Map<unknown, unknown>, expected: Map<unknown, unknown>): void {
  expect(actual.size).toBe(expected.size);
  for (const [customer, row] of expected) {
    const own = actual.get(customer) as unknown[];
    (row as unknown[]).forEach((value, i) => {
      if (typeof value === 'number' && !Number.isInteger(value)) expect(Math.abs((own[i] as number) - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
      else expect(own[i]).toEqual(value);
    });
  }
}

/** The same customers with a column replaced. */
function replaced(customers: Customers, name: string, change: (data: Float64Array) => void): Customers {
  const data = numbersOf('test', customers, name).slice();
  change(data);
  const Same = customers.constructor as new (...args: unknown[]) => Customers;
  return new Same([...customers.entries()].map(([n, column]) => [n, n === name ? { type: 'number', data } : column]), customers.meta, customers.diagnostics);
}

describe.each(ANALYSES.map((analysis) => [analysis.name, analysis] as const))('%s', (_, analysis) => {
  it('refuses no customers with a message, not a crash', () => {
    expect(() => analysis.run(empty)).toThrow(expect.objectContaining({ name: 'ClienteleError' }));
  });

  it('answers for one customer, and for customers all equal', () => {
    if (analysis.needsVariety) {
      for (const few of [oneCustomer, allEqual]) expect(() => analysis.run(few)).toThrow(expect.objectContaining({ name: 'ClienteleError' }));
      return;
    }
    expect(analysis.run(oneCustomer).numRows).toBe(1);
    expect(analysis.run(allEqual).numRows).toBe(6);
  });

  it.each([NaN, Infinity, -Infinity])('refuses money of %s by row', (bad) => {
    let error: unknown;
    try {
      analysis.run(replaced(example, analysis.money, (data) => (data[7] = bad)));
    } catch (e) {
      error = e;
    }
    expect(isClienteleError(error), String(error)).toBe(true);
    expect(error).toMatchObject({ code: 'VALUE_INVALID', place: { column: analysis.money, row: 7 } });
  });

  it('answers the same for the same customers in another order', () => {
    const reversed = example.take(Array.from({ length: example.numRows }, (__, i) => example.numRows - 1 - i));
    const answer = analysis.run(example);
    expectSame(byCustomer(analysis.run(reversed), answer.names), byCustomer(answer, answer.names));
  });

  it('does not depend on the unit of money', () => {
    const doubled = replaced(example, analysis.money, (data) => data.forEach((value, i) => (data[i] = value * 2)));
    expectSame(byCustomer(analysis.run(doubled), analysis.unscaled), byCustomer(analysis.run(example), analysis.unscaled));
  });

  it('does not depend on what the ids are, as long as their order stays', () => {
    const answer = analysis.run(example);
    const renamed = new (example.constructor as new (...args: unknown[]) => Customers)(
      [...example.entries()].map(([name, column]) => [name, name === 'customer' && column.type === 'text' ? prefixed(column) : column]), example.meta, example.diagnostics);
    const names = answer.names.filter((name) => name !== 'customer');
    expect(analysis.run(renamed).select(names).toRows()).toEqual(answer.select(names).toRows());
  });

  it('answers the same twice, and leaves its input alone', () => {
    const before = JSON.stringify(example.toRows());
    const answer = JSON.stringify(analysis.run(example));
    expect(JSON.stringify(analysis.run(example))).toBe(answer);
    expect(JSON.stringify(example.toRows())).toBe(before);
  });

  if (analysis.throughJson !== undefined) it('answers the same through a model saved as JSON', () => {
    expect(analysis.throughJson!(example).toRows()).toEqual(analysis.run(example).toRows());
  });

  if (analysis.inChinese !== undefined) it('has labels in English and in Chinese over the same keys', () => {
    const [english, chinese] = [analysis.run(example).toRows(), analysis.inChinese!(example).toRows()];
    expect(chinese.map((row) => row['segment'])).toEqual(english.map((row) => row['segment']));
    expect(chinese.every((row) => row['label'] === null || /\p{Script=Han}/u.test(String(row['label'])))).toBe(true);
    expect(english.every((row) => row['label'] === null || !/\p{Script=Han}/u.test(String(row['label'])))).toBe(true);
  });

  if (analysis.diagnostics !== undefined) it('has diagnostics that add up', () => {
    const { rows, customers } = analysis.diagnostics!(example);
    const sum = (leftOut: Readonly<Record<string, number>>): number => Object.values(leftOut).reduce((a, b) => a + b, 0);
    expect(rows.read).toBe(rows.used + rows.refused + sum(rows.leftOut));
    if (customers !== undefined) expect(customers.seen).toBe(customers.kept + sum(customers.leftOut));
  });
});

describe('loadModel', () => {
  it('dispatches by kind, and refuses what is no model', () => {
    const model = fitRfm(example);
    expect(loadModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect(() => loadModel({ kind: 'magic' })).toThrow('magic');
    expect(() => loadModel(JSON.parse(JSON.stringify(model)), 'magic' as 'rfm')).toThrow('magic');
    expect(() => loadModel(null)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  });
});

/** The same ids behind a common prefix: other bytes, the same order. */
function prefixed(column: { data: Uint8Array; offsets: Int32Array }): unknown {
  const rows = column.offsets.length - 1;
  const data = new Uint8Array(column.data.length + rows);
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    data[offsets[i]!] = 120;
    data.set(column.data.subarray(column.offsets[i], column.offsets[i + 1]), offsets[i]! + 1);
    offsets[i + 1] = offsets[i]! + 1 + column.offsets[i + 1]! - column.offsets[i]!;
  }
  return { type: 'text', data, offsets };
}
