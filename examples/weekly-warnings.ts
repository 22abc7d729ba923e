// The weekly job of a CRM, end to end: orders and invoices in; who slips away, who owes, what is new since last week, what to
// do about it, and a page for people out. Between runs it keeps one file of plain JSON.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  alerts, charts, crisisView, emptyAlertState, evaluateWarnings, exampleOrders, loadAlertState, receivables, recommendAction, rfm, summarize, warnings, warningsPage, type AlertState, type Transactions, type WarningRule,
} from 'clientele';

const orders = exampleOrders({ customers: 2000, seed: 1 });
const customers = ['C000001', 'C000002', 'C000003'];
const invoices = {
  invoice: ['i1', 'i2', 'i3'], customer: customers, date: ['2025-08-01', '2025-11-20', '2025-12-15'], due: ['2025-08-31', '2025-12-20', '2026-01-14'], amount: [1200, 300, 450],
};
const payments = { invoice: ['i2'], date: ['2025-12-22'], amount: [100] };

// Customers with few orders are held against those of their segment. Segments are scored as of the same day.
function rulesAt(asOf: string): WarningRule[] {
  const segments = rfm(summarize(orders, { asOf })).table.select(['customer', 'segment']);
  return [{ rule: 'overdue', k: 2.5, segments }, { rule: 'frequency-drop' }, { rule: 'spend-drop' }];
}

// Once: choose limits on facts. Who was silent at mid-year, and never came back?
const judged = evaluateWarnings(orders, { cutoff: '2025-06-30', horizon: 150, activeDays: 365, rules: rulesAt('2025-06-30') });
console.log(judged.table.select(['rule', 'alarms', 'precision', 'recall', 'auc']).toString());
console.log(String(charts.rocCurve(judged)).split('\n')[0]);

// Every week.
const STATE = 'alerts.json';
function lastState(): AlertState {
  return existsSync(STATE) ? loadAlertState(JSON.parse(readFileSync(STATE, 'utf8'))) : emptyAlertState();
}
/** Written beside and renamed, so that a job that dies leaves the old file whole. */
function keep(state: AlertState): void {
  writeFileSync(`${STATE}.new`, JSON.stringify(state));
  renameSync(`${STATE}.new`, STATE);
}

function week(log: Transactions, asOf: string): ReturnType<typeof alerts> {
  const found = warnings(log, { asOf, rules: rulesAt(asOf) });
  const ledger = receivables(invoices, { asOf, payments });
  const all = crisisView([found.table, ledger.warnings], { from: 'watch' });
  const told = alerts(lastState(), all, { asOf, policy: { confirm: { times: 2, of: 2 }, mutes: [{ customer: 'C000002', until: '2025-12-31' }] } });
  const actions = recommendAction(crisisView([all]), { margin: 0.4, saveRate: 0.15, costs: { call: 8, offer: 1 } });
  console.log(`${asOf}: ${all.numRows} findings; ${told.digest.new} new, ${told.digest.worse} worse, ${told.digest.cleared} cleared, ${told.digest.quiet} told before, ${told.digest.muted} muted`);
  console.log(actions.head(3).toString());
  writeFileSync('warnings.html', warningsPage(found, { alerts: told }));
  // Last: a job that failed before this line tells its alerts again next time.
  keep(told.state);
  return told;
}

const runs = ['2025-12-17', '2025-12-24', '2025-12-31'].map((asOf) => week(orders, asOf));
const again = week(orders, '2025-12-31');
console.log(`the same day again: ${again.repeated ? 'the same alerts, the file unchanged' : 'something is wrong'}`);
console.log(String(charts.alertTimeline(runs, { most: 5 })).split('\n').slice(0, 2).join('\n'));
