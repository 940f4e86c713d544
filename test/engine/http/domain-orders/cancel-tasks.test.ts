/** Cancel tasks of single resource orders and work orders: they do what a patch does, and are followed, listed and told of. */
import { describe, expect, it } from 'vitest';
import { dug, fibreLine, resources, work } from '../../../support/parts.ts';
import type { Heard } from '../../../support/told-engine.ts';

const resourceTasks = `${resources}/cancelResourceOrder`;
const workTasks = `${work}/cancelWorkOrder`;
const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const agent = { 'x-southbound-roles': 'service_order_agent' };
const minuteMs = 60_000;

const said = (heard: readonly Heard[]) =>
  heard.map(
    ({ event }) => `${event.eventType} ${(event.event.cancelResourceOrder ?? event.event.cancelWorkOrder)?.state}`,
  );

describe('a cancel task of a resource order', () => {
  it('cancels it at once, is shown as it began, and is done when it is read', async () => {
    const { om, order, port } = await fibreLine();
    const resourceOrder = { id: idOf(port), '@referredType': 'ResourceOrder' };
    const made = await om.send('POST', resourceTasks, { cancellationReason: 'By radio instead', resourceOrder });
    const shown = {
      id: `${order}-1`,
      href: `http://om.test${resourceTasks}/${order}-1`,
      cancellationReason: 'By radio instead',
      resourceOrder,
      '@type': 'CancelResourceOrder',
    };
    expect(made).toMatchObject({ status: 201, body: { ...shown, state: 'acknowledged' } });
    expect(made.headers.location).toBe(shown.href);
    const read = await om.send('GET', `${resourceTasks}/${order}-1`);
    expect(read.body).toEqual({ ...shown, state: 'done', effectiveCancellationDate: expect.any(String) });
    expect((await om.send('GET', port)).body.state).toBe('cancelled');
    const { workNotes, state, version } = (await om.engine.order(order)) ?? { workNotes: [] };
    expect(workNotes.map(({ text }) => text)).toContain('Canceled by hand: By radio instead');
    expect([state, version]).toEqual(['in_progress', 1]);
    expect((await om.send('GET', `/southbound/v1/order/${order}`)).body.cancellations).toMatchObject([
      { id: `${order}-1`, state: 'done', serviceOrder: expect.any(String) },
    ]);
  });

  it('is told of from its first state to its last, where resource orders are listened to', async () => {
    const { om, port } = await fibreLine();
    const [inventory, crm] = [om.listener('inventory'), om.listener('crm')];
    await om.subscribe(inventory.url, { at: `${resources}/hub`, query: 'eventType*=Cancel*' });
    await om.subscribe(crm.url, { at: `${work}/hub`, query: 'eventType*=Cancel*' });
    await om.send('POST', resourceTasks, { resourceOrder: { id: idOf(port) } });
    expect(said(inventory.heard)).toEqual([
      'CancelResourceOrderCreateEvent acknowledged',
      'CancelResourceOrderStateChangeEvent inProgress',
      'CancelResourceOrderStateChangeEvent done',
    ]);
    const [created, begun, done] = inventory.heard.map(({ event }) => event.event.cancelResourceOrder);
    expect(done.effectiveCancellationDate).toEqual(expect.any(String));
    for (const each of [created, begun]) expect(each.effectiveCancellationDate).toBeUndefined();
    expect(crm.heard).toEqual([]);
  });

  it('waits for the day that is wanted, and begins then', async () => {
    const { om, order, port } = await fibreLine();
    const requestedCancellationDate = new Date(om.kernel.now() + 10 * minuteMs).toISOString();
    const { url, heard } = om.listener('inventory');
    await om.subscribe(url, { at: `${resources}/hub`, query: 'eventType*=Cancel*' });
    await om.send('POST', resourceTasks, { requestedCancellationDate, resourceOrder: { id: idOf(port) } });
    const task = async () => (await om.send('GET', `${resourceTasks}/${order}-1`)).body;
    expect(await task()).toMatchObject({ state: 'acknowledged', requestedCancellationDate });
    expect((await om.send('GET', port)).body.state).not.toBe('cancelled');
    await om.restart();
    await om.later(11 * minuteMs);
    expect(await task()).toMatchObject({ state: 'done', effectiveCancellationDate: requestedCancellationDate });
    expect((await om.send('GET', port)).body.state).toBe('cancelled');
    expect(said(heard)).toEqual([
      'CancelResourceOrderCreateEvent acknowledged',
      'CancelResourceOrderStateChangeEvent inProgress',
      'CancelResourceOrderStateChangeEvent done',
    ]);
  });

  it('comes to nothing where its day is too late, and the order says why', async () => {
    const { om, order, port } = await fibreLine();
    const requestedCancellationDate = new Date(om.kernel.now() + 10 * minuteMs).toISOString();
    const resourceOrder = { id: idOf(port) };
    await om.send('POST', resourceTasks, { requestedCancellationDate, resourceOrder });
    expect((await om.send('POST', resourceTasks, { resourceOrder })).status).toBe(201);
    await om.later(11 * minuteMs);
    const { body } = await om.send('GET', resourceTasks);
    expect(body.map(({ state }: { state: string }) => state)).toEqual(['terminatedWithError', 'done']);
    const { workNotes } = (await om.engine.order(order)) ?? { workNotes: [] };
    expect(workNotes.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/-1 comes too late: .*it is canceled/),
    );
  });

  it('is listed with what is asked for: by what it cancels, and with some attributes', async () => {
    const { om, order, port } = await fibreLine();
    await om.send('POST', resourceTasks, { resourceOrder: { id: idOf(port) } });
    const query = `resourceOrder.id=${idOf(port)}&fields=state`;
    const { status, body } = await om.send('GET', `${resourceTasks}?${query}`);
    expect([status, body.length, body[0].state, body[0].href]).toEqual([200, 1, 'done', undefined]);
    expect((await om.send('GET', `${resourceTasks}?state=inProgress`)).body).toEqual([]);
    expect((await om.send('GET', workTasks)).body).toEqual([]);
    const services = await om.send('GET', '/tmf-api/productOrderingManagement/v4/cancelProductOrder');
    expect(services.body).toEqual([]);
    expect((await om.send('GET', `${workTasks}/${order}-1`)).status).toBe(404);
  });

  it('is refused as a patch is: what is over, what is not there, and without the roles', async () => {
    const { om, order, port, patching } = await fibreLine();
    const ask = (id: string, headers = {}) =>
      om.send('POST', resourceTasks, { resourceOrder: { id } }, { 'content-type': 'application/json', ...headers });
    expect(await ask(idOf(port), { 'x-southbound-roles': 'order_viewer' })).toMatchObject({ status: 403 });
    for (const id of ['nobody', order, idOf(patching), `${idOf(port)}9`]) {
      const details = [{ datapath: '/resourceOrder/id' }];
      expect(await ask(id)).toMatchObject({ status: 400, body: { details } });
    }
    expect((await om.send('POST', resourceTasks, {})).status).toBe(400);
    expect((await ask(idOf(port), agent)).status).toBe(201);
    const patch = await om.send('PATCH', port, { state: 'completed' });
    const again = await ask(idOf(port));
    expect([again.status, patch.status]).toEqual([409, 409]);
    expect(again.body.message).toContain('it is canceled');
    expect((await om.engine.order(order))?.cancellations).toHaveLength(1);
  });
});

