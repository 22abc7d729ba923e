// Question: what does joining a million records cost, and what all pairs compared naively?
// Run: node --import ./benchmarks/typescript.mjs benchmarks/identity.ts [people]. In memory: making the records is not counted, the tables of the answer are.
// The rival compares every pair by the same similarity, on a sample, by name and address alone; its groups are compared first.
import { cpus } from 'node:os';
import { exampleRecords, matchQuality, unify, type IdentityKey, type IdentitySource } from '../src/identity/index.js';
import { addressParts } from '../src/identity/address-parts.js';
import { nameWords } from '../src/identity/name-words.js';
import { addressSimilarity, nameSimilarity } from '../src/identity/similarity.js';
import type { Table } from '../src/columns/index.js';

const keys: IdentityKey[] = [{ column: 'document', as: 'document' }, { column: 'mail', as: 'mail' }, { column: 'phone', as: 'phone', region: 'CN' }];
const match = { name: 'name', address: 'address' };
const people = Number(process.argv[2] ?? 500_000);
console.log(`Node ${process.version}, ${cpus()[0]!.model}, one thread, processor time`);

const spent = <T>(run: () => T): [ms: number, answer: T] => {
  const before = process.cpuUsage().user;
  const answer = run();
  return [(process.cpuUsage().user - before) / 1000, answer];
};

/** All pairs at or above the threshold, joined. */
function naive(sources: readonly IdentitySource[]): number {
  const records = sources.flatMap(({ table }) => (table as Table).toRows().map((row) => ({ name: nameWords(String(row['name'])), address: addressParts(String(row['address'])) })));
  const group = records.map((_, i) => i);
  const top = (i: number): number => (group[i] === i ? i : (group[i] = top(group[i]!)));
  for (let i = 0; i < records.length; i++) for (let j = 0; j < i; j++) {
    const [a, b] = [records[i]!, records[j]!];
    if (a.name === null || b.name === null || a.address === null || b.address === null) continue;
    const names = nameSimilarity(a.name, b.name);
    if (!names.contradicts && (names.similarity + addressSimilarity(a.address, b.address)) / 2 >= 0.85) group[Math.max(top(i), top(j))] = Math.min(top(i), top(j));
  }
  return new Set(records.map((_, i) => top(i))).size;
}

for (const n of [500, 1000, 2000]) {
  const { sources } = exampleRecords({ people: n, seed: 1 });
  const [ours, one] = spent(() => unify(sources, { keys: [], match }));
  const [theirs, customers] = spent(() => naive(sources));
  console.log(`${one.records.numRows} records by likeness: ours ${ours.toFixed(0)} ms and ${one.customers.numRows} customers; all pairs ${theirs.toFixed(0)} ms and ${customers}`);
}
for (const n of [people / 10, people]) {
  const { sources, truth } = exampleRecords({ people: n, seed: 1 });
  const [ms, one] = spent(() => unify(sources, { keys, match }));
  const { precision, recall } = matchQuality(one, truth);
  console.log(`${one.records.numRows} records by three keys and likeness: ${(ms / 1000).toFixed(1)} s, ${one.customers.numRows} customers, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}
