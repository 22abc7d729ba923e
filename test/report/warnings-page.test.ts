import { describe, expect, it } from 'vitest';
import { warningsPage } from '../../src/report/index.js';
import { exampleOrders } from '../../src/transactions/index.js';
import { alerts, emptyAlertState, warnings } from '../../src/warnings/index.js';
import { logOf } from '../transactions/log.js';

const asOf = '2025-12-31';
const found = warnings(exampleOrders({ customers: 200, seed: 2 }), { asOf });

describe('warningsPage', () => {
  it('lists the findings in their order, and says how many are left out', () => {
    const page = warningsPage(found, { most: 3 });
    const ids = found.table.head(3).toColumns()['customer'] as string[];
    expect([...page.matchAll(/<th scope="row">(C\d+)<\/th>/g)].map(([, id]) => id)).toEqual(ids);
    expect(page).toContain(`The first 3 of ${found.table.numRows}.`);
    expect(page).not.toMatch(/<script|NaN|undefined|Infinity/);
  });
  it('begins with what is new, or says that nothing is', () => {
    const told = alerts(emptyAlertState(), found.table, { asOf });
    expect(warningsPage(found, { alerts: told })).toMatch(/New since the last run[\s\S]*All findings/);
    expect(warningsPage(found, { alerts: { alerts: [], digest: told.digest } })).toContain('Nothing new since the last run.');
    expect(warningsPage(found)).not.toContain('since the last run');
  });
  it('speaks Chinese, escapes ids, and shows an empty list', () => {
    const odd = warnings(logOf([['<b>&"', '2025-01-01', 5], ['<b>&"', '2025-01-11', 5], ['<b>&"', '2025-01-21', 5], ['x', '2025-12-31', 1]]), { rules: [{ rule: 'overdue' }], labels: 'zh' });
    const page = warningsPage(odd, { language: 'zh' });
    expect(page).toContain('&lt;b&gt;&amp;&quot;');
    expect(page).toContain('正在流失的客户');
    expect(warningsPage(warnings(logOf([['x', '2025-12-31', 1]])))).toContain('No rule found anything.');
  });
  it('refuses what is no result', () => {
    expect(() => warningsPage({} as never)).toThrow('not a result of warnings');
    expect(() => warningsPage(found, { most: -1 })).toThrow('option most');
  });
});
