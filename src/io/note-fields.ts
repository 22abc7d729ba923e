import { ClienteleError, valueText } from '../core/index.js';

/** A field of a note read from a file: its place, for messages, and what stands there. */
export interface NoteField {
  /** the public function */
  readonly where: string;
  /** the way to it: `'meta.asOf'` */
  readonly path: string;
  readonly value: unknown;
}

/** The error for a note that says something else than it must. */
export function noteInvalid({ where, path, value }: NoteField, needed: string): ClienteleError {
  const shown = valueText(typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
  return new ClienteleError('MODEL_INVALID', { where, option: path, value: shown }, `what the file notes of its customers is not as it was saved: ${path} is ${shown}, not ${needed}.`, 'Save it anew, or summarize the orders again.');
}

/** The fields of an object by name; inherited ones count as absent. */
export function objectFields(field: NoteField): (name: string) => NoteField {
  const { value, path } = field;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noteInvalid(field, 'an object');
  return (name) => ({ ...field, path: path === '' ? name : `${path}.${name}`, value: Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined });
}

export function listItems(field: NoteField): NoteField[] {
  if (!Array.isArray(field.value)) throw noteInvalid(field, 'a list');
  return (field.value as unknown[]).map((value, i) => ({ ...field, path: `${field.path}[${i}]`, value }));
}

export function textOf(field: NoteField): string {
  if (typeof field.value === 'string') return field.value;
  throw noteInvalid(field, 'text');
}

export function countOf(field: NoteField): number {
  if (Number.isSafeInteger(field.value) && (field.value as number) >= 0) return field.value as number;
  throw noteInvalid(field, 'a whole number of 0 or more');
}

export function wordOf<W extends string>(field: NoteField, words: readonly W[]): W {
  if ((words as readonly unknown[]).includes(field.value)) return field.value as W;
  throw noteInvalid(field, `one of ${words.join(', ')}`);
}

/** Whole numbers by name. */
export function countsOf(field: NoteField): Record<string, number> {
  const own = objectFields(field);
  return Object.fromEntries(Object.keys(field.value as object).map((name) => [name, countOf(own(name))]));
}

/** A field's value by `read` under its name, or nothing where it is absent; for spreading into an object. */
export function maybe<K extends string, T>(own: (name: string) => NoteField, name: K, read: (field: NoteField) => T): { [key in K]?: T } {
  const field = own(name);
  return field.value === undefined ? {} : ({ [name]: read(field) } as { [key in K]?: T });
}
