/** Recency, frequency, monetary: scores, segments, models and moves between segments. */
export { rfm } from './rfm.js';
export { fitRfm } from './fit-rfm.js';
export { scoreRfm } from './score-rfm.js';
export { scoreRfmOne, type RfmOneScore, type RfmRecord } from './score-rfm-one.js';
export { loadRfmModel } from './load-rfm-model.js';
export { migration, type Migration, type MigrationOptions } from './migration.js';
export type { SegmentChange } from './migration-tables.js';
export { validateMap, type MapCoverage } from './validate-map.js';
export { SEGMENT_MAPS, type MapName } from './segment-maps.js';
export type { MapSegment, ScoreRanges, SegmentMap } from './segment-map.js';
export { SEGMENT_TEXTS, type BothLanguages, type SegmentText } from './segment-texts.js';
export { scoreByCuts } from './score-by-cuts.js';
export type { CutsOption, DimensionOption, FitRfmOptions, MapFunction, MethodOption, OctantsOption, RfmOptions, ScoreRfmOptions } from './options.js';
export type { CodeMap, ModelSegment, OctantMap, RfmDimension, RfmGroup, RfmLevels, RfmMeta, RfmMethod, RfmModel, RfmResult } from './model.js';
