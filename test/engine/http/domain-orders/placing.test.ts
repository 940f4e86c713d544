/** Work orders placed through TMF697: for a domain order or a task that is there, as the policies say what is done. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../scenarios/files.ts';
import { catalogueOf, policiesOf } from '../../../support/orders.ts';
import { services, work } from '../../../support/parts.ts';
import { openToldEngine, type Reply, type ToldEngine } from '../../../support/told-engine.ts';

const collection = `${work}/workOrder`;
const row = (when: object, type: string) => ({
  name: type,
  when,
  then: { work: type, raised: 'manual', description: 'As always', targetSystem: 'wom' },
});
const options = {
  catalogue: catalogueOf(readDocument('scenarios/catalogues/building.yaml')),
  policies: policiesOf({
    policies: 'managers say when',
    outbound: { rows: [], default: { outboundEnabled: false } },
    workOrders: {
      orderTasks: { rows: [row({ task: 'Dig' }, 'Digging')] },
      domainOrders: { rows: [row({ specification: 'own-line' }, 'Visit')] },
    },
  }),
};

interface Site {
  readonly om: ToldEngine;
  readonly order: string;
  readonly service: string;
  readonly dig: string;
}

/** A line of our own whose survey is done; the task to dig is open. */
async function site(): Promise<Site> {
  const om = await openToldEngine(options);
  const service = { serviceSpecification: { id: 'own-line' } };
  const { body } = await om.send('POST', `${services}/serviceOrder`, {
    priority: '2',
    requestedStartDate: '2026-01-05T08:00:00Z',
    serviceOrderItem: [{ id: 'line', action: 'add', service }],
  });
  const before = (await om.engine.order(body.id)) ?? { tasks: [] };
  const survey = before.tasks.find(({ name }) => name === 'Survey the site')?.id;
  const characteristics = [{ name: 'ductFree', value: true }];
  await om.send('POST', `/southbound/v1/order/${body.id}/task/${survey}/close`, { characteristics });
  const { tasks, domainOrders } = (await om.engine.order(body.id)) ?? { tasks: [], domainOrders: [] };
  return {
    om,
    order: body.id,
    service: domainOrders[0]?.id ?? '',
    dig: tasks.find(({ name }) => name === 'Dig')?.id ?? '',
  };
}

const entity = (id: string) => ({ id, role: 'fulfills', '@referredType': 'ServiceOrder' });
const item = (about: object, said: object = {}) => ({ id: '1', action: 'add', work: {}, ...about, ...said });
const place = ({ om, order }: Site, about: object, said: object = {}): Promise<Reply> =>
  om.send('POST', collection, { order: [{ id: order }], workOrderItem: [item(about)], ...said });

