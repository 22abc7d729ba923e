/** A missing value among codes. */
export const NONE = -1;

/** Records that may be one customer, by one piece of evidence: row `a[k]` and row `b[k]`, in the order they are looked at. */
export interface Links {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** What became of links. */
export interface Joined {
  /** links that joined two groups, by number: never more than records less one */
  readonly joined: Int32Array;
  /** sets left apart: the link that would have put two document numbers or names into one group, and how many records it is about */
  readonly refused: readonly Refused[];
}

/** A set of records left apart. */
export interface Refused {
  readonly link: number;
  readonly reason: ContradictionReason;
  readonly records: number;
}

/** What speaks against one group. */
export type ContradictionReason = 'documents_differ' | 'names_differ';

/** Names of records, by number, and which of them are of two persons. */
export interface Names {
  /** number of each record's name, -1 = none */
  readonly codes: Int32Array;
  contradict(a: number, b: number): boolean;
}

/**
 * Disjoint groups of records, named by their least record, that never hold two document numbers of one kind, and know all
 * their names.
 *
 * Method: union-find with path halving (Tarjan & van Leeuwen 1984), the least record on top.
 */
export class Groups {
  readonly #parent: Int32Array;
  /** for each kind of document the number of each group, at its least record */
  readonly #documents: readonly Int32Array[];
  /** the distinct names of each group, at its least record; of most there is one */
  readonly #name: Int32Array;
  readonly #severalNames = new Map<number, readonly number[]>();
  readonly #contradict: Names['contradict'];

  /**
   * @param documents codes of document numbers per record, -1 = none; copied
   * @param names where names are compared
   */
  constructor(records: number, documents: readonly Int32Array[], names?: Names) {
    this.#parent = Int32Array.from({ length: records }, (_, i) => i);
    this.#documents = documents.map((codes) => codes.slice());
    this.#name = names?.codes.slice() ?? new Int32Array(records).fill(NONE);
    this.#contradict = (a, b) => names?.contradict(a, b) ?? false;
  }

