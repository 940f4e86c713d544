/** Resource orders and work orders said anew from outside: what becomes of it, and what is refused. */
import { describe, expect, it } from 'vitest';
import { dug, fibreLine, resources, work } from '../../../support/parts.ts';

const merge = { 'content-type': 'application/merge-patch+json' };
const operations = { 'content-type': 'application/json-patch+json' };
const bandwidth = (value: string) => ({ resource: { resourceCharacteristic: [{ name: 'bandwidth', value }] } });

describe('a patch of a resource order', () => {
  it('gives it other values; those that it does not name stay', async () => {
    const { om, port } = await fibreLine();
    const { url, heard } = om.listener('inventory');
    await om.subscribe(url, { at: `${resources}/hub` });
    const [item] = (await om.send('GET', port)).body.orderItem;
    const { status, body } = await om.send(
      'PATCH',
      port,
      { orderItem: [{ id: item.id, ...bandwidth('10 Gbps') }] },
      merge,
    );
    expect([status, body.orderItem[0]]).toMatchObject([200, { id: item.id, action: 'add', ...bandwidth('10 Gbps') }]);
    expect(heard.map(({ event }) => [event.eventType, event.fieldPath])).toEqual([
      ['ResourceOrderAttributeValueChangeEvent', 'orderItem'],
    ]);
  });

  it('may be a list of operations', async () => {
    const { om, port } = await fibreLine();
    const path = '/orderItem/0/resource/resourceCharacteristic/0/value';
    const { status, body } = await om.send('PATCH', port, [{ op: 'replace', path, value: '10 Gbps' }], operations);
    expect([status, body.orderItem[0]]).toMatchObject([200, bandwidth('10 Gbps')]);
  });

  it('that comes to what is there already is answered with it, and is no event', async () => {
    const { om, order, port } = await fibreLine();
    const { url, heard } = om.listener('inventory');
    await om.subscribe(url, { at: `${resources}/hub` });
    const before = await om.engine.order(order);
    const { body } = await om.send('GET', port);
    expect(await om.send('PATCH', port, body, merge)).toMatchObject({ status: 200, body });
    expect(heard).toEqual([]);
    expect(await om.engine.order(order)).toEqual(before);
  });

  it('completes it by hand, with the note that is said', async () => {
    const { om, order, port, patching } = await fibreLine();
    const refusedFirst = await om.send('PATCH', port, { state: 'completed' }, merge);
    expect(refusedFirst).toMatchObject({ status: 409, body: { message: expect.stringContaining('WO0000001') } });
    await om.send('PATCH', patching, { state: 'completed', note: { text: 'Patched by our own people' } }, merge);
    const notes = (await om.engine.order(order))?.workNotes.map(({ text }) => text);
    expect(notes).toContain('Completed by hand: Patched by our own people');
    expect((await om.send('GET', port)).body.state).toBe('completed');
  });

  it('cancels it by hand; without a note, it is told where that was said', async () => {
    const { om, order, port } = await fibreLine();
    const { status, body } = await om.send('PATCH', port, { state: 'cancelled' }, merge);
    expect([status, body.state, body.orderItem[0].state]).toEqual([200, 'cancelled', 'cancelled']);
    const notes = (await om.engine.order(order))?.workNotes.map(({ text }) => text);
    expect(notes).toContain('Canceled by hand: said through TMF652');
  });

  it('may name the state at its item: it has one, and both are in the same', async () => {
    const { om, port } = await fibreLine();
    const [{ id }] = (await om.send('GET', port)).body.orderItem;
    const { status, body } = await om.send('PATCH', port, { orderItem: [{ id, state: 'cancelled' }] }, merge);
    expect([status, body.state]).toEqual([200, 'cancelled']);
  });

  it.each([
    ['a state that nobody brings it to', { state: 'held' }, 409, '/state', 'completed, cancelled'],
    ['a state that there is not', { state: 'finished' }, 400, '/state', 'one of'],
    [
      'when it was ordered',
      { orderDate: '2026-01-01T00:00:00.000Z' },
      400,
      '/orderDate',
      'set by the order management',
    ],
    ['when it was begun', { startDate: '2026-01-01T00:00:00.000Z' }, 400, '/startDate', 'set by the order management'],
    ['how urgent it is', { priority: 1 }, 400, '/priority', 'the order that it belongs to'],
    ['a text', { description: 'Another' }, 400, '/description', 'the order that it belongs to'],
    ['a note without a state', { note: [{ text: 'Hello' }] }, 400, '/note', 'goes with a state'],
    ['no items', { orderItem: null }, 400, '/orderItem', 'expected'],
  ])('that says %s is refused, and says where', async (_what, said, status, pointer, text) => {
    const { om, port } = await fibreLine();
    const answer = await om.send('PATCH', port, said, merge);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(text);
    expect(answer.body.details?.map(({ datapath }: { datapath: string }) => datapath)).toContain(pointer);
  });

  it('that names a value it cannot have is refused where it says so', async () => {
    const { om, port } = await fibreLine();
    const [{ id }] = (await om.send('GET', port)).body.orderItem;
    const place = '/orderItem/0/resource/resourceCharacteristic/0';
    const wrong = await om.send('PATCH', port, { orderItem: [{ id, ...bandwidth('3 Gbps') }] }, merge);
    expect([wrong.status, wrong.body.details[0].datapath]).toEqual([wrong.status, `${place}/value`]);
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    const path = `${place}/value`;
    const patched = await om.send('PATCH', port, [{ op: 'replace', path, value: '3 Gbps' }], operations);
    expect(patched.body.details[0].datapath).toBe('/0/path');
  });

  it('that leaves a value out, adds an item, or says two things at once, is refused as a whole', async () => {
    const { om, port, order } = await fibreLine();
    const before = await om.engine.order(order);
    const [{ id }] = (await om.send('GET', port)).body.orderItem;
    const path = '/orderItem/0/resource/resourceCharacteristic/0';
    const item = { id, ...bandwidth('10 Gbps') };
    const second = { id: '2', action: 'add', resource: { id: 'x', href: 'urn:x' }, state: 'acknowledged' };
    const tried = [
      await om.send('PATCH', port, [{ op: 'remove', path }], operations),
      await om.send('PATCH', port, { orderItem: [second] }, merge),
      await om.send('PATCH', port, { state: 'cancelled', orderItem: [item] }, merge),
      await om.send('PATCH', port, [{ op: 'replace', path: '/nothing/here', value: 1 }], operations),
      await om.send('PATCH', port, [], merge),
    ];
    expect(tried.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    const odd = await om.send('PATCH', port, { 'a/b~c': 1 }, merge);
    expect(odd).toMatchObject({ status: 400, body: { details: [{ datapath: '/a~1b~0c' }] } });
    expect(await om.engine.order(order)).toEqual(before);
  });

  it('in words that are none is answered 415, and of one that there is not 404', async () => {
    const { om, port } = await fibreLine();
    const odd = await om.send('PATCH', port, { state: 'cancelled' }, { 'content-type': 'application/xml' });
    expect(odd.status).toBe(415);
    expect((await om.send('PATCH', `${port}9`, { state: 'cancelled' }, merge)).status).toBe(404);
    expect((await om.send('PATCH', port.replace('RO', 'WO'), { state: 'cancelled' }, merge)).status).toBe(404);
  });
});

describe('a patch of a work order', () => {
  it('holds and releases the task that it is for', async () => {
    const { om, order, digging } = await dug();
    const stateOfDig = async () => (await om.engine.order(order))?.tasks.find(({ name }) => name === 'Dig')?.state;
    // Nobody can be sent, which a fallout says; the work goes on once that is over.
    for (const { id } of (await om.engine.order(order))?.fallouts ?? [])
      await om.send('POST', `/southbound/v1/order/${order}/fallout/${id}/resolve`, { note: 'Called by telephone' });
    const { url, heard } = om.listener('crm');
    await om.subscribe(url, { at: `${work}/hub` });
    const held = await om.send('PATCH', digging, { state: 'held', note: { text: 'Rain' } }, merge);
    expect([held.status, held.body.state, await stateOfDig()]).toEqual([200, 'held', 'on_hold']);
    const released = await om.send(
      'PATCH',
      digging,
      [{ op: 'replace', path: '/state', value: 'inProgress' }],
      operations,
    );
    expect([released.status, released.body.state, await stateOfDig()]).toEqual([200, 'inProgress', 'in_progress']);
    expect(heard.map(({ event }) => `${event.eventType} ${event.event.workOrder.state}`)).toEqual([
      'WorkOrderStateChangeEvent held',
      'WorkOrderStateChangeEvent inProgress',
    ]);
    const done = await om.send('PATCH', digging, { state: 'completed' }, merge);
    expect([done.status, done.body.state, await stateOfDig()]).toEqual([200, 'completed', 'closed_complete']);
  });

  it('cannot hold work for a domain order as a whole, nor say its values', async () => {
    const { om, patching } = await fibreLine();
    const held = await om.send('PATCH', patching, { state: 'pending' }, merge);
    expect(held).toMatchObject({ status: 409, body: { details: [{ datapath: '/state' }] } });
    const released = await om.send('PATCH', patching, { state: 'inProgress' }, merge);
    expect(released).toMatchObject({ status: 409, body: { message: expect.stringContaining('as a whole') } });
    const [{ id }] = (await om.send('GET', patching)).body.workOrderItem;
    const workOrderItem = [{ id, work: { workCharacteristic: [{ name: 'bandwidth', value: '10 Gbps' }] } }];
    const valued = await om.send('PATCH', patching, { workOrderItem }, merge);
    expect(valued).toMatchObject({ status: 400, body: { message: expect.stringContaining('what it is for') } });
  });
});

describe('resource orders and work orders', () => {
  it('are not deleted by themselves: they belong to an order', async () => {
    const { om, port, patching } = await fibreLine();
    for (const path of [port, patching]) {
      const { status, body } = await om.send('DELETE', path);
      expect([status, body.message]).toEqual([409, expect.stringContaining('on_hold')]);
    }
    expect((await om.send('DELETE', `${port}9`)).status).toBe(404);
  });

  it('are not changed any more once they are over', async () => {
    const { om, port } = await fibreLine();
    await om.send('PATCH', port, { state: 'cancelled' }, merge);
    expect((await om.send('GET', port)).body.state).toBe('cancelled');
    expect((await om.send('PATCH', port, { state: 'completed' }, merge)).status).toBe(409);
  });
});
