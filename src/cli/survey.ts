import { diagnosticsLines, valueText } from '../core/index.js';
import { categoryColumn, cellOf, Table, type Column } from '../columns/index.js';
import { readTable, writeSurveyReport } from '../node.js';
import type { SurveyPart } from '../report/index.js';
import { acsi, ces, csat, drivers, importancePerformance, kano, nps, satisfactionIndex, type CesOptions, type ImportancePerformanceOptions, type KanoOptions, type SurveyOptions, type SurveyResult } from '../satisfaction/index.js';
import { given, list, number, numbers, readCommandLine, text, UsageError, type Flag, type FlagValues } from './flags.js';
import { allFlags, type Command } from './help.js';
import { checkOut, checkReport, onlyFile, writeTable, wroteLine } from './output.js';
import { print } from './pipes.js';
import { readOptions, READING_FLAGS } from './reading.js';

const QUESTION_FLAGS: readonly Flag[] = [
  { name: 'nps', takes: 'COLUMN', help: 'likelihood to recommend, 0 to 10: net promoter score' },
  { name: 'csat', takes: 'COLUMN', help: 'satisfaction: share of the two highest answers' },
  { name: 'csat-scale', takes: 'LOW,HIGH', help: 'lowest and highest answer (1,5)' },
  { name: 'csat-from', takes: 'N', help: 'least answer that counts as satisfied (the second highest)' },
  { name: 'ces', takes: 'COLUMN', help: 'customer effort' },
  { name: 'ces-version', takes: 'v2|v1', help: 'agreement 1 to 7, high is good, or effort 1 to 5, low is good (v2)' },
  { name: 'acsi', takes: 'A,B,…', help: 'items of an index from 0 to 100' },
  { name: 'acsi-scale', takes: 'LOW,HIGH', help: 'lowest and highest answer (1,10)' },
  { name: 'perceived', takes: 'A,B,…', help: 'with --expected: satisfaction index perceived / expected' },
  { name: 'expected', takes: 'A,B,…', help: 'columns of what was expected, in the same order' },
  { name: 'items', takes: 'A,B,…', help: 'with --overall: drivers, importance and performance' },
  { name: 'overall', takes: 'A,B,…', help: 'overall satisfaction; of several the mean' },
  { name: 'importance', takes: 'WORD', help: 'correlation, regression or relative-weights (correlation)' },
  { name: 'kano', takes: 'F,YES,NO', help: 'columns of feature, answer if there, answer if not' },
  { name: 'kano-words', takes: 'A,B,C,D,E', help: 'the five answers in order (like,must,neutral,live,dislike); 1 to 5 are read too' },
];

const SURVEY_FLAGS: readonly Flag[] = [
  { name: 'by', takes: 'COLUMN', help: 'groups of answers: shop, segment, brand' },
  { name: 'wave', takes: 'COLUMN', help: 'survey waves, in order of their values' },
  { name: 'weight', takes: 'COLUMN', help: 'design weights' },
  { name: 'missing-codes', takes: 'N,…', help: 'numbers that mean no answer: 99,-1' },
  { name: 'level', takes: 'SHARE', help: 'confidence of the limits (0.95)' },
  { name: 'minimum', takes: 'N', help: 'answers needed to publish (30; 100 for the net promoter score and derived importance, 20 for Kano)' },
  { name: 'compare', takes: 'WORD', help: 'previous, pairs, rest or none (previous with --wave, pairs with --by alone)' },
  { name: 'own', takes: 'GROUP', help: 'with pairs: only the differences of this group' },
  { name: 'correction', takes: 'WORD', help: 'holm, bonferroni, benjamini-hochberg or none (holm)' },
  { name: 'labels', takes: 'en|zh', help: 'language (en)' },
];

const OUTPUT_FLAGS: readonly Flag[] = [
  { name: 'out', takes: 'FILE', help: 'write every figure: .csv, .json, .ndjson, or - for CSV on standard output' },
  { name: 'differences', takes: 'FILE', help: 'write every tested difference likewise' },
  { name: 'report', takes: 'FILE', help: 'write a page for people (.html)' },
  { name: 'quiet', help: 'print nothing but errors' },
];

// Answers have no dates, and no status.
const READING = READING_FLAGS.filter(({ name }) => !['sheet', 'date-format', 'time-zone', 'resolution', 'currency-sign', 'cancelled'].includes(name));

const groups: Command['groups'] = [
  { title: 'Questions', flags: QUESTION_FLAGS },
  { title: 'Survey', flags: SURVEY_FLAGS },
  { title: 'Reading', flags: READING },
  { title: 'Results', flags: OUTPUT_FLAGS },
];

