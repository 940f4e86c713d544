/** Orders are patched and deleted by whoever placed them, over HTTP. */
import { beforeAll, describe, expect, it } from 'vitest';
import { inside } from '../../../support/orders.ts';
import { openToldEngine, type Reply, type ToldEngine } from '../../../support/told-engine.ts';

const products = '/tmf-api/productOrderingManagement/v4/productOrder';
const services = '/tmf-api/serviceOrdering/v4/serviceOrder';
const mergePatch = { 'content-type': 'application/merge-patch+json' };
const jsonPatch = { 'content-type': 'application/json-patch+json' };

const placed = {
  externalId: 'CRM-1',
  description: 'for the Millers',
  notificationContact: 'ada@example.com',
  vendorSays: { anything: [1, null] },
  relatedParty: [{ id: 'c', role: 'Customer', '@referredType': 'Customer' }],
  productOrderItem: [
    {
      id: '1',
      action: 'add',
      quantity: 1,
      productOffering: { id: 'broadband-100' },
      product: {
        colour: 'red',
        place: [{ id: 'p', role: 'installation' }],
        productCharacteristic: [
          { name: 'router', value: 'own' },
          { name: 'downstreamSpeed', value: '100 Mbps' },
        ],
      },
      productOrderItem: [{ id: '1.1', action: 'add', productOffering: { id: 'broadband-100' } }],
    },
    { id: '2', action: 'add', productOffering: { id: 'broadband-100' }, vendorSays: 'keep me' },
  ],
};

let om: ToldEngine;
beforeAll(async () => {
  om = await openToldEngine({ policies: inside });
});

async function place(more: object = {}): Promise<string> {
  return (await om.send('POST', products, { ...placed, ...more })).body.id;
}

const patch = (id: string, body: unknown, headers = mergePatch): Promise<Reply> =>
  om.send('PATCH', `${products}/${id}`, body, headers);

const command = (id: string, path: string, body?: object): Promise<Reply> =>
  om.send('POST', `/southbound/v1/order/${id}${path}`, body);

