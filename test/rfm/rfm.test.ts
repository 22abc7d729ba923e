import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/columns/index.js';
import { isClienteleError, type ClienteleError } from '../../src/core/index.js';
import { rfm, type RfmOptions } from '../../src/rfm/index.js';
import { summarize } from '../../src/transactions/index.js';
import { logOf } from '../transactions/log.js';
import { anyCustomers, byCustomer, customersOf } from './customers.js';

const four = customersOf([['a', 10, 4, 400], ['b', 20, 3, 300], ['c', 30, 2, 200], ['d', 40, 1, 100]]);
const codes = (result: { diagnostics: { warnings: readonly { code: string }[] } }): string[] => result.diagnostics.warnings.map(({ code }) => code);
const refusal = (run: () => unknown): ClienteleError => {
  try {
    run();
  } catch (e) {
    if (isClienteleError(e)) return e;
  }
  throw new Error('nothing was refused');
};

describe('rfm', () => {
  it('sums up the segments when they are first looked at, and once', () => {
    const scored = rfm(four, { bins: 4 });
    expect(Object.keys(scored)).toEqual(['table', 'segments', 'model', 'diagnostics']);
    expect(Object.getOwnPropertyDescriptor(scored, 'segments')?.get).toBeTypeOf('function');
    expect(scored.segments).toBe(scored.segments);
    expect({ ...scored }.segments).toBe(scored.segments);
    expect((JSON.parse(JSON.stringify({ ...scored, table: undefined })) as { segments: unknown }).segments).toEqual(JSON.parse(JSON.stringify(scored.segments)));
  });

  it('scores by quintiles and names the segment, one row per customer', () => {
    const five = customersOf([['a', 5, 9, 900], ['b', 40, 7, 500], ['c', 90, 5, 300], ['d', 200, 3, 150], ['e', 400, 1, 50]]);
    const { table: scored, segments, model } = rfm(five);
    expect(scored.names).toEqual(['customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment', 'label']);
    expect(scored.toColumns()).toMatchObject({ r: [5, 4, 3, 2, 1], f: [5, 4, 3, 2, 1], m: [5, 4, 3, 2, 1], score: ['555', '444', '333', '222', '111'] });
    expect(scored.toColumns()['segment']).toEqual(['champions', 'loyal', 'potential_loyalist', 'hibernating', 'lost']);
    expect(segments.numRows).toBe(11);
    expect(segments.row(0)).toEqual({
      segment: 'champions', label: 'Champions', customers: 1, share: 0.2, orders: 9, revenue: 900, revenueShare: 900 / 1900, meanBasket: 100,
      medianRecency: 5, medianFrequency: 9, medianMonetary: 900, action: 'Thank them, show new things first, ask for referrals',
    });
    expect(segments.row(3)).toMatchObject({ segment: 'new', customers: 0, share: 0, orders: 0, revenue: 0, meanBasket: null, medianRecency: null });
    expect(model.meta).toEqual({ customers: 5 });
  });

  it('gives the last value of one customer alone: most recent, lowest count and money', () => {
    const { table: scored } = rfm(customersOf([['a', 3, 2, 10]]));
    expect(scored.row(0)).toMatchObject({ score: '511', segment: 'new' });
  });

  it('scores customers who are all alike alike', () => {
    const result = rfm(customersOf(['a', 'b', 'c'].map((id) => [id, 7, 2, 50])));
    expect(result.table.toColumns()['score']).toEqual(['511', '511', '511']);
    expect(codes(result)).toEqual(['SCORES_UNUSED', 'SCORE_HOLDS_MOST', 'SCORES_UNUSED', 'SCORE_HOLDS_MOST', 'SCORES_UNUSED', 'SCORE_HOLDS_MOST']);
  });

  it('says which scores nobody has, and which one holds most', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [`c${i}`, i, i < 14 ? 1 : i - 12, i * 3] as const);
    expect(rfm(customersOf(rows)).diagnostics.warnings).toEqual([
      { code: 'SCORES_UNUSED', message: "frequency: nobody has score 2 and 3 of 1 to 5, because many customers share one value. The other scores hold all the same; fewer bins, other cuts or method 'ntile' fill them." },
      { code: 'SCORE_HOLDS_MOST', message: "frequency: 70 % of the customers have score 1, so it tells little among them. Give cuts that suit the business, or split equal values with method 'ntile'." },
    ]);
  });

  it('takes tables, plain arrays and summarized orders, and carries other columns', () => {
    const log = logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30], ['a', '2026-01-09', 20]], { carried: { name: ['Ann', 'Bo', 'Ann'] } });
    const fromLog = rfm(summarize(log), { bins: 2 });
    expect(fromLog.table.names).toEqual(['customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment', 'label', 'name']);
    expect(fromLog.table.toColumns()).toMatchObject({ customer: ['a', 'b'], recency: Float64Array.of(0, 4), score: ['221', '111'], name: ['Ann', 'Bo'] });
    expect(fromLog.model.meta).toMatchObject({ asOf: '2026-01-09', asOfSource: 'last-order', frequency: 'rows', returns: 'net', customers: 2 });
    expect(fromLog.diagnostics.rows.read).toBe(3);

    const plain = { recency: [0, 4], frequency: [2, 1], monetary: [30, 30], city: ['X', 'Y'] };
    for (const input of [plain, table(plain)]) expect(rfm(input, { bins: 2 }).table.toColumns()).toMatchObject({ score: ['221', '111'], city: ['X', 'Y'] });
  });

  it('gives a roster customer without purchase no scores and the segment prospect', () => {
    const customers = summarize(logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30], ['c', '2026-01-06', 8]]), { roster: ['z', 'a'] });
    const result = rfm(customers, { why: true, weights: [0.2, 0.3, 0.5], sum: true });
    expect(result.table.where((i) => i === 3).toRows()).toEqual([{
      customer: 'z', recency: null, frequency: 0, monetary: 0, r: null, f: null, m: null, score: null, segment: 'prospect', label: 'Prospects',
      sum: null, weighted: null, weighted100: null, weightedMinMax: null, why: null,
    }]);
    expect(result.segments.where((i) => result.segments.cell('customers', i) === 1 && i > 10).toRows()).toMatchObject([{ segment: 'prospect', customers: 1, share: 0.25, orders: 0, revenue: 0, medianRecency: null, action: 'Win the first order' }]);
    // Prospects have no part in the limits.
    expect(result.model.dimensions).toEqual(rfm(summarize(logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30], ['c', '2026-01-06', 8]]))).model.dimensions);
    expect(result.model.meta.customers).toBe(3);
  });

  it('multiplies mean money by frequency for revenue', () => {
    const log = logOf([['a', '2026-01-01', 10], ['a', '2026-01-02', 30], ['b', '2026-01-05', 7]]);
    const revenue = (monetary: 'total' | 'mean'): number => (rfm(summarize(log, { monetary })).segments.toColumns()['revenue'] as Float64Array).reduce((sum, r) => sum + r, 0);
    expect(revenue('mean')).toBe(47);
    expect(revenue('total')).toBe(47);
  });

  it('adds up: customers, orders and revenue of the segments are those of the table', () => fc.assert(fc.property(anyCustomers, (customers) => {
    const { segments } = rfm(customers);
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
    const columns = segments.toColumns() as Record<string, Float64Array>;
    expect(sum(columns['customers']!)).toBe(customers.customer.length);
    expect(sum(columns['share']!)).toBeCloseTo(1, 12);
    expect(sum(columns['orders']!)).toBe(sum(customers.frequency));
    expect(sum(columns['revenue']!)).toBeCloseTo(sum(customers.monetary), 8);
  })));

  it('shows itself as its as-of line, the segments and the remarks, escaped in HTML', () => {
    const log = logOf([['a', '2026-01-01', 10], ['b', '2026-01-05', 30]]);
    const text = rfm(summarize(log), { labels: { champions: '<b>VIP</b>' } }).toString();
    expect(text.split('\n').slice(0, 2)).toEqual(['2 customers as of 2026-01-05 (last order in rows)', 'R 1-5 by quantile, F 1-5 by quantile, M 1-5 by quantile; map standard']);
    expect(text).toContain('SCORES_UNUSED: recency: nobody has score 2, 3 and 4 of 1 to 5, as there are only 2 customers. Use fewer bins.');
    const html = rfm(summarize(log), { labels: { champions: '<b>VIP</b>' } }).toHTML();
    expect(html).toContain('&lt;b&gt;VIP&lt;/b&gt;');
    expect(html).not.toContain('<b>');
    expect(JSON.parse(JSON.stringify(rfm(four, { bins: 2 })))).toHaveProperty('table');
  });

  it('labels segments in both languages, and by own words', () => {
    const label = (labels: RfmOptions['labels']): unknown => rfm(four, { map: 'rf10', ...(labels === undefined ? {} : { labels }) }).table.cell('label', 0);
    expect([label(undefined), label('en'), label('zh'), label({ champions: 'VIP' }), label({ lost: 'gone' })]).toEqual(['Champions', 'Champions', '冠军客户', 'VIP', 'Champions']);
    expect(rfm(four, { map: 'rf10', labels: 'zh' }).segments.cell('action', 0)).toBe('致谢，新品优先体验，邀请推荐');
    // Two segments with one label stay two segments.
    const same = rfm(four, { map: 'rf10', labels: { champions: 'X', hibernating: 'X' } });
    expect(same.table.toColumns()['label']).toEqual(['X', 'Loyal', 'X', 'X']);
    expect(same.table.toColumns()['segment']).toEqual(['champions', 'loyal', 'hibernating', 'hibernating']);
  });
});

