import { describe, expect, it } from 'vitest';
import { checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import type { Outcome } from '../../exchange/client.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonBody, jsonMediaType, jsonResponse } from '../../exchange/message.ts';
import { bodyOf, item, order, orders, simulated } from './simulated.ts';

/** Placed once; then everything happens that is to happen. */
async function lived(file: object) {
  const world = simulated(file);
  await world.subscribe();
  const answer = await world.place(order('r-1'));
  await world.kernel.run();
  return { ...world, answer };
}

const faultOf = (outcome: Outcome) =>
  outcome.kind === 'answered' || outcome.kind === 'malformed'
    ? outcome.response.headers['x-southbound-fault']
    : undefined;

/** What the contract says of the answer to an order. */
const findingsOn = (outcome: Outcome) => {
  const contract = contractOf('POST', orders);
  if (contract === undefined || outcome.kind !== 'answered') return undefined;
  const { status, body } = outcome.response;
  return checkResponse(contract, 'own', { status, body: body?.json });
};

describe('an answer', () => {
  it.each([401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504])(
    'refuses with %i and a TMF error',
    async (status) => {
      const { place, som } = simulated({ behaviours: [{ answer: { refuse: status, retryAfter: 'PT30S' } }] });
      const answer = await place(order('r-1'));
      expect(answer).toMatchObject({ kind: 'answered', response: { status, headers: { 'retry-after': '30' } } });
      expect(bodyOf(answer)).toMatchObject({ '@type': 'Error', status: String(status) });
      expect(faultOf(answer) === undefined).toBe(findingsOn(answer)?.length === 0);
      expect(som.orders.size).toBe(0);
    },
  );

  it('is 202 without a body, and the order is taken', async () => {
    const { place, som } = simulated({
      behaviours: [{ answer: { accept: 'acknowledged', status: 202, body: 'none' } }],
    });
    const answer = await place(order('r-1'));
    expect(answer).toMatchObject({ kind: 'answered', response: { status: 202, body: undefined } });
    expect(faultOf(answer)).toMatch(/status-declared/);
    expect(som.orders.size).toBe(1);
  });

  it('leaves out an id that it should have', async () => {
    const { place } = simulated({ behaviours: [{ answer: { accept: 'acknowledged', without: ['id'] } }] });
    const answer = await place(order('r-1'));
    expect(bodyOf(answer)).not.toHaveProperty('id');
    expect(faultOf(answer)).toMatch(/\/id: expected a value/);
  });

  it('is the page of a proxy', async () => {
    const text = '<h1>Bad gateway</h1>';
    const { place } = simulated({ behaviours: [{ answer: { text, status: 502, mediaType: 'text/html' } }] });
    const answer = await place(order('r-1'));
    expect(answer).toMatchObject({ kind: 'answered', response: { status: 502, body: { text } } });
    expect(faultOf(answer)).toBe('a body that is not JSON');
  });

  it.each([
    ['reset', 'reset'],
    ['halfway', 'reset'],
    ['silence', 'timeout'],
    ['truncated', 'malformed'],
  ])('is lost by %s, and the order is taken once, however often it is sent', async (lose, kind) => {
    const { place, som, kernel } = simulated({
      behaviours: [{ when: { attempt: 1 }, answer: { accept: 'acknowledged', lose } }, { answer: 'accept' }],
    });
    expect((await place(order('r-1'))).kind).toBe(kind);
    expect(bodyOf(await place(order('r-1'))).id).toBe([...som.orders.keys()][0]);
    await kernel.run();
    expect(som.orders.size).toBe(1);
  });

  it('breaks off in the middle of its body on a socket too', async () => {
    const { som, kernel } = simulated({ behaviours: [{ answer: { accept: 'acknowledged', lose: 'halfway' } }] });
    const refuse = (status: number, message: string) => jsonResponse(status, { message });
    const options = { kernel, endpoint: som.endpoint, host: '127.0.0.1', port: 0, refuse };
    const served = await serveEndpoint(options);
    let outcome: Outcome | undefined;
    kernel.call('ask', async () => {
      const request = { method: 'POST', url: `${served.url}${orders}`, headers: { 'content-type': jsonMediaType } };
      outcome = await fetchClient(kernel).send({ ...request, body: jsonBody(order('r-1')) }, { timeoutMs: 30_000 });
    });
    await kernel.run(Number.POSITIVE_INFINITY, () => outcome !== undefined);
    await served.close();
    expect(outcome).toEqual({ kind: 'reset' });
    expect(som.orders.size).toBe(1);
  });
});

const reporting = (...then: object[]) => ({ tell: 'outboundresponse', behaviours: [{ answer: 'accept', then }] });
const telling = (...then: object[]) => ({ behaviours: [{ answer: 'accept', then }] });

describe('a callback', () => {
  const said = ({ told }: Pick<Awaited<ReturnType<typeof lived>>, 'told'>) => told.map(({ body }) => body?.json);
  const saidLater = ({ toldLater }: Pick<Awaited<ReturnType<typeof lived>>, 'toldLater'>) =>
    toldLater().map(({ body }) => body?.json);
  const both = (state: string) => ({
    externalId: 'r-1',
    serviceOrderItem: [
      { id: 'a', state },
      { id: 'b', state },
    ],
  });

  it('comes twice', async () => {
    const world = await lived(reporting({ after: 'PT1H', state: 'completed', times: 2 }));
    expect(said(world)).toEqual([both('fulfilled'), both('fulfilled')]);
  });

  it('comes after one that happened later', async () => {
    const world = await lived(
      reporting(
        { after: 'PT1H', state: 'failed', items: { specification: 'router' }, delay: 'PT2H' },
        { after: 'PT1H', state: 'completed', items: { specification: 'access-line' } },
      ),
    );
    expect(said(world)).toMatchObject([
      { serviceOrderItem: [{ id: 'a', state: 'fulfilled' }] },
      { serviceOrderItem: [{ id: 'b', state: 'error' }] },
    ]);
  });

  it('comes before the 201', async () => {
    const { kernel, place, told, toldAt } = simulated({
      ...reporting({ after: 'PT0S', since: 'request', state: 'completed' }),
      latency: 'PT5S',
    });
    const start = kernel.now();
    await place(order('r-1'));
    expect([told.length, toldAt.map((at) => at - start), kernel.now() - start]).toEqual([1, [0], 5_000]);
  });

  it('comes after the end, of something that is not so', async () => {
    const world = await lived(
      reporting({ after: 'PT1H', state: 'completed' }, { after: 'PT1H', say: 'failed', items: { id: 'a' } }),
    );
    expect(said(world)).toMatchObject([both('fulfilled'), { serviceOrderItem: [{ id: 'a', state: 'error' }] }]);
    expect([...world.som.orders.values()][0]?.state).toBe('completed');
  });

  it('never comes, and the order shows its state to whoever asks', async () => {
    const { toldLater, ask, answer } = await lived(telling({ after: 'PT1H', state: 'completed', tell: 'nothing' }));
    expect(toldLater()).toEqual([]);
    expect(bodyOf(await ask('GET', `${orders}/${bodyOf(answer).id}`))).toMatchObject({ state: 'completed' });
  });

  it('tells of an error, and then that all is well', async () => {
    const world = await lived(
      reporting({ after: 'PT1H', state: 'failed' }, { after: 'PT1H', state: 'completed', regardless: true }),
    );
    expect(said(world)).toEqual([both('error'), both('fulfilled')]);
  });

  it('tells of a part of the hierarchy only', async () => {
    const world = await lived(reporting({ after: 'PT1H', state: 'completed', only: { specification: 'router' } }));
    expect(said(world)).toMatchObject([{ serviceOrderItem: [{ id: 'b', state: 'fulfilled' }] }]);
    const events = await lived(telling({ after: 'PT1H', state: 'completed', only: { specification: 'router' } }));
    expect(events.states()).toEqual([
      'serviceOrderCreateEvent acknowledged: acknowledged acknowledged',
      'serviceOrderStateChangeEvent inProgress: inProgress',
      'serviceOrderStateChangeEvent completed: completed',
    ]);
  });

  it('tells of a part that lies deep, with what it lies in', async () => {
    const inner = item('c', 'router');
    const world = simulated(telling({ after: 'PT1H', state: 'inProgress', only: { id: 'c' } }));
    await world.subscribe();
    await world.place(order('r-1', { ...item('a'), serviceOrderItem: [item('b'), inner] }, item('d')));
    await world.kernel.run();
    expect(saidLater(world)).toMatchObject([
      { event: { serviceOrder: { serviceOrderItem: [{ id: 'a', serviceOrderItem: [{ id: 'c' }] }] } } },
    ]);
    expect(world.undeclared()).toEqual([]);
  });

  it.each([
    ['an externalId that nobody gave', { externalId: 'r-9' }, { externalId: 'r-9' }],
    ['an item that nobody ordered', { item: 'z' }, { serviceOrderItem: [{ id: 'z' }, { id: 'b' }] }],
    ['a state that there is not', { state: 'done' }, { serviceOrderItem: [{ state: 'done' }, { state: 'done' }] }],
    ['no JSON', { text: '{"externalId":' }, undefined],
  ])('speaks of %s', async (_what, wrong, expected) => {
    const world = await lived(reporting({ after: 'PT1H', state: 'completed', wrong }));
    expect(said(world)).toHaveLength(1);
    if (expected !== undefined) expect(said(world)).toMatchObject([expected]);
    expect(world.undeclared()).toEqual([]);
  });

  it.each([
    [
      { externalId: 'r-9', orderId: 'som-9' },
      { externalId: 'r-9', id: 'som-9' },
    ],
    [{ item: 'z' }, { serviceOrderItem: [{ id: 'z' }, { id: 'b' }] }],
    [{ state: 'Done' }, { state: 'Done', serviceOrderItem: [{ state: 'Done' }, { state: 'Done' }] }],
  ])('is an event with %j', async (wrong, serviceOrder) => {
    const world = await lived(telling({ after: 'PT1H', state: 'inProgress', wrong }));
    expect(saidLater(world)).toMatchObject([{ event: { serviceOrder } }]);
    expect(world.undeclared()).toEqual([]);
  });

  it.each(['cancelled', 'rejected'])('says that the order is %s after it was accepted', async (state) => {
    const world = await lived(
      reporting({ after: 'PT1M', state: 'inProgress' }, { after: 'PT1H', state, regardless: true }),
    );
    expect(said(world)).toEqual([both('error')]);
    expect([...world.som.orders.values()][0]?.state).toBe(state);
  });
});

describe('an event', () => {
  const heard = ({ toldLater }: Pick<Awaited<ReturnType<typeof lived>>, 'toldLater'>) =>
    toldLater().map(({ path, body }) => [path.split('/').at(-1), body?.json]);

  it('tells of attributes that changed, with instants counted from then', async () => {
    const attributes = { expectedCompletionDate: '+P3D', description: 'delayed' };
    const world = await lived(telling({ after: 'PT1H', attributes }));
    expect(heard(world)).toMatchObject([
      [
        'serviceOrderAttributeValueChangeEvent',
        {
          fieldPath: 'expectedCompletionDate,description',
          event: { serviceOrder: { description: 'delayed', expectedCompletionDate: expect.stringMatching(/^\d{4}-/) } },
        },
      ],
    ]);
    expect(world.undeclared()).toEqual([]);
  });

  it('tells of milestones, all of those reached so far', async () => {
    const world = await lived(
      telling(
        { after: 'PT1H', milestone: { name: 'designed' } },
        { after: 'PT1H', milestone: { name: 'built', status: 'Violated', message: 'late' } },
      ),
    );
    const [, second] = heard(world);
    expect(second).toMatchObject([
      'serviceOrderMilestoneEvent',
      {
        event: {
          serviceOrder: {
            milestone: [
              { name: 'designed', status: 'Completed' },
              { name: 'built', status: 'Violated' },
            ],
          },
        },
      },
    ]);
    expect(world.undeclared()).toEqual([]);
  });

  it('tells of jeopardy', async () => {
    const jeopardy = { name: 'no technician', jeopardyType: 'Critical', message: 'the date cannot be kept' };
    const world = await lived(telling({ after: 'PT1H', jeopardy }));
    expect(heard(world)).toMatchObject([
      ['serviceOrderJeopardyEvent', { event: { serviceOrder: { jeopardyAlert: [jeopardy] } } }],
    ]);
    expect(world.undeclared()).toEqual([]);
  });

  it('asks for information', async () => {
    const field = 'serviceOrderItem.service.place';
    const world = await lived(
      telling({ after: 'PT1H', state: 'pending' }, { after: 'PT0S', informationRequired: field }),
    );
    expect(heard(world).at(-1)).toMatchObject([
      'serviceOrderInformationRequiredEvent',
      { fieldPath: field, event: { serviceOrder: { state: 'pending' } } },
    ]);
    expect(world.undeclared()).toEqual([]);
  });
});
