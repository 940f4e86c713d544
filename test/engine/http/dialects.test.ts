/** One order's way to a target and back, in each dialect and by each way of reporting. */
import { describe, expect, it } from 'vitest';
import { checkRequest, contractOf } from '../../../contracts/profile/contract.ts';
import { type Engine, openEngine, productOrderingBase, readTargets } from '../../../engine/index.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import {
  type HttpResponse,
  jsonBody,
  jsonMediaType,
  jsonResponse,
  type ReceivedRequest,
} from '../../../exchange/message.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { broadband, hierarchical } from '../../support/orders.ts';

interface Sent {
  readonly kernel: TimedKernel;
  readonly atSom: ReceivedRequest[];
  /** When each came. */
  readonly arrivedAt: number[];
  readonly requestId: string;
  readonly items: readonly string[];
  tell(path: string, body: object): Promise<number | undefined>;
  states(): Promise<string[]>;
}

/** An engine whose order has gone to a target that is configured like this. */
async function sent(url: string, configured: object, som: (request: ReceivedRequest) => HttpResponse): Promise<Sent> {
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const read = readTargets({ som: { url: `http://som.test${url}`, ...configured } }, { SECRET: 'secret' });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const policies = { ...hierarchical, approval: 'automatic' } as const;
  const engine = await openEngine({
    kernel,
    client,
    catalogue: broadband,
    policies,
    targets: read.content,
    publicUrl: 'http://om.test',
  });
  const atSom: ReceivedRequest[] = [];
  const arrivedAt: number[] = [];
  network.set('http://om.test', engine.endpoint);
  network.set('http://som.test', (request) => {
    atSom.push(request);
    arrivedAt.push(kernel.now());
    return { kind: 'reply', response: som(request), afterMs: 1_000 };
  });
  const tell = async (path: string, body: object) => {
    let status: number | undefined;
    kernel.call('tell', async () => {
      const request = { method: 'POST', url: `http://om.test${path}`, headers: { 'content-type': jsonMediaType } };
      const outcome = await client.send({ ...request, body: jsonBody(body) }, { timeoutMs: 1_000 });
      if (outcome.kind === 'answered') status = outcome.response.status;
    });
    await kernel.run(kernel.now() + 5_000);
    return status;
  };
  await engine.start();
  await kernel.run(kernel.now() + 5_000);
  await tell(`${productOrderingBase}/productOrder`, {
    productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }],
  });
  const requests = await requestsOf(engine);
  return {
    kernel,
    atSom,
    arrivedAt,
    requestId: requests[0]?.requestId ?? '',
    items: requests.map(({ serviceOrder }) => serviceOrder),
    tell,
    states: async () => (await requestsOf(engine)).map(({ state }) => state),
  };
}

async function requestsOf(engine: Engine) {
  const { orders } = await engine.store.list({ category: 'Product', offset: 0, limit: 1 });
  return orders[0]?.outboundRequests ?? [];
}

/** What is wrong with the requests at the SOM, by their contract. */
function findingsAt(requests: readonly ReceivedRequest[]): unknown[] {
  return requests.map(({ method, path, body }) => {
    const contract = contractOf(method, path);
    return contract === undefined ? `${method} ${path}` : checkRequest(contract, 'own', body?.json);
  });
}

const tmf641Url = '/tmf-api/serviceOrdering/v4';

describe('a target that speaks FlowOne', () => {
  const answered = ({ path }: ReceivedRequest) =>
    path.endsWith('/hub') ? jsonResponse(201, { id: '1', callback: 'x' }) : jsonResponse(200, { id: 4711 });
  const eventOf = (requestId: string, more: object) => ({
    eventId: 'e',
    eventTime: '2026-01-05T08:00:00Z',
    eventType: 'ServiceOrderStateChangeEvent',
    event: { serviceOrder: { id: 4711, externalId: requestId, href: null, ...more } },
  });
  const path = '/callback/api/v1/event';

  it('is subscribed to and sent to by its own contract, with its credentials', async () => {
    const auth = { basic: { user: 'southbound', password: { env: 'SECRET' } } };
    const { atSom, states } = await sent('/flowone/v1', { dialect: 'flowone', auth }, answered);
    expect(atSom).toMatchObject([
      { method: 'POST', path: '/flowone/v1/hub', body: { json: { callback: `http://om.test${path}` } } },
      { method: 'POST', path: '/flowone/v1/serviceorder' },
    ]);
    expect(findingsAt(atSom)).toEqual([[], []]);
    for (const { headers } of atSom) expect(headers.authorization).toMatch(/^Basic /);
    expect(new Set(await states())).toEqual(new Set(['pending']));
  });

  it('tells of fallout and of its end by events without a state of their own', async () => {
    const { requestId, tell, states } = await sent('/flowone/v1', { dialect: 'flowone' }, answered);
    const phaseNote = { message: 'Order has entered in fallout: no port' };
    expect(await tell(path, eventOf(requestId, { state: 'inProgress', phaseNote }))).toBe(201);
    expect(new Set(await states())).toEqual(new Set(['error']));
    expect(await tell(path, eventOf(requestId, { state: 'completed' }))).toBe(201);
    expect(new Set(await states())).toEqual(new Set(['fulfilled']));
  });

  it('is not believed when its event breaks the contract, and passed over when it is about others', async () => {
    const { requestId, tell, states } = await sent('/flowone/v1', { dialect: 'flowone' }, answered);
    expect(await tell(path, eventOf(requestId, { state: 'partial' }))).toBe(400);
    expect(await tell(path, eventOf('of somebody else', { state: 'completed' }))).toBe(201);
    expect(await tell(path, { ...eventOf(requestId, { state: 'failed' }), eventType: 'ServiceOrderDeleteEvent' })).toBe(
      201,
    );
    expect(new Set(await states())).toEqual(new Set(['pending']));
  });
});