describe('an order that nobody has decided about', () => {
  it.each(['application/json', 'application/json;charset=utf-8', 'application/merge-patch+json'])(
    'is changed by a merge patch in %s: what is not said stays',
    async (type) => {
      const id = await place();
      const before = (await om.send('GET', `${products}/${id}`)).body;
      const answer = await patch(
        id,
        { description: 'for the Smiths', notificationContact: null, vendorHears: true },
        { 'content-type': type },
      );
      const { notificationContact: _gone, ...stays } = before;
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.body).toEqual({ ...stays, description: 'for the Smiths', vendorHears: true });
      expect((await om.send('GET', `${products}/${id}`)).body).toEqual(answer.body);
    },
  );

  it('has items changed by their id, characteristics by their name, items added and left out', async () => {
    const id = await place();
    const lineIds = async () =>
      Object.fromEntries(
        (await om.engine.order(id))?.lines.map((line) => [line.externalId, [line.id, line.number]]) ?? [],
      );
    const before = await lineIds();
    const { status, body } = await patch(id, {
      productOrderItem: [
        {
          id: '1',
          quantity: 2,
          product: {
            productCharacteristic: [
              { name: 'router', value: 'rented' },
              { name: 'downstreamSpeed', value: null },
            ],
          },
          productOrderItem: [{ id: '1.2', action: 'add', productOffering: { id: 'broadband-1000' } }],
        },
        { id: '1.1', action: 'delete' },
        { id: '3', action: 'add', productOffering: { id: 'broadband-1000' }, vendorSays: 'new' },
      ],
    });
    expect(status).toBe(200);
    expect(body.productOrderItem).toEqual([
      {
        ...placed.productOrderItem[0],
        state: 'acknowledged',
        quantity: 2,
        product: {
          colour: 'red',
          place: [{ id: 'p', role: 'installation' }],
          productCharacteristic: [{ name: 'router', value: 'rented' }],
        },
        productOrderItem: [
          { id: '1.2', action: 'add', productOffering: { id: 'broadband-1000' }, state: 'acknowledged' },
        ],
      },
      { ...placed.productOrderItem[1], state: 'acknowledged' },
      { id: '3', action: 'add', productOffering: { id: 'broadband-1000' }, vendorSays: 'new', state: 'acknowledged' },
    ]);
    const after = await lineIds();
    expect(Object.keys(after).toSorted()).toEqual(['1', '1.2', '2', '3']);
    expect([after['1'], after['2']]).toEqual([before['1'], before['2']]);
    const approved = await command(id, '/approve');
    expect(approved.body.state).toBe('in_progress');
    expect(approved.body.lines.map(({ item, quantity }: Reply['body']) => [item, quantity])).toEqual([
      ['1', 2],
      ['1.2', 1],
      ['2', 1],
      ['3', 1],
    ]);
  });

  it('is changed by a JSON patch, all of it or nothing', async () => {
    const id = await place();
    const changed = await patch(
      id,
      [
        { op: 'test', path: '/description', value: 'for the Millers' },
        { op: 'replace', path: '/description', value: 'for the Smiths' },
        { op: 'remove', path: '/productOrderItem/1' },
        { op: 'add', path: '/productOrderItem/0/product/productCharacteristic/-', value: { name: 'x', value: 1 } },
      ],
      jsonPatch,
    );
    expect(changed).toMatchObject({ status: 200, body: { description: 'for the Smiths' } });
    expect(changed.body.productOrderItem).toHaveLength(1);
    expect(changed.body.productOrderItem[0].product.productCharacteristic).toHaveLength(3);
    const refused = await patch(
      id,
      [
        { op: 'replace', path: '/description', value: 'for nobody' },
        { op: 'test', path: '/description', value: 'for the Millers' },
      ],
      jsonPatch,
    );
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: '24',
        details: [{ datapath: '/1' }],
        message: expect.stringContaining('not what the patch expects'),
      },
    });
    expect((await om.send('GET', `${products}/${id}`)).body).toEqual(changed.body);
  });

  it('is answered as it is when a patch changes nothing, and its journal says nothing', async () => {
    const id = await place();
    const { body: before } = await om.send('GET', `${products}/${id}`);
    const answer = await patch(id, before);
    expect(answer).toMatchObject({ status: 200, body: before });
    expect((await om.engine.order(id))?.entries).toBe(1);
  });

  it('is answered with the attributes asked for', async () => {
    const { body } = await om.send('PATCH', `${products}/${await place()}?fields=description`, { description: 'x' });
    expect(Object.keys(body).toSorted()).toEqual(['description', 'id']);
  });

  it.each([
    ['an id', { id: 'another' }, 400, '/id', 'it is said once'],
    ['the date of the order', { orderDate: '2026-01-01T00:00:00Z' }, 400, '/orderDate', 'the provider sets it'],
    [
      'the date of completion',
      { completionDate: '2026-01-01T00:00:00Z' },
      400,
      '/completionDate',
      'the provider sets it',
    ],
    ['a state that is not reached so', { state: 'completed' }, 409, '/state', 'from acknowledged to completed'],
    ['a state that there is not', { state: 'nonsense' }, 400, '/state', 'details says'],
    ['an attribute of another type', { description: 4711 }, 400, '/description', 'details says'],
    ['no items', { productOrderItem: null }, 400, '/productOrderItem', 'details says'],
    ['items that are none', { productOrderItem: 'all' }, 400, '/productOrderItem', 'details says'],
    ['an item without an id', { productOrderItem: [{ quantity: 2 }] }, 400, '/productOrderItem/0/id', 'details says'],
    [
      'the state of an item',
      { productOrderItem: [{ id: '2', state: 'completed' }] },
      400,
      '/productOrderItem/0/state',
      'it follows',
    ],
    [
      'an item of another type',
      { productOrderItem: [{ id: '2', quantity: 'two' }] },
      400,
      '/productOrderItem/0/quantity',
      'details says',
    ],
    [
      'an unknown offering',
      { productOrderItem: [{ id: '1.1', productOffering: { id: 'x' } }] },
      400,
      '/productOrderItem/0/productOffering/id',
      'does not exist',
    ],
    [
      'a quantity out of range',
      { productOrderItem: [{ id: '2', quantity: 0 }] },
      400,
      '/productOrderItem/0/quantity',
      'quantity 0',
    ],
    [
      'a new item that says nothing',
      { productOrderItem: [{ id: '9', action: 'add' }] },
      400,
      '/productOrderItem/0',
      'neither an offering',
    ],
    [
      'a draft, which it no longer is',
      { requestedInitialState: 'draft' },
      409,
      '/requestedInitialState',
      'cannot take',
    ],
    ['no object', ['x'], 400, '', 'details says'],
  ])('refuses a patch of %s', async (_what, body, status, datapath, message) => {
    const id = await place();
    const before = await om.send('GET', `${products}/${id}`);
    const answer = await patch(id, body);
    expect(answer).toMatchObject({ status, body: { status: String(status), details: [{ datapath }] } });
    expect(answer.body.message).toContain(message);
    expect((await om.send('GET', `${products}/${id}`)).body).toEqual(before.body);
  });

  it.each([
    ['not a list', { op: 'add' }, ''],
    ['no operation', [7], '/0'],
    ['an operation that there is not', [{ op: 'merge', path: '/description' }], '/0/op'],
    ['no pointer', [{ op: 'add', path: 'description', value: 'x' }], '/0/path'],
    ['no value', [{ op: 'add', path: '/description' }], '/0/value'],
    ['nowhere to come from', [{ op: 'copy', path: '/description' }], '/0/from'],
    ['nothing there', [{ op: 'remove', path: '/nothing' }], '/0'],
    ['what objects are made of', [{ op: 'add', path: '/__proto__/polluted', value: 1 }], '/0'],
    ['the length of a list', [{ op: 'replace', path: '/productOrderItem/length', value: 0 }], '/0'],
    [
      'what cannot be patched',
      [
        { op: 'replace', path: '/description', value: 'x' },
        { op: 'remove', path: '/orderDate' },
      ],
      '/1/path',
    ],
    ['the whole order', [{ op: 'replace', path: '', value: 7 }], ''],
  ])('refuses a JSON patch: %s', async (_what, body, datapath) => {
    const answer = await patch(await place(), body, jsonPatch);
    expect(answer).toMatchObject({ status: 400, body: { code: '24', details: [{ datapath }] } });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is not doubled by copies of copies', async () => {
    const doubling = Array.from({ length: 40 }, (_, index) => ({ op: 'copy', from: '', path: `/copy${index}` }));
    expect(await patch(await place(), doubling, jsonPatch)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('it copies more than') },
    });
  });

  it.each(['application/json-patch-query+json', 'application/vnd.api+json'])(
    'says what it takes instead of %s',
    async (type) => {
      const answer = await patch(await place(), {}, { 'content-type': type });
      expect(answer).toMatchObject({ status: 415, body: { message: expect.stringContaining('merge-patch+json') } });
      expect(answer.headers['accept-patch']).toContain('application/json-patch+json');
    },
  );

  it('says that there is nothing to do without a body, and nothing to patch without an order', async () => {
    expect(await om.send('PATCH', `${products}/${await place()}`)).toMatchObject({ status: 400, body: { code: '21' } });
    expect(await patch('unheard-of', {})).toMatchObject({ status: 404, body: { code: '60' } });
    expect(await om.send('PATCH', `${services}/${await place()}`, {})).toMatchObject({ status: 404 });
  });
});

