export { asOfLine, Customers, type CustomersMeta } from './customers.js';
export { CANCELLED_STATUSES, makeTransactions, ROLES, Transactions, type LogMeta, type Role, type TransactionsParts } from './transactions.js';
