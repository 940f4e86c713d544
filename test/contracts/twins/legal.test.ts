import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { twins } from '../../../contracts/twins/twins.ts';
import { opened, orderOf, statesTold } from './opened.ts';

const legal = twins.filter(({ kind }) => kind === 'legal');
const usualBase = '/tmf-api/serviceOrdering/v4';

/** Opens it and asks with whatever credentials it wants. */
function entered(name: string) {
  const twin = legal.find((other) => other.name === name);
  if (twin === undefined) throw new Error(`no legal twin ${name}`);
  const credentials = { token: 't', username: 'u', password: 'p', apiKey: 'k', clientId: 'c', clientSecret: 's' };
  const world = opened(twin, { credentials, base: `http://vendor.test${twin.basePath ?? usualBase}` });
  const known: { [scheme: string]: string } = { basic: `Basic ${btoa('u:p')}`, bearer: 'Bearer t' };
  const authorization = async () => {
    if (twin.claims.auth?.scheme !== 'oauth2') return known[twin.claims.auth?.scheme ?? ''] ?? '';
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${btoa('c:s')}` };
    const { body } = await world.ask('POST', twin.claims.auth.tokenUrl, 'grant_type=client_credentials', form);
    return `Bearer ${body.access_token}`;
  };
  const ask: typeof world.ask = async (method, path, body, headers) =>
    world.ask(method, path, body, { authorization: await authorization(), 'x-api-key': 'k', ...headers });
  return { ...world, ask, twin };
}

describe('every legal vendor', () => {
  it.each(legal.map(({ name }) => name))('does what is asked, and says it as the schema wants: %s', async (name) => {
    const { ask, pass, heard, twin } = entered(name);
    const { offers } = twin.claims;
    const subscription = await ask('POST', '/hub', { callback: 'http://listener.test' });
    expect(subscription.status).toBe(offers?.hub === false ? 501 : 201);
    const placed = await ask('POST', '/serviceOrder', {
      externalId: 'a',
      ...orderOf(['internet-access', 'internet-access']),
    });
    expect(placed.status).toBe(name.startsWith('accepted-') ? 202 : 201);
    await pass(60_000);
    const list = await ask('GET', '/serviceOrder');
    const [order] = list.body;
    expect([list.status, list.body.length, order.state]).toEqual([200, 1, 'completed']);
    for (const shown of [order, (await ask('GET', `/serviceOrder/${encodeURIComponent(order.id)}`)).body]) {
      expect(checkOf('TMF641', 'official', 'ServiceOrder')(shown)).toEqual([]);
      expect(checkOf('TMF641', 'conformance', 'ServiceOrder')(shown)).toEqual([]);
    }
    const missing = await ask('GET', '/serviceOrder/none');
    expect([missing.status, checkOf('TMF641', 'official', 'Error')(missing.body)]).toEqual([404, []]);
    if (offers?.hub === false) return;
    for (const { body } of heard) expect(checkOf('TMF641', 'conformance', body.eventType)(body)).toEqual([]);
    expect(new Set(statesTold(heard))).toEqual(new Set(['acknowledged', 'inProgress', 'completed']));
  });
});

describe('a legal vendor is unusual', () => {
  it('in its messages', async () => {
    expect((await entered('extra-attributes').place()).body).toMatchObject({
      vendorRevision: 3,
      serviceOrderItem: [{ service: { vendorRevision: 3 } }],
    });
    expect((await entered('json-without-charset').place()).headers['content-type']).toBe('application/json');
    const urn = entered('urn-ids');
    const { body, headers } = await urn.place();
    expect([body.id.slice(0, 7), body.href.includes('urn%3Aso%3A'), headers.location]).toEqual([
      'urn:so:',
      true,
      body.href,
    ]);
    expect((await urn.ask('GET', body.href)).body).toEqual(body);
    expect((await entered('numeric-error-codes').ask('GET', '/serviceOrder/x')).body.code).toBe('404060');
    expect(Object.keys((await entered('minimal-errors').ask('GET', '/hub')).body)).toEqual(['code', 'reason']);
    expect((await entered('dates-with-offset').place()).body.orderDate).toBe('2026-01-05T10:00:00.000000+02:00');
    const relative = (await entered('relative-hrefs').place()).body;
    expect(relative.href).toBe(`${usualBase}/serviceOrder/${relative.id}`);
    expect((await entered('empty-arrays').place()).body).toMatchObject({
      note: [],
      serviceOrderItem: [{ serviceOrderItem: [] }],
    });
    const known = await entered('ignores-unknown-attributes').place(['x'], {
      colour: 'red',
      '@type': 'Odd',
      '@baseType': 'ServiceOrder',
      category: 'c',
    });
    expect([known.status, known.body.colour, known.body['@type'], known.body.category]).toEqual([
      201,
      undefined,
      'ServiceOrder',
      'c',
    ]);
  });

  it('in what it offers', async () => {
    const status = async (name: string, method: string, path: string, body?: object) => {
      const { ask, place } = entered(name);
      const { body: order } = await place();
      return (await ask(method, path.replace('ORDER', order?.id), body)).status;
    };
    const cancel = { serviceOrder: { id: 'none' } };
    expect(await status('no-cancel', 'POST', '/cancelServiceOrder', cancel)).toBe(404);
    expect(await status('no-new-cancel-tasks', 'POST', '/cancelServiceOrder', cancel)).toBe(405);
    expect(await status('no-patch', 'PATCH', '/serviceOrder/ORDER', {})).toBe(405);
    expect(await status('no-delete', 'DELETE', '/serviceOrder/ORDER')).toBe(405);
    const single = entered('single-listener');
    await single.subscribe();
    expect((await single.subscribe('eventType=x')).status).toBe(409);
  });

  it('in whom it lets in, and when', async () => {
    for (const name of ['basic-credentials', 'bearer-credentials', 'api-key', 'short-lived-tokens']) {
      expect((await entered(name).place()).status).toBe(401);
    }
    const { ask, twin, pass } = entered('short-lived-tokens');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const url = twin.claims.auth?.scheme === 'oauth2' ? twin.claims.auth.tokenUrl : '';
    expect((await ask('POST', url, 'grant_type=client_credentials', { ...form, authorization: '' })).status).toBe(401);
    const { body } = await ask('POST', url, 'grant_type=client_credentials&client_id=c&client_secret=s', form);
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await ask('GET', '/serviceOrder', undefined, headers)).status).toBe(200);
    await pass(5_000);
    expect((await ask('GET', '/serviceOrder', undefined, headers)).status).toBe(401);
    const limited = entered('rate-limit');
    const many = await limited.together(Array.from({ length: 40 }, () => ['GET', '/serviceOrder'] as const));
    expect(
      many.filter(({ status, headers: { 'retry-after': after } }) => status === 429 && after === '1'),
    ).toHaveLength(10);
    await limited.pass(1_000);
    expect((await limited.ask('GET', '/serviceOrder')).status).toBe(200);
    const maintained = entered('short-maintenance');
    await maintained.pass(15_500);
    expect(await maintained.ask('GET', '/serviceOrder')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    });
    await maintained.pass(1_000);
    expect((await maintained.ask('GET', '/serviceOrder')).status).toBe(200);
  });

  it('in how it takes and fulfils orders', async () => {
    expect((await entered('slow').place()).afterMs).toBe(900);
    const fast = entered('fast');
    const { body: quick } = await fast.place();
    await fast.pass(30);
    expect((await fast.ask('GET', quick.href)).body.state).toBe('completed');
    const together = entered('items-together');
    const { body: many } = await together.place(['x', 'x', 'x']);
    await together.pass(500);
    expect((await together.ask('GET', many.href)).body.serviceOrderItem).toMatchObject(
      Array(3).fill({ state: 'inProgress' }),
    );
    const again = entered('repeated-order-refused');
    await again.place(['x'], { externalId: 'a' });
    expect((await again.place(['x'], { externalId: 'a' })).status).toBe(409);
    const owned = await entered('owned-attributes-ignored').place(['x'], {
      id: 'mine',
      state: 'completed',
      startDate: '2020-01-01T00:00:00Z',
    });
    expect([owned.status, owned.body.id === 'mine', owned.body.state, owned.body.startDate]).toEqual([
      201,
      false,
      'acknowledged',
      undefined,
    ]);
    const fixed = entered('fixed-attributes-ignored');
    const { body: before } = await fixed.place();
    expect((await fixed.ask('PATCH', before.href, { id: 'mine', description: 'd' })).body).toEqual({
      ...before,
      description: 'd',
    });
  });

  it('in how it cancels them', async () => {
    const direct = entered('cancels-directly');
    await direct.subscribe();
    const { body } = await direct.place();
    await direct.pass(500);
    const task = await direct.ask('POST', '/cancelServiceOrder', { serviceOrder: { id: body.id } });
    await direct.pass(5_000);
    expect(statesTold(direct.heard)).toEqual(['acknowledged', 'inProgress', 'cancelled']);
    expect((await direct.ask('GET', task.body.href)).body).toMatchObject({
      state: 'done',
      effectiveCancellationDate: expect.any(String),
    });
    const denying = entered('denial-is-terminated-with-error');
    const { body: fixed } = await denying.place(['not-cancellable']);
    const denied = await denying.ask('POST', '/cancelServiceOrder', { serviceOrder: { id: fixed.id } });
    await denying.pass(5_000);
    expect((await denying.ask('GET', denied.body.href)).body).toMatchObject({
      state: 'terminatedWithError',
      errorMessage: { message: expect.any(String) },
    });
    expect((await denying.ask('GET', fixed.href)).body.state).toBe('completed');
  });

  it('in how it accepts them', async () => {
    const { place, ask, pass } = entered('accepted-with-monitor');
    const { headers, body } = await place();
    expect(body.state).toBe('InProgress');
    await pass(5_000);
    const monitor = (await ask('GET', headers.location ?? '')).body;
    expect(monitor).toMatchObject({ state: 'Completed', response: { statusCode: '201', body: { id: body.id } } });
    expect((await ask('GET', monitor.sourceHref)).status).toBe(200);
  });

  it('in its lists', async () => {
    const list = async (name: string, query: string) => {
      const { place, ask } = entered(name);
      for (let count = 0; count < 7; count += 1) await place(['x'], { externalId: `o-${count}` });
      return ask('GET', `/serviceOrder?${query}`);
    };
    expect((await list('newest-first', 'limit=1')).body[0].externalId).toBe('o-6');
    expect((await list('partial-pages-as-200', 'limit=1')).status).toBe(200);
    expect(await list('five-at-most', 'limit=6')).toMatchObject({
      status: 206,
      headers: { 'x-total-count': '7', 'x-result-count': '5' },
    });
    expect((await list('pages-with-links', 'limit=2&offset=2')).headers).toMatchObject({
      'content-range': 'items 2-3/7',
    });
    expect((await list('no-paging', 'limit=2')).body).toHaveLength(7);
    expect((await list('no-sort', 'sort=id')).status).toBe(501);
    expect((await list('three-filters', 'priority=1')).status).toBe(400);
    expect((await list('three-filters', 'externalId=o-1')).body).toHaveLength(1);
  });

  it('in its events', async () => {
    const told = async (name: string, after = 5_000) => {
      const { place, pass, subscribe, heard } = entered(name);
      await subscribe(undefined, 'http://listener.test/hear');
      await place(['x', 'x']);
      await pass(after);
      return heard;
    };
    const twice = await told('every-event-twice');
    expect([twice.length, new Set(twice.map(({ body }) => body.eventId)).size]).toEqual([6, 3]);
    expect((await told('events-to-the-callback-itself')).map(({ path }) => path)).toEqual(Array(3).fill('/hear'));
    expect(await told('events-before-the-answer', 0)).toHaveLength(1);
    const shuffled = entered('events-in-any-order');
    await shuffled.subscribe();
    for (let count = 0; count < 5; count += 1) await shuffled.place();
    await shuffled.pass(5_000);
    expect(statesTold(shuffled.heard)).toHaveLength(15);
    expect(statesTold(shuffled.heard)).not.toEqual([
      ...Array(5).fill('acknowledged'),
      ...Array(5).fill('inProgress'),
      ...Array(5).fill('completed'),
    ]);
    expect((await told('items-told-too')).map(({ body }) => body.fieldPath)).toContain('serviceOrderItem.state');
    expect((await told('milestones')).map(({ body }) => body.eventType)).toContain('ServiceOrderMilestoneEvent');
    expect((await told('whole-envelopes'))[0]?.body).toMatchObject({ timeOcurred: expect.any(String) });
    const same = entered('same-subscription-again');
    expect((await same.subscribe()).body).toEqual((await same.subscribe()).body);
    const once = entered('at-most-once');
    const failing = once.listener('http://failing.test', () => ({ kind: 'reset', afterMs: 0 }));
    await once.subscribe(undefined, 'http://failing.test');
    await once.place();
    await once.pass(60_000);
    expect(failing).toHaveLength(3);
  });
});
