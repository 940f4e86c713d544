/** The product inventory as its readers reach it: what orders have brought, and nothing that orders did not bring. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkOf, checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { type Engine, openEngine } from '../../../engine/index.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Headers } from '../../../exchange/message.ts';
import { jsonBody, jsonMediaType, pathAndQuery } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { broadband, inside } from '../../support/orders.ts';

const products = '/api/sn_prd_invt/product';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

interface House {
  readonly engine: Engine;
  /** Asks, and holds the answer against the contract of the product inventory. */
  ask(method: string, target: string, body?: object): Promise<Reply>;
  /** Places an order of that customer, which is approved at once. */
  order(customer: string, item?: object): Promise<string>;
  /** Until nothing more happens. */
  pass(): Promise<void>;
}

async function openHouse(): Promise<House> {
  const kernel = virtualKernel({ seed: '1' });
  const engine = await openEngine({
    kernel,
    client: directClient(kernel, new Map()),
    catalogue: broadband,
    policies: { ...inside, approval: 'automatic' },
    targets: [],
    publicUrl: 'http://om.test',
  });
  const ask: House['ask'] = async (method, target, body) => {
    const headers = { 'content-type': jsonMediaType };
    const { path, query } = pathAndQuery(target);
    const received = { method, path, query, headers, ...(body === undefined ? {} : { body: jsonBody(body) }) };
    const answer = await engine.endpoint(received);
    if (answer.kind !== 'reply') throw new Error(`${method} ${target} has no answer`);
    const { status, body: said, headers: sent } = answer.response;
    const contract = contractOf(method, path);
    if (contract?.api === 'ServiceNowInventory' && query.fields === undefined) {
      expect(checkResponse(contract, 'own', { status, body: said?.json })).toEqual([]);
    }
    return { status, headers: sent, body: said?.json };
  };
  const order: House['order'] = async (customer, item = {}) => {
    const { status, body } = await ask('POST', '/tmf-api/productOrderingManagement/v4/productOrder', {
      relatedParty: [{ id: customer, name: 'Ada', role: 'customer', '@referredType': 'Customer' }],
      productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' }, ...item }],
    });
    expect(status).toBe(201);
    await kernel.run(kernel.now());
    return body.id;
  };
  return { engine, ask, order, pass: () => kernel.run() };
}

const at = (id: string) => ({ product: { place: [{ id, name: id, role: 'installation', '@type': 'Place' }] } });

const namesIn = ({ body }: Reply) =>
  body.map(({ productSpecification }: { productSpecification: { id: string } }) => productSpecification.id);

