/** Every kind of event that listeners of orders are told, each once, and only to those who want it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { policiesOf } from '../../../support/orders.ts';
import { type Heard, hub, openToldEngine, serviceHub, type ToldEngine } from '../../../support/told-engine.ts';

const products = '/tmf-api/productOrderingManagement/v4';
const services = '/tmf-api/serviceOrdering/v4';

/** Nothing of it is done by itself. */
const byHand = policiesOf({ policies: 'by hand', approval: 'manual', outbound: { rows: [] } });

let om: ToldEngine;
beforeEach(async () => {
  om = await openToldEngine({ policies: byHand });
});

const command = (id: string, path: string, body?: object) => om.send('POST', `/southbound/v1/order/${id}${path}`, body);
const kindsOf = (heard: readonly Heard[]): string[] => heard.map(({ event }) => event.eventType);

describe('listeners of product orders', () => {
  it('hear that attributes have changed, and which', async () => {
    const crm = om.listener('crm');
    await om.subscribe(crm.url);
    const id = await om.order();
    const item = { id: '2', action: 'add', productOffering: { id: 'broadband-1000' } };
    await om.send('PATCH', `${products}/productOrder/${id}`, { description: 'x', productOrderItem: [item] });
    await om.send('PATCH', `${products}/productOrder/${id}`, { description: 'x' });
    expect(kindsOf(crm.heard)).toEqual(['ProductOrderCreateEvent', 'ProductOrderAttributeValueChangeEvent']);
    expect(crm.heard[1]?.request.path).toBe('/listener/productOrderAttributeValueChangeEvent');
    expect(crm.heard[1]?.event).toMatchObject({
      fieldPath: 'description,productOrderItem',
      event: { productOrder: { id, description: 'x', state: 'acknowledged', productOrderItem: { length: 2 } } },
    });
  });

  it('hear that an order is gone, with all that it was', async () => {
    const crm = om.listener('crm');
    await om.subscribe(crm.url);
    const id = await om.order();
    const { body: last } = await om.send('GET', `${products}/productOrder/${id}`);
    await om.send('DELETE', `${products}/productOrder/${id}`);
    expect(kindsOf(crm.heard)).toEqual(['ProductOrderCreateEvent', 'ProductOrderDeleteEvent']);
    expect(crm.heard[1]?.event.event.productOrder).toEqual(last);
    await om.restart();
    expect(crm.heard).toHaveLength(2);
  });

  it('hear what is missing, and that the order waits for it', async () => {
    const crm = om.listener('crm');
    await om.subscribe(crm.url, { query: 'event.productOrder.state=pending' });
    const id = await om.order();
    await command(id, '/approve');
    await command(id, '/requestInformation', { note: 'which floor?' });
    expect(kindsOf(crm.heard)).toEqual(['ProductOrderStateChangeEvent', 'ProductOrderInformationRequiredEvent']);
    expect(crm.heard[1]?.event).toMatchObject({ description: 'which floor?', event: { productOrder: { id } } });
  });

  it('hear of cancel tasks what they ask for, and of nothing else', async () => {
    const [all, some] = [om.listener('all'), om.listener('some', [], { takesParts: true })];
    await om.subscribe(all.url);
    await om.subscribe(some.url, {
      query:
        'eventType=CancelProductOrderStateChangeEvent,ProductOrderDeleteEvent&fields=event.cancelProductOrder.state',
    });
    const id = await om.order();
    await command(id, '/approve');
    await om.send('POST', `${products}/cancelProductOrder`, { productOrder: { id } });
    await command(id, '/decideCancellation', { decision: 'approve' });
    await om.later(1_000);
    expect(kindsOf(all.heard)).toEqual([
      'ProductOrderCreateEvent',
      'ProductOrderStateChangeEvent',
      'CancelProductOrderCreateEvent',
      'CancelProductOrderStateChangeEvent',
      'ProductOrderStateChangeEvent',
      'ProductOrderStateChangeEvent',
      'ProductOrderStateChangeEvent',
      'CancelProductOrderStateChangeEvent',
    ]);
    expect(some.heard.map(({ event }) => event.event.cancelProductOrder.state)).toEqual(['inProgress', 'done']);
  });
});

describe('listeners of service orders', () => {
  it('hear that items have gone on while the order has not', async () => {
    const crm = om.listener('crm');
    await om.subscribe(crm.url, { at: serviceHub, query: 'eventType=ServiceOrderAttributeValueChangeEvent' });
    const item = (id: string) => ({ id, action: 'add', service: { serviceSpecification: { id: 'access-line' } } });
    const { body: order } = await om.send('POST', `${services}/serviceOrder`, {
      serviceOrderItem: [item('1'), item('2')],
    });
    const { body: approved } = await command(order.id, '/approve');
    for (const { id } of approved.domainOrders.slice(0, 1))
      await command(order.id, `/serviceOrder/${id}/forceComplete`, { note: 'done' });
    const [heard, ...others] = crm.heard;
    expect(others).toEqual([]);
    expect(heard?.event.fieldPath).toBe('serviceOrderItem.state');
    const states = heard?.event.event.serviceOrder.serviceOrderItem.map(({ state }: { state: string }) => state);
    expect(states).toContain('completed');
  });

  it('do not hear of product orders, nor those of deliveries of questions', async () => {
    const [crm, som] = [om.listener('crm'), om.listener('som')];
    await om.subscribe(crm.url, { at: hub });
    await om.subscribe(som.url, { at: serviceHub });
    const id = await om.order();
    await om.send('DELETE', `${products}/productOrder/${id}`);
    expect([crm.heard.length, som.heard.length]).toEqual([2, 0]);
  });
});
