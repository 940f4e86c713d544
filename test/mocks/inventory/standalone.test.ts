/** An inventory system as it stands alone, with its journal and its API; as msw handlers; and how it makes long lists. */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, pathAndQuery } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { generatedInventory } from '../../../mocks/inventory/generated-inventory.ts';
import { readInventory } from '../../../mocks/inventory/inventory-file.ts';
import { listed } from '../../../mocks/inventory/listing.ts';
import { openStandaloneInventory } from '../../../mocks/inventory/standalone.ts';
import { inventory } from '../../../mocks/msw.ts';
import { readDocument } from '../../../scenarios/files.ts';
import {
  check,
  checks,
  hubOf,
  item,
  reserved,
  resources,
  service,
  services,
  sites,
  specifications,
} from './open-inventory.ts';

const file = { inventory: 'test', specifications, sites };

function standing() {
  const read = readInventory({
    ...file,
    sites: [...sites, { id: 'c', available: [{ specification: 'access-line', at: 'PT1H', quantity: 1 }] }],
    services: [{ id: 's', specification: 'access-line', site: 'a' }],
  });
  if (!read.ok) throw new Error('the file is wrong');
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const told: string[] = [];
  network.set('http://om.test', ({ path }) => {
    told.push(path);
    return { kind: 'reply', response: { status: 204, headers: {} }, afterMs: 0 };
  });
  const client = directClient(kernel, network);
  const urls = { publicUrl: 'http://inventory.test', callbackUrl: 'http://om.test' };
  const party = openStandaloneInventory({ kernel, inventory: read.inventory, client, ...urls });
  async function ask(method: string, url: string, body?: object) {
    const { path, query } = pathAndQuery(url);
    const sent = body === undefined ? {} : { body: jsonBody(body) };
    const answer = await party.endpoint({ method, path, query, headers: { 'content-type': jsonMediaType }, ...sent });
    const contract = contractOf(method, path);
    if (answer.kind !== 'reply' || contract === undefined) throw new Error(`${method} ${path}: ${answer.kind}`);
    const { status, body: answered } = answer.response;
    expect(checkResponse(contract, 'own', { status, body: answered?.json })).toEqual([]);
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
    return { status, body: answered?.json as any };
  }
  return { kernel, party, told, ask };
}

