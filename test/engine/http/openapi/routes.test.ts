/** The document and the engine have the same operations: none is left out, and none is made up. And how both texts are served. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApi } from '../../../../contracts/openapi/model.ts';
import { contractOf } from '../../../../contracts/profile/contract.ts';
import { type ExampleEngine, serveExampleEngine } from '../../../support/example-engine.ts';
import { operationsOf } from '../../../support/openapi-walk.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

let om: ExampleEngine;
let document: OpenApi;
beforeAll(async () => {
  om = await serveExampleEngine();
  document = (await read('openapi.json')) as OpenApi; // as the engine has it
});
afterAll(() => om.close());

async function read(file: string): Promise<unknown> {
  const response = await fetch(`${om.url}/southbound/v1/${file}`);
  return response.json();
}

function told(of: OpenApi): string[] {
  return [...operationsOf(of).values()].map(({ method, path }) => `${method} ${path}`).toSorted();
}

describe('the document', () => {
  it('has every route of the engine, and no other', () => {
    expect(told(document)).toEqual(om.engine.routes.map(({ method, path }) => `${method} ${path}`).toSorted());
    expect(told(document).length).toBeGreaterThan(50);
  });

  it('knows the methods that are possible at each path, and no other is', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const target = `${om.url}${path.replaceAll(/\{\w+\}/g, 'nothing')}`;
      const possible = Object.keys(item).map((method) => method.toUpperCase());
      for (const method of methods.filter((each) => !possible.includes(each))) {
        const response = await fetch(target, { method });
        expect([method, path, response.status]).toEqual([method, path, 405]);
        const everywhere = possible.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
        expect(response.headers.get('allow')?.split(', ').toSorted()).toEqual([...possible, ...everywhere].toSorted());
      }
    }
  });

  it('is told in parts, one for each API, that are the whole together', async () => {
    const parts = await Promise.all(document.tags.map(({ name }) => read(`openapi/${name}.json`) as Promise<OpenApi>));
    expect(parts.map(({ tags }) => tags)).toEqual(document.tags.map((tag) => [tag]));
    expect(parts.flatMap(told).toSorted()).toEqual(told(document));
    expect(Object.assign({}, ...parts.map(({ components }) => components.schemas))).toEqual(
      document.components.schemas,
    );
  });

  it('has a contract for each of its own routes', () => {
    const own = ['/', '/openapi.json', '/openapi/TMF622.json'].map((path) =>
      contractOf('GET', `/southbound/v1${path}`),
    );
    expect(own.map((contract) => contract?.operation.id)).toEqual([
      'browseApis',
      'retrieveOpenApi',
      'retrieveOpenApiOfOne',
    ]);
  });

  it('does not know an API that is not served', async () => {
    const response = await fetch(`${om.url}/southbound/v1/openapi/TMF638.json`);
    const body = await response.json();
    expect(response.status).toBe(404);
    expect(body).toMatchObject({ code: '60', message: expect.stringContaining('TMF622, TMF622v5, TMF641, TMF645') });
  });
});

describe('whoever has lost the way', () => {
  it('is told where the page is', async () => {
    const response = await fetch(`${om.url}/tmf-api/productOrdering/v4/productOrder`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { code: '60', message: expect.stringContaining('http://127.0.0.1:8620/southbound/v1/') },
    ]);
  });
});

describe('the page', () => {
  it('may run nothing but its own style and script, and ask nobody but its server', async () => {
    const response = await fetch(`${om.url}/southbound/v1/`);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(await response.clone().text()) ?? [];
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(await response.text()) ?? [];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = response.headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        `style-src ${hash(style)}`,
        `script-src ${hash(script)}`,
        "connect-src 'self'",
        "base-uri 'none'",
      ]),
    );
    expect(policy.join(' ')).not.toMatch(/unsafe|https?:|\*/);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('texts that do not change', () => {
  it.each(['openapi.json', 'openapi/TMF641.json', ''])('%s is sent once to whoever keeps it', async (file) => {
    const url = `${om.url}/southbound/v1/${file}`;
    const first = await fetch(url);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, (await first.text()).length > 1_000]).toEqual([200, true]);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await fetch(url, { headers: { 'if-none-match': known } });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('are the same from another engine that stands at the same place', async () => {
    const other = await serveExampleEngine();
    for (const file of ['openapi.json', '']) {
      const texts = await Promise.all(
        [om, other].map(async ({ url }) => (await fetch(`${url}/southbound/v1/${file}`)).text()),
      );
      expect(texts[0]).toBe(texts[1]);
    }
    await other.close();
  });
});