describe('an order that was approved', () => {
  it('takes other texts for people, and no other order', async () => {
    const id = await place();
    await command(id, '/approve');
    expect(await patch(id, { description: 'mind the dog', note: [{ text: 'he bites' }] })).toMatchObject({
      status: 200,
      body: { state: 'inProgress', description: 'mind the dog', note: [{ text: 'he bites' }] },
    });
    const before = (await om.send('GET', `${products}/${id}`)).body;
    expect((await patch(id, before)).status).toBe(200);
  });

  it('takes nothing once it is over', async () => {
    const id = await place();
    await command(id, '/approve');
    await command(id, '/cancel', { note: 'x' });
    await command(id, '/decideCancellation', { decision: 'approve' });
    await om.later(60_000);
    const { state } = (await om.send('GET', `${products}/${id}`)).body;
    expect(state).toBe('cancelled');
    expect(await patch(id, { description: 'too late' })).toMatchObject({
      status: 409,
      body: { code: '62', message: expect.stringContaining('nothing of it changes') },
    });
  });

  it('goes on when what was missing is said to be there', async () => {
    const id = await place();
    await command(id, '/approve');
    await command(id, '/requestInformation', { note: 'which floor?' });
    expect((await patch(id, { state: 'inProgress', description: 'x' })).status).toBe(409);
    expect(await patch(id, { state: 'inProgress' })).toMatchObject({ status: 200, body: { state: 'inProgress' } });
  });
});

