import { columnLength, isPresent, type Column } from './column.js';
import { escapeHtml, type HtmlOptions, type TextOptions } from './show.js';
import { cellOf, type Table } from './table.js';

const ROWS_SHOWN = 20;
const CELLS_SHOWN = 48;      // a longer cell is cut

/** A table as aligned plain text. */
export function tableText(table: Table, { rows = ROWS_SHOWN, width }: TextOptions): string {
  if (table.names.length === 0) return '(no columns)';
  const shown = Math.min(rows, table.numRows);
  const columns = table.names.map((name) => textColumn(name, table.column(name), shown));
  const blocks = width === undefined ? [columns] : wrap(columns, width);
  const text = blocks.map((block) => block[0]!.lines.map((_, i) => block.map((c) => c.lines[i]!).join('  ').trimEnd()).join('\n')).join('\n\n');
  const rest = table.numRows - shown;
  if (table.numRows === 0) return `${text}\n(no rows)`;
  return rest > 0 ? `${text}\n… ${rest} more` : text;
}

interface TextBlockColumn {
  readonly width: number;
  readonly lines: readonly string[];
}

function textColumn(name: string, column: Column, shown: number): TextBlockColumn {
  const format = cellFormatter(column, shown);
  const cells = [oneLine(name), ...Array.from({ length: shown }, (_, i) => oneLine(format(i)))].map(cut);
  const width = Math.max(...cells.map(cellWidth));
  const right = column.type === 'number' || column.type === 'integer';
  return { width, lines: cells.map((cell) => pad(cell, width, right)) };
}

function wrap(columns: readonly TextBlockColumn[], width: number): TextBlockColumn[][] {
  const blocks: TextBlockColumn[][] = [];
  let used = Infinity;
  for (const column of columns) {
    if (used + 2 + column.width > width) {
      blocks.push([]);
      used = -2;
    }
    blocks[blocks.length - 1]!.push(column);
    used += 2 + column.width;
  }
  return blocks;
}

/** A table as an HTML table with every cell escaped. */
export function tableHtml(table: Table, { rows = ROWS_SHOWN }: HtmlOptions): string {
  const shown = Math.min(rows, table.numRows);
  const formats = table.names.map((name) => cellFormatter(table.column(name), shown));
  const right = table.names.map((name) => ['number', 'integer'].includes(table.column(name).type));
  const head = table.names.map((name, c) => `<th scope="col"${right[c] ? ' style="text-align:right"' : ''}>${escapeHtml(name)}</th>`).join('');
  let body = '';
  for (let i = 0; i < shown; i++) {
    body += `<tr>${formats.map((format, c) => `<td${right[c] ? ' style="text-align:right"' : ''}>${escapeHtml(format(i))}</td>`).join('')}</tr>\n`;
  }
  const rest = table.numRows - shown;
  const note = rest > 0 ? `<p>… ${rest} more</p>` : table.numRows === 0 ? '<p>(no rows)</p>' : '';
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>${note}`;
}

/** A table as Markdown. */
export function tableMarkdown(table: Table, { rows = ROWS_SHOWN }: HtmlOptions): string {
  const shown = Math.min(rows, table.numRows);
  const formats = table.names.map((name) => cellFormatter(table.column(name), shown));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const escape = (text: string): string => oneLine(text).replace(/[\\|<>`*_[\]]/g, '\\$&');
  const lines = [
    line(table.names.map(escape)),
    line(table.names.map((name) => (['number', 'integer'].includes(table.column(name).type) ? '---:' : '---'))),
    ...Array.from({ length: shown }, (_, i) => line(formats.map((format) => escape(format(i))))),
  ];
  const rest = table.numRows - shown;
  return lines.join('\n') + (rest > 0 ? `\n\n… ${rest} more` : '');
}

/** How the cells of one column read: numbers of a column share their decimals. */
export function cellFormatter(column: Column, shown: number): (i: number) => string {
  if (column.type !== 'number') return (i) => String(cellOf(column, i) ?? '');
  const decimals = decimalsShown(column.data, Math.min(shown, columnLength(column)));
  return (i) => (isPresent(column, i) ? numberText(column.data[i]!, decimals) : '');
}

function decimalsShown(data: Float64Array, shown: number): number {
  let whole = true;
  let largest = 0;
  for (let i = 0; i < shown; i++) {
    const size = Math.abs(data[i]!);
    if (!Number.isFinite(size)) continue;
    if (!Number.isInteger(size)) whole = false;
    if (size > largest) largest = size;
  }
  if (whole) return 0;
  return largest >= 10 ? 2 : 4;
}

function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1e15 ? String(value) : value.toFixed(decimals);
}

/** How many terminal cells a text takes: CJK and other wide characters two, combining marks none. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0)!);
  return width;
}

function characterWidth(code: number): number {
  if (code < 0x300) return 1;
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(String.fromCodePoint(code))) return 0;
  // East Asian Wide and Fullwidth blocks (Unicode UAX #11), and the emoji planes.
  const wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) || (code >= 0xac00 && code <= 0xd7a3)
    || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6)
    || (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

function cut(text: string): string {
  if (cellWidth(text) <= CELLS_SHOWN) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += characterWidth(character.codePointAt(0)!);
    if (width > CELLS_SHOWN - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - cellWidth(text));
  return right ? space + text : text + space;
}

/** Control characters would break the lines, or the terminal: show them as escapes. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) => (c === '\n' ? '⏎' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
