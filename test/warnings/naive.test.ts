import { describe, expect, it } from 'vitest';
import { exampleOrders } from '../../src/transactions/index.js';
import { warnings } from '../../src/warnings/index.js';
import { poissonTail } from '../../src/warnings/frequency-drop.js';
import { short } from '../../src/warnings/words.js';
import { dayOfText } from '../../src/core/index.js';

/** The standard rules written down as they read, customer by customer: what the columns must agree with. */
const asOf = dayOfText('2025-12-31')!;
const log = exampleOrders({ customers: 2500, seed: 11 });
interface Day { readonly day: number; readonly money: number; readonly bought: boolean }
const customers = new Map<string, Day[]>();
for (const row of log.toRows()) {
  const id = String(row['customer']), day = dayOfText(String(row['date']))!, amount = row['amount'] as number;
  const days = customers.get(id) ?? [];
  const same = days.findIndex((d) => d.day === day);
  if (same === -1) days.push({ day, money: amount, bought: amount >= 0 });
  else days[same] = { day, money: days[same]!.money + amount, bought: days[same]!.bought || amount >= 0 };
  customers.set(id, days);
}
for (const days of customers.values()) days.sort((a, b) => a.day - b.day);
const purchases = (days: readonly Day[]): number[] => days.filter((d) => d.bought).map((d) => d.day);
const gapsOf = (days: readonly Day[]): number[] => purchases(days).slice(1).map((day, i) => day - purchases(days)[i]!);
const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b), at = share * (sorted.length - 1), k = Math.floor(at);
  return sorted[k]! + (at - k) * ((sorted[k + 1] ?? sorted[k]!) - sorted[k]!);
};
const pooled = quantile([...customers.values()].flatMap(gapsOf), 0.9);
const level = (beyond: readonly boolean[]): string | undefined => (beyond[2] ? 'critical' : beyond[1] ? 'warn' : beyond[0] ? 'watch' : undefined);

function overdue(days: readonly Day[]): [string | undefined, number] {
  const gaps = gapsOf(days), silence = asOf - purchases(days).at(-1)!;
  const score = silence / (gaps.length < 2 ? pooled / 2 : gaps.reduce((a, b) => a + b, 0) / gaps.length);
  return [level([score > 1, score > 2, score > 3]), score];
}
function windows(days: readonly Day[], gapsLong: number): { length: number; recent: readonly Day[]; before: readonly Day[]; count: number } | undefined {
  const bought = purchases(days);
  if (bought.length < 2) return undefined;
  const length = Math.max(1, Math.round((gapsLong * (bought.at(-1)! - bought[0]!)) / (bought.length - 1)));
  const count = (asOf - length - bought[0]!) / length;
  if (!(count >= 2)) return undefined;
  return { length, count, recent: days.filter((d) => d.day > asOf - length), before: days.filter((d) => d.day > bought[0]! && d.day <= asOf - length) };
}
function frequencyDrop(days: readonly Day[], gapsLong: number): [string | undefined, number] | undefined {
  const w = windows(days, gapsLong);
  const earlier = w?.before.filter((d) => d.bought).length ?? 0;
  if (w === undefined || earlier === 0) return undefined;
  const p = poissonTail(w.recent.filter((d) => d.bought).length, earlier / w.count);
  return [level([p < 0.1, p < 0.05, p < 0.01]), p];
}
function spendDrop(days: readonly Day[]): [string | undefined, number] | undefined {
  const w = windows(days, 8);
  if (w === undefined) return undefined;
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  const mean = sum(w.before.map((d) => d.money)) / w.count;
  const sd = Math.sqrt((sum(w.before.map((d) => d.money ** 2)) / w.count) * (1 + 1 / w.count));
  if (!(mean > 0) || !(sd > 0)) return undefined;
  const z = (sum(w.recent.map((d) => d.money)) - mean) / sd;
  return [level([z < -1.5, z < -2, z < -2.5]), z];
}

describe('warnings against the rules written down plainly, 2,500 customers', () => {
  const found = warnings(log, { asOf: '2025-12-31', rules: [{ rule: 'overdue' }, { rule: 'frequency-drop', windowGaps: 5 }, { rule: 'spend-drop' }] });
  it('finds the same customers, severities and scores', () => {
    const own = new Map(found.table.toRows().map((r) => [JSON.stringify([r['customer'], r['rule']]), r]));
    let expected = 0;
    for (const [id, days] of customers) {
      if (purchases(days).length === 0) continue;
      for (const [rule, answer] of [['overdue', overdue(days)], ['frequency-drop', frequencyDrop(days, 5)], ['spend-drop', spendDrop(days)]] as const) {
        const row = own.get(JSON.stringify([id, rule]));
        expect(row?.['severity'], `${id} ${rule} ${answer?.[1]}`).toBe(answer?.[0]);
        if (row === undefined) continue;
        expected++;
        expect(Math.abs((row['score'] as number) - answer![1])).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(answer![1])));
      }
    }
    expect(expected).toBe(found.table.numRows);
    expect(new Set(found.table.toRows().map((r) => r['rule'])).size).toBe(3);
  });
  it('ranks them by severity, money of the year, id, rule', () => {
    const ranks = ['info', 'watch', 'warn', 'critical'], rules = ['overdue', 'frequency-drop', 'spend-drop'];
    const rows = found.table.toRows();
    const sorted = [...rows].sort((a, b) => ranks.indexOf(String(b['severity'])) - ranks.indexOf(String(a['severity'])) || (b['moneyAtStake'] as number) - (a['moneyAtStake'] as number)
      || (String(a['customer']) < String(b['customer']) ? -1 : String(a['customer']) > String(b['customer']) ? 1 : 0) || rules.indexOf(String(a['rule'])) - rules.indexOf(String(b['rule'])));
    expect(rows.map((r) => [r['customer'], r['rule']])).toEqual(sorted.map((r) => [r['customer'], r['rule']]));
    for (const r of rows) {
      const days = customers.get(String(r['customer']))!.filter((d) => d.day > asOf - 365);
      expect(r['moneyAtStake']).toBeCloseTo(days.reduce((sum, d) => sum + d.money, 0), 6);
    }
  });
  it('writes numbers with three digits as toPrecision does', () => {
    for (const n of [0, 0.05, 0.1, 0.12345, 0.9995, 0.99949, 1, 1.005, 1.115, 2.675, 9.995, 9.996, 10.05, 10.25, 45.65, 99.94, 99.95, 99.99, 100, 1234.5, -3.14159, -250]) {
      expect(short(n)).toBe(Math.abs(n) >= 100 ? Math.round(n).toString() : String(Number(n.toPrecision(3))));
    }
    for (let i = 0; i < 20_000; i++) expect(short(i / 173)).toBe(i / 173 >= 100 ? Math.round(i / 173).toString() : String(Number((i / 173).toPrecision(3))));
  });
});
