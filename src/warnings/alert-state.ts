import { ClienteleError, dayOfText, valueText } from '../core/index.js';

/** Why an alert comes. */
export type AlertKind = 'new' | 'worse' | 'cleared' | 'reminder';

/** One alert, as told to people. */
export interface Alert {
  /** rule, customer and episode: the same trouble has the same key until it is cleared */
  readonly key: string;
  readonly kind: AlertKind;
  readonly customer: string;
  readonly rule: string;
  /** ranks: 0 info, 1 watch, 2 warn, 3 critical; of a cleared alert the worst it was */
  readonly rank: number;
  /** null where there is none, as for a cleared alert */
  readonly value: number | null;
  readonly limit: number | null;
  readonly base: number | null;
  readonly reason: string;
  /** null where it is not known */
  readonly moneyAtStake: number | null;
}

/** What is remembered of one rule and customer. */
export interface AlertEntry {
  readonly rule: string;
  readonly customer: string;
  /** number of the episode, from 1 */
  readonly episode: number;
  /** whether the last `of` runs were at or above the entering limit: newest last, '1' and '0' */
  readonly hits: string;
  readonly open: boolean;
  /** day the episode began; '' while none is open */
  readonly since: string;
  /** worst rank told in this episode, -1 before any */
  readonly told: number;
  /** day of the last alert, '' before any */
  readonly toldOn: string;
  readonly reminded: boolean;
}

/** Counts of one run: what was sent, and what was not and why. */
export interface AlertDigest {
  readonly new: number;
  readonly worse: number;
  readonly cleared: number;
  readonly reminder: number;
  /** open episodes after the run */
  readonly open: number;
  /** not sent because muted */
  readonly muted: number;
  /** seen but not confirmed yet */
  readonly unconfirmed: number;
  /** open and told before, nothing new to say */
  readonly quiet: number;
}

/** Plain JSON, in and out: keep it between runs. */
export interface AlertState {
  readonly kind: 'alerts';
  readonly version: 1;
  /** day of the last run; '' before the first */
  readonly asOf: string;
  readonly entries: readonly AlertEntry[];
  /** what the last run said, so that running again for its day says the same */
  readonly lastAlerts: readonly Alert[];
  readonly lastDigest: AlertDigest;
}

export const EMPTY_DIGEST: AlertDigest = { new: 0, worse: 0, cleared: 0, reminder: 0, open: 0, muted: 0, unconfirmed: 0, quiet: 0 };

/** The state before the first run. */
export function emptyAlertState(): AlertState {
  return { kind: 'alerts', version: 1, asOf: '', entries: [], lastAlerts: [], lastDigest: EMPTY_DIGEST };
}

const ENTRY: Readonly<Record<keyof AlertEntry, (value: unknown) => boolean>> = {
  rule: isText, customer: isText, episode: (v) => Number.isInteger(v) && (v as number) >= 0, hits: (v) => typeof v === 'string' && /^[01]{0,64}$/.test(v), open: isFlag,
  since: isDay, told: (v) => Number.isInteger(v) && (v as number) >= -1 && (v as number) <= 3, toldOn: isDay, reminded: isFlag,
};
const ALERT: Readonly<Record<keyof Alert, (value: unknown) => boolean>> = {
  key: isText, kind: (v) => ['new', 'worse', 'cleared', 'reminder'].includes(v as string), customer: isText, rule: isText, rank: (v) => [0, 1, 2, 3].includes(v as number),
  value: isNumberOrNull, limit: isNumberOrNull, base: isNumberOrNull, reason: isText, moneyAtStake: isNumberOrNull,
};

/**
 * Read a saved alert state back, every field checked.
 *
 * @param object what `JSON.parse` gave
 * @throws ClienteleError `MODEL_INVALID` naming the field; a state of a newer version says so
 * @example
 * const state = loadAlertState(JSON.parse(readFileSync('alerts.json', 'utf8')));
 */
export function loadAlertState(object: unknown): AlertState {
  const where = 'loadAlertState';
  // What it is comes before what it holds: a newer version may have fields of its own.
  const head = typeof object === 'object' && object !== null ? (object as Record<string, unknown>) : {};
  if (Object.hasOwn(head, 'kind') && head['kind'] !== 'alerts') throw invalid(where, 'kind', head['kind'], 'not an alert state');
  if (head['kind'] === 'alerts' && Number.isInteger(head['version']) && (head['version'] as number) > 1) {
    throw invalid(where, 'version', head['version'], 'written by a newer version of this library', 'Update clientele to read it, or remove the saved state to begin anew.');
  }
  const state = checked(where, '', object, { kind: (v) => v === 'alerts', version: (v) => Number.isInteger(v), asOf: isDay, entries: Array.isArray, lastAlerts: Array.isArray, lastDigest: (v) => typeof v === 'object' && v !== null }) as unknown as AlertState;
  if (state.version !== 1) throw invalid(where, 'version', state.version, 'no version there has been');
  const entries = state.entries.map((entry, i) => checked(where, `entries[${i}]`, entry, ENTRY) as unknown as AlertEntry);
  if (new Set(entries.map((e) => JSON.stringify([e.rule, e.customer]))).size < entries.length) throw invalid(where, 'entries', 'a list', 'a rule and customer stand twice');
  const late = entries.find((e) => e.since > state.asOf || e.toldOn > state.asOf);
  if (late !== undefined) throw invalid(where, 'entries', late.toldOn, `after the state's own day ${state.asOf}`);
  const lastAlerts = state.lastAlerts.map((alert, i) => checked(where, `lastAlerts[${i}]`, alert, ALERT) as unknown as Alert);
  const lastDigest = checked(where, 'lastDigest', state.lastDigest, Object.fromEntries(Object.keys(EMPTY_DIGEST).map((name) => [name, (v: unknown) => Number.isInteger(v) && (v as number) >= 0]))) as unknown as AlertDigest;
  return { kind: 'alerts', version: 1, asOf: state.asOf, entries, lastAlerts, lastDigest };
}

const DAMAGED = 'Restore what the last run saved, or remove it to begin anew; emptyAlertState() is the state before the first run.';

function checked(where: string, path: string, object: unknown, fields: Readonly<Record<string, (value: unknown) => boolean>>): Record<string, unknown> {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw invalid(where, path, object, 'not an object');
  const own = object as Record<string, unknown>;
  const name = (field: string): string => (path === '' ? field : `${path}.${field}`);
  for (const key of Object.keys(own)) if (!Object.hasOwn(fields, key)) throw invalid(where, name(key), own[key], 'no field of an alert state');
  return Object.fromEntries(Object.entries(fields).map(([key, fine]) => {
    if (!Object.hasOwn(own, key) || !fine(own[key])) throw invalid(where, name(key), own[key], 'missing or wrong');
    return [key, own[key]];
  }));
}

function invalid(where: string, path: string, value: unknown, what: string, mend = DAMAGED): ClienteleError {
  const shown = typeof value === 'object' && value !== null ? 'an object' : valueText(value);
  return new ClienteleError('MODEL_INVALID', { where, option: path, value: shown }, `${path === '' ? 'the alert state' : `field ${path} of the alert state`} is ${shown}: ${what}.`, mend);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}
function isDay(value: unknown): boolean {
  return value === '' || (typeof value === 'string' && dayOfText(value) !== undefined);
}
function isNumberOrNull(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}
