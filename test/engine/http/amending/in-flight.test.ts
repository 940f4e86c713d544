/** A patch of an order that is being fulfilled is a revision of it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { policiesOf } from '../../../support/orders.ts';
import { openToldEngine, type Reply, type ToldEngine } from '../../../support/told-engine.ts';

const fourth = '/tmf-api/productOrderingManagement/v4/productOrder';
const fifth = '/productOrderingManagement/v5/productOrder';
const services = '/tmf-api/serviceOrdering/v4/serviceOrder';
const jsonPatch = { 'content-type': 'application/json-patch+json' };

const placed = {
  externalId: 'CRM-1',
  description: 'for the Millers',
  priority: '2',
  requestedCompletionDate: '2026-03-01T00:00:00.000Z',
  vendorSays: 'a',
  relatedParty: [{ id: 'c', role: 'Customer', '@referredType': 'Customer' }],
  productOrderItem: [
    {
      id: '1',
      action: 'add',
      quantity: 1,
      productOffering: { id: 'broadband-100' },
      itemPrice: [{ priceType: 'recurring', price: {} }],
      product: {
        colour: 'red',
        productCharacteristic: [
          { name: 'router', value: 'own', vendorSays: 'mine' },
          { name: 'downstreamSpeed', value: '100 Mbps' },
        ],
      },
    },
    { id: '2', action: 'add', productOffering: { id: 'broadband-100' }, vendorSays: 'b' },
  ],
};

let om: ToldEngine;
beforeEach(async () => {
  om = await openToldEngine({
    policies: policiesOf({ policies: 'by hand', approval: 'manual', outbound: { rows: [] } }),
  });
});

const command = (id: string, path: string, body?: object): Promise<Reply> =>
  om.send('POST', `/southbound/v1/order/${id}${path}`, body);

/** Approved, and waiting for nobody: what would hold it is resolved. */
async function inProgress(collection = fourth, body: object = placed): Promise<string> {
  const { id } = (await om.send('POST', collection, body)).body;
  const { body: order } = await command(id, '/approve');
  for (const fallout of order.fallouts) await command(id, `/fallout/${fallout.id}/resolve`, { note: 'x' });
  expect((await om.engine.order(id))?.state).toBe('in_progress');
  return id;
}

const patch = (id: string, body: unknown, headers = {}) => om.send('PATCH', `${fourth}/${id}`, body, headers);
const shown = async (id: string, collection = fourth) => (await om.send('GET', `${collection}/${id}`)).body;

