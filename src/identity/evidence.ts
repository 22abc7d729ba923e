import { categoryColumn as category, table, Table, takeColumn, textAt, TextBuilder, textColumn, type Column } from '../columns/index.js';
import type { Joined, Links } from './groups.js';
import type { IdentityKey } from './identity-options.js';
import type { RecordSet } from './sources.js';
import { EVIDENCE_LABELS, REASON_LABELS, type EvidenceKind, type ConflictReason } from './identity-words.js';

interface Conflict {
  readonly evidence: number;
  readonly value: string | null;
  readonly reason: ConflictReason;
  readonly records: number;
  readonly a: number;
  readonly b: number;
}

/** What was joined and what was not, by the number of the key; likeness comes behind the keys. */
export class Evidence {
  readonly #kinds: readonly { readonly kind: EvidenceKind; readonly column: string | null }[];
  /** columns of the joins: at most one a record */
  readonly #merges = { evidence: [] as number[], a: [] as number[], b: [] as number[], value: [] as (string | null)[], similarity: [] as number[] };
  /** per kind of evidence, of its last round */
  readonly #conflicts: Conflict[][];

  constructor(keys: readonly IdentityKey[], alike: boolean) {
    this.#kinds = [...keys.map(({ as, column }) => ({ kind: as, column })), ...(alike ? [{ kind: 'alike' as const, column: null }] : [])];
    this.#conflicts = this.#kinds.map(() => []);
  }

  /** How many joins were made. */
  get merges(): number {
    return this.#merges.a.length;
  }

  /** Conflicts of a round that is taken again, since more is known. */
  forgetConflicts(evidence: number): void {
    this.#conflicts[evidence] = [];
  }

  conflict(evidence: number, value: string | null, reason: ConflictReason, records: number, a: number, b: number): void {
    this.#conflicts[evidence]!.push({ evidence, value, reason, records, a, b });
  }

  /** Joins made along links, and groups left apart. */
  add(evidence: number, { a, b }: Links, { joined, refused }: Joined, similarity?: Float64Array, valueOf?: (link: number) => string): void {
    const merges = this.#merges;
    for (const k of joined) {
      merges.evidence.push(evidence);
      merges.a.push(a[k]!);
      merges.b.push(b[k]!);
      merges.value.push(valueOf?.(k) ?? null);
      merges.similarity.push(similarity?.[k] ?? NaN);
    }
    for (const { link, reason, records } of refused) this.conflict(evidence, valueOf?.(link) ?? null, reason, records, a[link]!, b[link]!);
  }

  mergesTable(records: RecordSet, customerOf: Int32Array): Table {
    const { evidence, a, b, value, similarity } = this.#merges;
    return new Table([
      ...this.#kindColumns(evidence), ['value', textColumn(value)], ['similarity', { type: 'number', data: Float64Array.from(similarity) }],
      ...pairColumns(records, Int32Array.from(a), Int32Array.from(b)), ['customer', customerIds(records, Int32Array.from(a, (i) => customerOf[i]!))],
    ]);
  }

  conflictsTable(records: RecordSet, language: 'en' | 'zh'): Table {
    const all = this.#conflicts.flat();
    return new Table([
      ...this.#kindColumns(all.map(({ evidence }) => evidence)),
      ['value', textColumn(all.map(({ value }) => value))],
      ['reason', category(all.map(({ reason }) => reason))],
      ['label', category(all.map(({ reason }) => REASON_LABELS[reason][language]))],
      ['records', { type: 'integer', data: Int32Array.from(all, (one) => one.records) }],
      ...pairColumns(records, Int32Array.from(all, ({ a }) => a), Int32Array.from(all, ({ b }) => b)),
    ]);
  }

  summary(language: 'en' | 'zh'): Table {
    const merges = new Int32Array(this.#kinds.length);
    for (const evidence of this.#merges.evidence) merges[evidence]!++;
    return table({
      evidence: category(this.#kinds.map(({ kind }) => kind)), column: category(this.#kinds.map(({ column }) => column)),
      label: category(this.#kinds.map(({ kind }) => EVIDENCE_LABELS[kind][language])), merges, conflicts: Int32Array.from(this.#conflicts, (list) => list.length),
    });
  }

  #kindColumns(numbers: readonly number[]): [string, Column][] {
    return [['evidence', category(numbers.map((k) => this.#kinds[k]!.kind))], ['column', category(numbers.map((k) => this.#kinds[k]!.column))]];
  }
}

function pairColumns(records: RecordSet, first: Int32Array, second: Int32Array): [string, Column][] {
  const sourceOf = (rows: Int32Array): Column => ({ type: 'category', data: rows.map((i) => records.source[i]!), values: records.names });
  return [['source', sourceOf(first)], ['id', takeColumn(records.id, first)], ['otherSource', sourceOf(second)], ['otherId', takeColumn(records.id, second)]];
}

/** The id of a customer: source and id of the first record. */
export function customerIds(records: Pick<RecordSet, 'names' | 'source' | 'id'>, rows: Int32Array): Column {
  const builder = new TextBuilder(rows.length);
  for (const i of rows) builder.addText(`${records.names[records.source[i]!]!}:${textAt(records.id, i)}`);
  return builder.finish();
}
