/** A value of Thrift's compact protocol: whole numbers, flags, structs; text, lists and numbers of 64 bits are stepped over. */
export type ThriftValue = number | boolean | ThriftStruct | undefined;

/** Fields of a struct by their number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** A place in bytes, moved on by what is read. */
export interface ByteCursor {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * Read a struct of Thrift's compact protocol, as Parquet's page headers are written.
 *
 * @param cursor at the struct's first byte; behind its last one afterwards
 * @throws RangeError where the bytes end within it, or hold a type that Thrift does not have
 *
 * Source: Apache Thrift, "Thrift compact protocol encoding". O(bytes).
 */
export function readThriftStruct(cursor: ByteCursor): ThriftStruct {
  const fields = new Map<number, ThriftValue>();
  let field = 0;
  for (;;) {
    const head = readByte(cursor);
    if (head === 0) return fields;
    const step = head >> 4;
    field = step === 0 ? readZigZag(cursor) : field + step;
    fields.set(field, readValue(cursor, head & 15));
  }
}

/** An unsigned number of up to 32 bits, seven in each byte. */
export function readVarint(cursor: ByteCursor): number {
  let value = 0;
  // Whole numbers throughout: of a double, all that is made of it would be doubles, and loops that meet it late compiled anew.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = readByte(cursor);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  const last = readByte(cursor);
  if (last < 0x80) return value + last * 2 ** 28;
  throw new RangeError('a number takes more than 32 bits');
}

function readZigZag(cursor: ByteCursor): number {
  const value = readVarint(cursor);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function readByte(cursor: ByteCursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new RangeError('the bytes end within a header');
  return byte;
}

/** The types of the compact protocol that Parquet uses. */
function readValue(cursor: ByteCursor, type: number): ThriftValue {
  switch (type) {
    case 1:
    case 2:
      return type === 1;
    case 3:
      return readByte(cursor);
    case 4:
    case 5:
      return readZigZag(cursor);
    case 6: {
      let byte = readByte(cursor);
      while (byte >= 0x80) byte = readByte(cursor);
      return undefined;
    }
    case 7:
      cursor.at += 8;
      return undefined;
    case 8:
      cursor.at += readVarint(cursor);
      return undefined;
    case 9: {
      const head = readByte(cursor);
      const length = head >> 4 === 15 ? readVarint(cursor) : head >> 4;
      // In lists a flag is a byte of its own.
      for (let i = 0; i < length; i++) readValue(cursor, (head & 15) <= 2 ? 3 : head & 15);
      return undefined;
    }
    case 12:
      return readThriftStruct(cursor);
    default:
      throw new RangeError(`a header holds type ${type}, which is not known`);
  }
}
