import { describe, expect, it } from 'vitest';
import { checkRequest, checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import type { Outcome } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, type ReceivedRequest } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { type Personality, readSomScript } from '../../mocks/som-script.ts';
import { drainingEndpoint } from '../../mocks/steering/draining.ts';
import { openStandalone } from '../../mocks/steering/standalone.ts';
import { bodyOf, item, order, orders } from './simulated.ts';

/** A party as it stands alone, asked over its own paths and steered over `/mock/v1`; every message is held against its contract. */
function standing(file: object, personality: Personality = 'som') {
  const read = readSomScript({ [personality]: 'test', ...file });
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const told: ReceivedRequest[] = [];
  const urls = { publicUrl: 'http://party.test', callbackUrl: 'http://om.test' };
  const { script } = read;
  const party = openStandalone({ kernel, client, personality, script, written: file, ...urls });
  network.set('http://party.test', party.endpoint);
  network.set('http://om.test', (request) => {
    told.push(request);
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  });
  async function ask(method: string, path: string, body?: unknown): Promise<Outcome> {
    let outcome: Outcome | undefined;
    kernel.call('ask', async () => {
      const request = { method, url: `http://party.test${path}`, headers: { 'content-type': jsonMediaType } };
      outcome = await client.send(body === undefined ? request : { ...request, body: jsonBody(body) }, {
        timeoutMs: 1e6,
      });
    });
    await kernel.run(Number.POSITIVE_INFINITY, () => outcome !== undefined);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }
  async function steer(method: string, path: string, body?: unknown) {
    const outcome = await ask(method, `/mock/v1${path}`, body);
    const contract = contractOf(method, `/mock/v1${path}`.replace(/\?.*/, ''));
    if (contract === undefined || outcome.kind !== 'answered') throw new Error(`no contract for ${method} ${path}`);
    const { status, body: answer } = outcome.response;
    expect(checkResponse(contract, 'own', { status, body: answer?.json })).toEqual([]);
    if (status < 400) expect(checkRequest(contract, 'own', body)).toEqual([]);
    return { status, body: bodyOf(outcome) };
  }
  const place = (externalId: string, ...items: object[]) => ask('POST', orders, order(externalId, ...items));
  return { kernel, party, told, ask, steer, place };
}

const accepting = (...then: object[]) => ({ behaviours: [{ answer: 'accept', then }] });

