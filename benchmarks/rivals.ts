// Finding the rivals: what is installed by `npm ci --prefix benchmarks`, and pandas where Python has it. Nothing is
// installed here; what is missing is skipped by name. Types are the few members used, so that they need not be there.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { SEGMENT_MAPS } from '../dist/index.js';
import { cacheFolder } from './data.js';

export const INSTALL = 'run: npm ci --prefix benchmarks';

/** Both sides run on as many. */
export const THREADS: number = Math.min(2, availableParallelism());

/** The version of an installed rival, or undefined. */
export function versionOf(name: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** Whether a module loads here; a native one may be installed without its binary. */
export async function loads(name: string): Promise<boolean> {
  return import(name).then(() => true, () => false);
}

/** A Python that has pandas, with both versions, or undefined. */
export function findPandas(): { readonly python: string; readonly version: string } | undefined {
  for (const python of ['python3', '/usr/bin/python3', 'python']) {
    const asked = spawnSync(python, ['-c', 'import pandas, platform; print(f"pandas {pandas.__version__}, Python {platform.python_version()}")'], { encoding: 'utf8' });
    if (asked.status === 0) return { python, version: asked.stdout.trim() };
  }
  return undefined;
}

/** DuckDB, as far as it is used. */
export interface DuckDb {
  /** run statements; their results are dropped */
  run(statements: string): Promise<void>;
  /** the rows of a query */
  rows(query: string): Promise<readonly (readonly unknown[])[]>;
  /** give a variable of the SQL files its value */
  set(name: string, value: string): Promise<void>;
  close(): void;
}

interface DuckDbModule {
  readonly DuckDBInstance: { create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown>; runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>; closeSync(): void }>; closeSync(): void }> };
}

/** A database in memory, or undefined where DuckDB is not installed. */
export async function openDuckDb(threads: number = THREADS): Promise<DuckDb | undefined> {
  const name = '@duckdb/node-api';
  const duckdb = await import(name).then((module) => module as DuckDbModule, () => undefined);
  if (duckdb === undefined) return undefined;
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  const run = async (statements: string): Promise<void> => void (await connection.run(statements));
  return {
    run,
    rows: async (query) => (await connection.runAndReadAll(query)).getRows(),
    set: (name, value) => run(`SET VARIABLE ${name} = '${value.replaceAll("'", "''")}'`),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export function duckDbName(threads: number = THREADS): string {
  return `DuckDB ${versionOf('@duckdb/node-api')}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** A file of `sql/`. */
export function sql(name: string): string {
  return readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8');
}

/** The 125 codes of our standard map and their segments as a CSV file (code,segment), for the rivals to join. */
export function segmentsCsv(): string {
  const path = join(cacheFolder(), 'segments.csv');
  const lines = SEGMENT_MAPS.standard.segments.flatMap(({ key, codes = [] }) => codes.map((code) => `${code},${key}`));
  if (lines.length !== 125) throw new Error(`the standard map has ${lines.length} codes, not 125.`);
  writeFileSync(path, `code,segment\n${lines.join('\n')}\n`);
  return path;
}
