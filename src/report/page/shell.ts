import type { Language } from '../format.js';
import { html, raw, type Html } from './html.js';
import { STYLE } from './style.js';

/** What every page has. */
export interface Shell {
  readonly language: Language;
  readonly title: string;
  /** where a keyboard jumps over the head, and the words that say so */
  readonly skip: { readonly to: string; readonly text: string };
  /** said where scripts do not run */
  readonly noScript: string;
}

/** A page as text: one file that works offline, loads nothing, and runs no script but its own. */
export async function pageShell({ language, title, skip, noScript }: Shell, body: (noScript: Html) => Html): Promise<string> {
  // In a file of its own, so that who makes no page does not load vega.
  const { PAGE_SCRIPT, PAGE_SCRIPT_HASH } = await import('../page-script/built.js');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${PAGE_SCRIPT_HASH}; img-src data:; base-uri 'none'; form-action 'none'`;
  const document: Html = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#${skip.to}">${skip.text}</a>
<main>
<h1 dir="auto">${title}</h1>
${body(html`<noscript><p>${noScript}</p></noscript>`)}
</main>
<div id="tooltip" role="status" hidden></div>
<script>${raw(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return document.text;
}