describe('a patch of an order in flight', () => {
  it('is a revision: the order is as it was until somebody approves, and then as it was patched', async () => {
    const id = await inProgress();
    const before = await shown(id);
    const answer = await patch(id, {
      priority: '1',
      vendorSays: 'c',
      productOrderItem: [
        { id: '1', quantity: 2, product: { productCharacteristic: [{ name: 'router', value: 'rented' }] } },
        { id: '2', action: 'delete' },
        { id: '3', action: 'add', productOffering: { id: 'broadband-1000' }, vendorSays: 'd' },
      ],
    });
    expect(answer).toMatchObject({ status: 200, body: before });
    expect(await om.engine.order(id)).toMatchObject({
      state: 'revision_in_progress',
      version: 2,
      revisions: [
        {
          state: 'pending',
          headerChanges: ['priority', 'vendorSays'],
          changes: [
            { item: '1', kind: 'change', types: ['characteristic', 'quantity'] },
            { item: '3', kind: 'add' },
            { item: '2', kind: 'delete' },
          ],
        },
      ],
    });
    expect((await command(id, '/decideRevision', { decision: 'approve' })).status).toBe(200);
    const after = await shown(id);
    expect(after).toMatchObject({
      state: 'inProgress',
      priority: '1',
      vendorSays: 'c',
      description: placed.description,
    });
    const [first, second, third] = after.productOrderItem;
    expect(first).toMatchObject({
      quantity: 2,
      itemPrice: placed.productOrderItem[0]?.itemPrice,
      product: {
        colour: 'red',
        productCharacteristic: [
          { name: 'router', value: 'rented', vendorSays: 'mine' },
          { name: 'downstreamSpeed', value: '100 Mbps' },
        ],
      },
    });
    expect([second.id, ['cancelled', 'pendingCancellation'].includes(second.state)]).toEqual(['2', true]);
    expect(third).toMatchObject({ id: '3', vendorSays: 'd', state: 'inProgress' });
    expect((await shown(id, fifth)).productOrderItem[0].product.productCharacteristic[0]).toMatchObject({
      '@type': 'StringCharacteristic',
      value: 'rented',
    });
  });

  it('leaves out what a JSON patch takes away, and a second patch takes the place of the first', async () => {
    const id = await inProgress();
    const first = [
      { op: 'remove', path: '/productOrderItem/1' },
      { op: 'replace', path: '/productOrderItem/0/productOffering/id', value: 'broadband-1000' },
    ];
    expect((await patch(id, first, jsonPatch)).status).toBe(200);
    expect((await patch(id, { description: 'and quickly' })).status).toBe(200);
    expect((await om.engine.order(id))?.revisions?.map(({ state }) => state)).toEqual(['replaced', 'pending']);
    await command(id, '/decideRevision', { decision: 'approve' });
    const after = await shown(id);
    expect(after).toMatchObject({
      description: 'and quickly',
      productOrderItem: [{ id: '1', productOffering: { id: 'broadband-1000' } }, { id: '2' }],
    });
  });

  it('of an attribute that nobody reads keeps it with the item', async () => {
    const id = await inProgress();
    await patch(id, { productOrderItem: [{ id: '1', product: { colour: 'blue' }, itemPrice: null }] });
    expect((await om.engine.order(id))?.revisions?.[0]?.changes).toMatchObject([{ item: '1', kind: 'change' }]);
    await command(id, '/decideRevision', { decision: 'approve' });
    const [first] = (await shown(id)).productOrderItem;
    expect(first).toMatchObject({ product: { colour: 'blue', productCharacteristic: { length: 2 } } });
    expect(first).not.toHaveProperty('itemPrice');
  });

  it('is told of as a change of attributes, and never as one of state', async () => {
    const id = await inProgress();
    const crm = om.listener('crm');
    await om.subscribe(crm.url);
    await patch(id, { productOrderItem: [{ id: '1', quantity: 2 }], priority: '1' });
    await command(id, '/decideRevision', { decision: 'approve' });
    const changes = crm.heard.filter(({ event }) => event.eventType === 'ProductOrderAttributeValueChangeEvent');
    expect(changes.at(-1)?.event).toMatchObject({
      fieldPath: 'priority,productOrderItem',
      event: { productOrder: { priority: '1', productOrderItem: [{ quantity: 2 }, {}] } },
    });
    const states = crm.heard.filter(({ event }) => event.eventType === 'ProductOrderStateChangeEvent');
    expect(states.map(({ event }) => event.event.productOrder.state)).not.toContain('acknowledged');
  });

  it.each([
    [
      'the action of an item',
      { productOrderItem: [{ id: '2', action: 'modify', product: { id: 'x' } }] },
      '/productOrderItem/0',
    ],
    ['its name', { externalId: 'CRM-2', relatedParty: [] }, '/externalId'],
    ['the currency', { orderCurrency: 'EUR' }, '/orderCurrency'],
    ['a wish taken away', { requestedCompletionDate: null, relatedParty: [] }, '/requestedCompletionDate'],
    [
      'the offering taken away',
      {
        productOrderItem: [{ id: '1', productOffering: null, product: { productSpecification: { id: 'broadband' } } }],
      },
      '/productOrderItem/0',
    ],
    [
      'an item twice',
      {
        productOrderItem: [
          { id: '3', action: 'add', productOffering: { id: 'broadband-100' } },
          { id: '4', action: 'add', productOffering: { id: 'x' } },
        ],
      },
      '/productOrderItem/1/productOffering/id',
    ],
  ])('is refused for %s, and the order goes on', async (_what, body, datapath) => {
    const id = await inProgress();
    const answer = await patch(id, body);
    expect([answer.status >= 400, answer.body.details?.[0].datapath]).toEqual([true, datapath]);
    expect((await om.engine.order(id))?.state).toBe('in_progress');
  });

  it('of a service order, and through v5.0 of what came through v4.0', async () => {
    const service = await inProgress(services, {
      serviceOrderItem: [
        { id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' }, serviceCharacteristic: [] } },
      ],
    });
    const item = { id: '1', service: { serviceCharacteristic: [{ name: 'downstreamSpeed', value: '1 Gbps' }] } };
    expect((await om.send('PATCH', `${services}/${service}`, { serviceOrderItem: [item] })).status).toBe(200);
    await command(service, '/decideRevision', { decision: 'approve' });
    expect(await shown(service, services)).toMatchObject({ serviceOrderItem: [item] });

    const id = await inProgress();
    const said = { '@type': 'StringCharacteristic', name: 'router', value: 'rented' };
    const body = { productOrderItem: [{ id: '1', product: { productCharacteristic: [said] } }] };
    expect((await om.send('PATCH', `${fifth}/${id}`, body)).status).toBe(200);
    expect((await om.engine.order(id))?.revisions?.[0]?.changes).toMatchObject([
      { item: '1', types: ['characteristic'] },
    ]);
    await command(id, '/decideRevision', { decision: 'approve' });
    const [first] = (await shown(id)).productOrderItem;
    expect(first.product.productCharacteristic[0]).toMatchObject({ name: 'router', value: 'rented' });
  });

  it('of what came through v5.0, shown as it was patched in both', async () => {
    const item = {
      '@type': 'ProductOrderItem',
      id: '1',
      action: 'add',
      productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-100' },
      product: { '@type': 'Product', colour: 'red' },
    };
    const id = await inProgress(fifth, { '@type': 'ProductOrder', productOrderItem: [item] });
    const product = {
      productCharacteristic: [{ name: 'router', value: 'rented' }],
      place: [{ id: 'p', role: 'installation' }],
    };
    expect((await patch(id, { priority: '1', productOrderItem: [{ id: '1', product }] })).status).toBe(200);
    await command(id, '/decideRevision', { decision: 'approve' });
    expect(await shown(id, fifth)).toMatchObject({
      priority: '1',
      productOrderItem: [
        {
          product: {
            colour: 'red',
            productCharacteristic: [{ '@type': 'StringCharacteristic', name: 'router', value: 'rented' }],
            place: [{ role: 'installation', place: { '@type': 'PlaceRef', id: 'p' } }],
          },
        },
      ],
    });
    expect((await shown(id)).productOrderItem[0].product).toMatchObject(product);
  });

  it('asks for the role of who may revise, and not for that of who may place orders', async () => {
    const id = await inProgress();
    const body = { productOrderItem: [{ id: '1', quantity: 2 }] };
    const creator = { 'x-southbound-roles': 'order_creator' };
    expect((await patch(id, body, creator)).status).toBe(403);
    expect((await patch(id, { description: 'x' }, creator)).status).toBe(200);
    expect((await patch(id, body, { 'x-southbound-roles': 'order_integrator' })).status).toBe(200);
  });
});
