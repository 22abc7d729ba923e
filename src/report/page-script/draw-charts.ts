import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import { showTooltip } from './tooltip.js';

const WIDEST = 760;

/** Draw every chart of the page, and again where the window gets another width. No code is made from text: expressions are interpreted. */
export function drawCharts(): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-chart]')];
  let drawn = 0;
  const drawAll = (): void => {
    for (const place of places) void draw(place);
  };
  new ResizeObserver(() => {
    const width = places[0]?.clientWidth ?? 0;
    if (Math.abs(width - drawn) < 8 || width === 0 || matchMedia('print').matches) return;
    drawn = width;
    drawAll();
  }).observe(document.body);
}

const views = new WeakMap<HTMLElement, View>();

async function draw(place: HTMLElement): Promise<void> {
  const spec = JSON.parse(document.getElementById(place.dataset['chart']!)!.textContent!) as Record<string, unknown>;
  const width = Math.min(place.clientWidth, WIDEST);
  try {
    const compiled = compile({ ...spec, width } as unknown as Parameters<typeof compile>[0]).spec;
    views.get(place)?.finalize();
    // ast and expr together keep vega from its code generator, which the page's policy forbids.
    const view = new View(parse(compiled, undefined, { ast: true }), { expr: expressionInterpreter, renderer: 'svg', container: place, hover: true, tooltip: showTooltip } as ConstructorParameters<typeof View>[1]);
    views.set(place, view);
    await view.runAsync();
    place.dataset['drawn'] = 'yes';
  } catch (error) {
    place.dataset['drawn'] = 'failed';
    place.textContent = error instanceof Error ? error.message : String(error);
  }
}