describe('the API that steers a mock', () => {
  it('shows the script and takes another, for the orders from then on', async () => {
    const script = accepting({ after: 'PT1H', state: 'completed' });
    const { steer, place, kernel, party } = standing(script);
    expect((await steer('GET', '/script')).body).toEqual(script);
    const first = bodyOf(await place('r-1'));
    const other = { som: 'refuses', behaviours: [{ answer: { refuse: 422, reason: 'not any more' } }] };
    expect(await steer('PUT', '/script', other)).toEqual({ status: 200, body: other });
    expect((await steer('GET', '/script')).body).toEqual(other);
    expect(bodyOf(await place('r-2')).reason).toBe('not any more');
    await kernel.run();
    expect(party.som.orders.get(first.id)?.state).toBe('completed');
  });

  it('refuses a script that is wrong, or for another party, and keeps the one it has', async () => {
    const { steer } = standing(accepting());
    expect(await steer('PUT', '/script', { som: 'x', behaviours: [{ answer: 'perhaps' }] })).toMatchObject({
      status: 400,
      body: { details: expect.arrayContaining([expect.objectContaining({ datapath: '/behaviours/0/answer' })]) },
    });
    expect(await steer('PUT', '/script', { flowone: 'x' })).toMatchObject({
      status: 400,
      body: { message: 'This is a som, and the script is for a flowone' },
    });
    expect((await steer('GET', '/script')).body).toEqual(accepting());
  });

  it('finds exchanges by method, path, status, externalId and whether they were foreseen', async () => {
    const { steer, place, ask, kernel } = standing({
      tell: 'outboundresponse',
      behaviours: [
        { when: { specification: 'access-line' }, answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] },
        { when: { specification: 'torn' }, answer: 'reset' },
      ],
    });
    await place('r-1');
    await place('r-2', item('a', 'torn'));
    await place('r-3', item('a', 'unknown'));
    await ask('GET', `${orders}/none`);
    await kernel.run();
    const found = async (query: string) =>
      (await steer('GET', `/journal${query}`)).body.map(
        ({
          request,
          outcome,
        }: {
          request: { method: string; path: string };
          outcome: { kind: string; status?: number };
        }) => `${request.method} ${request.path.split('/').at(-1)} ${outcome.status ?? outcome.kind}`,
      );
    expect(await found('')).toEqual([
      'POST serviceOrder 201',
      'POST serviceOrder reset',
      'POST serviceOrder 501',
      'GET none 404',
      'POST outboundresponse 201',
    ]);
    expect(await found('?method=GET')).toEqual(['GET none 404']);
    expect(await found('?path=outboundresponse')).toEqual(['POST outboundresponse 201']);
    expect(await found('?status=reset')).toEqual(['POST serviceOrder reset']);
    expect(await found('?status=501&method=POST')).toEqual(['POST serviceOrder 501']);
    expect(await found('?externalId=r-1')).toEqual(['POST serviceOrder 201', 'POST outboundresponse 201']);
    expect(await found('?unmatched=true')).toEqual(['POST serviceOrder 501']);
    expect(await found('?limit=1&offset=1')).toEqual(['POST serviceOrder reset']);
    expect(await steer('GET', '/journal?limit=x')).toMatchObject({ status: 400 });
  });

  it('tells what was nearest to a request that nobody foresaw', async () => {
    const { steer, place } = standing({
      behaviours: [{ name: 'removals', when: { action: 'delete' }, answer: 'accept' }],
    });
    await place('r-1');
    expect((await steer('GET', '/nearMiss')).body).toMatchObject([
      {
        request: 'POST serviceOrder',
        externalId: 'r-1',
        nearest: 'removals',
        difference: 'action: wanted delete, got add',
      },
    ]);
  });

  it('shows orders, by id or externalId', async () => {
    const { steer, place } = standing(accepting({ after: 'PT1H', state: 'completed' }));
    const { id } = bodyOf(await place('r-1'));
    const view = {
      id,
      externalId: 'r-1',
      state: 'acknowledged',
      items: [{ id: 'a', action: 'add', specification: 'access-line', state: 'acknowledged' }, { id: 'b' }],
      isHeld: false,
      steps: 1,
      nextStep: 0,
    };
    expect((await steer('GET', '/order')).body).toMatchObject([view]);
    expect((await steer('GET', '/order?state=completed')).body).toEqual([]);
    expect((await steer('GET', `/order/${id}`)).body).toMatchObject(view);
    expect((await steer('GET', '/order/r-1')).body).toMatchObject(view);
    expect(await steer('GET', '/order/r-9')).toMatchObject({ status: 404 });
  });

  it('releases an order that is held, and no other', async () => {
    const { steer, place, kernel, party } = standing(
      accepting({ after: 'PT1M', hold: true }, { after: 'PT1H', state: 'completed' }),
    );
    const { id } = bodyOf(await place('r-1'));
    expect(await steer('POST', `/order/${id}/release`)).toMatchObject({
      status: 409,
      body: { message: /is not held/ },
    });
    await kernel.run();
    expect(await steer('POST', `/order/${id}/release`)).toMatchObject({
      status: 200,
      body: { isHeld: false, nextStep: 1 },
    });
    await kernel.run();
    expect(party.som.orders.get(id)?.state).toBe('completed');
  });

  it('takes the next step at once', async () => {
    const { steer, place, kernel } = standing(accepting({ after: 'P9D', state: 'completed' }));
    const { id } = bodyOf(await place('r-1'));
    const before = kernel.now();
    expect(await steer('POST', `/order/${id}/advance`)).toMatchObject({ status: 200, body: { state: 'completed' } });
    expect(kernel.now()).toBe(before);
    expect(await steer('POST', `/order/${id}/advance`)).toMatchObject({
      status: 409,
      body: { message: /no step to come/ },
    });
  });

  it.each([
    [
      { state: 'failed', items: { id: 'b' }, tell: 'outboundresponse' },
      { serviceOrderItem: [{ id: 'b', state: 'error' }] },
    ],
    [
      { say: 'completed', tell: 'outboundresponse', wrong: { item: 'z' } },
      { serviceOrderItem: [{ id: 'z' }, { id: 'b' }] },
    ],
    [{ state: 'inProgress' }, { eventType: 'ServiceOrderStateChangeEvent' }],
    [{ jeopardy: { name: 'late' } }, { eventType: 'ServiceOrderJeopardyEvent' }],
  ])('fires %j', async (step, message) => {
    const { steer, place, ask, told, kernel } = standing(accepting());
    await ask('POST', '/tmf-api/serviceOrdering/v4/hub', { callback: 'http://om.test' });
    await place('r-1');
    expect(await steer('POST', '/order/r-1/fire', step)).toMatchObject({ status: 200 });
    await kernel.run();
    expect(told.map(({ body }) => body?.json)).toMatchObject([{ eventType: 'ServiceOrderCreateEvent' }, message]);
  });

  it.each([
    [{}, '/state'],
    [{ state: 'done' }, '/state'],
    [{ state: 'completed', hold: true }, '/hold'],
    [{ state: 'completed', items: { id: 'z' } }, '/items'],
    [{ fallout: 'x' }, '/fallout'],
    [{ state: 'completed', say: 'failed' }, ''],
  ])('does not fire %j, and says why', async (step, datapath) => {
    const { steer, place, told, kernel } = standing(accepting());
    await place('r-1');
    const { status, body } = await steer('POST', '/order/r-1/fire', step);
    expect([status, body.details[0].datapath]).toEqual([400, datapath]);
    await kernel.run();
    expect(told).toEqual([]);
  });

  it('says that a state cannot be, and how it could', async () => {
    const { steer, place } = standing({ behaviours: [{ answer: { accept: 'completed' } }] });
    await place('r-1');
    const { body } = await steer('POST', '/order/r-1/fire', { state: 'held' });
    expect(body.details[0].message).toMatch(/regardless: true; or say/);
    expect(await steer('POST', '/order/r-1/fire', { state: 'held', regardless: true })).toMatchObject({ status: 200 });
  });

  it('forgets orders, attempts and journal, and what was still to happen', async () => {
    const { steer, place, ask, kernel, told, party } = standing({
      ...accepting({ after: 'PT1H', state: 'completed', delay: 'PT1H' }),
    });
    await ask('POST', '/tmf-api/serviceOrdering/v4/hub', { callback: 'http://om.test' });
    await place('r-1');
    await kernel.run(kernel.now() + 90 * 60_000);
    expect((await steer('POST', '/reset')).status).toBe(204);
    await kernel.run();
    expect(told.splice(0)).toMatchObject([{ body: { json: { eventType: 'ServiceOrderCreateEvent' } } }]);
    expect([party.som.orders.size, party.journal.exchanges.length]).toEqual([0, 0]);
    await place('r-1');
    await kernel.run();
    expect([told.splice(0).length, party.som.orders.size]).toEqual([3, 1]);
    await place('r-2');
    await steer('POST', '/reset');
    await kernel.run();
    expect(told).toEqual([]);
  });

  it('is no part of the journal, and knows no other paths', async () => {
    const { steer, ask, party } = standing(accepting());
    await steer('GET', '/order');
    expect(await ask('GET', '/mock/v1/elsewhere')).toMatchObject({ response: { status: 404 } });
    expect(await ask('DELETE', '/mock/v1/script')).toMatchObject({
      response: { status: 405, headers: { allow: 'GET, PUT' } },
    });
    expect(party.journal.exchanges).toEqual([]);
  });

  it.each(['tom', 'flowone'] as const)('steers a %s as well', async (personality) => {
    const { ask, steer } = standing(accepting(), personality);
    const path = personality === 'tom' ? orders : '/flowone/v1/serviceorder';
    const asked = order('r-1', item('a', 'access-line', personality === 'tom' ? 'add' : 'CONNECT'));
    const { id } = bodyOf(await ask('POST', path, asked));
    if (personality === 'tom') expect(id).toMatch(/^tom-/);
    expect(await steer('POST', '/order/r-1/fire', { state: 'completed' })).toMatchObject({
      body: { id, state: 'completed' },
    });
  });
});

