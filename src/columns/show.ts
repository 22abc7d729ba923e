/** How a table is shown as text. */
export interface TextOptions {
  /** most rows shown, 20 by default */
  readonly rows?: number;
  /** cells of the terminal; wider tables wrap into blocks. Unlimited when absent. */
  readonly width?: number;
}

/** How a table is shown as HTML or Markdown. */
export interface HtmlOptions {
  /** most rows shown, 20 by default */
  readonly rows?: number;
}

/** A thing that shows itself: in a terminal through Node's inspect, in a notebook through its display symbol. */
export interface Showable {
  toString(): string;
  toHTML(): string;
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const JUPYTER = Symbol.for('Jupyter.display');

/**
 * Let an object show itself: `console.log` in Node prints `toString()`, Deno's notebook kernel shows `toHTML()`.
 *
 * The two symbols are not enumerable, so the object stays plain data to `JSON.stringify` and to spread.
 */
export function makeShowable<T extends Showable>(object: T): T {
  return hide(hide(object, INSPECT, () => object.toString()), JUPYTER, () => ({ 'text/html': object.toHTML(), 'text/plain': object.toString() }));
}

/** A plain result that shows itself by the given text and HTML; both and its methods are not enumerable. */
export function showableResult<T extends object>(result: T, show: { text(): string; html(): string }): T & Showable {
  hide(hide(result, 'toString', show.text), 'toHTML', show.html);
  return makeShowable(result as T & Showable);
}

function hide<T extends object>(object: T, key: PropertyKey, value: unknown): T {
  return Object.defineProperty(object, key, { value, enumerable: false, configurable: true });
}

/** Text that is safe inside HTML, between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
