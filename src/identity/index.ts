export { unify, type Unified } from './unify.js';
export type { IdentitySource } from './sources.js';
export type { IdentityKey, IdentityMatch, KeyKind, UnifyOptions } from './identity-options.js';
export type { PhoneLibrary } from './phone-number.js';
export { unmerge, type Joins } from './unmerge.js';
export { compareTop, type CompareTopOptions, type TopCompared } from './compare-top.js';
export { matchQuality, type MatchQuality } from './match-quality.js';
export { exampleRecords, type ExampleRecords, type ExampleRecordsOptions } from './example-records.js';
