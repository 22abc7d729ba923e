import { cleanDiagnostics, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, type Showable, type Table } from '../columns/index.js';
import { addressParts } from './address-parts.js';
import { alikeLinks, type AlikeLinks } from './alike-links.js';
import { documentNumber } from './document-number.js';
import { Evidence } from './evidence.js';
import { Groups, LinkList } from './groups.js';
import { checkUnify, type CheckedUnify, type IdentityKey, type UnifyOptions } from './identity-options.js';
import { keyValues, runsOf, type KeyValues, type Runs } from './key-values.js';
import { mailAddress } from './mail-address.js';
import { nameWords } from './name-words.js';
import { phoneReader } from './phone-number.js';
import { readSources, textsOf, type IdentitySource, type RecordSet } from './sources.js';
import { customersTable, recordsTable } from './unified-tables.js';
import { linkMembers, type Names } from './value-links.js';

/** Records of several systems under one id per customer. */
export interface Unified {
  /**
   * every record, by source, then id: `source`, `id`, `row` (in the source's table), `customer`, then the columns that keys,
   * match and sum name, as they were
   */
  readonly records: Table;
  /**
   * one row per customer, in the order of their first records: `customer` (that record's source and id: `crm:17`), `records`,
   * `sources` (how many), then for each text column the commonest value of its records, for each column of `sum` the total
   */
  readonly customers: Table;
  /**
   * every join, in the order made: `evidence`, `column`, `value` (that both share), `similarity`, `source`, `id`,
   * `otherSource`, `otherId`, `customer`. Their number is records less customers: nothing is merged twice.
   * {@link unmerge} takes some back.
   */
  readonly merges: Table;
  /**
   * what was not joined although something spoke for it, one row per value or set: `evidence`, `column`, `value`, `reason`
   * (`documents_differ`, `names_differ`, `crowded`), `label`, `records`, and two of the records
   */
  readonly conflicts: Table;
  /** per kind of evidence: `evidence`, `column`, `label`, `merges`, `conflicts` */
  readonly evidence: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * One customer, one record (统一客户视图): records of the same customer in several systems, or twice in one, under one id.
 *
 * Keys are looked at in the order given, then names and addresses that are alike, the most alike first, and all once more
 * until nothing joins. A join that would bring two different document numbers into one customer is not made, and the whole
 * set of records it would make is left as it was: which of the joins is wrong cannot be told. The same holds for records
 * that share a phone or a mail under different names (with `match`). A value shared by too many records (a default number)
 * does not count. All this is listed in `conflicts`. So the result does not depend on the order of sources or rows, and
 * joining again with the customers found as a key joins nothing more.
 *
 * Joins never change a record: taking one back is dropping its row of `merges`, see {@link unmerge}.
 *
 * @param sources records of each system. Not modified.
 * @param options keys and columns to match, see {@link UnifyOptions}
 * @throws ClienteleError `VALUE_INVALID` naming source and row (an id missing or there twice, infinite numbers);
 *   `COLUMN_MISSING` for a column that no source has, or a source with nothing to join by; `OPTION_INVALID`;
 *   `PEER_MISSING` where phones are compared and libphonenumber-js is neither installed nor passed
 * @example
 * const one = unify(
 *   [{ name: 'crm', table: crm }, { name: 'shop', table: shop, columns: { phone: 'mobile' } }],
 *   { keys: [{ column: 'id_card', as: 'document' }, { column: 'phone', as: 'phone', region: 'CN' }], match: { name: 'name', address: 'address' } },
 * );
 * one.customers;   // one row per customer
 * one.merges;      // who was joined with whom, and why
 *
 * Method: union-find over the keys, then Levenshtein similarity inside blocks. O(records × maxBlock) at worst. Synchronous.
 */
export function unify(sources: readonly IdentitySource[], options: UnifyOptions): Unified & Showable {
  const where = 'unify';
  const records = readSources(where, sources);
  const checked = checkUnify(options, records);
  const keys = checked.keys.map((key) => readKey(where, key, records, checked));
  const match = checked.match === undefined ? undefined : {
    names: keyValues(textsOf(records, checked.match.name), nameWords, ({ key }) => key),
    addresses: keyValues(textsOf(records, checked.match.address), addressParts, ({ key }) => key),
  };
  const groups = new Groups(records.count, keys.filter(({ key }) => key.as === 'document').map(({ read }) => read.codes));
  const evidence = new Evidence(checked.keys, match !== undefined);
  let alike: AlikeLinks | undefined;
  for (let before = -1; evidence.merges !== before;) {
    before = evidence.merges;
    keys.forEach((own, k) => joinByKey(own, k, groups, match?.names, checked.maxPerValue, evidence));
    if (match === undefined) continue;
    alike ??= alikeLinks(match.names, match.addresses, checked.match!.threshold, checked.match!.maxBlock, groups);
    evidence.forgetConflicts(keys.length);
    for (const { links, similarity } of alike.steps) evidence.add(keys.length, links, groups.join(links), similarity);
  }
  return unified(records, checked, groups, evidence, [...inputWarnings(records, checked, keys, match), ...alikeWarnings(alike, checked)]);
}

interface KeyColumn {
  readonly key: IdentityKey;
  readonly read: KeyValues<string>;
  readonly runs: Runs;
}

function readKey(where: string, key: IdentityKey, records: RecordSet, { phones }: CheckedUnify): KeyColumn {
  const reader = key.as === 'document' ? documentNumber : key.as === 'mail' ? mailAddress : key.as === 'phone' ? phoneReader(where, key.region, phones) : exactText;
  const read = keyValues(textsOf(records, key.column), reader, (value) => value);
  return { key, read, runs: runsOf(read.codes, read.values.length) };
}

function exactText(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  return plain === '' ? null : plain;
}

/** One key: its values one after the other, then all their links at once. */
function joinByKey({ key, read, runs }: KeyColumn, k: number, groups: Groups, names: Names | undefined, most: number, evidence: Evidence): void {
  const links = new LinkList();
  const codes: number[] = [];
  const shared = key.as === 'phone' || key.as === 'mail' ? names : undefined;
  evidence.forgetConflicts(k);
  for (let code = 0; code < read.values.length; code++) {
    const members = runs.rows.subarray(runs.starts[code], runs.starts[code + 1]);
    if (members.length < 2 || allInOne(members, groups)) continue;
    if (members.length > most) {
      evidence.conflict(k, read.values[code]!, 'crowded', members.length, members[0]!, members[1]!);
      continue;
    }
    const found = linkMembers(members, groups, shared, links);
    while (codes.length < links.length) codes.push(code);
    if (found !== undefined) evidence.conflict(k, read.values[code]!, found.reason, members.length, found.a, found.b);
  }
  const list = links.finish();
  evidence.add(k, list, groups.join(list), undefined, (link) => read.values[codes[link]!]!);
}

function allInOne(members: Int32Array, groups: Groups): boolean {
  const first = groups.of(members[0]!);
  for (let i = 1; i < members.length; i++) if (groups.of(members[i]!) !== first) return false;
  return true;
}

function unified(records: RecordSet, checked: CheckedUnify, groups: Groups, evidence: Evidence, said: readonly Warning[]): Unified & Showable {
  const customerOf = Int32Array.from({ length: records.count }, (_, i) => groups.of(i));
  const all = recordsTable(records, checked, customerOf);
  const customers = customersTable(all, customerOf, checked.sum);
  const conflicts = evidence.conflictsTable(records, checked.labels);
  const warnings = conflicts.numRows === 0 ? said : [...said, { code: 'NOT_JOINED', message: `${conflicts.numRows} ${conflicts.numRows === 1 ? 'value or group was' : 'values or groups were'} left apart because something spoke against joining. Look at conflicts.` }];
  const summary = evidence.summary(checked.labels);
  const result = { records: all, customers, merges: evidence.mergesTable(records, customerOf), conflicts, evidence: summary, diagnostics: withWarnings(cleanDiagnostics(records.count), warnings) };
  const line = checked.labels === 'zh' ? `${records.count} 条记录合并为 ${customers.numRows} 位客户` : `${records.count} records are ${customers.numRows} customers`;
  return showableResult(result, { text: () => `${line}\n${summary.toString()}`, html: () => `<p>${line}</p>${summary.toHTML()}` });
}

function inputWarnings(records: RecordSet, { absent }: { readonly absent: readonly string[] }, keys: readonly KeyColumn[], match: { readonly names: KeyValues<unknown>; readonly addresses: KeyValues<unknown> } | undefined): Warning[] {
  const warnings = absent.map((message) => ({ code: 'KEY_ABSENT', message }));
  for (const { key, read } of keys) {
    if (read.unusable > 0) warnings.push({ code: 'KEY_UNUSABLE', message: `${read.unusable} records have text in ${key.column} that is no ${WHAT[key.as]}; they count as without.${key.as === 'phone' && key.region === undefined ? ' Numbers without a country code need a region.' : ''}` });
  }
  let silent = 0;
  for (let i = 0; i < records.count; i++) {
    if (keys.every(({ read }) => read.codes[i] === -1) && (match === undefined || match.names.codes[i] === -1 || match.addresses.codes[i] === -1)) silent++;
  }
  if (silent > 0) warnings.push({ code: 'NOTHING_TO_JOIN_BY', message: `${silent} records have no key, and not both name and address; each stays a customer of its own.` });
  return warnings;
}

const WHAT = { document: 'document number', phone: 'phone number', mail: 'mail address', exact: 'id' } as const;

function alikeWarnings(alike: AlikeLinks | undefined, { match }: CheckedUnify): Warning[] {
  if (alike === undefined || alike.counts.crowded === 0) return [];
  const { crowded, largest } = alike.counts;
  return [{ code: 'BLOCKS_CROWDED', message: `${crowded} blocks of like names and addresses hold more than ${match!.maxBlock} records (the largest ${largest}); in them each record is compared with its 10 neighbours only. A larger maxBlock compares more, at a cost that grows with it.` }];
}
