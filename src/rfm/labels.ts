import { optionInvalid, valueText } from '../core/index.js';
import type { RfmModel } from './model.js';
import type { ScoreRfmOptions } from './options.js';
import { SEGMENT_TEXTS } from './segment-texts.js';

/** Texts of segments in the language asked for. */
export interface Labels {
  readonly language: 'en' | 'zh';
  label(key: string): string;
  meaning(key: string): string;
  action(key: string): string;
}

/**
 * Where a segment's texts come from: own labels, then the map's, then the library's, then the key itself.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function labelsOf(where: string, option: ScoreRfmOptions['labels'], model: RfmModel): Labels {
  const language = option === 'zh' ? 'zh' : 'en';
  const own = ownLabels(where, option);
  const text = (field: 'label' | 'meaning' | 'action', key: string): string | undefined => {
    const custom = model.map?.kind === 'codes' ? model.map.segments.find((segment) => segment.key === key)?.[field] : undefined;
    return (custom ?? SEGMENT_TEXTS.get(key)?.[field])?.[language];
  };
  return {
    language,
    label: (key) => (own !== undefined && Object.hasOwn(own, key) ? own[key]! : text('label', key) ?? key),
    meaning: (key) => text('meaning', key) ?? '',
    action: (key) => text('action', key) ?? '',
  };
}

function ownLabels(where: string, option: ScoreRfmOptions['labels']): Readonly<Record<string, string>> | undefined {
  if (option === undefined || option === 'en' || option === 'zh') return undefined;
  if (typeof option !== 'object' || option === null || Array.isArray(option)) throw optionInvalid(where, 'labels', option, "Use 'en', 'zh', or own labels by segment key: { champions: 'VIP' }.");
  const wrong = Object.keys(option).find((key) => typeof option[key] !== 'string');
  if (wrong !== undefined) throw optionInvalid(where, `labels.${wrong}`, valueText(option[wrong]), 'A label is text.');
  return option;
}
