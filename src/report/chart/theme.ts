/** Colours that people with any common colour blindness can tell apart (Okabe & Ito 2008). */
export const COLORS = {
  blue: '#0072b2', orange: '#e69f00', vermillion: '#d55e00', green: '#009e73', sky: '#56b4e9', purple: '#cc79a7', gray: '#c3c8ce', ink: '#1b1f24', pale: '#57606a',
} as const;

/** Lines side by side: dark enough for white paper. */
export const LINE_COLORS: readonly string[] = [COLORS.blue, COLORS.vermillion, COLORS.green, COLORS.purple, COLORS.orange, COLORS.sky];

/** From little to much: one hue, told apart by lightness alone, also in print. */
export const SEQUENCE: readonly string[] = ['#edf4fb', '#a9cde9', '#5b9fd1', '#1f6cb0', '#08396f'];

/** Above this share of a {@link SEQUENCE} scale, text on it is white. */
export const DARK_FROM = 0.55;

const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** How every chart looks, and how its numbers are written. */
export function themeOf(locale: string): Readonly<Record<string, unknown>> {
  return {
    font: FONT,
    background: '#ffffff',
    padding: 8,
    locale: { number: numberLocale(locale) },
    view: { stroke: null },
    title: { anchor: 'start', frame: 'bounds', fontSize: 16, fontWeight: 600, color: COLORS.ink, subtitleColor: COLORS.pale, subtitleFontSize: 12, subtitlePadding: 4, offset: 12, limit: 0 },
    axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titleColor: COLORS.pale, labelColor: COLORS.ink, gridColor: '#e6e9ed', domainColor: '#8c959f', tickColor: '#8c959f', labelLimit: 170, titlePadding: 8, labelOverlap: 'greedy', labelSeparation: 6 },
    legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titleColor: COLORS.pale, labelColor: COLORS.ink, labelLimit: 200, titleLimit: 400, gradientLabelOffset: 4 },
    text: { fontSize: 12, color: COLORS.ink },
    range: { ramp: SEQUENCE, heatmap: SEQUENCE, category: [COLORS.blue, COLORS.orange, COLORS.green, COLORS.purple, COLORS.sky, COLORS.vermillion] },
  };
}

/** A locale's marks as Vega's number format takes them. */
function numberLocale(locale: string): Readonly<Record<string, unknown>> {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-1234567.8);
  const mark = (type: Intl.NumberFormatPartTypes, otherwise: string): string => parts.find((part) => part.type === type)?.value ?? otherwise;
  const digits = Array.from({ length: 10 }, (_, digit) => new Intl.NumberFormat(locale, { useGrouping: false }).format(digit));
  return {
    decimal: mark('decimal', '.'), thousands: mark('group', ','), grouping: grouping(parts), currency: ['', ''], minus: mark('minusSign', '-'),
    ...(digits[0] === '0' ? {} : { numerals: digits }),
  };
}

/** Sizes of the groups of digits, from the decimal mark on: 3, but 3, 2, 2 in India. */
function grouping(parts: readonly Intl.NumberFormatPart[]): number[] {
  const sizes = parts.filter((part) => part.type === 'integer').map((part) => [...part.value].length).reverse();
  const inner = sizes.slice(0, -1);
  return inner.length === 0 ? [3] : inner;
}
