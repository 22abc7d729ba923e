import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { codeCount, codeScores, codeText, parseCode } from './codes.js';
import type { MapSegment, ScoreRanges, SegmentMap } from './segment-map.js';
import { SEGMENT_MAPS, type MapName } from './segment-maps.js';
import type { BothLanguages } from './segment-texts.js';

/** A map that passed the checks, every segment's codes as numbers. */
export interface CheckedMap {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly bins: readonly number[];
  readonly segments: readonly { readonly source: MapSegment; readonly codes: readonly number[] }[];
  readonly order: readonly string[];
}

/**
 * Check a map and spell out its codes; overlaps and gaps are left in.
 *
 * @throws ClienteleError `OPTION_INVALID` naming the segment and what is wrong with it
 */
export function checkMap(where: string, input: unknown): CheckedMap {
  if (typeof input === 'string') {
    const name = checkWord(where, 'map', input, [...Object.keys(SEGMENT_MAPS), 'octants'] as MapName[]);
    if (name === 'octants') throw mapInvalid(where, 'octants cut the measures, so they have no codes', 'Name another map.');
    return checkMap(where, SEGMENT_MAPS[name]);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw optionInvalid(where, 'map', input, "Give a map's name, or { segments: [{ key, codes or ranges }, …] }.");
  checkKeys(where, input, ['name', 'dimensions', 'bins', 'method', 'segments', 'order']);
  const map = input as SegmentMap;
  const { name = 'custom', dimensions = ['r', 'f', 'm'] } = map;
  if (typeof name !== 'string' || name === '') throw mapInvalid(where, 'the name is not text', 'Give it a name.');
  if (!textList(dimensions) || dimensions.length === 0 || new Set(dimensions).size < dimensions.length) throw mapInvalid(where, 'dimensions is not a list of different keys', "Name them: ['r', 'f', 'm'].");
  const bins = map.bins ?? dimensions.map(() => 5);
  if (!Array.isArray(bins) || bins.length !== dimensions.length || !bins.every((n: unknown) => Number.isInteger(n) && (n as number) >= 2 && (n as number) <= 20)) {
    throw mapInvalid(where, `bins is not one number of scores per dimension (${dimensions.join(', ')})`, 'Give whole numbers from 2 to 20.');
  }
  if (!Array.isArray(map.segments) || map.segments.length === 0) throw mapInvalid(where, 'it has no segments', 'Give segments: [{ key, codes or ranges }, …].');
  const segments = (map.segments as readonly MapSegment[]).map((segment, i) => ({ source: segment, codes: codesOf(where, segment, i, dimensions, bins) }));
  const keys = segments.map(({ source }) => source.key);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) throw mapInvalid(where, `segment ${valueText(twice)} stands twice`, 'Join its codes or ranges in one segment.');
  const order = map.order ?? keys;
  if (!textList(order) || order.length !== keys.length || !keys.every((key) => order.includes(key))) throw mapInvalid(where, 'order does not name every segment once', 'List all keys from best to worst.');
  return { name, dimensions, bins, segments, order };
}

function codesOf(where: string, segment: MapSegment, i: number, dimensions: readonly string[], bins: readonly number[]): number[] {
  if (typeof segment !== 'object' || segment === null || typeof segment.key !== 'string' || segment.key === '') throw mapInvalid(where, `segment ${i} has no key`, "Give each a key: { key: 'vip', codes: [...] }.");
  checkKeys(where, segment, ['key', 'codes', 'ranges', 'label', 'meaning', 'action']);
  const named = valueText(segment.key);
  if (segment.codes === undefined && segment.ranges === undefined) throw mapInvalid(where, `segment ${named} has neither codes nor ranges`, 'Give one of them.');
  if (segment.codes !== undefined && !textList(segment.codes)) throw mapInvalid(where, `the codes of segment ${named} are not a list of texts`, "Write ['555', '554'].");
  for (const field of ['label', 'meaning', 'action'] as const) bothLanguages(where, segment, field);
  const listed = (segment.codes ?? []).map((text) => {
    const code = parseCode(text, bins);
    if (code === undefined) throw mapInvalid(where, `segment ${named} has the code ${valueText(text)}`, `A code has one score for each of ${dimensions.join(', ')}, up to ${bins.join(', ')}.`);
    return code;
  });
  const again = listed.find((code, k) => listed.indexOf(code) < k);
  if (again !== undefined) throw mapInvalid(where, `segment ${named} lists the code ${codeText(codeScores(again, bins), bins)} twice`, 'List each code once.');
  return [...new Set([...listed, ...rangesOf(segment).flatMap((one) => codesInRanges(where, named, one, dimensions, bins))])];
}

/** The sets of ranges of a segment; none for a list of codes. */
export function rangesOf(segment: MapSegment): readonly ScoreRanges[] {
  if (segment.ranges === undefined) return [];
  return Array.isArray(segment.ranges) ? (segment.ranges as readonly ScoreRanges[]) : [segment.ranges as ScoreRanges];
}

function codesInRanges(where: string, named: string, ranges: ScoreRanges, dimensions: readonly string[], bins: readonly number[]): number[] {
  if (typeof ranges !== 'object' || ranges === null) throw mapInvalid(where, `the ranges of segment ${named} are not an object`, 'Write { r: [4, 5], f: 5 }.');
  checkKeys(where, ranges, dimensions);
  const limits = dimensions.map((key, d) => {
    const range: unknown = Object.hasOwn(ranges, key) ? ranges[key] : [1, bins[d]];
    const [from, to] = Array.isArray(range) && range.length === 2 ? (range as unknown[]) : [range, range];
    if (Number.isInteger(from) && Number.isInteger(to) && (from as number) >= 1 && (from as number) <= (to as number) && (to as number) <= bins[d]!) return [from as number, to as number] as const;
    throw mapInvalid(where, `the range of ${key} in segment ${named} is ${valueText(JSON.stringify(range))}`, `Write a score or [from, to] within 1 to ${bins[d]}.`);
  });
  return Array.from({ length: codeCount(bins) }, (_, code) => code).filter((code) => codeScores(code, bins).every((score, d) => score >= limits[d]![0] && score <= limits[d]![1]));
}

/** A text of a segment in both languages; the same text for both when one is given. */
export function bothLanguages(where: string, segment: MapSegment, field: 'label' | 'meaning' | 'action'): BothLanguages | undefined {
  const given: unknown = segment[field];
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { en: given, zh: given };
  const { en, zh } = (typeof given === 'object' && given !== null ? given : {}) as Partial<Record<'en' | 'zh', unknown>>;
  if (typeof en === 'string' && typeof zh === 'string') return { en, zh };
  throw mapInvalid(where, `the ${field} of segment ${valueText(segment.key)} is ${valueText(given)}`, "Give text, or { en: '…', zh: '…' }.");
}

function textList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

/** The error for a map that cannot be used. */
export function mapInvalid(where: string, what: string, mend: string): ClienteleError {
  return new ClienteleError('OPTION_INVALID', { where, option: 'map' }, `the segment map is not usable: ${what}.`, mend);
}