describe('a work order', () => {
  it('for a domain order is made, shown as it was placed, and found again', async () => {
    const here = await site();
    const { url, heard } = here.om.listener('field');
    await here.om.subscribe(url, { at: `${work}/hub` });
    const said = { externalId: 'CRM-1', description: 'Ring twice', floor: 3, note: { text: 'The dog is friendly' } };
    const made = await place(here, { relatedEntity: [entity(here.service)], color: 'red' }, said);
    const href = `http://om.test${collection}/${here.order}-WO0000001`;
    expect([made.status, made.headers.location]).toEqual([201, href]);
    const shown = {
      ...said,
      href,
      category: 'Visit',
      order: [{ id: here.order }],
      priority: '2',
      workOrderItem: [{ id: '1', color: 'red', relatedEntity: [entity(here.service)], work: { workType: 'Visit' } }],
    };
    expect(made.body).toMatchObject({ ...shown, state: 'acknowledged' });
    const read = await here.om.send('GET', href.replace('http://om.test', ''));
    expect(read.body).toMatchObject(shown);
    expect(heard[0]?.event).toMatchObject({ eventType: 'WorkOrderCreateEvent', event: { workOrder: shown } });
    const { domainOrders } = (await here.om.engine.order(here.order)) ?? { domainOrders: [] };
    const raised = domainOrders.find(({ kind }) => kind === 'work');
    expect(raised).toMatchObject({ parent: here.service, job: { type: 'Visit', description: 'Ring twice' } });
    const looked = await here.om.send('GET', `/southbound/v1/order/${here.order}`);
    expect(JSON.stringify(looked.body)).not.toContain('friendly');
  });

  it('for a task has the task go as the work goes; what is not said is as the policies have it', async () => {
    const here = await site();
    const { status, body } = await place(here, { relatedEntity: [entity(here.dig)] });
    expect([status, body.category, body.description]).toEqual([201, 'Digging', 'As always']);
    const { tasks, domainOrders } = (await here.om.engine.order(here.order)) ?? { tasks: [], domainOrders: [] };
    const raised = domainOrders.find(({ kind }) => kind === 'work');
    expect(tasks.find(({ id }) => id === here.dig)?.workOrder).toBe(raised?.id);
  });

  it('may name what it is for by number, by an item of the order, or by what TMF calls it', async () => {
    const ways: readonly ((here: Site) => Promise<Reply>)[] = [
      (here) => place(here, { relatedEntity: [entity('SO0000001')] }),
      (here) => place(here, { orderItem: [{ id: 'line' }] }),
      (here) => place(here, {}, { relatedEntity: [entity(here.service)] }),
      ({ om, order }) =>
        om.send('POST', collection, { workOrderItem: [item({ relatedEntity: [entity(`${order}-SO0000001`)] })] }),
    ];
    for (const way of ways) {
      const here = await site();
      expect((await way(here)).status).toBe(201);
      const { domainOrders } = (await here.om.engine.order(here.order)) ?? { domainOrders: [] };
      expect(domainOrders.find(({ kind }) => kind === 'work')?.parent).toBe(here.service);
    }
  });

  it('repeats what is there already', async () => {
    const here = await site();
    const said = { priority: '2', requestedStartDate: '2026-01-05T09:00:00+01:00', category: 'Visit' };
    expect((await place(here, { relatedEntity: [entity(here.service)] }, said)).status).toBe(201);
  });

  it('comes out of the journal again', async () => {
    const here = await site();
    await place(here, { relatedEntity: [entity(here.service)] }, { floor: 3 });
    const steps = await here.om.engine.history(here.order);
    expect(steps.at(-1)?.order).toEqual(await here.om.engine.order(here.order));
  });

  it('is patched as any other: items are known by the id that they were given', async () => {
    const here = await site();
    const { body } = await place(here, { relatedEntity: [entity(here.service)] });
    const workOrderItem = [{ id: '1', state: 'cancelled' }];
    const patched = await here.om.send('PATCH', `${collection}/${body.id}`, { workOrderItem });
    expect([patched.status, patched.body.state]).toEqual([200, 'cancelled']);
  });
});

