import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { table, type Table } from '../../src/columns/index.js';
import { alerts, emptyAlertState, loadAlertState, SEVERITIES, type AlertPolicy, type AlertState } from '../../src/warnings/index.js';

const found = (rows: readonly (readonly [string, number])[]): Table => table({
  customer: rows.map(([id]) => id), rule: rows.map(() => 'overdue'), severity: rows.map(([, rank]) => SEVERITIES[rank]!), value: rows.map(() => 1), limit: rows.map(() => 1), base: rows.map(() => 1), reason: rows.map(() => 'because'), moneyAtStake: rows.map(() => 5),
});
const day = (d: number): string => `2026-01-${String(d).padStart(2, '0')}`;
/** Ranks of customer a day by day; what was told each day. */
const play = (ranks: readonly number[], policy: AlertPolicy = {}): { told: string[]; state: AlertState } => {
  let state = emptyAlertState();
  const told = ranks.map((rank, i) => {
    const run = alerts(state, found(rank === 0 ? [] : [['a', rank]]), { asOf: day(i + 1), policy });
    state = loadAlertState(JSON.parse(JSON.stringify(run.state)));
    return run.alerts.map((alert) => alert.kind).join();
  });
  return { told, state };
};

describe('alerts', () => {
  it('fire on new, worse and cleared, and stay quiet between; entering and leaving limits lie apart', () => {
    expect(play([1, 2, 2, 1, 3, 1, 0, 2]).told).toEqual(['', 'new', '', '', 'worse', '', 'cleared', 'new']);
  });
  it('open only when N of M runs confirm', () => expect(play([2, 0, 2, 2], { confirm: { times: 2, of: 3 } }).told).toEqual(['', '', 'new', '']));
  it('remind once after a quiet time', () => expect(play([2, 2, 2, 2, 2, 2, 2], { remindAfterDays: 3 }).told).toEqual(['new', '', '', 'reminder', '', '', '']));
  it('are held back while muted, counted, and come when the silence ends; critical passes', () => {
    const mutes = [{ customer: 'a', until: day(3) }];
    expect(play([2, 2, 2, 2], { mutes }).told).toEqual(['', '', '', 'new']);
    expect(play([2, 3, 3], { mutes }).told).toEqual(['', 'new', '']);
    expect(alerts(emptyAlertState(), found([['a', 2]]), { asOf: day(1), policy: { mutes } }).digest).toMatchObject({ muted: 1, open: 1, new: 0 });
  });
  it('a mute takes an id that is a number, and refuses one that is neither text nor a number', () => {
    const run = (customer: unknown): ReturnType<typeof alerts> => alerts(emptyAlertState(), found([['7', 2]]), { asOf: '2025-01-01', policy: { mutes: [{ customer: customer as number, until: '2025-12-31' }] } });
    expect(run(9).digest).toMatchObject({ new: 1, muted: 0 });
    expect(run(7).digest).toMatchObject({ new: 0, muted: 1 });
    expect(run('7').digest).toMatchObject({ new: 0, muted: 1 });
    for (const customer of [null, ['7'], true]) expect(() => run(customer)).toThrow('policy.mutes[0].customer');
  });
  it('show themselves in Chinese', () => {
    expect(String(alerts(emptyAlertState(), found([['7', 3]]), { asOf: '2025-01-01', labels: 'zh' })).split('\n')).toEqual(['2025-01-01 的预警：新增 1，恶化 0，解除 0，提醒 0，未结 1，静默 0，待确认 0，无变化 0', '新增 严重 7 逾期未购：because']);
  });
  it('a new episode has a new key', () => {
    const { state } = play([2, 0, 2]);
    expect(state.lastAlerts.map(({ key }) => key)).toEqual(['["overdue","a",2]']);
  });
  const history = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 25 });
  const policies = fc.record({ confirm: fc.constantFrom({ times: 1, of: 1 }, { times: 2, of: 3 }), remindAfterDays: fc.constantFrom(0, 3) });
  it('twice for one day change nothing, and a history replayed tells the same', () => fc.assert(fc.property(history, policies, (ranks, policy) => {
    const { told, state } = play(ranks, policy);
    expect(play(ranks, policy)).toEqual({ told, state });
    const again = alerts(state, found([['a', 3]]), { asOf: day(ranks.length), policy });
    expect(again).toMatchObject({ repeated: true, alerts: state.lastAlerts });
    expect(again.state).toEqual(state);
  })));
  it('never clear what was not told, never tell new twice in one episode', () => fc.assert(fc.property(history, policies, (ranks, policy) => {
    let open = false;
    for (const kind of play(ranks, policy).told) {
      if (kind === 'new') expect(open).toBe(false);
      if (kind === 'cleared' || kind === 'worse' || kind === 'reminder') expect(open).toBe(true);
      open = kind === 'new' || (open && kind !== 'cleared');
    }
  })));
  it('show themselves: the digest and what is told, ids escaped', () => {
    const told = alerts(emptyAlertState(), found([['<b>', 2]]), { asOf: day(1) });
    expect(String(told)).toBe('alerts of 2026-01-01: 1 new, 0 worse, 0 cleared, 0 reminder, 1 open, 0 muted, 0 unconfirmed, 0 quiet\nNEW warn <b> overdue: because');
    expect(told.toHTML()).toContain('NEW warn &lt;b&gt;');
    expect(String(alerts(told.state, found([]), { asOf: day(1) }))).toContain('(this day was run before; told again)');
    expect(Object.keys(told)).toEqual(['alerts', 'digest', 'repeated', 'state']);
  });
  it('refuse a day before the state, a damaged state, and one of the future', () => {
    const { state } = play([2, 2]);
    expect(() => alerts(state, found([]), { asOf: day(1) })).toThrow('the state is of 2026-01-02, after 2026-01-01');
    expect(() => loadAlertState({ ...state, version: 2 })).toThrow('written by a newer version of this library');
    // A newer version has fields of its own: the version is the reason, not they.
    for (const newer of [{ ...state, version: 2, extra: 1 }, { kind: 'alerts', version: 2 }]) expect(() => loadAlertState(newer)).toThrow(/version of the alert state is 2: written by a newer version.*Update clientele/);
    expect(() => loadAlertState({ kind: 'rfm', version: 2 })).toThrow('field kind of the alert state is "rfm": not an alert state');
    expect(() => loadAlertState({ ...state, entries: [{ ...state.entries[0], told: 9 }] })).toThrow('field entries[0].told');
    expect(() => loadAlertState({ ...state, extra: 1 })).toThrow('field extra');
    expect(() => loadAlertState('x')).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
    expect(() => alerts(state, found([]), { asOf: day(3), policy: { enter: 'watch', leave: 'warn' } })).toThrow('cannot be left above');
  });
});
