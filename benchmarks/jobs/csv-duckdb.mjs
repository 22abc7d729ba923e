// Orders (CSV) to scores and segments (CSV), DuckDB: node csv-duckdb.mjs ORDERS OUT SEGMENTS THREADS [customers.sql]
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { report } from './report.mjs';

const start = performance.now();
const [orders, out, segments, threads, customers = 'customers'] = process.argv.slice(2);
const sql = (name) => readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
for (const [name, value] of Object.entries({ orders, out, segments })) await connection.run(`SET VARIABLE ${name} = '${value.replaceAll("'", "''")}'`);
for (const name of ['orders-from-csv', customers, 'scored', 'write']) await connection.run(sql(name));
report(start);
