import { compareText, orderByNumber } from '../columns/index.js';
import type { AddressParts } from './address-parts.js';
import { NONE } from './groups.js';
import type { KeyValues } from './key-values.js';
import type { NameWords } from './name-words.js';

/** Neighbours a record of a crowded block is compared with. */
export const WINDOW = 10;

/** How blocks were cut. */
export interface BlockCounts {
  /** pairs handed over */
  pairs: number;
  /** blocks with more records than allowed, of which only neighbours are compared */
  crowded: number;
  /** records of the largest block */
  largest: number;
}

/**
 * Pairs of records that may be alike in name and address, each once: those that share a block.
 *
 * Blocks: the same address; the same name and numbers; the same name and beginning of the address; the same initials and
 * numbers. A slip in one part leaves another block whole. In a block of more than `most` records each is compared only with the
 * {@link WINDOW} behind it in alphabetical order, so that a common name does not cost its square.
 *
 * Source: standard blocking with several keys, and the sorted neighbourhood of Hernández & Stolfo (1995) for crowded
 * ones. O(records × most) at worst.
 *
 * @param each called with every pair, `a < b`
 */
export function eachPair(names: KeyValues<NameWords>, addresses: KeyValues<AddressParts>, most: number, each: (a: number, b: number) => void): BlockCounts {
  const rows = Int32Array.from(names.codes.keys()).filter((i) => names.codes[i] !== NONE && addresses.codes[i] !== NONE);
  const passes = blockKeys(names, addresses, rows);
  const counts: BlockCounts = { pairs: 0, crowded: 0, largest: 0 };
  const crowdedIn = passes.map(() => new Uint8Array(rows.length));
  const alphabet = alphabeticalOrder(names, addresses, rows);
  passes.forEach((keys, pass) => {
    const given = (k: number, l: number): void => {
      // A pair is looked at in the first block that held it whole.
      for (let before = 0; before < pass; before++) if (passes[before]![k] === passes[before]![l] && passes[before]![k]! >= 0 && crowdedIn[before]![k] === 0) return;
      counts.pairs++;
      each(Math.min(rows[k]!, rows[l]!), Math.max(rows[k]!, rows[l]!));
    };
    const order = orderByNumber(keys);
    for (let from = 0, to = 0; from < order.length; from = to) {
      const key = keys[order[from]!]!;
      while (to < order.length && keys[order[to]!] === key) to++;
      if (key < 0 || to - from < 2) continue;
      counts.largest = Math.max(counts.largest, to - from);
      const block = order.subarray(from, to);
      if (block.length <= most) {
        for (let x = 0; x < block.length; x++) for (let y = x + 1; y < block.length; y++) given(block[x]!, block[y]!);
        continue;
      }
      counts.crowded++;
      for (const k of block) crowdedIn[pass]![k] = 1;
      const sorted = alphabet(block);
      for (let x = 0; x < sorted.length; x++) for (let y = x + 1; y < Math.min(x + 1 + WINDOW, sorted.length); y++) given(sorted[x]!, sorted[y]!);
    }
  });
  return counts;
}

/** One number per row and kind of block; equal numbers are one block, below 0 is none. */
function blockKeys(names: KeyValues<NameWords>, addresses: KeyValues<AddressParts>, rows: Int32Array): Float64Array[] {
  const code = numbering();
  const initials = names.values.map((name) => code(`i${name.initials}`));
  const numbers = addresses.values.map((address) => (address.numbers.length === 0 ? NONE : code(`n${address.numbers.join(',')}`)));
  const starts = addresses.values.map((address) => (address.text === '' ? NONE : code(`s${address.text.slice(0, 4)}`)));
  const both = (first: number, second: number): number => (first === NONE || second === NONE ? NONE : first * 2 ** 26 + second);
  const keys = (of: (name: number, address: number) => number): Float64Array => Float64Array.from(rows, (i) => of(names.codes[i]!, addresses.codes[i]!));
  return [
    keys((_, address) => address),
    keys((name, address) => both(name, numbers[address]!)),
    keys((name, address) => both(name, starts[address]!)),
    keys((name, address) => both(initials[name]!, numbers[address]!)),
  ];
}

function numbering(): (text: string) => number {
  const codes = new Map<string, number>();
  return (text) => {
    let code = codes.get(text);
    if (code === undefined) codes.set(text, (code = codes.size));
    return code;
  };
}

/** Rows of a block by address and name; equal ones as they stand. */
function alphabeticalOrder(names: KeyValues<NameWords>, addresses: KeyValues<AddressParts>, rows: Int32Array): (block: Int32Array) => Int32Array {
  const name = (k: number): string => names.values[names.codes[rows[k]!]!]!.key;
  const address = (k: number): string => addresses.values[addresses.codes[rows[k]!]!]!.key;
  return (block) => block.slice().sort((k, l) => compareText(address(k), address(l)) || compareText(name(k), name(l)) || k - l);
}
