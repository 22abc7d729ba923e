import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { categoryColumn, escapeHtml, showableResult, Table, type Showable } from '../columns/index.js';
import { COMPLAINT_PRESETS, type ComplaintPresetName } from './complaint-presets.js';
import { numbersColumn } from './figures.js';
import { COMPLAINT_ROWS, labelOf, MEASURES } from './words.js';

/** A number, or what it may lie between with the likeliest in the middle. */
export type ParameterRange = number | readonly [low: number, likely: number, high: number];

/** What the effect of complaints is made of. Rates and shares are 0 to 1. */
export interface ComplaintParameters {
  /** customers in the period */
  readonly customers: ParameterRange;
  /** share of them who have a problem */
  readonly problemRate: ParameterRange;
  /** share of those with a problem who complain */
  readonly complainRate: ParameterRange;
  /** share of those who complain who are satisfied quickly */
  readonly settledQuickly: ParameterRange;
  /** share of those who complain who are satisfied, but slowly */
  readonly settledSlowly: ParameterRange;
  /** share who buy again without having complained */
  readonly repurchaseSilent: ParameterRange;
  readonly repurchaseQuick: ParameterRange;
  readonly repurchaseSlow: ParameterRange;
  readonly repurchaseUnsatisfied: ParameterRange;
  /** share of the unsatisfied who go on, but buy less; 0 by default */
  readonly buyLess: ParameterRange;
  /** by what share they do; needed where some buy less */
  readonly buyLessBy: ParameterRange;
  /** share of the satisfied who buy more; 0 by default */
  readonly buyMore: ParameterRange;
  /** by what share they do; needed where some buy more */
  readonly buyMoreBy: ParameterRange;
  /** people told by one satisfied, unsatisfied, silent person; the last is 0 by default */
  readonly toldSatisfied: ParameterRange;
  readonly toldUnsatisfied: ParameterRange;
  readonly toldSilent: ParameterRange;
  /** share of those told something good who become customers; 0 by default */
  readonly convertGood: ParameterRange;
  /** share of those told something bad who are lost as customers; 0 by default */
  readonly convertBad: ParameterRange;
  /** money a customer is worth in the period looked at */
  readonly value: ParameterRange;
}

/** Parameters, a preset to take missing ones from, and the language. */
export interface ComplaintEffectOptions extends Partial<ComplaintParameters> {
  readonly preset?: ComplaintPresetName;
  readonly labels?: 'en' | 'zh';
}

/** What problems and complaints cost; shows itself. */
export interface ComplaintEffect extends Showable {
  readonly label: string;
  /** where figures of a preset come from, absent without one */
  readonly source?: string;
  /**
   * rows `silent`, `quick`, `slow`, `unsatisfied`, `total`: `customers`; `lost` (who stop buying); `less` and `more`, in whole
   * customers' purchases; `told`; `wordOfMouth` (customers won by what was told, below 0 lost); `money` (lost, below 0 gained) with
   * `low` and `high`; `perCase`
   */
  readonly table: Table;
  /** money at stake: lost, below 0 gained; `low` and `high` with every given range at its worse or better end */
  readonly money: { readonly value: number; readonly low: number; readonly high: number };
  /** one row per parameter given as a range: the money with it alone at its low and at its high end, widest first */
  readonly sensitivity: Table;
  /** every parameter used, as [low, likely, high] */
  readonly parameters: Readonly<Record<keyof ComplaintParameters, readonly [number, number, number]>>;
}

const SHARES = ['problemRate', 'complainRate', 'settledQuickly', 'settledSlowly', 'repurchaseSilent', 'repurchaseQuick', 'repurchaseSlow', 'repurchaseUnsatisfied', 'buyLess', 'buyLessBy', 'buyMore', 'convertGood', 'convertBad'] as const;
const AMOUNTS = ['customers', 'buyMoreBy', 'toldSatisfied', 'toldUnsatisfied', 'toldSilent', 'value'] as const;
const NAMES: readonly (keyof ComplaintParameters)[] = [...SHARES, ...AMOUNTS];
const DEFAULTS: Partial<ComplaintParameters> = { buyLess: 0, buyMore: 0, toldSilent: 0, convertGood: 0, convertBad: 0 };
const ROWS = ['silent', 'quick', 'slow', 'unsatisfied', 'total'] as const;
/** Ends of ranges tried together: 2^12 cases. */
const MOST_RANGES = 12;

