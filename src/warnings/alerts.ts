import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { compareText, dayOption, escapeHtml, showableResult, type Showable, type Table } from '../columns/index.js';
import { loadAlertState, type Alert, type AlertDigest, type AlertEntry, type AlertKind, type AlertState } from './alert-state.js';
import { alertLine, digestLine } from './alert-lines.js';
import { findingsOf } from './crisis-view.js';
import type { OperationFinding } from './operation-warnings.js';
import { SEVERITIES, type Severity } from './severity.js';
import type { Language } from './words.js';

/** Silence asked for, until a day; critical warnings pass it. */
export interface Mute {
  readonly rule?: string;
  readonly customer?: string | number;
  /** last day of the silence, 'YYYY-MM-DD' */
  readonly until: string;
}

export interface AlertPolicy {
  /** severity that opens an episode, `'warn'` by default */
  readonly enter?: Severity;
  /** severity below which it is over, `'watch'` by default: apart from `enter`, so that a value on the limit does not flap */
  readonly leave?: Severity;
  /** an episode opens when `times` of the last `of` runs were at or above `enter`; 1 of 1 by default */
  readonly confirm?: { readonly times: number; readonly of: number };
  /** days without an alert after which one reminder comes; 30 by default, 0 for none */
  readonly remindAfterDays?: number;
  readonly mutes?: readonly Mute[];
}

/** What a run of the alerts gives; shows itself as the digest and the alerts. */
export interface Alerts {
  /** worst first, then most money (unknown last), then key */
  readonly alerts: readonly Alert[];
  readonly digest: AlertDigest;
  /** to be kept for the next run, as JSON */
  readonly state: AlertState;
  /** true where this day was run before and its alerts are told again unchanged */
  readonly repeated: boolean;
}

/**
 * Turn warnings into alerts that come once: new, worse, cleared, and one reminder after a quiet time.
 *
 * Running twice for one day tells the same alerts and leaves the state as it is, so a job that broke may run again;
 * replaying the same history gives the same alerts. A muted episode stays unsaid and comes as new when the silence ends.
 *
 * @param state of the last run, or {@link emptyAlertState}; not modified
 * @param found a table of warnings of all severities from `leave` up, as `warnings(…).table` is; not modified
 * @param options `asOf` 'YYYY-MM-DD' (required), `policy`, `labels` (`'en'` or `'zh'`: what it shows; reasons keep the language of `found`)
 * @throws ClienteleError `OPTION_INVALID` for a day before the state's; `MODEL_INVALID` for a damaged state; `VALUE_INVALID`
 * @example
 * const { alerts: todo, state } = alerts(saved, warnings(orders, { asOf }).table, { asOf });
 *
 * O((entries + warnings) log).
 */
export function alerts(state: AlertState, found: Table, options: { readonly asOf: string; readonly policy?: AlertPolicy; readonly labels?: Language }): Alerts & Showable {
  const where = 'alerts';
  checkKeys(where, options, ['asOf', 'policy', 'labels']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const day = dayOption(where, 'asOf', options.asOf);
  const rules = readPolicy(where, options.policy ?? {});
  const before = loadAlertState(state);
  if (before.asOf > options.asOf) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'asOf', value: options.asOf }, `the state is of ${before.asOf}, after ${options.asOf}.`, 'Give a later asOf, or the state saved before that day.');
  }
  if (before.asOf === options.asOf) return shown({ alerts: before.lastAlerts, digest: before.lastDigest, state: before, repeated: true }, labels);

  const now = new Map<string, OperationFinding>();
  for (const row of findingsOf(where, found)) {
    const key = JSON.stringify([row.rule, row.customer]);
    const known = now.get(key);
    if (known === undefined || row.rank > known.rank) now.set(key, row);
  }
  const past = new Map(before.entries.map((entry) => [JSON.stringify([entry.rule, entry.customer]), entry]));
  const told: Alert[] = [], entries: AlertEntry[] = [];
  const counts = { new: 0, worse: 0, cleared: 0, reminder: 0, open: 0, muted: 0, unconfirmed: 0, quiet: 0 };
  for (const key of [...new Set([...past.keys(), ...now.keys()])].sort(compareText)) {
    const step = advance(past.get(key), now.get(key), { day, asOf: options.asOf, rules });
    if (step.entry !== undefined) entries.push(step.entry);
    if (step.entry?.open === true) counts.open++;
    if (step.outcome !== undefined) counts[step.outcome]++;
    if (step.alert !== undefined) told.push(step.alert);
  }
  const stake = ({ moneyAtStake }: Alert): number => moneyAtStake ?? -Infinity;
  told.sort((a, b) => b.rank - a.rank || stake(b) - stake(a) || compareText(a.key, b.key));
  return shown({ alerts: told, digest: counts, repeated: false, state: { kind: 'alerts', version: 1, asOf: options.asOf, entries, lastAlerts: told, lastDigest: counts } }, labels);
}

function shown(result: Alerts, language: Language): Alerts & Showable {
  const { state: { asOf }, repeated, digest } = result;
  const head = language === 'zh' ? `${asOf} 的预警${repeated ? '（当日已运行过，重复告知）' : ''}：` : `alerts of ${asOf}${repeated ? ' (this day was run before; told again)' : ''}: `;
  const lines = [`${head}${digestLine(digest, language)}`, ...result.alerts.map((alert) => alertLine(alert, language))];
  return showableResult(result, { text: () => lines.join('\n'), html: () => lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('') });
}