describe('an order that is deleted', () => {
  it('is gone when nobody has decided about it', async () => {
    const id = await place();
    expect(await om.send('DELETE', `${products}/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect((await om.send('GET', `${products}/${id}`)).status).toBe(404);
    expect((await om.send('DELETE', `${products}/${id}`)).status).toBe(404);
  });

  it('stays when it was approved', async () => {
    const id = await place();
    await command(id, '/approve');
    expect(await om.send('DELETE', `${products}/${id}`)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('Cancel it instead') },
    });
    expect((await om.send('DELETE', `${services}/${id}`)).status).toBe(404);
  });
});

describe('a draft', () => {
  it('is captured, changed, and submitted by a patch', async () => {
    const id = await place({ requestedInitialState: 'draft' });
    const shown = await om.send('GET', `${products}/${id}`);
    expect(shown.body).toMatchObject({ state: 'acknowledged', requestedInitialState: 'draft' });
    expect((await command(id, '/approve')).status).toBe(409);
    expect((await patch(id, { description: 'not yet' })).status).toBe(200);
    expect((await om.engine.order(id))?.state).toBe('draft');
    const submitted = await patch(id, { requestedInitialState: 'acknowledged', description: 'now' });
    expect(submitted).toMatchObject({
      status: 200,
      body: { requestedInitialState: 'acknowledged', description: 'now' },
    });
    expect((await om.engine.order(id))?.state).toBe('new');
    expect((await patch(id, { requestedInitialState: 'draft' })).status).toBe(409);
  });

  it('is deleted', async () => {
    const id = await place({ requestedInitialState: 'draft' });
    expect((await om.send('DELETE', `${products}/${id}`)).status).toBe(204);
  });

  it('is not what is misspelled', async () => {
    const answer = await om.send('POST', products, { ...placed, requestedInitialState: 'drfat' });
    expect(answer).toMatchObject({ status: 400, body: { details: [{ datapath: '/requestedInitialState' }] } });
  });

  it('that was rejected and reopened can be submitted again', async () => {
    const id = await place();
    await command(id, '/reject', { note: 'x' });
    await command(id, '/reopen', { note: 'x' });
    expect((await om.send('GET', `${products}/${id}`)).body.requestedInitialState).toBe('draft');
    expect((await patch(id, { requestedInitialState: 'acknowledged' })).status).toBe(200);
    expect((await om.engine.order(id))?.state).toBe('new');
  });
});

describe('service orders', () => {
  const serviceOrderItem = [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }];

  it('are patched and deleted in the same way', async () => {
    const { body: order } = await om.send('POST', services, { serviceOrderItem });
    const one = `${services}/${order.id}`;
    const items = [{ id: '1', service: { serviceCharacteristic: [{ name: 'access', value: 'fibre' }] } }];
    expect(await om.send('PATCH', one, { serviceOrderItem: items }, mergePatch)).toMatchObject({
      status: 200,
      body: { serviceOrderItem: [{ service: { serviceSpecification: { id: 'access-line' }, ...items[0]?.service } }] },
    });
    expect(await om.send('PATCH', one, { category: 'x' })).toMatchObject({
      status: 400,
      body: { details: [{ datapath: '/category' }], message: expect.stringContaining('ServiceOrder_Update') },
    });
    expect((await om.send('DELETE', one)).status).toBe(204);
  });

  it('that only ask are not patched here', async () => {
    const asked = await om.engine.submit({
      type: 'CaptureOrder',
      orderId: 'f'.repeat(32),
      category: 'Service',
      fulfillmentType: 'Qualify',
      parties: [],
      kept: {},
      lines: [
        {
          externalId: '1',
          after: [],
          action: 'add',
          quantity: 1,
          specification: 'internet-access',
          characteristics: [],
          kept: {},
          pointer: '/x',
        },
      ],
    });
    expect(asked.ok).toBe(true);
    expect(await om.send('PATCH', `${services}/${'f'.repeat(32)}`, {})).toMatchObject({
      status: 400,
      body: {
        message: expect.stringContaining(
          "Patch request cannot be made as the order's fulfillment type is not 'deliver",
        ),
      },
    });
    expect((await om.send('DELETE', `${services}/${'f'.repeat(32)}`)).status).toBe(404);
  });
});
