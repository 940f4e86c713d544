/** Every kind of event that listeners of orders are told, each once, and only to those who want it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { catalogueOf, policiesOf } from '../../../support/orders.ts';
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

describe('what the provider says by itself', () => {
  const catalogue = catalogueOf({
    catalogue: 'planned',
    offerings: [{ id: 'broadband-100', specification: 'phone' }],
    products: [{ id: 'phone', relationships: [{ type: 'Realized as', target: 'line' }] }],
    plans: [
      {
        plan: 'by hand',
        tasks: [
          { task: 'survey', takes: 'P1D', milestone: 'Surveyed' },
          { task: 'build', takes: 'P2D', after: ['survey'] },
        ],
      },
    ],
    services: [{ id: 'line', type: 'CFS', plan: 'by hand' }],
  });
  const watched = policiesOf({
    policies: 'watched',
    outbound: { rows: [], default: { outboundEnabled: false } },
    jeopardy: {},
  });
  const day = 86_400_000;

  /** It is late, its survey is done, and then it fails. */
  async function troubled(id: string): Promise<void> {
    await om.later(1.01 * day);
    const { body } = await om.send('GET', `/southbound/v1/order/${id}`);
    const [survey, build] = body.tasks;
    await command(id, `/task/${survey.id}/close`, {});
    const failed = await command(id, `/task/${build.id}/fallout`, { type: 'Terrain', description: 'there is rock' });
    expect(failed.status).toBe(200);
    await om.later(1_000);
  }

  const itemOf = ({ event }: Heard, name: string) => event.event.productOrder[name][0].productOrderItem;

  it('is told by v5 of product orders, each by an event of its own', async () => {
    om = await openToldEngine({ policies: watched, catalogue });
    const crm = om.listener('crm');
    const wanted = 'eventType=ProductOrderJeopardyAlertEvent,ProductOrderMilestoneEvent,ProductOrderErrorMessageEvent';
    await om.send('POST', '/productOrderingManagement/v5/hub', { '@type': 'Hub', callback: crm.url, query: wanted });
    const id = await om.order();
    await troubled(id);
    expect(kindsOf(crm.heard)).toEqual([
      'ProductOrderJeopardyAlertEvent',
      'ProductOrderJeopardyAlertEvent',
      'ProductOrderMilestoneEvent',
      'ProductOrderErrorMessageEvent',
    ]);
    const [late, , reached, failed] = crm.heard;
    const ref = [{ productOrderItemId: '1', productOrderId: id, '@type': 'ProductOrderItemRef' }];
    expect(late && itemOf(late, 'productOrderJeopardyAlert')).toMatchObject(ref);
    expect(reached && itemOf(reached, 'productOrderMilestone')).toMatchObject(ref);
    expect(reached?.event.event.productOrder.productOrderMilestone).toMatchObject([
      { name: 'Surveyed', status: 'Completed', '@type': 'ProductOrderMilestone' },
    ]);
    expect(failed?.event.event.productOrder.productOrderErrorMessage).toMatchObject([
      { code: 'business', message: expect.stringContaining('there is rock'), productOrderItem: ref },
    ]);
  });

  it('has one place in v4 of product orders: the date on which they are expected', async () => {
    om = await openToldEngine({ policies: watched, catalogue });
    const crm = om.listener('crm');
    await om.subscribe(crm.url, { query: 'eventType=ProductOrderAttributeValueChangeEvent' });
    await troubled(await om.order());
    expect(crm.heard.map(({ event }) => event.fieldPath)).toEqual(['expectedCompletionDate', 'expectedCompletionDate']);
  });

  it('is told of service orders, failures with the state that they bring about', async () => {
    om = await openToldEngine({ policies: watched, catalogue });
    const crm = om.listener('crm');
    await om.subscribe(crm.url, { at: serviceHub });
    const item = (id: string) => ({ id, action: 'add', service: { serviceSpecification: { id: 'line' } } });
    const one = await om.send('POST', `${services}/serviceOrder`, { serviceOrderItem: [item('1')] });
    await troubled(one.body.id);
    expect(kindsOf(crm.heard).slice(-2)).toEqual(['ServiceOrderMilestoneEvent', 'ServiceOrderStateChangeEvent']);
    expect(crm.heard.at(-1)?.event.event.serviceOrder).toMatchObject({
      state: 'held',
      errorMessage: [{ message: expect.stringContaining('there is rock'), serviceOrderItem: [{ itemId: '1' }] }],
    });
    crm.heard.length = 0;
    // Of two items one fails, and the order goes on.
    const two = await om.send('POST', `${services}/serviceOrder`, { serviceOrderItem: [item('1'), item('2')] });
    await troubled(two.body.id);
    expect(crm.heard.at(-1)?.event).toMatchObject({ fieldPath: 'errorMessage' });
  });
});