describe('a cancel task of a work order', () => {
  it('leaves its task to people', async () => {
    const { om, order, digging } = await dug();
    const workOrder = { id: idOf(digging) };
    const made = await om.send('POST', workTasks, { workOrder, cancellationReason: 'Dug already' });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'accepted', workOrder, cancellationReason: 'Dug already' },
    });
    expect((await om.send('GET', `${workTasks}/${order}-1`)).body.state).toBe('done');
    const { tasks } = (await om.engine.order(order)) ?? { tasks: [] };
    expect(tasks.find(({ name }) => name === 'Dig')?.workOrder).toBeUndefined();
    expect((await om.send('GET', `${resourceTasks}/${order}-1`)).status).toBe(404);
  });

  it('is no cancellation of the order, which can be canceled as a whole beside it', async () => {
    const { om, order, digging } = await dug();
    await om.send('POST', workTasks, { workOrder: { id: idOf(digging) } });
    const services = '/tmf-api/serviceOrdering/v4';
    expect((await om.send('GET', `${services}/cancelServiceOrder`)).body).toEqual([]);
    const whole = await om.send('POST', `${services}/cancelServiceOrder`, { serviceOrder: { id: order } });
    expect([whole.status, whole.body.id]).toEqual([201, `${order}-2`]);
    expect((await om.send('GET', workTasks)).body).toHaveLength(1);
    expect((await om.send('GET', `${services}/cancelServiceOrder`)).body).toHaveLength(1);
  });

  it('comes out of the journal again', async () => {
    const { om, order, digging } = await dug();
    await om.send('POST', workTasks, { workOrder: { id: idOf(digging) } });
    const steps = await om.engine.history(order);
    expect(steps.at(-1)?.order).toEqual(await om.engine.order(order));
  });
});
