import { ClienteleError, isPromise, valueText } from './errors.js';

/** A part of a model under inspection, with the way to it for messages: `dimensions[1].cuts`. */
export interface Field {
  /** the public function that asked */
  readonly where: string;
  readonly path: string;
  readonly value: unknown;
}

/** The error for a model that cannot be used. */
export function modelInvalid({ where, path, value }: Field, needed: string): ClienteleError {
  const shown = Array.isArray(value) ? `a list of ${value.length}` : typeof value === 'object' && value !== null && !isPromise(value) ? 'an object' : valueText(value);
  return new ClienteleError('MODEL_INVALID', { where, option: path, value: shown }, `${path === '' ? 'the model' : `field ${path} of the model`} is ${shown}, not ${needed}.`, 'Pass what the fit returned, the model of a result, or their JSON read back unchanged.');
}

/** An object holding these fields and no others; required ones all there. Inherited fields count as absent. */
export function objectField(field: Field, required: readonly string[], optional: readonly string[] = []): (name: string) => Field {
  const { value } = field;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPromise(value)) throw modelInvalid(field, 'an object');
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) throw modelInvalid(at(field, name, (value as Record<string, unknown>)[name]), 'a field of such a model, version 1');
  }
  const own = (name: string): Field => at(field, name, Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
  for (const name of required) if (own(name).value === undefined) throw modelInvalid(own(name), 'there (it is missing)');
  return own;
}

function at({ where, path }: Field, name: string, value: unknown): Field {
  return { where, path: path === '' ? name : `${path}.${name}`, value };
}

/** The items of an array. */
export function listField(field: Field): Field[] {
  if (!Array.isArray(field.value)) throw modelInvalid(field, 'an array');
  return Array.from(field.value as readonly unknown[], (value, i) => ({ ...field, path: `${field.path}[${i}]`, value }));
}

export function numberField(field: Field): number {
  if (typeof field.value === 'number' && Number.isFinite(field.value)) return field.value;
  throw modelInvalid(field, 'a finite number');
}

export function wholeField(field: Field, from: number, to: number): number {
  if (Number.isInteger(field.value) && (field.value as number) >= from && (field.value as number) <= to) return field.value as number;
  throw modelInvalid(field, `a whole number from ${from} to ${to}`);
}

export function textField(field: Field): string {
  if (typeof field.value === 'string' && field.value !== '') return field.value;
  throw modelInvalid(field, 'text');
}

/** Text, which may be empty. */
export function anyTextField(field: Field): string {
  return field.value === '' ? '' : textField(field);
}

export function flagField(field: Field): boolean {
  if (typeof field.value === 'boolean') return field.value;
  throw modelInvalid(field, 'true or false');
}

export function wordField<W extends string>(field: Field, words: readonly W[]): W {
  if ((words as readonly unknown[]).includes(field.value)) return field.value as W;
  throw modelInvalid(field, `one of ${words.join(', ')}`);
}

/** Finite numbers that never fall. */
export function ascendingField(field: Field): number[] {
  const numbers = listField(field).map(numberField);
  if (numbers.some((n, i) => i > 0 && n < numbers[i - 1]!)) throw modelInvalid(field, 'ascending');
  return numbers;
}

/** A field's value by `read`, or nothing where it is absent; for spreading into an object. */
export function optionalField<K extends string, T>(own: (name: string) => Field, name: K, read: (field: Field) => T): { [key in K]?: T } {
  const field = own(name);
  return field.value === undefined ? {} : ({ [name]: read(field) } as { [key in K]?: T });
}
