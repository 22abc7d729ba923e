import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleRecords, matchQuality, unify, type IdentityKey, type UnifyOptions } from '../../src/identity/index.js';

const guide = readFileSync(new URL('../../docs/identity.md', import.meta.url), 'utf8');
const { sources, truth } = exampleRecords({ people: 5000, seed: 1 });
const keys: IdentityKey[] = [{ column: 'document', as: 'document' }, { column: 'mail', as: 'mail' }, { column: 'phone', as: 'phone', region: 'CN' }];
const match = { name: 'name', address: 'address' };

describe('the guide', () => {
  it.each<[string, UnifyOptions]>([['document and mail', { keys: keys.slice(0, 2) }], ['and phone', { keys }], ['name and address', { keys: [], match }], ['all', { keys, match }]])('says the precision and recall of %s as they are', (what, options) => {
    const { precision, recall } = matchQuality(unify(sources, options), truth);
    const [, saidPrecision, saidRecall] = new RegExp(`^\\| ${what} \\| ([\\d.]+)% \\| ([\\d.]+)% \\|$`, 'm').exec(guide)!;
    expect([100 * precision, 100 * recall].map((share) => share.toFixed(1))).toEqual([saidPrecision, saidRecall]);
  });

  it('says how many customers its example finds', () => {
    const one = unify(sources, { keys, match });
    expect(guide).toContain(`${one.records.numRows} records are ${one.customers.numRows} customers`);
  });
});