describe('an inventory system that stands alone', () => {
  it('keeps a journal of what it was asked and what it told, and shows its reservations', async () => {
    const { kernel, ask, told } = standing();
    await ask('POST', hubOf(checks), { callback: 'http://om.test' });
    const { body } = await ask('POST', checks, check(reserved('1')));
    await kernel.run(kernel.now() + 1_000);
    expect(told).toEqual(['/listener/checkServiceQualificationCreateEvent']);
    const journal = (await ask('GET', '/mock/v1/journal')).body;
    expect(journal.map(({ request }: { request: { path: string } }) => request.path)).toEqual([
      hubOf(checks),
      checks,
      '/listener/checkServiceQualificationCreateEvent',
    ]);
    expect((await ask('GET', '/mock/v1/journal?externalId=r-1')).body).toHaveLength(2);
    expect((await ask('GET', '/mock/v1/reservation?state=held')).body).toMatchObject([
      { check: body.id, item: '1', site: 'a', specification: 'access-line', state: 'held' },
    ]);
    expect((await ask('GET', '/mock/v1/reservation?state=used')).body).toEqual([]);
    expect((await ask('GET', '/mock/v1/journal?limit=-1')).status).toBe(400);
  });

  it('begins anew when it is reset, and nothing of before happens any more', async () => {
    const { kernel, ask, party, told } = standing();
    await ask('POST', hubOf(checks), { callback: 'http://om.test' });
    const { body } = await ask('POST', checks, check(reserved('1')));
    const made = await ask('POST', `${resources}/resource`, { name: 'Box' });
    expect((await ask('POST', services, service())).status).toBe(409);
    await kernel.run(kernel.now() + 30 * 60_000);
    const toldBefore = told.length;
    expect((await ask('POST', '/mock/v1/reset')).status).toBe(204);
    expect((await ask('GET', `${checks}/${body.id}`)).status).toBe(404);
    expect((await ask('GET', `${resources}/resource/${made.body.id}`)).status).toBe(404);
    expect((await ask('GET', `${services}/s`)).status).toBe(200);
    const place = { site: 'a', specification: 'access-line' };
    expect(party.inventory.poolAt(place)).toEqual({ capacity: 2, used: 1, reserved: 0 });
    const coming = { site: 'c', specification: 'access-line' };
    await kernel.run(kernel.now() + 45 * 60_000);
    expect(party.inventory.poolAt(coming).capacity).toBe(0);
    await kernel.run();
    expect(party.inventory.poolAt(coming).capacity).toBe(1);
    expect([told.length, party.inventory.reservations, kernel.waiting]).toEqual([toldBefore, [], 0]);
  });

  it('serves ten thousand sites, each found by its id', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const data = generatedInventory({ sites: 10_000, seed: '1' });
    const urls = { publicUrl: 'http://inventory.test', callbackUrl: 'http://om.test' };
    const party = openStandaloneInventory({
      kernel,
      inventory: data,
      client: directClient(kernel, new Map()),
      ...urls,
    });
    const get = async (path: string) => {
      const answer = await party.endpoint({ method: 'GET', headers: {}, ...pathAndQuery(path) });
      return answer.kind === 'reply' ? answer.response : undefined;
    };
    const found = await get(`${resources}/logicalResource?place.id=site-09999`);
    expect(found?.body?.json).toHaveLength(3);
    const all = await get(`${resources}/logicalResource`);
    expect([all?.status, all?.headers['x-total-count']]).toEqual([206, '30000']);
  });

  it.each(['north-fibre', 'south-copper'])('has a file to begin with: %s', (name) => {
    const read = readInventory(readDocument(`scenarios/inventories/${name}.yaml`));
    expect(read).toMatchObject({ ok: true });
  });
});

describe('a long list', () => {
  it('makes the page that is asked for, and nothing else', () => {
    const made: number[] = [];
    function* documents() {
      for (let id = 0; id < 1_000; id += 1) {
        yield () => {
          made.push(id);
          return { id };
        };
      }
    }
    const answer = listed(documents(), { offset: ['500'], limit: ['3'] });
    expect(answer).toMatchObject({ response: { status: 206, headers: { 'x-total-count': '1000' } } });
    expect(made).toEqual([500, 501, 502]);
    listed(documents(), { limit: ['3'], id: ['7'] });
    expect(made).toHaveLength(1_003);
  });
});

describe('an inventory system in somebody’s tests', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const post = (path: string, body: object) =>
    fetch(`http://inventory.test${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('answers over msw, and later when time is advanced', async () => {
    const simulated = inventory({ ...file, answers: [{ after: 'PT2H', report: 'processResult' }] });
    const told: unknown[] = [];
    server.use(
      ...simulated.handlers,
      http.post(
        'http://om.test/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult',
        async ({ request }) => {
          told.push(await request.json());
          return new HttpResponse(null, { status: 201 });
        },
      ),
    );
    const answered = await post(checks, check(item('1')));
    expect([answered.status, await answered.json()]).toMatchObject([201, { state: 'inProgress' }]);
    await simulated.advance('PT1H');
    expect(told).toEqual([]);
    await simulated.advance('PT1H');
    expect(told).toMatchObject([{ serviceQualificationItem: [{ id: '1', qualificationResult: 'qualified' }] }]);
    expect(simulated.journal.exchanges).toHaveLength(2);
  });

  it('has sites of its own when nobody says which', async () => {
    server.use(...inventory().handlers);
    const answered = await fetch(`http://inventory.test${resources}/logicalResource?place.id=site-00020`);
    expect(await answered.json()).toHaveLength(3);
  });

  it('says what is wrong with its file', () => {
    expect(() => inventory({ inventory: 'x', sites: [] })).toThrow(
      /cannot be used:\n\/specifications: expected a value/,
    );
  });
});
