import type { Language } from '../format.js';
import { html, raw, type Html } from './html.js';
import { STYLE } from './style.js';

/** What every page is made of. */
export interface DocumentParts {
  readonly title: string;
  readonly language: Language;
  readonly body: Html;
  /** link to the main part, for those who come by keyboard */
  readonly skip: Html;
}

/** A whole page as text: one file, its own style and script, no network. */
export async function documentOf({ title, language, body, skip }: DocumentParts): Promise<string> {
  // In a file of its own, so that who makes no page does not load vega.
  const { PAGE_SCRIPT, PAGE_SCRIPT_HASH } = await import('../page-script/built.js');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${PAGE_SCRIPT_HASH}; img-src data:; base-uri 'none'; form-action 'none'`;
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
${skip}
<main>
${body}
</main>
<div id="tooltip" role="status" hidden></div>
<script>${raw(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}