describe('one product', () => {
  let house: House;
  let orderId: string;
  beforeAll(async () => {
    house = await openHouse();
    orderId = await house.order('cust-1', at('site-1'));
  });

  const first = async (kind: string) => (await house.ask('GET', `${products}?kind=${kind}`)).body[0];

  it('is shown from the approval of its order on, with all that is known of it', async () => {
    const listed = await first('product');
    const { status, body } = await house.ask('GET', `${products}/${listed.id}`);
    expect(status).toBe(200);
    expect(checkOf('ServiceNowInventory', 'own', 'Product')(body)).toEqual([]);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      href: `http://om.test${products}/${listed.id}`,
      name: 'Broadband',
      number: 'PI0000001',
      status: 'installation_pending',
      kind: 'product',
      productSpecification: { id: 'broadband', name: 'Broadband', version: '1' },
      productCharacteristic: [
        { name: 'downstreamSpeed', valueType: 'Choice', value: '100 Mbps' },
        { name: 'router', valueType: 'Choice', value: 'rented' },
      ],
      place: [{ id: 'site-1', name: 'site-1', role: 'installation' }],
      relatedParty: [{ id: 'cust-1', name: 'Ada', role: 'customer', '@referredType': 'Customer' }],
      productRelationship: [
        { relationshipType: 'HasChild', product: { id: expect.any(String), href: expect.any(String) } },
      ],
      productOrderItem: [{ orderItemId: '1', productOrderId: orderId }],
      '@type': 'Product',
    });
    expect(listed).toEqual(body);
  });

  it('leads to what stands above and below it', async () => {
    const top = await first('product');
    const [{ product: below }] = top.productRelationship;
    const { body: service } = await house.ask('GET', new URL(below.href).pathname);
    expect(service).toMatchObject({ id: below.id, kind: 'service', name: 'Internet access' });
    expect(service.productRelationship[0]).toEqual({
      relationshipType: 'HasParent',
      product: { id: top.id, href: top.href },
    });
    expect(
      service.productRelationship
        .slice(1)
        .map(({ relationshipType }: { relationshipType: string }) => relationshipType),
    ).toEqual(['HasChild', 'HasChild', 'HasChild']);
  });

  it('is active as soon as its order is completed, and says since when', async () => {
    const { id } = await first('product');
    await house.pass();
    const { body } = await house.ask('GET', `${products}/${id}`);
    expect(body).toMatchObject({ status: 'active', startDate: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(body).not.toHaveProperty('terminationDate');
  });

  it('is shown with the attributes asked for, and always with its id', async () => {
    const { id } = await first('product');
    const { body } = await house.ask('GET', `${products}/${id}?fields=status,nonsense`);
    expect(body).toEqual({ id, status: 'active' });
  });

  it('that there is not is a TMF error', async () => {
    const { status, body } = await house.ask('GET', `${products}/nobody`);
    expect([status, body.code, body.message]).toEqual([
      404,
      '60',
      'The product inventory has no product nobody. List the inventory to see which ids exist.',
    ]);
  });

  it.each([
    ['POST', products],
    ['PUT', products],
    ['PATCH', `${products}/a`],
    ['DELETE', `${products}/a`],
  ])('is not changed by %s: that is for orders', async (method, path) => {
    const { status, headers, body } = await house.ask(method, path, {});
    expect([status, headers.allow, body.status]).toEqual([405, 'GET, HEAD, OPTIONS', '405']);
  });

  it('is known to who embeds the engine, too', async () => {
    const { id } = await first('product');
    expect(await house.engine.product(id)).toMatchObject({ id, specification: 'broadband', status: 'active' });
    expect(await house.engine.product('nobody')).toBeUndefined();
    const { items, total } = await house.engine.products({ kind: 'resource', offset: 0, limit: 1 });
    expect([items.map(({ specification }) => specification), total]).toEqual([['access-port'], 2]);
  });
});

