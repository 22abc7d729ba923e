import { cellOf, Table, type CategoryColumn } from '../columns/index.js';
import { asOfLine, measureLabel, type CustomersMeta } from '../transactions/index.js';
import type { Screening } from '../decisions/index.js';
import type { AbcResult, ParetoResult } from '../pareto/index.js';
import { charts, type CellFormat, type Language, type PageTable, type ResultsPageParts } from '../report/index.js';

/** English and Chinese of a heading. */
type Heading = readonly [en: string, zh: string];
type Columns = readonly (readonly [name: string, format: CellFormat, heading: Heading])[];

const SHARES: Columns = [['top', 'percent', ['Top share of customers', '前百分之几的客户']], ['customers', 'count', ['Customers', '客户数']], ['share', 'percent', ['Bring', '贡献占比']]];
const NEEDED: Columns = [['of', 'percent', ['Share of the money', '金额占比']], ['customers', 'count', ['Customers needed', '所需客户数']], ['share', 'percent', ['Of all customers', '占全部客户']]];
const CLASSES: Columns = [['label', 'text', ['Class', '类别']], ['customers', 'count', ['Customers', '客户数']], ['shareOfCustomers', 'percent', ['Share of customers', '客户占比']], ['value', 'money', ['Money', '金额']], ['share', 'percent', ['Share of the money', '金额占比']]];
const DECILES: Columns = [['decile', 'count', ['Tenth', '十分位']], ['customers', 'count', ['Customers', '客户数']], ['value', 'money', ['Money', '金额']], ['share', 'percent', ['Share', '占比']], ['cumulatedShare', 'percent', ['Up to here', '累计占比']], ['lift', 'number', ['Times the average', '提升倍数']]];
const BEST: Columns = [['rank', 'count', ['Rank', '名次']], ['customer', 'text', ['Customer', '客户']], ['monetary', 'money', ['Money', '金额']], ['share', 'percent', ['Share', '占比']], ['cumulatedShare', 'percent', ['Up to here', '累计占比']]];
const INDICES: Columns = [['index', 'text', ['Index', '指标']], ['value', 'number', ['Value', '数值']]];
const TIERS: Columns = [['label', 'text', ['Tier', '层级']], ['customers', 'count', ['Customers', '客户数']], ['shareOfCustomers', 'percent', ['Share of customers', '客户占比']], ['meanScore', 'number', ['Mean score', '平均得分']], ['policy', 'text', ['Service', '服务政策']]];
const CRITERIA: Columns = [['column', 'text', ['Criterion', '指标']], ['direction', 'text', ['Better', '方向']], ['weight', 'number', ['Weight', '权重']]];
const SENSITIVITY: Columns = [['criterion', 'text', ['Criterion', '指标']], ['weight', 'number', ['Weight then', '调整后权重']], ['kept', 'percent', ['Still selected', '仍被选中']], ['rankCorrelation', 'number', ['Rank correlation', '名次相关系数']], ['largestMove', 'count', ['Largest move', '最大名次变动']]];

/** What `clientele pareto --report` shows. */
export function paretoPage(answer: ParetoResult, classes: AbcResult, best: Table, meta: CustomersMeta, language: Language, remarks: readonly string[]): ResultsPageParts {
  const say = ([en, zh]: Heading): string => (language === 'zh' ? zh : en);
  const table = tablesIn(language);
  const { gini, hhi, effectiveNumber, hoover, theil } = answer.indices;
  const indices: [string, number][] = [[say(['Gini', '基尼系数']), gini], ['HHI', hhi], [say(['As many equal customers', '等效客户数']), effectiveNumber], [say(['Hoover', '胡佛指数']), hoover], [say(['Theil', '泰尔指数']), theil]];
  return {
    title: say(['Where the money is', '钱从哪里来：客户集中度']),
    about: aboutLine(meta, answer.customers, language),
    findings: [answer.sentence],
    charts: [charts.paretoCurve(classes.table, { language }), ...(answer.lorenz === undefined ? [] : [charts.lorenzCurve(classes.table, { language })])],
    tables: [
      table(['What the top customers bring', '头部客户的贡献'], answer.shares, SHARES), table(['How few bring most', '多少客户贡献大部分'], answer.needed, NEEDED),
      table(['Classes', 'ABC 分类'], classes.classes, CLASSES), table(['The best customers', '最佳客户'], best, BEST), table(['Tenths', '十分位'], answer.deciles, DECILES),
      table(['Indices of concentration', '集中度指标'], new Table([['index', texts(indices.map(([name]) => name))], ['value', { type: 'number', data: Float64Array.from(indices, ([, value]) => value) }]]), INDICES),
    ],
    remarks,
  };
}

