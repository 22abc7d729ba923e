import { describe, expect, it } from 'vitest';
import { fromDanfo, toDanfo, type DanfoFrame } from '../../src/io/danfo.js';
import { loadPeer } from '../../src/core/peer.js';
import { categoryColumn, Table, textColumn } from '../../src/columns/index.js';

/** A frame by shape, made as danfo makes one: of columns, or of no rows. */
class Frame implements DanfoFrame {
  readonly columns: string[];
  readonly data: Record<string, unknown[]>;
  readonly dtypes: string[];
  constructor(data: object, { columns, dtypes }: { columns?: string[]; dtypes: string[] } = { dtypes: [] }) {
    this.data = Array.isArray(data) ? Object.fromEntries(columns!.map((name) => [name, []])) : data as Record<string, unknown[]>;
    this.columns = Object.keys(this.data);
    this.dtypes = dtypes;
  }
  column(name: string): { values: unknown[] } {
    return { values: this.data[name]! };
  }
}
const danfo = { DataFrame: Frame };
const mapping = { customer: 'id', date: 'day', amount: 'revenue' } as const;

describe('fromDanfo', () => {
  it('makes an order log of the columns mapped', () => {
    const log = fromDanfo(new Frame({ id: ['007', 'b'], day: ['2023-01-01', '2023-02-03'], revenue: [12.5, -3], channel: ['web', NaN] }), { ...mapping, channel: 'channel' });
    expect(log.toRows()).toEqual([{ customer: '007', date: '2023-01-01', amount: 12.5, channel: 'web' }, { customer: 'b', date: '2023-02-03', amount: -3, channel: null }]);
  });
  it('takes Dates, cut to days in timeZone', () => {
    const frame = new Frame({ id: ['a'], day: [new Date('2023-01-01T20:00Z')], revenue: [1] });
    expect(fromDanfo(frame, mapping, { timeZone: 'Asia/Shanghai' }).cell('date', 0)).toBe('2023-01-02');
  });
  it('refuses what is no frame, and names a missing column', () => {
    expect(() => fromDanfo({} as DanfoFrame, mapping)).toThrow('fromDanfo: this is not a danfo DataFrame.');
    expect(() => fromDanfo(new Frame({ id: [] }), mapping)).toThrow('fromDanfo: column "day" is missing (found: "id").');
  });
});

describe('toDanfo', () => {
  const scores = new Table([
    ['customer', textColumn(['007', null])],
    ['monetary', { type: 'number', data: Float64Array.of(12.5, NaN) }],
    ['frequency', { type: 'integer', data: Int32Array.of(1, 9) }],
    ['orders', { type: 'integer', data: Int32Array.of(1, 9), valid: Uint8Array.of(1) }],
    ['last', { type: 'date', data: Int32Array.of(19358, 19400) }],
    ['active', { type: 'flag', data: Uint8Array.of(1, 0) }],
    ['segment', categoryColumn(['at_risk', null])],
  ]);

  it('makes a frame of plain arrays with the dtypes of danfo', () => {
    const frame = toDanfo(scores, { danfo });
    expect(frame.data).toEqual({ customer: ['007', null], monetary: [12.5, NaN], frequency: [1, 9], orders: [1, NaN], last: ['2023-01-01', '2023-02-12'], active: [true, false], segment: ['at_risk', null] });
    expect(frame.dtypes).toEqual(['string', 'float32', 'int32', 'float32', 'string', 'boolean', 'string']);
  });
  it('makes a frame without rows', () => {
    expect(toDanfo({ a: [] as string[], b: Float64Array.of() }, { danfo }).columns).toEqual(['a', 'b']);
  });
  it('says how to install danfojs-node where it is missing', () => {
    expect(() => toDanfo(scores)).toThrow('toDanfo: the package danfojs-node is not installed here. Install it: npm install danfojs-node (where its native parts cannot be had, with the overrides that the documentation lists) - or, in a browser or bundle, pass it: toDanfo(table, { danfo: dfd }).');
    expect(() => toDanfo(scores, { module: danfo } as object)).toThrow('toDanfo: there is no option "module". Known options: danfo.');
  });
});

describe('loadPeer', () => {
  it('finds what is installed and names what is not', () => {
    expect(loadPeer('f', 'papaparse', '', '')).toHaveProperty('parse');
    expect(() => loadPeer('f', 'no-such-package', 'npm install no-such-package', '{ x }')).toThrow('f: the package no-such-package is not installed here. Install it: npm install no-such-package');
  });
});
