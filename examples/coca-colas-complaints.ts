// Coca-Cola's complaint survey of 1981: what people tell, what they stop buying, and what it is worth to settle more.
// The published figures are a preset; how many customers there are, and what they are worth, is invented here.
import { COMPLAINT_PRESETS, complaintEffect, complaintPareto, type ComplaintEffectOptions } from 'clientele/satisfaction';

const { source, year, parameters } = COMPLAINT_PRESETS['coca-cola-1981'];
console.log(`${source} (${year}):`, parameters);

const brand: ComplaintEffectOptions = {
  preset: 'coca-cola-1981',
  customers: 100_000, problemRate: 0.05, complainRate: 0.2,
  settledQuickly: 0.4, settledSlowly: 0.1, repurchaseQuick: 1, repurchaseSlow: 1,
  repurchaseSilent: [0.5, 0.6, 0.7],          // the survey asked those who complained only
  buyLessBy: [0.25, 0.5, 0.75], buyMoreBy: 0.1,
  convertBad: [0.005, 0.01, 0.02], convertGood: [0.005, 0.01, 0.02],
  value: 60,
};
const now = complaintEffect(brand);
console.log(now);

const better = complaintEffect({ ...brand, settledQuickly: 0.8 });
const money = (value: number): string => value.toFixed(0);
console.log(`\nAt stake ${money(now.money.value)} (${money(now.money.low)} to ${money(now.money.high)}); with 80% settled quickly ${money(better.money.value)}: ${money(now.money.value - better.money.value)} a year less.`);
console.log(`One unsatisfied complaint costs ${money(Number(now.table.cell('perCase', 3)))}, one settled quickly ${money(Number(now.table.cell('perCase', 1)))}.\n`);

console.log(complaintPareto({ topic: ['taste', 'flat', 'leaking can', 'late delivery', 'rude driver'], complaints: [210, 95, 480, 150, 65] }, { by: 'topic', count: 'complaints' }));
