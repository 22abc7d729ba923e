import { checkWhole, notThisResult } from '../../core/index.js';
import { categoryColumn, cellOf, isTable, Table } from '../../columns/index.js';
import type { OfferKind, Offers } from '../../basket/index.js';
import { formatsOf } from '../format.js';
import { cutText } from '../text-width.js';
import { basketWords } from './basket-words.js';
import { chartSetting, makeChart, type Chart, type ChartOptions } from './chart.js';
import { emptyChart } from './empty.js';
import { COLORS } from './theme.js';

/** How {@link offers} are drawn. */
export interface OffersChartOptions extends ChartOptions {
  /** most items shown, the rest as one bar; 15 by default */
  readonly top?: number;
}

const KIND_COLORS: Readonly<Record<OfferKind, string>> = { 'next-best': COLORS.blue, 'cross-sell': COLORS.orange, 'up-sell': COLORS.green, 'replenish': COLORS.purple };

/**
 * Which items are offered to how many customers, by kind of offer.
 *
 * @param given a result of `nextBestOffer`, `crossSell`, `upSell` or `replenishment`, or several of them
 * @throws ClienteleError `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * charts.offers([crossSell(rules, orders, { catalog }), replenishment(orders)]);
 */
export function offers(given: Offers | readonly Offers[], options: OffersChartOptions = {}): Chart {
  const where = 'offers';
  const setting = chartSetting(where, options, ['top']);
  const top = checkWhole(where, 'top', options.top ?? 15, 1, 60);
  const words = basketWords(setting.language);
  const lists = (Array.isArray(given) ? given : [given]).map((list: unknown) => checkOffers(where, list));
  const { counts, totals } = countItems(lists);
  if (totals.size === 0) return emptyChart({ ...setting, words: { ...setting.words, nothing: words.noOffers } }, words.offers);

  const formats = formatsOf(setting.locale);
  const names = [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)!);
  const shown = names.slice(0, top);
  const labelOf = labels(shown, setting.width * 0.38);
  const kinds = [...new Set(lists.map(({ meta }) => meta.kind))];
  const rest = `${words.others} (${formats.count(names.length - shown.length)})`;
  const bars = kinds.flatMap((kind) => {
    const own = counts.get(kind)!;
    const others = names.slice(top).reduce((sum, name) => sum + (own.get(name) ?? 0), 0);
    return [...shown.map((name) => ({ item: labelOf.get(name)!, name, kind: words.kinds[kind], offers: own.get(name) ?? 0 })), ...(others > 0 ? [{ item: rest, name: rest, kind: words.kinds[kind], offers: others }] : [])];
  }).filter((bar) => bar.offers > 0).map((bar) => ({ ...bar, say: `${bar.name}, ${bar.kind}: ${formats.count(bar.offers)}` }));
  const domain = [...shown.map((name) => labelOf.get(name)!), ...(names.length > shown.length ? [rest] : [])];
  const sums = domain.map((item) => ({ item, offers: bars.filter((bar) => bar.item === item).reduce((sum, bar) => sum + bar.offers, 0) }));
  const most = Math.max(...sums.map((sum) => sum.offers));
  const along = { field: 'item', type: 'nominal', sort: null, scale: { domain, paddingInner: 0.25 }, title: null, axis: { ticks: false, domain: false, labelPadding: 6, labelOverlap: false, labelLimit: setting.width * 0.42 } };
  const x = { field: 'offers', type: 'quantitative', title: words.offered, scale: { domain: [0, most * 1.14], nice: false }, axis: { format: ',~r', tickCount: 5, tickMinStep: 1 } };
  const sum = (name: 'customers' | 'offered' | 'withheld'): string => formats.count(lists.reduce((most, { meta }) => Math.max(most, meta[name]), 0));
  return makeChart(setting, {
    title: words.offers,
    ...(lists.length === 1 ? { subtitle: words.toCustomers(sum('offered'), sum('customers'), sum('withheld')) } : {}),
    height: 120 + 26 * domain.length,
    values: new Table([[words.item, categoryColumn(bars.map(({ name }) => name))], [words.kind, categoryColumn(bars.map(({ kind }) => kind))], [words.offered, { type: 'integer', data: Int32Array.from(bars, (bar) => bar.offers) }]]),
    view: {
      layer: [
        {
          data: { values: bars },
          mark: { type: 'bar', tooltip: true },
          encoding: {
            x: { ...x, stack: 'zero' }, y: along, description: { field: 'say', type: 'nominal' }, order: { field: 'kind', type: 'nominal', sort: kinds.map((kind) => words.kinds[kind]) },
            color: { field: 'kind', type: 'nominal', scale: { domain: kinds.map((kind) => words.kinds[kind]), range: kinds.map((kind) => KIND_COLORS[kind]) }, title: null, legend: { orient: 'top', direction: 'horizontal', symbolType: 'square' } },
            tooltip: [{ field: 'name', title: words.item }, { field: 'kind', title: words.kind }, { field: 'offers', title: words.offered, format: ',d' }],
          },
        },
        { data: { values: sums }, mark: { type: 'text', align: 'left', dx: 4, fontSize: 11, color: COLORS.pale, tooltip: null, aria: false }, encoding: { x, y: along, text: { field: 'offers', type: 'quantitative', format: ',d' } } },
      ],
    },
  });
}

/** Names cut to a width; names that would be cut to the same text are numbered. */
function labels(names: readonly string[], width: number): Map<string, string> {
  const used = new Set<string>();
  return new Map(names.map((name) => {
    const cut = cutText(name, 12, width);
    let label = cut;
    for (let k = 2; used.has(label); k++) label = `${cut} (${k})`;
    used.add(label);
    return [name, label];
  }));
}

function countItems(lists: readonly Offers[]): { counts: Map<OfferKind, Map<string, number>>; totals: Map<string, number> } {
  const counts = new Map<OfferKind, Map<string, number>>(), totals = new Map<string, number>();
  for (const { table, meta } of lists) {
    const own = counts.get(meta.kind) ?? new Map<string, number>();
    counts.set(meta.kind, own);
    const items = table.column('item');
    for (let row = 0; row < table.numRows; row++) {
      const item = String(cellOf(items, row));
      own.set(item, (own.get(item) ?? 0) + 1);
      totals.set(item, (totals.get(item) ?? 0) + 1);
    }
  }
  return { counts, totals };
}

function checkOffers(where: string, list: unknown): Offers {
  const given = list as Partial<Offers> | null;
  if (typeof list === 'object' && given !== null && isTable(given.table) && given.table.has('item') && typeof given.meta === 'object' && Object.hasOwn(KIND_COLORS, String(given.meta.kind))) return list as Offers;
  throw notThisResult(where, list, 'a list of offers', 'Pass what nextBestOffer, crossSell, upSell or replenishment returned.');
}
