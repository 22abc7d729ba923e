export type { Language } from './format.js';
export { reportPage, type ReportOptions } from './page.js';
