import { ClienteleError, notThisResult, valueText } from '../core/index.js';
import { asTable, isTable, type Table, type TableInput } from '../columns/index.js';
import type { JoinedView } from '../identity/index.js';
import type { Migration, RfmResult } from '../rfm/index.js';

/**
 * Check that something is scored customers of this version of the library.
 *
 * @throws ClienteleError `VALUE_INVALID` for anything else; `MODEL_INVALID` for a model of another kind or version
 */
export function checkScored(where: string, scored: unknown): RfmResult {
  const mend = 'Pass what rfm or scoreRfm returned; a result saved as JSON is made again from its model: scoreRfm(loadRfmModel(saved), customers).';
  if (!isObject(scored) || !isTable(scored['table']) || !isTable(scored['segments']) || !isObject(scored['model'])) throw notThisResult(where, scored, 'a result of rfm or scoreRfm', mend);
  const { kind, version } = scored['model'];
  if (kind !== 'rfm' || version !== 1) {
    throw new ClienteleError('MODEL_INVALID', { where, value: valueText(version) }, `the result's model is of kind ${valueText(kind)}, version ${valueText(version)}; this version of clientele reads kind "rfm", version 1.`, 'Score the customers again with the clientele that is installed.');
  }
  return scored as unknown as RfmResult;
}

/**
 * Check that something is what `migration` returned.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkMigration(where: string, moved: unknown): Migration {
  if (isObject(moved) && isTable(moved['counts']) && isTable(moved['matrix']) && isTable(moved['customers'])) return moved as unknown as Migration;
  throw notThisResult(where, moved, 'a result of migration', 'Pass migration(before, after).');
}

/**
 * Check that something is what `customerView` returned of one customer.
 *
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkView(where: string, view: unknown): JoinedView {
  if (isObject(view) && isTable(view['table']) && isTable(view['facts']) && view['table'].numRows === 1) return view as unknown as JoinedView;
  throw notThisResult(where, view, 'the view of one customer', "Pass customerView('C17', { rfm: scored, … }).");
}

/** The customers' table of a result, or the table itself. */
export function customersOf(where: string, data: RfmResult | TableInput): Table {
  return isObject(data) && !isTable(data) && isTable(data['table']) ? data['table'] : asTable(where, data as TableInput);
}

/** As of when a result or a table of customers stands, where it says so. */
export function asOfOf(data: object): string | undefined {
  const meta = 'meta' in data ? data.meta : undefined;
  return isObject(meta) && typeof meta['asOf'] === 'string' ? meta['asOf'] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
