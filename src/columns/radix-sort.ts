/** Whole numbers of 32 bits. */
type Words = Int32Array<ArrayBuffer>;

/** What was sorted, in its new order. */
export interface Sorted {
  readonly keys: Words;
  readonly beside: readonly Words[];
}

/**
 * Sort unsigned keys of 32 bits, and with them what stands beside each; equal keys keep their order.
 *
 * @param bits how many bits the largest key has
 * @param beside up to two more numbers of each key, such as its row. All arrays are used up.
 *
 * Method: counting sort by digits, the least significant first; a digit that is the same in every key is skipped. O(n).
 */
export function radixSort(keys: Words, bits: number, beside: readonly Words[] = []): Sorted {
  let from: readonly Words[] = [keys, ...beside];
  let to: readonly Words[] = from.map((words) => new Int32Array(words.length));
  for (const digit of digitsOf(keys, bits)) {
    if (from.length === 1) moveKeys(digit, from, to);
    else if (from.length === 2) moveTwo(digit, from, to);
    else moveThree(digit, from, to);
    [from, to] = [to, from];
  }
  return { keys: from[0]!, beside: from.slice(1) };
}

interface Digit {
  readonly shift: number;
  readonly mask: number;
  /** where the keys with each value of the digit begin once sorted by it */
  readonly places: Int32Array;
}

/** Most bits of a digit. 1 M keys of 24 bits with a row each take, in milliseconds: by 8 bits 25, 11 22, 12 and 13 16, 16 18. */
const WIDEST = 13;
/** Most for few keys, for which the counters would take more time than the keys. */
const WIDEST_OF_FEW = 8;
const FEW = 4096;

function digitsOf(keys: Words, bits: number): Digit[] {
  const width = Math.ceil(bits / Math.ceil(bits / (keys.length < FEW ? WIDEST_OF_FEW : WIDEST)));
  const digits: Digit[] = [];
  for (let shift = 0; shift < bits; shift += width) {
    const mask = (1 << width) - 1;
    const places = new Int32Array(mask + 1);
    for (let i = 0; i < keys.length; i++) places[(keys[i]! >>> shift) & mask]!++;
    if (places[(keys[0]! >>> shift) & mask] === keys.length) continue;
    let start = 0;
    for (let value = 0; value <= mask; value++) {
      const count = places[value]!;
      places[value] = start;
      start += count;
    }
    digits.push({ shift, mask, places });
  }
  return digits;
}

function moveKeys({ shift, mask, places }: Digit, [keys]: readonly Words[], [toKeys]: readonly Words[]): void {
  const from = keys!, to = toKeys!;
  for (let i = 0; i < from.length; i++) to[places[(from[i]! >>> shift) & mask]!++] = from[i]!;
}

function moveTwo({ shift, mask, places }: Digit, [keys, words]: readonly Words[], [toKeys, toWords]: readonly Words[]): void {
  const from = keys!, to = toKeys!, a = words!, toA = toWords!;
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    const place = places[(key >>> shift) & mask]!++;
    to[place] = key;
    toA[place] = a[i]!;
  }
}

function moveThree({ shift, mask, places }: Digit, [keys, words, more]: readonly Words[], [toKeys, toWords, toMore]: readonly Words[]): void {
  const from = keys!, to = toKeys!, a = words!, toA = toWords!, b = more!, toB = toMore!;
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    const place = places[(key >>> shift) & mask]!++;
    to[place] = key;
    toA[place] = a[i]!;
    toB[place] = b[i]!;
  }
}
