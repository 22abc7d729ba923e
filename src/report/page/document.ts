import type { Language } from '../format.js';
import { html, NOTHING, raw, type Html } from './html.js';
import { STYLE } from './style.js';

/** What every page is made of. */
export interface DocumentParts {
  readonly language: Language;
  readonly title: string;
  /** what stands below the title */
  readonly main: Html | readonly Html[];
}

/** What a page with charts has besides. */
export interface ChartDocumentParts extends DocumentParts {
  /** where a keyboard jumps past the head, by id, and the words that say so */
  readonly skip: { readonly to: string; readonly text: string };
}

/** One HTML file that works offline, with charts: nothing is loaded, and no script runs but its own. */
export async function documentOf({ skip, ...parts }: ChartDocumentParts): Promise<string> {
  // In a file of its own, so that who makes no page does not load vega.
  const { PAGE_SCRIPT, PAGE_SCRIPT_HASH } = await import('../page-script/built.js');
  return frame(parts, ` script-src ${PAGE_SCRIPT_HASH}; img-src data:;`, html`<a class="skip" href="#${skip.to}">${skip.text}</a>`, html`<div id="tooltip" role="status" hidden></div>
<script>${raw(PAGE_SCRIPT)}</script>`);
}

/** The same without charts and without any script. */
export function plainDocumentOf(parts: DocumentParts): string {
  return frame(parts, '', NOTHING, NOTHING);
}

/** The frame of both; a Content-Security-Policy forbids what is not named. */
function frame({ language, title, main }: DocumentParts, allowed: string, before: Html, behind: Html): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline';${allowed} base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${before}
<main>
<h1 dir="auto">${title}</h1>
${main}
</main>
${behind}
</body>
</html>
`.text;
}