/** What `clientele screen --report` shows. */
export function screenPage(answer: Screening, sensitivity: Table, meta: CustomersMeta, language: Language, remarks: readonly string[]): ResultsPageParts {
  const say = ([en, zh]: Heading): string => (language === 'zh' ? zh : en);
  const table = tablesIn(language);
  const ranked = answer.table.sortBy('rank');
  const selected = ranked.where((i) => cellOf(ranked.column('selected'), i) === true);
  const found = say([`${selected.numRows} of ${ranked.numRows} customers are selected.`, `${ranked.numRows} 位客户中选出 ${selected.numRows} 位。`]);
  const words: Readonly<Record<string, string>> = { high: say(['more', '越高越好']), low: say(['less', '越低越好']) };
  const criteria = new Table([
    ['column', texts(answer.criteria.map(({ column }) => measureLabel(column, language)))], ['direction', texts(answer.criteria.map(({ direction }) => words[direction]!))],
    ['weight', { type: 'number', data: Float64Array.from(answer.criteria, ({ weight }) => weight) }],
  ]);
  const columns: Columns = [
    ['rank', 'count', ['Rank', '名次']], ...(ranked.has('customer') ? [['customer', 'text', ['Customer', '客户']] as const] : []), ['score', 'number', ['Score', '得分']],
    ...[...new Set(answer.criteria.map(({ column }) => column))].filter((name) => !['customer', 'score', 'rank'].includes(name)).map((name) => [name, 'number', [name, measureLabel(name, 'zh')]] as const), ['label', 'text', ['Tier', '层级']],
  ];
  return {
    title: say(['Customers by several criteria', '客户筛选']),
    about: aboutLine(meta, ranked.numRows, language),
    findings: [found],
    charts: [charts.sensitivityRange(sensitivity, { language })],
    tables: [
      table(['Tiers and service', '层级与服务'], answer.tiers, TIERS), table(['Criteria', '筛选指标'], criteria, CRITERIA),
      table(['Selected customers', '入选客户'], selected, columns), table(['If the weights were others', '权重变化的影响'], named(sensitivity, language), SENSITIVITY),
    ],
    remarks,
  };
}

/** The criteria by their names. */
function named(sensitivity: Table, language: Language): Table {
  const column = sensitivity.column('criterion') as CategoryColumn;
  return new Table([...sensitivity.entries()].map(([name, own]) => [name, name === 'criterion' ? { ...column, values: column.values.map((value) => measureLabel(value, language)) } : own]));
}

function tablesIn(language: Language): (title: Heading, table: Table, columns: Columns) => PageTable {
  const at = language === 'zh' ? 1 : 0;
  return (title, table, columns) => ({ title: title[at], table, columns: columns.map(([name, format, heading]) => ({ name, format, title: heading[at] })) });
}

/** Whose customers, and as of when. */
function aboutLine(meta: CustomersMeta, customers: number, language: Language): string {
  if (language === 'zh') return asOfLine(meta, customers, language);
  const { asOf, asOfSource, source } = meta;
  return `${customers} customers as of ${asOf} (${asOfSource === 'given' ? 'given' : 'last order'}), from ${source}`;
}

function texts(values: readonly string[]): CategoryColumn {
  return { type: 'category', data: Int32Array.from(values, (_, i) => i), values };
}
