import { describe, expect, it } from 'vitest';
import { checkOf } from '../../contracts/profile/contract.ts';
import { bodyOf, item, order, orders, simulated } from './simulated.ts';

const accepting = (...then: object[]) => ({ behaviours: [{ answer: 'accept', then }] });

const eventsOf = ({ told }: Pick<ReturnType<typeof simulated>, 'told'>) =>
  // biome-ignore lint/suspicious/noExplicitAny: events are looked into by tests that know their shape
  told.map(({ body }) => body?.json as any);

describe('a new order', () => {
  it('is announced after its answer, as it is then', async () => {
    const world = simulated(accepting());
    await world.subscribe();
    const { id } = bodyOf(await world.place(order('r-1')));
    const answeredAt = world.kernel.now();
    await world.kernel.run();
    const [event] = eventsOf(world);
    expect(world.toldLater()).toEqual([]);
    expect(world.toldAt[0]).toBeGreaterThan(answeredAt);
    expect(event).toMatchObject({
      eventType: 'ServiceOrderCreateEvent',
      event: { serviceOrder: { id, externalId: 'r-1', state: 'acknowledged' } },
    });
    expect(checkOf('TMF641', 'own', 'ServiceOrderCreateEvent')(event)).toEqual([]);
  });

  it.each([
    ['a step that follows at once', 'PT0.1S', { after: 'PT0S', state: 'inProgress' }],
    ['a step before the answer', 'PT5S', { after: 'PT1S', since: 'request', state: 'inProgress' }],
  ])('is announced before %s', async (_what, latency, step) => {
    const world = simulated({ latency, ...accepting(step) });
    await world.subscribe();
    await world.place(order('r-1'));
    await world.kernel.run();
    expect(world.states()).toEqual([
      'serviceOrderCreateEvent acknowledged: acknowledged acknowledged',
      'serviceOrderStateChangeEvent inProgress: inProgress inProgress',
    ]);
  });

  it('is announced once, however often it is sent', async () => {
    const world = simulated(accepting());
    await world.subscribe();
    await world.place(order('r-1'));
    await world.place(order('r-1'));
    await world.kernel.run();
    expect(world.toldLater()).toEqual([]);
  });

  it.each([
    ['its answer is lost on purpose', { behaviours: [{ answer: { accept: 'acknowledged', lose: 'truncated' } }] }],
    ['it reports by outboundresponse', { tell: 'outboundresponse', ...accepting() }],
    ['it tells nothing', { tell: 'nothing', ...accepting() }],
    ['it is refused', { behaviours: [{ answer: { refuse: 422 } }] }],
  ])('is not announced when %s', async (_what, script) => {
    const world = simulated(script);
    await world.subscribe();
    await world.place(order('r-1'));
    await world.kernel.run();
    expect(world.told).toEqual([]);
  });

  it('is not announced by FlowOne, which knows no such event', async () => {
    const world = simulated({ flowone: 'test', ...accepting() });
    await world.subscribe();
    await world.place(order('r-1', item('1', 'access-line', 'CONNECT')));
    await world.kernel.run();
    expect(world.told).toEqual([]);
  });
});

