/** What the twin of `rfm` in another thread needs; not part of the public API. */
export { FIT_OPTIONS, SCORE_OPTIONS } from '../options.js';
export { restoreRfm } from '../result.js';
