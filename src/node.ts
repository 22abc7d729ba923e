/** The doors that need Node: files in and out. */
export * from './io/node/index.js';
export * from './report/node/index.js';
export * from './parallel/index.js';
