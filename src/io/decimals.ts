/**
 * The double nearest to a decimal number of `scale` digits behind the point, as `Number` would read its text.
 *
 * @param unscaled the number's digits as a whole number
 * @param scale 0 or more; below 0 the number ends in that many zeros
 * @example
 * decimalNumber(1250n, 2);   // 12.5
 */
export function decimalNumber(unscaled: bigint, scale: number): number {
  const digits = Number(unscaled);
  if (Number.isSafeInteger(digits) && scale >= 0 && scale <= 22) return digits / 10 ** scale;
  return Number(`${unscaled}e${-scale}`);
}

/** Reads decimals of one width and scale out of bytes. */
export type DecimalReader = (bytes: Uint8Array, from: number, length: number) => number;

/**
 * A reader of decimals kept as whole numbers in two's complement.
 *
 * Method: up to six bytes as a double, exact, over a power of ten that is exact too: one correct rounding. More digits go
 * through text.
 */
export function decimalReader(littleEndian: boolean, scale: number): DecimalReader {
  const divisor = scale >= 0 && scale <= 22 ? 10 ** scale : 0;
  return (bytes, from, length) => {
    // Bytes that only repeat the sign do not count.
    const high = littleEndian ? from + length - 1 : from;
    const step = littleEndian ? -1 : 1;
    const sign = length > 0 && bytes[high]! >= 0x80 ? 0xff : 0;
    let skip = 0;
    while (skip < length && bytes[high + skip * step] === sign) skip++;
    if (divisor !== 0 && length - skip <= 6) {
      let digits = sign === 0 ? 0 : -1;
      for (let i = skip; i < length; i++) digits = digits * 256 + bytes[high + i * step]!;
      return digits / divisor;
    }
    let whole = sign === 0 ? 0n : -1n;
    for (let i = skip; i < length; i++) whole = whole * 256n + BigInt(bytes[high + i * step]!);
    return decimalNumber(whole, scale);
  };
}