describe('a work order is refused', () => {
  const at = '/workOrderItem/0';
  const work = `${at}/work`;
  const first = (about: object) => ({ workOrderItem: [item(about)] });
  it.each<[what: string, said: (here: Site) => object, pointer: string]>([
    ['without what it is for', () => first({}), `${at}/relatedEntity`],
    ['without an order', ({ dig }) => ({ ...first({ relatedEntity: [entity(dig)] }), order: [] }), '/order'],
    [
      'for no order',
      ({ dig }) => ({ ...first({ relatedEntity: [entity(dig)] }), order: [{ id: 'x' }] }),
      '/order/0/id',
    ],
    ['for nothing that is there', () => first({ relatedEntity: [entity('x')] }), `${at}/relatedEntity/0/id`],
    ['for no item of the order', () => first({ orderItem: [{ id: 'x' }] }), `${at}/orderItem/0/id`],
    [
      'for several things',
      ({ dig, service }) => first({ relatedEntity: [entity(dig), entity(service)] }),
      `${at}/relatedEntity/1/id`,
    ],
    [
      'for several orders',
      ({ dig, order }) => ({ ...first({ relatedEntity: [entity(dig)] }), order: [{ id: order }, { id: 'x' }] }),
      '/order/1',
    ],
    [
      'of several items',
      ({ dig }) => ({ workOrderItem: [item({ relatedEntity: [entity(dig)] }), item({})] }),
      '/workOrderItem/1',
    ],
    [
      'with items in its item',
      ({ dig }) => first({ relatedEntity: [entity(dig)], workOrderItem: [item({})] }),
      `${at}/workOrderItem/0`,
    ],
    [
      'that adds nothing',
      ({ dig }) => first({ relatedEntity: [entity(dig)], action: 'noChange', work: { id: 'w' } }),
      `${at}/action`,
    ],
    [
      'as urgent as its order is not',
      ({ dig }) => ({ ...first({ relatedEntity: [entity(dig)] }), priority: '1' }),
      '/priority',
    ],
    [
      'for another day than its order',
      ({ dig }) => ({ ...first({ relatedEntity: [entity(dig)] }), requestedStartDate: '2026-02-01T00:00:00Z' }),
      '/requestedStartDate',
    ],
    [
      'with values of its own',
      ({ dig }) => first({ relatedEntity: [entity(dig)], work: { workCharacteristic: [{ name: 'a', value: 1 }] } }),
      `${work}/workCharacteristic`,
    ],
    [
      'with two things to be done',
      ({ dig }) => ({ ...first({ relatedEntity: [entity(dig)], work: { workType: 'Visit' } }), category: 'Digging' }),
      `${work}/workType`,
    ],
  ])('%s, and it is said where', async (_what, said, pointer) => {
    const here = await site();
    const before = await here.om.engine.order(here.order);
    const answer = await here.om.send('POST', collection, { order: [{ id: here.order }], ...said(here) });
    expect(answer).toMatchObject({ status: 400, body: { details: [{ datapath: pointer }] } });
    expect(await here.om.engine.order(here.order)).toEqual(before);
  });

  it('where the policies say something else of it, or nothing', async () => {
    const here = await site();
    const other = await place(here, { relatedEntity: [entity(here.dig)], work: { workType: 'Splicing' } });
    const details = [{ datapath: `${work}/workType` }];
    expect(other).toMatchObject({ status: 409, body: { message: expect.stringContaining('Digging'), details } });
    await here.om.engine.usePolicies(policiesOf({ policies: 'nothing', outbound: { rows: [] } }));
    const nothing = await place(here, { relatedEntity: [entity(here.dig)] });
    expect(nothing).toMatchObject({ status: 409, body: { message: expect.stringContaining('No row') } });
  });

  it('while its order cannot go on, and where it is for work itself', async () => {
    const here = await site();
    await place(here, { relatedEntity: [entity(here.service)] });
    // Nobody can be sent, so that the order waits for somebody to see to that.
    for (const id of [here.service, 'WO0000001']) {
      const details = [{ datapath: '/workOrderItem/0/relatedEntity/0/id' }];
      expect(await place(here, { relatedEntity: [entity(id)] })).toMatchObject({ status: 409, body: { details } });
    }
  });

  it('without a body, without items, and to whoever may not', async () => {
    const here = await site();
    expect((await here.om.send('POST', collection)).status).toBe(400);
    expect((await here.om.send('POST', collection, { order: [{ id: here.order }] })).status).toBe(400);
    const body = { order: [{ id: here.order }], workOrderItem: [item({ relatedEntity: [entity(here.dig)] })] };
    const headers = { 'content-type': 'application/json', 'x-southbound-roles': 'service_order_agent' };
    expect((await here.om.send('POST', collection, body, headers)).status).toBe(403);
  });
});
