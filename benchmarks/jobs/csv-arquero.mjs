// Orders (CSV) to scores and segments (CSV), arquero: node csv-arquero.mjs ORDERS OUT SEGMENTS
import { readFileSync, writeFileSync } from 'node:fs';
import * as aq from 'arquero';
import { report } from './report.mjs';

const start = performance.now();
const [orders, out, segments] = process.argv.slice(2);
const { op } = aq;
const DAY = 86_400_000;
const map = aq.fromCSV(readFileSync(segments, 'utf8'));
const customers = aq.fromCSV(readFileSync(orders, 'utf8'), { autoType: false, parse: { date: (text) => Date.parse(text) / DAY, amount: Number } })
  .groupby('customer')
  .rollup({ first: (d) => op.min(d.date), last: (d) => op.max(d.date), days: (d) => op.distinct(d.date), frequency: () => op.count(), monetary: (d) => op.sum(d.amount) })
  .derive({ recency: (d) => op.max(d.last) - d.last, monetary: (d) => op.round(d.monetary * 100) / 100 });

const quintiles = (name) => customers.rollup(Object.fromEntries([0.2, 0.4, 0.6, 0.8].map((q, i) => [`q${i}`, op.quantile(name, q)]))).object();
const [r, f, m] = ['recency', 'frequency', 'monetary'].map(quintiles);
const score = (value, cuts) => 1 + (value > cuts.q0) + (value > cuts.q1) + (value > cuts.q2) + (value > cuts.q3);
const scored = customers
  .derive({ r: aq.escape((d) => 6 - score(d.recency, r)), f: aq.escape((d) => score(d.frequency, f)), m: aq.escape((d) => score(d.monetary, m)) })
  .derive({ code: (d) => 100 * d.r + 10 * d.f + d.m })
  .join(map, 'code')
  .select('customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', { code: 'score' }, 'segment');
writeFileSync(out, scored.toCSV());
report(start);
