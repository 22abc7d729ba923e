// A bank's unified customer view: records of three systems under one id, what was joined and why, who the best customers
// really are, what to offer them, and one customer with everything known of them. (Made-up people, so the truth is known.)
import { associationRules, crossSell, upSell } from 'clientele/basket';
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
const doubtful = [...similarity.keys()].filter((row) => similarity[row]! < 0.9);
console.log(`${doubtful.length} joins below 0.9 taken back: ${one.customers.numRows} customers become ${unmerge(one, doubtful).customers.numRows}`);

// What a customer holds shows only now: the products of all their records. (Invented: a record's product goes by its system and
// balance, and two in five who save have a fund as well.)
const holdings: { customer: string[]; product: string[]; spend: number[] } = { customer: [], product: [], spend: [] };
const held = new Map<string, number>();
const hold = (customer: string, product: string, spend: number): void => {
  const at = held.get(`${customer}\n${product}`);
  if (at !== undefined) {
    holdings.spend[at]! += spend;
    return;
  }
  held.set(`${customer}\n${product}`, holdings.customer.length);
  holdings.customer.push(customer);
  holdings.product.push(product);
  holdings.spend.push(spend);
};
for (const row of one.records.rows()) {
  const [customer, balance, number] = [String(row['customer']), Number(row['balance']), Number(row['row'])];
  if (row['source'] === 'shop') hold(customer, 'travel insurance', balance);
  else if (row['source'] === 'bank') hold(customer, balance < 400 ? 'blue card' : 'gold card', balance);
  else hold(customer, balance < 150 ? 'current account' : 'savings account', balance);
  if (row['source'] === 'crm' && balance >= 150 && number % 5 < 2) hold(customer, 'fund', balance);
}
const catalog = {
  product: ['current account', 'savings account', 'travel insurance', 'fund', 'blue card', 'gold card'],
  category: ['accounts', 'accounts', 'insurance', 'investment', 'cards', 'cards'], price: [0, 20, 60, 100, 30, 120],
};
const rules = associationRules({ order: holdings.customer, product: holdings.product }, { minConfidence: 0.2, minLift: 1.1 });
const cross = crossSell(rules, holdings, { catalog });
const up = upSell(holdings, { catalog });                                    // the fifth that spends most on a product
console.log(cross);
console.log(up);

// One customer: everything that analyses say of them, and what to offer. Of those with both kinds of offers, the best.
const customers = one.customers.select(['customer', 'balance']);
const profit = profitability(customers, { revenue: 'balance', directCost: { marginRate: 0.02 } });
const offers = [...up.table.toRows(), ...cross.table.toRows()];
const column = (name: string): string[] => offers.map((offer) => String(offer[name]));
const customersOf = (list: typeof up): Set<unknown> => new Set(list.table.toRows().map(({ customer }) => customer));
const [toUp, toCross] = [customersOf(up), customersOf(cross)];
const best = compareTop(one, { of: 'balance', count: one.customers.numRows }).after.toRows().find(({ customer }) => toUp.has(customer) && toCross.has(customer))!;
console.log(customerView(String(best['customer']), {
  abc: abc(customers, { of: 'balance' }), profit, bank: one.customers.select(['customer', 'name', 'records', 'sources', 'balance']),
  offers: { customer: column('customer'), item: column('item'), kind: column('kind'), label: column('label'), reason: column('reason') },
}));