describe('a patch', () => {
  /** An order that has been announced. */
  async function ordered(...then: object[]) {
    const world = simulated(accepting(...then));
    await world.subscribe();
    const { id } = bodyOf(await world.place({ ...order('r-1'), description: 'As ordered' }));
    await world.kernel.run(world.kernel.now() + 1_000);
    world.told.splice(0);
    const path = `${orders}/${id}`;
    const patch = (body: object) => world.ask('PATCH', path, body);
    const shown = async () => bodyOf(await world.ask('GET', path));
    return { ...world, patch, shown };
  }

  it('is announced, with the attributes that it has changed', async () => {
    const world = await ordered();
    const relatedParty = [{ id: 'p-1', '@type': 'RelatedParty', '@referredType': 'Individual' }];
    await world.patch({ description: 'As ordered', priority: '1', relatedParty });
    await world.kernel.run();
    const [event] = eventsOf(world);
    expect(eventsOf(world)).toHaveLength(1);
    expect(event).toMatchObject({
      eventType: 'ServiceOrderAttributeValueChangeEvent',
      fieldPath: 'priority,relatedParty',
      event: { serviceOrder: { priority: '1', description: 'As ordered' } },
    });
    expect(checkOf('TMF641', 'own', 'ServiceOrderAttributeValueChangeEvent')(event)).toEqual([]);
  });

  it('is not announced when it changes nothing', async () => {
    const world = await ordered();
    expect(await world.patch({})).toMatchObject({ response: { status: 200 } });
    expect(await world.patch({ description: 'As ordered', state: 'acknowledged' })).toMatchObject({
      response: { status: 200 },
    });
    await world.kernel.run();
    expect(world.told).toEqual([]);
  });

  it('takes away an attribute with null', async () => {
    const world = await ordered();
    expect(bodyOf(await world.patch({ description: null }))).not.toHaveProperty('description');
    await world.kernel.run();
    expect(eventsOf(world)).toMatchObject([{ fieldPath: 'description' }]);
  });

  it.each([
    ['id', 'another'],
    ['href', 'http://elsewhere.test/1'],
    ['orderDate', '2001-01-01T00:00:00.000Z'],
    ['startDate', '2001-01-01T00:00:00.000Z'],
    ['completionDate', '2001-01-01T00:00:00.000Z'],
    ['cancellationDate', '2001-01-01T00:00:00.000Z'],
    ['cancellationReason', 'changed my mind'],
    ['category', 'another'],
    ['errorMessage', []],
    ['jeopardyAlert', []],
    ['milestone', []],
    ['@type', 'ServiceOrder'],
    ['@baseType', 'ServiceOrder'],
    ['@schemaLocation', 'http://elsewhere.test/schema'],
    ['state', 'nonsense'],
    ['state', 'completed'],
    ['state', 'partial'],
  ])('of %s to %j is refused as a whole', async (name, value) => {
    const world = await ordered();
    const before = await world.shown();
    const refused = bodyOf(await world.patch({ description: 'Half of it', [name]: value }));
    expect(refused).toMatchObject({ code: '24', status: '400', '@type': 'Error' });
    expect(refused.details[0].datapath).toBe(name === 'state' ? '/state' : '');
    expect(await world.shown()).toEqual(before);
    await world.kernel.run();
    expect(world.told).toEqual([]);
  });

  it('takes the order to a state that the lifecycle draws, and tells of it', async () => {
    const world = await ordered({ after: 'PT1H', state: 'completed' });
    expect(bodyOf(await world.patch({ state: 'inProgress' }))).toMatchObject({ state: 'inProgress' });
    expect(bodyOf(await world.patch({ state: 'held', description: 'Wait' }))).toMatchObject({ state: 'held' });
    expect(await world.patch({ state: 'acknowledged' })).toMatchObject({ response: { status: 400 } });
    await world.kernel.run();
    expect(world.states()).toEqual([
      'serviceOrderStateChangeEvent inProgress: inProgress inProgress',
      'serviceOrderAttributeValueChangeEvent inProgress: inProgress inProgress',
      'serviceOrderStateChangeEvent held: held held',
      'serviceOrderStateChangeEvent inProgress: inProgress inProgress',
      'serviceOrderStateChangeEvent completed: completed completed',
    ]);
  });

  it('ends an order for good', async () => {
    const world = await ordered({ after: 'PT1H', state: 'completed' });
    expect(bodyOf(await world.patch({ state: 'cancelled' }))).toMatchObject({ state: 'cancelled' });
    await world.kernel.run();
    expect(world.states()).toEqual(['serviceOrderStateChangeEvent cancelled: cancelled cancelled']);
  });

  it('cannot take an order where its items do not lead', async () => {
    const world = await ordered({ after: 'PT0S', state: 'completed', items: { id: 'a' } });
    const refused = await world.patch({ state: 'failed' });
    expect(bodyOf(refused)).toMatchObject({ status: '400', message: /is inProgress, and cannot become failed/ });
    expect(bodyOf(await world.patch({ state: 'completed' }))).toMatchObject({ state: 'completed' });
  });
});
