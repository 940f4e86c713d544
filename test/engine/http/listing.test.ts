/** Lists that the store answers from what it knows of each order: exactly what filtering and sorting all of them would give. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageOfList } from '../../../contracts/profile/tmf630.ts';
import type { Engine } from '../../../engine/index.ts';
import { memoryStore } from '../../../engine/index.ts';
import { jsonBody, pathAndQuery } from '../../../exchange/message.ts';
import { openExampleEngine } from '../../support/example-engine.ts';

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const productOrdersV5 = '/productOrderingManagement/v5/productOrder';
const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const checks = '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification';

const externalIds = ['A', 'B', '', 'null', '2026-01-05', '2026-01-05T00:00:00Z', '10', '1e1', 'A,B', 'Ä'];
const dates = [
  '2026-01-05T08:00:00Z',
  '2026-01-05T08:00:00.000Z',
  '2026-01-05T09:00:00+01:00',
  '2026-01-05 08:00',
  '2026-01-06',
  '2027-01-01T00:00:00Z',
  '',
];

/** What some order has, one after the other. */
const nth = <Value>(values: readonly Value[], index: number): Value | undefined => values[index % (values.length + 1)];

interface World {
  readonly engine: Engine;
  ask(method: string, target: string, body?: object): Promise<{ status: number; headers: object; json: unknown }>;
}

async function openWorld(store = memoryStore()): Promise<World> {
  const { engine, virtual } = await openExampleEngine({ store });
  const ask: World['ask'] = async (method, target, body) => {
    const answer: { status: number; headers: object; json: unknown } = { status: 0, headers: {}, json: undefined };
    virtual.call('test', async () => {
      const headers = { 'content-type': 'application/json' };
      const sent = body === undefined ? undefined : jsonBody(body);
      const given = await engine.endpoint({ method, ...pathAndQuery(target), headers, body: sent });
      if (given.kind !== 'reply') throw new Error(`${target} is answered with ${given.kind}`);
      const { status, headers: told, body: text } = given.response;
      Object.assign(answer, { status, headers: told, json: text?.json });
    });
    await virtual.run(virtual.now() + 700);
    return answer;
  };
  return { engine, ask };
}

interface Given {
  readonly externalId: string | undefined;
  readonly [date: string]: string | undefined;
}

const item = { id: '1', action: 'add' };

function capture(world: World, given: Given, initial: object) {
  const productOrderItem = [{ ...item, productOffering: { id: 'broadband-100' } }];
  return world.ask('POST', productOrders, { ...given, ...initial, productOrderItem });
}

/** The same in other words, and with two external ids where there is one. */
function captureInV5(world: World, { externalId, ...dates }: Given, initial: object) {
  const ids = [externalId, 'another'].map((id) => ({ '@type': 'ExternalIdentifier', id }));
  const productOffering = { '@type': 'ProductOfferingRef', id: 'broadband-100' };
  return world.ask('POST', productOrdersV5, {
    '@type': 'ProductOrder',
    ...dates,
    ...initial,
    ...(externalId === undefined ? {} : { externalId: ids }),
    productOrderItem: [{ '@type': 'ProductOrderItem', ...item, productOffering }],
  });
}

async function withOrders(): Promise<World> {
  const world = await openWorld();
  for (let index = 0; index < 40; index += 1) {
    const given = {
      externalId: nth(externalIds, index),
      requestedStartDate: nth(dates, index * 3),
      requestedCompletionDate: nth(dates, index * 5 + 1),
      startDate: nth(dates, index),
    };
    const initial = index % 7 === 2 ? { requestedInitialState: 'draft' } : {};
    const captured = index % 5 === 3 ? await captureInV5(world, given, initial) : await capture(world, given, initial);
    const service = { serviceSpecification: { id: 'access-line' } };
    await world.ask('POST', serviceOrders, { ...given, serviceOrderItem: [{ ...item, service }] });
    const asked = { externalId: given.externalId, expectedQualificationDate: given.requestedStartDate };
    await world.ask('POST', checks, {
      ...asked,
      serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id: 'internet-access' } } }],
    });
    expect(captured.status).toBe(201);
    const { id } = captured.json as { id: string }; // as it was captured
    if (index % 3 === 0) await world.ask('POST', `/southbound/v1/order/${id}/approve`);
    if (index % 4 === 1) await world.ask('POST', `/southbound/v1/order/${id}/reject`, { note: 'no' });
  }
  return world;
}

