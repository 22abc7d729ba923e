// A telephone company's points: one for each month on the network, one per 10 of the bill; the points held give a discount
// next month; who does not pay begins again at zero; a club from 2,000 spent; and the key accounts. (Invented data.)
import { table } from 'clientele';
import { screen } from 'clientele/decisions';
import { bondType, nextExpiries, pointsLedger, programmeKpis, type PointsRules } from 'clientele/loyalty';

const subscribers = [
  { member: 'Wang Fang', joined: '2023-06-15', bill: 186, missed: [] },
  { member: '李强', joined: '2024-01-10', bill: 64, missed: ['2025-03'] },
  { member: 'Harbour Foods', joined: '2022-02-01', bill: 940, missed: [] },
  { member: 'Mira Travel', joined: '2024-09-20', bill: 255, missed: ['2025-06'] },
  { member: 'Zhao Min', joined: '2025-02-05', bill: 48, missed: [] },
] as const;

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const bills = Array.from({ length: 12 }, (_, m) => `2025-${String(m + 1).padStart(2, '0')}`);

// One movement for joining, and one for each bill: paid, it earns; missed, it is late.
const movements = subscribers.flatMap(({ member, joined, bill, missed }) => [
  { id: `${member} joins`, member, at: day(joined), kind: 'join', amount: null },
  ...bills.filter((month) => `${month}-28` > joined).map((month) => {
    const late = (missed as readonly string[]).includes(month);
    return { id: `${member} ${month}`, member, at: day(`${month}-28`), kind: late ? 'late' : 'earn', amount: late ? null : bill };
  }),
]);
const rules: PointsRules = {
  earn: { perSpend: 0.1 },
  tenure: { points: 1, every: 'month' },
  latePayment: { effect: 'reset', scope: 'all' },
  discounts: [{ from: 100, rate: 0.05 }, { from: 200, rate: 0.1 }, { from: 500, rate: 0.2 }],
  club: { spend: 2000 },
};
const ledger = pointsLedger({
  id: movements.map(({ id }) => id), member: movements.map(({ member }) => member), at: { type: 'date', data: Int32Array.from(movements, ({ at }) => at) },
  kind: movements.map(({ kind }) => kind), amount: movements.map(({ amount }) => amount),
}, rules, { asOf: '2025-12-31' });

console.log(ledger.table.select(['member', 'balance', 'expired', 'spent', 'discount', 'club', 'clubSince']));
console.log(programmeKpis(ledger, { costPerPoint: 0.1, ultimateRedemptionRate: 0.8 }).table);
console.log(`points that end: ${nextExpiries(ledger).numRows} dates (these never do)`);

// The key accounts: by what they spend and the points they keep.
const key = screen(table({ customer: subscribers.map(({ member }) => member), spent: ledger.table.toColumns()['spent'] as Float64Array, points: ledger.table.toColumns()['balance'] as Float64Array }), [
  { column: 'spent', direction: 'high', weight: 0.6 }, { column: 'points', direction: 'high', weight: 0.4 },
], { top: 0.2 });
console.log(key.table);
console.log(bondType({ programme: ['points', 'club', 'shared switchboard'], points: [1, 1, 0], club: [0, 1, 0], integration: [0, 0, 1] }));
