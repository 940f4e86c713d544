/** The same orders through TMF622 v4.0 and v5.0, over HTTP. */
import { beforeAll, describe, expect, it } from 'vitest';
import { policiesOf } from '../../../support/orders.ts';
import { openToldEngine, type ToldEngine } from '../../../support/told-engine.ts';

const fourth = '/tmf-api/productOrderingManagement/v4';
const fifth = '/productOrderingManagement/v5';

const placed = {
  '@type': 'ProductOrder',
  externalId: [{ '@type': 'ExternalIdentifier', owner: 'shop', id: 'SHOP-1' }],
  relatedParty: [
    {
      '@type': 'RelatedPartyRefOrPartyRoleRef',
      role: 'Customer',
      partyOrPartyRole: { '@type': 'PartyRef', id: 'c', '@referredType': 'Customer' },
    },
  ],
  vendorSays: { keep: 'me' },
  productOrderItem: [
    {
      '@type': 'ProductOrderItem',
      id: '1',
      action: 'add',
      quantity: 1,
      vendorSays: 'me too',
      productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-100' },
      product: {
        '@type': 'Product',
        place: [{ '@type': 'RelatedPlaceRefOrValue', role: 'installation', place: { '@type': 'PlaceRef', id: 'p' } }],
        productCharacteristic: [{ '@type': 'StringCharacteristic', name: 'router', value: 'own' }],
      },
    },
  ],
};

let om: ToldEngine;
beforeAll(async () => {
  om = await openToldEngine({
    policies: policiesOf({ policies: 'by hand', approval: 'manual', outbound: { rows: [] } }),
  });
});

const place = async (more: object = {}): Promise<string> =>
  (await om.send('POST', `${fifth}/productOrder`, { ...placed, ...more })).body.id;

describe('an order that came through v5.0', () => {
  it('is captured, and shown as it came, with what the server adds', async () => {
    const { status, headers, body } = await om.send('POST', `${fifth}/productOrder`, placed);
    expect(status).toBe(201);
    expect(headers.location).toBe(body.href);
    expect(body).toEqual({
      ...placed,
      id: body.id,
      href: `http://om.test${fifth}/productOrder/${body.id}`,
      state: 'acknowledged',
      creationDate: expect.any(String),
      productOrderItem: [{ ...placed.productOrderItem[0], state: 'acknowledged' }],
    });
    expect((await om.send('GET', `${fifth}/productOrder/${body.id}`)).body).toEqual(body);
    expect((await om.engine.order(body.id))?.lines[0]).toMatchObject({
      offering: 'broadband-100',
      place: { id: 'p', role: 'installation' },
      characteristics: [{ name: 'router', value: 'own' }],
    });
  });

  it('is shown and patched through v4.0, and keeps what v4.0 has no word for', async () => {
    const id = await place();
    expect((await om.send('GET', `${fourth}/productOrder/${id}`)).body).toMatchObject({
      externalId: 'SHOP-1',
      orderDate: expect.any(String),
      relatedParty: [{ id: 'c', role: 'Customer', '@referredType': 'Customer' }],
      productOrderItem: [{ vendorSays: 'me too', product: { place: [{ id: 'p', role: 'installation' }] } }],
    });
    const patch = {
      description: 'x',
      productOrderItem: [{ id: '2', action: 'add', productOffering: { id: 'broadband-1000' } }],
    };
    expect((await om.send('PATCH', `${fourth}/productOrder/${id}`, patch)).status).toBe(200);
    const { body } = await om.send('GET', `${fifth}/productOrder/${id}`);
    expect(body).toMatchObject({
      externalId: placed.externalId,
      relatedParty: placed.relatedParty,
      description: 'x',
      productOrderItem: [
        placed.productOrderItem[0],
        {
          '@type': 'ProductOrderItem',
          id: '2',
          productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-1000' },
        },
      ],
    });
  });

  it('is found among all, in the words of either', async () => {
    const id = await place({ description: 'needle' });
    const [found] = (await om.send('GET', `${fifth}/productOrder?description=needle&externalId.id=SHOP-1`)).body;
    expect(found.id).toBe(id);
    expect((await om.send('GET', `${fourth}/productOrder?description=needle&externalId=SHOP-1`)).body).toHaveLength(1);
  });

  it('is a draft that says so, changed, and submitted by its state', async () => {
    const id = await place({ requestedInitialState: 'draft' });
    const one = `${fifth}/productOrder/${id}`;
    expect((await om.send('GET', one)).body).toMatchObject({ state: 'draft' });
    expect((await om.send('GET', `${fourth}/productOrder/${id}`)).body).toMatchObject({ state: 'acknowledged' });
    expect(await om.send('PATCH', one, { '@type': 'ProductOrder', description: 'x' })).toMatchObject({
      body: { state: 'draft', description: 'x' },
    });
    expect(await om.send('PATCH', one, { requestedInitialState: 'acknowledged' })).toMatchObject({ status: 400 });
    expect(
      await om.send('PATCH', one, [{ op: 'replace', path: '/state', value: 'acknowledged' }], {
        'content-type': 'application/json-patch+json',
      }),
    ).toMatchObject({ status: 200, body: { state: 'acknowledged' } });
    expect((await om.engine.order(id))?.state).toBe('new');
    expect((await om.send('DELETE', one)).status).toBe(204);
    expect((await om.send('GET', `${fourth}/productOrder/${id}`)).status).toBe(404);
  });

  it.each([
    ['no type', { '@type': undefined }, '/@type'],
    ['an external id of v4.0', { externalId: 'x' }, '/externalId'],
    ['no items', { productOrderItem: [] }, '/productOrderItem'],
    ['a state that is none', { requestedInitialState: 'done' }, '/requestedInitialState'],
  ])('is refused with %s', async (_what, more, datapath) => {
    const { status, body } = await om.send(
      'POST',
      `${fifth}/productOrder`,
      JSON.parse(JSON.stringify({ ...placed, ...more })),
    );
    expect([status, body['@type'], body.details[0].datapath]).toEqual([400, 'Error', datapath]);
  });
});

