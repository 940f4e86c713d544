/** Subscribing at a hub, and what comes of it: to whom, how much, in which order, and until when. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../exchange/endpoint.ts';
import { jsonResponse } from '../../../../exchange/message.ts';
import { type Heard, hub, openToldEngine, serviceHub } from '../../../support/told-engine.ts';

const ordersOf = (heard: readonly Heard[]) => heard.map(({ event }) => event.event.productOrder.id);
const silence: Answer = { kind: 'silence' };

describe('events', () => {
  it('are the same for every subscriber, whoever is away, and come in the order in which they happened', async () => {
    const om = await openToldEngine();
    const [here, away] = [om.listener('here'), om.listener('away', [503, silence])];
    await om.subscribe(away.url);
    await om.subscribe(here.url);
    const orders = [await om.order(), await om.order(), await om.order()];
    expect(ordersOf(here.heard)).toEqual(orders);
    expect(here.heard.map(({ second }) => second)).toEqual([0, 0, 0]);
    expect(away.heard).toHaveLength(1);
    await om.later(60_000);
    expect(ordersOf(away.heard)).toEqual([orders[0], orders[0], ...orders]);
    expect(away.heard.map(({ second }) => second)).toEqual([0, 1, 13, 13, 13]);
    const [first] = here.heard;
    for (const { request } of away.heard.slice(0, 3)) expect(request.body?.text).toBe(first?.request.body?.text);
    expect(new Set(here.heard.map(({ event }) => event.eventId)).size).toBe(3);
  });

  it('are taken with any 2xx, whatever else the answer says', async () => {
    const om = await openToldEngine();
    const odd: Answer = {
      kind: 'reply',
      afterMs: 0,
      response: { status: 299, headers: { 'content-type': 'application/json' }, body: { text: '{', json: undefined } },
    };
    const { url, heard } = om.listener('a', [200, 204, odd]);
    await om.subscribe(url);
    const orders = [await om.order(), await om.order(), await om.order()];
    await om.later(60_000);
    expect(ordersOf(heard)).toEqual(orders);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('are told again when the answer is %i', async (status) => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [status]);
    await om.subscribe(url);
    const [one, other] = [await om.order(), await om.order()];
    await om.later(60_000);
    expect(ordersOf(heard)).toEqual([one, one, other]);
  });

  it.each([301, 400, 404, 405, 413, 422])('are not told again when the answer is %i', async (status) => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [status]);
    await om.subscribe(url);
    const orders = [await om.order(), await om.order()];
    await om.later(60_000);
    expect(ordersOf(heard)).toEqual(orders);
    expect((await om.send('GET', '/southbound/v1/deadLetter')).body).toMatchObject([{ attempts: 1 }]);
  });

  it('are told again when nobody answers, when the connection breaks, and when nothing comes', async () => {
    const om = await openToldEngine();
    await om.subscribe('http://later.test');
    const order = await om.order();
    const { heard } = om.listener('later', [{ kind: 'reset', afterMs: 10 }, silence]);
    await om.later(120_000);
    expect(ordersOf(heard)).toEqual([order, order, order]);
    const [subscription] = (await om.send('GET', '/southbound/v1/subscription')).body;
    expect(subscription).toMatchObject({ delivered: 1, failed: 0, waiting: 0 });
  });

  it.each([
    ['in seconds', '90'],
    ['as a date', 'Mon, 05 Jan 2026 08:01:30 GMT'],
  ])('are told again when the subscriber says: Retry-After %s', async (_how, value) => {
    const om = await openToldEngine();
    const busy: Answer = {
      kind: 'reply',
      afterMs: 0,
      response: jsonResponse(429, { code: '1', reason: 'Busy' }, { 'retry-after': value }),
    };
    const { url, heard } = om.listener('a', [busy]);
    await om.subscribe(url);
    await om.order();
    await om.later(3_600_000);
    expect(heard.map(({ second }) => second)).toEqual([0, 90]);
  });

  it('go below the path of the callback, with its query behind and its password in a header', async () => {
    const om = await openToldEngine();
    const { heard } = om.listener('crm');
    await om.subscribe('http://crm.test/events/?tenant=a&token=hunter2');
    await om.order();
    expect(heard[0]?.request).toMatchObject({
      path: '/events/listener/productOrderCreateEvent',
      query: { tenant: ['a'], token: ['hunter2'] },
    });
    expect(heard[0]?.request.headers).not.toHaveProperty('authorization');
  });
});

describe('a query', () => {
  it('keeps away what it does not match, and shows what it names', async () => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [], { takesParts: true });
    const query =
      'eventType=ProductOrderStateChangeEvent,ProductOrderCreateEvent&event.productOrder.state.regex=^in&fields=event.productOrder.state';
    await om.subscribe(url, { query });
    const order = await om.order();
    expect(heard).toEqual([]);
    await om.send('POST', `/southbound/v1/order/${order}/approve`);
    expect(heard.map(({ event }) => event)).toEqual([
      {
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventTime: '2026-01-05T08:00:00.000Z',
        eventType: 'ProductOrderStateChangeEvent',
        event: { productOrder: { id: order, state: 'inProgress' } },
      },
    ]);
  });

  it.each([
    ['eventType', '/query', 'attribute=value'],
    ['eventType*=(a%2B)%2B', '/query', 'regular expression'],
    ['offset=3', '/query', 'each event goes out by itself'],
  ])('that cannot be understood is refused: %s', async (query, datapath, expected) => {
    const om = await openToldEngine();
    const answer = await om.send('POST', hub, { callback: 'http://a.test', query });
    expect(answer).toMatchObject({ status: 400, body: { code: '24', details: [{ datapath }] } });
    expect(answer.body.message).toContain(expected);
    expect((await om.send('GET', '/southbound/v1/subscription')).body).toEqual([]);
  });
});

describe('a subscription', () => {
  it('is refused when nothing could ever be sent to its callback', async () => {
    const om = await openToldEngine();
    expect(await om.send('POST', hub, { callback: 'http://[nowhere/' })).toMatchObject({
      status: 400,
      body: { details: [{ datapath: '/callback' }] },
    });
  });

  it('is refused when there is the same; at another hub, or with another query, it is not the same', async () => {
    const om = await openToldEngine();
    const id = await om.subscribe('http://om:hunter2@a.test');
    const again = await om.send('POST', hub, { callback: 'http://om:hunter2@a.test/' });
    expect(again).toMatchObject({ status: 409, body: { message: expect.stringContaining(id) } });
    expect(again.body.message).not.toContain('hunter2');
    await om.subscribe('http://om:hunter2@a.test', { at: serviceHub });
    await om.subscribe('http://om:hunter2@a.test', { query: 'eventType=A' });
  });

  it('is refused when there are too many', async () => {
    const om = await openToldEngine();
    for (let count = 1; count <= 200; count += 1) await om.subscribe(`http://a${count}.test`);
    expect(await om.send('POST', hub, { callback: 'http://one-too-many.test' })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('200') },
    });
  });

  it('ends for good: nothing is sent after that, also not what was under way', async () => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [503]);
    const slow = om.listener('slow', [silence]);
    const ids = [await om.subscribe(url), await om.subscribe(slow.url)];
    await om.order();
    await om.order();
    for (const id of ids) expect((await om.send('DELETE', `${hub}/${id}`)).status).toBe(204);
    await om.order();
    await om.later(3_600_000);
    expect([heard.length, slow.heard.length]).toEqual([1, 1]);
    for (const id of ids) expect((await om.send('DELETE', `${hub}/${id}`)).status).toBe(404);
  });

  it('ends at the hub where it was made, and nowhere else', async () => {
    const om = await openToldEngine();
    const id = await om.subscribe('http://a.test');
    expect((await om.send('DELETE', `${serviceHub}/${id}`)).status).toBe(404);
    expect((await om.send('DELETE', `${hub}/${id}`)).status).toBe(204);
  });

  it('ends when the subscriber answers 410: it is gone', async () => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [410]);
    const id = await om.subscribe(url);
    await om.order();
    await om.order();
    await om.later(3_600_000);
    expect(heard).toHaveLength(1);
    expect((await om.send('GET', '/southbound/v1/subscription')).body).toMatchObject([
      { id, state: 'gone', endedAt: '2026-01-05T08:00:00.000Z', endedBecause: 'answered 410', waiting: 0, failed: 1 },
    ]);
    expect((await om.send('DELETE', `${hub}/${id}`)).status).toBe(404);
    await om.subscribe(url);
    await om.order();
    expect(heard).toHaveLength(2);
  });
});

describe('an order management that dies', () => {
  it('still knows who listens when it is back, and tells what it has not told, in order', async () => {
    const om = await openToldEngine();
    const { url, heard } = om.listener('a', [201, 503, silence]);
    await om.subscribe(url);
    const orders = [await om.order(), await om.order(), await om.order()];
    await om.restart();
    orders.push(await om.order());
    await om.later(10_000);
    // The next attempt is under way when it dies once more.
    await om.restart();
    await om.later(60_000);
    expect(ordersOf(heard)).toEqual([orders[0], orders[1], orders[1], ...orders.slice(1)]);
    const ids = heard.map(({ event }) => event.eventId);
    expect(new Set(ids).size).toBe(4);
    expect(new Set(ids.slice(1, 4)).size).toBe(1);
  });
});

describe('an order management that is ended', () => {
  it('waits for events that are being delivered, though not for those that are to be tried again', async () => {
    const om = await openToldEngine();
    const slow: Answer = { kind: 'reply', afterMs: 2_000, response: { status: 201, headers: {} } };
    await om.subscribe(om.listener('slow', [slow, slow]).url);
    await om.subscribe(om.listener('away', [503]).url);
    await om.order();
    await om.order();
    let isOver = false;
    om.engine.stop().then(() => {
      isOver = true;
    });
    await om.later(3_999);
    expect(isOver).toBe(false);
    await om.later(1);
    expect(isOver).toBe(true);
  });

  it('does not wait for long', async () => {
    const om = await openToldEngine();
    await om.subscribe(om.listener('silent', [silence]).url);
    await om.order();
    let isOver = false;
    om.engine.stop().then(() => {
      isOver = true;
    });
    await om.later(4_999);
    expect(isOver).toBe(false);
    await om.later(1);
    expect(isOver).toBe(true);
  });
});
