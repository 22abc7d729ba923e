import { checkKeys, checkWord, ClienteleError, valueText } from '../core/index.js';
import type { Showable } from '../columns/index.js';
import type { Chart } from './chart/chart.js';
import { drawSvg } from './draw-svg.js';

/** What a notebook kernel offers to show things: `tslab.display`, by its shape. */
export interface NotebookDisplay {
  html(text: string): void;
  svg(text: string): void;
  raw(mimeType: string, data: unknown): void;
}

/** How a chart is shown. */
export interface ShowOptions {
  /**
   * `'vega-lite'` (default): the notebook draws it, with tooltips (JupyterLab, VS Code); `'svg'`: a picture drawn here by the
   * optional peers vega and vega-lite, for notebooks that are exported
   */
  readonly as?: 'vega-lite' | 'svg';
}

/**
 * Show a table, a result or a chart in a tslab notebook, which does not ask things how they show themselves.
 *
 * In Deno's kernel nothing is needed: the last line of a cell shows itself.
 *
 * @param thing a Table, a result of an analysis, or a chart
 * @param display `tslab.display`
 * @throws ClienteleError (as a rejected promise) `VALUE_INVALID` for what cannot be shown; `PEER_MISSING` for `'svg'`
 *   without vega; `OPTION_INVALID`
 * @example
 * import * as tslab from 'tslab';
 * await show(scored.segments, tslab.display);
 * await show(charts.rfmHeatmap(scored), tslab.display);
 */
export async function show(thing: Showable | Chart, display: NotebookDisplay, options: ShowOptions = {}): Promise<void> {
  checkKeys('show', options, ['as']);
  const as = checkWord('show', 'as', options.as ?? 'vega-lite', ['vega-lite', 'svg']);
  if (typeof display !== 'object' || display === null || typeof display.html !== 'function') throw new ClienteleError('VALUE_INVALID', { where: 'show', value: valueText(display) }, 'the second argument cannot display.', 'Pass tslab.display.');
  if (isChart(thing)) {
    if (as === 'svg') display.svg(await drawSvg('show', thing));
    // An object, not text: notebooks draw nothing from a specification that comes as a string.
    else display.raw('application/vnd.vegalite.v5+json', { ...thing });
  } else if (typeof thing === 'object' && thing !== null && typeof thing.toHTML === 'function') display.html(thing.toHTML());
  else throw new ClienteleError('VALUE_INVALID', { where: 'show', value: valueText(thing) }, `${valueText(thing)} has no way to show itself.`, 'Pass a table, a result or a chart.');
}

function isChart(thing: unknown): thing is Chart {
  return typeof thing === 'object' && thing !== null && '$schema' in thing && String(thing.$schema).includes('vega-lite');
}
