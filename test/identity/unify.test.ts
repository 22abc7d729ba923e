import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as phones from 'libphonenumber-js';
import { exampleRecords, matchQuality, unify, type IdentityKey, type IdentitySource, type Unified, type UnifyOptions } from '../../src/identity/index.js';
import { table } from '../../src/columns/index.js';
import { nameWords } from '../../src/identity/name-words.js';
import { nameSimilarity } from '../../src/identity/similarity.js';

const DOCUMENT: IdentityKey = { column: 'document', as: 'document' };
const PHONE: IdentityKey = { column: 'phone', as: 'phone', region: 'CN' };
const MAIL: IdentityKey = { column: 'mail', as: 'mail' };
const MATCH = { name: 'name', address: 'address' } as const;

/** Customers as lists of records, 'source:id'. */
const groupsOf = ({ records }: Pick<Unified, 'records'>): string[][] => {
  const groups = new Map<unknown, string[]>();
  for (const row of records.rows()) groups.set(row['customer'], [...(groups.get(row['customer']) ?? []), `${String(row['source'])}:${String(row['id'])}`]);
  return [...groups.values()];
};
type Cells = Readonly<Record<string, string | null>>;
const COLUMNS = ['document', 'phone', 'mail', 'name', 'address', 'card'];
const source = (name: string, rows: readonly Cells[]): IdentitySource => ({ name, table: table({ id: rows.map((row) => row['id']!), ...Object.fromEntries(COLUMNS.map((column) => [column, rows.map((row) => row[column] ?? null)])) }) });
const one = (rows: readonly Cells[], options: Partial<UnifyOptions> = {}): Unified => unify([source('s', rows)], { keys: [DOCUMENT, PHONE, MAIL], ...options });

