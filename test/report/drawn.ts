import type { Chart } from '../../src/report/index.js';
import { toSVG } from '../../src/report/svg.js';

/** What a drawn chart says: its texts, and what a screen reader is told of its marks. */
export interface Drawn {
  readonly svg: string;
  readonly width: number;
  readonly texts: readonly string[];
  /** accessible names of marks by their role: bar, rect mark, area mark … */
  marks(role: string): readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]!);

/** Draw a chart by vega, and read from the SVG what it shows. */
export async function drawn(chart: Chart): Promise<Drawn> {
  const svg = await toSVG(chart);
  return {
    svg,
    width: Number(/ width="([\d.]+)"/.exec(svg)![1]),
    texts: [...svg.matchAll(/<t(?:ext|span)[^>]*>([^<]+)</g)].map((m) => plain(m[1]!)),
    marks: (role) => [...svg.matchAll(new RegExp(`aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="${role}"`, 'g'))].map((m) => plain(m[1]!)),
  };
}
