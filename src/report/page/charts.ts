import { isClienteleError } from '../../core/index.js';
import type { Chart, ChartOptions } from '../chart/chart.js';
import * as charts from '../chart/index.js';
import { html, jsonScript, type Html } from './html.js';
import type { Page } from './page.js';

/** The charts of the page. One that cannot be drawn from these customers (plain columns without money, say) is left out with the reason. */
export function pageCharts(page: Page): Html {
  const { scored, language, formats: { locale }, words } = page;
  const options: ChartOptions = { language, locale };
  const has = (...columns: readonly string[]): boolean => columns.every((column) => scored.table.has(column));
  const scores = scored.model.dimensions.map(({ key }) => key);
  const makers: readonly (readonly [wanted: boolean, make: () => Chart])[] = [
    [true, () => charts.segmentBars(scored, options)],
    [scores.includes('r') && scores.includes('f'), () => charts.rfmHeatmap(scored, options)],
    [true, () => charts.segmentTreemap(scored, options)],
    [has('monetary'), () => charts.paretoCurve(scored, options)],
    [has('recency'), () => charts.distribution(scored, options)],
    [has('monetary'), () => charts.distribution(scored, { ...options, column: 'monetary' })],
  ];
  const figures = makers.filter(([wanted]) => wanted).map(([, make], i) => chartFigure(`chart-${i + 1}`, make));
  return html`<section id="charts"><h2>${words.charts}</h2><div class="charts">${figures}</div></section>`;
}

/** A chart's place, its specification, and the same numbers as text for those who cannot see it. */
export function chartFigure(id: string, make: () => Chart): Html {
  let chart: Chart;
  try {
    chart = make();
  } catch (e) {
    if (isClienteleError(e)) return html`<figure><p>${e.message}</p></figure>`;
    throw e;
  }
  const height = Number(chart['height']);
  return html`<figure>${jsonScript(id, chart)}<div data-chart="${id}" role="group" aria-label="${String(chart['description'] ?? '')}" style="min-height:${Number.isFinite(height) ? height : 300}px"></div></figure>`;
}

