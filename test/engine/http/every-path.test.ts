/** What HTTP and TMF630 ask of every path, and of every list of orders. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inside } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

const products = '/tmf-api/productOrderingManagement/v4/productOrder';

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(inside);
  for (const [externalId, priority, speeds] of [
    ['A', '2', ['100 Mbps', '1 Gbps']],
    ['B', '1', ['1 Gbps']],
    ['C', '2', ['100 Mbps']],
    ['D', '3', []],
  ] as const) {
    const productOrderItem = [...speeds, 'none'].map((value, index) => ({
      id: String(index + 1),
      action: 'add',
      productOffering: { id: 'broadband-100' },
      vendorSays: { at: index },
      product: { productCharacteristic: [{ name: 'downstreamSpeed', value }] },
    }));
    const order = { externalId, priority, vendorSays: { anything: [1, null] }, productOrderItem };
    expect((await om.request('POST', products, order)).status).toBe(201);
  }
});
afterAll(() => om.close());

const asked = (method: string, path: string, headers: object = {}) =>
  fetch(`${om.url}${path}`, { method, headers: { ...headers } });

const named = ({ body }: Reply) => body.map(({ externalId }: { externalId: string }) => externalId).join('');

describe('every path', () => {
  it('answers HEAD as GET, without the body', async () => {
    const [whole, head] = [await asked('GET', products), await asked('HEAD', products)];
    expect([head.status, head.headers.get('x-total-count')]).toEqual([200, '4']);
    expect(head.headers.get('content-length')).toBe(String((await whole.text()).length));
    expect(await head.text()).toBe('');
    expect((await asked('HEAD', `${products}/unheard-of`)).status).toBe(404);
  });

  it.each([
    [products, 'POST, GET, HEAD, OPTIONS'],
    [`${products}/any`, 'GET, PATCH, DELETE, HEAD, OPTIONS'],
    ['/tmf-api/productOrderingManagement/v4/hub', 'POST, OPTIONS'],
  ])('answers OPTIONS with what is possible: %s', async (path, allow) => {
    const response = await asked('OPTIONS', path);
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([204, allow, '']);
    expect((await asked('OPTIONS', '/nowhere')).status).toBe(404);
  });

  it.each([
    ['application/json', 200],
    ['application/*;q=0.5', 200],
    ['text/xml, */*;q=0.1', 200],
    ['text/html, image/gif, *; q=.2', 200],
    ['', 200],
    ['text/xml', 406],
    ['application/json;q=0', 406],
  ])('answers those who accept %j with %i', async (accept, status) => {
    const response = await asked('GET', products, { accept });
    expect(response.status).toBe(status);
    if (status === 406) expect(await response.json()).toMatchObject({ status: '406', reason: 'Not acceptable' });
  });
});

describe('a list of orders', () => {
  it.each([
    ['sort=priority,-externalId', 'BCAD'],
    ['sort=-priority,externalId', 'DACB'],
    ['sort=-productOrderItem.product.productCharacteristic.value&externalId=A,B', 'AB'],
    ['externalId=A,B', 'AB'],
    ['externalId=A&externalId=C', 'AC'],
    ['externalId=A;externalId=D', 'AD'],
    ['priority.gt=1&priority.lt=3', 'AC'],
    ['priority%3E=2', 'ACD'],
    ['externalId*=^[BC]$', 'BC'],
    ['productOrderItem.product.productCharacteristic.value=1%20Gbps', 'AB'],
    ['productOrderItem.vendorSays.at=2', 'A'],
    ['state=acknowledged&priority=3', 'D'],
    ['state=completed', ''],
    ['nothing.of.the.kind=1', ''],
  ])('is as %s asks', async (query, expected) => {
    const reply = await om.request('GET', `${products}?${query}`);
    expect([reply.status, named(reply), reply.headers.get('x-total-count')]).toEqual([
      200,
      expected,
      String(expected.length),
    ]);
  });

  it('is cut into pages, and its orders to their attributes, those of items, too', async () => {
    const query = 'sort=-externalId&offset=1&limit=2&fields=externalId,productOrderItem.id,vendorSays';
    const page = await om.request('GET', `${products}?${query}`);
    expect([page.status, page.headers.get('x-total-count'), page.headers.get('x-result-count')]).toEqual([
      206,
      '4',
      '2',
    ]);
    expect(page.body).toEqual([
      {
        id: expect.any(String),
        externalId: 'C',
        vendorSays: { anything: [1, null] },
        productOrderItem: [{ id: '1' }, { id: '2' }],
      },
      {
        id: expect.any(String),
        externalId: 'B',
        vendorSays: { anything: [1, null] },
        productOrderItem: [{ id: '1' }, { id: '2' }],
      },
    ]);
    expect((await om.request('GET', `${products}?fields=none&limit=1`)).body).toEqual([
      { id: expect.any(String), href: expect.any(String) },
    ]);
  });

  it('says that it does not understand JSONPath', async () => {
    const path = `${products}?filter=${encodeURIComponent("$[?(@.priority=='1')]")}`;
    expect(await om.request('GET', path)).toMatchObject({ status: 501, body: { status: '501', code: '20' } });
  });

  it.each(['offset=-1', 'limit=some', 'limit=1.5'])('refuses %s', async (query) => {
    expect(await om.request('GET', `${products}?${query}`)).toMatchObject({ status: 400, body: { code: '28' } });
  });

  it('keeps what is unknown, through a patch as well', async () => {
    const [first] = (await om.request('GET', `${products}?externalId=A`)).body;
    const patched = await om.request('PATCH', `${products}/${first.id}`, {
      productOrderItem: [{ id: '1', quantity: 2 }],
    });
    expect(patched.body).toMatchObject({
      vendorSays: { anything: [1, null] },
      productOrderItem: [{ quantity: 2, vendorSays: { at: 0 } }, { vendorSays: { at: 1 } }, { vendorSays: { at: 2 } }],
    });
  });
});
