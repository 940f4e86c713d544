/** Orders about what customers have, as their requesters reach it: through TMF622 and TMF641, from the first order to the last. */
import { beforeEach, describe, expect, it } from 'vitest';
import { checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { type Engine, openEngine } from '../../../engine/index.ts';
import { directClient } from '../../../exchange/direct.ts';
import { jsonBody, jsonMediaType, pathAndQuery } from '../../../exchange/message.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { broadband, inside } from '../../support/orders.ts';

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const products = '/api/sn_prd_invt/product';
const day = 86_400_000;

interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

let kernel: TimedKernel;
let engine: Engine;

beforeEach(async () => {
  kernel = virtualKernel({ seed: '1' });
  engine = await openEngine({
    kernel,
    client: directClient(kernel, new Map()),
    catalogue: broadband,
    policies: { ...inside, approval: 'automatic' },
    targets: [],
    publicUrl: 'http://om.test',
  });
  await order(productOrders, {
    action: 'add',
    productOffering: { id: 'broadband-100' },
    product: { place: at('here') },
  });
  await kernel.run();
});

async function ask(method: string, target: string, body?: object): Promise<Reply> {
  const { path, query } = pathAndQuery(target);
  const headers = { 'content-type': jsonMediaType };
  const received = { method, path, query, headers, ...(body === undefined ? {} : { body: jsonBody(body) }) };
  const answer = await engine.endpoint(received);
  if (answer.kind !== 'reply') throw new Error(`${method} ${target} has no answer`);
  const { status, body: said } = answer.response;
  const contract = contractOf(method, path);
  if (contract !== undefined) expect(checkResponse(contract, 'own', { status, body: said?.json })).toEqual([]);
  return { status, body: said?.json };
}

/** An order of one item, and what is answered once it has been approved, which is at once. */
async function order(collection: string, item: object, more: object = {}): Promise<Reply> {
  const list = collection === productOrders ? 'productOrderItem' : 'serviceOrderItem';
  const captured = await ask('POST', collection, {
    relatedParty: [{ id: 'cust-1', '@type': 'RelatedParty', '@referredType': 'Customer' }],
    [list]: [{ id: '1', ...item }],
    ...more,
  });
  if (captured.status !== 201) return captured;
  await kernel.run(kernel.now());
  return ask('GET', `${collection}/${captured.body.id}`);
}

function at(id: string): object[] {
  return [{ id, role: 'installation', '@referredType': 'GeographicSite' }];
}

async function idOf(specification: string): Promise<string> {
  const { items } = await engine.products({ offset: 0, limit: 100 });
  return items.findLast((item) => item.specification === specification)?.id ?? '';
}

async function statuses(): Promise<string[]> {
  const { items } = await engine.products({ offset: 0, limit: 100 });
  return items.map(({ specification, status }) => `${specification} ${status}`);
}

describe('a product order', () => {
  it('tells which product it brings, by the id that later orders name', async () => {
    const { body } = await order(productOrders, { action: 'add', productOffering: { id: 'broadband-100' } });
    expect(body.productOrderItem[0].product).toEqual({ id: await idOf('broadband') });
    const { body: product } = await ask('GET', `${products}/${body.productOrderItem[0].product.id}`);
    expect(product).toMatchObject({ name: 'Broadband', status: 'installation_pending' });
  });

  it('changes a product, without saying again what it is', async () => {
    const id = await idOf('broadband');
    const productCharacteristic = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    const { body } = await order(productOrders, { action: 'modify', product: { id, productCharacteristic } });
    expect(body).toMatchObject({
      state: 'completed',
      productOrderItem: [{ action: 'modify', state: 'completed', product: { id, productCharacteristic } }],
    });
    const { body: product } = await ask('GET', `${products}/${id}`);
    expect(product.status).toBe('active');
    expect(product.productCharacteristic).toContainEqual(expect.objectContaining({ value: '1 Gbps' }));
  });

  it('disconnects a product, and then it is over for good', async () => {
    const id = await idOf('broadband');
    const { body } = await order(productOrders, { action: 'delete', product: { id } });
    expect(body.state).toBe('inProgress');
    expect(new Set(await statuses())).toContain('home-router change_pending');
    await kernel.run();
    expect((await statuses()).filter((each) => !each.endsWith(' inactive'))).toEqual([]);
    const { status, body: refused } = await order(productOrders, { action: 'delete', product: { id } });
    expect([status, refused.message, refused.details]).toEqual([
      400,
      'Sold Product is inactive: PI0000001. What has ceased is over; order it anew.',
      [{ message: 'Sold Product is inactive: PI0000001', datapath: '/productOrderItem/0/product/id' }],
    ]);
  });

  it.each([
    ['in the words of TMF', { action: 'modify', status: 'suspended' }, { action: 'modify', status: 'active' }],
    ['in those of order management', { action: 'suspend' }, { action: 'resume' }],
  ])('suspends and resumes a product, %s', async (_how, suspend, resume) => {
    const id = await idOf('broadband');
    const asked = ({ action, status }: { action: string; status?: string }) =>
      order(productOrders, { action, product: { id, ...(status === undefined ? {} : { status }) } });
    const { body } = await asked(suspend);
    expect(body.productOrderItem).toMatchObject([{ action: 'modify', product: { id, status: 'suspended' } }]);
    await kernel.run();
    expect((await ask('GET', `${products}/${id}`)).body.status).toBe('suspended');
    const { body: resumed } = await asked(resume);
    expect(resumed.productOrderItem).toMatchObject([{ action: 'modify', product: { id, status: 'active' } }]);
    await kernel.run();
    expect((await ask('GET', `${products}/${id}`)).body.status).toBe('active');
  });

  it('suspends a product on the day it is promised for, and the inventory says so before', async () => {
    const id = await idOf('broadband');
    const due = kernel.now() + 3 * day;
    const committedDueDate = new Date(due).toISOString();
    await order(productOrders, { action: 'suspend', committedDueDate, product: { id } });
    await kernel.run(due - 1);
    const before = (await ask('GET', `${products}/${id}`)).body;
    expect([before.status, before.productInventoryOperation]).toEqual([
      'active',
      [{ operation: 'suspend', state: 'scheduled', scheduledDate: committedDueDate }],
    ]);
    await kernel.run();
    const after = (await ask('GET', `${products}/${id}`)).body;
    expect([after.status, after.productInventoryOperation[0].state, kernel.now()]).toEqual([
      'suspended',
      'completed',
      due,
    ]);
  });

  it('moves a product: another at the new place, and none at the old', async () => {
    const id = await idOf('broadband');
    await order(productOrders, { action: 'modify', product: { id, place: at('there') } });
    await kernel.run();
    const there = (await ask('GET', `${products}?place.id=there&kind=product`)).body;
    const here = (await ask('GET', `${products}?place.id=here&kind=product`)).body;
    expect([there[0].status, here[0].status, here[0].id]).toEqual(['active', 'inactive', id]);
  });

  it('waits for the one before it, and says in its notes what for', async () => {
    const id = await idOf('broadband');
    const { body: first } = await order(productOrders, { action: 'delete', product: { id } });
    const { body: second } = await order(productOrders, { action: 'suspend', product: { id } });
    expect(second.state).toBe('acknowledged');
    const seen = (await ask('GET', `/southbound/v1/order/${second.id}`)).body;
    expect(seen.state).toBe('new');
    expect(seen.workNotes.at(-1).text).toContain(`is change_pending for order ${first.id}`);
    const { status, body } = await ask('POST', `/southbound/v1/order/${second.id}/approve`);
    expect([status, body.status, body.message]).toEqual([
      409,
      '409',
      expect.stringMatching(/^Inventory item PI0000001 is change_pending/),
    ]);
  });

  it('of something that nobody has is refused, and says where', async () => {
    const { status, body } = await order(productOrders, { action: 'modify', product: { id: 'nobody' } });
    expect([status, body.details]).toEqual([
      400,
      [{ message: 'Product Inventory does not exist: nobody', datapath: '/productOrderItem/0/product/id' }],
    ]);
  });
});

describe('a service order', () => {
  it('disconnects a service of a product, with all that it needs', async () => {
    const id = await idOf('home-router');
    const { body } = await order(serviceOrders, { action: 'delete', service: { id } });
    expect(body.serviceOrderItem).toMatchObject([{ action: 'delete', service: { id } }]);
    await kernel.run();
    expect((await statuses()).filter((each) => each.endsWith(' inactive'))).toEqual([
      'home-router inactive',
      'router-device inactive',
    ]);
  });

  it.each([
    ['in the words of TMF', { action: 'modify', state: 'inactive' }],
    ['in those of order management', { action: 'suspend' }],
  ])('suspends a service, %s', async (_how, { action, ...state }) => {
    const id = await idOf('ip-connectivity');
    const { body } = await order(serviceOrders, { action, service: { id, ...state } });
    expect(body.serviceOrderItem).toMatchObject([{ action: 'modify', service: { id, state: 'inactive' } }]);
    expect(await statuses()).toContain('ip-connectivity suspended');
  });

  it('tells which service it brings', async () => {
    const { body } = await order(serviceOrders, {
      action: 'add',
      service: { serviceSpecification: { id: 'access-line' } },
    });
    expect(body.serviceOrderItem[0].service.id).toBe(await idOf('access-line'));
  });
});
