import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationRules, basketsOf, frequentItemsets, fromBaskets, fromOrderLines, ruleMeasures, type AssociationRulesOptions, type Baskets } from '../../src/basket/index.js';
import { chiSquareUpper, fisherUpper } from '../../src/math/index.js';
import { hasReference, referenceJson, referenceText } from '../reference.js';

interface Rule { lhs: string[]; rhs: string; count: number; lhs_count: number; rhs_count: number; support: number; confidence: number; lift: number; leverage: number; conviction: number | null; cosine: number; jaccard: number }
interface Expected { transactions: number; distinct_items: number; min_support: number; min_count: number; min_confidence: number; max_length: number; frequent_itemsets_by_length: Record<string, number>; rule_count: number; rules: Rule[]; item_support_top20: { item: string; count: number; support: number }[] }

const lists = (baskets: Baskets): string[][] => Array.from({ length: baskets.count }, (_, b) => Array.from(baskets.codes.subarray(baskets.start[b], baskets.start[b + 1]), (code) => baskets.items[code]!));
const key = (antecedent: readonly string[], consequent: string): string => JSON.stringify([[...antecedent].sort(), consequent]);

/** Every rule by counting every set in every basket. */
function naive(baskets: readonly (readonly string[])[], minCount: number, minConfidence: number, maxLength: number): Map<string, { count: number; left: number; right: number }> {
  const counts = new Map<string, number>();
  for (const basket of baskets) {
    const items = [...new Set(basket)].sort();
    for (let bits = 1; bits < 1 << items.length; bits++) {
      const set = items.filter((_, i) => (bits >> i) & 1);
      if (set.length <= maxLength) counts.set(JSON.stringify(set), (counts.get(JSON.stringify(set)) ?? 0) + 1);
    }
  }
  const found = new Map<string, { count: number; left: number; right: number }>();
  for (const [text, count] of counts) {
    const set = JSON.parse(text) as string[];
    if (set.length < 2 || count < minCount) continue;
    for (const right of set) {
      const rest = set.filter((item) => item !== right);
      const left = counts.get(JSON.stringify(rest))!;
      if (count / left >= minConfidence) found.set(key(rest, right), { count, left, right: counts.get(JSON.stringify([right]))! });
    }
  }
  return found;
}

const shopping = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '__proto__', 'constructor'), { minLength: 1, maxLength: 7, size: 'max' }), { minLength: 1, maxLength: 40, size: 'max' });
const thresholds = fc.record({ minSupport: fc.constantFrom(0.01, 0.1, 0.2, 0.5), minConfidence: fc.constantFrom(0, 0.3, 0.5, 1), maxLength: fc.integer({ min: 1, max: 7 }) });

describe.skipIf(!hasReference)('associationRules on Groceries, by a direct count (the 15 rules of the arules literature)', () => {
  const expected = hasReference ? referenceJson<Record<string, Expected>>('rfm/expected/association.json') : {};
  const baskets = hasReference ? fromBaskets(referenceText('rfm/inputs/groceries.csv')) : undefined;
  it('trims item names, and says how many', () => {
    expect(baskets!.items).toHaveLength(169);
    expect(baskets!.meta.trimmedNames).toBe(2);
    expect(baskets!.diagnostics.warnings[0]!.code).toBe('NAMES_TRIMMED');
  });
  it.each(Object.keys(expected).filter((name) => name.startsWith('groceries')))('%s', (name) => {
    const want = expected[name]!;
    const found = associationRules(baskets!, { minSupport: want.min_support, minConfidence: want.min_confidence, maxLength: want.max_length });
    expect([found.meta.baskets, found.meta.items, found.meta.minCount, found.table.numRows]).toEqual([want.transactions, want.distinct_items, want.min_count, want.rule_count]);
    expect(Object.fromEntries(found.lengths.toRows().map((row) => [String(row['length']), row['itemsets']]))).toEqual(want.frequent_itemsets_by_length);
    compare(found, want.rules);
    const singles = frequentItemsets(baskets!, { minSupport: want.min_support, maxLength: 1 }).head(20).toRows();
    expect(new Map(singles.map((row) => [row['items'], row['count']]))).toEqual(new Map(want.item_support_top20.map(({ item, count }) => [item, count])));
  });
  it('finds the 13,492 sets and 5,668 rules of arules at 0.001 and 0.5', () => {
    const found = associationRules(baskets!, { minSupport: 0.001, minConfidence: 0.5, maxLength: 10 });
    expect(found.lengths.toRows().reduce((sum, row) => sum + Number(row['itemsets']), 0)).toBe(13_492);
    expect(found.table.numRows).toBe(5668);
  });
});

