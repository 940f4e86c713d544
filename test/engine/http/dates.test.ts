/** Dates over HTTP: forecasts in the order, dates changed by hand, and what TMF clients and listeners are shown of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { catalogueOf, policiesOf } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const day = 86_400_000;

const catalogue = catalogueOf({
  catalogue: 'planned',
  offerings: [{ id: 'phone', specification: 'phone' }],
  products: [{ id: 'phone', relationships: [{ type: 'Realized as', target: 'line' }] }],
  plans: [
    {
      plan: 'by hand',
      tasks: [
        { task: 'survey', takes: 'P1D' },
        { task: 'build', takes: 'P2D', after: ['survey'] },
      ],
    },
  ],
  services: [{ id: 'line', type: 'CFS', plan: 'by hand' }],
});

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
  jeopardy: {},
});

const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const line = {
  serviceOrderItem: [{ id: 'item-1', action: 'add', service: { serviceSpecification: { id: 'line' } } }],
};

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(policies, { catalogue });
});
afterAll(() => om.close());

const view = async (id: string): Promise<Reply['body']> => (await om.request('GET', `/southbound/v1/order/${id}`)).body;

async function planned(body: object = line, path = serviceOrders): Promise<Reply['body']> {
  const { id } = (await om.request('POST', path, body)).body;
  return (await om.request('POST', `/southbound/v1/order/${id}/approve`)).body;
}

const reschedule = ({ id, tasks }: Reply['body'], dates: object, name = 'survey'): Promise<Reply> => {
  const task = tasks.find((each: { name: string }) => each.name === name).id;
  return om.request('POST', `/southbound/v1/order/${id}/task/${task}/dates`, dates);
};

const laterBy = (text: string, ms: number): string => new Date(Date.parse(text) + ms).toISOString();

describe('an order that is watched', () => {
  it('shows when each part of it is planned and expected', async () => {
    const order = await planned();
    expect(checkOf('Southbound', 'own', 'Order')(order)).toEqual([]);
    const { plannedStart, plannedEnd, estimatedEnd, jeopardy } = order.forecast;
    expect([plannedEnd, estimatedEnd, jeopardy]).toEqual([
      laterBy(plannedStart, 3 * day),
      laterBy(plannedStart, 3 * day),
      'none',
    ]);
    expect(order.tasks.map((task: Reply['body']) => task.forecast.duration)).toEqual(['P1D', 'P2D']);
    expect(order.lines[0].forecast.plannedEnd).toBe(plannedEnd);
    expect(order.domainOrders[0].forecast.actualStart).toBe(plannedStart);
    expect(order.jeopardyAlerts).toEqual([]);
  });

  it('is expected later when somebody says so; TMF641 has an alert about the item, and another date of completion', async () => {
    const order = await planned();
    const expectedEnd = laterBy(order.forecast.plannedStart, 3 * day);
    const { status, body } = await reschedule(order, { expectedEnd, note: 'ill' });
    expect(status).toBe(200);
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    expect(body.forecast).toMatchObject({
      estimatedEnd: laterBy(order.forecast.plannedStart, 5 * day),
      jeopardy: 'critical',
    });
    expect(body.jeopardyAlerts.map(({ level }: Reply['body']) => level)).toEqual(['high', 'critical']);
    const shown = (await om.request('GET', `${serviceOrders}/${order.id}`)).body;
    expect(checkOf('TMF641', 'official-lenient', 'ServiceOrder')(shown)).toEqual([]);
    expect(shown.expectedCompletionDate).toBe(laterBy(order.forecast.plannedStart, 5 * day));
    expect(shown.jeopardyAlert.at(-1)).toMatchObject({
      jeopardyType: 'critical',
      message: expect.stringContaining('is expected 2 days later than planned, 66 % of its time'),
      serviceOrderItem: [{ itemId: 'item-1', serviceOrderId: order.id, serviceOrderHref: shown.href }],
    });
  });

  it('has a date of completion in TMF622 as well, until it is completed', async () => {
    const body = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'phone' } }] };
    const order = await planned(body, productOrders);
    const shown = (await om.request('GET', `${productOrders}/${order.id}`)).body;
    expect(checkOf('TMF622', 'official-lenient', 'ProductOrder')(shown)).toEqual([]);
    expect(shown.expectedCompletionDate).toBe(order.forecast.estimatedEnd);
    for (const { id } of order.tasks) await om.request('POST', `/southbound/v1/order/${order.id}/task/${id}/close`, {});
    const done = (await om.request('GET', `${productOrders}/${order.id}`)).body;
    expect([done.state, done.expectedCompletionDate]).toEqual(['completed', undefined]);
    expect((await view(order.id)).forecast.actualEnd).toBe(done.completionDate);
  });

  it('refuses dates that say nothing, are none, or turn time round', async () => {
    const order = await planned();
    expect(await reschedule(order, {})).toMatchObject({ status: 400, body: { code: '23' } });
    expect(await reschedule(order, { expectedEnd: 'soon' })).toMatchObject({
      status: 400,
      body: { details: [{ datapath: '/expectedEnd' }] },
    });
    const { status, body } = await reschedule(order, {
      plannedStart: '2026-01-02T00:00:00Z',
      plannedEnd: '2026-01-01T00:00:00Z',
    });
    expect([status, body.message]).toEqual([400, expect.stringContaining('cannot be planned to end before it starts')]);
  });
});
