import { ClienteleError, isPromise, valueText } from './errors.js';

/**
 * Check that an option is one of its words.
 *
 * @throws ClienteleError `OPTION_INVALID` listing the words
 */
export function checkWord<W extends string>(where: string, option: string, value: unknown, words: readonly W[]): W {
  if (typeof value === 'string' && (words as readonly string[]).includes(value)) return value as W;
  throw optionInvalid(where, option, value, `Use one of: ${words.map((w) => `'${w}'`).join(', ')}.`);
}

/**
 * Check that an option is a whole number within limits, both included.
 *
 * @throws ClienteleError `OPTION_INVALID` naming the limits
 */
export function checkWhole(where: string, option: string, value: unknown, from: number, to: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  const limits = to === Number.MAX_SAFE_INTEGER ? `${from} or more` : `${from} to ${to}`;
  throw optionInvalid(where, option, value, `Give a whole number, ${limits}.`);
}

/**
 * Check that an options object is one and holds no unknown key, so that a misspelt option is never silently ignored.
 *
 * @param needed options that must be there
 * @throws ClienteleError `OPTION_INVALID` naming the key and the known ones
 */
export function checkKeys(where: string, options: unknown, known: readonly string[], needed: readonly string[] = []): void {
  // Without any, the option to give is what helps, not that there are none.
  const given = options === undefined && needed.length > 0 ? {} : options;
  if (typeof given !== 'object' || given === null || Array.isArray(given) || isPromise(given)) {
    throw new ClienteleError('OPTION_INVALID', { where, value: valueText(given) }, given === undefined ? 'there are no options.' : `the options are ${Array.isArray(given) ? 'an array' : valueText(given)}.`, `Give them as an object. Known options: ${known.join(', ')}.`);
  }
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw new ClienteleError('OPTION_INVALID', { where, option: key }, `there is no option ${valueText(key)}.`, `Known options: ${known.join(', ')}.`);
    }
  }
  const missing = needed.find((key) => (given as Readonly<Record<string, unknown>>)[key] === undefined);
  if (missing !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option: missing }, `option ${missing} is missing.`, `Give it: { ${needed.map((key) => `${key}: …`).join(', ')} }.`);
}

/**
 * Check that the record of one customer is an object; what it holds is for its readers to check.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkRecord(where: string, record: unknown): void {
  if (typeof record === 'object' && record !== null) return;
  const shown = valueText(record);
  throw new ClienteleError('VALUE_INVALID', { where, value: shown }, `${shown} is no record of a customer.`, 'Pass an object that holds the measures by name.');
}

/** The error for an option with a wrong value. */
export function optionInvalid(where: string, option: string, value: unknown, mend: string): ClienteleError {
  const shown = valueText(value);
  return new ClienteleError('OPTION_INVALID', { where, option, value: shown }, `option ${option} is ${shown}.`, mend);
}
