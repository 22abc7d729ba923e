/** Texts by number, as words to be copied. */
export interface TextPool {
  /** first word of each text, -1 = not there yet */
  readonly starts: Int32Array;
  /** bytes of each */
  readonly sizes: Int32Array;
  /** the words of all; another array once it has grown */
  words(): Int32Array;
  /** bytes of the longest */
  longest(): number;
  add(number: number, text: string): void;
}

const encoder = new TextEncoder();

/** A pool without texts, for numbers below `count`. */
export function newTextPool(count: number): TextPool {
  const starts = new Int32Array(count).fill(-1);
  const sizes = new Int32Array(count);
  let words = new Int32Array(256);
  let used = 0;
  let longest = 0;
  return {
    starts, sizes,
    words: () => words,
    longest: () => longest,
    add: (number, text) => {
      const bytes = encoder.encode(text);
      const end = used + Math.ceil(bytes.length / 4);
      if (end + 4 > words.length) {
        const larger = new Int32Array(end * 2 + 4);
        larger.set(words);
        words = larger;
      }
      for (let k = 0; k < bytes.length; k++) words[used + (k >> 2)]! |= bytes[k]! << ((k & 3) * 8);
      starts[number] = used;
      sizes[number] = bytes.length;
      longest = Math.max(longest, bytes.length);
      used = end;
    },
  };
}
