// Orders (CSV) to scores and segments (CSV), danfo: node csv-danfo.mjs ORDERS OUT SEGMENTS
//
// danfo reads and groups; it takes no greatest text date and has no quantiles, so days are made numbers first, and cuts
// and scores are plain JavaScript. Its numbers are 32-bit floats: right to the cent at this size only.
import { readFileSync, writeFileSync } from 'node:fs';
import * as dfd from 'danfojs-node';
import { report } from './report.mjs';

const start = performance.now();
const [orders, out, segments] = process.argv.slice(2);
const map = new Map(readFileSync(segments, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')));
const frame = await dfd.readCSV(orders);
frame.addColumn('day', frame['date'].values.map((text) => Date.parse(text) / 86_400_000), { inplace: true });
const customers = frame.groupby(['customer']).agg({ day: ['min', 'max'], amount: ['count', 'sum'] });
const ids = customers['customer'].values;
const latest = Math.max(...customers['day_max'].values);
const recency = customers['day_max'].values.map((day) => latest - day);
const frequency = customers['amount_count'].values;
const monetary = customers['amount_sum'].values.map((sum) => Math.round(sum * 100) / 100);

const scorer = (values) => {
  const sorted = Float64Array.from(values).sort();
  const cuts = [0.2, 0.4, 0.6, 0.8].map((q) => {
    const at = q * (sorted.length - 1);
    const k = Math.floor(at);
    return sorted[k] + (at - k) * (sorted[Math.min(k + 1, sorted.length - 1)] - sorted[k]);
  });
  return (value) => 1 + cuts.filter((cut) => value > cut).length;
};
const [r, f, m] = [recency, frequency, monetary].map(scorer);
const rows = ids.map((id, i) => {
  const scores = [6 - r(recency[i]), f(frequency[i]), m(monetary[i])];
  return [id, recency[i], frequency[i], monetary[i], ...scores, scores.join(''), map.get(scores.join(''))].join(',');
});
writeFileSync(out, `customer,recency,frequency,monetary,r,f,m,score,segment\n${rows.join('\n')}\n`);
report(start);
