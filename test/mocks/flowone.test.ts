import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkRequest, checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import type { Outcome } from '../../exchange/client.ts';
import { bodyOf, simulated } from './simulated.ts';

const base = '/flowone/v1';
const path = `${base}/serviceorder`;

const order = (externalId: string, action = 'CONNECT', more: object = {}) => ({
  externalId,
  serviceOrderItem: [{ id: '1', action, service: { serviceSpecification: { id: '1', name: 'CFS_HSISERVICE' } } }],
  ...more,
});

const usual = {
  flowone: 'test',
  behaviours: [
    {
      answer: 'accept',
      then: [
        { after: 'PT1M', state: 'inProgress' },
        { after: 'PT1H', state: 'completed' },
      ],
    },
  ],
};

/** What the contract says of an exchange, question and answer. */
function findingsOn(method: string, where: string, body: unknown, outcome: Outcome) {
  const contract = contractOf(method, where);
  if (contract === undefined || outcome.kind !== 'answered') return ['no contract'];
  const { status, body: answer } = outcome.response;
  return [...checkRequest(contract, 'own', body), ...checkResponse(contract, 'own', { status, body: answer?.json })];
}

const shown = ({ told }: Pick<ReturnType<typeof simulated>, 'told'>) =>
  told.map(({ body }) => {
    const { eventType, event } = (body ?? { json: {} }).json as { eventType: string; event: { serviceOrder: Shown } };
    const { state, phaseNote, serviceOrderItem } = event.serviceOrder;
    return [eventType, state, phaseNote?.message, serviceOrderItem.map((item) => Object.keys(item).includes('state'))];
  });

interface Shown {
  readonly state: string;
  readonly phaseNote?: { readonly message: string };
  readonly serviceOrderItem: readonly object[];
}