describe('why', () => {
  it('tells limits in whole numbers and the rule of the map', () => {
    const { table: scored } = rfm(four, { why: true, method: { r: { cuts: [10, 20, 30, 35] }, f: { cuts: [1, 2, 3, 4] }, m: { cuts: [150, 250, 350.5, 380], closed: 'left' } } });
    expect(scored.toColumns()['why']).toEqual([
      'R 5 (<= 10 days) · F 4 (4 orders) · M 5 (>= 380) → champions (standard: 545)',
      'R 4 (11-20 days) · F 3 (3 orders) · M 3 (250-350) → potential_loyalist (standard: 433)',
      'R 3 (21-30 days) · F 2 (2 orders) · M 2 (150-249) → hibernating (standard: 322)',
      'R 1 (>= 36 days) · F 1 (<= 1 orders) · M 1 (<= 149) → lost (standard: 111)',
    ]);
  });
  it('tells fractions, units, ranks, ranges and octants', () => {
    const half = { ...four, monetary: Float64Array.of(400.5, 300, 200, 100) };
    const first = (options: RfmOptions): unknown => rfm(half, { why: true, ...options }).table.cell('why', 0);
    expect(first({ bins: 2 })).toBe('R 2 (<= 25 days) · F 2 (>= 3 orders) · M 2 (> 250)');
    expect(first({ bins: 2, labels: 'zh' })).toBe('R 2 (<= 25 天) · F 2 (>= 3 单) · M 2 (> 250)');
    expect(first({ bins: 2, method: 'ntile' })).toBe('R 2 (10-20 days, ntile) · F 2 (3-4 orders, ntile) · M 2 (300 to 400.5, ntile)');
    expect(first({ bins: 2, method: 'nested' })).toBe('R 2 (10-20 days, nested) · F 2 (4 orders, nested within 2) · M 1 (400.5, nested within 22)');
    expect(first({ map: 'intervals', method: 'ntile' })).toContain('→ potential_loyalist (intervals: R 3-5, F 3-5, M 2-5)');
    expect(first({ bins: 2, map: 'octants' })).toContain('→ important_value (octants: R high < 25, F high > 2.5, M high > 250.13)');
    expect(first({ bins: 2, map: { octants: { at: [25, 2, 250], inclusive: true } } })).toContain('(octants: R high <= 25, F high >= 2, M high >= 250)');
    expect(first({ bins: 2, dimensions: { m: false, v: { column: 'monetary', best: 'high', unit: 'visits' } } })).toBe('R 2 (<= 25 days) · F 2 (>= 3 orders) · V 2 (> 250 visits)');
  });
});