describe('unify by keys', () => {
  it('joins records of several systems by document, phone and mail, however they are written', () => {
    const result = unify([
      source('crm', [{ id: '1', document: '11010519491231002x', phone: '138-0013-8000' }, { id: '2', mail: 'Ann.Lee@gmail.com' }, { id: '3', phone: '010-66668888' }]),
      source('shop', [{ id: '1', document: ' 11010519491231002X' }, { id: '2', mail: 'annlee+shop@googlemail.com', phone: '+86 10 6666 8888' }, { id: '3', phone: '0086 13800138000' }]),
    ], { keys: [DOCUMENT, PHONE, MAIL] });
    expect(groupsOf(result)).toEqual([['crm:1', 'shop:1', 'shop:3'], ['crm:2', 'crm:3', 'shop:2']]);
    expect(result.merges.toRows().map(({ evidence, value, id, otherSource, otherId, customer }) => [evidence, value, id, otherSource, otherId, customer])).toEqual([
      ['document', '11010519491231002X', '1', 'shop', '1', 'crm:1'],
      ['phone', '+8613800138000', '1', 'shop', '3', 'crm:1'],
      ['phone', '+861066668888', '3', 'shop', '2', 'crm:2'],
      ['mail', 'annlee@gmail.com', '2', 'shop', '2', 'crm:2'],
    ]);
    expect(result.evidence.toRows().map(({ evidence, merges, conflicts }) => [evidence, merges, conflicts])).toEqual([['document', 1, 0], ['phone', 2, 0], ['mail', 1, 0]]);
  });

  it('takes a resident number of the old form for the new one (GB 11643-1999)', () => {
    expect(groupsOf(one([{ id: '1', document: '110105491231002' }, { id: '2', document: '11010519491231002X' }]))).toEqual([['s:1', 's:2']]);
  });

  it('takes the phone library as an option, where there is nothing to load it from', () => {
    const rows = [{ id: '1', phone: '(212) 555-0123' }, { id: '2', phone: '+1 212 555 0123' }];
    expect(groupsOf(one(rows, { keys: [{ column: 'phone', as: 'phone', region: 'US' }], phones }))).toHaveLength(1);
  });

  it('keeps extensions of one switchboard apart', () => {
    expect(groupsOf(one([{ id: '1', phone: '010-66668888 ext. 12' }, { id: '2', phone: '010-66668888 ext. 13' }]))).toHaveLength(2);
  });

  it('never brings two document numbers into one customer', () => {
    const result = one([{ id: '1', document: 'P1234', phone: '13800138000' }, { id: '2', document: 'P9876', phone: '13800138000' }]);
    expect(groupsOf(result)).toHaveLength(2);
    expect(result.conflicts.toRows()).toEqual([{ evidence: 'phone', column: 'phone', value: '+8613800138000', reason: 'documents_differ', label: 'Different document numbers', records: 2, source: 's', id: '1', otherSource: 's', otherId: '2' }]);
    expect(result.diagnostics.warnings.map(({ code }) => code)).toContain('NOT_JOINED');
  });

  it('gives two persons with one phone to neither a third record that says nothing', () => {
    const two = [{ id: '1', document: 'P1234', phone: '13800138000' }, { id: '2', document: 'P9876', phone: '13800138000' }];
    expect(groupsOf(one([...two, { id: '3', phone: '13800138000' }]))).toHaveLength(3);
    expect(groupsOf(one([two[0]!, { id: '3', phone: '13800138000' }]))).toHaveLength(1);
    expect(groupsOf(one([{ id: '1', phone: '13800138000' }, { id: '3', phone: '13800138000' }]))).toHaveLength(1);
  });

  it('leaves the whole chain apart that would join two documents by way of others', () => {
    const rows = [{ id: '1', document: 'P1234', mail: 'a@x.org', card: '7' }, { id: '2', mail: 'b@x.org', card: '7' }, { id: '3', document: 'P9876', mail: 'b@x.org' }];
    const result = one(rows, { keys: [DOCUMENT, { column: 'card', as: 'exact' }, MAIL] });
    expect(groupsOf(result)).toEqual([['s:1', 's:2'], ['s:3']]);
    expect(groupsOf(one(rows, { keys: [DOCUMENT, MAIL, { column: 'card', as: 'exact' }] }))).toEqual([['s:1'], ['s:2', 's:3']]);
    expect(result.conflicts.toRows()).toMatchObject([{ evidence: 'mail', reason: 'documents_differ', records: 2 }]);
  });

  it('counts names against a shared phone or mail, not against a document or an id', () => {
    const rows = [{ id: '1', phone: '13800138000', card: '7', name: 'Anna Meyer' }, { id: '2', phone: '13800138000', card: '7', name: 'Paul Meyer' }, { id: '3', phone: '13800138000', name: 'MEYER, Ana' }];
    const couple = one(rows, { keys: [PHONE], match: MATCH });
    expect(groupsOf(couple)).toEqual([['s:1', 's:3'], ['s:2']]);
    expect(couple.conflicts.row(0)).toMatchObject({ reason: 'names_differ', id: '1', otherId: '2' });
    expect(groupsOf(one(rows, { keys: [PHONE] }))).toEqual([['s:1', 's:2', 's:3']]);
    expect(groupsOf(one(rows.slice(0, 2), { keys: [{ column: 'card', as: 'exact' }], match: MATCH }))).toHaveLength(1);
  });

  it('does not believe a value that too many records share', () => {
    const rows = Array.from({ length: 101 }, (_, i) => ({ id: String(i), mail: 'none@example.com' }));
    const result = one(rows);
    expect(result.customers.numRows).toBe(101);
    expect(result.conflicts.row(0)).toMatchObject({ value: 'none@example.com', reason: 'crowded', records: 101 });
    expect(one(rows.slice(1)).customers.numRows).toBe(1);
    expect(one(rows, { maxPerValue: 200 }).customers.numRows).toBe(1);
  });

  it('has no use for text that is no key, and counts it', () => {
    const result = one([{ id: '1', phone: '12', mail: 'none', document: '0000' }, { id: '2', phone: '12', mail: 'none', document: '0000' }, { id: '3', phone: '000-0000-0000', mail: 'a@b', document: '-' }]);
    expect(result.customers.numRows).toBe(3);
    expect(result.diagnostics.warnings.map(({ code, message }) => `${code}: ${message.split(';')[0]!}`)).toEqual([
      'KEY_UNUSABLE: 3 records have text in document that is no document number', 'KEY_UNUSABLE: 3 records have text in phone that is no phone number', 'KEY_UNUSABLE: 3 records have text in mail that is no mail address',
      'NAMES_NOT_COMPARED: records join by phone and mail whatever their names, so people who share one become one customer. Give match: { name, address } for names to count against it.',
      'NOTHING_TO_JOIN_BY: 3 records have no key, and not both name and address',
    ]);
  });

  it.each(['UNKNOWN', 'none', 'not available', '未知证件号', '0000'])('takes no proof from a document that reads %s', (document) => {
    const result = one([{ id: '1', document }, { id: '2', document: document.toLowerCase() }], { keys: [DOCUMENT] });
    expect(result.customers.numRows).toBe(2);
    expect(result.diagnostics.warnings[0]).toMatchObject({ code: 'KEY_UNUSABLE', message: '2 records have text in document that is no document number; they count as without.' });
    // Nor does it count against another.
    expect(one([{ id: '1', document, card: '7' }, { id: '2', document: '11010519491231002X', card: '7' }], { keys: [DOCUMENT, { column: 'card', as: 'exact' }] }).customers.numRows).toBe(1);
  });

  it.each(['0', '00', '-', 'N/A', '#n/a', 'null', 'NONE', 'Unknown', '(unknown)', '无', '未知', '不详', 'ＮＡ'])('joins nobody by the id %s', (card) => {
    const result = one([{ id: '1', card }, { id: '2', card }], { keys: [{ column: 'card', as: 'exact' }] });
    expect(result.customers.numRows).toBe(2);
    expect(result.diagnostics.warnings[0]!.message).toBe('2 records have text in card that is no id; they count as without.');
  });

  it('keeps ids that only look like placeholders', () => {
    for (const card of ['10', 'N0', 'none1', 'Nora', '无锡7']) expect(one([{ id: '1', card }, { id: '2', card }], { keys: [{ column: 'card', as: 'exact' }] }).customers.numRows).toBe(1);
  });

  it('says that people who share a phone or a mail become one where names are not compared', () => {
    const rows = [{ id: '1', phone: '13800138000', name: '张伟' }, { id: '2', phone: '13800138000', name: '李娜' }];
    const codes = (options: Partial<UnifyOptions>): string[] => one(rows, options).diagnostics.warnings.map(({ code }) => code);
    expect(codes({ keys: [PHONE] })).toEqual(['NAMES_NOT_COMPARED']);
    expect(codes({ keys: [PHONE], match: MATCH })).not.toContain('NAMES_NOT_COMPARED');
    expect(codes({ keys: [{ column: 'phone', as: 'exact' }] })).toEqual([]);
  });

  it('parts two persons whom a record without a name would bring together', () => {
    const result = one([{ id: '1', name: 'Ann Lee', address: '1 A Street', mail: 'x@b.org' }, { id: '2', mail: 'x@b.org', phone: '13800138000' }, { id: '3', name: 'Bob Ray', address: '9 Z Street', phone: '13800138000' }], { keys: [MAIL, PHONE], match: MATCH });
    expect(groupsOf(result)).toEqual([['s:1', 's:2'], ['s:3']]);
    expect(result.conflicts.toRows()).toMatchObject([{ evidence: 'phone', value: '+8613800138000', reason: 'names_differ', id: '2', otherId: '3' }]);
  });

  it('leaves a whole chain of one key apart that would bring two names together', () => {
    const rows = [{ id: '1', name: 'Ann Lee', phone: '13800138000' }, { id: '2', card: '7', phone: '13800138000' }, { id: '3', card: '7', phone: '13900000001' }, { id: '4', name: 'Bob Ray', phone: '13900000001' }];
    const result = one(rows, { keys: [{ column: 'card', as: 'exact' }, PHONE], match: MATCH });
    expect(groupsOf(result)).toEqual([['s:1'], ['s:2', 's:3'], ['s:4']]);
    expect(result.conflicts.toRows()).toMatchObject([{ evidence: 'phone', reason: 'names_differ', records: 4 }]);
  });

  it('knows one person under two names, where a document says so', () => {
    const rows = [{ id: '1', document: 'P1234', name: 'Anna Meyer' }, { id: '2', document: 'P1234', name: 'Anna Schulz', mail: 'a@x.org' }, { id: '3', name: 'Schulz, Anna', mail: 'a@x.org' }, { id: '4', name: 'Paul Meyer', mail: 'a@x.org' }];
    expect(groupsOf(one(rows, { keys: [DOCUMENT, MAIL], match: MATCH }))).toEqual([['s:1', 's:2', 's:3'], ['s:4']]);
  });

  it('gives each customer the commonest value of its records and the sum of its money, to the cent', () => {
    const rows = { id: ['1', '2', '3', '4'], mail: ['a@x.org', 'A@x.org', 'a@x.org', null], name: ['Ann', 'Anne', 'Anne', null], balance: [0.1, 0.2, NaN, NaN] };
    const result = unify([{ name: 's', table: rows }], { keys: [MAIL, { column: 'name', as: 'exact' }], sum: ['balance'] });
    expect(result.customers.toRows()).toEqual([
      { customer: 's:1', records: 3, sources: 1, mail: 'a@x.org', name: 'Anne', balance: 0.3 },
      { customer: 's:4', records: 1, sources: 1, mail: null, name: null, balance: null },
    ]);
  });

  it('speaks Chinese over the same keys', () => {
    const rows = [{ id: '1', document: 'P1234', phone: '13800138000' }, { id: '2', document: 'P9876', phone: '13800138000' }];
    const zh = one(rows, { labels: 'zh' });
    expect(zh.evidence.column('label')).toMatchObject({ values: ['证件号相同', '电话相同', '邮箱相同'] });
    expect(zh.conflicts.row(0)).toMatchObject({ reason: 'documents_differ', label: '证件号不同' });
    expect(String(zh)).toContain('2 条记录合并为 2 位客户');
  });
});

