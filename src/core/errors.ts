/** What went wrong, for programs: one word per kind of mistake. */
export type ErrorCode =
  | 'COLUMN_MISSING'
  | 'COLUMN_LENGTH'
  | 'VALUE_INVALID'
  | 'OPTION_INVALID'
  | 'DATE_AMBIGUOUS'
  | 'CURRENCY_MIXED'
  | 'MODEL_INVALID'
  | 'MAP_NOT_APPLICABLE'
  | 'MERGE_NOT_EXACT'
  | 'FILE_UNREADABLE'
  | 'FILE_UNWRITABLE'
  | 'PEER_MISSING'
  | 'ABORTED';

/** Where an error happened, for programs that show or log it. */
export interface ErrorPlace {
  /** the public function: `'scoreRfm'` */
  readonly where: string;
  readonly column?: string;
  /** zero-based data row */
  readonly row?: number;
  readonly file?: string;
  /** one-based, of the file */
  readonly line?: number;
  /** the offending value as text, cut to 80 characters by {@link valueText} */
  readonly value?: string;
  readonly option?: string;
}

const BRAND = Symbol.for('clientele.error');

/**
 * Every error this library throws on purpose: read `code`, show `message`.
 *
 * The message is two sentences: what was found, and how to mend it, behind the public function's name.
 *
 * @example
 * try { rfm(customers, { bins: 99 }); }
 * catch (e) { if (isClienteleError(e) && e.code === 'OPTION_INVALID') console.log(e.place.option); }  // 'bins'
 */
export class ClienteleError extends Error {
  override readonly name: string = 'ClienteleError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, place: ErrorPlace, what: string, mend: string, cause?: unknown) {
    super(`${place.where}: ${what} ${mend}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** True for our errors from any copy of the library (ESM or CJS), where `instanceof` is not. */
export function isClienteleError(e: unknown): e is ClienteleError {
  return typeof e === 'object' && e !== null && BRAND in e;
}

/** A value as it may stand in a message: quoted text, cut to 80 characters, control characters escaped. A promise asks for its `await`. */
export function valueText(value: unknown): string {
  if (isPromise(value)) return 'a promise (is an await missing?)';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 81)) : typeof value === 'object' ? objectText(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** True for a promise of any kind: what a call returned whose `await` was forgotten. */
export function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The error for something that is not a result of the kind asked for, or one of another version. */
export function notThisResult(where: string, value: unknown, what: string, mend: string): ClienteleError {
  const shown = valueText(value);
  return new ClienteleError('VALUE_INVALID', { where, value: shown }, `${isPromise(value) ? shown : 'this'} is not ${what}.`, mend);
}

/** A list in brackets, an object by its own text where it has one. */
function objectText(value: object | null): string {
  try {
    const text = String(value);
    return Array.isArray(value) ? `[${text}]` : text === '[object Object]' ? 'an object' : text;
  } catch {
    // An object without a prototype has no text.
    return 'an object';
  }
}
