/**
 * Requests that mean no good, a few thousand of those that `npm run volume` sends a million of; and, one by one, those that
 * once broke something.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { wrongRefusal } from '../../support/hostile/judge.ts';
import { perEngine, runHostile } from '../../support/hostile/run.ts';
import { runOverSockets } from '../../support/hostile/sockets.ts';
import { type HostileWorld, openHostileWorld } from '../../support/hostile/world.ts';

const seed = process.env.SEED ?? '641';

describe('hostile requests', () => {
  it.each([
    ['to whoever asks nobody for a token', 0],
    ['with a token', perEngine],
  ])('%s break nothing, leave nothing behind, and are told what is wrong with them', async (_who, from) => {
    const { asked, complaints, byStatus, routes } = await runHostile({ seed, range: [from, from + 1_500] });
    expect(complaints).toEqual([]);
    expect(asked).toBe(1_500);
    // Mutations of good requests get as deep as these: some are legal in truth, and some are refused by the order itself.
    expect([200, 201, 400, 404, 405, 409, 415].filter((status) => !byStatus.has(status))).toEqual([]);
    expect(routes.size).toBeGreaterThan(80);
  });

  it('are refused as bytes over sockets too', async () => {
    const { asked, complaints, byStatus } = await runOverSockets({ seed, count: 300 });
    expect(complaints).toEqual([]);
    expect(asked).toBe(301);
    expect([200, 400, 404, 413, 417, 431].filter((status) => !byStatus.has(status))).toEqual([]);
  });

  it('are the same for the same seed and number', async () => {
    const { samples } = await openHostileWorld(false);
    const { hostileRequest } = await import('../../support/hostile/request.ts');
    const requests = Array.from({ length: 50 }, (_each, index) => hostileRequest(samples, seed, index));
    expect(hostileRequest(samples, seed, 47)).toEqual(requests[47]);
    expect(new Set(requests.map((request) => JSON.stringify({ ...request, index: 0 }))).size).toBeGreaterThan(45);
  });
});

const unprintable = { toString: 1, valueOf: null };
const item = { id: '1', action: 'add', productOffering: { id: 'broadband-100' } };
const southbound = '/southbound/v1';
const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const productOrdersV5 = '/productOrderingManagement/v5/productOrder';
const listener = '/tmf-api/serviceOrdering/v4/listener';
const processResult = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult';
const long = 'x'.repeat(70_000);

describe('bodies that are not what they seem', () => {
  it.each([
    [{ 'content-type': 'application/json; charset=utf-16' }, 415],
    [{ 'content-type': 'application/json; charset="Shift_JIS"' }, 415],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415],
    [{ 'content-type': 'application/json; charset="UTF-8"', 'content-encoding': 'identity' }, 201],
    [{ 'content-type': 'application/json;charset=us-ascii' }, 201],
  ])('%j: %i', async (headers, status) => {
    const world = await openHostileWorld(false);
    const text = JSON.stringify({ productOrderItem: [item] });
    const { response } = await world.ask({ method: 'POST', target: productOrders, headers: { ...headers }, text });
    expect(response?.status).toBe(status);
  });
});

describe('what once broke something', () => {
  let world: HostileWorld;
  beforeAll(async () => {
    world = await openHostileWorld(false);
  });

  it.each<readonly [what: string, status: number, method: string, target: string, body: unknown]>([
    [
      'a result that cannot be made into a text',
      400,
      'POST',
      processResult,
      { id: 'a', serviceQualificationItem: [{ id: '1', qualificationResult: unprintable }] },
    ],
    ['an event whose type cannot be made into a text', 201, 'POST', listener, { eventType: unprintable }],
    [
      'a priority that cannot be made into a text',
      201,
      'POST',
      productOrders,
      { productOrderItem: [{ ...item, priority: unprintable }] },
    ],
    [
      'a product of a type that nobody knows, with other things where characteristics and places stand',
      201,
      'POST',
      productOrdersV5,
      {
        '@type': 'ProductOrder',
        productOrderItem: [
          {
            '@type': 'ProductOrderItem',
            ...item,
            productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-100' },
            product: { '@type': 'Thing', id: 'p', productCharacteristic: 'none', place: 5 },
          },
        ],
      },
    ],
    [
      'a name of an order as long as a book',
      400,
      'POST',
      '/tmf-api/productOrderingManagement/v4/cancelProductOrder',
      { productOrder: { id: long } },
    ],
    ['no JSON where no body is needed: approve', 400, 'POST', `${southbound}/order/a/approve`, undefined],
    ['no JSON where no body is needed: redeliver', 400, 'POST', `${southbound}/deadLetter/a/redeliver`, undefined],
    [
      'no JSON where no body is needed: create',
      400,
      'POST',
      `${southbound}/order/a/serviceOrder/b/createOutboundRequest`,
      undefined,
    ],
    [
      'no JSON where no body is needed: revise',
      400,
      'POST',
      `${southbound}/order/a/serviceOrder/b/reviseOutboundRequest`,
      undefined,
    ],
    ['an id as long as a book', 404, 'GET', `${southbound}/order/${long}`, undefined],
    ['a name that goes back with the refusal', 400, 'PUT', `${southbound}/policies`, { [long]: 1 }],
    [
      'the same mistake a hundred thousand times',
      400,
      'POST',
      productOrders,
      { productOrderItem: Array(100_000).fill({}) },
    ],
  ])('%s is answered %i, and in few words', async (_what, status, method, target, body) => {
    const text = method === 'GET' ? undefined : body === undefined ? '{' : JSON.stringify(body);
    const headers = { 'content-type': 'application/json' };
    const { response, failure, writes } = await world.ask({ method, target, headers, text });
    expect([response?.status, failure]).toEqual([status, undefined]);
    if (status < 400 || response === undefined) return;
    if (target !== processResult) expect(wrongRefusal(response)).toEqual([]);
    expect(writes).toBe(0);
    expect(response.body?.text.length).toBeLessThan(40_000);
  });
});