describe('unify by likeness', () => {
  const alike = (a: Cells, b: Cells, options: Partial<UnifyOptions> = {}): boolean => groupsOf(one([{ id: '1', ...a }, { id: '2', ...b }], { keys: [], match: MATCH, ...options })).length === 1;
  const home = { address: '12 Main Street, Apt 3, Milton' };

  it.each([
    ['order and case', 'Smith, John', 'JOHN SMITH'], ['a slip', 'Jon Smith', 'John Smith'], ['letters swapped', 'Micheal Meyer', 'Michael Meyer'], ['accents and titles', 'Dr. José Müller', 'Jose Muller'],
    ['an initial', 'J. Smith', 'John Smith'], ['spaces in a Chinese name', '张 伟', '张伟先生'], ['both scripts', '张伟 Zhang Wei', '张伟'], ['full width', 'Ｊｏｈｎ Ｓｍｉｔｈ', 'john smith'],
  ])('joins one home under names that differ by %s', (_, a, b) => expect(alike({ name: a, ...home }, { name: b, address: '12 main st. apartment 3 Milton' })).toBe(true));

  it.each([
    ['given names', 'Anna Meyer', 'Paul Meyer'], ['short given names', 'Wang Wei', 'Wang Lei'], ['one Chinese character of two', '张伟', '张玮'], ['one of three', '李建国', '李建军'], ['script', '张伟', 'Zhang Wei'],
  ])('keeps two persons of one home apart whose names differ by %s', (_, a, b) => expect(alike({ name: a, ...home }, { name: b, ...home })).toBe(false));

  it('holds house numbers against each other, not just letters', () => {
    const name = '张伟';
    expect(alike({ name, address: '北京市朝阳区建国路88号' }, { name, address: '北京市朝阳区建国路89号' })).toBe(false);
    expect(alike({ name, address: '北京市朝阳区建国路88号' }, { name, address: '北京市 朝阳区 建国路 ８８ 号 1203 室' })).toBe(true);
    expect(alike({ name, address: '北京市朝阳区建国路88号' }, { name, address: '北京朝阳区建国路88号' })).toBe(true);
    expect(alike({ name, address: '北京市朝阳区建国路88号' }, { name, address: '上海市静安区南京路88号' })).toBe(false);
  });

  it.each(['北京市', '北京市朝阳区', '100020 北京市', 'unknown', 'n/a', '不详', 'Church Lane, Ashford'])('takes no evidence from an address without a number: %s', (address) => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ id: String(i), name: '张伟', address }));
    const result = one(rows, { keys: [], match: MATCH });
    expect(result.customers.numRows).toBe(60);
    expect(result.diagnostics.warnings[0]).toEqual({ code: 'ADDRESS_COARSE', message: '60 records have an address in address that names no house, street or room by number; they are not compared for likeness.' });
    expect(alike({ name: '张伟', address }, { name: '张伟', address: `${address}88号` })).toBe(false);
  });

  it('takes no name from a placeholder', () => {
    const result = one([{ id: '1', name: 'unknown', ...home }, { id: '2', name: 'Unknown', ...home }, { id: '3', name: '未知', phone: '13800138000' }, { id: '4', name: 'Ann Lee', phone: '13800138000' }], { keys: [PHONE], match: MATCH });
    expect(groupsOf(result)).toEqual([['s:1'], ['s:2'], ['s:3', 's:4']]);
    expect(result.diagnostics.warnings[0]).toEqual({ code: 'KEY_UNUSABLE', message: '3 records have text in name that is no name; they count as without.' });
  });

  it('does not believe one name at one address of too many records', () => {
    const rows = Array.from({ length: 11 }, (_, i) => ({ id: String(10 + i), name: i % 2 === 0 ? '张伟' : '张 伟', address: '建国路88号', card: '7' }));
    const result = one(rows, { keys: [], match: MATCH, maxPerValue: 10 });
    expect(result.customers.numRows).toBe(11);
    expect(result.conflicts.toRows()).toEqual([{ evidence: 'alike', column: null, value: null, reason: 'crowded', label: 'Shared by too many', records: 11, source: 's', id: '10', otherSource: 's', otherId: '11' }]);
    // Nor by way of a third record.
    expect(one([...rows, { id: '30', name: '张伟', address: '建国路88号2室' }], { keys: [], match: MATCH, maxPerValue: 10 }).customers.numRows).toBe(12);
    expect(one(rows, { keys: [], match: MATCH, maxPerValue: 11 }).customers.numRows).toBe(1);
    expect(one(rows, { keys: [{ column: 'card', as: 'exact' }], match: MATCH, maxPerValue: 11 }).conflicts.numRows).toBe(0);
  });

  it('never joins two names that contradict by way of a third', () => {
    const rows = ['Maria Rossi', 'Mario Rossi', 'Marko Rossi'].map((name, i) => ({ id: String(i + 1), name, address: '12 Via Roma' }));
    const result = one(rows, { keys: [], match: MATCH });
    expect(result.customers.numRows).toBe(3);
    expect(result.conflicts.toRows()).toMatchObject([{ evidence: 'alike', reason: 'names_differ', label: 'Different names', records: 3 }]);
    expect(groupsOf(one(rows.slice(0, 2), { keys: [], match: MATCH }))).toHaveLength(1);
    // Joined already by a mail, the first two are one side of it.
    const joined = one(rows.map((row, i) => ({ ...row, ...(i < 2 ? { mail: 'm@x.org' } : {}) })), { keys: [MAIL], match: MATCH });
    expect(groupsOf(joined)).toEqual([['s:1', 's:2'], ['s:3']]);
    expect(joined.conflicts.toRows()).toMatchObject([{ evidence: 'alike', reason: 'names_differ', records: 2, id: '2', otherId: '3' }]);
  });

  it('needs both name and address', () => {
    expect(alike({ name: 'John Smith' }, { name: 'John Smith' })).toBe(false);
    expect(alike({ ...home }, { ...home })).toBe(false);
  });

  it('asks for as much likeness as the threshold says', () => {
    const [a, b] = [{ name: 'Jon Smith', ...home }, { name: 'John Smith', ...home }];
    expect(alike(a, b, { match: { ...MATCH, threshold: 0.94 } })).toBe(true);
    // jon/john 3/4 over 7 letters, smith 1 over 10: (5.25 + 10) / 17 = 0.8971; with the address (0.8971 + 1) / 2 = 0.9485
    expect(alike(a, b, { match: { ...MATCH, threshold: 0.949 } })).toBe(false);
    const merged = one([{ id: '1', ...a }, { id: '2', ...b }], { keys: [], match: MATCH });
    expect(merged.merges.row(0)).toMatchObject({ evidence: 'alike', value: null, similarity: (15.25 / 17 + 1) / 2 });
  });

  it('lets a document number stand against likeness', () => {
    expect(alike({ name: 'Li Wei', document: 'P1234', ...home }, { name: 'Li Wei', document: 'P9876', ...home }, { keys: [DOCUMENT] })).toBe(false);
    const third = one([{ id: '1', name: 'Li Wei', document: 'P1234', ...home }, { id: '2', name: 'Li Wei', document: 'P9876', ...home }, { id: '3', name: 'Li Wei', ...home }], { keys: [DOCUMENT], match: MATCH });
    expect(groupsOf(third)).toHaveLength(3);
    expect(third.conflicts.toRows()).toMatchObject([{ evidence: 'alike', column: null, value: null, reason: 'documents_differ', records: 3 }]);
  });

  it('joins the most alike first', () => {
    const rows = [{ id: '1', name: 'John Smith', document: 'P1234', address: '12 Main Street Milton' }, { id: '2', name: 'Jon Smith', document: 'P9876', address: '12 Main Street Milton' }, { id: '3', name: 'Jon Smith', address: '12 Main Street Milton' }];
    expect(groupsOf(one(rows, { keys: [DOCUMENT], match: MATCH }))).toEqual([['s:1'], ['s:2', 's:3']]);
  });

  it('finishes with 100,000 records of one name, and says where it looked at neighbours only', () => {
    const n = 100_000;
    const ids = Array.from({ length: n }, (_, i) => String(i));
    // Each address twice, in no order.
    const address = ids.map((_, i) => `${(i * 7919) % (n / 2)} Main Street`);
    const result = unify([{ name: 's', table: { id: ids, name: ids.map(() => '张伟'), address } }], { keys: [], match: MATCH });
    expect(result.customers.numRows).toBe(n / 2);
    expect(result.diagnostics.warnings).toMatchObject([{ code: 'BLOCKS_CROWDED' }]);
    expect(result.diagnostics.warnings[0]!.message).toContain('the largest 100000');
    const same = unify([{ name: 's', table: { id: ids, name: ids.map(() => '张伟'), address: ids.map(() => '1 Main Street') } }], { keys: [], match: MATCH });
    expect(same.customers.numRows).toBe(n);
    expect(same.conflicts.toRows()).toMatchObject([{ evidence: 'alike', reason: 'crowded', records: n }]);
  });
});