describe('bins, methods and dimensions', () => {
  it('takes bins for all, in order, or by name, and writes scores past nine apart', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [`c${i}`, i, 40 - i, i * i] as const);
    const score = (bins: RfmOptions['bins']): unknown => rfm(customersOf(rows), { bins: bins! }).table.cell('score', 0);
    expect(score(3)).toBe('331');
    expect(score([4, 3, 10])).toBe('4-3-1');
    expect(score({ recency: 4, f: 3, m: 10 })).toBe('4-3-1');
    expect(score({ m: 9 })).toBe('551');
  });
  it('takes a method for all or one per dimension, cuts closed either way', () => {
    const scores = (method: RfmOptions['method']): unknown[] => ['r', 'f', 'm'].map((key) => byCustomer(rfm(four, { method: method!, bins: { f: 2, m: 2 } }), key, four.customer).join(''));
    expect(scores({ recency: { cuts: [20, 30], closed: 'right' }, frequency: 'ntile', monetary: 'ntile' })).toEqual(['3321', '2211', '2211']);
    expect(scores({ r: { cuts: [20, 30], closed: 'left' }, f: { cuts: [2] } })).toEqual(['3211', '2211', '2211']);
  });
  it('scores other measures beside the three, in their place, or instead', () => {
    const more = { ...four, span: Float64Array.of(5, 50, 500, 5000), visits: Float64Array.of(9, 1, 1, 1) };
    const run = (dimensions: RfmOptions['dimensions']): { names: readonly string[]; score: unknown } => {
      const { table: scored } = rfm(more, { bins: 2, dimensions: dimensions! });
      return { names: scored.names.slice(0, scored.names.indexOf('segment')), score: scored.cell('score', 0) };
    };
    expect(run({ l: { column: 'span', best: 'high' } })).toEqual({ names: ['customer', 'recency', 'frequency', 'monetary', 'span', 'r', 'f', 'm', 'l', 'score'], score: '2221' });
    expect(run({ l: { column: 'span', best: 'low' }, r: true, f: true, m: true })).toEqual({ names: ['customer', 'recency', 'frequency', 'monetary', 'span', 'l', 'r', 'f', 'm', 'score'], score: '2222' });
    expect(run({ m: false, e: { column: 'visits', best: 'high' } })).toEqual({ names: ['customer', 'recency', 'frequency', 'monetary', 'visits', 'r', 'f', 'e', 'score'], score: '222' });
    expect(run({ r: false, f: false, m: { column: 'visits', best: 'high' } }).score).toBe('2');
    const lrfm = rfm(more, { dimensions: { l: { column: 'span', best: 'high' } } });
    expect(lrfm.segments.names).toContain('medianSpan');
    expect(lrfm.model.map?.name).toBe('standard');
  });
  it('leaves segments empty, with a warning, where the default map does not fit, and refuses a map asked for', () => {
    const result = rfm(four, { bins: [4, 3, 10] });
    expect(result.table.toColumns()['segment']).toEqual([null, null, null, null]);
    expect(result.segments.numRows).toBe(0);
    expect(result.diagnostics.warnings[0]).toEqual({ code: 'MAP_NOT_APPLICABLE', message: 'the map standard needs r in 5, f in 5, m in 5; this scoring has r in 4, f in 3, m in 10. Segments are left empty; give a map for these scores, or leave bins, method and dimensions at their defaults.' });
    const e = refusal(() => rfm(four, { bins: 4, map: 'standard' }));
    expect([e.code, e.message]).toEqual(['MAP_NOT_APPLICABLE', 'rfm: the map standard needs r in 5, f in 5, m in 5; this scoring has r in 4, f in 4, m in 4. Score with the bins it needs, or give a map for these.']);
    expect(refusal(() => rfm(four, { dimensions: { m: false }, map: 'octants' })).message).toContain('octants are made of r, f and m; this scoring has r, f.');
  });
});

