import type { Table } from '../../columns/index.js';
import type { JoinedView } from '../../identity/index.js';
import type { Migration, RfmResult } from '../../rfm/index.js';
import type { Formats, Language } from '../format.js';
import type { Wording } from './wording.js';

/** The customers of the table, and how many are left out. */
export interface ShownCustomers {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly leftOut: number;
}

/** Everything the sections of a page are made of. */
export interface Page {
  readonly where: string;
  readonly scored: RfmResult;
  readonly language: Language;
  readonly words: Wording;
  readonly formats: Formats;
  readonly title: string;
  readonly before: RfmResult | undefined;
  readonly moved: Migration | undefined;
  readonly customers: ShownCustomers;
  /** what is known of one customer */
  readonly view: JoinedView | undefined;
}
