/** Lists of resource orders, work orders and cancel tasks: the store knows what is asked, and looking at each would find the same. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageOfList } from '../../../../contracts/profile/tmf630.ts';
import { pathAndQuery } from '../../../../exchange/message.ts';
import { fibre, products, resources, work } from '../../../support/parts.ts';
import { openToldEngine, type ToldEngine } from '../../../support/told-engine.ts';

const later = '2026-02-01T08:00:00.000Z';
const minuteMs = 60_000;
/** By the published type, what is ordered has an id and an address before it is there. */
const resource = { id: 'new', href: 'urn:new', '@referredType': 'LogicalResource' };
const strand = { id: '1', action: 'add', resource, resourceSpecification: { id: 'strand' } };

/** Some are placed, some belong to products; of both some are done, canceled, or to be canceled later. */
async function withParts(): Promise<ToldEngine> {
  const om = await openToldEngine(fibre);
  for (let index = 0; index < 9; index += 1) {
    const given = {
      ...(index % 3 === 0 ? {} : { externalId: index % 3 === 1 ? 'A' : '2026-01-05' }),
      ...(index % 2 === 0 ? { requestedCompletionDate: later } : {}),
    };
    const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'fibre-line' } }];
    const { body } = await om.send('POST', `${products}/productOrder`, { ...given, productOrderItem });
    const orderItem = [strand];
    const placed = await om.send('POST', `${resources}/resourceOrder`, { ...given, orderItem });
    expect([placed.status, placed.body.message]).toEqual([201, undefined]);
    const { domainOrders = [] } = (await om.engine.order(body.id)) ?? {};
    const port = domainOrders.find(
      ({ specification, kind }) => specification === 'optical-port' && kind === 'resource',
    );
    const patching = domainOrders.find(({ kind }) => kind === 'work');
    const resourceOrder = { id: `${body.id}-${port?.number}` };
    const requestedCancellationDate = index % 4 === 1 ? { requestedCancellationDate: later } : {};
    if (index % 4 < 2)
      await om.send('POST', `${resources}/cancelResourceOrder`, { resourceOrder, ...requestedCancellationDate });
    if (index % 4 === 2)
      await om.send('POST', `${work}/cancelWorkOrder`, { workOrder: { id: `${body.id}-${patching?.number}` } });
    if (index % 4 === 3) await om.send('POST', `${products}/cancelProductOrder`, { productOrder: { id: body.id } });
    if (index % 4 === 2)
      await om.send('POST', `${resources}/cancelResourceOrder`, { resourceOrder: { id: placed.body.id } });
    await om.later(minuteMs);
  }
  return om;
}

const attribute = fc.constantFrom(
  ...['id', 'state', 'externalId', 'orderDate', 'startDate', 'completionDate', 'requestedCompletionDate'],
  ...['requestedCancellationDate', 'effectiveCancellationDate', 'creationDate', 'orderItem.action', '__proto__'],
);
const states = ['acknowledged', 'accepted', 'inProgress', 'held', 'cancelled', 'completed', 'done'];
const moments = ['2026-01-05T08:02:00.000Z', '2026-01-05T08:05:00.000Z', '2026-01-05T09:05:00+01:00', later];
const value = fc.constantFrom(...states, ...moments, 'A', '2026-01-05', 'nobody');
const filter = fc
  .tuple(attribute, fc.constantFrom('=', '=', '=', '.gt=', '.lte='), fc.array(value, { minLength: 1, maxLength: 2 }))
  .map(([name, sign, values]) => `${name}${sign}${values.map(encodeURIComponent).join(',')}`);
const sort = fc.tuple(fc.constantFrom('', '-'), attribute).map(([sign, name]) => `sort=${sign}${name},id`);
const cut = fc.tuple(fc.nat(6), fc.nat(20)).map(([offset, limit]) => `offset=${offset}&limit=${limit}`);
const query = fc.tuple(fc.array(filter, { maxLength: 2 }), fc.option(sort), fc.option(cut)).map((parts) =>
  parts
    .flat()
    .filter((part) => part !== null)
    .join('&'),
);

describe('a list', () => {
  let om: ToldEngine;
  beforeAll(async () => {
    om = await withParts();
  });

  it.each([
    [`${resources}/resourceOrder`, 20],
    [`${work}/workOrder`, 5],
    [`${resources}/cancelResourceOrder`, 5],
    [`${work}/cancelWorkOrder`, 1],
    [`${products}/cancelProductOrder`, 1],
  ])('of %s is what looking at each gives', async (collection, least) => {
    const documents: object[] = (await om.send('GET', `${collection}?limit=1000`)).body;
    expect(documents.length).toBeGreaterThan(least);
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const { status, body, headers } = await om.send('GET', `${collection}?${text}`);
        const scanned = pageOfList(documents, pathAndQuery(`?${text}`).query);
        expect([status, body]).toEqual([scanned?.status, scanned?.body]);
        expect(headers).toMatchObject(scanned?.headers ?? {});
        seen.add(body.length);
      }),
      { numRuns: 200 },
    );
    expect(seen.size).toBeGreaterThan(1);
  });

  it('has nothing any more of an order that is deleted', async () => {
    const orderItem = [strand];
    const draft = { requestedInitialState: 'draft', externalId: 'GONE', orderItem };
    const { body } = await om.send('POST', `${resources}/resourceOrder`, draft);
    const found = async () => (await om.send('GET', `${resources}/resourceOrder?externalId=GONE`)).body.length;
    expect(await found()).toBe(1);
    await om.send('DELETE', `${resources}/resourceOrder/${body.id}`);
    expect(await found()).toBe(0);
  });
});