describe('a target that speaks ServiceNow', () => {
  const base = '/api/sn_tmf_api/order';
  const queued = () => jsonResponse(202, { orderId: 'q-1' });

  it('is sent to by its own contract, without a subscription, and calls back', async () => {
    const { atSom, requestId, items, tell, states } = await sent(base, { dialect: 'servicenow' }, queued);
    expect(atSom).toMatchObject([{ method: 'POST', path: `${base}/serviceOrder` }]);
    expect(findingsAt(atSom)).toEqual([[]]);
    const serviceOrderItem = items.map((id) => ({ id, state: 'fulfilled' }));
    expect(await tell(`${base}/serviceOrder/outboundresponse`, { externalId: requestId, serviceOrderItem })).toBe(201);
    expect(new Set(await states())).toEqual(new Set(['fulfilled']));
  });
});

describe('a target that speaks TMF641', () => {
  it('is taken at its own words', async () => {
    const configured = { states: { partial: 'fulfilled' } };
    const { requestId, items, tell, states } = await sent(tmf641Url, configured, () =>
      jsonResponse(201, { id: 'som-1' }),
    );
    const serviceOrderItem = items.map((id) => ({ id, action: 'add', service: {}, state: 'partial' }));
    const event = {
      eventId: 'e',
      eventTime: '2026-01-05T08:00:00Z',
      eventType: 'ServiceOrderStateChangeEvent',
      event: { serviceOrder: { id: 'som-1', externalId: requestId, serviceOrderItem } },
    };
    expect(await tell(`${tmf641Url}/listener/serviceOrderStateChangeEvent`, event)).toBe(201);
    expect(new Set(await states())).toEqual(new Set(['fulfilled']));
  });

  it('is asked until nothing is outstanding, when it does not report', async () => {
    let polls = 0;
    let ordered: { serviceOrderItem: object[] } = { serviceOrderItem: [] };
    const som = ({ method, body }: ReceivedRequest) => {
      if (method === 'GET') polls += 1;
      else ordered = body?.json as typeof ordered; // it is an order
      const state = polls < 3 ? 'inProgress' : 'completed';
      const serviceOrderItem = ordered.serviceOrderItem.map((item) => ({ ...item, state }));
      return jsonResponse(method === 'GET' ? 200 : 201, { id: 'som-1', state, serviceOrderItem });
    };
    const { kernel, atSom, states } = await sent(tmf641Url, { reporting: { poll: 'PT30S' } }, som);
    await kernel.run(kernel.now() + 3_600_000);
    expect(atSom.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${tmf641Url}/serviceOrder`,
      ...Array(3).fill(`GET ${tmf641Url}/serviceOrder/som-1`),
    ]);
    expect(new Set(await states())).toEqual(new Set(['fulfilled']));
  });

  it.each([
    [1, [0, 1, 2, 3]],
    [2, [0, 0, 1, 1]],
    [9, [0, 0, 0, 0]],
  ])('gets no more than %i requests at once, the others in the order of asking', async (concurrency, seconds) => {
    const configured = { concurrency, reporting: 'callback' };
    const som = ({ body }: ReceivedRequest) => jsonResponse(201, { id: 'som-1', externalId: externalIdOf(body?.json) });
    const { kernel, atSom, arrivedAt, tell } = await sent(tmf641Url, configured, som);
    const start = kernel.now();
    const one = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }] };
    const orders = Array.from({ length: 4 }, () => tell(`${productOrderingBase}/productOrder`, one));
    expect(await Promise.all(orders)).toEqual([201, 201, 201, 201]);
    expect(arrivedAt.slice(1).map((at) => (at - start) / 1_000)).toEqual(seconds);
    expect(new Set(atSom.map(({ body }) => externalIdOf(body?.json))).size).toBe(5);
  });
});

function externalIdOf(order: unknown): string {
  return (order as { externalId: string }).externalId; // it is an order
}
