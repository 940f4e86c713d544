/** The operations of operators over HTTP: what they look into, command, and may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { hierarchical, oneByOne } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const broadbandOrder = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }] };

let om: ServedEngine;
let orderId: string;
let accessId: string;
beforeAll(async () => {
  om = await serveEngine(hierarchical);
  orderId = (await om.request('POST', productOrders, broadbandOrder)).body.id;
  await om.request('POST', `/southbound/v1/order/${orderId}/approve`);
  await om.nextAtSom();
  const { body } = await om.request('GET', `/southbound/v1/order/${orderId}`);
  accessId = body.domainOrders.find(
    ({ specification }: { specification: string }) => specification === 'access-line',
  ).id;
});
afterAll(() => om.close());

async function as(roles: string | undefined, method: string, path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${om.url}/southbound/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(roles === undefined ? {} : { 'x-southbound-roles': roles }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const serviceOrder = () => `/order/${orderId}/serviceOrder/${accessId}`;

describe('a service order', () => {
  it('shows which action it has, and why', async () => {
    const { body } = await as(undefined, 'GET', `/order/${orderId}`);
    expect(checkOf('Southbound', 'own', 'Order')(body)).toEqual([]);
    const access = body.domainOrders.find(({ id }: { id: string }) => id === accessId);
    expect(access).toMatchObject({ outboundAction: 'none', outboundActionWhy: expect.stringMatching(/som|way/) });
  });

  it('is updated, and there is something to revise', async () => {
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    const { status, body } = await as('order_fulfilment_agent', 'PATCH', serviceOrder(), { characteristics });
    expect(status).toBe(200);
    const access = body.domainOrders.find(({ id }: { id: string }) => id === accessId);
    expect(access.characteristics).toContainEqual({ name: 'downstreamSpeed', valueType: 'Choice', value: '1 Gbps' });
  });

  it.each([
    ['PATCH', '', { characteristics: [{ name: 'colour', value: 'red' }] }, 400, /has no characteristic colour/],
    ['PATCH', '', {}, 400, /does not match its schema/],
    ['POST', '/forceComplete', { note: '' }, 400, /needs a note/],
    ['POST', '/forceComplete', {}, 400, /does not match its schema/],
    ['POST', '/createOutboundRequest', undefined, 409, /Create Outbound Fulfillment Request is not possible/],
  ])('%s %s %j is answered %i', async (method, path, body, status, message) => {
    const answer = await as(undefined, method, `${serviceOrder()}${path}`, body);
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(message)]);
    expect(checkOf('Southbound', 'own', 'Error')(answer.body)).toEqual([]);
  });

  it('that there is not is not found', async () => {
    const { status, body } = await as(undefined, 'POST', `/order/${orderId}/serviceOrder/none/createOutboundRequest`);
    expect([status, body.code]).toEqual([404, '60']);
  });
});

describe('roles', () => {
  it.each([
    ['POST', () => `/order/${orderId}/approve`, undefined, 'order_approver'],
    ['POST', () => `${serviceOrder()}/cancel`, { note: 'x' }, 'order_fulfilment_agent'],
    ['POST', () => `/order/${orderId}/fallout/none/resolve`, { note: 'x' }, 'order_fulfilment_agent'],
    ['PUT', () => '/policies', { policies: 'p', outbound: { rows: [] } }, 'manager'],
  ])('%s: refused to who only looks, and the role that is missing is named', async (method, path, body, missing) => {
    const { status, body: error } = await as('order_viewer', method, path(), body);
    expect([status, error.message]).toEqual([403, expect.stringContaining(missing)]);
  });

  it('none named where others than this machine can ask: nothing may be done', async () => {
    const other = await serveEngine(oneByOne, { nobodyMay: 'nothing' });
    const { body } = await other.request('POST', productOrders, broadbandOrder);
    expect((await other.request('POST', `/southbound/v1/order/${body.id}/approve`)).status).toBe(403);
    await other.close();
  });
});

describe('policies', () => {
  it('are read, replaced and refused', async () => {
    const before = await as(undefined, 'GET', '/policies');
    expect(before.body).toMatchObject({
      version: expect.stringMatching(/^policies-/),
      policies: { policies: 'hierarchical' },
    });
    const unknown = { policies: 'p', outbound: { rows: [], default: { outboundEnabled: true, targetSystem: 'mars' } } };
    const refused = await as(undefined, 'PUT', '/policies', unknown);
    expect([refused.status, refused.body.details[0].message]).toEqual([400, expect.stringContaining('got mars')]);
    const replaced = await as('sn_appss.manager', 'PUT', '/policies', before.body.policies);
    expect(replaced.body).toEqual(before.body);
  });
});

it('many rows: each has an outcome of its own', async () => {
  const rows = [
    { order: orderId, serviceOrder: accessId },
    { order: 'none', serviceOrder: accessId },
  ];
  const { status, body } = await as(undefined, 'POST', '/outboundRequest', { rows });
  expect(status).toBe(200);
  expect(checkOf('Southbound', 'own', 'OutboundRequestOutcomes')(body)).toEqual([]);
  expect(body.rows.map(({ ok }: { ok: boolean }) => ok)).toEqual([false, false]);
  expect((await as(undefined, 'POST', '/outboundRequest', { rows: [] })).status).toBe(400);
});
