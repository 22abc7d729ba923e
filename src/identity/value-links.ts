import { type ContradictionReason, type Groups, type LinkList } from './groups.js';

/** Two records that share a value and contradict each other, and why. */
export interface Contradiction {
  readonly a: number;
  readonly b: number;
  readonly reason: ContradictionReason;
}

/**
 * Links between the records that share one value of a key, and the first contradiction among them.
 *
 * Records that say who they are (by a document number or a name in their group) are linked where they do not contradict
 * one another; a set of them that holds a contradiction is left apart whole. A record that says nothing joins only where
 * the value leads to one set: of two persons with one phone it may be either. So the order of records does not matter.
 *
 * @param members records, ascending, at least two
 * @param byNames whether names count against a link
 */
export function linkMembers(members: Int32Array, groups: Groups, byNames: boolean, into: LinkList): Contradiction | undefined {
  const who = members.filter((i) => groups.documented(i) || (byNames && groups.named(i)));
  const set = Int32Array.from(who, (_, k) => k);
  const against: { readonly k: number; readonly l: number; readonly found: Contradiction }[] = [];
  for (let l = 0; l < who.length; l++) {
    for (let k = 0; k < l; k++) {
      const found = contradiction(who[k]!, who[l]!, groups, byNames);
      if (found !== undefined) against.push({ k, l, found });
      else if (set[k] !== set[l]) rename(set, Math.max(set[k]!, set[l]!), Math.min(set[k]!, set[l]!));
    }
  }
  const bad = new Set(against.filter(({ k, l }) => set[k] === set[l]).map(({ k }) => set[k]!));
  for (let k = 0; k < who.length; k++) if (set[k] !== k && !bad.has(set[k]!)) into.add(who[set[k]!]!, who[k]!);
  if (bad.size === 0 && set.every((own) => own === 0)) {
    const first = who[0] ?? members[0]!;
    for (const i of members) if (i !== first && !who.includes(i)) into.add(Math.min(first, i), Math.max(first, i));
  }
  return against[0]?.found;
}

/** What speaks against two records being one customer, by all that their groups hold. */
export function contradiction(a: number, b: number, groups: Groups, byNames: boolean): Contradiction | undefined {
  if (groups.of(a) === groups.of(b)) return undefined;
  if (groups.contradict(a, b)) return { a, b, reason: 'documents_differ' };
  return byNames && groups.namesContradict(a, b) ? { a, b, reason: 'names_differ' } : undefined;
}

function rename(set: Int32Array, from: number, to: number): void {
  for (let k = 0; k < set.length; k++) if (set[k] === from) set[k] = to;
}
