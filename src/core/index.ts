export { ClienteleError, isClienteleError, isPromise, notThisResult, valueText, type ErrorCode, type ErrorPlace } from './errors.js';
export { cleanDiagnostics, diagnosticsLines, REFUSALS_KEPT, withWarnings, type Diagnostics, type Refusal, type Warning } from './diagnostics.js';
export { checkKeys, checkRecord, checkWhole, checkWord, optionInvalid } from './options.js';
export { seededRandom, type Random } from './random.js';
export { civilDate, dateExists, dateText, dayNumber, dayOfText, UNITS_PER_DAY, type DateUnit } from './calendar.js';
export { type Field, anyTextField, ascendingField, flagField, listField, modelInvalid, numberField, objectField, optionalField, textField, wholeField, wordField } from './model-fields.js';
export { loadPeer } from './peer.js';