describe('weights', () => {
  it('weigh scores and values, recency counted from its worse end', () => {
    const { table: scored } = rfm(four, { bins: 2, weights: { recency: 0.5, f: 0.25, m: 0.25 } });
    expect(scored.toColumns()).toMatchObject({ weighted: Float64Array.of(2, 2, 1, 1), weighted100: Float64Array.of(100, 100, 0, 0) });
    expect(scored.cell('weightedMinMax', 1)).toBeCloseTo(2 / 3, 12);
    expect(rfm(four, { sum: true, bins: 2 }).table.toColumns()['sum']).toEqual([6, 6, 3, 3]);
  });
  it('must be one per dimension, 0 or more, and sum to 1', () => {
    const message = (weights: RfmOptions['weights']): string => refusal(() => rfm(four, { weights: weights! })).message;
    expect(message([0.5, 0.5, 0.5])).toBe('rfm: the weights sum to 1.5. Give one number of 0 or more for each of r, f, m, summing to 1.');
    expect(message([0.5, 0.5])).toContain('Give one value per dimension: r (recency), f (frequency), m (monetary).');
    expect(message([-0.5, 1, 0.5])).toContain('option weights is "[-0.5,1,0.5]".');
    expect(message({ r: 0.5, f: 0.5 })).toContain('option weights is');
  });
});

