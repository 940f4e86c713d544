/** The tags of a page: which are never closed or closed out of turn, and where its links lead. */

const withoutEnd = new Set(['meta', 'img', 'br', 'hr', 'input', 'link']);

export function tagsOf(markup: string): {
  unclosed: string[];
  links: string[];
  ids: { all: string[]; repeated: string[] };
} {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', attributes = ''] of markup.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (withoutEnd.has(name) || attributes.endsWith('/')) continue;
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else wrong.push(`</${name}> after <${open.at(-1)}>`);
  }
  const all = [...markup.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
  return {
    unclosed: [...wrong, ...open],
    links: [...markup.matchAll(/ href="(#[^"]*)"/g)].map(([, href = '']) => href),
    ids: { all, repeated: all.filter((id, index) => all.indexOf(id) !== index) },
  };
}
