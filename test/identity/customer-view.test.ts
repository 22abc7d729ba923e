import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { customerView, type ViewResults } from '../../src/identity/index.js';
import { table } from '../../src/columns/index.js';
import { abc } from '../../src/pareto/index.js';
import { profitability } from '../../src/profit/index.js';
import { rfm } from '../../src/rfm/index.js';
import { clv, fitGammaGamma, fitMbgNbd } from '../../src/clv/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { warnings } from '../../src/warnings/index.js';

const orders = exampleOrders({ customers: 300, seed: 5 });
const customers = summarize(orders);
const scored = rfm(customers);
const results: ViewResults = {
  rfm: scored, abc: abc(customers), profit: profitability(customers, { directCost: { marginRate: 0.4 } }), warnings: warnings(orders),
  clv: clv(customers, { purchases: fitMbgNbd(customers), spend: fitGammaGamma(customers), horizon: { years: 1 }, discountRateYearly: 0.1, margin: 0.3 }),
};

describe('customerView', () => {
  it('joins what the analyses say of all customers, by id', () => {
    const { table: all, facts } = customerView(undefined, results);
    expect(all.numRows).toBe(300);
    expect(facts.numRows).toBe(0);
    expect(all.names).toEqual(['customer', 'recency', 'frequency', 'monetary', 'rfmScore', 'segment', 'segmentLabel', 'abcClass', 'abcRank', 'abcShare', 'margin', 'costToServe', 'profit', 'profitRate', 'profitRank',
      'warnings', 'worstSeverity', 'worstRule', 'worstWarning', 'worstReason', 'moneyAtStake', 'pAlive', 'expectedPurchases', 'expectedSpend', 'clv']);
    const [row, own] = [all.row(17), scored.table.row(17)];
    expect(row).toMatchObject({ customer: own['customer'], recency: own['recency'], rfmScore: own['score'], segmentLabel: own['label'] });
  });

  it('finds each customer in results of any order, and leaves out what a result does not know', () => {
    const { table: all } = customerView(undefined, { rfm: { customer: ['a', 'b'], recency: [1, 2], segment: ['x', 'y'] }, loyalty: { customer: ['c', 'a'], stage: ['growing', 'mature'], label: ['成长', '成熟'] } });
    expect(all.toRows()).toEqual([
      { customer: 'a', recency: 1, segment: 'x', loyaltyStage: 'mature', loyaltyLabel: '成熟' },
      { customer: 'b', recency: 2, segment: 'y', loyaltyStage: null, loyaltyLabel: null },
      { customer: 'c', recency: null, segment: null, loyaltyStage: 'growing', loyaltyLabel: '成长' },
    ]);
  });

  it('counts warnings and shows the worst; counts offers and shows the first', () => {
    const { table: one } = customerView('a', {
      warnings: { customer: ['a', 'b', 'a', 'a'], severity: ['watch', 'critical', 'critical', 'critical'], rule: ['r1', 'r2', 'r3', 'r4'] },
      offers: { customer: ['a', 'a'], rank: [1, 2], item: ['milk', 'tea'], reason: ['bread', 'cake'] },
    });
    expect(one.toRows()).toEqual([{ customer: 'a', warnings: 3, worstSeverity: 'critical', worstRule: 'r3', offers: 2, offer: 'milk', offerReason: 'bread' }]);
  });

  it('takes every column of a table it does not know, the name before it', () => {
    const { facts } = customerView(7, { desk: { customer: Int32Array.of(7, 8), calls: [3, 1], open: [true, false] } });
    expect(facts.toRows()).toEqual([
      { part: 'desk', partLabel: 'desk', column: 'deskCalls', label: 'calls', format: 'count', value: '3' },
      { part: 'desk', partLabel: 'desk', column: 'deskOpen', label: 'open', format: 'text', value: 'true' },
    ]);
    expect(customerView('a', { satisfaction: { customer: ['a'], answers: [9] } }).table.names).toEqual(['customer', 'satisfactionAnswers']);
  });

  it('keeps all digits in facts, and writes money and shares as people do', () => {
    const view = customerView('a', { clv: { customer: ['a'], pAlive: [0.98765432], clv: [123456.78912] }, abc: { customer: ['a'], class: ['A'], rank: [1234], share: [0.2727] }, desk: { customer: ['a'], hours: [2.5] } });
    expect(view.facts.toRows().map(({ column, value }) => [column, value])).toEqual([['pAlive', '0.98765432'], ['clv', '123456.78912'], ['abcClass', 'A'], ['abcRank', '1234'], ['abcShare', '0.2727'], ['deskHours', '2.5']]);
    expect(String(view)).toBe(['a', 'Value', '  Probability of being a customer still  98.8%', '  Value to come                          123,456.79', 'Class', '  ABC class                              A', '  Rank by money                          1,234', '  Share of all                           27.3%', 'desk', '  hours                                  2.5'].join('\n'));
    expect(view.toHTML()).toContain('123,456.79');
  });

  it.each<[string, number, string]>([
    ['share', 0.00004, '<0.1%'], ['share', 0, '0.0%'], ['share', 0.0005, '0.1%'], ['share', 1, '100.0%'], ['share', -0.25, '-25.0%'], ['monetary', 0.005, '0.01'], ['monetary', 0, '0.00'], ['monetary', -1234.5, '-1,234.50'],
    ['recency', 1.23456, '1.2346'], ['recency', 12.3456, '12.35'], ['frequency', 0.12345, '0.1235'], ['frequency', 3, '3'],
  ])('writes %s %d as %s', (column, value, text) => {
    const view = customerView('a', { [column === 'share' ? 'abc' : 'rfm']: { customer: ['a'], [column]: [value] } });
    expect(String(view).split('  ').pop()).toBe(text);
  });

  it('tells one customer as facts, in English and in Chinese', () => {
    const id = String(scored.table.cell('customer', 0));
    const [en, zh] = [customerView(id, results), customerView(id, results, { labels: 'zh' })];
    expect(String(en)).toContain('Days since last order');
    expect(zh.facts.column('column')).toEqual(en.facts.column('column'));
    const words = zh.facts.toRows().filter(({ column }) => column !== 'rfmScore').map(({ label }) => String(label));
    expect(words.every((word) => /\p{Script=Han}/u.test(word))).toBe(true);
    expect(en.facts.toRows().every(({ label }) => !/\p{Script=Han}/u.test(String(label)))).toBe(true);
  });

  it('knows ids such as __proto__, and tells 07 from 7', () => {
    const odd = table({ customer: ['__proto__', 'toString', '07', '7'], recency: [1, 2, 3, 4] });
    for (const [i, id] of ['__proto__', 'toString', '07', '7'].entries()) expect(customerView(id, { rfm: odd }).table.cell('recency', 0)).toBe(i + 1);
    expect(customerView(undefined, { ['__proto__']: odd }).table.names).toEqual(['customer', '__proto__Recency']);
  });

  it('has a row per customer, whatever the results', () => fc.assert(fc.property(fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__', '1', ''), { maxLength: 6, size: 'max' }), { minLength: 1, maxLength: 4, size: 'max' }), (lists) => {
    const made = Object.fromEntries(lists.map((ids, k) => [`part${k}`, table({ customer: ids, value: ids.map((id) => id.length + k) })]));
    const { table: all } = customerView(undefined, made);
    expect(new Set(all.toRows().map(({ customer }) => customer))).toEqual(new Set(lists.flat()));
    expect(all.numRows).toBe(new Set(lists.flat()).size);
    for (const row of all.rows()) lists.forEach((ids, k) => expect(row[`part${k}Value`]).toBe((ids as readonly string[]).includes(String(row['customer'])) ? String(row['customer']).length + k : null));
  })));

  it.each<[string, () => unknown, string]>([
    ['a customer nobody knows', () => customerView('z', { rfm: { customer: ['a'], recency: [1] } }), 'no result knows the customer "z" (rfm)'],
    ['no results', () => customerView('z', {}), 'there are no results'],
    ['only undefined ones', () => customerView('z', { rfm: undefined }), 'there are no results'],
    ['a customer twice', () => customerView('a', { rfm: { customer: ['a', 'b', 'a'], recency: [1, 2, 3] } }), 'result "rfm": customer "a" stands in row 0 and in row 2'],
    ['a missing customer', () => customerView('a', { rfm: { customer: ['a', null], recency: [1, 2] } }), 'row 1 has no customer'],
    ['a table without customers', () => customerView('a', { rfm: { recency: [1] } }), 'result "rfm": column "customer" is missing'],
    ['two columns of one name', () => customerView('a', { a: { customer: ['a'], bC: [1] }, aB: { customer: ['a'], c: [1] } }), 'two results give a column "aBC"'],
    ['an unknown option', () => customerView('a', { rfm: { customer: ['a'], recency: [1] } }, { language: 'en' } as never), 'there is no option "language"'],
  ])('refuses %s', (_, run, message) => expect(run).toThrow(message));
});
