/** Tokens: who is asked for one, what is said to those who have none, and that none is ever written down. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../../contracts/profile/contract.ts';
import { type AccessToken, readTokens } from '../../../../engine/index.ts';
import { type GuardedEngine, openGuardedEngine, tokenOf, tokensFor } from '../../../support/guarded-engine.ts';

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const order = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }] };
const manager = { token: tokenOf('noc') };
const challenge = 'Bearer realm="southbound"';

/** sha256 of `only-its-hash-is-known` */
const hashed = 'c8d000744142e6ee431805db9c1721a0a141172b27a62ea847cbe09a35771358';

let om: GuardedEngine;
beforeAll(async () => {
  const read = readTokens([{ name: 'hashed', tokenSha256: hashed.toUpperCase(), roles: ['order_viewer'] }], {});
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const named = tokensFor({ noc: ['sn_ind_tmt_orm.service_order_manager'], crm: ['order_integrator'] });
  om = await openGuardedEngine([...named, ...read.content]);
});

describe('a request', () => {
  it.each<[string, { [name: string]: string }]>([
    ['no credentials', {}],
    ['credentials of another kind', { authorization: 'Basic bm9jOmh1bnRlcjI=' }],
    ['roles, which are no credentials', { 'x-southbound-roles': 'order_viewer' }],
    ['the token where it does not belong', { 'x-api-key': tokenOf('noc') }],
  ])('with %s is told to send a token, and of no error (RFC 6750, 3.1)', async (_what, headers) => {
    const { status, body, headers: answered } = await om.ask('GET', productOrders, { headers });
    expect([status, body.code, body.reason]).toEqual([401, '40', 'Missing credentials']);
    expect(answered['www-authenticate']).toBe(challenge);
    expect(checkOf('TMF622', 'official', 'Error')(body)).toEqual([]);
  });

  it.each([
    ['an unknown token', 'Bearer not-one-that-is-known'],
    ['a part of a token', `Bearer ${tokenOf('noc').slice(0, -1)}`],
    ['a token with more behind it', `Bearer ${tokenOf('noc')}0`],
    ['the hash of a token', `Bearer ${hashed}`],
    ['two tokens', `Bearer ${tokenOf('noc')}, Bearer ${tokenOf('crm')}`],
    ['no token behind the word', 'Bearer'],
    ['what no token can be', 'Bearer a"b'],
  ])('with %s is told that it is not known, and nothing of what was sent', async (_what, authorization) => {
    const { status, body, headers } = await om.ask('GET', productOrders, { headers: { authorization } });
    expect([status, body.code, body.reason]).toEqual([401, '41', 'Invalid credentials']);
    expect(headers['www-authenticate']).toBe(`${challenge}, error="invalid_token"`);
    expect(JSON.stringify(body)).not.toContain(authorization.slice(7) || '"Bearer"');
  });

  it.each([
    ['as it is', `Bearer ${tokenOf('noc')}`],
    ['with the scheme in any case, and spaces', `  bearer   ${tokenOf('noc')} `],
    ['that only its hash is known of', 'Bearer only-its-hash-is-known'],
  ])('with a token %s is answered', async (_how, authorization) => {
    expect((await om.ask('GET', productOrders, { headers: { authorization } })).status).toBe(200);
  });

  it('has to have a token wherever it goes: nobody learns what is served without one', async () => {
    const places = [productOrders, '/nothing/here', '/', '/southbound/v1/policies'];
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
      for (const path of places) expect((await om.ask(method, path)).status, `${method} ${path}`).toBe(401);
    }
  });

  it('with a token is answered as if nobody had asked for one', async () => {
    const open = await openGuardedEngine(undefined);
    const asked: [string, string, object][] = [
      ['GET', '/nothing/here', {}],
      ['DELETE', productOrders, {}],
      ['HEAD', productOrders, {}],
      ['OPTIONS', productOrders, {}],
      ['POST', productOrders, { text: 'no json' }],
      ['POST', productOrders, { text: '<a/>', headers: { 'content-type': 'application/xml' } }],
      ['GET', `${productOrders}/none`, {}],
      ['GET', '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification', {}],
      ['POST', '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification', { text: 'no json' }],
    ];
    for (const [method, path, options] of asked) {
      const expected = await open.ask(method, path, options);
      expect(await om.ask(method, path, { ...options, ...manager }), `${method} ${path}`).toEqual(expected);
    }
  });
});

