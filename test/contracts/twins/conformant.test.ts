import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { conformant } from '../../../contracts/twins/vendor/conformant.ts';
import { itemOf, opened, orderOf, statesTold } from './opened.ts';

const vendor = () => opened(conformant);

describe('the conformant vendor takes orders', () => {
  it('and shows them with ids, dates and states', async () => {
    const { place, ask } = vendor();
    const { status, headers, body, afterMs } = await place(['internet-access', 'internet-access'], { externalId: 'a' });
    expect({ status, afterMs, location: headers.location }).toEqual({ status: 201, afterMs: 5, location: body.href });
    expect(checkOf('TMF641', 'conformance', 'ServiceOrder')(body)).toEqual([]);
    expect(body).toMatchObject({ externalId: 'a', state: 'acknowledged', orderDate: '2026-01-05T08:00:00.000Z' });
    expect(body.serviceOrderItem.map(({ state }: { state: string }) => state)).toEqual([
      'acknowledged',
      'acknowledged',
    ]);
    expect((await ask('GET', body.href)).body).toEqual(body);
  });

  it('with what they carry: unknown attributes and types, nested items, relations by itemId', async () => {
    const { ask } = vendor();
    const order = {
      '@type': 'SpecialOrder',
      '@baseType': 'ServiceOrder',
      colour: { name: 'red' },
      serviceOrderItem: [
        itemOf('1', 'x', { '@type': 'SpecialItem', serviceOrderItem: [itemOf('1.1', 'x', { tone: 1 })] }),
        itemOf('2', 'x', {
          serviceOrderItemRelationship: [{ relationshipType: 'dependency', orderItem: { itemId: '1' } }],
        }),
      ],
    };
    const { status, body } = await ask('POST', '/serviceOrder', order);
    expect(status).toBe(201);
    expect(body).toMatchObject(order);
  });

  it('and refuses what is none', async () => {
    const { ask } = vendor();
    const owned = ['id', 'href', 'state', 'orderDate', 'startDate', 'completionDate', 'expectedCompletionDate'];
    const refused: unknown[] = [
      {},
      [],
      { serviceOrderItem: [] },
      { serviceOrderItem: [{ id: '1', action: 'add' }] },
      { serviceOrderItem: [{ ...itemOf('1', 'x'), action: 'create' }] },
      { serviceOrderItem: [{ ...itemOf('1', 'x'), state: 'completed' }] },
      { ...orderOf(['x']), requestedStartDate: '2026-02-30T00:00:00Z' },
      { ...orderOf(['x']), requestedStartDate: '2026-02-20 00:00:00Z' },
      { ...orderOf(['x']), priority: 1 },
      '{"serviceOrderItem":[{"id":"1","action":"add","service":{"__proto__":{"x":1}}}]}',
      '{"serviceOrderItem":',
      `${'['.repeat(1_000)}${']'.repeat(1_000)}`,
      ...owned.map((name) => ({ ...orderOf(['x']), [name]: '2026-01-05T08:00:00Z' })),
    ];
    for (const body of refused) {
      const answer = await ask('POST', '/serviceOrder', body);
      expect([answer.status, answer.body.status, JSON.stringify(body).slice(0, 80)]).toEqual([
        400,
        '400',
        expect.anything(),
      ]);
      expect(checkOf('TMF641', 'official', 'Error')(answer.body)).toEqual([]);
    }
    expect((await ask('POST', '/serviceOrder', { ...orderOf(['x']), description: 'x'.repeat(2_000_000) })).status).toBe(
      413,
    );
    expect((await ask('POST', '/serviceOrder')).status).toBe(400);
    expect((await ask('POST', '/serviceOrder', '<order/>', { 'content-type': 'application/xml' })).status).toBe(415);
    expect((await ask('GET', '/serviceOrder')).body).toEqual([]);
  });

  it('once, however often one of the same externalId is asked for', async () => {
    const { ask, together } = vendor();
    const order = { externalId: 'a', ...orderOf(['x']) };
    const eight = await together(Array.from({ length: 8 }, () => ['POST', '/serviceOrder', order] as const));
    expect(new Set(eight.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await ask('POST', '/serviceOrder', { ...orderOf(['x']), externalId: 'a' })).toMatchObject({ status: 201 });
    expect(await ask('POST', '/serviceOrder', { ...order, description: 'another' })).toMatchObject({ status: 409 });
    expect((await ask('GET', '/serviceOrder')).body).toHaveLength(1);
  });

  it('and answers other methods and paths as HTTP says', async () => {
    const { ask, place } = vendor();
    const { body } = await place();
    expect(await ask('PUT', `/serviceOrder/${body.id}`, {})).toMatchObject({
      status: 405,
      headers: { allow: 'GET, PATCH, DELETE' },
    });
    expect(await ask('DELETE', '/serviceOrder')).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
    expect(await ask('GET', '/hub')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    for (const path of ['/serviceOrder/none', '/cancelServiceOrder/none', '/elsewhere']) {
      expect(await ask('GET', path)).toMatchObject({ status: 404, body: { code: '60' } });
    }
    expect(await ask('PATCH', '/serviceOrder/none', {})).toMatchObject({ status: 404 });
    expect(await ask('DELETE', '/serviceOrder/none')).toMatchObject({ status: 404 });
    expect(await ask('DELETE', '/hub/none')).toMatchObject({ status: 404 });
  });
});

describe('an order lives', () => {
  it('from acknowledged through inProgress to completed, one item after another', async () => {
    const { place, ask, pass } = vendor();
    const {
      body: { id, orderDate },
    } = await place(['x', 'x']);
    const seen: string[] = [];
    for (let look = 0; look < 24; look += 1) {
      const { body } = await ask('GET', `/serviceOrder/${id}`);
      const text = [body.state, ...body.serviceOrderItem.map(({ state }: { state: string }) => state)].join(' ');
      if (seen.at(-1) !== text) seen.push(text);
      await pass(50);
    }
    expect(seen).toEqual([
      'acknowledged acknowledged acknowledged',
      'inProgress inProgress acknowledged',
      'inProgress completed inProgress',
      'completed completed completed',
    ]);
    const { body } = await ask('GET', `/serviceOrder/${id}`);
    expect(body).toMatchObject({
      orderDate,
      startDate: '2026-01-05T08:00:00.400Z',
      completionDate: '2026-01-05T08:00:01.000Z',
    });
    expect(body.expectedCompletionDate).toBe(body.completionDate);
  });

  it('as its items lead it', async () => {
    const { place, ask, pass } = vendor();
    const end = async (...specifications: string[]) => {
      const { body } = await place(specifications);
      await pass(120_000);
      return (await ask('GET', `/serviceOrder/${body.id}`)).body;
    };
    expect(await end('will-be-rejected', 'x')).toMatchObject({ state: 'rejected', errorMessage: [{ code: '2' }] });
    expect(await end('will-fail')).toMatchObject({ state: 'failed', errorMessage: [{ code: '1' }] });
    expect(await end('x', 'will-fail', 'x')).toMatchObject({
      state: 'partial',
      serviceOrderItem: [{}, { errorMessage: [{}] }, {}],
    });
    expect(await end('held-for-a-while', 'x')).toMatchObject({ state: 'completed' });
    expect(await end('needs-information')).toMatchObject({ state: 'cancelled', cancellationDate: expect.any(String) });
  });

  it('parents after their children, dependents after what they need, and not at all when that fails', async () => {
    const { ask, pass } = vendor();
    const needs = (id: string) => ({
      serviceOrderItemRelationship: [{ relationshipType: 'dependency', orderItem: { id, itemId: id } }],
    });
    const items = [
      itemOf('1', 'x', needs('2')),
      itemOf('2', 'x', { serviceOrderItem: [itemOf('2.1', 'x'), itemOf('2.2', 'will-fail')] }),
    ];
    const { body } = await ask('POST', '/serviceOrder', { serviceOrderItem: items });
    const look = async () => (await ask('GET', `/serviceOrder/${body.id}`)).body;
    await pass(600);
    expect(await look()).toMatchObject({
      state: 'inProgress',
      serviceOrderItem: [
        { state: 'acknowledged' },
        { state: 'inProgress', serviceOrderItem: [{ state: 'inProgress' }, { state: 'acknowledged' }] },
      ],
    });
    await pass(2_000);
    expect(await look()).toMatchObject({
      state: 'partial',
      serviceOrderItem: [
        { state: 'cancelled' },
        { state: 'partial', serviceOrderItem: [{ state: 'completed' }, { state: 'failed' }] },
      ],
    });
  });

  it('waits for a note when it is pending', async () => {
    const { place, ask, pass, heard, subscribe } = vendor();
    await subscribe();
    const { body } = await place(['needs-information']);
    await pass(5_000);
    expect((await ask('GET', `/serviceOrder/${body.id}`)).body.state).toBe('pending');
    expect(heard.map(({ body: { eventType, fieldPath } }) => [eventType, fieldPath]).at(-1)).toEqual([
      'ServiceOrderInformationRequiredEvent',
      'note',
    ]);
    const patched = await ask('PATCH', `/serviceOrder/${body.id}`, { note: [{ text: 'The second door' }] });
    expect(patched).toMatchObject({ status: 200, body: { state: 'pending', note: [{ text: 'The second door' }] } });
    await pass(2_000);
    expect((await ask('GET', `/serviceOrder/${body.id}`)).body.state).toBe('completed');
  });
});

describe('events', () => {
  it('tell of every change, in order, each with an id of its own, after the answer', async () => {
    const { place, pass, heard, subscribe, kernel } = vendor();
    const { status, headers, body } = await subscribe();
    expect([status, headers.location, body]).toEqual([
      201,
      `http://vendor.test/tmf-api/serviceOrdering/v4/hub/${body.id}`,
      { id: body.id, callback: 'http://listener.test' },
    ]);
    await place(['held-for-a-while']);
    expect(heard).toEqual([]);
    await pass(10_000);
    expect(heard.map(({ body: event }) => event.eventType)).toEqual([
      'ServiceOrderCreateEvent',
      ...Array(4).fill('ServiceOrderStateChangeEvent'),
    ]);
    expect(statesTold(heard)).toEqual(['acknowledged', 'inProgress', 'held', 'inProgress', 'completed']);
    expect(heard[1]?.path).toBe('/listener/serviceOrderStateChangeEvent');
    expect(new Set(heard.map(({ body: event }) => event.eventId)).size).toBe(5);
    for (const { body: event } of heard) {
      expect(checkOf('TMF641', 'conformance', event.eventType)(event)).toEqual([]);
      expect(checkOf('TMF641', 'conformance', 'ServiceOrder')(event.event.serviceOrder)).toEqual([]);
    }
    expect(kernel.waiting).toBe(0);
  });

  it('pass the query of the subscription, and end with it', async () => {
    const { place, pass, listener, subscribe, ask } = vendor();
    const completions = listener('http://done.test');
    const all = listener('http://all.test');
    await subscribe(
      'eventType=ServiceOrderStateChangeEvent&event.serviceOrder.state=completed',
      'http://done.test/here/',
    );
    const { body } = await subscribe(undefined, 'http://all.test');
    expect((await subscribe(undefined, 'http://all.test')).status).toBe(409);
    expect((await subscribe('eventType=x', 'http://all.test')).status).toBe(201);
    expect((await subscribe(undefined, 'all.test')).status).toBe(400);
    await place();
    await pass(200);
    expect((await ask('DELETE', `/hub/${body.id}`)).status).toBe(204);
    await pass(10_000);
    expect(statesTold(completions)).toEqual(['completed']);
    expect(completions[0]?.path).toBe('/here/listener/serviceOrderStateChangeEvent');
    expect(statesTold(all)).toEqual(['acknowledged']);
  });

  it('are sent again after 1, 2 and 4 seconds, and then given up; others do not wait for that', async () => {
    const { place, pass, listener, subscribe } = vendor();
    const failing = listener('http://failing.test', () => ({
      kind: 'reply',
      response: { status: 500, headers: {} },
      afterMs: 0,
    }));
    const dead = listener('http://dead.test', () => ({ kind: 'silence' }));
    const well = listener('http://well.test');
    for (const origin of ['http://failing.test', 'http://dead.test', 'http://gone.test', 'http://well.test'])
      await subscribe(undefined, origin);
    await place();
    await pass(2_000);
    expect(statesTold(well)).toEqual(['acknowledged', 'inProgress', 'completed']);
    await pass(100_000);
    const gaps = (events: typeof failing) => events.slice(1, 4).map(({ at }, index) => at - (events[index]?.at ?? 0));
    expect(gaps(failing)).toEqual([1_000, 2_000, 4_000]);
    expect(gaps(dead)).toEqual([6_000, 7_000, 9_000]);
    expect(failing.map(({ body }) => body.eventId)).toHaveLength(12);
    expect(new Set(failing.map(({ body }) => body.eventId)).size).toBe(3);
  });

  it('carry the secret of the callback', async () => {
    const { place, pass, heard, subscribe } = opened(conformant, { callbackSecret: 'Bearer s3cret' });
    await subscribe();
    await place();
    await pass(100);
    expect(heard[0]?.headers.authorization).toBe('Bearer s3cret');
  });
});

describe('a cancellation', () => {
  it('takes its task and its order to the end', async () => {
    const { place, ask, pass, heard, subscribe } = vendor();
    await subscribe();
    const { body: order } = await place(['x', 'x']);
    await pass(800);
    const asked = { serviceOrder: { id: order.id }, cancellationReason: 'Moved away' };
    const { status, headers, body } = await ask('POST', '/cancelServiceOrder', asked);
    expect({ status, location: headers.location }).toEqual({ status: 201, location: body.href });
    expect(body).toMatchObject({ ...asked, state: 'accepted' });
    expect(checkOf('TMF641', 'conformance', 'CancelServiceOrder')(body)).toEqual([]);
    expect((await ask('POST', '/cancelServiceOrder', asked)).status).toBe(409);
    await pass(2_000);
    expect((await ask('GET', body.href)).body).toMatchObject({
      ...asked,
      state: 'done',
      effectiveCancellationDate: expect.any(String),
    });
    expect((await ask('GET', order.href)).body).toMatchObject({
      state: 'cancelled',
      cancellationReason: 'Moved away',
      serviceOrderItem: [{ state: 'completed' }, { state: 'cancelled' }],
    });
    expect((await ask('POST', '/cancelServiceOrder', asked)).status).toBe(409);
    expect((await ask('POST', '/cancelServiceOrder', { serviceOrder: { id: 'none' } })).status).toBe(400);
    expect((await ask('POST', '/cancelServiceOrder', { ...asked, state: 'done' })).status).toBe(400);
    expect((await ask('GET', '/cancelServiceOrder')).body).toHaveLength(1);
    expect(statesTold(heard)).toEqual([
      'acknowledged',
      'inProgress',
      'assessingCancellation',
      'pendingCancellation',
      'cancelled',
    ]);
    const tasks = heard.filter(({ body: event }) => event.event.cancelServiceOrder !== undefined);
    expect(tasks.map(({ body: event }) => [event.eventType, event.event.cancelServiceOrder.state])).toEqual([
      ['CancelServiceOrderCreateEvent', 'accepted'],
      ['CancelServiceOrderStateChangeEvent', 'inProgress'],
      ['CancelServiceOrderStateChangeEvent', 'done'],
    ]);
  });

  it('is denied where it has to be, and the order goes on from where it was', async () => {
    const { place, ask, pass, heard, subscribe } = vendor();
    await subscribe();
    for (const waited of [100, 500]) {
      heard.length = 0;
      const { body: order } = await place(['not-cancellable']);
      await pass(waited);
      const { body } = await ask('POST', '/cancelServiceOrder', { serviceOrder: { id: order.id } });
      await pass(5_000);
      expect((await ask('GET', body.href)).body).toMatchObject({
        state: 'done',
        completionMessage: expect.any(String),
      });
      expect(statesTold(heard)).toEqual(
        waited === 100
          ? ['acknowledged', 'assessingCancellation', 'acknowledged', 'inProgress', 'completed']
          : ['acknowledged', 'inProgress', 'assessingCancellation', 'inProgress', 'completed'],
      );
    }
  });
});

describe('a patch', () => {
  it('changes what it names, and nothing else', async () => {
    const { place, ask, pass, heard, subscribe } = vendor();
    await subscribe();
    const { body: before } = await place();
    const patch = {
      description: 'Faster',
      priority: '1',
      note: [{ text: 'Ring twice' }],
      requestedCompletionDate: '2026-02-01T00:00:00Z',
    };
    const { status, body } = await ask('PATCH', before.href, patch);
    expect([status, body]).toEqual([200, { ...before, ...patch }]);
    expect(
      (await ask('PATCH', before.href, { description: null }, { 'content-type': 'application/merge-patch+json' })).body,
    ).toEqual({ ...before, ...patch, description: undefined });
    expect((await ask('PATCH', before.href, {})).status).toBe(200);
    await pass(300);
    expect(heard.map(({ body: { eventType, fieldPath } }) => [eventType, fieldPath]).slice(1)).toEqual([
      ['ServiceOrderAttributeValueChangeEvent', 'description,priority,note,requestedCompletionDate'],
      ['ServiceOrderAttributeValueChangeEvent', 'description'],
    ]);
  });

  it('is refused where it may not be, and leaves everything as it was', async () => {
    const { place, ask, pass } = vendor();
    const { body: before } = await place();
    const refused: readonly (readonly [number, object])[] = [
      [400, { id: 'x', description: 'y' }],
      [400, { orderDate: '2026-01-01T00:00:00Z' }],
      [400, { category: 'x' }],
      [400, { priority: 1 }],
      [400, { state: null }],
      [400, { state: 'Completed' }],
      [409, { state: 'completed', description: 'y' }],
      [409, { state: 'pendingCancellation' }],
      [409, { serviceOrderItem: [{ ...itemOf('1', 'x'), state: 'completed' }] }],
    ];
    for (const [status, patch] of refused)
      expect([(await ask('PATCH', before.href, patch)).status, patch]).toEqual([status, patch]);
    expect((await ask('PATCH', before.href, {}, { 'content-type': 'application/json-patch+json' })).status).toBe(415);
    expect((await ask('GET', before.href)).body).toEqual(before);
    await pass(5_000);
    expect((await ask('PATCH', before.href, { description: 'late' })).status).toBe(409);
  });

  it('cancels an order directly, or replaces its items before they are begun', async () => {
    const { place, ask, pass } = vendor();
    const { body: one } = await place();
    expect((await ask('PATCH', one.href, orderOf(['x', 'x']))).body.serviceOrderItem).toMatchObject([
      { state: 'acknowledged' },
      { state: 'acknowledged' },
    ]);
    await pass(500);
    expect((await ask('PATCH', one.href, orderOf(['x']))).status).toBe(409);
    const { body } = await ask('PATCH', one.href, { state: 'cancelled' });
    expect(body).toMatchObject({
      state: 'cancelled',
      cancellationDate: expect.any(String),
      serviceOrderItem: [{ state: 'cancelled' }, { state: 'cancelled' }],
    });
    await pass(5_000);
    expect((await ask('GET', one.href)).body).toEqual(body);
  });

  it('loses none of several at once', async () => {
    const { place, ask, together } = vendor();
    const { body: before } = await place();
    const patches = [{ description: 'd' }, { priority: '2' }, { notificationContact: 'c' }, { externalId: 'e' }];
    await together(patches.map((patch) => ['PATCH', before.href, patch] as const));
    expect((await ask('GET', before.href)).body).toEqual(Object.assign({}, before, ...patches));
  });
});

describe('lists', () => {
  const many = async (count = 7) => {
    const { place, ask, pass } = vendor();
    for (let index = 0; index < count; index += 1) {
      await place(['x'], {
        externalId: `o-${index}`,
        priority: String(index % 3),
        relatedParty: [{ id: `p-${index % 2}`, '@type': 'P', '@referredType': 'P' }],
      });
      await pass(10);
    }
    const list = async (query: string) =>
      (await ask('GET', `/serviceOrder?${query}`)).body
        .map(({ externalId }: { externalId: string }) => externalId.slice(2))
        .join('');
    return { ask, list };
  };

  it('come in pages', async () => {
    const { ask } = await many();
    const pages = [];
    for (const offset of [0, 3, 6, 9]) {
      const { status, headers, body } = await ask('GET', `/serviceOrder?offset=${offset}&limit=3`);
      pages.push([status, headers['x-total-count'], headers['x-result-count'], body.length]);
    }
    expect(pages).toEqual([
      [206, '7', '3', 3],
      [206, '7', '3', 3],
      [206, '7', '1', 1],
      [206, '7', '0', 0],
    ]);
    expect((await ask('GET', '/serviceOrder?limit=7')).status).toBe(200);
    expect((await ask('GET', '/serviceOrder?priority=0&limit=1')).headers['x-total-count']).toBe('3');
    for (const query of ['limit=x', 'offset=-1', 'limit=1.5'])
      expect((await ask('GET', `/serviceOrder?${query}`)).status).toBe(400);
  });

  it('are filtered', async () => {
    const { list } = await many();
    expect(await list('priority=1')).toBe('14');
    expect(await list('priority=1,2')).toBe('1245');
    expect(await list('priority=1&priority=2')).toBe('1245');
    expect(await list('priority=1;priority=2')).toBe('1245');
    expect(await list('priority=1&relatedParty.id=p-0')).toBe('4');
    expect(await list('serviceOrderItem.service.serviceSpecification.id=x&priority=0')).toBe('036');
    expect(await list('colour=red')).toBe('');
    expect(await list('priority.gte=1&priority.lt=2')).toBe('14');
    const third = '2026-01-05T08:00:00.030Z';
    expect(await list(`orderDate=${encodeURIComponent('2026-01-05T09:00:00.030+01:00')}`)).toBe('2');
    expect(await list(`orderDate.gt=${third}`)).toBe('3456');
    expect(await list(`orderDate%3E${third}`)).toBe('3456');
    expect(await list(`orderDate%3E=${third}`)).toBe('23456');
    expect(await list(`orderDate.lt=${encodeURIComponent('2026-01-05T09:00:00.030+01:00')}`)).toBe('01');
    expect(await list('externalId%3D%3Do-3')).toBe('3');
    expect(await list('externalId*=^o-[56]$')).toBe('56');
  });

  it('are sorted, and show what is asked for', async () => {
    const { ask, list } = await many();
    expect(await list('sort=-orderDate')).toBe('6543210');
    expect(await list('sort=priority,-externalId')).toBe('6304152');
    const shown = async (fields: string) =>
      Object.keys((await ask('GET', `/serviceOrder?limit=1&${fields}`)).body[0])
        .sort()
        .join();
    expect(await shown('fields=state,%20externalId')).toBe('externalId,id,state');
    expect(await shown('fields=none')).toBe('href,id');
    const [order] = (await ask('GET', '/serviceOrder?fields=serviceOrderItem.state&limit=1')).body;
    expect(order.serviceOrderItem).toEqual([{ state: expect.any(String) }]);
    expect(Object.keys((await ask('GET', `/serviceOrder/${order.id}?fields=state`)).body).sort()).toEqual([
      'id',
      'state',
    ]);
  });
});

describe('the conformant vendor', () => {
  it('deletes what has ended, and not what is being worked on', async () => {
    const { place, ask, pass, heard, subscribe } = vendor();
    await subscribe();
    const { body } = await place(['x'], { externalId: 'a' });
    await pass(500);
    expect((await ask('DELETE', body.href)).status).toBe(409);
    await pass(5_000);
    expect((await ask('DELETE', body.href)).status).toBe(204);
    expect((await ask('GET', body.href)).status).toBe(404);
    expect((await ask('DELETE', body.href)).status).toBe(404);
    expect((await ask('GET', '/serviceOrder')).body).toEqual([]);
    await pass(5_000);
    expect(heard.at(-1)?.body).toMatchObject({
      eventType: 'ServiceOrderDeleteEvent',
      event: { serviceOrder: { id: body.id, state: 'completed' } },
    });
    expect((await place(['x'], { externalId: 'a' })).body.id).not.toBe(body.id);
  });

  it('keeps everything over a restart', async () => {
    const { place, ask, pass, heard, subscribe, restart } = vendor();
    await subscribe();
    const { body } = await place();
    restart();
    await pass(5_000);
    expect((await ask('GET', body.href)).body.state).toBe('completed');
    expect(statesTold(heard)).toEqual(['acknowledged', 'inProgress', 'completed']);
  });

  it('asks for credentials where it claims them', async () => {
    const claims = { ...conformant.claims, auth: { scheme: 'bearer' } } as const;
    const { twinOf } = await import('../../../contracts/twins/vendor/twin-of.ts');
    const guarded = twinOf({ ...conformant, claims, habits: {} });
    const { ask } = opened(guarded, { credentials: { token: 't' } });
    expect(await ask('GET', '/serviceOrder')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect((await ask('PUT', '/hub', {}, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await ask('GET', '/serviceOrder', undefined, { authorization: 'Bearer t' })).status).toBe(200);
  });
});