describe('a FlowOne', () => {
  it('answers an order with an id of digits, and shows it to whoever asks', async () => {
    const { place, ask } = simulated(usual);
    const placed = await place(order('r-1'));
    expect(placed).toMatchObject({
      kind: 'answered',
      response: { status: 201, body: { json: { id: expect.stringMatching(/^\d+$/) } } },
    });
    expect(findingsOn('POST', path, order('r-1'), placed)).toEqual([]);
    const where = `${path}/${bodyOf(placed).id}`;
    const got = await ask('GET', where);
    expect(bodyOf(got)).toMatchObject({ externalId: 'r-1', state: 'acknowledged' });
    expect(findingsOn('GET', where, undefined, got)).toEqual([]);
    const listed = await ask('GET', `${path}?externalId=r-1`);
    expect(findingsOn('GET', path, undefined, listed)).toEqual([]);
    expect(bodyOf(listed)).toHaveLength(1);
  });

  it('refuses actions in lower case', async () => {
    const { place } = simulated(usual);
    expect(await place(order('r-1', 'add'))).toMatchObject({ response: { status: 400 } });
  });

  it('tells every event to the one address that was registered; items have no state', async () => {
    const world = simulated(usual);
    const subscribed = await world.subscribe();
    expect(findingsOn('POST', `${base}/hub`, { callback: 'http://om.test/x' }, subscribed)).toEqual([]);
    await world.place(order('r-1'));
    await world.kernel.run();
    expect(world.told.map((request) => request.path)).toEqual(Array(2).fill('/callback/api/v1/event'));
    expect(shown(world)).toEqual([
      ['ServiceOrderStateChangeEvent', 'inProgress', undefined, [false]],
      ['ServiceOrderStateChangeEvent', 'completed', undefined, [false]],
    ]);
    expect(world.undeclared()).toEqual([]);
    const { id } = bodyOf(subscribed);
    expect(await world.ask('DELETE', `${base}/hub/${id}`)).toMatchObject({
      response: { status: 200, body: { json: { id } } },
    });
  });

  it('tells of one order where that order says', async () => {
    const world = simulated(usual);
    await world.subscribe();
    const ReplyTo = { id: 1, url: 'http://om.test/tenant/callback/api/v1/event' };
    const placed = await world.place(order('r-1', 'CONNECT', { ReplyTo }));
    await world.kernel.run();
    expect(new Set(world.told.map((request) => request.path))).toEqual(new Set(['/tenant/callback/api/v1/event']));
    expect(bodyOf(await world.ask('GET', `${path}/${bodyOf(placed).id}`))).not.toHaveProperty('ReplyTo');
  });

  it('announces fallout by words in an order that is in progress, and its end by their absence', async () => {
    const world = simulated(parse(readFileSync('scenarios/scripts/fallout.flowone.yaml', 'utf8')));
    await world.subscribe();
    const { id } = bodyOf(await world.place(order('r-1')));
    await world.kernel.run();
    expect(world.som.life.release(id)).toBe(true);
    await world.kernel.run();
    expect(shown(world).map(([, state, message]) => [state, message])).toEqual([
      ['inProgress', undefined],
      ['inProgress', 'ONT not reachable has entered in fallout'],
      ['inProgress', undefined],
      ['completed', undefined],
    ]);
    expect(world.undeclared()).toEqual([]);
  });

  it('answers a question at once, and makes no order of it', async () => {
    const { place, som } = simulated(parse(readFileSync('scenarios/scripts/fallout.flowone.yaml', 'utf8')));
    const question = order('q-1', 'GETONTSTATUS');
    const answer = await place(question);
    expect(answer).toMatchObject({ response: { status: 200 } });
    expect(bodyOf(answer)).toMatchObject({
      event: {
        serviceOrder: { state: 'completed', serviceOrderItem: [{ note: [{ id: 'OPER_STATUS', text: 'up' }] }] },
      },
    });
    expect(findingsOn('POST', path, question, answer)).toEqual([]);
    expect(som.orders.size).toBe(0);
  });

  it('amends an order that has not ended', async () => {
    const world = simulated(usual);
    const { id } = bodyOf(await world.place(order('r-1')));
    const service = { serviceCharacteristic: [{ name: 'MBIT_DOWN', value: '500' }] };
    const amendment = { description: 'faster', serviceOrderItem: [{ id: '1', service }] };
    const amended = await world.ask('PATCH', `${path}/${id}`, amendment);
    expect(findingsOn('PATCH', `${path}/${id}`, amendment, amended)).toEqual([]);
    expect(bodyOf(await world.ask('GET', `${path}/${id}`))).toMatchObject({
      description: 'faster',
      serviceOrderItem: [{ id: '1', action: 'CONNECT', service }],
    });
    await world.kernel.run();
    expect(await world.ask('PATCH', `${path}/${id}`, amendment)).toMatchObject({ response: { status: 409 } });
    expect(await world.ask('PATCH', `${path}/1`, amendment)).toMatchObject({ response: { status: 404 } });
  });

  it('cancels an order, and tells it afterwards', async () => {
    const world = simulated(usual);
    await world.subscribe();
    const { id } = bodyOf(await world.place(order('r-1')));
    const cancellation = { id, cancellationReason: 'customer withdrew' };
    const where = `${base}/cancelserviceorder/${id}`;
    const cancelled = await world.ask('POST', where, cancellation);
    expect(findingsOn('POST', where, cancellation, cancelled)).toEqual([]);
    expect(world.told).toEqual([]);
    await world.kernel.run();
    expect(shown(world).map(([, state]) => state)).toEqual(['cancelled']);
    expect(await world.ask('POST', where, cancellation)).toMatchObject({ response: { status: 409 } });
  });

  it.each([
    [
      'refuses',
      { refuse: 409, reason: 'Beyond return' },
      { response: { status: 409, body: { json: { reason: 'Beyond return' } } } },
    ],
    ['does not answer', 'silence', { kind: 'timeout' }],
    ['breaks off', 'reset', { kind: 'reset' }],
  ])('%s when asked to amend or cancel, if its script says so', async (_what, answer, expected) => {
    const world = simulated({ ...usual, amendments: answer, cancellations: answer });
    const { id } = bodyOf(await world.place(order('r-1')));
    expect(await world.ask('PATCH', `${path}/${id}`, { description: 'x' })).toMatchObject(expected);
    expect(await world.ask('POST', `${base}/cancelserviceorder/${id}`, { id })).toMatchObject(expected);
    await world.kernel.run();
    const ended = bodyOf(await world.ask('GET', `${path}/${id}`));
    expect([ended.state, ended.description]).toEqual(['completed', undefined]);
  });

  it('cancels without a word, when its script tells nothing', async () => {
    const world = simulated({ ...usual, tell: 'nothing' });
    await world.subscribe();
    const { id } = bodyOf(await world.place(order('r-1')));
    await world.ask('POST', `${base}/cancelserviceorder/${id}`, { id });
    await world.kernel.run();
    expect(world.told).toEqual([]);
    expect(bodyOf(await world.ask('GET', `${path}/${id}`))).toMatchObject({ state: 'cancelled' });
  });

  it('has no word for states that TMF641 has besides, and no event for items alone', async () => {
    const world = simulated({
      flowone: 'test',
      behaviours: [
        {
          answer: 'accept',
          then: [
            { after: 'PT1M', state: 'held' },
            { after: 'PT1M', state: 'inProgress' },
            { after: 'PT1M', state: 'completed', items: { id: '1' } },
            { after: 'PT1M', state: 'failed', items: { id: '2' } },
          ],
        },
      ],
    });
    await world.subscribe();
    const [item] = order('r-1').serviceOrderItem;
    await world.place({ externalId: 'r-1', serviceOrderItem: [item, { ...item, id: '2' }] });
    await world.kernel.run();
    expect(shown(world).map(([type, state]) => `${type} ${state}`)).toEqual([
      'ServiceOrderStateChangeEvent inProgress',
      'ServiceOrderStateChangeEvent pending',
      'ServiceOrderStateChangeEvent inProgress',
      'ServiceOrderStateChangeEvent failed',
    ]);
    expect(world.undeclared()).toEqual([]);
  });
});
