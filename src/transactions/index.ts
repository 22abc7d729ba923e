export { asOfLine, Customers, type CustomersMeta } from './customers.js';
export type { RosterInput } from './roster.js';
export { summarize, type SummarizeOptions } from './summarize.js';
export { CANCELLED_STATUSES, isTransactions, makeTransactions, ROLES, Transactions, type LogMeta, type Role, type TransactionsParts } from './transactions.js';
