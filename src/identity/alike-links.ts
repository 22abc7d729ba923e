import type { AddressParts } from './address-parts.js';
import { eachPair, type BlockCounts } from './blocks.js';
import { LinkList, type Groups, type Links } from './groups.js';
import type { KeyValues } from './key-values.js';
import type { NameWords } from './name-words.js';
import { addressSimilarity, nameSimilarity } from './similarity.js';

/** Pairs alike in name and address, those of one hundredth together. */
export interface AlikeLinks {
  /** from the most alike down */
  readonly steps: readonly { readonly links: Links; readonly similarity: Float64Array }[];
  readonly counts: BlockCounts;
}

/**
 * Pairs of records whose mean similarity of name and address reaches the threshold, unless their names or the document
 * numbers of their groups contradict.
 */
export function alikeLinks(names: KeyValues<NameWords>, addresses: KeyValues<AddressParts>, threshold: number, most: number, groups: Groups): AlikeLinks {
  const lists = new Map<number, { links: LinkList; similarity: number[] }>();
  const counts = eachPair(names, addresses, most, (a, b) => {
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
  return { steps, counts };
}
