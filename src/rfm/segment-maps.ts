import type { MapSegment, SegmentMap } from './segment-map.js';

/** Names of the built-in segment maps, `octants` apart: it cuts the measures themselves. */
export type MapName = 'standard' | 'rf10' | 'intervals' | 'intervals-02' | 'thirds27' | 'octants';

/**
 * The built-in segment maps as data, segments from best to worst; their labels and actions stand in `SEGMENT_TEXTS`.
 *
 * - `standard`: 11 segments over all 125 codes, the widely copied list; complete, no overlap
 * - `rf10`: 10 segments over the 25 R and F codes, the map of most notebooks; money is not looked at
 * - `intervals`: ranges of the R package rfm 0.3.0, the first that matches; what is left are `others`
 * - `intervals-02`: ranges of rfm 0.2; `new` and `promising` lie inside others and never appear
 * - `thirds27`: Klaviyo's 6 segments over 27 codes; brings its scoring, R by 180 and 365 days, F and M in thirds
 */
export const SEGMENT_MAPS: Readonly<Record<Exclude<MapName, 'octants'>, SegmentMap>> = {
  standard: {
    name: 'standard',
    segments: [
      codes('champions', '555 554 544 545 454 455 445'),
      codes('loyal', '543 444 435 355 354 345 344 335'),
      codes('potential_loyalist', '553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323'),
      codes('new', '512 511 422 421 412 411 311'),
      codes('promising', '525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313'),
      codes('need_attention', '535 534 443 434 343 334 325 324'),
      codes('about_to_sleep', '331 321 312 221 213 231 241 251'),
      codes('at_risk', '255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124'),
      codes('cannot_lose', '155 154 144 214 215 115 114 113'),
      codes('hibernating', '332 322 233 232 223 222 132 123 122 212 211'),
      codes('lost', '111 112 121 131 141 151'),
    ],
  },
  rf10: {
    name: 'rf10',
    dimensions: ['r', 'f'],
    segments: [
      codes('champions', '54 55'),
      codes('loyal', '34 35 44 45'),
      codes('potential_loyalist', '42 43 52 53'),
      codes('new', '51'),
      codes('promising', '41'),
      codes('need_attention', '33'),
      codes('about_to_sleep', '31 32'),
      codes('at_risk', '13 14 23 24'),
      codes('cannot_lose', '15 25'),
      codes('hibernating', '11 12 21 22'),
    ],
  },
  intervals: {
    name: 'intervals',
    order: ['champions', 'loyal', 'potential_loyalist', 'new', 'promising', 'need_attention', 'about_to_sleep', 'at_risk', 'cannot_lose', 'lost'],
    segments: [
      ranges('champions', [5, 5], [5, 5], [5, 5]),
      ranges('potential_loyalist', [3, 5], [3, 5], [2, 5]),
      ranges('loyal', [2, 4], [2, 4], [2, 4]),
      ranges('promising', [3, 4], [1, 3], [3, 5]),
      ranges('new', [4, 5], [1, 3], [1, 5]),
      ranges('cannot_lose', [1, 2], [3, 4], [4, 5]),
      ranges('at_risk', [1, 2], [2, 5], [4, 5]),
      ranges('need_attention', [1, 3], [3, 5], [3, 5]),
      ranges('about_to_sleep', [2, 3], [1, 3], [1, 4]),
      ranges('lost', [1, 1], [1, 5], [1, 5]),
    ],
  },
  'intervals-02': {
    name: 'intervals-02',
    order: ['champions', 'loyal', 'potential_loyalist', 'new', 'promising', 'need_attention', 'about_to_sleep', 'at_risk', 'cannot_lose', 'lost'],
    segments: [
      ranges('champions', [4, 5], [4, 5], [4, 5]),
      ranges('loyal', [2, 5], [3, 5], [3, 5]),
      ranges('potential_loyalist', [3, 5], [1, 3], [1, 3]),
      ranges('new', [4, 5], [1, 1], [1, 1]),
      ranges('promising', [3, 4], [1, 1], [1, 1]),
      ranges('need_attention', [2, 3], [2, 3], [2, 3]),
      ranges('about_to_sleep', [2, 3], [1, 2], [1, 2]),
      ranges('at_risk', [1, 2], [2, 5], [2, 5]),
      ranges('cannot_lose', [1, 1], [4, 5], [4, 5]),
      ranges('lost', [1, 2], [1, 2], [1, 2]),
    ],
  },
  thirds27: {
    name: 'thirds27',
    bins: [3, 3, 3],
    method: { r: { cuts: [180, 365], closed: 'right' }, f: 'ntile', m: 'ntile' },
    segments: [
      codes('champions', '333 332 323'),
      codes('loyal', '321 322 331 232 233'),
      codes('recent', '312 313 311 222 223'),
      codes('need_attention', '213 221 123 132 133'),
      codes('at_risk', '231 212 122 131 211'),
      codes('inactive', '111 112 113 121'),
    ],
  },
};

function codes(key: string, list: string): MapSegment {
  return { key, codes: list.split(' ') };
}

function ranges(key: string, r: [number, number], f: [number, number], m: [number, number]): MapSegment {
  return { key, ranges: { r, f, m } };
}
