/** Widths in ems, generous rather than scarce, as fonts differ: those of DejaVu Sans. */
const NARROW = new Set("iljtfrI.,:;'|!()[]{}`/\\ ‘’·");
const WIDE = new Set('mwMWQO@%…—');

/**
 * About how wide a text is drawn in a sans-serif, in pixels: for layout where there is no font to measure with.
 *
 * Chinese, Japanese and Korean characters are one em, combining marks nothing.
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += characterEms(character);
  return ems * fontSize * (bold ? 1.1 : 1);
}

function characterEms(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x7f) return NARROW.has(character) ? 0.36 : WIDE.has(character) ? 0.92 : code >= 0x41 && code <= 0x5a ? 0.69 : 0.61;
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) return 0;
  return code >= 0x1100 && code !== 0x2026 ? (code >= 0x2000 && code < 0x2e80 ? 0.8 : 1) : WIDE.has(character) ? 0.92 : 0.63;
}

/** A text cut so that it is at most so wide; empty where not even two characters fit. */
export function cutText(text: string, fontSize: number, width: number, bold = false): string {
  if (textWidth(text, fontSize, bold) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, fontSize, bold) > width) break;
    kept += character;
  }
  return [...kept].length < 2 ? '' : `${kept.trimEnd()}…`;
}

/** A text as lines that are at most so wide, broken at spaces, or anywhere between Chinese characters. */
export function wrapText(text: string, fontSize: number, width: number, bold = false): string[] {
  const pieces = text.match(/[⺀-鿿豈-﫿＀-￯][，。；：、）]*|[^\s⺀-鿿豈-﫿＀-￯]+\s*|\s+/gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && textWidth(line + piece.trimEnd(), fontSize, bold) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines.map((one) => cutText(one, fontSize, width, bold));
}
