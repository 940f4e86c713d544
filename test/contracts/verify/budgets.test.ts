/** What is sent stays within its budget, keeps its rate, and leaves no subscription behind: whatever the vendor does. */
import { describe, expect, it } from 'vitest';
import { NoToken } from '../../../contracts/verify/credentials.ts';
import { jsonResponse } from '../../../exchange/message.ts';
import { isAsked, isCreate, type Received, stillRegistered, type Watching, watchedVendor } from './watched-vendor.ts';

async function sent(watching: Watching): Promise<{ received: readonly Received[]; leftOut: readonly string[] }> {
  const { received, run } = watchedVendor(watching);
  const { leftOut } = await run();
  return { received, leftOut };
}

/** Orders that were made. */
function made(received: readonly Received[]): number {
  const ids = received.flatMap(({ status, answered, ...each }) =>
    isCreate({ status, answered, ...each }) && status === 201 ? [(answered as { id: string }).id] : [],
  ); // as the vendor answers a create
  return new Set(ids).size;
}

const reply = (status: number, body: unknown, headers = {}) =>
  ({ kind: 'reply', response: jsonResponse(status, body, headers), afterMs: 5 }) as const;

describe('a budget of orders', () => {
  it.each([0, 1, 3, 10])('of %i is kept', async (orders) => {
    const { received, leftOut } = await sent({ budget: { orders } });
    expect(made(received)).toBeLessThanOrEqual(orders);
    expect(leftOut.some((line) => line.includes(`the budget of ${orders} orders is spent`))).toBe(true);
    expect(stillRegistered(received)).toEqual([]);
  });

  it('leaves nothing out when it is enough', async () => {
    const { received, leftOut } = await sent({});
    expect(leftOut).toEqual([]);
    expect(made(received)).toBeGreaterThan(25);
  });

  it('is kept by a vendor that takes whatever it is sent', async () => {
    let count = 0;
    const instead: Watching['instead'] = ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/serviceOrder')) return undefined;
      count += 1;
      return reply(201, { id: `taken-${count}`, state: 'acknowledged' });
    };
    const { received } = await sent({ budget: { orders: 3 }, instead });
    expect(made(received)).toBeLessThanOrEqual(3);
  });
});

describe('a budget of requests', () => {
  it.each([0, 1, 2, 10, 60, 200])('of %i is kept, but for cleaning up', async (requests) => {
    const { received, leftOut } = await sent({ budget: { requests } });
    expect(received.filter(isAsked).length).toBeLessThanOrEqual(requests);
    expect(received.length).toBeLessThanOrEqual(requests + 20);
    expect(leftOut.some((line) => line.includes(`the budget of ${requests} requests is spent`))).toBe(true);
    expect(stillRegistered(received)).toEqual([]);
  });

  it('counts what a busy vendor puts off', async () => {
    const busy: Watching['instead'] = ({ method }) =>
      method === 'GET' ? reply(503, { code: '1', reason: 'busy' }, { 'retry-after': '1' }) : undefined;
    const { received } = await sent({ budget: { requests: 50 }, instead: busy });
    expect(received.filter(isAsked).length).toBeLessThanOrEqual(50);
    expect(stillRegistered(received)).toEqual([]);
  });
});

describe('the rate', () => {
  /** What may be sent at once, having waited for it. */
  const gathered = 16;

  it.each([5, 20, 50])('of %i a second is kept in every stretch of time', async (perSecond) => {
    const { received } = await sent({ budget: { perSecond, requests: 400 } });
    const times = received.map(({ at }) => at);
    const odd = times.flatMap((from, first) =>
      times.slice(first).flatMap((to, more) => {
        const allowed = ((to - from) / 1_000) * perSecond + 1 + gathered;
        return more + 1 > allowed ? [`${more + 1} requests within ${to - from} ms`] : [];
      }),
    );
    expect(odd.slice(0, 3)).toEqual([]);
    expect(times.length).toBeGreaterThan(300);
  });

  it('is less for a vendor that is busy', async () => {
    let asked = 0;
    const busy: Watching['instead'] = () => {
      asked += 1;
      return asked % 4 === 0 ? reply(429, { code: '1', reason: 'busy' }, { 'retry-after': '1' }) : undefined;
    };
    const { received } = await sent({ budget: { perSecond: 50, requests: 200 }, instead: busy });
    const tookS = ((received.at(-1)?.at ?? 0) - (received[0]?.at ?? 0)) / 1_000;
    expect(received.length / tookS).toBeLessThan(10);
  });
});

