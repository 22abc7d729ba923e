/** One batch of an Arrow column, as flechette and apache-arrow name its buffers. */
export interface ArrowBatch {
  readonly length: number;
  readonly nullCount: number;
  readonly values?: unknown;
  /** flechette's name for what apache-arrow calls `valueOffsets` */
  readonly offsets?: unknown;
  readonly valueOffsets?: unknown;
  /** flechette's name for what apache-arrow calls `nullBitmap` */
  readonly validity?: Uint8Array | null;
  readonly nullBitmap?: Uint8Array | null;
  /** apache-arrow: rows skipped at the front of bitmaps; the other buffers begin with the batch */
  readonly offset?: number;
  readonly dictionary?: ArrowVector | undefined;
  /** buffers of views: flechette's name for what apache-arrow calls `variadicBuffers` */
  readonly data?: unknown;
  readonly variadicBuffers?: unknown;
}

/** An Arrow type, as both libraries have it. */
export interface ArrowType {
  readonly typeId: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  readonly bitWidth?: number;
  readonly scale?: number;
}

/** An Arrow column (flechette) or vector (apache-arrow), by shape. */
export interface ArrowVector {
  readonly type: ArrowType;
  readonly length: number;
  readonly data: readonly ArrowBatch[];
  [Symbol.iterator](): Iterator<unknown>;
}

/** An Arrow table of flechette or apache-arrow, by shape. */
export interface ArrowTable {
  readonly schema: {
    readonly fields: readonly { readonly name: string }[];
    readonly metadata?: ReadonlyMap<string, string> | null;
  };
  readonly numRows: number;
  getChildAt(index: number): unknown;
}

/** The bits that say which rows of a batch have a value, and where they begin; undefined where all have one. */
export function nullBits({ nullCount, validity, nullBitmap, offset = 0 }: ArrowBatch): { bits: Uint8Array; first: number } | undefined {
  const bits = validity ?? nullBitmap;
  return nullCount > 0 && bits !== undefined && bits !== null && bits.length > 0 ? { bits, first: offset } : undefined;
}

/** True where row `i` of the bits is set. */
export function bitAt(bits: Uint8Array, i: number): boolean {
  return ((bits[i >> 3]! >> (i & 7)) & 1) === 1;
}

/** Call `missing` with every row without a value, counted over all batches. */
export function eachMissing(batches: readonly ArrowBatch[], missing: (row: number) => void): void {
  let row = 0;
  for (const batch of batches) {
    const nulls = nullBits(batch);
    if (nulls !== undefined) for (let i = 0; i < batch.length; i++) if (!bitAt(nulls.bits, nulls.first + i)) missing(row + i);
    row += batch.length;
  }
}

/** The validity bits of all batches, those of a single one shared; nothing where every row has a value. For spreading. */
export function validOf(batches: readonly ArrowBatch[], rows: number): { valid?: Uint8Array } {
  if (batches.every((batch) => nullBits(batch) === undefined)) return {};
  const only = batches.length === 1 ? nullBits(batches[0]!) : undefined;
  if (only !== undefined && only.first % 8 === 0) return { valid: only.bits.subarray(only.first >> 3) };
  const valid = new Uint8Array((rows + 7) >> 3).fill(0xff);
  eachMissing(batches, (row) => (valid[row >> 3]! &= ~(1 << (row & 7))));
  return { valid };
}
