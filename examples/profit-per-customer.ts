// Profit per customer: revenue less direct cost less what it costs to serve, and what would change it.
import { costToServe, profitability, whaleCurve, whatIf } from 'clientele/profit';

const events = { customer: ['a', 'a', 'b', 'b', 'c'], kind: ['visit', 'call', 'visit', 'call', 'call'] };
const served = costToServe(events, { rates: { visit: 38, call: 4.75 } });
const result = profitability({ customer: ['a', 'b', 'c'], revenue: [200, 90, 50] }, { directCost: { marginRate: 0.4 }, costToServe: served });

console.log(result.table.select(['customer', 'revenue', 'margin', 'costToServe', 'profit', 'rank']));
console.log(whaleCurve(result.table).sentence);
console.log(whatIf(result, [{ name: 'standard service', who: 'unprofitable', service: -0.4 }]).actions.select(['label', 'customers', 'before', 'after', 'total']));