describe.skipIf(!hasReference)('associationRules on beer and nappies', () => {
  it('agrees with a direct count, and puts the highest lift first', () => {
    const { baskets, result } = referenceJson<{ mini: { baskets: string[][]; result: Expected } }>('rfm/expected/association.json').mini;
    const found = associationRules(fromBaskets(baskets), { minSupport: result.min_support, minConfidence: result.min_confidence, maxLength: result.max_length });
    expect(found.table.numRows).toBe(result.rule_count);
    compare(found, result.rules);
    const lifts = [...(found.table.column('lift').data as Float64Array)];
    expect(lifts).toEqual([...lifts].sort((a, b) => b - a));
    expect(found.diagnostics.warnings.map(({ code }) => code)).toEqual(['LIFT_BELOW_ONE']);
    expect(found.diagnostics.warnings[0]!.message).toContain('2 of 11 rules');
  });
});

function compare(found: ReturnType<typeof associationRules>, rules: readonly Rule[]): void {
  const rows = new Map(found.table.toRows().map((row, i) => [key(found.rules[i]!.antecedent, found.rules[i]!.consequent), row]));
  for (const rule of rules) {
    const row = rows.get(key(rule.lhs, rule.rhs))!;
    expect(row, key(rule.lhs, rule.rhs)).toBeDefined();
    expect([row['count'], row['antecedentCount'], row['consequentCount']]).toEqual([rule.count, rule.lhs_count, rule.rhs_count]);
    for (const name of ['support', 'confidence', 'lift', 'leverage', 'cosine', 'jaccard'] as const) expect(Math.abs(Number(row[name]) - rule[name]), name).toBeLessThanOrEqual(1e-12);
    if (rule.conviction === null) expect(row['conviction']).toBe(Infinity);
    else expect(Math.abs(Number(row['conviction']) - rule.conviction)).toBeLessThanOrEqual(1e-9);
  }
}