describe('listeners of v5.0', () => {
  it('hear of every order in its words, while those of v4.0 hear of it in theirs', async () => {
    const [old, young] = [om.listener('old'), om.listener('young')];
    await om.subscribe(old.url);
    const hub = await om.send('POST', `${fifth}/hub`, { '@type': 'Hub', callback: `${young.url}${fifth}` });
    expect(hub).toMatchObject({ status: 201, body: { '@type': 'Hub', id: expect.any(String) } });
    const id = await place({ requestedInitialState: 'draft' });
    await om.send('PATCH', `${fifth}/productOrder/${id}`, { state: 'acknowledged' });
    await om.send('POST', `/southbound/v1/order/${id}/approve`);
    await om.send('POST', `/southbound/v1/order/${id}/requestInformation`, { note: 'which floor?' });
    const task = await om.send('POST', `${fifth}/cancelProductOrder`, {
      '@type': 'CancelProductOrder',
      productOrder: { '@type': 'ProductOrderRef', id },
    });
    await om.later(1_000);
    const types = (heard: typeof old.heard) => heard.map(({ event }) => event.eventType.replace('ProductOrder', ''));
    expect(types(young.heard).slice(0, 2)).toEqual(['CreateEvent', 'StateChangeEvent']);
    expect(young.heard[0]?.event).toMatchObject({
      '@type': 'ProductOrderCreateEvent',
      timeOccurred: expect.any(String),
      event: { productOrder: { '@type': 'ProductOrder', state: 'draft' } },
    });
    expect(old.heard[0]?.event.event.productOrder).toMatchObject({ state: 'acknowledged', externalId: 'SHOP-1' });
    // What v4.0 has no word for, a draft being handed in, is told through v5.0 alone.
    const changes = (heard: typeof old.heard) => types(heard).filter((type) => type === 'StateChangeEvent').length;
    expect(changes(young.heard)).toBe(changes(old.heard) + 1);
    expect(task).toMatchObject({ status: 201, body: { '@type': 'CancelProductOrder', state: 'acknowledged' } });
    expect(types(young.heard)).toContain('InformationRequiredEvent');
    const ofTasks = young.heard.filter(({ event }) => event.eventType.startsWith('Cancel'));
    expect(types(ofTasks)).toEqual(['CancelCreateEvent', 'CancelStateChangeEvent']);
    expect(ofTasks.map(({ event }) => Object.keys(event.event))).toEqual([
      ['cancelProductOrder'],
      ['cancelProductOrder', 'canccelProductOrder'],
    ]);
    expect((await om.send('DELETE', `${fifth}/hub/${hub.body.id}`)).status).toBe(204);
  });
});

describe('cancel tasks of v5.0', () => {
  it('are made, read and listed', async () => {
    const id = await place();
    const asked = { '@type': 'CancelProductOrder', productOrder: { '@type': 'ProductOrderRef', id } };
    expect((await om.send('POST', `${fifth}/cancelProductOrder`, asked)).status).toBe(409);
    const unknown = { ...asked, productOrder: { '@type': 'ProductOrderRef', id: 'unheard-of' } };
    expect(await om.send('POST', `${fifth}/cancelProductOrder`, unknown)).toMatchObject({
      status: 400,
      body: { details: [{ datapath: '/productOrder/id' }] },
    });
    expect((await om.send('GET', `${fifth}/cancelProductOrder`)).status).toBe(200);
    expect((await om.send('GET', `${fifth}/cancelProductOrder/unheard-of`)).status).toBe(404);
  });
});