describe('the list of products', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await house.order('cust-1', at('site-1'));
    await house.pass();
    await house.order('cust-1', at('site-2'));
    await house.order('cust-2', at('site-1'));
  });

  it('is empty before any order is approved: 404, which says what to do', async () => {
    const { status, body } = await (await openHouse()).ask('GET', products);
    expect([status, body.message]).toEqual([
      404,
      'Nothing in the product inventory matches at all. Leave a filter out, or wait until an order is approved: that puts its products in.',
    ]);
  });

  it.each([
    ['customer=cust-1', 14],
    ['customer=cust-2', 7],
    ['place.id=site-1', 14],
    ['customer=cust-1&place.id=site-1', 7],
    ['status=installation_pending&kind=product', 2],
    ['status=active&kind=product', 1],
    ['kind=resource', 6],
    ['', 21],
  ])('has, with %s, %i of them', async (query, total) => {
    const { status, headers, body } = await house.ask('GET', `${products}?${query}`);
    expect([status, headers['x-total-count'], body.length]).toEqual([
      total > 20 ? 206 : 200,
      String(total),
      Math.min(total, 20),
    ]);
  });

  it('with a filter that nothing matches is 404', async () => {
    const { status, body } = await house.ask('GET', `${products}?customer=nobody&status=active`);
    expect([status, body.code]).toEqual([404, '60']);
    expect(body.message).toMatch(/^Nothing in the product inventory matches customer=nobody and status=active\./);
  });

  it('comes page by page, and each page says where it stands and where the others are', async () => {
    const filter = 'place.id=site-1';
    const all = await house.ask('GET', `${products}?${filter}`);
    const page = await house.ask('GET', `${products}?${filter}&offset=3&limit=3&fields=number`);
    expect(page.status).toBe(206);
    expect(page.body).toEqual(
      all.body.slice(3, 6).map(({ id, number }: { id: string; number: string }) => ({ id, number })),
    );
    const link = (rel: string, offset: number) =>
      `<http://om.test${products}?${filter}&fields=number&offset=${offset}&limit=3>; rel="${rel}"`;
    expect(page.headers).toMatchObject({
      'x-total-count': '14',
      'content-range': 'items 3-5',
      link: [link('first', 0), link('last', 12), link('next', 6), link('previous', 0)].join(', '),
    });
    const last = await house.ask('GET', `${products}?${filter}&offset=12&limit=3`);
    expect(last.headers['content-range']).toBe('items 12-13');
    expect(last.headers.link).not.toContain('rel="next"');
    expect(namesIn(last)).toEqual(namesIn(all).slice(12));
  });

  it('has an empty page behind its end', async () => {
    const { status, headers, body } = await house.ask('GET', `${products}?kind=resource&offset=50`);
    expect([status, headers['x-total-count'], body]).toEqual([206, '6', []]);
    expect(headers).not.toHaveProperty('content-range');
  });

  it('leads through all pages by its links', async () => {
    const seen: string[] = [];
    for (let next: string | undefined = `${products}?limit=4`; next !== undefined; ) {
      const { headers, body } = await house.ask('GET', next);
      seen.push(...body.map(({ number }: { number: string }) => number));
      next = /<http:\/\/om\.test([^>]*)>; rel="next"/.exec(headers.link ?? '')?.[1];
    }
    expect(seen).toEqual(Array.from({ length: 21 }, (_each, place) => `PI${String(place + 1).padStart(7, '0')}`));
  });

  it.each([
    [
      'limit=101',
      '28',
      'limit=101 is not a whole number from 1 to 100. Give a whole number from 1 to 100, or leave it out.',
    ],
    [
      'limit=0',
      '28',
      'limit=0 is not a whole number from 1 to 100. Give a whole number from 1 to 100, or leave it out.',
    ],
    [
      'offset=-1',
      '28',
      'offset=-1 is not a whole number of 0 or more. Give a whole number of 0 or more, or leave it out.',
    ],
    [
      'kind=house',
      '28',
      'kind=house is not one of product, service, resource. Give one of product, service, resource, or leave it out.',
    ],
    ['customer=a&customer=b', '28', 'customer=a,b is not one value. Give one value, or leave it out.'],
    [
      'custommer=a',
      '28',
      'The product inventory cannot be filtered by custommer. Use any of: customer, place.id, status, kind, fields, offset, limit.',
    ],
    [
      '__proto__=a',
      '28',
      'The product inventory cannot be filtered by __proto__. Use any of: customer, place.id, status, kind, fields, offset, limit.',
    ],
  ])('does not guess what %s means', async (query, code, message) => {
    const { status, body } = await house.ask('GET', `${products}?${query}`);
    expect([status, body.code, body.message]).toEqual([400, code, message]);
  });

  it('names the statuses there are, for one that there is not', async () => {
    const { status, body } = await house.ask('GET', `${products}?status=Active`);
    expect(status).toBe(400);
    expect(body.message).toContain(
      'one of installation_pending, change_pending, activation_pending, active, suspended, inactive',
    );
  });

  it('has what its orders say nothing of the place of, without one', async () => {
    const quiet = await openHouse();
    await quiet.order('cust-1', {
      product: { place: [{ name: 'somewhere', role: 'installation', '@type': 'Place' }] },
    });
    const { status, body } = await quiet.ask('GET', products);
    expect([status, body.length, 'place' in body[0]]).toEqual([200, 7, false]);
  });
});
