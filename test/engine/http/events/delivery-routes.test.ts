/** What an operator sees of subscriptions and dead letters, and can do about them. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../exchange/endpoint.ts';
import { jsonResponse } from '../../../../exchange/message.ts';
import { hub, openToldEngine, serviceHub, type ToldEngine } from '../../../support/told-engine.ts';

const subscriptions = '/southbound/v1/subscription';
const deadLetters = '/southbound/v1/deadLetter';

const refusal: Answer = {
  kind: 'reply',
  afterMs: 0,
  response: jsonResponse(422, { code: '2', reason: 'Unprocessable', message: 'no such tenant' }),
};

/** With a listener that does not take its first events. */
async function withDeadLetters(count: number): Promise<{ om: ToldEngine; orders: string[]; heard: () => string[] }> {
  const om = await openToldEngine();
  const listener = om.listener(
    'crm',
    Array.from({ length: count }, () => refusal),
  );
  await om.subscribe(listener.url);
  const orders: string[] = [];
  for (let number = 0; number < count; number += 1) orders.push(await om.order());
  return { om, orders, heard: () => listener.heard.map(({ event }) => event.event.productOrder.id) };
}

describe('subscriptions', () => {
  it('are shown with how far each is', async () => {
    const om = await openToldEngine();
    const away = om.listener('away', [503, 503]);
    const ids = [await om.subscribe(away.url), await om.subscribe('http://s.test', { at: serviceHub, query: 'a=b' })];
    await om.order();
    await om.order();
    const { status, headers, body } = await om.send('GET', subscriptions);
    expect([status, headers['x-total-count']]).toEqual([200, '2']);
    const since = '2026-01-05T08:00:00.000Z';
    const none = { delivered: 0, failed: 0, deadLetters: 0, deadLettersDropped: 0, since, state: 'active' };
    expect(body).toEqual([
      {
        ...none,
        id: ids[0],
        api: 'TMF622',
        callback: 'http://away.test',
        waiting: 2,
        attempts: 1,
        lastFailure: 'answered 503',
        nextAttemptAt: expect.stringMatching(/^2026-01-05T08:00:01\.\d{3}Z$/),
      },
      { ...none, id: ids[1], api: 'TMF641', callback: 'http://s.test', query: 'a=b', waiting: 0 },
    ]);
    await om.later(60_000);
    const [first] = (await om.send('GET', `${subscriptions}?id=${ids[0]}`)).body;
    expect(first).toMatchObject({ waiting: 0, delivered: 2 });
    expect(first).not.toHaveProperty('lastFailure');
  });

  it('are shown without the credentials in their callbacks', async () => {
    const om = await openToldEngine();
    await om.subscribe('http://om:hunter2@crm.test/cb?token=hunter2&x=1');
    const text = JSON.stringify((await om.send('GET', subscriptions)).body);
    expect(text).toContain('http://[redacted]@crm.test/cb?token=[redacted]&x=1');
    expect(text).not.toContain('hunter2');
  });

  it('are shown page by page, and those that match', async () => {
    const om = await openToldEngine();
    for (const name of ['a', 'b', 'c']) await om.subscribe(`http://${name}.test`);
    const page = await om.send('GET', `${subscriptions}?offset=1&limit=1&fields=callback`);
    expect([page.status, page.body]).toEqual([206, [{ id: expect.any(String), callback: 'http://b.test' }]]);
    expect((await om.send('GET', `${subscriptions}?state=gone`)).body).toEqual([]);
    expect((await om.send('GET', `${subscriptions}?waiting.gt=0`)).body).toEqual([]);
    expect((await om.send('GET', `${subscriptions}?limit=many`)).status).toBe(400);
  });
});

describe('dead letters', () => {
  it('say what was not delivered, to whom, and why', async () => {
    const { om, orders } = await withDeadLetters(1);
    const [{ id: subscription }] = (await om.send('GET', subscriptions)).body;
    expect((await om.send('GET', deadLetters)).body).toEqual([
      {
        id: expect.stringContaining(subscription),
        subscription,
        api: 'TMF622',
        callback: 'http://crm.test',
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventType: 'ProductOrderCreateEvent',
        failedAt: '2026-01-05T08:00:00.000Z',
        attempts: 1,
        reason: 'answered 422: Unprocessable: no such tenant',
        event: expect.objectContaining({ event: { productOrder: expect.objectContaining({ id: orders[0] }) } }),
      },
    ]);
  });

  it('are those of one subscription, where that is asked', async () => {
    const { om } = await withDeadLetters(2);
    await om.subscribe(om.listener('other', [404]).url);
    await om.order();
    const [first, other] = (await om.send('GET', subscriptions)).body;
    const of = async (id: string) => (await om.send('GET', `${deadLetters}?subscription=${id}`)).body.length;
    expect([await of(first.id), await of(other.id), await of('unheard-of')]).toEqual([2, 1, 0]);
  });

  it('do not repeat the credentials of the callback, whoever says them', async () => {
    const om = await openToldEngine();
    const said = jsonResponse(403, { code: '41', reason: 'hunter2 is not the password' });
    om.listener('crm', [{ kind: 'reply', afterMs: 0, response: said }]);
    await om.subscribe('http://om:hunter2@crm.test');
    await om.order();
    const { body } = await om.send('GET', deadLetters);
    expect(body).toMatchObject([{ reason: 'answered 403: [redacted] is not the password' }]);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('are delivered again on demand, as the same event', async () => {
    const { om, orders, heard } = await withDeadLetters(2);
    const [first, second] = (await om.send('GET', deadLetters)).body;
    expect(await om.send('POST', `${deadLetters}/${first.id}/redeliver`)).toMatchObject({ status: 202, body: first });
    expect(heard()).toEqual([...orders, orders[0]]);
    expect((await om.send('GET', deadLetters)).body).toEqual([second]);
    expect((await om.send('POST', `${deadLetters}/${first.id}/redeliver`)).status).toBe(404);
    expect((await om.send('GET', subscriptions)).body).toMatchObject([{ delivered: 1, failed: 2, deadLetters: 1 }]);
  });

  it('are removed on demand', async () => {
    const { om } = await withDeadLetters(1);
    const [letter] = (await om.send('GET', deadLetters)).body;
    expect((await om.send('DELETE', `${deadLetters}/${letter.id}`)).status).toBe(204);
    expect((await om.send('DELETE', `${deadLetters}/${letter.id}`)).status).toBe(404);
    expect((await om.send('GET', deadLetters)).body).toEqual([]);
  });

  it('go with their subscription', async () => {
    const { om } = await withDeadLetters(1);
    const [{ id }] = (await om.send('GET', subscriptions)).body;
    await om.send('DELETE', `${hub}/${id}`);
    expect((await om.send('GET', deadLetters)).body).toEqual([]);
  });

  it('are settled by those who may, and looked at by everyone', async () => {
    const om = await openToldEngine({ nobodyMay: 'nothing' });
    await om.subscribe(om.listener('crm', [404]).url);
    await om.order();
    const [{ id }] = (await om.send('GET', deadLetters)).body;
    for (const roles of [{}, { 'x-southbound-roles': 'order_viewer' }]) {
      const refused = await om.send('POST', `${deadLetters}/${id}/redeliver`, undefined, roles);
      expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('order_integrator') } });
      expect((await om.send('DELETE', `${deadLetters}/${id}`, undefined, roles)).status).toBe(403);
    }
    const roles = { 'x-southbound-roles': 'order_integrator' };
    expect((await om.send('POST', `${deadLetters}/${id}/redeliver`, undefined, roles)).status).toBe(202);
  });
});
