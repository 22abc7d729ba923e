// A bank's unified customer view: records of three systems under one id, what was joined and why, who the best customers
// really are, and one customer with everything known of them. (Made-up people, so the truth is known.)
import { compareTop, customerView, exampleRecords, matchQuality, unify, unmerge } from 'clientele/identity';
import { abc } from 'clientele/pareto';
import { profitability } from 'clientele/profit';

const { sources, truth } = exampleRecords({ people: 5000, seed: 1 });        // CRM, web shop, core banking

const one = unify(sources, {
  keys: [{ column: 'document', as: 'document' }, { column: 'mail', as: 'mail' }, { column: 'phone', as: 'phone', region: 'CN' }],
  match: { name: 'name', address: 'address' },
  sum: ['balance'],
});
console.log(one);
console.log(one.merges.select(['evidence', 'value', 'similarity', 'source', 'id', 'otherSource', 'otherId']).head(5));
console.log(one.conflicts.select(['evidence', 'value', 'label', 'records', 'source', 'id', 'otherId']).head(5));

// How right it is: pairs of records, held against the truth, by what is looked at.
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const mail = { column: 'mail', as: 'mail' } as const;
const keys = [{ column: 'document', as: 'document' } as const, mail, { column: 'phone', as: 'phone', region: 'CN' } as const];
const match = { name: 'name', address: 'address' };
for (const [what, options] of Object.entries({ 'document and mail': { keys: keys.slice(0, 2) }, 'and phone': { keys }, 'name and address': { keys: [], match }, 'all': { keys, match } })) {
  const { precision, recall } = matchQuality(unify(sources, options), truth);
  console.log(`${what}: precision ${percent(precision)}, recall ${percent(recall)}`);
}

// The best customers before and after.
console.log(compareTop(one, { of: 'balance', count: 5 }).after);

// What is doubtful is taken back; the records were never changed.
const similarity = one.merges.toColumns()['similarity'] as Float64Array;
const doubtful = [...similarity.keys()].filter((row) => similarity[row]! < 0.87);
console.log(`${doubtful.length} joins below 0.87 taken back: ${one.customers.numRows} customers become ${unmerge(one, doubtful).customers.numRows}`);

// One customer: everything that analyses say of them.
const customers = one.customers.select(['customer', 'balance']);
const profit = profitability(customers, { revenue: 'balance', directCost: { marginRate: 0.02 } });
const best = String(compareTop(one, { of: 'balance', count: 1 }).after.cell('customer', 0));
console.log(customerView(best, { abc: abc(customers, { of: 'balance' }), profit, bank: one.customers.select(['customer', 'name', 'records', 'sources', 'balance']) }));