describe('unify, whatever the records', () => {
  const text = (...words: string[]): fc.Arbitrary<string | null> => fc.constantFrom(...words, null);
  const record = fc.record({
    document: text('P1001', 'P1002', 'P1003', ''), phone: text('13800138000', '+86 138 0013 8000', '13900000001', '10086', '__proto__'), mail: text('a@x.org', 'A@x.org', 'b@x.org', 'x'),
    name: text('张伟', '张玮', 'Anna Meyer', 'Meyer Ana', 'Paul Meyer', 'Maria Rossi', 'Mario Rossi', 'Marko Rossi', '__proto__', '', '🙂'), address: text('1 Elm Street', '1 Elm St', '2 Elm Street', '建国路88号', '建国路88号2室', ''), card: text('7', '8'),
  });
  const lists = fc.array(fc.array(record, { maxLength: 7, size: 'max' }), { minLength: 1, maxLength: 3, size: 'max' }).filter((all) => all.some((rows) => rows.length > 0));
  const NAMES = ['crm', 'shop', '__proto__'];
  const sourcesOf = (all: readonly (readonly Cells[])[]): IdentitySource[] => all.map((rows, s) => source(NAMES[s]!, rows.map((row, i) => ({ ...row, id: ['0', '01', '1', '__proto__', 'toString', 'é', ':'][i]! }))));
  const options: UnifyOptions = { keys: [DOCUMENT, PHONE, MAIL, { column: 'card', as: 'exact' }], match: MATCH, maxPerValue: 5 };

  it('gives disjoint groups that hold every record once, one join fewer than records', () => fc.assert(fc.property(lists, (all) => {
    const result = unify(sourcesOf(all), options);
    const groups = groupsOf(result);
    const count = all.reduce((total, rows) => total + rows.length, 0);
    expect(groups.flat()).toHaveLength(count);
    expect(new Set(groups.flat()).size).toBe(count);
    expect(groups).toHaveLength(result.customers.numRows);
    expect(result.merges.numRows).toBe(count - result.customers.numRows);
    expect(result.customers.toRows().map(({ customer, records }) => [customer, records])).toEqual(groups.map((group) => [group[0], group.length]));
    // The joins alone rebuild the groups.
    const parent = new Map(groups.flat().map((key) => [key, key]));
    const top = (key: string): string => (parent.get(key) === key ? key : top(parent.get(key)!));
    for (const row of result.merges.rows()) {
      const [a, b] = [top(`${String(row['source'])}:${String(row['id'])}`), top(`${String(row['otherSource'])}:${String(row['otherId'])}`)];
      expect(a).not.toBe(b);
      parent.set(b, a);
    }
    for (const group of groups) expect(new Set(group.map(top)).size).toBe(1);
  })));

  it('does not depend on the order of sources or rows', () => fc.assert(fc.property(lists, fc.integer(), (all, turn) => {
    const sources = sourcesOf(all);
    const turned = sources.map((own) => ({ ...own, table: (own.table as ReturnType<typeof table>).take([...(own.table as ReturnType<typeof table>).toRows().keys()].sort((a, b) => ((a * 31 + turn) % 7) - ((b * 31 + turn) % 7))) })).reverse();
    const [one_, other] = [unify(sources, options), unify(turned, options)];
    const rows = ({ records }: Unified): unknown => records.select(records.names.filter((name) => name !== 'row')).toRows();
    expect(rows(other)).toEqual(rows(one_));
    for (const name of ['customers', 'merges', 'conflicts', 'evidence'] as const) expect(other[name].toRows()).toEqual(one_[name].toRows());
  })));

  it('never brings two documents of one kind together', () => fc.assert(fc.property(lists, (all) => {
    const documents = new Map<unknown, Set<unknown>>();
    for (const { customer, document } of unify(sourcesOf(all), options).records.rows()) if (document !== null && document !== '') documents.set(customer, (documents.get(customer) ?? new Set()).add(document));
    for (const own of documents.values()) expect(own.size).toBe(1);
  })));

  it('never brings two names together that contradict, but by a document or an id', () => fc.assert(fc.property(lists, (all) => {
    const names = new Map<unknown, Set<string>>();
    for (const { customer, name } of unify(sourcesOf(all), { keys: [PHONE, MAIL], match: MATCH, maxPerValue: 5 }).records.rows()) if (name !== null) names.set(customer, (names.get(customer) ?? new Set()).add(String(name)));
    for (const own of names.values()) {
      const known = [...own].flatMap((name) => nameWords(name) ?? []);
      for (const a of known) for (const b of known) expect(nameSimilarity(a, b).contradicts).toBe(false);
    }
  })));

  it('joins nothing more when the customers found are a key themselves', () => fc.assert(fc.property(lists, (all) => {
    const sources = sourcesOf(all);
    const first = unify(sources, { ...options, maxPerValue: 30 });
    const rows = first.records.toRows();
    const again = sources.map((own, s) => {
      const plain = own.table as ReturnType<typeof table>;
      const customer = plain.toRows().map((_, i) => String(rows.find((row) => row['source'] === NAMES[s] && row['row'] === i)!['customer']));
      return { ...own, table: table({ ...Object.fromEntries(plain.entries()), found: customer }) };
    });
    const second = unify(again, { ...options, maxPerValue: 30, keys: [{ column: 'found', as: 'exact' }, ...options.keys] });
    expect(groupsOf(second)).toEqual(groupsOf(first));
  })));

  it('joins all that exact keys join when nothing contradicts (recounted naively)', () => fc.assert(fc.property(fc.array(fc.record({ card: text('1', '2', '3', '4'), other: text('a', 'b', 'c', 'd') }), { minLength: 1, maxLength: 12, size: 'max' }), (rows) => {
    const groups = rows.map((_, i) => i);
    for (let round = 0; round < rows.length; round++) for (let i = 0; i < rows.length; i++) for (let j = 0; j < i; j++) {
      if ((rows[i]!.card !== null && rows[i]!.card === rows[j]!.card) || (rows[i]!.other !== null && rows[i]!.other === rows[j]!.other)) groups[i] = groups[j] = Math.min(groups[i]!, groups[j]!);
    }
    const result = unify([{ name: 's', table: { id: rows.map((_, i) => i), card: rows.map(({ card }) => card), other: rows.map(({ other }) => other) } }], { keys: [{ column: 'card', as: 'exact' }, { column: 'other', as: 'exact' }] });
    const byId = new Map(result.records.toRows().map(({ id, customer }) => [Number(id), customer]));
    for (let i = 0; i < rows.length; i++) for (let j = 0; j < i; j++) expect(byId.get(i) === byId.get(j)).toBe(groups[i] === groups[j]);
  })));
});

