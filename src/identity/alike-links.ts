import type { AddressParts } from './address-parts.js';
import { eachPair, type BlockCounts } from './blocks.js';
import type { Evidence } from './evidence.js';
import { allInOne, LinkList, NONE, type Groups, type Links } from './groups.js';
import type { KeyValues } from './key-values.js';
import type { NameWords } from './name-words.js';
import { addressSimilarity, nameSimilarity } from './similarity.js';
import { contradiction } from './value-links.js';

/** Pairs alike in name and address, those of one hundredth together. */
export interface AlikeLinks {
  /** from the most alike down */
  readonly steps: readonly Step[];
  /** records of one name at one address, more than one value may join; no step holds any of them */
  readonly crowds: readonly Int32Array[];
  readonly counts: BlockCounts;
}

interface Step {
  readonly links: Links;
  readonly similarity: Float64Array;
}

/** Names and addresses of all records. */
export interface Likeness {
  readonly names: KeyValues<NameWords>;
  readonly addresses: KeyValues<AddressParts>;
}

/**
 * Pairs of records whose mean similarity of name and address reaches the threshold, unless their names or the document
 * numbers of their groups contradict.
 *
 * @param mostInBlock records of a block in which every pair is compared
 * @param mostPerValue records that one name at one address may join; more of them are left out
 */
export function alikeLinks({ names, addresses }: Likeness, threshold: number, mostInBlock: number, mostPerValue: number, groups: Groups): AlikeLinks {
  const lists = new Map<number, { links: LinkList; similarity: number[] }>();
  const crowds = crowdsOf(names.codes, addresses.codes, mostPerValue);
  const codes = names.codes.slice();
  for (const crowd of crowds) for (const i of crowd) codes[i] = NONE;
  const counts = eachPair({ ...names, codes }, addresses, mostInBlock, (a, b) => {
    if (groups.of(a) === groups.of(b) || groups.contradict(a, b)) return;
    const name = nameSimilarity(names.values[names.codes[a]!]!, names.values[names.codes[b]!]!);
    // An address alike to the last letter could not make up for the name.
    if (name.contradicts || !((name.similarity + 1) / 2 >= threshold)) return;
    const mean = (name.similarity + addressSimilarity(addresses.values[addresses.codes[a]!]!, addresses.values[addresses.codes[b]!]!)) / 2;
    if (mean < threshold) return;
    const step = Math.floor(mean * 100);
    let list = lists.get(step);
    if (list === undefined) lists.set(step, (list = { links: new LinkList(), similarity: [] }));
    list.links.add(a, b);
    list.similarity.push(mean);
  });
  const steps = [...lists].sort(([a], [b]) => b - a).map(([, { links, similarity }]) => ({ links: links.finish(), similarity: Float64Array.from(similarity) }));
  return { steps, crowds, counts };
}

/** Records of one name at one address, where there are more than `most`. */
function crowdsOf(names: Int32Array, addresses: Int32Array, most: number): Int32Array[] {
  const both = (i: number): number => (names[i] === NONE || addresses[i] === NONE ? NONE : names[i]! * 2 ** 26 + addresses[i]!);
  const counts = new Map<number, number>();
  for (let i = 0; i < names.length; i++) counts.set(both(i), (counts.get(both(i)) ?? 0) + 1);
  const crowds = new Map<number, number[]>();
  for (const [pair, count] of counts) if (pair !== NONE && count > most) crowds.set(pair, []);
  if (crowds.size > 0) for (let i = 0; i < names.length; i++) crowds.get(both(i))?.push(i);
  return Array.from(crowds.values(), (records) => Int32Array.from(records));
}

/** Join pairs that are alike, the most alike first, and list what speaks against it by what is known by now. */
export function joinAlike(kind: number, { steps, crowds }: AlikeLinks, groups: Groups, evidence: Evidence): void {
  evidence.forgetConflicts(kind);
  for (const crowd of crowds) if (!allInOne(crowd, groups)) evidence.conflict(kind, null, 'crowded', crowd.length, crowd[0]!, crowd[1]!);
  const told = new Set<string>();
  for (const { links, similarity } of steps) {
    const open = new LinkList();
    const kept: number[] = [];
    for (let k = 0; k < links.a.length; k++) {
      const [a, b] = [links.a[k]!, links.b[k]!];
      const found = contradiction(a, b, groups, true);
      if (found === undefined) {
        open.add(a, b);
        kept.push(similarity[k]!);
        continue;
      }
      const pair = [groups.of(a), groups.of(b)].sort((x, y) => x - y).join();
      if (!told.has(pair)) evidence.conflict(kind, null, found.reason, 2, a, b);
      told.add(pair);
    }
    const list = open.finish();
    evidence.add(kind, list, groups.join(list, true), Float64Array.from(kept));
  }
}