/** `clientele survey`: answers in; figures with limits, tested differences and a page out. */
export const survey: Command = {
  name: 'survey',
  summary: 'net promoter score, satisfaction, effort, drivers and Kano of survey answers, with limits',
  usage: 'survey ANSWERS.csv|- --nps COLUMN --csat COLUMN … [flags]',
  groups,
  examples: [
    'clientele survey answers.csv --nps recommend --wave quarter --by shop --out figures.csv --report survey.html',
    'clientele survey answers.csv --acsi overall,expectation,ideal --items price,service --overall overall --missing-codes 99',
    'clientele survey features.csv --kano feature,functional,dysfunctional --report kano.html --labels zh',
  ],
  run,
};

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, flags } = readCommandLine(args, allFlags(groups));
  const file = onlyFile(positionals);
  const [out, differences, report] = ['out', 'differences', 'report'].map((name) => text(flags, name));
  checkOut(out);
  checkOut(differences);
  if (out !== undefined && out === differences) throw new UsageError('--out and --differences name the same target.');
  checkReport(report, out);
  const questions = readQuestions(flags);
  const { table, diagnostics } = await readTable(file === '-' ? process.stdin : file, columnsOf(flags, questions), { ...readOptions(flags), ...(file === '-' ? { source: 'standard input' } : {}), signal });
  const answers = inOrder(table, text(flags, 'wave'));
  const parts = questions.map((question) => question.ask(answers));

  const language = text(flags, 'labels') === 'zh' ? 'zh' : 'en';
  const source = file === '-' ? 'standard input' : file;
  const written = [
    ...(out === undefined ? [] : [await writeTable(figuresTable(parts), out, 'figures', language, signal)]),
    ...(differences === undefined ? [] : [await writeTable(stacked(parts, 'differences'), differences, 'differences', language, signal)]),
  ];
  if (report !== undefined) {
    await writeSurveyReport(parts, report, { language, source: `${source}: ${table.numRows}`, signal });
    written.push(wroteLine(report, language));
  }
  if (flags['quiet'] === true) return;
  const lines = [language === 'zh' ? `${source}：${table.numRows} 行` : `${table.numRows} rows of ${source}`, ...parts.flatMap((part) => ['', part.toString()]), ...diagnosticsLines(diagnostics), ...written, ''];
  await print(lines.join('\n'), out === '-' || differences === '-' ? process.stderr : process.stdout);
}

/** One analysis asked for: which columns it reads as numbers and as text, and how it is made. */
interface Question {
  readonly numbers: readonly string[];
  readonly texts?: readonly string[];
  ask(answers: Table): SurveyPart;
}

function readQuestions(flags: FlagValues): Question[] {
  const common = surveyOptions(flags);
  const questions: Question[] = [];
  const [npsColumn, csatColumn, cesColumn] = ['nps', 'csat', 'ces'].map((name) => text(flags, name));
  if (npsColumn !== undefined) questions.push({ numbers: [npsColumn], ask: (answers) => nps(answers, { ...common, score: npsColumn }) });
  if (csatColumn !== undefined) {
    const options = given<object>({ scale: scaleOf(flags, 'csat-scale'), threshold: number(flags, 'csat-from') });
    questions.push({ numbers: [csatColumn], ask: (answers) => csat(answers, { ...common, ...options, score: csatColumn }) });
  }
  if (cesColumn !== undefined) questions.push({ numbers: [cesColumn], ask: (answers) => ces(answers, { ...common, ...given<CesOptions>({ version: text(flags, 'ces-version') as CesOptions['version'] }), score: cesColumn }) });
  const acsiItems = list(flags, 'acsi');
  if (acsiItems !== undefined) questions.push({ numbers: acsiItems, ask: (answers) => acsi(answers, { ...common, items: acsiItems, ...given<object>({ scale: scaleOf(flags, 'acsi-scale') }) }) });
  const [perceived, expected] = both(flags, 'perceived', 'expected');
  if (perceived !== undefined && expected !== undefined) questions.push({ numbers: [...perceived, ...expected], ask: (answers) => satisfactionIndex(answers, { ...common, perceived, expected }) });
  const [items, overall] = both(flags, 'items', 'overall');
  if (items !== undefined && overall !== undefined) {
    const importance = given<Pick<ImportancePerformanceOptions, 'importance'>>({ importance: text(flags, 'importance') as ImportancePerformanceOptions['importance'] });
    questions.push({ numbers: [...items, ...overall], ask: (answers) => drivers(answers, { ...common, items, overall }) });
    if (items.length > 1) questions.push({ numbers: [], ask: (answers) => importancePerformance(answers, { ...common, items, overall, ...importance }) });
  }
  const features = list(flags, 'kano');
  if (features !== undefined) {
    const [feature, functional, dysfunctional] = features;
    if (features.length !== 3) throw new UsageError('--kano takes three columns: feature, answer if it is there, answer if it is not.');
    const words = given<Pick<KanoOptions, 'words'>>({ words: wordsOf(flags) });
    questions.push({ numbers: [], texts: features, ask: (answers) => kano(answers, { ...common, ...words, feature: feature!, functional: functional!, dysfunctional: dysfunctional! }) });
  }
  if (questions.length === 0) throw new UsageError('say which questions were asked: --nps COLUMN, --csat COLUMN, --ces COLUMN, --acsi A,B,C, --perceived A --expected B, --items A,B --overall C, or --kano F,YES,NO.');
  return questions;
}

