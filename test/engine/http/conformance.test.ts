/**
 * Every operation of every API that is served, with requests that are good and requests that are not: the statuses are published
 * or in the profile, bodies are as their schemas say, headers are there, and errors have the codes that are documented.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { publishedApis } from '../../../contracts/schemas/documents.ts';
import { applicationCodes } from '../../../contracts/schemas/tmf-error.ts';
import type { HttpResponse } from '../../../exchange/message.ts';
import { openExampleEngine } from '../../support/example-engine.ts';
import { wrongRefusal } from '../../support/hostile/judge.ts';
import { draftOf, type Sample } from '../../support/hostile/request.ts';
import { type HostileWorld, openHostileWorld } from '../../support/hostile/world.ts';

const { engine } = await openExampleEngine();
const routes = engine.routes.map(({ method, path }) => `${method} ${path}`);
const allowed = Map.groupBy(engine.routes, ({ path }) => path);

let world: HostileWorld;
beforeAll(async () => {
  world = await openHostileWorld(false);
});

/** What it is has just been checked, or is about to be. */
function jsonOf<Json>(body: HttpResponse['body']): Json {
  return body?.json as Json; // said by whoever asks
}

function sampleOf(route: string): Sample {
  const sample = world.samples.flat().find((each) => each.route === route);
  if (sample === undefined) throw new Error(`there is no request to ${route}`);
  return sample;
}

interface Changes {
  readonly params?: Sample['params'];
  readonly query?: string;
  readonly contentType?: string;
  readonly method?: string;
  /** As it is sent; that of the good request when absent. */
  readonly text?: string | undefined;
}

async function ask(route: string, changes: Changes): Promise<HttpResponse> {
  const sample = sampleOf(route);
  const draft = draftOf({ ...sample, params: { ...sample.params, ...changes.params } });
  const type = changes.contentType === undefined ? {} : { 'content-type': changes.contentType };
  const query = changes.query ?? draft.query;
  const { response, failure } = await world.ask({
    method: changes.method ?? draft.method,
    target: `${draft.segments.join('/')}${query === '' ? '' : `?${query}`}`,
    headers: { ...draft.headers, ...type },
    text: 'text' in changes ? changes.text : draft.text,
  });
  if (response === undefined) throw failure;
  return response;
}

/** What is published, or in the profile, of an answer; and of its error, that it has one of the documented codes. */
function expectAsPublished(route: string, path: string, { status, headers, body }: HttpResponse): void {
  const [method = ''] = route.split(' ');
  // One address may take events of many types, and the page of the APIs is no message.
  const contract = contractOf(method, path === '/southbound/v1' ? `${path}/` : path);
  if (contract === undefined) expect(path).toMatch(/\/listener(?:\/\w+)?$/);
  else expect(checkResponse(contract, 'conformance', { status, body: body?.json })).toEqual([]);
  if (status < 400) return;
  if (contract === undefined) expect(wrongRefusal({ status, headers, body })).toEqual([]);
  const { code, reason } = jsonOf<{ code: string | number; reason: string }>(body);
  expect(Object.keys(applicationCodes)).toContain(String(code));
  expect(reason).not.toBe('');
  expect(headers['content-type']).toMatch(/^application\/json/);
}

const operationsOf = ({ operations, basePath }: (typeof publishedApis)[keyof typeof publishedApis]) =>
  operations.map(({ method, path }) => `${method} ${basePath}${path}`.replace(/\/$/, ''));

const servedApis = Object.values(publishedApis).filter((api) =>
  operationsOf(api).some((operation) => routes.includes(operation)),
);

describe('every operation', () => {
  it.each(servedApis.map((api) => [api.name, api] as const))('of %s is served', (_name, api) => {
    expect(operationsOf(api).filter((operation) => !routes.includes(operation))).toEqual([]);
  });
});