const attribute = fc.constantFrom(
  'id',
  'state',
  'externalId',
  'orderDate',
  'creationDate',
  'externalId.id',
  'completionDate',
  'startDate',
  'requestedStartDate',
  'requestedCompletionDate',
  'checkServiceQualificationDate',
  'expectedQualificationDate',
  'description',
  'productOrderItem.id',
  'state.length',
  '__proto__',
);
const states = ['acknowledged', 'inProgress', 'rejected', 'completed', 'done', 'new', 'draft'];
const moments = ['2026-01-05T08:00:07.000Z', '2026-01-05T08:00:21.000Z', '2026-01-05T09:00:21+01:00', '2026'];
const value = fc.constantFrom(...states, ...externalIds, ...dates, ...moments);
const operator = fc.constantFrom('=', '=', '=', '.gt=', '.gte=', '.lt=', '.lte=', '>', '<=', '.regex=');
const filter = fc
  .tuple(attribute, operator, fc.array(value, { minLength: 1, maxLength: 2 }))
  .map(([name, sign, values]) => `${name}${sign}${values.map(encodeURIComponent).join(',')}`);
const sort = fc
  .array(fc.tuple(fc.constantFrom('', '-', '%2B'), attribute), { minLength: 1, maxLength: 3 })
  .map((keys) => `sort=${keys.map(([sign, name]) => `${sign}${name}`).join(',')}`);
const page = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 50 }))
  .map(([offset, limit]) => `offset=${offset}&limit=${limit}`);
const query = fc
  .tuple(fc.array(filter, { maxLength: 3 }), fc.option(sort), fc.option(page))
  .map(([filters, sorted, cut]) =>
    [...filters, ...(sorted === null ? [] : [sorted]), ...(cut === null ? [] : [cut])].join('&'),
  );

describe('a list', () => {
  let world: World;
  beforeAll(async () => {
    world = await withOrders();
  });

  it.each([productOrders, productOrdersV5, serviceOrders, checks])(
    'of %s is what looking at each resource gives',
    async (collection) => {
      const all = await world.ask('GET', `${collection}?limit=1000`);
      const documents = all.json as object[]; // a list, as just asked for
      expect(documents.length).toBe(40);
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(query, async (text) => {
          const { status, json, headers } = await world.ask('GET', `${collection}?${text}`);
          const scanned = pageOfList(documents, pathAndQuery(`?${text}`).query);
          expect([status, json]).toEqual([scanned?.status, scanned?.body]);
          expect(headers).toMatchObject(scanned?.headers ?? {});
          seen.add((scanned?.body ?? []).length);
        }),
        { numRuns: 300 },
      );
      // Neither are all of them empty, nor all of them everything.
      expect(seen.size).toBeGreaterThan(10);
    },
  );
});

describe('a date that somebody gave', () => {
  it('equals itself as it was given, and is later or earlier as the instant that it is', async () => {
    const { ask } = await openWorld();
    const given = ['2026-01-05T08:00:00Z', '2026-01-05T09:00:00+01:00', '2026-01-05T08:00:01Z', 'soon'];
    for (const requestedStartDate of given.slice(0, 3)) {
      const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }];
      expect((await ask('POST', productOrders, { requestedStartDate, productOrderItem })).status).toBe(201);
    }
    const found = async (text: string) => {
      const { json } = await ask('GET', `${productOrders}?fields=requestedStartDate&requestedStartDate${text}`);
      const shown = json as { requestedStartDate: string }[]; // a list of what was asked for
      return shown.map(({ requestedStartDate }) => given.indexOf(requestedStartDate));
    };
    expect(await found('=2026-01-05T08:00:00Z')).toEqual([0]);
    expect(await found('=2026-01-05T09:00:00%2B01:00')).toEqual([1]);
    expect(await found('.lte=2026-01-05T08:00:00.000Z')).toEqual([0, 1]);
    expect(await found('.gt=2026-01-05T08:00:00.000Z')).toEqual([2]);
  });
});

describe('a list that is asked for an attribute which the store knows', () => {
  it.each([
    'state=acknowledged&limit=2',
    'externalId=A,B&limit=2',
    'orderDate.gt=2026-01-05T08:00:02.000Z&sort=-orderDate&limit=2',
    'orderDate=2026-01-05T08:00:00.000Z',
    'requestedStartDate.lt=2026-01-06&limit=1',
    'sort=-requestedCompletionDate,id&limit=1',
    'state=acknowledged&orderDate.lt=2027-01-01&sort=externalId&offset=1&limit=2',
  ])('%s reads the page alone', async (text) => {
    const store = memoryStore();
    const read: number[] = [];
    const watched = {
      ...store,
      list: async (asked: Parameters<typeof store.list>[0]) => {
        const found = await store.list(asked);
        read.push(found.orders.length);
        return found;
      },
    };
    const { ask } = await openWorld(watched);
    for (const externalId of ['A', 'B', 'C', 'A', 'B', 'C']) {
      const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }];
      await ask('POST', productOrders, { externalId, requestedStartDate: '2026-01-05', productOrderItem });
    }
    const { json } = await ask('GET', `${productOrders}?${text}`);
    const shown = json as object[]; // a list, as just asked for
    expect(read).toEqual([shown.length]);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(3);
  });
});
