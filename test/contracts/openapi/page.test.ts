/** The page: whole in itself, nothing in it unescaped, and every link leading somewhere. */
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApiOf } from '../../../contracts/openapi/document.ts';
import type { OpenApi } from '../../../contracts/openapi/model.ts';
import { commandLine, targetOf } from '../../../contracts/openapi/page/example.ts';
import { html, plainText } from '../../../contracts/openapi/page/markup.ts';
import { openApiPage } from '../../../contracts/openapi/page/page.ts';
import { pageScript } from '../../../contracts/openapi/page/script.ts';
import { pageStyle } from '../../../contracts/openapi/page/style.ts';
import '../../support/property-seed.ts';

const routes = [
  { method: 'GET', path: '/tmf-api/serviceOrdering/v4/serviceOrder' },
  { method: 'POST', path: '/tmf-api/serviceOrdering/v4/serviceOrder' },
  { method: 'GET', path: '/southbound/v1/order/{id}' },
  { method: 'POST', path: '/tmf-api/serviceOrdering/v4/hub' },
];
const documentAt = (url: string) => openApiOf({ routes, url, told: { TMF641: ['ServiceOrderCreateEvent'] } });
const document = documentAt('http://om.example');
const page = openApiPage(document);
const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;`;

/** What is left of the page without its own style and script. */
function rest(text: string): string {
  return text.replace(pageStyle, '').replace(pageScript, '');
}

describe('the page', () => {
  it('tells every operation and every type once, and every link leads to one of them', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(document.components.schemas)));
    expect(ids).toEqual(expect.arrayContaining(['TMF641_listServiceOrder', 'Southbound_lookIntoOrder', 'walk']));
  });

  it('asks nobody for anything', () => {
    expect(rest(page)).not.toMatch(
      /<(?:img|iframe|object|embed|base|meta http-equiv)\b|<script [^>]*src|@import|url\(/,
    );
    const addresses = [...rest(page).matchAll(/(?:src|href|action)="([^"#][^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => address !== 'data:,' && !address?.startsWith('http://om.example/'))).toEqual(
      [],
    );
    expect(page.match(/<script\b/g)).toHaveLength(1);
    expect(page.match(/<style\b/g)).toHaveLength(1);
  });

  it('has no style and no script in attributes, which its policy would forbid', () => {
    expect(rest(page)).not.toMatch(/ (?:on\w+|style)="/);
  });

  it('has a script that is one, and that shows answers as text only', () => {
    expect(() => new Script(pageScript)).not.toThrow();
    expect(pageScript).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(/);
    expect(pageScript).not.toContain('</script');
    expect(pageStyle).not.toContain('</style');
  });

  it('takes nothing that comes from outside for markup', () => {
    const wild = JSON.parse(
      JSON.stringify({ ...document, servers: [{ url: `http://om.example/${attack.replaceAll('"', '\\"')}` }] }),
      (_key, value) =>
        typeof value === 'string' && !value.startsWith('#/') && value.length > 20 ? `${value}${attack}` : value,
    ) as OpenApi; // the same, with other texts
    const text = openApiPage(wild);
    expect(text).toContain('alert(1)');
    expect(rest(text)).not.toMatch(/<script>alert|<img/);
    expect(text.match(/<script\b/g)).toHaveLength(1);
    expect(rest(text)).not.toMatch(/ onerror=alert\(1\)>/);
  });

  it('is labelled: each field has a label, and the language is said', () => {
    const labels = [...page.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id);
    const fields = [...page.matchAll(/<input[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    expect(labels.toSorted()).toEqual(fields.toSorted());
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  });
});

describe('a template', () => {
  it('escapes whatever is no markup', () => {
    expect(html`<p title="${attack}">${attack}</p>`.html).not.toMatch(/<script|<img|"'>/);
    expect(html`<b>${html`<i>${'<'}</i>`}${['&', 1, undefined]}</b>`.html).toBe('<b><i>&lt;</i>&amp;1</b>');
    expect(plainText('a "b" <c>\u0000').html).toBe('a "b" &lt;c&gt;?');
  });

  it('leaves no bracket and no quote of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.html).not.toMatch(/[<>"']/);
        expect(plainText(text).html).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('a command line', () => {
  it('says all that is sent', () => {
    const target = targetOf({ path: { id: 'a b' }, query: { 'place.id': 'x&y' } }, '/thing/{id}');
    expect(target).toBe('/thing/a%20b?place.id=x%26y');
    expect(commandLine({}, 'GET', `http://om.example${target}`)).toBe(
      "curl -sS 'http://om.example/thing/a%20b?place.id=x%26y'",
    );
  });

  it('keeps what a shell would read as something else in quotes', () => {
    const line = commandLine(
      { headers: { 'x-a': "it's" }, body: { note: "$(rm -rf) it's" } },
      'POST',
      'http://om.example/',
    );
    expect(line).toContain("-H 'x-a: it'\\''s'");
    expect(line).toContain(`"$(rm -rf) it'\\''s"`);
    expect(line).toContain("-X POST 'http://om.example/'");
  });
});
