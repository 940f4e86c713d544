/** Orders of resources alone, placed through TMF652: captured, shown, patched, canceled, deleted and told of as other orders are. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../scenarios/files.ts';
import { catalogueOf, policiesOf } from '../../../support/orders.ts';
import { resources } from '../../../support/parts.ts';
import { type Heard, openToldEngine, type ToldEngine } from '../../../support/told-engine.ts';

const collection = `${resources}/resourceOrder`;
const tasks = `${resources}/cancelResourceOrder`;
const catalogue = catalogueOf(readDocument('scenarios/catalogues/fibre.yaml'));
const inside = { rows: [], default: { outboundEnabled: false } };
const byItself = policiesOf({ policies: 'by itself', outbound: inside, cancellation: { approval: 'automatic' } });
const byHand = policiesOf({ policies: 'by hand', approval: 'manual', outbound: inside });
const merge = { 'content-type': 'application/merge-patch+json' };

const strand = (said: object = {}) => ({
  id: '1',
  action: 'add',
  resourceSpecification: { id: 'strand' },
  resource: {},
  ...said,
});
const port = (value: string, said: object = {}) => ({
  id: '2',
  action: 'add',
  color: 'red',
  resourceSpecification: { id: 'optical-port' },
  resource: {
    resourceCharacteristic: [{ name: 'bandwidth', value }],
    place: { id: 'site-9', role: 'installation', floor: 3 },
  },
  ...said,
});

interface Placed {
  readonly om: ToldEngine;
  readonly id: string;
  readonly path: string;
}

async function placed(body: object = { orderItem: [strand()] }, policies = byItself): Promise<Placed> {
  const om = await openToldEngine({ catalogue, policies });
  const { status, body: order } = await om.send('POST', collection, body);
  expect(status, JSON.stringify(order)).toBe(201);
  return { om, id: order.id, path: `${collection}/${order.id}` };
}

const hourMs = 3_600_000;
const said = (heard: readonly Heard[]) =>
  heard.map(({ event }) => `${event.eventType} ${event.event.resourceOrder?.state}`);

describe('an order of resources', () => {
  it('is shown as it was placed, with what has become of it', async () => {
    const order = {
      externalId: 'NET-1',
      name: 'Ring 7',
      priority: 3,
      orderType: 'rollout',
      requestedCompletionDate: '2026-02-01T00:00:00Z',
      relatedParty: [{ id: 'net', role: 'requester', '@referredType': 'Organization', '@type': 'RelatedParty' }],
      strange: { is: 'kept' },
      orderItem: [strand({ quantity: 2 }), port('10 Gbps')],
    };
    const { om, id, path } = await placed({ ...order, state: 'completed', id: 'mine' });
    const { body } = await om.send('GET', path);
    const href = `http://om.test${path}`;
    expect(body).toMatchObject({ ...order, id, href, state: 'inProgress', '@type': 'ResourceOrder' });
    await om.later(3 * hourMs);
    const { body: done } = await om.send('GET', path);
    expect(done).toMatchObject({ ...order, orderItem: [{ id: '1' }, { id: '2', color: 'red' }], state: 'completed' });
    const [, brought] = done.orderItem;
    expect(brought.resource.href).toBe(`urn:southbound:resource:${brought.resource.id}`);
    expect(await om.engine.product(brought.resource.id)).toMatchObject({ kind: 'resource', status: 'active' });
    expect(await om.engine.order(id)).toMatchObject({ category: 'Resource', priority: '3' });
    const steps = await om.engine.history(id);
    expect(steps.at(-1)?.order).toEqual(await om.engine.order(id));
  });

  it('is listed before what orders have become, which is there as well', async () => {
    const { om, id } = await placed({ orderItem: [strand(), port('1 Gbps')] });
    const { body, headers } = await om.send('GET', collection);
    expect(body.map((each: { id: string }) => each.id)).toEqual([id, `${id}-RO0000001`, `${id}-RO0000002`]);
    expect(headers['x-total-count']).toBe('3');
    const items = await om.send('GET', `${collection}?orderItem.resourceSpecification.id=optical-port&fields=id`);
    expect(items.body.map((each: { id: string }) => each.id)).toEqual([id, `${id}-RO0000002`]);
    expect((await om.send('GET', `${collection}/${id}-RO0000002`)).body.orderItem).toHaveLength(1);
    expect((await om.send('GET', '/southbound/v1/report')).status).toBe(200);
  });

  it('changes, suspends, resumes and ends a resource that is there, by its id', async () => {
    const { om, path } = await placed({ orderItem: [port('1 Gbps')] });
    const { id } = (await om.send('GET', path)).body.orderItem[0].resource;
    const about = (action: string, resource: object = {}) => ({
      orderItem: [{ id: '1', action, resource: { id, href: 'urn:any', ...resource } }],
    });
    const resourceCharacteristic = [{ name: 'bandwidth', value: '10 Gbps' }];
    const item = async (body: object) => {
      const answer = await om.send('POST', collection, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return om.engine.product(id);
    };
    expect(await item(about('modify', { resourceCharacteristic }))).toMatchObject({
      status: 'active',
      characteristics: [{ name: 'bandwidth', value: '10 Gbps' }],
    });
    expect(await item(about('modify', { resourceStatus: 'suspended' }))).toMatchObject({ status: 'suspended' });
    expect(await item(about('modify', { resourceStatus: 'available' }))).toMatchObject({ status: 'active' });
    expect(await item(about('no_change'))).toMatchObject({ status: 'active' });
    expect(await item(about('delete'))).toMatchObject({ status: 'inactive' });
  });

  it('may say ids and addresses of what is to be added, which say nothing', async () => {
    const { om, path } = await placed({ orderItem: [strand({ resource: { id: 'r-1', href: 'urn:r-1' } })] });
    const { id } = (await om.send('GET', path)).body.orderItem[0].resource;
    expect([id === 'r-1', (await om.engine.product(id))?.specification]).toEqual([false, 'strand']);
  });

  it('waits for approval where the policies want it, and as a draft until it is submitted', async () => {
    const { om, id, path } = await placed({ requestedInitialState: 'draft', orderItem: [strand()] }, byHand);
    expect((await om.send('GET', path)).body).toMatchObject({ state: 'acknowledged', requestedInitialState: 'draft' });
    const added = { requestedInitialState: 'acknowledged', orderItem: [port('1 Gbps')] };
    const submitted = await om.send('PATCH', path, added, merge);
    expect(submitted).toMatchObject({ status: 200, body: { state: 'acknowledged' } });
    expect(submitted.body.orderItem).toHaveLength(2);
    expect((await om.engine.order(id))?.domainOrders).toEqual([]);
    expect((await om.send('POST', `/southbound/v1/order/${id}/approve`)).status).toBe(200);
    expect((await om.send('GET', path)).body.state).toBe('inProgress');
  });

  it('is told of, and so is what it becomes', async () => {
    const om = await openToldEngine({ catalogue, policies: byItself });
    const { url, heard } = om.listener('network');
    await om.subscribe(url, { at: `${resources}/hub` });
    const { body } = await om.send('POST', collection, { orderItem: [strand()] });
    await om.later(3 * hourMs);
    const own = heard.filter(({ event }) => event.event.resourceOrder.id === body.id);
    expect(said(own)).toEqual([
      'ResourceOrderCreateEvent acknowledged',
      'ResourceOrderStateChangeEvent inProgress',
      'ResourceOrderStateChangeEvent completed',
    ]);
    expect(said(heard.filter((each) => !own.includes(each)))).toEqual(said(own));
  });

  it('waits for information that is missing, which is told and said through the same API', async () => {
    const { om, id, path } = await placed();
    const { url, heard } = om.listener('network');
    await om.subscribe(url, { at: `${resources}/hub`, query: `event.resourceOrder.id=${id}` });
    await om.send('POST', `/southbound/v1/order/${id}/requestInformation`, { note: 'which rack?' });
    expect((await om.send('GET', path)).body.state).toBe('pending');
    const answer = await om.send('PATCH', path, { state: 'inProgress' }, merge);
    expect([answer.status, answer.body.state]).toEqual([200, 'inProgress']);
    expect(said(heard)).toEqual([
      'ResourceOrderStateChangeEvent pending',
      'ResourceOrderInformationRequiredEvent pending',
      'ResourceOrderStateChangeEvent inProgress',
    ]);
  });

  it('is refused where it says what cannot be', async () => {
    const om = await openToldEngine({ catalogue, policies: byItself });
    const refusals: readonly [body: object | undefined, datapath: string | undefined][] = [
      [undefined, undefined],
      [{}, '/orderItem'],
      [{ orderItem: [] }, '/orderItem'],
      [{ orderItem: [{ action: 'add', resource: {}, resourceSpecification: { id: 'strand' } }] }, '/orderItem/0/id'],
      [{ orderItem: [strand({ action: 'replace' })] }, '/orderItem/0/action'],
      [{ orderItem: [{ id: '1', action: 'add', resource: {} }] }, '/orderItem/0/resourceSpecification'],
      [{ orderItem: [strand({ resourceSpecification: { id: 'rope' } })] }, '/orderItem/0/resourceSpecification/id'],
      [
        { orderItem: [strand({ resourceSpecification: { id: 'fibre-access' } })] },
        '/orderItem/0/resourceSpecification/id',
      ],
      [
        {
          orderItem: [
            { id: '1', action: 'add', resource: { resourceSpecification: { id: 'rope' }, resourceCharacteristic: [] } },
          ],
        },
        '/orderItem/0/resource/resourceSpecification/id',
      ],
      [
        { orderItem: [strand({ resource: { resourceSpecification: { id: 'terminal' } } })] },
        '/orderItem/0/resource/resourceSpecification/id',
      ],
      [{ priority: 'high', orderItem: [strand()] }, '/priority'],
      [{ requestedInitialState: 'soon', orderItem: [strand()] }, '/requestedInitialState'],
      [{ orderItem: [{ id: '1', action: 'delete', resource: {} }] }, '/orderItem/0/resource/id'],
    ];
    for (const [body, datapath] of refusals) {
      const answer = await om.send('POST', collection, body);
      expect([body, answer.status]).toEqual([body, 400]);
      const places = answer.body.details?.map((each: { datapath: string }) => each.datapath) ?? [undefined];
      expect(places, JSON.stringify(answer.body)).toContain(datapath);
    }
    expect((await om.send('GET', collection)).body).toEqual([]);
  });
});

describe('a patch of an order of resources', () => {
  it('changes what is said, and keeps what is not, before it is approved', async () => {
    const { om, path } = await placed({ priority: 2, orderItem: [strand(), port('1 Gbps')] }, byHand);
    const resource = { resourceCharacteristic: [{ name: 'bandwidth', value: '10 Gbps' }] };
    const patch = {
      description: 'Wider',
      priority: 1,
      orderItem: [
        { id: '2', resource },
        { id: '1', action: 'delete' },
      ],
    };
    const { status, body } = await om.send('PATCH', path, patch, merge);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ description: 'Wider', priority: 1, orderItem: [{ id: '2', color: 'red', resource }] });
    expect(body.orderItem[0].resource.place).toEqual({ id: 'site-9', role: 'installation', floor: 3 });
    expect(body.orderItem).toHaveLength(1);
  });

  it('is a revision in flight, shown in the words of TMF652', async () => {
    // It waits for the strand.
    const orderItemRelationship = [{ relationshipType: 'dependency', orderItem: { itemId: '1' } }];
    const orderItem = [strand(), port('1 Gbps', { orderItemRelationship })];
    const { om, id, path } = await placed({ priority: 2, orderItem }, byHand);
    await om.send('POST', `/southbound/v1/order/${id}/approve`);
    const resource = {
      resourceCharacteristic: [{ name: 'bandwidth', value: '10 Gbps' }],
      place: { id: 'site-10', role: 'installation' },
    };
    const terminal = { id: '3', action: 'add', resourceSpecification: { id: 'terminal' }, resource: {} };
    const asked = await om.send('PATCH', path, { priority: 1, orderItem: [{ id: '2', resource }, terminal] }, merge);
    expect(asked.status, JSON.stringify(asked.body)).toBe(200);
    expect((await om.engine.order(id))?.state).toBe('revision_in_progress');
    await om.send('POST', `/southbound/v1/order/${id}/decideRevision`, { decision: 'approve' });
    const { body } = await om.send('GET', path);
    expect(body).toMatchObject({
      priority: 1,
      orderItem: [{ id: '1' }, { id: '2', resource }, { id: '3', resourceSpecification: { id: 'terminal' } }],
    });
    expect((await om.send('PATCH', path, body, merge)).body).toEqual(body);
  });

  it('that names the specification at another place changes nothing of what is ordered', async () => {
    const { om, id, path } = await placed();
    const operations = [
      { op: 'add', path: '/orderItem/0/resource/resourceSpecification', value: { id: 'strand' } },
      { op: 'remove', path: '/orderItem/0/resourceSpecification' },
    ];
    const { status } = await om.send('PATCH', path, operations, { 'content-type': 'application/json-patch+json' });
    expect([status, (await om.engine.order(id))?.state]).toEqual([200, 'in_progress']);
  });

  it.each([
    ['another state', { state: 'completed' }, 409, '/state'],
    ['no state that there is', { state: 'done' }, 400, '/state'],
    ['another id', { id: 'x' }, 400, '/id'],
    ['an item without what it is about', { orderItem: [{ id: '9', action: 'add' }] }, 400, '/orderItem/0/resource'],
  ])('that says %s is refused', async (_what, patch, status, datapath) => {
    const { om, id, path } = await placed({ orderItem: [strand()] }, byHand);
    const before = await om.engine.order(id);
    const answer = await om.send('PATCH', path, patch, merge);
    expect([answer.status, JSON.stringify(answer.body.details)]).toEqual([status, expect.stringContaining(datapath)]);
    expect(await om.engine.order(id)).toEqual(before);
  });
});

describe('the end of an order of resources', () => {
  it('is a cancel task of it, beside those of what it has become', async () => {
    const terminal = { id: '1', action: 'add', resourceSpecification: { id: 'terminal' }, resource: {} };
    const slow = { ...strand(), id: '2' };
    const relationship = [{ relationshipType: 'dependency', orderItem: { itemId: '2' } }];
    const { om, id, path } = await placed({ orderItem: [{ ...terminal, orderItemRelationship: relationship }, slow] });
    const { url, heard } = om.listener('network');
    await om.subscribe(url, { at: `${resources}/hub`, query: 'eventType*=Cancel*' });
    const { domainOrders } = (await om.engine.order(id)) ?? { domainOrders: [] };
    const number = (specification: string) => domainOrders.find((each) => each.specification === specification)?.number;
    const cancel = (part: string, said: object = {}) =>
      om.send('POST', tasks, { resourceOrder: { id: part }, ...said });
    const top = await cancel(`${id}-${number('terminal')}`);
    expect(top).toMatchObject({ status: 409, body: { message: expect.stringContaining('all of its line') } });
    expect((await cancel(`${id}-${number('power-supply')}`)).status).toBe(201);
    const whole = await cancel(id, { cancellationReason: 'No room' });
    expect([whole.status, whole.body]).toMatchObject([
      201,
      { id: `${id}-2`, resourceOrder: { id }, state: 'acknowledged' },
    ]);
    const { body } = await om.send('GET', tasks);
    expect(
      body.map((each: { state: string; resourceOrder: { id: string } }) => [each.resourceOrder.id, each.state]),
    ).toEqual([
      [`${id}-${number('power-supply')}`, 'done'],
      [id, 'done'],
    ]);
    expect((await om.send('GET', `${tasks}/${id}-2`)).body.cancellationReason).toBe('No room');
    expect((await om.send('GET', path)).body).toMatchObject({
      state: 'cancelled',
      orderItem: [{ state: 'cancelled' }, {}],
    });
    const of = (each: Heard) => each.event.event.cancelResourceOrder;
    expect(heard.map((each) => `${of(each).id.slice(-1)} ${of(each).state}`)).toEqual([
      '1 acknowledged',
      '1 inProgress',
      '1 done',
      '2 acknowledged',
      expect.stringMatching(/^2 /),
      '2 done',
    ]);
  });

  it('is its deletion, as long as nobody has decided about it', async () => {
    const { om, id, path } = await placed({ orderItem: [strand()] }, byHand);
    const { url, heard } = om.listener('network');
    await om.subscribe(url, { at: `${resources}/hub` });
    expect((await om.send('DELETE', path)).status).toBe(204);
    expect((await om.send('GET', path)).status).toBe(404);
    expect(said(heard)).toEqual(['ResourceOrderDeleteEvent acknowledged']);
    const second = await om.send('POST', collection, { orderItem: [strand()] });
    await om.send('POST', `/southbound/v1/order/${second.body.id}/approve`);
    expect((await om.send('DELETE', `${collection}/${second.body.id}`)).status).toBe(409);
    expect((await om.send('DELETE', `${collection}/${second.body.id}-RO0000001`)).status).toBe(409);
    expect(id).not.toBe(second.body.id);
  });

  it('is of no other API: what was placed there is not here, and the other way round', async () => {
    const { om, id, path } = await placed();
    const services = '/tmf-api/serviceOrdering/v4';
    const item = { id: '1', action: 'add', service: { serviceSpecification: { id: 'fibre-access' } } };
    const service = await om.send('POST', `${services}/serviceOrder`, { serviceOrderItem: [item] });
    expect((await om.send('GET', `${collection}/${service.body.id}`)).status).toBe(404);
    expect((await om.send('GET', `${services}/serviceOrder/${id}`)).status).toBe(404);
    expect((await om.send('PATCH', `${collection}/${service.body.id}`, { name: 'x' }, merge)).status).toBe(404);
    expect((await om.send('DELETE', `${collection}/${service.body.id}`)).status).toBe(404);
    expect((await om.send('POST', tasks, { resourceOrder: { id: service.body.id } })).status).toBe(400);
    expect((await om.send('GET', path)).status).toBe(200);
  });
});
