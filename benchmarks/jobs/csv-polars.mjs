// Orders (CSV) to scores and segments (CSV), polars: POLARS_MAX_THREADS=2 node csv-polars.mjs ORDERS OUT SEGMENTS
import pl from 'nodejs-polars';
import { report } from './report.mjs';

const start = performance.now();
const [orders, out, segments] = process.argv.slice(2);
const customers = pl.scanCSV(orders, { parseDates: true })
  .groupBy('customer')
  .agg(
    pl.col('date').min().alias('first_day'), pl.col('date').max().alias('last_day'), pl.col('date').nUnique().alias('days'),
    pl.col('amount').count().alias('frequency'), pl.col('amount').sum().round(2).alias('monetary'),
  )
  .collectSync();
const latest = customers.getColumn('last_day').cast(pl.Int32).max();
const measured = customers.withColumn(pl.lit(latest).cast(pl.Int32).sub(pl.col('last_day').cast(pl.Int32)).alias('recency'));
const cuts = (name) => [0.2, 0.4, 0.6, 0.8].map((q) => measured.getColumn(name).cast(pl.Float64).quantile(q, 'linear'));
const above = (name) => cuts(name).map((cut) => pl.col(name).gt(cut).cast(pl.Int32)).reduce((sum, one) => sum.add(one));
const scored = measured
  .withColumns(pl.lit(5).sub(above('recency')).cast(pl.Int32).alias('r'), pl.lit(1).add(above('frequency')).cast(pl.Int32).alias('f'), pl.lit(1).add(above('monetary')).cast(pl.Int32).alias('m'))
  .withColumn(pl.col('r').mul(pl.lit(100)).add(pl.col('f').mul(pl.lit(10))).add(pl.col('m')).cast(pl.Int64).alias('code'))
  .join(pl.readCSV(segments), { on: 'code', how: 'inner' })
  .withColumn(pl.col('code').alias('score'));
scored.select('customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'score', 'segment').writeCSV(out);
report(start);
