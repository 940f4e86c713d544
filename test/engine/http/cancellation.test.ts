/** Cancellations over HTTP, as operators request them and decide about them, and as a SOM on a port is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { policiesOf } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' } }] },
});

const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const order = {
  serviceOrderItem: ['1', '2'].map((id) => ({
    id,
    action: 'add',
    service: { serviceSpecification: { id: 'ip-connectivity' } },
  })),
};

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(policies);
});
afterAll(() => om.close());

const command = (id: string, path: string, body?: object): Promise<Reply> =>
  om.request('POST', `/southbound/v1/order/${id}${path}`, body);

async function approved(): Promise<Reply['body']> {
  const { body } = await om.request('POST', serviceOrders, order);
  const { body: shown } = await command(body.id, '/approve');
  return shown;
}

describe('a cancellation', () => {
  it('is requested for a day, for a line or for all of it, and shown with the order', async () => {
    const { id, lines } = await approved();
    const day = '2126-01-01T00:00:00.000Z';
    const { body: later } = await command(id, '/cancel', { note: 'moving out', at: day });
    expect(later).toMatchObject({
      state: 'in_progress',
      version: 1,
      cancellations: [{ state: 'scheduled', dueAt: day }],
    });
    const { status, body } = await command(id, '/cancel', { note: 'too dear', line: lines[0].id });
    expect(status).toBe(200);
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    expect(body).toMatchObject({
      state: 'in_progress',
      version: 2,
      revisionOperation: 'Cancel',
      lines: [{ state: 'assessing_cancellation', revisionOperation: 'Cancel' }, { state: 'in_progress' }],
      cancellations: [{ id: `${id}-1` }, { id: `${id}-2`, state: 'assessing', note: 'too dear', line: lines[0].id }],
    });
    const { body: declined } = await command(id, '/decideCancellation', { decision: 'decline', note: 'stay' });
    expect(declined.lines.map(({ state }: Reply['body']) => state)).toEqual(['in_progress', 'in_progress']);
    expect(declined.cancellations[1]).toMatchObject({ state: 'declined', answer: 'stay' });
  });

  it('is refused in the words of a TMF error', async () => {
    const { body: captured } = await om.request('POST', serviceOrders, order);
    const answers = [
      await command(captured.id, '/cancel', { note: 'no' }),
      await command(captured.id, '/cancel', {}),
      await command(captured.id, '/cancel', { note: 'no', at: 'tomorrow' }),
      await command('nobody', '/cancel', { note: 'no' }),
      await command(captured.id, '/decideCancellation', { decision: 'perhaps' }),
      await command(captured.id, '/decideCancellation', { decision: 'approve' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 400, 400, 404, 400, 409]);
    for (const { body } of answers) expect(checkOf('Southbound', 'own', 'Error')(body)).toEqual([]);
    expect(answers[0]?.body.message).toContain('deleted rather than canceled');
  });

  it('after the point of no return is refused', async () => {
    const { id, lines } = await approved();
    const { body } = await command(id, '/pointOfNoReturn', { line: lines[1].id });
    expect(body).toMatchObject({
      pointOfNoReturn: true,
      lines: [{ pointOfNoReturn: true }, { pointOfNoReturn: true }],
    });
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    expect((await command(id, '/cancel', { note: 'no' })).status).toBe(409);
    expect((await command(id, '/pointOfNoReturn')).status).toBe(200);
  });
});

describe('a cancel task', () => {
  const cancelServiceOrder = '/tmf-api/serviceOrdering/v4/cancelServiceOrder';

  it('cancels the order as a whole, and is listed and shown', async () => {
    const { id } = await approved();
    const body = {
      serviceOrder: { id },
      cancellationReason: 'too dear',
      requestedCancellationDate: '2126-01-01T00:00:00.000Z',
    };
    const made = await om.request('POST', cancelServiceOrder, body);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${om.url}${cancelServiceOrder}/${id}-1`);
    expect(made.body).toMatchObject({ ...body, id: `${id}-1`, state: 'accepted', serviceOrder: { id } });
    await om.request('POST', cancelServiceOrder, { serviceOrder: { id } });
    const { body: task } = await om.request('GET', `${cancelServiceOrder}/${id}-2`);
    expect(task.state).toBe('inProgress');
    expect(task.cancellationReason).toBeUndefined();
    await command(id, '/decideCancellation', { decision: 'decline', note: 'no' });
    const { body: declined } = await om.request('GET', `${cancelServiceOrder}/${id}-2`);
    expect(declined).toMatchObject({ state: 'terminatedWithError', completionMessage: 'no' });
    const { body: all } = await om.request('GET', `${cancelServiceOrder}?serviceOrder.id=${id}`);
    expect(all.map((each: Reply['body']) => each.id)).toEqual([`${id}-1`, `${id}-2`]);
  });

  it('is none for an order of another API, for one that is not there, or for a line', async () => {
    const { id, lines } = await approved();
    const productOrders = '/tmf-api/productOrderingManagement/v4/cancelProductOrder';
    expect((await om.request('POST', productOrders, { productOrder: { id } })).status).toBe(400);
    expect((await om.request('POST', cancelServiceOrder, { serviceOrder: { id: 'x' } })).status).toBe(400);
    expect((await om.request('POST', cancelServiceOrder)).status).toBe(400);
    expect((await om.request('GET', `${cancelServiceOrder}/${id}-1`)).status).toBe(404);
    await command(id, '/cancel', { note: 'no', line: lines[0].id });
    expect((await om.request('GET', `${cancelServiceOrder}/${id}-1`)).status).toBe(404);
    expect((await om.request('POST', cancelServiceOrder, { serviceOrder: { id } })).status).toBe(409);
  });
});

describe('an event about a cancel task', () => {
  const listener = '/tmf-api/serviceOrdering/v4/listener/cancelServiceOrderStateChangeEvent';
  const eventOf = (id: string, more: object) => ({
    eventType: 'CancelServiceOrderStateChangeEvent',
    event: { cancelServiceOrder: { id: 'task-1', serviceOrder: { id }, ...more } },
  });

  it('that it failed is a fallout of the order that it names', async () => {
    const { id } = await approved();
    await command(id, '/cancel', { note: 'no' });
    await command(id, '/decideCancellation', { decision: 'approve' });
    for (let path = ''; !path.endsWith('/cancelServiceOrder'); path = (await om.nextAtSom()).path);
    const failed = eventOf('som-1', { state: 'terminatedWithError', completionMessage: 'the trench is dug' });
    expect((await om.request('POST', listener, failed)).status).toBe(201);
    const { body } = await om.request('GET', `/southbound/v1/order/${id}`);
    expect(body.fallouts).toMatchObject([{ cause: 'business', description: expect.stringContaining('trench') }]);
  });

  it('that says nothing new, or is about nobody we know, is taken and passed over; a broken one is refused', async () => {
    expect((await om.request('POST', listener, eventOf('som-1', { state: 'inProgress' }))).status).toBe(201);
    expect((await om.request('POST', listener, eventOf('nobody', { state: 'done' }))).status).toBe(201);
    expect((await om.request('POST', listener, eventOf('som-1', { state: 7 }))).status).toBe(400);
  });
});
