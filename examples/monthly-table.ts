// The monthly table of account managers, from the order log and a list of who looks after whom.
import { exampleOrders } from 'clientele';
import { managementTable } from 'clientele/profit';

const orders = exampleOrders({ customers: 2000, seed: 1 });
const ids = [...new Set(orders.toColumns()['customer'] as string[])];
const crm = { customer: ids, manager: ids.map((_, i) => ['Li', 'Wang', 'Zhao'][i % 3]!) };

const month = managementTable(orders, { customers: crm, by: 'manager', period: '2025-11', plan: { Li: 26000, Wang: 26000, Zhao: 26000 } });
console.log(month.table.select(['label', 'customers', 'won', 'wonBack', 'lost', 'value', 'growth', 'ofPlan']));