/**
 * What problems cost, and what handling complaints well or badly does to it (投诉的影响): purchases lost and gained, people told,
 * money at stake with a range.
 *
 * Everything is a parameter; a preset fills in what one study published, and what it does not say must be given. A range is
 * `[low, likely, high]`; the money's range takes every one at its ends, so it is wide on purpose.
 *
 * @param options see {@link ComplaintParameters}; own figures win over the preset's
 * @returns see {@link ComplaintEffect}
 * @throws ClienteleError `OPTION_INVALID` for a parameter that is missing, beyond its limits, or shares that pass 1 together
 * @example
 * complaintEffect({ preset: 'tarp-large', customers: 10_000, problemRate: 0.1, complainRate: 0.3, settledQuickly: 0.4, settledSlowly: 0.3, value: 200 }).money;
 *
 * Source: the market damage model of TARP: N q [(1 - c)(1 - r0) + c (sq (1 - rq) + ss (1 - rs) + (1 - sq - ss)(1 - ru))] V, plus
 * what the unsatisfied tell, less what the satisfied do.
 */
export function complaintEffect(options: ComplaintEffectOptions): ComplaintEffect {
  const where = 'complaintEffect';
  checkKeys(where, options, [...NAMES, 'preset', 'labels']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const preset = options.preset === undefined ? undefined : COMPLAINT_PRESETS[checkWord(where, 'preset', options.preset, Object.keys(COMPLAINT_PRESETS) as ComplaintPresetName[])];
  const parameters = readParameters(where, options, preset?.parameters ?? {});
  const ranges = NAMES.filter((name) => parameters[name][0] < parameters[name][2]);
  if (ranges.length > MOST_RANGES) throw optionInvalid(where, ranges[MOST_RANGES]!, 'a range', `At most ${MOST_RANGES} parameters may be ranges; give single numbers for the others.`);
  const at = (ends: Partial<Record<keyof ComplaintParameters, 0 | 2>>): Line[] => linesOf(Object.fromEntries(NAMES.map((name) => [name, parameters[name][ends[name] ?? 1]])) as unknown as Point);
  const likely = at({});
  const low = likely.map(({ money }) => money), high = low.slice();
  for (let corner = 0; corner < 2 ** ranges.length; corner++) {
    const lines = at(Object.fromEntries(ranges.map((name, bit) => [name, (corner >> bit) & 1 ? 2 : 0])));
    lines.forEach(({ money }, row) => {
      low[row] = Math.min(low[row]!, money);
      high[row] = Math.max(high[row]!, money);
    });
  }
  const total = ROWS.length - 1;
  const table = effectTable(likely, low, high, labels);
  const sensitivity = sensitivityTable(ranges.map((name) => [name, at({ [name]: 0 })[total]!.money, at({ [name]: 2 })[total]!.money] as const));
  const source = preset === undefined ? undefined : `${preset.label[labels]}: ${preset.source}${preset.year === undefined ? '' : ` (${preset.year})`}`;
  const result = { label: MEASURES[labels].complaintEffect, ...(source === undefined ? {} : { source }), table, money: { value: likely[total]!.money, low: low[total]!, high: high[total]! }, sensitivity, parameters };
  const head = [result.label, ...(source === undefined ? [] : [source])];
  const shown = ranges.length === 0 ? [table] : [table, sensitivity];
  return showableResult(result, { text: () => [...head, ...shown.flatMap((one) => ['', one.toString()])].join('\n'), html: () => `<p>${head.map(escapeHtml).join('<br>')}</p>${shown.map((one) => one.toHTML()).join('')}` });
}

type Point = Readonly<Record<keyof ComplaintParameters, number>>;

interface Line {
  readonly customers: number;
  readonly lost: number;
  readonly less: number;
  readonly more: number;
  readonly told: number;
  readonly wordOfMouth: number;
  readonly money: number;
}

/** The four kinds of customers with a problem, and all together. */
function linesOf(p: Point): Line[] {
  const problems = p.customers * p.problemRate, complain = problems * p.complainRate;
  const line = (customers: number, repurchase: number, less: number, more: number, told: number, convert: number): Line => {
    const lost = customers * (1 - repurchase), fewer = customers * less * p.buyLessBy, extra = customers * more * p.buyMoreBy;
    const people = customers * told, wordOfMouth = people * convert;
    return { customers, lost, less: fewer, more: extra, told: people, wordOfMouth, money: (lost + fewer - extra - wordOfMouth) * p.value };
  };
  const lines = [
    line(problems - complain, p.repurchaseSilent, 0, 0, p.toldSilent, -p.convertBad),
    line(complain * p.settledQuickly, p.repurchaseQuick, 0, p.buyMore, p.toldSatisfied, p.convertGood),
    line(complain * p.settledSlowly, p.repurchaseSlow, 0, p.buyMore, p.toldSatisfied, p.convertGood),
    line(complain * (1 - p.settledQuickly - p.settledSlowly), p.repurchaseUnsatisfied, p.buyLess, 0, p.toldUnsatisfied, -p.convertBad),
  ];
  const sum = (name: keyof Line): number => lines.reduce((total, one) => total + one[name], 0);
  return [...lines, { customers: sum('customers'), lost: sum('lost'), less: sum('less'), more: sum('more'), told: sum('told'), wordOfMouth: sum('wordOfMouth'), money: sum('money') }];
}

function effectTable(lines: readonly Line[], low: readonly number[], high: readonly number[], labels: 'en' | 'zh'): Table {
  const of = (name: keyof Line): readonly [string, ReturnType<typeof numbersColumn>] => [name, numbersColumn(lines.map((line) => line[name]))];
  return new Table([
    ['row', categoryColumn(ROWS)], ['label', categoryColumn(ROWS.map((row) => labelOf(COMPLAINT_ROWS, labels, row)))],
    of('customers'), of('lost'), of('less'), of('more'), of('told'), of('wordOfMouth'), of('money'), ['low', numbersColumn(low)], ['high', numbersColumn(high)],
    ['perCase', numbersColumn(lines.map(({ money, customers }) => (customers > 0 ? money / customers : NaN)))],
  ]);
}

function sensitivityTable(rows: readonly (readonly [name: string, low: number, high: number])[]): Table {
  const sorted = [...rows].sort((a, b) => Math.abs(b[2] - b[1]) - Math.abs(a[2] - a[1]));
  return new Table([['parameter', categoryColumn(sorted.map(([name]) => name))], ['atLow', numbersColumn(sorted.map(([, low]) => low))], ['atHigh', numbersColumn(sorted.map(([, , high]) => high))]]);
}

function readParameters(where: string, given: Partial<ComplaintParameters>, preset: Partial<ComplaintParameters>): ComplaintEffect['parameters'] {
  const of = (name: keyof ComplaintParameters): ParameterRange | undefined => given[name] ?? preset[name] ?? DEFAULTS[name];
  const some = (name: 'buyLess' | 'buyMore'): boolean => rangeOf(where, name, of(name))[2] > 0;
  const needless: Partial<Record<keyof ComplaintParameters, boolean>> = { buyLessBy: !some('buyLess'), buyMoreBy: !some('buyMore') };
  const missing = NAMES.filter((name) => of(name) === undefined && needless[name] !== true);
  if (missing.length > 0) throw new ClienteleError('OPTION_INVALID', { where, option: missing[0]! }, `${missing.length === 1 ? 'a parameter is' : `${missing.length} parameters are`} missing: ${missing.join(', ')}.`, 'Give each as a number, or as [low, likely, high]; presets hold only what their source says.');
  const read = Object.fromEntries(NAMES.map((name) => [name, of(name) === undefined ? [0, 0, 0] : rangeOf(where, name, of(name))])) as unknown as Record<keyof ComplaintParameters, [number, number, number]>;
  if (read.settledQuickly[2] + read.settledSlowly[2] > 1 + 1e-12) throw optionInvalid(where, 'settledSlowly', read.settledSlowly[2], `With settledQuickly ${read.settledQuickly[2]} more than all are satisfied; together they may reach 1.`);
  if (read.repurchaseUnsatisfied[0] < read.buyLess[2] - 1e-12) throw optionInvalid(where, 'buyLess', read.buyLess[2], `Only ${read.repurchaseUnsatisfied[0]} of the unsatisfied go on buying (repurchaseUnsatisfied); not more of them can buy less.`);
  return read;
}

function rangeOf(where: string, name: keyof ComplaintParameters, value: unknown): [number, number, number] {
  const range: unknown[] = typeof value === 'number' ? [value, value, value] : Array.isArray(value) ? (value as unknown[]) : [];
  const most = (SHARES as readonly string[]).includes(name) ? 1 : Infinity;
  const fits = range.length === 3 && range.every((end) => typeof end === 'number' && end >= 0 && end <= most && end < Infinity) && (range[0] as number) <= (range[1] as number) && (range[1] as number) <= (range[2] as number);
  if (fits) return range as [number, number, number];
  throw optionInvalid(where, name, valueText(Array.isArray(value) ? value.join(', ') : value), `Give a number ${most === 1 ? 'from 0 to 1' : 'of 0 or more'}, or a range [low, likely, high].`);
}
