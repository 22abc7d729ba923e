/** What the twins of the fits and of `clv` in another thread need; not part of the public API. */
export { CLV_OPTIONS } from '../clv.js';
export { PURCHASE_FIT_OPTIONS } from '../fit-purchases.js';
export { FIT_OPTIONS } from '../maximize-likelihood.js';