describe('ruleMeasures', () => {
  it('refuses counts that no baskets can have', () => {
    // both above one side; a side above all; 5 + 5 - 1 of 8 baskets; below 0; not whole
    for (const counts of [[5, 4, 4, 8], [5, 6, 4, 8], [1, 9, 2, 8], [1, 5, 5, 8], [-1, 2, 3, 8], [0.5, 2, 3, 8], [1, 2, 3, NaN]] as [number, number, number, number][]) {
      expect(() => ruleMeasures(...counts), String(counts)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    }
  });
  it('has no conviction, as it has no chi-square, where the consequent is in every basket', () => {
    expect(ruleMeasures(4, 4, 8, 8)).toMatchObject({ lift: 1, confidence: 1, conviction: NaN, chiSquare: NaN });
    expect(ruleMeasures(4, 4, 5, 8).conviction).toBe(Infinity);
    expect(ruleMeasures(4, 5, 5, 8).conviction).toBeCloseTo((3 / 8) / (1 / 5), 12);
  });
});

describe('associationRules', () => {
  it('finds exactly the rules of a naive count, with its counts', () => {
    fc.assert(fc.property(shopping, thresholds, (given, { minSupport, minConfidence, maxLength }) => {
      const found = associationRules(fromBaskets(given), { minSupport, minConfidence, maxLength });
      const want = naive(given, Math.ceil(minSupport * given.length - 1e-9), minConfidence, maxLength);
      const rows = found.table.toRows();
      expect(new Set(found.rules.map((rule) => key(rule.antecedent, rule.consequent)))).toEqual(new Set(want.keys()));
      found.rules.forEach((rule, i) => {
        const counts = want.get(key(rule.antecedent, rule.consequent))!;
        expect({ count: rows[i]!['count'], left: rows[i]!['antecedentCount'], right: rows[i]!['consequentCount'] }).toEqual(counts);
      });
    }), { numRuns: 300 });
  });

  it('support never rises with length: no set is more common than any part of it', () => {
    fc.assert(fc.property(shopping, (given) => {
      const counts = new Map(frequentItemsets(fromBaskets(given), { minSupport: 0.01, maxLength: 7 }).toRows().map((row) => [String(row['items']), Number(row['count'])]));
      for (const [items, count] of counts) {
        const set = items.split(' + ');
        if (set.length === 1) continue;
        for (const left of set) expect(counts.get(set.filter((item) => item !== left).join(' + '))!).toBeGreaterThanOrEqual(count);
      }
    }), { numRuns: 100 });
  });

  it('the order of baskets and of items in them does not matter', () => {
    fc.assert(fc.property(shopping, (given) => {
      const rows = associationRules(fromBaskets(given), { minSupport: 0.05, minConfidence: 0.2 }).table.toRows();
      expect(associationRules(fromBaskets([...given].reverse().map((basket) => [...basket].reverse())), { minSupport: 0.05, minConfidence: 0.2 }).table.toRows()).toEqual(rows);
    }), { numRuns: 50 });
  });

  it('prunes exactly the rules that fewer items say as surely', () => {
    fc.assert(fc.property(shopping, (given) => {
      const options: AssociationRulesOptions = { minSupport: 0.01, minConfidence: 0.1, maxLength: 5 };
      const all = naive(given, 1, 0, 5);
      const redundant = (antecedent: readonly string[], consequent: string, confidence: number, right: number): boolean => {
        if (right / given.length >= confidence) return true;
        for (let bits = 1; bits < (1 << antecedent.length) - 1; bits++) {
          const part = all.get(key(antecedent.filter((_, i) => (bits >> i) & 1), consequent))!;
          if (part.count / part.left >= confidence) return true;
        }
        return false;
      };
      const found = associationRules(fromBaskets(given), options);
      const pruned = associationRules(fromBaskets(given), { ...options, redundant: 'prune' });
      const want = found.rules.filter((rule) => !redundant(rule.antecedent, rule.consequent, rule.confidence, all.get(key(rule.antecedent, rule.consequent))!.right));
      expect(pruned.rules).toEqual(want);
      expect(pruned.meta.pruned).toBe(found.rules.length - want.length);
    }), { numRuns: 150 });
  });

  it('tests each rule, and corrects for all that were looked at', () => {
    const given = Array.from({ length: 40 }, (_, i) => (i < 12 ? ['beer', 'nappies'] : i < 15 ? ['beer'] : i < 18 ? ['nappies', 'milk'] : i < 30 ? ['milk'] : ['bread', 'milk']));
    const of = (options: AssociationRulesOptions): Record<string, unknown> => associationRules(fromBaskets(given), { minSupport: 0.05, minConfidence: 0.5, ...options }).table.toRows().find((row) => row['antecedent'] === 'beer')!;
    const p = fisherUpper(12, 15, 15, 40);
    // Sets of two: beer + nappies, nappies + milk, bread + milk; six rules, beer and nappies the surest both ways.
    expect(associationRules(fromBaskets(given), { minSupport: 0.05 }).meta.tests).toBe(6);
    expect(of({ correction: 'none' })).toMatchObject({ pValue: p, adjustedP: p });
    expect(of({ correction: 'bonferroni' })['adjustedP']).toBeCloseTo(6 * p, 15);
    expect(of({ correction: 'holm' })['adjustedP']).toBeCloseTo(6 * p, 15);
    expect(of({ correction: 'benjamini-hochberg' })['adjustedP']).toBeCloseTo(3 * p, 15);
    const expectedChi = 40 * (12 * 22 - 3 * 3) ** 2 / (15 * 25 * 15 * 25);
    expect(of({ test: 'chi-square' })['chiSquare']).toBeCloseTo(expectedChi, 12);
    expect(of({ test: 'chi-square' })['pValue']).toBeCloseTo(chiSquareUpper(expectedChi, 1) / 2, 15);
    expect(associationRules(fromBaskets(given), { minSupport: 0.05, minConfidence: 0, maxP: 0.01 }).rules.map(({ consequent }) => consequent).sort()).toEqual(['beer', 'nappies', ...['bread', 'milk'].filter(() => 6 * fisherUpper(10, 10, 25, 40) <= 0.01)].sort());
  });

  it('counts what sells together less often than by chance as no finding, whatever the test', () => {
    // Coffee is in 8 of 10 baskets, and in 6 of 10 of those with tea: lift 0.75.
    const given = Array.from({ length: 1000 }, (_, i) => (i < 500 ? ['tea', ...(i < 300 ? ['coffee'] : [])] : ['x', 'coffee']));
    const of = (test: 'fisher' | 'chi-square'): unknown[] => associationRules(fromBaskets(given), { test, maxP: 0.05 }).rules.map(({ antecedent, consequent }) => [...antecedent, consequent]);
    expect(of('chi-square')).toEqual(of('fisher'));
    expect(of('chi-square')).not.toContainEqual(['tea', 'coffee']);
    const tea = associationRules(fromBaskets(given), { test: 'chi-square', correction: 'none' }).table.toRows().find((row) => row['antecedent'] === 'tea' && row['consequent'] === 'coffee')!;
    expect(tea['lift']).toBe(0.75);
    expect(tea['pValue']).toBeCloseTo(1 - chiSquareUpper(Number(tea['chiSquare']), 1) / 2, 15);
  });

  it('a popular item is surely bought, and lift tells that it means nothing', () => {
    const found = associationRules(fromBaskets([['bag', 'a'], ['bag', 'b'], ['bag', 'a'], ['bag', 'c']]), { minSupport: 0.5 });
    expect(found.table.row(0)).toMatchObject({ antecedent: 'a', consequent: 'bag', confidence: 1, lift: 1, conviction: null, pValue: 1, chiSquare: null });
    expect(associationRules(fromBaskets([['bag', 'a'], ['bag', 'b'], ['bag', 'a'], ['bag', 'c']]), { minSupport: 0.5, test: 'chi-square' }).table.row(0)['pValue']).toBe(1);
    expect(associationRules(fromBaskets([['bag', 'a'], ['bag', 'b'], ['bag', 'a'], ['bag', 'c']]), { minSupport: 0.5, minLift: 1.01 }).rules).toEqual([]);
  });

  it('rounds the least count up, but not over rounding of the share', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => (i < 7 ? ['a', 'b'] : ['c']));
    expect(associationRules(fromBaskets(hundred), { minSupport: 0.07 }).meta.minCount).toBe(7);
    expect(associationRules(fromBaskets(hundred), { minSupport: 0.0701 }).meta.minCount).toBe(8);
  });

  it('says why there are no rules', () => {
    const why = (given: string[][], options: AssociationRulesOptions = {}): string => associationRules(fromBaskets(given), options).diagnostics.warnings.find(({ code }) => code === 'NO_RULES')!.message;
    expect(why([['a'], ['a']])).toContain('the same one item');
    expect(why([['a'], ['b']])).toContain('an order id per line item makes baskets of one');
    expect(why([['a', 'b'], ['c', 'd']], { minSupport: 1 })).toContain('no item is in 2 of 2 baskets');
    expect(why([['a', 'b'], ['a', 'c'], ['b', 'c'], ['a']], { minSupport: 0.5 })).toContain('no two items are together in 2 of 4');
    expect(why([['a', 'b'], ['a'], ['b']], { minSupport: 0.3, minConfidence: 0.9 })).toContain('none of 2 possible rules');
  });

  it('refuses a search that would not end, and options that make no sense', () => {
    const long = [Array.from({ length: 150 }, (_, i) => `i${i}`)];
    expect(() => associationRules(fromBaskets(long), { maxLength: 10 })).toThrow('associationRules: more than 2000000 sets of items are in 1 basket or more, which is what minSupport comes to. Raise minSupport');
    for (const options of [null, 3, 'x']) expect(() => associationRules(fromBaskets([['a', 'b']]), options as never)).toThrow(`associationRules: the options are ${String(options) === 'x' ? '"x"' : String(options)}. Give them as an object`);
    const few = fromBaskets([['a', 'b']]);
    for (const options of [{ minSupport: 0 }, { minSupport: NaN }, { minSupport: 2 }, { minConfidence: -1 }, { minConfidence: NaN }, { maxLength: 0 }, { maxLength: 1.5 }, { minLift: Infinity }, { test: 'z' }, { correction: 'x' }, { redundant: 'no' }, { support: 1 }, { maxP: 2 }, { basket: 'order' }]) {
      expect(() => associationRules(few, options as AssociationRulesOptions), JSON.stringify(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    }
  });

  it('keeps rules as JSON, and shows itself', () => {
    const found = associationRules(fromBaskets([['啤酒', '尿布'], ['啤酒', '尿布'], ['牛奶']]), { minSupport: 0.5 });
    expect(JSON.parse(JSON.stringify(found.rules))).toEqual(found.rules);
    expect(found.toString()).toContain('2 rules from 3 baskets of 3 items');
    expect(associationRules(fromBaskets([['<b>', 'x'], ['<b>', 'x']])).toHTML()).not.toContain('<b>');
  });
});

describe('fromBaskets', () => {
  it('takes text, lines and lists, quoted names and any separator', () => {
    const want = [['beer', 'nappies'], ['a, b', 'c"d'], ['beer']];
    for (const given of ['beer,nappies\n"a, b","c""d"\nbeer,beer\n', 'beer;nappies\r\n"a, b";"c""d"\r\nbeer;beer', '\ufeffbeer\tnappies\r"a, b"\t"c""d"\rbeer\tbeer', ['beer,nappies', '"a, b","c""d"', 'beer,,beer'], want]) {
      expect(lists(fromBaskets(given)).map((basket) => [...basket].sort())).toEqual(want.map((basket) => [...basket].sort()));
    }
  });
  it('counts what it leaves out', () => {
    const made = fromBaskets('a,b\n\n , \na,a ,b\n');
    expect(made.diagnostics.rows).toEqual({ read: 4, used: 2, refused: 0, leftOut: { empty: 2 } });
    expect(made.meta.trimmedNames).toBe(1);
    expect(lists(made)).toEqual([['a', 'b'], ['a', 'b']]);
  });
  it('leaves out a basket of 10,000 items, and says so', () => {
    const monster = Array.from({ length: 10_000 }, (_, i) => `i${i}`);
    const made = fromBaskets([['a', 'b'], monster]);
    expect([made.count, made.items]).toEqual([1, ['a', 'b']]);
    expect(made.diagnostics.warnings).toEqual([expect.objectContaining({ code: 'BASKETS_TOO_LONG', message: expect.stringContaining('1 baskets of more than 200') as string })]);
    expect(() => fromBaskets([monster])).toThrow('Raise maxItems, now 200.');
    expect(fromBaskets([['a'], monster], { maxItems: 10_000 }).meta.longest).toBe(10_000);
  });
  it('refuses no baskets, empty baskets, other things', () => {
    for (const given of ['', [], [[]], '\n\n', [' ', '']]) expect(() => fromBaskets(given)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(() => fromBaskets([['a', 5 as never]])).toThrow('basket 0: 5 is no item name');
    expect(() => fromBaskets([5 as never])).toThrow('neither text nor a list');
    expect(() => fromBaskets(5 as never)).toThrow('these are no baskets');
    expect(() => fromBaskets('a\n"b,c\nd')).toThrow('line 2: a quote opens here');
    expect(() => fromBaskets(['a\nb'])).toThrow('more than one line');
  });
});

describe('basketsOf', () => {
  const log = { customer: ['x', 'x', 'y', 'y', 'y', null], order: ['1', '1', '1', '2', null, '3'], product: ['a', 'b', 'a', ' b', 'c', 'd'], amount: [1, 2, 3, 4, 5, 6], date: { type: 'date' as const, data: Int32Array.of(1, 1, 1, 1, 2, 2) } };
  it('makes a basket of an order of a customer', () => {
    const made = basketsOf(log);
    expect(lists(made)).toEqual([['a', 'b'], ['a'], ['b']]);
    expect(made.diagnostics.rows).toEqual({ read: 6, used: 4, refused: 0, leftOut: { 'no-customer': 1, 'no-order': 1 } });
  });
  it('or of what a customer bought on one day', () => {
    expect(lists(basketsOf(log, { basket: 'customer-day' }))).toEqual([['a', 'b'], ['a', 'b'], ['c']]);
  });
  it('returns and rows without a product put nothing in', () => {
    const made = basketsOf({ order: ['1', '1', '2', '2'], product: ['a', 'b', null, 'c'], amount: [1, -1, 1, 1] });
    expect(made.items).toEqual(['a', 'c']);
    expect(lists(made)).toEqual([['a'], ['c']]);
    expect(made.diagnostics.rows).toEqual({ read: 4, used: 2, refused: 0, leftOut: { 'returns': 1, 'no-product': 1 } });
  });
  it('refuses what has no products, orders or customers', () => {
    expect(() => basketsOf({ order: ['1'] })).toThrow(expect.objectContaining({ code: 'COLUMN_MISSING' }));
    expect(() => basketsOf({ product: ['1'] })).toThrow('column "customer" is missing');
    expect(() => basketsOf({ product: ['1'] }, { basket: 'order' })).toThrow('column "order" is missing');
    expect(() => basketsOf({ order: ['1'], product: [null as string | null] })).toThrow('no basket is left (left out: 1 no-product)');
    expect(() => associationRules({ order: ['1'], product: ['a'] }, { basket: 'week' as never })).toThrow("'customer-day'");
  });
});

describe('fromOrderLines', () => {
  it('says which option is missing', () => {
    expect(() => fromOrderLines('a,b\n1,2', undefined as never)).toThrow('fromOrderLines: option order is missing. Give it: { order: …, product: … }.');
    expect(() => fromOrderLines('a,b\n1,2', { order: 'a' } as never)).toThrow('option product is missing');
  });
  it('reads order and product alone', () => {
    const made = fromOrderLines('note;invoice;"item"\r\nx;1;beer\r\n;1;"nappies; large"\r\n\r\n;2; beer\r\n;;milk\r\n;2;\r\n', { order: 'invoice', product: 'item' });
    expect(lists(made)).toEqual([['beer', 'nappies; large'], ['beer']]);
    expect(made.diagnostics.rows).toEqual({ read: 5, used: 3, refused: 0, leftOut: { 'no-order': 1, 'no-product': 1 } });
    expect(lists(fromOrderLines('1,a\n1,b\n', { order: '1', product: '2', header: false }))).toEqual([['a', 'b']]);
  });
  it('names what is wrong by line and column', () => {
    const options = { order: 'id', product: 'item' };
    expect(() => fromOrderLines('id,thing\n1,a\n', options)).toThrow('column "item" is missing (found: "id", "thing")');
    expect(() => fromOrderLines('id,item\n1,a\n2\n', options)).toThrow('line 3 has 1 cells');
    expect(() => fromOrderLines('id,item,item\n1,a,b\n', options)).toThrow('two columns named "item"');
    expect(() => fromOrderLines('', options)).toThrow('there are no baskets');
    expect(() => fromOrderLines('id,item\n1,\n', options)).toThrow('no basket is left (left out: 1 no-product)');
  });
});
