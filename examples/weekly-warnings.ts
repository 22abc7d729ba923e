// The weekly job of a CRM: who slips away, what to do about it, and only what is new since last week.
import { alerts, emptyAlertState, evaluateWarnings, exampleOrders, loadAlertState, recommendAction, warnings, type WarningRule } from 'clientele';

const orders = exampleOrders({ customers: 2000, seed: 1 });

// Once: choose the limit on facts. Who was silent for 1, 2, 3 … usual gaps at mid-year, and never came back?
const rules: WarningRule[] = [{ rule: 'overdue', k: 2.5 }, { rule: 'frequency-drop' }];
const judged = evaluateWarnings(orders, { cutoff: '2025-06-30', horizon: 150, activeDays: 365, rules });
console.log(judged.table.select(['rule', 'alarms', 'precision', 'recall', 'leadDays', 'auc']).toString());

// Every week: the state is plain JSON and lives in a file or a database between runs.
let saved = JSON.stringify(emptyAlertState());
for (const asOf of ['2025-12-17', '2025-12-24', '2025-12-31']) {
  const found = warnings(orders, { asOf, rules });
  const week = alerts(loadAlertState(JSON.parse(saved)), found.table, { asOf, policy: { confirm: { times: 2, of: 2 } } });
  saved = JSON.stringify(week.state);
  console.log(`${asOf}: ${week.digest.new} new, ${week.digest.worse} worse, ${week.digest.cleared} cleared, ${week.digest.quiet} told before`);
  for (const alert of week.alerts.slice(0, 3)) console.log(`  ${alert.kind} ${alert.customer} ${alert.rule}: ${alert.reason}`);
}

// And what each is worth doing something about.
const today = warnings(orders, { rules, from: 'warn' });
console.log(recommendAction(today.table, { margin: 0.4, saveRate: 0.15, costs: { call: 8, offer: 1 } }).head(5).toString());
