/** `southbound/msw` as somebody else's tests use it: with an msw server, `fetch`, and a clock that is advanced. */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { flowone, som, tom } from '../../mocks/msw.ts';

const url = 'http://som.test/tmf-api/serviceOrdering/v4';
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const order = {
  externalId: 'r-1',
  serviceOrderItem: [{ id: 'a', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }],
};

async function post(path: string, body: object): Promise<{ status: number; body: { [name: string]: unknown } }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as { [name: string]: unknown } }; // every answer of a SOM is an object
}

describe('a simulated SOM in a test', () => {
  it('answers while the test waits for it, and does nothing else by itself', async () => {
    const simulated = som();
    server.use(...simulated.handlers);
    const { status, body } = await post('/serviceOrder', order);
    expect([status, body.state]).toEqual([201, 'acknowledged']);
    const later = await fetch(`${url}/serviceOrder/${body.id}`);
    expect(await later.json()).toMatchObject({ state: 'acknowledged' });
  });

  it('moves when time is advanced, and tells its subscribers with fetch', async () => {
    const simulated = som();
    const heard: unknown[] = [];
    server.use(
      ...simulated.handlers,
      http.post('http://app.test/listener/:event', async ({ request, params }) => {
        heard.push([
          params.event,
          ((await request.json()) as { event: { serviceOrder: { state: string } } }).event.serviceOrder.state,
        ]);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    expect((await post('/hub', { callback: 'http://app.test' })).status).toBe(201);
    const { body } = await post('/serviceOrder', order);
    await simulated.advance('PT5M');
    expect(heard).toEqual([
      ['serviceOrderCreateEvent', 'acknowledged'],
      ['serviceOrderStateChangeEvent', 'inProgress'],
    ]);
    await simulated.advance('PT1H');
    expect(heard).toHaveLength(3);
    expect(await (await fetch(`${url}/serviceOrder/${body.id}`)).json()).toMatchObject({ state: 'completed' });
  });

  it('lets a listener ask it back while it is telling', async () => {
    const simulated = som({
      som: 'slow to show',
      latency: 'PT3S',
      behaviours: [{ answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] }],
    });
    const seen: unknown[] = [];
    server.use(
      ...simulated.handlers,
      http.post('http://app.test/listener/:event', async ({ request }) => {
        const event = (await request.json()) as { event: { serviceOrder: { id: string } } };
        const asked = await fetch(`${url}/serviceOrder/${event.event.serviceOrder.id}`);
        seen.push(((await asked.json()) as { state: string }).state);
        return new HttpResponse(null, { status: 201 });
      }),
    );
    await post('/hub', { callback: 'http://app.test' });
    await post('/serviceOrder', order);
    await simulated.advance('PT2H');
    expect(seen).toEqual(['acknowledged', 'completed', 'completed']);
  });

  it('keeps a journal of what it received and what it told', async () => {
    const simulated = som({
      som: 'picky',
      behaviours: [{ name: 'only removals', when: { action: 'delete' }, answer: 'accept' }],
    });
    server.use(...simulated.handlers);
    expect((await post('/serviceOrder', order)).status).toBe(501);
    expect(simulated.journal.exchanges).toMatchObject([
      {
        from: 'caller',
        to: 'som',
        request: { method: 'POST', path: '/tmf-api/serviceOrdering/v4/serviceOrder' },
        outcome: { status: 501 },
      },
    ]);
    expect(simulated.journal.unmatched).toMatchObject([{ nearest: 'only removals' }]);
  });

  it('breaks a connection when its script says so', async () => {
    const simulated = som({ som: 'torn', behaviours: [{ answer: 'reset' }] });
    server.use(...simulated.handlers);
    await expect(post('/serviceOrder', order)).rejects.toThrow(/fetch/i);
  });

  it('stays silent until the test gives up', async () => {
    const simulated = som({ som: 'silent', behaviours: [{ answer: 'silence' }] });
    server.use(...simulated.handlers);
    const abort = new AbortController();
    const asked = fetch(`${url}/serviceOrder`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
      signal: abort.signal,
    });
    await simulated.advance('P1D');
    abort.abort();
    await expect(asked).rejects.toThrow(/abort/i);
  });

  it('says everything that is wrong with a script', () => {
    expect(() =>
      som({ som: 'x', behaviours: [{ answer: 'perhaps' }, { when: { attempt: 0 }, answer: 'accept' }] }),
    ).toThrow(/The SOM script cannot be used:[\s\S]*\/behaviours\/0\/answer[\s\S]*\/behaviours\/1\/when\/attempt/);
  });

  it('gives the same ids from the same seed, and others from another', async () => {
    const idFrom = async (seed: string) => {
      server.resetHandlers(...som(undefined, { seed }).handlers);
      return (await post('/serviceOrder', order)).body.id;
    };
    expect(await idFrom('7')).toBe(await idFrom('7'));
    expect(await idFrom('7')).not.toBe(await idFrom('8'));
  });
});

describe('other parties, and orders by hand', () => {
  it('stand beside each other, each with its own words', async () => {
    const [bigger, smaller] = [tom(), flowone()];
    server.use(...som().handlers, ...bigger.handlers, ...smaller.handlers);
    const placed = async (to: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    expect(await placed('http://tom.test/tmf-api/serviceOrdering/v4/serviceOrder', order)).toMatchObject({
      id: expect.stringMatching(/^tom-/),
    });
    const connection = { externalId: 'r-1', serviceOrderItem: [{ id: '1', action: 'CONNECT', service: {} }] };
    expect(await placed('http://flowone.test/flowone/v1/serviceorder', connection)).toEqual({
      id: expect.stringMatching(/^\d+$/),
    });
    await bigger.advance('PT3H');
    const shown = await fetch('http://tom.test/mock/v1/order/r-1');
    expect(await shown.json()).toMatchObject({ state: 'completed' });
  });

  it('release what is held, and fire what nobody planned', async () => {
    const simulated = som({
      som: 'held',
      tell: 'outboundresponse',
      behaviours: [
        {
          answer: 'accept',
          then: [
            { after: 'PT1M', hold: true },
            { after: 'PT1H', state: 'completed' },
          ],
        },
      ],
    });
    const heard: unknown[] = [];
    server.use(
      ...simulated.handlers,
      http.post('http://om.test/api/sn_tmf_api/order/serviceOrder/outboundresponse', async ({ request }) => {
        heard.push(await request.json());
        return new HttpResponse(null, { status: 201 });
      }),
    );
    await post('/serviceOrder', order);
    await expect(simulated.release('r-1')).rejects.toThrow(/not held/);
    await simulated.advance('P1D');
    await simulated.release('r-1');
    await simulated.fire('r-1', { say: 'failed', tell: 'outboundresponse' });
    await simulated.advance('PT1H');
    expect(heard).toEqual([
      { externalId: 'r-1', serviceOrderItem: [{ id: 'a', state: 'error' }] },
      { externalId: 'r-1', serviceOrderItem: [{ id: 'a', state: 'fulfilled' }] },
    ]);
    await expect(simulated.fire('r-1', { state: 'held' })).rejects.toThrow(/cannot be fired[\s\S]*legal-move/);
    await expect(simulated.fire('r-9', { state: 'held' })).rejects.toThrow(/no order with the id or externalId r-9/);
  });

  it('say when a script is for somebody else', () => {
    expect(() => flowone({ som: 'x' })).toThrow('The FlowOne script cannot be used: it is for a som');
  });
});