function surveyOptions(flags: FlagValues): SurveyOptions {
  return given<SurveyOptions>({
    by: text(flags, 'by'), wave: text(flags, 'wave'), weight: text(flags, 'weight'), missing: numbers(flags, 'missing-codes'), level: number(flags, 'level'), minimum: number(flags, 'minimum'),
    compare: text(flags, 'compare') as SurveyOptions['compare'], own: text(flags, 'own'), correction: text(flags, 'correction') as SurveyOptions['correction'],
    labels: text(flags, 'labels') as SurveyOptions['labels'],
  } as { [K in keyof SurveyOptions]: SurveyOptions[K] | undefined });
}

function both(flags: FlagValues, first: string, second: string): [string[] | undefined, string[] | undefined] {
  const [a, b] = [list(flags, first), list(flags, second)];
  if ((a === undefined) !== (b === undefined)) throw new UsageError(`--${first} and --${second} go together.`);
  return [a, b];
}

function scaleOf(flags: FlagValues, name: string): readonly [number, number] | undefined {
  const ends = numbers(flags, name);
  if (ends === undefined) return undefined;
  if (ends.length !== 2) throw new UsageError(`--${name} takes two numbers: LOW,HIGH.`);
  return [ends[0]!, ends[1]!];
}

/** The five answers of Kano's questions, where they are said. */
function wordsOf(flags: FlagValues): KanoOptions['words'] {
  const words = list(flags, 'kano-words');
  if (words === undefined) return undefined;
  if (words.length !== 5 || new Set(words).size < 5) throw new UsageError('--kano-words takes five different answers in order, from like to dislike.');
  return words as unknown as NonNullable<KanoOptions['words']>;
}

/** Every column the questions read; one that is read as a number and as text is refused. */
function columnsOf(flags: FlagValues, questions: readonly Question[]): Record<string, 'number' | 'text'> {
  const weight = text(flags, 'weight');
  const asNumbers = new Set([...questions.flatMap((question) => question.numbers), ...(weight === undefined ? [] : [weight])]);
  const asTexts = new Set([...questions.flatMap((question) => question.texts ?? []), ...['by', 'wave'].map((name) => text(flags, name)).filter((name) => name !== undefined)]);
  const twice = [...asTexts].find((name) => asNumbers.has(name));
  if (twice !== undefined) throw new UsageError(`column ${valueText(twice)} cannot be both an answer and a group.`);
  return Object.fromEntries([...[...asNumbers].map((name) => [name, 'number'] as const), ...[...asTexts].map((name) => [name, 'text'] as const)]);
}

/** The same answers with waves as numbers where all are, so that wave 10 comes behind wave 9. */
function inOrder(table: Table, wave: string | undefined): Table {
  if (wave === undefined) return table;
  const cells = Array.from({ length: table.numRows }, (_, row) => cellOf(table.column(wave), row));
  if (!cells.every((cell) => cell === null || /^-?\d{1,15}(\.\d+)?$/.test(String(cell)))) return table;
  const column: Column = { type: 'number', data: Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))) };
  return new Table([...table.entries()].map(([name, own]) => [name, name === wave ? column : own] as const));
}

/** Every figure with limits in one table: measure, what of it, group, wave, n, value, error, limits, publish. */
function figuresTable(parts: readonly SurveyPart[]): Table {
  return stacked(parts.filter((part) => 'level' in part || 'cuts' in part || 'models' in part), 'table');
}

/** One table of several results, missing where a result has no such column. */
function stacked(parts: readonly SurveyPart[], which: 'table' | 'differences'): Table {
  const tables = parts.flatMap((part) => {
    const table = which === 'table' ? part.table : (part as SurveyResult).differences as Table | undefined;
    return table === undefined ? [] : [{ measure: 'measure' in part ? part.measure : 'cuts' in part ? 'importance-performance' : 'drivers', table }];
  });
  const names = [...new Set(tables.flatMap(({ table }) => table.names))];
  const measure = tables.flatMap(({ measure: name, table }) => Array<string>(table.numRows).fill(name));
  return new Table([['measure', categoryColumn(measure)], ...names.map((name) => [name, stackedColumn(tables.map(({ table }) => table), name)] as const)]);
}

function stackedColumn(tables: readonly Table[], name: string): Column {
  const cells = tables.flatMap((table) => Array.from({ length: table.numRows }, (_, row) => (table.has(name) ? cellOf(table.column(name), row) : null)));
  if (cells.some((cell) => typeof cell === 'number')) return { type: 'number', data: Float64Array.from(cells, (cell) => (cell as number | null) ?? NaN) };
  if (cells.some((cell) => typeof cell === 'boolean')) return categoryColumn(cells.map((cell) => (cell === null ? null : String(cell))));
  return categoryColumn(cells as (string | null)[]);
}
