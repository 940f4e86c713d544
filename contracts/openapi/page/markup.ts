/** HTML put together so that nothing gets in unescaped: only what this file has made is taken as it is. */

/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Part[] | undefined;

/** A template whose parts are escaped, but for those that are markup already. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: texts.map((text, index) => `${text}${htmlOf(parts[index])}`).join('') };
}

/** Text between tags, such as a message in a `pre`: quotes may stay as they are there, and are many. */
export function plainText(text: string): Markup {
  return { html: withoutControls(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') };
}

/** What is ours alone: a style or a script, which HTML does not read as markup. Nothing that came from outside may be in it. */
export function verbatim(text: string): Markup {
  return { html: text };
}

function htmlOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return plainText(part).html.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  return 'html' in part ? part.html : part.map(htmlOf).join('');
}

function withoutControls(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?');
}