describe.each(routes)('%s', (route) => {
  const [method = '', path = ''] = route.split(' ');
  const takesBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const isList = isTmfList(method, path);

  it('answers good requests as published', () => {
    const good = world.walked.filter(({ sample }) => sample.route === route);
    for (const { sample, response } of good) {
      const target = draftOf(sample).segments.join('/');
      if (sample.query.fields === undefined) expectAsPublished(route, target, response);
      const json = response.body?.json as { href?: string } | undefined; // only read
      if (response.status === 201 && json?.href !== undefined && response.headers.location !== undefined)
        expect(response.headers.location).toBe(json.href);
      if (response.status === 201 && /Order$|ServiceQualification$/.test(path) && path.startsWith('/tmf-api'))
        expect(response.headers.location).toMatch(new RegExp(`${path}/[0-9a-f]{32}(-(?:WO)?\\d+)?$`));
    }
  });

  if (isList)
    it('is a list with its counts, that refuses to be cut where it cannot be', async () => {
      const whole = await ask(route, { query: 'limit=1000' });
      const count = jsonOf<unknown[]>(whole.body).length;
      expect(whole.headers).toMatchObject({ 'x-total-count': String(count), 'x-result-count': String(count) });
      const page = await ask(route, { query: 'limit=0' });
      expect(page).toMatchObject({
        status: count === 0 ? 200 : 206,
        headers: { 'x-total-count': String(count), 'x-result-count': '0' },
      });
      for (const query of ['limit=-1', 'offset=x', 'limit=1.5']) {
        const refused = await ask(route, { query });
        expect([refused.status, jsonOf<{ code: string }>(refused.body).code]).toEqual([400, '28']);
        expectAsPublished(route, path, refused);
      }
    });

  if (names.length > 0)
    it('knows nothing under an id that nobody gave', async () => {
      const nobody = Object.fromEntries(names.map((name) => [name, 'nobody']));
      const response = await ask(route, { params: nobody });
      expectAsPublished(route, path.replaceAll(/\{\w+\}/g, 'nobody'), response);
      const isKnown = world.walked.some(({ sample }) => sample.route === route);
      // A listener passes over events that it does not know; and where there is no good request, the body is looked at first.
      if (isKnown && !names.includes('event')) expect(response.status).toBe(404);
    });

  if (takesBody)
    it('refuses bodies that are not what it takes', async () => {
      const wrong: readonly [status: readonly number[], changes: Changes][] = [
        [[415], { contentType: 'text/xml', text: '<a/>' }],
        [[415], { contentType: 'application/json; charset=utf-16' }],
        [[400], { text: '{' }],
        [[400], { text: `${'['.repeat(201)}${']'.repeat(201)}` }],
      ];
      for (const [statuses, changes] of wrong) {
        const response = await ask(route, { text: '{}', contentType: 'application/json', ...changes });
        expect(statuses).toContain(response.status);
        expect(response.body?.json).toMatchObject({ code: '22' });
        expectAsPublished(route, path.replaceAll(/\{\w+\}/g, 'a'), response);
      }
      // These may be good where nothing, or anything, is taken.
      for (const text of [undefined, '{}', '[]', 'null', '"a"', '0']) {
        const response = await ask(route, { text, contentType: 'application/json' });
        expectAsPublished(route, draftOf(sampleOf(route)).segments.join('/'), response);
      }
    });

  it('says which methods there are, where it is asked for another', async () => {
    const possible = allowed.get(path)?.map((each) => each.method) ?? [];
    const told = [...possible, 'OPTIONS', ...(possible.includes('GET') ? ['HEAD'] : [])].toSorted();
    const other = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'].filter((each) => !possible.includes(each));
    for (const each of other) {
      const response = await ask(route, { method: each });
      expect([response.status, response.headers.allow?.split(', ').toSorted()]).toEqual([405, told]);
      expect(response.body?.json).toMatchObject({ code: '61', status: '405' });
    }
  });
});

/** Collections of the TMF APIs: the native interface has pages of its own. */
function isTmfList(method: string, path: string): boolean {
  return method === 'GET' && path.startsWith('/tmf-api') && !path.includes('{');
}
