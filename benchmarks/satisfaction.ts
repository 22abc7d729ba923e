// Question: what do the figures of a survey of 1 M answers cost, by group and wave, with weights and tests, beside DuckDB SQL on one thread?
// Run: npx tsx benchmarks/satisfaction.ts; the rival, where Python with duckdb is at hand: CLIENTELE_DUCKDB=/path/to/python
// In memory: no reading. Seeded answers of 12 shops in 8 waves. The rival computes value and standard error alone, no limits, tests
// or checks of the scale; its values are compared before the times.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/core/index.js';
import { acsi, csat, drivers, nps } from '../src/satisfaction/index.js';

const N = 1_000_000;
const random = seededRandom(1);
const SHOPS = Array.from({ length: 12 }, (_, i) => `shop ${i}`);
const codes = Int32Array.from({ length: N }, () => random.below(SHOPS.length));
const wave = Int32Array.from({ length: N }, () => 1 + random.below(8));
const weight = Float64Array.from({ length: N }, () => 0.5 + random.uniform());
const answer = (): Float64Array => Float64Array.from({ length: N }, () => Math.max(0, Math.min(10, Math.round(7.5 + 2 * random.normal()))));
const answers = { shop: { type: 'category' as const, data: codes, values: SHOPS }, wave, weight, score: answer(), a: answer(), b: answer(), c: answer() };

const times = (run: () => unknown): string => {
  run();
  const own = Array.from({ length: 5 }, () => {
    const { user } = process.cpuUsage();
    const start = performance.now();
    run();
    return [performance.now() - start, (process.cpuUsage().user - user) / 1000] as const;
  }).sort((x, y) => x[0] - y[0])[2]!;
  return own.map((ms) => ms.toFixed(0)).join(' / ');
};
const cells = { by: 'shop', wave: 'wave' };
console.table([
  ['nps, all', () => nps(answers)], ['nps by shop and wave, tested', () => nps(answers, cells)], ['the same, weighted', () => nps(answers, { ...cells, weight: 'weight' })],
  ['csat by shop and wave', () => csat(answers, { ...cells, scale: [0, 10] })], ['acsi of 3 items by shop and wave', () => acsi(answers, { ...cells, items: ['a', 'b', 'c'], scale: [0, 10] })],
  ['drivers of 3 items, no draws', () => drivers(answers, { items: ['a', 'b', 'c'], overall: 'score', samples: 0 })],
].map(([task, run]) => ({ task, 'ms wall / CPU (median of 5)': times(run as () => unknown) })));

const python = process.env['CLIENTELE_DUCKDB'];
if (python !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  for (const [name, data] of Object.entries({ shop: codes, wave, weight, score: answers.score })) writeFileSync(join(folder, `${name}.bin`), new Uint8Array(data.buffer));
  writeFileSync(join(folder, 'run.py'), `
import duckdb, numpy as np, time
t = {n: np.fromfile('${folder}/' + n + '.bin', dtype=d) for n, d in (('shop', np.int32), ('wave', np.int32), ('weight', float), ('score', float))}
t['shop'] = np.array(['shop %d' % i for i in range(12)], dtype=object)[t['shop']]
con = duckdb.connect(); con.execute('set threads = 1')
con.execute('create table t as select * from t')
sql = '''select shop, wave, count(*), avg(p) v, stddev_pop(p) / sqrt(count(*)) from (select shop, wave, case when score >= 9 then 100 when score >= 7 then 0 else -100 end p from t) group by all order by shop, wave'''
out = []
for i in range(7):
    s = time.perf_counter(); r = con.execute(sql).fetchall(); out.append(1000 * (time.perf_counter() - s))
print(f'duckdb {duckdb.__version__}, 1 thread, nps by shop and wave: {sorted(out)[3]:.1f} ms', r[0])
`);
  console.log(spawnSync(python, [join(folder, 'run.py')], { encoding: 'utf8' }).output.join(''));
  console.log('ours:', nps(answers, cells).table.row(0));
  rmSync(folder, { recursive: true });
}