interface Policy {
  readonly enter: number;
  readonly leave: number;
  readonly times: number;
  readonly of: number;
  readonly remindAfterDays: number;
  readonly mutes: readonly { readonly rule?: string; readonly customer?: string; readonly until: number }[];
}

function readPolicy(where: string, policy: AlertPolicy): Policy {
  checkKeys(`${where}, policy`, policy, ['enter', 'leave', 'confirm', 'remindAfterDays', 'mutes']);
  const rank = (option: 'enter' | 'leave', standard: Severity): number => SEVERITIES.indexOf(checkWord(where, `policy.${option}`, policy[option] ?? standard, SEVERITIES));
  const [enter, leave] = [rank('enter', 'warn'), rank('leave', 'watch')];
  if (leave > enter) throw optionInvalid(where, 'policy.leave', policy.leave, 'An episode cannot be left above the severity that opens it.');
  const { times = 1, of = 1 } = policy.confirm ?? {};
  checkWhole(where, 'policy.confirm.of', of, 1, 64);
  checkWhole(where, 'policy.confirm.times', times, 1, of);
  const mutes = (policy.mutes ?? []).map((mute, i) => {
    checkKeys(`${where}, policy.mutes[${i}]`, mute, ['rule', 'customer', 'until']);
    if (mute.rule === undefined && mute.customer === undefined) throw optionInvalid(where, `policy.mutes[${i}]`, valueText(mute.until), 'Say which rule or customer is muted; nothing mutes everything.');
    const { rule, customer } = mute;
    if (rule !== undefined && typeof rule !== 'string') throw optionInvalid(where, `policy.mutes[${i}].rule`, rule, 'Name a rule as it stands in the warnings.');
    if (customer !== undefined && typeof customer !== 'string' && typeof customer !== 'number') throw optionInvalid(where, `policy.mutes[${i}].customer`, customer, 'Give one id, text or a number.');
    // Alerts keep ids as text.
    return { ...(rule === undefined ? {} : { rule }), ...(customer === undefined ? {} : { customer: String(customer) }), until: dayOption(where, `policy.mutes[${i}].until`, mute.until) };
  });
  return { enter, leave, times, of, remindAfterDays: checkWhole(where, 'policy.remindAfterDays', policy.remindAfterDays ?? 30, 0), mutes };
}

interface Step {
  readonly entry?: AlertEntry;
  readonly alert?: Alert;
  readonly outcome?: Exclude<keyof AlertDigest, 'open'>;
}

/** One rule and customer, one run further. */
function advance(past: AlertEntry | undefined, row: OperationFinding | undefined, { day, asOf, rules }: { day: number; asOf: string; rules: Policy }): Step {
  const { rule, customer } = (past ?? row)!;
  const rank = row?.rank ?? -1;
  const hits = `${past?.hits ?? ''}${rank >= rules.enter ? '1' : '0'}`.slice(-rules.of);
  const confirmed = hits.split('').filter((hit) => hit === '1').length >= rules.times && rank >= rules.enter;
  const entry: AlertEntry = { ...(past ?? { rule, customer, episode: 0, open: false, since: '', told: -1, toldOn: '', reminded: false }), hits };

  if (entry.open && rank < rules.leave) {
    const closed = { ...entry, hits: '', open: false, since: '', told: -1, reminded: false };
    if (entry.told === -1) return { entry: closed };
    if (isMuted(rules, rule, customer, day)) return { entry: closed, outcome: 'muted' };
    return { entry: { ...closed, toldOn: asOf }, outcome: 'cleared', alert: alertOf('cleared', entry, row, entry.told) };
  }
  if (!entry.open && !confirmed) {
    // Nothing to remember: a customer never alerted whose runs are all quiet.
    if (entry.episode === 0 && !hits.includes('1')) return {};
    return { entry, ...(rank >= rules.enter ? { outcome: 'unconfirmed' as const } : {}) };
  }
  const open = entry.open ? entry : { ...entry, episode: entry.episode + 1, open: true, since: asOf, told: -1, reminded: false };
  const quietDays = open.toldOn === '' ? 0 : day - dayOption('alerts', 'toldOn', open.toldOn);
  const kind: AlertKind | undefined = open.told === -1 ? 'new' : rank > open.told ? 'worse' : !open.reminded && rules.remindAfterDays > 0 && quietDays >= rules.remindAfterDays ? 'reminder' : undefined;
  if (kind === undefined) return { entry: open, outcome: 'quiet' };
  if (rank < 3 && isMuted(rules, rule, customer, day)) return { entry: open, outcome: 'muted' };
  return { entry: { ...open, told: Math.max(open.told, rank), toldOn: asOf, reminded: kind === 'reminder' }, outcome: kind, alert: alertOf(kind, open, row, rank) };
}

function isMuted({ mutes }: Policy, rule: string, customer: string, day: number): boolean {
  return mutes.some((mute) => (mute.rule === undefined || mute.rule === rule) && (mute.customer === undefined || mute.customer === customer) && day <= mute.until);
}

function alertOf(kind: AlertKind, entry: AlertEntry, row: OperationFinding | undefined, rank: number): Alert {
  const known = (n: number | undefined): number | null => (n !== undefined && Number.isFinite(n) ? n : null);
  return {
    key: JSON.stringify([entry.rule, entry.customer, entry.episode]), kind, customer: entry.customer, rule: entry.rule, rank,
    value: known(row?.value), limit: known(row?.limit), base: known(row?.base), reason: row?.reason ?? '', moneyAtStake: known(row?.moneyAtStake),
  };
}
