import { ClienteleError } from '../core/index.js';
import { textWidth } from './text-width.js';

/** The part of vega that draws without a page. */
export interface VegaModule {
  parse(spec: object, config?: object, options?: { ast?: boolean }): object;
  /** how wide texts are; replaceable */
  readonly textMetrics?: TextMetrics;
  View: new (runtime: object, options: { renderer: 'none'; logLevel?: number; expr?: unknown; locale?: unknown }) => { toSVG(): Promise<string>; finalize(): unknown };
}

interface TextMetrics {
  width(item: TextItem, text: unknown): number;
  readonly estimateWidth: (item: TextItem, text: unknown) => number;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

/** The part of vega-lite that is needed. */
export interface VegaLiteModule {
  compile(spec: object, options?: object): { spec: object };
}

/** The two packages, where the caller has them at hand. */
export interface DrawPeers {
  readonly vega?: VegaModule;
  readonly vegaLite?: VegaLiteModule;
}

/** Draw a Vega-Lite specification as SVG text; vega and vega-lite are imported when this is first called. */
export async function drawSvg(where: string, spec: object, peers: DrawPeers = {}): Promise<string> {
  const vegaLite = peers.vegaLite ?? ((await importPeer(where, 'vega-lite')) as VegaLiteModule);
  const vega = peers.vega ?? ((await importPeer(where, 'vega')) as VegaModule);
  // A copy: vega-lite writes into the specification it is given.
  const compiled = vegaLite.compile(JSON.parse(JSON.stringify(spec)) as object, { logger: SILENT }).spec;
  const measured = measureTexts(vega.textMetrics);
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: 0 });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
    measured.end();
  }
}

let drawings = 0;

/**
 * Let vega measure texts by their characters while drawings are under way. Without a canvas it takes 0.8 em for any
 * character, which cuts Latin labels that would fit and lets Chinese ones run out of the picture.
 */
function measureTexts(metrics: TextMetrics | undefined): { end(): void } {
  if (metrics === undefined || (metrics.width !== metrics.estimateWidth && drawings === 0)) return { end: () => undefined };
  drawings++;
  metrics.width = widthOf;
  return {
    end: () => {
      if (--drawings === 0) metrics.width = metrics.estimateWidth;
    },
  };
}

function widthOf({ fontSize = 11, fontWeight, limit = 0 }: TextItem, text: unknown): number {
  const bold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const width = textWidth(String(text ?? '').trim(), fontSize, bold);
  return limit > 0 ? Math.min(width, limit) : width;
}

/** vega-lite speaks to the console otherwise. */
const SILENT: Readonly<Record<'level' | 'error' | 'warn' | 'info' | 'debug', () => object>> = {
  level: () => SILENT, error: () => SILENT, warn: () => SILENT, info: () => SILENT, debug: () => SILENT,
};

async function importPeer(where: string, name: string): Promise<unknown> {
  try {
    // The name is in a variable so that bundlers leave it alone: these are optional peers.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  } catch (cause) {
    throw new ClienteleError('PEER_MISSING', { where }, `the package ${name} cannot be imported here.`, `Install it: npm i vega@6 vega-lite@6 - or, in a browser or bundle, pass both: toSVG(chart, { vega, vegaLite }).`, cause);
  }
}