describe('refusals', () => {
  it('name column, row and customer of a value that is missing or infinite', () => {
    const with3 = (column: string, value: number): unknown => ({ ...four, [column]: (four[column] as Float64Array).map((x, i) => (i === 2 ? value : x)) });
    const e = refusal(() => rfm(with3('monetary', NaN) as typeof four));
    expect([e.code, e.place]).toEqual(['VALUE_INVALID', { where: 'rfm', column: 'monetary', row: 2, value: 'missing' }]);
    expect(e.message).toBe('rfm: column "monetary", row 2 (customer "c"): the value is missing. Fill or drop such rows first; only customers without a purchase may have recency missing, and frequency 0.');
    expect(refusal(() => rfm(with3('recency', Infinity) as typeof four)).message).toContain('column "recency", row 2 (customer "c"): the value is Infinity.');
    expect(refusal(() => rfm(with3('frequency', -Infinity) as typeof four)).message).toContain('the value is -Infinity.');
    expect(refusal(() => rfm(with3('recency', NaN) as typeof four)).message).toContain('column "recency", row 2');
  });
  it('say what is missing, and that nobody is there', () => {
    expect(refusal(() => rfm({ customer: four.customer, recency: four.recency, frequency: four.frequency })).message).toBe('rfm: column "monetary" is missing (found: "customer", "recency", "frequency"). Pass the customers that summarize makes, name the column "monetary", or choose others by the option dimensions.');
    expect(refusal(() => rfm({ recency: [], frequency: [], monetary: [] })).message).toBe('rfm: there are no customers to score. Pass customers with purchases, or give fixed cuts for every dimension.');
    expect(refusal(() => rfm({ recency: [null], frequency: [0], monetary: [0] })).message).toContain('none of the customers has a purchase to learn limits from.');
    expect(refusal(() => rfm({ customer: ['a', null], recency: [1, 2], frequency: [1, 1], monetary: [1, 1] })).message).toContain('column "customer", row 1: the id is missing.');
    expect(refusal(() => rfm({ ...four, recency: ['x', 'y', 'z', 'u'] })).message).toContain('column "recency" holds text, not numbers.');
    expect(refusal(() => rfm([] as never)).message).toContain('rfm: ');
  });
  it('name the option and how to write it', () => {
    const message = (options: unknown): string => refusal(() => rfm(four, options as RfmOptions)).message;
    expect(message({ bin: 5 })).toBe('rfm: there is no option "bin". Known options: bins, method, map, weights, dimensions, labels, why, sum.');
    expect(message({ bins: 1 })).toBe('rfm: option bins is 1. Give a whole number, 2 to 20.');
    expect(message({ bins: 21 })).toContain('2 to 20');
    expect(message({ bins: [5, 5] })).toContain('Give one value per dimension');
    expect(message({ bins: '5' })).toContain('option bins is "5"');
    expect(message({ bins: { x: 5 } })).toBe('rfm: option bins names "x", which is not scored. Name a dimension by key or column: r (recency), f (frequency), m (monetary).');
    expect(message({ bins: { r: 5, recency: 5 } })).toContain('names recency twice');
    expect(message({ method: 'quartile' })).toContain("option method is \"quartile\". Use one of: 'quantile', 'r-rfm'");
    expect(message({ method: { r: 'best' } })).toContain('option method is "best"');
    expect(message({ method: { r: { cuts: [3, 3] } } })).toContain('option method.recency.cuts is "[3,3]". Give 1 to 19 ascending numbers');
    expect(message({ method: { r: { cuts: [3, NaN] } } })).toContain('option method.recency.cuts');
    expect(message({ method: { r: { cuts: [1, 2], close: 'left' } } })).toContain('there is no option "close"');
    expect(message({ method: { r: { cuts: [1, 2] } }, bins: { r: 5 } })).toContain('bins asks for 5 scores of recency, but 2 cuts make 3.');
    expect(message({ map: 'eleven' })).toContain("Use one of: 'standard', 'rf10', 'intervals', 'intervals-02', 'thirds27', 'octants'");
    expect(message({ map: { octants: { at: 'middle' } } })).toContain('option map.at is "middle"');
    expect(message({ map: { octants: { at: [1, 2, NaN] } } })).toContain('Give one finite number for each of r, f and m.');
    expect(message({ labels: 'fr' })).toContain('option labels is "fr"');
    expect(message({ labels: { lost: 3 } })).toContain('A label is text.');
    expect(message({ why: 'yes' })).toContain('option why is "yes"');
    expect(message({ dimensions: { l: 'span' } })).toContain("Give { column: 'span', best: 'high' }.");
    expect(message({ dimensions: { l: { column: 'span', best: 'up' } } })).toContain("Use one of: 'high', 'low'.");
    expect(message({ dimensions: { score: { column: 'span', best: 'high' } } })).toContain('names the score column');
    expect(message({ dimensions: { monetary: { column: 'frequency', best: 'high' } } })).toContain('A key cannot be the name of a measure');
    expect(message({ dimensions: { r: false, f: false, m: false } })).toContain('Leave at least one dimension.');
    expect(message({ bins: 20, dimensions: { a: { column: 'recency', best: 'low' }, b: { column: 'recency', best: 'low' } } })).toContain('the dimensions make 3200000 different scores.');
  });
  it('warns of purchases after the day of the analysis, and of columns it replaces', () => {
    const result = rfm({ ...four, recency: Float64Array.of(-2, 20, 30, 40), r: ['x', 'x', 'x', 'x'] });
    expect(result.diagnostics.warnings.slice(0, 1)).toEqual([{ code: 'RECENCY_NEGATIVE', message: '1 customer has a recency below 0: a last purchase after the day of the analysis. Check that day; such customers count as the most recent.' }]);
    expect(codes(result)).toContain('COLUMN_REPLACED');
    expect(result.table.cell('r', 0)).toBe(5);
  });
});

describe('ids that try something', () => {
  it('are ids like any other', () => {
    const ids = ['__proto__', 'constructor', '=cmd|x', '<script>', 'toString'];
    const result = rfm(customersOf(ids.map((id, i) => [id, i, 1, i])), { method: 'ntile', bins: 2, labels: { constructor: 'x' } as never });
    expect(byCustomer(result, 'm', ids)).toEqual([1, 1, 1, 2, 2]);
    expect(result.table.toColumns()['customer']).toEqual(ids);
  });
});
