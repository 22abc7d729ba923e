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
  /** a link that would have put two document numbers into one group, and how many records stay apart: one per set */
  readonly refused: readonly { readonly link: number; readonly records: number }[];
}

/**
 * Disjoint groups of records, named by their least record, that never hold two document numbers of one kind.
 *
 * Method: union-find with path halving (Tarjan & van Leeuwen 1984), the least record on top.
 */
export class Groups {
  readonly #parent: Int32Array;
  /** for each kind of document the number of each group, at its least record */
  readonly #documents: readonly Int32Array[];

  /** @param documents codes of document numbers per record, -1 = none; copied */
  constructor(records: number, documents: readonly Int32Array[]) {
    this.#parent = Int32Array.from({ length: records }, (_, i) => i);
    this.#documents = documents.map((codes) => codes.slice());
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

  /** True where the groups of two records hold different document numbers. */
  contradict(i: number, j: number): boolean {
    const [a, b] = [this.of(i), this.of(j)];
    return this.#documents.some((codes) => codes[a] !== NONE && codes[b] !== NONE && codes[a] !== codes[b]);
  }

  /**
   * Join along links of equal weight. A group they would make of records with different document numbers is left as it
   * was, whole: which of its links is wrong cannot be told, and so the order of the links does not matter.
   */
  join({ a, b }: Links): Joined {
    const tentative = this.#parent.slice();
    const documents = this.#documents.map((codes) => codes.slice());
    const bad = new Set<number>();
    const closing: [link: number, record: number][] = [];
    for (let k = 0; k < a.length; k++) {
      const [x, y] = [top(tentative, a[k]!), top(tentative, b[k]!)];
      if (x === y) continue;
      const [low, high] = x < y ? [x, y] : [y, x];
      tentative[high] = low;
      let contradicts = bad.has(low) || bad.has(high);
      for (const codes of documents) {
        if (codes[low] === NONE) codes[low] = codes[high]!;
        else if (codes[high] !== NONE && codes[high] !== codes[low]) contradicts = true;
      }
      if (contradicts && !bad.has(low)) {
        bad.add(low);
        closing.push([k, low]);
      }
    }
    const joined = new Int32Array(Math.min(a.length, this.#parent.length));
    let count = 0;
    for (let k = 0; k < a.length; k++) {
      if (bad.size > 0 && bad.has(top(tentative, a[k]!))) continue;
      if (this.#union(a[k]!, b[k]!)) joined[count++] = k;
    }
    // A set found bad may have been swallowed by another bad one: the first link tells for both.
    const refused = new Map<number, { readonly link: number; readonly records: Set<number> }>();
    for (const [link, record] of closing) {
      const set = top(tentative, record);
      if (!refused.has(set)) refused.set(set, { link, records: new Set() });
    }
    if (refused.size > 0) for (let k = 0; k < a.length; k++) refused.get(top(tentative, a[k]!))?.records.add(a[k]!).add(b[k]!);
    return { joined: joined.slice(0, count), refused: Array.from(refused.values(), ({ link, records }) => ({ link, records: records.size })) };
  }

  #union(i: number, j: number): boolean {
    const [x, y] = [this.of(i), this.of(j)];
    if (x === y) return false;
    const [low, high] = x < y ? [x, y] : [y, x];
    this.#parent[high] = low;
    for (const codes of this.#documents) if (codes[low] === NONE) codes[low] = codes[high]!;
    return true;
  }
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
