// Beer and nappies: the rule found in a basket log, and why lift matters. (The story is an anecdote; the baskets are made up.)
import { associationRules, fromBaskets, nextBestOffer } from 'clientele/basket';

const baskets = fromBaskets([
  ['beer', 'nappies', 'bag'], ['beer', 'nappies', 'crisps', 'bag'], ['beer', 'crisps', 'bag'], ['nappies', 'milk', 'bag'], ['beer', 'nappies ', 'milk', 'bag'],
  ['milk', 'bread', 'bag'], ['bread', 'bag'], ['beer', 'nappies', 'bread', 'milk', 'bag'], ['bread', 'milk', 'bag'], ['milk', 'bag'], ['bread', 'bag'], ['crisps', 'bag'],
]);
const found = associationRules(baskets, { minSupport: 0.25, minConfidence: 0.6, maxLength: 2 });
console.log(found);

// Everybody takes a bag, with beer as with anything else: confidence 100 %, and a lift of 1, which means nothing.
const row = (antecedent: string, consequent: string): Record<string, unknown> => found.table.toRows().find((rule) => rule['antecedent'] === antecedent && rule['consequent'] === consequent)!;
for (const [left, right] of [['beer', 'bag'], ['beer', 'nappies']] as const) {
  const { confidence, lift } = row(left, right) as { confidence: number; lift: number };
  console.log(`${left} -> ${right}: confidence ${(100 * confidence).toFixed(0)} %, lift ${lift.toFixed(2)}`);
}

// Twelve baskets prove little: no adjusted p-value is small. A rule that is kept must also be tested on enough baskets.
console.log(`least adjusted p-value: ${Math.min(...(found.table.column('adjustedP').data as Float64Array)).toFixed(2)}`);

// What to suggest to whom: never the bag, whose lift is 1.
console.log(nextBestOffer(found, { customer: ['Ann', 'Bob', 'Cem'], product: ['beer', 'nappies', 'bread'] }, { doNotOffer: { customer: ['Bob'], reason: ['open-complaint'] } }));
