export { asOfLine, Customers, type CustomersMeta } from './customers.js';
export { mergeCustomers, type MergeOptions } from './merge-customers.js';
export type { RosterInput } from './roster.js';
export { concatTransactions } from './concat-transactions.js';
export { checkSummarizeOptions, lineItemWarning, summarize, type SummarizeOptions } from './summarize.js';
export { CANCELLED_STATUSES, isTransactions, makeTransactions, ROLES, Transactions, type LogMeta, type Role, type TransactionsParts } from './transactions.js';
export { highLowCut, OCTANTS, octantOf, type Octant } from './octants.js';
export { exampleOrders, type ExampleOptions } from './example-orders.js';
export { asOfUnit, fromUnit } from './window.js';