describe('subscriptions', () => {
  it('are all ended', async () => {
    const { received } = await sent({});
    expect(
      received.filter(({ method, path, status }) => method === 'POST' && path === '/hub' && status === 201).length,
    ).toBeGreaterThan(8);
    expect(stillRegistered(received)).toEqual([]);
  });

  it.each<[string, Watching['instead']]>([
    [
      'breaks down at every order',
      ({ method, path }) => (method === 'POST' && path.endsWith('Order') ? reply(500, {}) : undefined),
    ],
    [
      'never answers an order',
      ({ method, path }) => (method === 'POST' && path.endsWith('Order') ? { kind: 'silence' } : undefined),
    ],
    [
      'cuts the connection at every look',
      ({ method }) => (method === 'GET' ? { kind: 'reset', afterMs: 1 } : undefined),
    ],
    [
      'answers with what is no JSON',
      ({ method }) =>
        method === 'GET'
          ? {
              kind: 'reply',
              afterMs: 1,
              response: {
                status: 200,
                headers: { 'content-type': 'text/html' },
                body: { text: '<html>', json: undefined },
              },
            }
          : undefined,
    ],
    ['answers with null', ({ method }) => (method === 'GET' ? reply(200, null) : undefined)],
  ])('are ended at a vendor that %s', async (_what, instead) => {
    const { received } = await sent({ budget: { requests: 300 }, ...(instead && { instead }) });
    expect(stillRegistered(received)).toEqual([]);
  });

  it('are ended when a token cannot be renewed for a while', async () => {
    let given = 0;
    const headers = async () => {
      given += 1;
      if (given === 20) throw new NoToken('the token endpoint was answered 503');
      return {};
    };
    const { received, run } = watchedVendor({ credentials: { headers, wrong: {} } });
    await run().catch(() => undefined);
    expect(stillRegistered(received)).toEqual([]);
  });
});

describe('a vendor that says what nobody expects', () => {
  const monitor =
    (found: unknown, location = '/tmf-api/serviceOrdering/v4/monitor/1'): Watching['instead'] =>
    ({ method, path }) => {
      if (method === 'POST' && path.endsWith('/serviceOrder')) return reply(202, {}, { location });
      return path.includes('/monitor/') ? reply(200, found) : undefined;
    };

  it.each<[string, Watching['instead']]>([
    ['a monitor without anything', monitor({})],
    ['a monitor that leads on', monitor({ response: { href: '/serviceOrder/1' } })],
    ['a monitor whose response is a text', monitor({ response: { body: '{"href":"/serviceOrder/1"}' } })],
    ['a monitor somewhere else', monitor({}, 'https://elsewhere.example/monitor/1')],
    [
      'an id with blanks, slashes and percent signs',
      ({ method, path }) =>
        method === 'POST' && path.endsWith('Order') ? reply(201, { id: ' a/b?c#d%e ', href: '%' }) : undefined,
    ],
    [
      'an id that is a number',
      ({ method, path }) => (method === 'POST' && path.endsWith('Order') ? reply(201, { id: 7, href: 7 }) : undefined),
    ],
  ])('is verified to the end: %s', async (_what, instead) => {
    const { received } = await sent({ budget: { requests: 150 }, ...(instead && { instead }) });
    expect(stillRegistered(received)).toEqual([]);
  });

  it.each<[string, Watching['instead']]>([
    ['a monitor whose response is no JSON', monitor({ response: { body: 'not yet' } })],
    ['a monitor that leads to what cannot be decoded', monitor({ response: { href: '/serviceOrder/%E0%A4%A' } })],
    [
      'an id with half a character',
      ({ method, path }) =>
        method === 'POST' && path.endsWith('/serviceOrder') ? reply(201, { id: '\ud800' }) : undefined,
    ],
  ])('is verified to the end: %s', async (_what, instead) => {
    await sent({ budget: { requests: 50 }, ...(instead && { instead }) });
  });
});
