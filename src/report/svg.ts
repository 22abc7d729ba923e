import { checkKeys, ClienteleError, valueText } from '../core/index.js';
import type { Chart } from './chart/chart.js';
import { drawSvg, type DrawPeers } from './draw-svg.js';

export type { Chart } from './chart/chart.js';
export type { DrawPeers, VegaLiteModule, VegaModule } from './draw-svg.js';

/**
 * Draw a chart as SVG, without a browser.
 *
 * The optional peers vega and vega-lite do it (`npm i vega@6 vega-lite@6`); they are imported when this is first called,
 * from ES modules and from CommonJS alike. In a bundle nothing can be looked up at run time: pass them.
 *
 * @param chart a chart of this library, or any Vega-Lite specification. Not modified.
 * @returns the SVG as text, beginning with `<svg`
 * @throws ClienteleError (as a rejected promise) `PEER_MISSING` with the install line; `VALUE_INVALID` for what is no
 *   specification
 * @example
 * await writeFile('heatmap.svg', await toSVG(charts.rfmHeatmap(scored)));
 */
export async function toSVG(chart: Chart | Readonly<Record<string, unknown>>, peers: DrawPeers = {}): Promise<string> {
  if (typeof chart !== 'object' || chart === null || !String((chart as { $schema?: unknown }).$schema ?? '').includes('vega-lite')) {
    throw new ClienteleError('VALUE_INVALID', { where: 'toSVG', value: valueText(chart) }, 'this is no Vega-Lite specification.', 'Pass a chart: toSVG(charts.rfmHeatmap(scored)).');
  }
  checkKeys('toSVG', peers, ['vega', 'vegaLite']);
  return drawSvg('toSVG', chart, peers);
}