describe('unify refuses', () => {
  const good = { id: ['1', '2'], mail: ['a@x.org', 'b@x.org'] };
  const by = (sources: unknown, options: unknown = { keys: [MAIL] }): (() => unknown) => () => unify(sources as IdentitySource[], options as UnifyOptions);
  it.each<[string, () => unknown, string, string]>([
    ['no sources', by([]), 'VALUE_INVALID', 'there are no sources'],
    ['no records', by([{ name: 's', table: { id: [] as string[], mail: [] as string[] } }]), 'VALUE_INVALID', 'the sources hold no record'],
    ['a name with a colon', by([{ name: 'a:b', table: good }]), 'VALUE_INVALID', 'without a colon'],
    ['two sources of one name', by([{ name: 's', table: good }, { name: 's', table: good }]), 'VALUE_INVALID', 'two sources are called "s"'],
    ['no column of ids', by([{ name: 's', table: { mail: ['a@x.org'] } }]), 'COLUMN_MISSING', 'source "s": column "customer" is missing (found: "mail"). Check the name, or name the column'],
    ['an id twice', by([{ name: 's', table: { id: ['1', '2', '1'], mail: ['a', 'b', 'c'] } }]), 'VALUE_INVALID', 'id "1" of row 2 stands in row 0 as well'],
    ['an id missing', by([{ name: 's', table: { id: ['1', null], mail: ['a', 'b'] } }]), 'VALUE_INVALID', 'row 1: the id is missing'],
    ['a blank id', by([{ name: 's', table: { id: ['1', ' '], mail: ['a', 'b'] } }]), 'VALUE_INVALID', 'row 1: the id is missing'],
    ['a key that no source has', by([{ name: 's', table: good }], { keys: [PHONE] }), 'COLUMN_MISSING', 'no source has a column "phone"'],
    ['a source with nothing to join by', by([{ name: 's', table: good }, { name: 't', table: { id: ['1'], tel: ['1'] } }]), 'COLUMN_MISSING', 'source "t" has nothing to join by: none of "mail" (found: "id", "tel")'],
    ['a mapping to a column that is not there', by([{ name: 's', table: good, columns: { mail: 'email' } }]), 'COLUMN_MISSING', 'source "s": column "email" is missing'],
    ['nothing to go by', by([{ name: 's', table: good }], { keys: [] }), 'OPTION_INVALID', 'at least one key'],
    ['keys that are no list', by([{ name: 's', table: good }], { keys: 'mail' }), 'OPTION_INVALID', 'Give a list'],
    ['an unknown kind', by([{ name: 's', table: good }], { keys: [{ column: 'mail', as: 'fax' }] }), 'OPTION_INVALID', "'document', 'phone', 'mail', 'exact'"],
    ['a region that does not exist', by([{ name: 's', table: good }], { keys: [{ column: 'mail', as: 'phone', region: 'China' }] }), 'OPTION_INVALID', "ISO code in capitals"],
    ['a region of no phone', by([{ name: 's', table: good }], { keys: [{ ...MAIL, region: 'CN' }] }), 'OPTION_INVALID', "as: 'phone'"],
    ['a column named twice', by([{ name: 's', table: good }], { keys: [MAIL, MAIL] }), 'OPTION_INVALID', 'Name each column once'],
    ['a threshold of 0.5', by([{ name: 's', table: good }], { keys: [MAIL], match: { ...MATCH, threshold: 0.5 } }), 'OPTION_INVALID', 'above 0.5'],
    ['infinite money', by([{ name: 's', table: { ...good, balance: [1, Infinity] } }], { keys: [MAIL], sum: ['balance'] }), 'VALUE_INVALID', 'column "balance", row 1: the value is Infinity'],
    ['money that is text', by([{ name: 's', table: { ...good, balance: ['1', '2'] } }], { keys: [MAIL], sum: ['balance'] }), 'VALUE_INVALID', 'holds text, not numbers'],
    ['no options', () => unify([{ name: 's', table: good }], undefined as never), 'OPTION_INVALID', 'unify: there are no options. Give them as an object. Known options: keys, match, sum, maxPerValue, labels, phones.'],
    ['documents that a number cannot hold', by([{ name: 's', table: { ...good, document: [7, 110105194912310021] } }], { keys: [DOCUMENT] }), 'VALUE_INVALID', 'source "s", column "document", row 1: 110105194912310020 is no whole number below 2^53, so it is not the id that was written. Read this column as text.'],
    ['shared ids that a number cannot hold', by([{ name: 's', table: { ...good, card: [NaN, 2 ** 53] } }], { keys: [{ column: 'card', as: 'exact' }] }), 'VALUE_INVALID', 'column "card", row 1: 9007199254740992 is no whole number'],
    ['phones with a fraction', by([{ name: 's', table: { ...good, mobile: [13800138000.5, 1] }, columns: { phone: 'mobile' } }], { keys: [PHONE] }), 'VALUE_INVALID', 'column "mobile", row 0: 13800138000.5 is no whole number'],
    ['ids that a number cannot hold', by([{ name: 's', table: { ...good, id: [5, 110105194912310021] } }]), 'VALUE_INVALID', 'column "id", row 1: 110105194912310020 is no whole number'],
    ['ids with a fraction', by([{ name: 's', table: { ...good, id: [1.5, 5] } }]), 'VALUE_INVALID', 'column "id", row 0: 1.5 is no whole number'],
    ['an infinite id', by([{ name: 's', table: { ...good, id: [1, Infinity] } }]), 'VALUE_INVALID', 'column "id", row 1: Infinity is no whole number'],
    ['a key called as a column of the result', by([{ name: 's', table: { ...good, customer: ['7', '7'] } }], { keys: [{ column: 'customer', as: 'exact' }] }), 'OPTION_INVALID', "option keys is \"customer\". The result has a column of that name. Call it otherwise, and say in the sources what it is: 'known' here, columns: { known: 'customer' } there."],
    ['a match called as a column of the result', by([{ name: 's', table: { ...good, source: ['7', '7'] } }], { keys: [MAIL], match: { name: 'source', address: 'mail' } }), 'OPTION_INVALID', 'option match is "source"'],
    ['a sum of ids', by([{ name: 's', table: { id: [1, 2], mail: good.mail } }], { keys: [MAIL], sum: ['id'] }), 'OPTION_INVALID', 'option sum is "id". The result has a column of that name'],
    ['a sum that is a key', by([{ name: 's', table: { ...good, card: [1, 2] } }], { keys: [{ column: 'card', as: 'exact' }], sum: ['card'] }), 'OPTION_INVALID', 'option sum is "card". Name each column once'],
    ['a misspelt name in columns', by([{ name: 's', table: { ...good, mobile: ['1', '2'] }, columns: { phne: 'mobile' } }], { keys: [MAIL, PHONE] }), 'OPTION_INVALID', 'source "s": columns names "phne", which no key, match or sum uses. Perhaps "phone" is meant, which the source lacks.'],
    ['an unknown option', by([{ name: 's', table: good }], { keys: [MAIL], fuzzy: true }), 'OPTION_INVALID', 'there is no option "fuzzy"'],
    ['what is no phone library', by([{ name: 's', table: good }], { keys: [{ column: 'mail', as: 'phone' }], phones: {} }), 'OPTION_INVALID', 'libphonenumber-js'],
  ])('%s', (_, run, code, message) => {
    let error: unknown;
    try {
      run();
    } catch (e) {
      error = e;
    }
    expect(error).toMatchObject({ name: 'ClienteleError', code });
    expect(String(error)).toContain(message);
  });

  it('nothing of a source that lacks a key: its records count as without, and that is said', () => {
    const result = unify([source('crm', [{ id: '1', mail: 'a@x.org', phone: '13800138000' }]), { name: 'shop', table: { id: ['1'], mail: ['a@x.org'] } }], { keys: [PHONE, MAIL] });
    expect(result.customers.numRows).toBe(1);
    expect(result.diagnostics.warnings).toMatchObject([{ code: 'KEY_ABSENT', message: 'source "shop" has no column "phone"; its records count as without.' }, { code: 'NAMES_NOT_COMPARED' }]);
  });

  it('nothing of a column that is named for other keys, and says that it is left out', () => {
    const result = unify([{ name: 's', table: { ...good, mobile: ['1', '2'] }, columns: { phone: 'mobile' } }], { keys: [{ column: 'mail', as: 'exact' }] });
    expect(result.diagnostics.warnings).toEqual([{ code: 'COLUMNS_UNUSED', message: 'source "s": columns names "phone", which no key, match or sum uses; it is left out.' }]);
  });

  it('nothing of a known customer under another name', () => {
    const result = unify([{ name: 's', table: { ...good, customer: ['7', '7'] }, columns: { known: 'customer' } }], { keys: [{ column: 'known', as: 'exact' }] });
    expect(groupsOf(result)).toEqual([['s:1', 's:2']]);
  });

  it('nothing of whole-number ids and phones', () => {
    const result = unify([{ name: 's', table: { id: Int32Array.of(10, 9), phone: Float64Array.of(13800138000, 8613800138000) } }], { keys: [PHONE] });
    expect(groupsOf(result)).toEqual([['s:10', 's:9']]);
  });
});

describe('exampleRecords', () => {
  it('are the same from the same seed, and joined as well as the guide says at least', () => {
    const { sources, truth } = exampleRecords({ people: 2000, seed: 7 });
    expect(JSON.stringify(exampleRecords({ people: 2000, seed: 7 }).truth)).toBe(JSON.stringify(truth));
    const found = matchQuality(unify(sources, { keys: [DOCUMENT, MAIL, PHONE], match: MATCH }), truth);
    expect(found.records).toBe(truth.numRows);
    expect(found.precision).toBeGreaterThan(0.97);
    expect(found.recall).toBeGreaterThan(0.92);
  });
});
