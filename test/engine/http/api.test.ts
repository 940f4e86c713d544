/** The order management as its users reach it: over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { hierarchical, oneByOne } from '../../support/orders.ts';
import { type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const broadbandOrder = {
  externalId: 'CRM-1',
  vendorSays: ['anything'],
  productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }],
};

describe('TMF622 product orders', () => {
  let om: ServedEngine;
  beforeAll(async () => {
    om = await serveEngine(hierarchical);
  });
  afterAll(() => om.close());

  it('are captured: 201, Location, and the resource with what the server adds', async () => {
    const { status, headers, body } = await om.request('POST', productOrders, broadbandOrder);
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(headers.get('location')).toBe(body.href);
    expect(body).toMatchObject({
      ...broadbandOrder,
      state: 'acknowledged',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(checkOf('TMF622', 'conformance', 'ProductOrder')(body)).toEqual([]);
    expect((await om.request('GET', new URL(body.href).pathname)).body).toEqual(body);
  });

  it('are read with the attributes asked for', async () => {
    const { body } = await om.request('POST', productOrders, broadbandOrder);
    expect((await om.request('GET', `${productOrders}/${body.id}?fields=state,productOrderItem.id`)).body).toEqual({
      id: body.id,
      state: 'acknowledged',
      productOrderItem: [{ id: '1' }],
    });
  });

  it('are listed page by page, filtered and sorted', async () => {
    for (const externalId of ['L-1', 'L-2', 'L-3'])
      await om.request('POST', productOrders, { ...broadbandOrder, externalId });
    const all = await om.request('GET', productOrders);
    const count = all.body.length;
    expect(all.status).toBe(200);
    expect(all.headers.get('x-total-count')).toBe(String(count));
    const page = await om.request('GET', `${productOrders}?offset=1&limit=2`);
    expect(page.status).toBe(206);
    expect(page.headers.get('x-result-count')).toBe('2');
    expect(page.body).toEqual(all.body.slice(1, 3));
    const found = await om.request('GET', `${productOrders}?externalId=L-2,L-3&fields=externalId`);
    expect(found.body.map(({ externalId }: { externalId: string }) => externalId)).toEqual(['L-2', 'L-3']);
    const down = await om.request('GET', `${productOrders}?externalId=L-1,L-2,L-3&sort=-externalId&limit=2`);
    expect(down.body.map(({ externalId }: { externalId: string }) => externalId)).toEqual(['L-3', 'L-2']);
    const sorted = await om.request('GET', `${productOrders}?sort=-orderDate,id&offset=1&limit=1`);
    expect(sorted.headers.get('x-total-count')).toBe(String(count));
    const newestFirst = await om.request('GET', `${productOrders}?sort=-orderDate,id`);
    expect(sorted.body).toEqual(newestFirst.body.slice(1, 2));
    expect((await om.request('GET', `${productOrders}?state=completed`)).body).toEqual([]);
    expect((await om.request('GET', `${productOrders}?offset=1000`)).body).toEqual([]);
    expect((await om.request('GET', `${productOrders}?limit=many`)).body).toMatchObject({ code: '28', status: '400' });
  });

  it.each([
    ['nothing', undefined, { status: 400, code: '21' }],
    ['no JSON', '{', { status: 400, code: '22' }],
    ['a list', [], { status: 400, code: '24' }],
    ['no items', {}, { status: 400, code: '23' }],
    [
      'an unknown offering',
      { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'x' } }] },
      { status: 400, code: '24' },
    ],
    ['too many levels', `${'['.repeat(300)}${']'.repeat(300)}`, { status: 400, code: '22' }],
  ])('that are %s are refused with a TMF error, and leave nothing', async (_what, sent, { status, code }) => {
    const before = (await om.request('GET', productOrders)).headers.get('x-total-count');
    const answer = await om.request('POST', productOrders, sent);
    expect(answer).toMatchObject({ status, body: { code, status: String(status), reason: expect.any(String) } });
    expect(checkOf('TMF622', 'own', 'Error')(answer.body)).toEqual([]);
    expect((await om.request('GET', productOrders)).headers.get('x-total-count')).toBe(before);
  });

  it('know what is not theirs', async () => {
    expect(await om.request('GET', `${productOrders}/unheard-of`)).toMatchObject({ status: 404, body: { code: '60' } });
    const put = await om.request('PUT', productOrders, {});
    expect(put).toMatchObject({ status: 405, body: { code: '61' } });
    expect(put.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    expect(await om.request('GET', '/nowhere')).toMatchObject({ status: 404 });
    const { body: service } = await om.request('POST', serviceOrders, {
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }],
    });
    expect(await om.request('GET', `${productOrders}/${service.id}`)).toMatchObject({ status: 404 });
    expect(await om.request('GET', `${serviceOrders}/${service.id}`)).toMatchObject({ status: 200 });
  });

  it('refuse a media type that is not JSON', async () => {
    const response = await fetch(`${om.url}${productOrders}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<a/>',
    });
    expect([response.status, await response.json()]).toMatchObject([415, { reason: 'Unsupported media type' }]);
  });

  it('are approved by command, go south, and are looked into', async () => {
    const { body: order } = await om.request('POST', productOrders, broadbandOrder);
    const approved = await om.request('POST', `/southbound/v1/order/${order.id}/approve`);
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'in_progress', number: expect.stringMatching(/^ORD\d{7}$/) },
    });
    const sent = await om.nextAtSom();
    expect(sent).toMatchObject({ method: 'POST', path: serviceOrders });
    expect(checkOf('TMF641', 'own', 'ServiceOrder_Create')(sent.body?.json)).toEqual([]);
    const view = await om.request('GET', `/southbound/v1/order/${order.id}`);
    expect(view.body).toMatchObject({ id: order.id, domainOrders: { length: 7 }, outboundRequests: { length: 4 } });
    expect((await om.request('POST', `/southbound/v1/order/${order.id}/approve`)).status).toBe(409);
    expect((await om.request('POST', '/southbound/v1/order/unheard-of/approve')).status).toBe(404);
  });
});

describe('the hub', () => {
  let om: ServedEngine;
  beforeAll(async () => {
    om = await serveEngine(oneByOne);
  });
  afterAll(() => om.close());

  const hub = '/tmf-api/productOrderingManagement/v4/hub';

  it('tells a subscriber what happens, until it unsubscribes', async () => {
    const subscribed = await om.request('POST', hub, { callback: `${om.crmUrl}/` });
    expect(subscribed).toMatchObject({ status: 201, body: { callback: om.crmUrl } });
    expect(subscribed.headers.get('location')).toBe(`${om.url}${hub}/${subscribed.body.id}`);
    const { body: order } = await om.request('POST', productOrders, broadbandOrder);
    const created = await om.nextAtCrm();
    expect(created).toMatchObject({
      path: '/listener/productOrderCreateEvent',
      body: { json: { eventType: 'ProductOrderCreateEvent', event: { productOrder: order } } },
    });
    expect(checkOf('TMF622', 'own', 'ProductOrderCreateEvent')(created.body?.json)).toEqual([]);
    await om.request('POST', `/southbound/v1/order/${order.id}/approve`);
    expect((await om.nextAtCrm()).body?.json).toMatchObject({
      event: { productOrder: { id: order.id, state: 'inProgress' } },
    });
    expect(await om.request('DELETE', `${hub}/${subscribed.body.id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await om.request('DELETE', `${hub}/${subscribed.body.id}`)).toMatchObject({ status: 404 });
  });

  it('takes each subscription once, and only with a callback it can reach', async () => {
    const { body } = await om.request('POST', hub, { callback: 'http://crm.example/events' });
    const again = await om.request('POST', hub, { callback: 'http://crm.example/events' });
    expect(again).toMatchObject({ status: 409, body: { message: expect.stringContaining(body.id) } });
    expect(
      (await om.request('POST', hub, { callback: 'http://crm.example/events', query: 'eventType=A' })).status,
    ).toBe(201);
    expect((await om.request('POST', hub, { callback: 'crm' })).status).toBe(400);
    expect((await om.request('POST', hub, {})).status).toBe(400);
    expect((await om.request('POST', hub)).status).toBe(400);
  });

  it('tells a subscriber only what its query matches', async () => {
    const query = 'eventType=ProductOrderStateChangeEvent&event.productOrder.state=inProgress';
    const { body } = await om.request('POST', hub, { callback: `${om.crmUrl}/filtered`, query });
    const { body: order } = await om.request('POST', productOrders, broadbandOrder);
    await om.request('POST', `/southbound/v1/order/${order.id}/approve`);
    expect(await om.nextAtCrm()).toMatchObject({
      path: '/filtered/listener/productOrderStateChangeEvent',
      body: { json: { event: { productOrder: { state: 'inProgress' } } } },
    });
    await om.request('DELETE', `${hub}/${body.id}`);
  });
});

describe('reports from the south', () => {
  let om: ServedEngine;
  beforeAll(async () => {
    om = await serveEngine(hierarchical);
  });
  afterAll(() => om.close());

  async function sentOrder(): Promise<{ id: string; requestId: string; items: string[] }> {
    const { body } = await om.request('POST', productOrders, broadbandOrder);
    await om.request('POST', `/southbound/v1/order/${body.id}/approve`);
    const sent = (await om.nextAtSom()).body?.json as { externalId: string; serviceOrderItem: { id: string }[] };
    return { id: body.id, requestId: sent.externalId, items: sent.serviceOrderItem.map(({ id }) => id) };
  }

  const eventOf = (requestId: string, items: string[], state: string) => ({
    eventId: 'e',
    eventTime: '2026-01-05T08:00:00Z',
    eventType: 'ServiceOrderStateChangeEvent',
    event: {
      serviceOrder: {
        id: 'som-1',
        externalId: requestId,
        state,
        serviceOrderItem: items.map((id) => ({ id, action: 'add', state, service: {} })),
      },
    },
  });

  it.each([
    ['below the callback', '/tmf-api/serviceOrdering/v4/listener/serviceOrderStateChangeEvent'],
    ['at the callback itself', '/tmf-api/serviceOrdering/v4/listener'],
  ])('are taken as events %s', async (_where, path) => {
    const { id, requestId, items } = await sentOrder();
    expect((await om.request('POST', path, eventOf(requestId, items, 'completed'))).status).toBe(201);
    const { body } = await om.request('GET', `/southbound/v1/order/${id}`);
    expect(new Set(body.outboundRequests.map(({ state }: { state: string }) => state))).toEqual(new Set(['fulfilled']));
  });

  it('that announce a new order, or attributes of it, say that it has arrived, and undo nothing when they come late', async () => {
    const { id, requestId, items } = await sentOrder();
    const tell = async (change: string, state: string) => {
      const eventType = `ServiceOrder${change}Event`;
      const event = { ...eventOf(requestId, items, state), eventType, fieldPath: 'description' };
      const path = `/tmf-api/serviceOrdering/v4/listener/s${eventType.slice(1)}`;
      expect((await om.request('POST', path, event)).status).toBe(201);
      const { outboundRequests, fallouts } = (await om.request('GET', `/southbound/v1/order/${id}`)).body;
      expect(fallouts).toEqual([]);
      return [...new Set(outboundRequests.map((each: { state: string }) => each.state))];
    };
    expect(await tell('Create', 'acknowledged')).toEqual(['pending']);
    expect(await tell('AttributeValueChange', 'acknowledged')).toEqual(['pending']);
    expect(await tell('StateChange', 'completed')).toEqual(['fulfilled']);
    expect(await tell('AttributeValueChange', 'inProgress')).toEqual(['fulfilled']);
    expect(await tell('Create', 'acknowledged')).toEqual(['fulfilled']);
  });

  it.each([
    ['/api/sn_tmf_api/order/serviceOrder/outboundresponse', 'serviceOrderItem'],
    ['/api/sn_tmf_api/serviceorder/outboundresponse', 'ServiceOrderItem'],
  ])('are taken at %s, with the list called %s', async (path, list) => {
    const { id, requestId, items } = await sentOrder();
    const [first] = items;
    const answer = await om.request('POST', path, {
      externalId: requestId,
      [list]: [{ id: first, state: 'fulfilled' }],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { externalId: requestId, serviceOrderItem: [{ id: first, state: 'fulfilled' }] },
    });
    const { body } = await om.request('GET', `/southbound/v1/order/${id}`);
    expect(body.outboundRequests.map(({ state }: { state: string }) => state)).toEqual([
      'fulfilled',
      'pending',
      'pending',
      'pending',
    ]);
  });

  it('that are no events are refused, and events about the orders of others are passed over', async () => {
    const path = '/tmf-api/serviceOrdering/v4/listener/serviceOrderStateChangeEvent';
    expect((await om.request('POST', path, { event: { serviceOrder: { state: 'Completed' } } })).status).toBe(400);
    expect((await om.request('POST', path, {})).status).toBe(400);
    expect((await om.request('POST', path)).status).toBe(400);
    expect((await om.request('POST', path, eventOf('of somebody else', ['x'], 'completed'))).status).toBe(201);
    expect((await om.request('POST', '/tmf-api/serviceOrdering/v4/listener/serviceOrderDeleteEvent', {})).status).toBe(
      201,
    );
  });
});