  /** The least record of the group of record `i`. */
  of(i: number): number {
    return top(this.#parent, i);
  }

  /** True where the group of record `i` holds a document number. */
  documented(i: number): boolean {
    const group = this.of(i);
    return this.#documents.some((codes) => codes[group] !== NONE);
  }

  /** True where the group of record `i` holds a name. */
  named(i: number): boolean {
    return this.#name[this.of(i)] !== NONE;
  }

  /** True where the groups of two records hold different document numbers. */
  contradict(i: number, j: number): boolean {
    const [a, b] = [this.of(i), this.of(j)];
    return this.#documents.some((codes) => codes[a] !== NONE && codes[b] !== NONE && codes[a] !== codes[b]);
  }

  /**
   * True where joining the groups of two records would bring names of two persons together. A pair that one group holds
   * already, by a document or an id, is one person under two names.
   */
  namesContradict(i: number, j: number): boolean {
    return this.#namesApart([this.of(i), this.of(j)]);
  }

  /**
   * Join along links of equal weight. A group they would make of records with different document numbers is left as it
   * was, whole: which of its links is wrong cannot be told, and so the order of the links does not matter.
   *
   * @param byNames whether contradicting names part a group as documents do
   */
  join({ a, b }: Links, byNames = false): Joined {
    const tentative = this.#parent.slice();
    const documents = this.#documents.map((codes) => codes.slice());
    const bad = new Set<number>();
    const closing: [link: number, record: number, reason: ContradictionReason][] = [];
    const sets = new Sets();
    for (let k = 0; k < a.length; k++) {
      const [x, y] = [top(tentative, a[k]!), top(tentative, b[k]!)];
      if (x === y) continue;
      const [low, high] = x < y ? [x, y] : [y, x];
      tentative[high] = low;
      if (byNames) sets.merge(low, high, k);
      let contradicts = bad.has(low) || bad.has(high);
      for (const codes of documents) {
        if (codes[low] === NONE) codes[low] = codes[high]!;
        else if (codes[high] !== NONE && codes[high] !== codes[low]) contradicts = true;
      }
      if (contradicts && !bad.has(low)) {
        bad.add(low);
        closing.push([k, low, 'documents_differ']);
      }
    }
    for (const [set, { link, groups }] of sets.all) {
      if (bad.has(set) || !this.#namesApart(groups)) continue;
      bad.add(set);
      closing.push([link, set, 'names_differ']);
    }
    const joined = new Int32Array(Math.min(a.length, this.#parent.length));
    let count = 0;
    for (let k = 0; k < a.length; k++) {
      if (bad.size > 0 && bad.has(top(tentative, a[k]!))) continue;
      if (this.#union(a[k]!, b[k]!)) joined[count++] = k;
    }
    // A set found bad may have been swallowed by another bad one: the first link tells for both.
    const refused = new Map<number, { readonly link: number; readonly reason: ContradictionReason; readonly records: Set<number> }>();
    for (const [link, record, reason] of closing) {
      const set = top(tentative, record);
      if (!refused.has(set)) refused.set(set, { link, reason, records: new Set() });
    }
    if (refused.size > 0) for (let k = 0; k < a.length; k++) refused.get(top(tentative, a[k]!))?.records.add(a[k]!).add(b[k]!);
    return { joined: joined.slice(0, count), refused: Array.from(refused.values(), ({ link, reason, records }) => ({ link, reason, records: records.size })) };
  }

  #union(i: number, j: number): boolean {
    const [x, y] = [this.of(i), this.of(j)];
    if (x === y) return false;
    const [low, high] = x < y ? [x, y] : [y, x];
    this.#parent[high] = low;
    for (const codes of this.#documents) if (codes[low] === NONE) codes[low] = codes[high]!;
    this.#addNames(low, high);
    return true;
  }

  #namesOf(group: number): readonly number[] {
    return this.#severalNames.get(group) ?? (this.#name[group] === NONE ? [] : [this.#name[group]!]);
  }

  #addNames(low: number, high: number): void {
    if (this.#name[high] === NONE || (this.#name[low] === this.#name[high] && !this.#severalNames.has(high))) return;
    const all = [...new Set([...this.#namesOf(low), ...this.#namesOf(high)])];
    this.#name[low] = all[0]!;
    if (all.length > 1) this.#severalNames.set(low, all);
    this.#severalNames.delete(high);
  }

  /** True where groups hold names of two persons between them, a pair that none of them holds alone. */
  #namesApart(groups: readonly number[]): boolean {
    const lists = groups.map((group) => this.#namesOf(group));
    const all = [...new Set(lists.flat())];
    const several = lists.filter((list) => list.length > 1);
    return all.some((one, k) => all.slice(0, k).some((other) => this.#contradict(one, other) && !several.some((list) => list.includes(one) && list.includes(other))));
  }
}

/** Groups that links would bring together, by the least of them, and the last link that did. */
class Sets {
  readonly all = new Map<number, { readonly link: number; readonly groups: number[] }>();

  merge(low: number, high: number, link: number): void {
    let [groups, less] = [this.all.get(low)?.groups ?? [low], this.all.get(high)?.groups ?? [high]];
    if (groups.length < less.length) [groups, less] = [less, groups];
    for (const group of less) groups.push(group);
    this.all.delete(high);
    this.all.set(low, { link, groups });
  }
}

/** True where records are of one group already. */
export function allInOne(records: Int32Array, groups: Groups): boolean {
  const first = groups.of(records[0]!);
  return records.every((i) => groups.of(i) === first);
}

function top(parent: Int32Array, i: number): number {
  let at = i;
  while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
  return at;
}

/** Pairs of records, growing. */
export class LinkList {
  #a = new Int32Array(1024);
  #b = new Int32Array(1024);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  add(a: number, b: number): void {
    if (this.#count === this.#a.length) [this.#a, this.#b] = [this.#a, this.#b].map((old) => {
      const larger = new Int32Array(old.length * 2);
      larger.set(old);
      return larger;
    }) as [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>];
    this.#a[this.#count] = a;
    this.#b[this.#count++] = b;
  }

  finish(): Links {
    return { a: this.#a.slice(0, this.#count), b: this.#b.slice(0, this.#count) };
  }
}
