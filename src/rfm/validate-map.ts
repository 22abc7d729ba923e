import { checkMap } from './check-map.js';
import { codeCount, codeScores, codeText } from './codes.js';
import type { SegmentMap } from './segment-map.js';
import type { MapName } from './segment-maps.js';

/** What a segment map covers. */
export interface MapCoverage {
  /** how many codes there are */
  readonly codes: number;
  /** true when every code is in exactly one segment */
  readonly complete: boolean;
  /** codes that several segments take, with those segments in the order they are tried: the first has the code */
  readonly twice: readonly { readonly code: string; readonly segments: readonly string[] }[];
  /** codes that no segment takes: their customers become `others` */
  readonly missing: readonly string[];
  /** segments that never appear, because others before them take all their codes */
  readonly hidden: readonly string[];
}

/**
 * Look at a segment map before it is used: which codes it covers twice or not at all, and which segments nobody can get.
 *
 * @param map a built-in name other than `'octants'`, or a map of one's own
 * @throws ClienteleError `OPTION_INVALID` for a map that cannot be read: a code that is none, a key that stands twice
 * @example
 * validateMap('standard').complete;       // true
 * validateMap('intervals-02').hidden;     // ['new', 'promising', …]
 *
 * O(codes × segments).
 */
export function validateMap(map: Exclude<MapName, 'octants'> | SegmentMap): MapCoverage {
  const { bins, segments } = checkMap('validateMap', map);
  const count = codeCount(bins);
  const takers = Array.from({ length: count }, (): string[] => []);
  for (const { source, codes } of segments) for (const code of codes) takers[code]!.push(source.key);
  const text = (code: number): string => codeText(codeScores(code, bins), bins);
  const twice = takers.flatMap((keys, code) => (keys.length > 1 ? [{ code: text(code), segments: keys }] : []));
  const missing = takers.flatMap((keys, code) => (keys.length === 0 ? [text(code)] : []));
  const seen = new Set(takers.map((keys) => keys[0]));
  const hidden = segments.map(({ source }) => source.key).filter((key) => !seen.has(key));
  return { codes: count, complete: twice.length === 0 && missing.length === 0, twice, missing, hidden };
}