describe('a token that expires', () => {
  // The clock of the engine stands at 2026-01-05T08:00:00Z at first.
  const taken: [string, string][] = [
    ['2026-01-06', '2026-01-06T00:00:00.000Z'],
    ['2026-01-05T10:30:00+02:00', '2026-01-05T08:30:00.000Z'],
  ];
  it.each(taken)('%s is taken until then, on the clock of the engine', async (expires, until) => {
    const guarded = await openGuardedEngine(tokensFor({ crm: ['order_viewer'] }, expires));
    const asked = { token: tokenOf('crm') };
    expect((await guarded.ask('GET', productOrders, asked)).status).toBe(200);
    await guarded.later(Date.parse(until) - guarded.kernel.now() - 1);
    expect((await guarded.ask('GET', productOrders, asked)).status).toBe(200);
    await guarded.later(1);
    const { status, headers, body } = await guarded.ask('GET', productOrders, asked);
    expect([status, body.code, body.reason]).toEqual([401, '42', 'Expired credentials']);
    expect(body.message).toBe(`The token crm was taken until ${until}. Have it replaced, or its date put off`);
    expect(headers['www-authenticate']).toBe(`${challenge}, error="invalid_token"`);
  });

  it('is never taken when it had expired before', async () => {
    const guarded = await openGuardedEngine(tokensFor({ crm: ['order_viewer'] }, '2020-01-01'));
    expect((await guarded.ask('GET', productOrders, { token: tokenOf('crm') })).status).toBe(401);
  });
});

describe('the roles of a token', () => {
  const asNoc = (roles: string) => ({ ...manager, headers: { 'x-southbound-roles': roles } });

  it('let do what they say, and what roles that they contain say', async () => {
    const { body } = await om.ask('POST', productOrders, { ...manager, body: order });
    const approved = await om.ask('POST', `/southbound/v1/order/${body.id}/approve`, manager);
    expect([approved.status, approved.body.state]).toEqual([200, 'in_progress']);
  });

  it('are what the core goes by, and what its journal says', async () => {
    const { body } = await om.ask('POST', productOrders, { ...manager, body: order });
    await om.ask('POST', `/southbound/v1/order/${body.id}/approve`, asNoc('order_viewer, order_approver,admin'));
    const entries = await om.engine.store.journal(body.id);
    expect(entries.map(({ input }) => ('roles' in input ? input.roles : undefined))).toContainEqual([
      'order_viewer',
      'order_approver',
    ]);
  });

  it.each([
    ['one of them', 'order_approver', 404],
    ['one that they contain, under its whole name', 'sn_ind_tmt_orm.order_approver', 404],
    ['one of them beside others that they are not', 'admin,order_approver', 404],
    ['one that may not', 'order_viewer', 403],
    ['one that they are not, and that might', 'order_admin', 403],
    ['none', '', 403],
    ['something that every object has', 'constructor,__proto__', 403],
  ])('are narrowed for once, and never widened: %s', async (_what, roles, expected) => {
    expect((await om.ask('POST', '/southbound/v1/order/none/approve', asNoc(roles))).status).toBe(expected);
  });

  it('keep out from the policies whoever says to be their manager', async () => {
    const policies = { policies: 'mine', outbound: { rows: [] } };
    const { status, body } = await om.ask('PUT', '/southbound/v1/policies', { ...asNoc('manager'), body: policies });
    expect([status, body.message]).toEqual([
      403,
      'Configure needs one of the roles manager, admin. Use a token that has one of them; where no tokens are asked for, send it in X-Southbound-Roles (--as).',
    ]);
  });
});

it('no token is written down: in no journal, no record of exchanges, and no answer', async () => {
  const { body } = await om.ask('POST', productOrders, { ...manager, body: order });
  await om.ask('POST', `/southbound/v1/order/${body.id}/approve`, manager);
  await om.ask('POST', `/southbound/v1/order/${body.id}/approve`, { token: tokenOf('crm') });
  const journal = JSON.stringify(await om.engine.store.journal(body.id));
  const exchanges = JSON.stringify(om.recorded);
  expect(exchanges).toContain('"authorization":"[redacted]"');
  for (const name of ['noc', 'crm']) expect(`${journal}${exchanges}`).not.toContain(tokenOf(name));
  expect(JSON.stringify(tokensFor({ noc: ['admin'] }))).not.toContain(tokenOf('noc'));
});

it('an empty list of tokens lets nobody in', async () => {
  const none: readonly AccessToken[] = [];
  const guarded = await openGuardedEngine(none);
  expect((await guarded.ask('GET', productOrders, manager)).status).toBe(401);
});