describe('a mock that is asked to finish', () => {
  it('answers what is open, and nothing that comes then', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const slow: Endpoint = () => ({ kind: 'reply', response: { status: 201, headers: {} }, afterMs: 5_000 });
    const draining = drainingEndpoint(slow, kernel);
    const request = { method: 'GET', path: '/', query: {}, headers: {} };
    const seen: unknown[] = [];
    const start = kernel.now();
    const note = (what: unknown) => seen.push([what, kernel.now() - start]);
    kernel.call('open', async () => {
      note((await draining.endpoint(request)).kind);
    });
    kernel.call('end', async () => {
      const finished = draining.finish(60_000).then(() => note('finished'));
      note(await draining.endpoint(request));
      kernel.park();
      await finished;
    });
    await kernel.run();
    expect(seen).toMatchObject([
      [{ kind: 'reply', response: { status: 503, headers: { connection: 'close' } } }, 0],
      ['reply', 5_000],
      ['finished', 5_000],
    ]);
  });

  it('does not wait for silence, nor longer than it may', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const request = { method: 'GET', path: '/', query: {}, headers: {} };
    const silent = drainingEndpoint(() => ({ kind: 'silence' }), kernel);
    expect((await silent.endpoint(request)).kind).toBe('silence');
    await silent.finish(60_000);
    const slow = drainingEndpoint(() => ({ kind: 'reset', afterMs: 3_600_000 }), kernel);
    const start = kernel.now();
    let finishedAt = 0;
    kernel.call('open', async () => {
      await slow.endpoint(request);
    });
    kernel.call('end', async () => {
      const finished = slow.finish(1_000);
      kernel.park();
      await finished;
      finishedAt = kernel.now() - start;
    });
    await kernel.run();
    expect(finishedAt).toBe(1_000);
  });
});
