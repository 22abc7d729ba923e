import { valueText } from '../core/index.js';
import { bothLanguages, mapInvalid, rangesOf, type CheckedMap } from './check-map.js';
import { codeCount, codeScores, codeText } from './codes.js';
import type { CodeMap, ModelSegment } from './model.js';
import type { MapSegment } from './segment-map.js';

/**
 * The map as a model keeps it: every code in exactly one segment, segments from best to worst, `others` last for the
 * codes no segment takes.
 *
 * @throws ClienteleError `OPTION_INVALID` for a code listed by two segments; ranges may overlap, the first one wins
 */
export function toCodeMap(where: string, map: CheckedMap): CodeMap {
  const { name, dimensions, bins } = map;
  const owner = new Int32Array(codeCount(bins)).fill(-1);
  map.segments.forEach(({ source, codes }, s) => {
    for (const code of codes) {
      const first = owner[code]!;
      if (first === -1) owner[code] = s;
      else if (listsOnly(source) && listsOnly(map.segments[first]!.source)) {
        throw mapInvalid(where, `code ${codeText(codeScores(code, bins), bins)} is in ${valueText(map.segments[first]!.source.key)} and in ${valueText(source.key)}`, 'Leave it in one of them; validateMap lists all such codes.');
      }
    }
  });
  const texts = Array.from(owner.keys(), (code) => codeText(codeScores(code, bins), bins));
  const segments = map.order.map((key): ModelSegment => {
    const s = map.segments.findIndex(({ source }) => source.key === key);
    const source = map.segments[s]!.source;
    const rule = ruleText(source, dimensions, bins);
    return { key, codes: texts.filter((_, code) => owner[code] === s), ...(rule === undefined ? {} : { rule }), ...textsOf(where, source) };
  });
  const rest = texts.filter((_, code) => owner[code] === -1);
  if (rest.length > 0) {
    const others = segments.findIndex(({ key }) => key === 'others');
    if (others === -1) segments.push({ key: 'others', codes: rest });
    else segments[others] = { ...segments[others]!, codes: [...segments[others]!.codes, ...rest] };
  }
  return { kind: 'codes', name, dimensions: [...dimensions], bins: [...bins], segments };
}

function listsOnly(segment: MapSegment): boolean {
  return segment.ranges === undefined;
}

/** `'R 3-5, F 3-5, M 2-5'`, for people; nothing for a list of codes. */
function ruleText(segment: MapSegment, dimensions: readonly string[], bins: readonly number[]): string | undefined {
  if (segment.ranges === undefined || segment.codes !== undefined) return undefined;
  return rangesOf(segment).map((ranges) => dimensions.map((key, d) => {
    const range = Object.hasOwn(ranges, key) ? ranges[key]! : [1, bins[d]!] as const;
    const [from, to] = typeof range === 'number' ? [range, range] : range;
    return `${key.toUpperCase()} ${from === to ? from : `${from}-${to}`}`;
  }).join(', ')).join(' or ');
}

function textsOf(where: string, segment: MapSegment): Partial<Pick<ModelSegment, 'label' | 'meaning' | 'action'>> {
  return Object.fromEntries((['label', 'meaning', 'action'] as const).flatMap((field) => {
    const text = bothLanguages(where, segment, field);
    return text === undefined ? [] : [[field, text]];
  }));
}
