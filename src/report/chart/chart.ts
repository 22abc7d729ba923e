import { checkKeys, checkWhole, checkWord } from '../../core/index.js';
import type { Table } from '../../columns/index.js';
import { drawSvg } from '../draw-svg.js';
import { localeOf, type Language } from '../format.js';
import { wrapText } from '../text-width.js';
import { themeOf } from './theme.js';
import { chartWords, type ChartWords } from './words.js';

/**
 * A chart: a plain Vega-Lite v5 specification with its data inside. `JSON.stringify` gives the specification.
 *
 * What makes it show itself is not enumerable: a notebook gets the specification, an SVG where vega is installed, and
 * text; a terminal gets the numbers it shows.
 */
export interface Chart {
  readonly $schema: string;
  readonly [property: string]: unknown;
  /** title and numbers as text */
  toString(): string;
}

/** What every chart can be told. */
export interface ChartOptions {
  /** `'en'` (default) or `'zh'`: titles and axes; labels of segments keep the language they were scored with */
  readonly language?: Language;
  /** how numbers are written, as a language tag: `'de-DE'`; that of the language by default */
  readonly locale?: string;
  /** heading, instead of the chart's own */
  readonly title?: string;
  /** of the whole picture in pixels, 240 to 2000; 600 by default */
  readonly width?: number;
}

/** Names of the options every chart takes. */
const CHART_OPTIONS: readonly string[] = ['language', 'locale', 'title', 'width'];

/** Options of a chart, checked. */
export interface ChartSetting {
  /** the public function */
  readonly where: string;
  readonly language: Language;
  readonly locale: string;
  readonly title: string | undefined;
  readonly width: number;
  readonly words: ChartWords;
}

/**
 * Check what every chart can be told.
 *
 * @param more further options of this chart
 * @throws ClienteleError `OPTION_INVALID`
 */
export function chartSetting(where: string, options: ChartOptions, more: readonly string[] = []): ChartSetting {
  checkKeys(where, options, [...CHART_OPTIONS, ...more]);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  return {
    where, language,
    locale: localeOf(where, language, options.locale),
    title: options.title,
    width: checkWhole(where, 'width', options.width ?? 600, 240, 2000),
    words: chartWords(language),
  };
}

/** One chart's own part: what is drawn, and the same as a table for those who read. */
export interface ChartParts {
  /** the chart's own heading */
  readonly title: string;
  /** below the heading: as of when, how many */
  readonly subtitle?: string | undefined;
  /** of the whole picture, in pixels */
  readonly height: number;
  /** data, marks, encoding, layers: Vega-Lite */
  readonly view: Readonly<Record<string, unknown>>;
  /** what the chart shows, as text */
  readonly values: Table;
}

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const JUPYTER = Symbol.for('Jupyter.display');

/** Put heading, size and theme around a view, and let it show itself. */
export function makeChart(setting: ChartSetting, { title, subtitle, height, view, values }: ChartParts): Chart {
  const heading = setting.title ?? title;
  const spec = {
    $schema: SCHEMA,
    title: { text: wrapText(heading, 16, setting.width - 24, true), ...(subtitle === undefined ? {} : { subtitle: wrapText(subtitle, 12, setting.width - 24) }) },
    description: subtitle === undefined ? heading : `${heading}. ${subtitle}`,
    width: setting.width,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    config: themeOf(setting.locale),
    ...view,
  };
  const text = (): string => [heading, ...(subtitle === undefined ? [] : [subtitle]), values.toString({ rows: 40 })].join('\n');
  const hidden = (value: unknown): PropertyDescriptor => ({ value, enumerable: false, configurable: true });
  return Object.defineProperties(spec, { toString: hidden(text), [INSPECT]: hidden(text), [JUPYTER]: hidden(() => displayBundle(spec, text())) });
}

/** What a notebook is sent: the specification, a picture where vega can be imported, text; no HTML, which would win over both. */
async function displayBundle(spec: object, text: string): Promise<Record<string, unknown>> {
  const bundle = { 'application/vnd.vegalite.v5+json': { ...spec }, 'text/plain': text };
  try {
    return { ...bundle, 'image/svg+xml': await drawSvg('display', spec) };
  } catch {
    return bundle;
  }
}
