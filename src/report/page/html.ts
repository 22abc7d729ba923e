import { escapeHtml } from '../../columns/index.js';

/** HTML whose texts are escaped. */
export interface Html {
  readonly text: string;
  readonly isHtml: true;
}

/** HTML as it is: markup of our own only. */
export function raw(text: string): Html {
  return { text, isHtml: true };
}

export const NOTHING: Html = raw('');

type Part = Html | string | number | readonly Html[];

/** HTML from a template: what is put in is escaped, unless it is HTML made the same way. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  let text = parts[0]!;
  values.forEach((value, i) => (text += textOf(value) + parts[i + 1]!));
  return raw(text);
}

function textOf(value: Part): string {
  if (typeof value === 'object') return 'isHtml' in value ? value.text : value.map((one) => one.text).join('\n');
  return escapeHtml(String(value));
}

/** Data for the page's script. No `<` is left in it, so no text can end the element or open a comment. */
export function jsonScript(id: string, data: unknown): Html {
  const json = JSON.stringify(data).replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return raw(`<script type="application/json" id="${escapeHtml(id)}">${json}</script>`);
}
