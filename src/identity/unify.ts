import { cleanDiagnostics, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, type Showable, type Table } from '../columns/index.js';
import { addressParts } from './address-parts.js';
import { alikeLinks, joinAlike, type AlikeLinks, type Likeness } from './alike-links.js';
import { documentNumber } from './document-number.js';
import { Evidence } from './evidence.js';
import { allInOne, Groups, LinkList } from './groups.js';
import { checkUnify, type CheckedUnify, type IdentityKey, type UnifyOptions } from './identity-options.js';
import { keyValues, runsOf, type KeyValues, type Runs } from './key-values.js';
import { mailAddress } from './mail-address.js';
import { nameWords, type NameWords } from './name-words.js';
import { phoneReader } from './phone-number.js';
import { isPlaceholder } from './placeholder.js';
import { nameSimilarity } from './similarity.js';
import { idsOf, readSources, textsOf, type IdentitySource, type RecordSet } from './sources.js';
import { customersTable, recordsTable } from './unified-tables.js';
import { linkMembers } from './value-links.js';

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
 * that share a phone or a mail, or are alike, under names that contradict (with `match`): all names of a customer count, so a
 * third record does not bring two persons together. A value shared by too many records (a default number) does not count. All
 * this is listed in `conflicts`. Placeholders (unknown, 0, 不详) and addresses without a number are no evidence either; the
 * diagnostics count them. So the result does not depend on the order of sources or rows, and joining again with the customers
 * found as a key joins nothing more.
 *
 * Joins never change a record: taking one back is dropping its row of `merges`, see {@link unmerge}.
 *
 * @param sources records of each system. Not modified.
 * @param options keys and columns to match, see {@link UnifyOptions}
 * @throws ClienteleError `VALUE_INVALID` naming source and row (an id missing or there twice, infinite numbers, ids and
 *   documents in numbers that are not whole or not below 2^53);
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
  const groups = groupsOf(records.count, keys, match?.names);
  const evidence = new Evidence(checked.keys, match !== undefined);
  let alike: AlikeLinks | undefined;
  for (let before = -1; evidence.merges !== before;) {
    before = evidence.merges;
    keys.forEach((own, k) => joinByKey(own, k, groups, checked.maxPerValue, evidence));
    if (match === undefined) continue;
    alike ??= alikeLinks(match, checked.match!.threshold, checked.match!.maxBlock, checked.maxPerValue, groups);
    joinAlike(keys.length, alike, groups, evidence);
  }
  return unified(records, checked, groups, evidence, [...inputWarnings(checked, keys), ...matchWarnings(records, checked, keys, match), ...alikeWarnings(alike, checked)]);
}

interface KeyColumn {
  readonly key: IdentityKey;
  readonly read: KeyValues<string>;
  readonly runs: Runs;
}

function readKey(where: string, key: IdentityKey, records: RecordSet, { phones }: CheckedUnify): KeyColumn {
  const reader = key.as === 'document' ? documentNumber : key.as === 'mail' ? mailAddress : key.as === 'phone' ? phoneReader(where, key.region, phones) : exactText;
  const read = keyValues(key.as === 'mail' ? textsOf(records, key.column) : idsOf(records, key.column), reader, (value) => value);
  return { key, read, runs: runsOf(read.codes, read.values.length) };
}

function exactText(text: string): string | null {
  return isPlaceholder(text) ? null : text.normalize('NFKC').trim();
}

function groupsOf(count: number, keys: readonly KeyColumn[], names: KeyValues<NameWords> | undefined): Groups {
  const documents = keys.filter(({ key }) => key.as === 'document').map(({ read }) => read.codes);
  return new Groups(count, documents, names && { codes: names.codes, contradict: (a, b) => nameSimilarity(names.values[a]!, names.values[b]!).contradicts });
}

/** One key: its values one after the other, then all their links at once. */
function joinByKey({ key, read, runs }: KeyColumn, k: number, groups: Groups, most: number, evidence: Evidence): void {
  const links = new LinkList();
  const codes: number[] = [];
  // Of a phone or a mail people may have one together.
  const shared = key.as === 'phone' || key.as === 'mail';
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
  evidence.add(k, list, groups.join(list, shared), undefined, (link) => read.values[codes[link]!]!);
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

function inputWarnings({ absent, unused }: { readonly absent: readonly string[]; readonly unused: readonly string[] }, keys: readonly KeyColumn[]): Warning[] {
  const warnings = [...absent.map((message) => ({ code: 'KEY_ABSENT', message })), ...unused.map((message) => ({ code: 'COLUMNS_UNUSED', message }))];
  for (const { key, read } of keys) {
    if (read.unusable > 0) warnings.push({ code: 'KEY_UNUSABLE', message: `${read.unusable} records have text in ${key.column} that is no ${WHAT[key.as]}; they count as without.${key.as === 'phone' && key.region === undefined ? ' Numbers without a country code need a region.' : ''}` });
  }
  return warnings;
}

function matchWarnings(records: RecordSet, { match: columns }: CheckedUnify, keys: readonly KeyColumn[], match: Likeness | undefined): Warning[] {
  const warnings: Warning[] = [];
  if (columns === undefined) {
    const shared = keys.filter(({ key }) => key.as === 'phone' || key.as === 'mail').map(({ key }) => key.column);
    if (shared.length > 0) warnings.push({ code: 'NAMES_NOT_COMPARED', message: `records join by ${shared.join(' and ')} whatever their names, so people who share one become one customer. Give match: { name, address } for names to count against it.` });
  } else {
    if (match!.names.unusable > 0) warnings.push({ code: 'KEY_UNUSABLE', message: `${match!.names.unusable} records have text in ${columns.name} that is no name; they count as without.` });
    if (match!.addresses.unusable > 0) warnings.push({ code: 'ADDRESS_COARSE', message: `${match!.addresses.unusable} records have an address in ${columns.address} that names no house, street or room by number; they are not compared for likeness.` });
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
