/** `GET /southbound/v1/report`: what it may be asked, what it refuses, and what it answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { inside } from '../../support/orders.ts';
import { type Reply, type ServedEngine, serveEngine } from '../../support/served-engine.ts';

let om: ServedEngine;
beforeAll(async () => {
  om = await serveEngine(inside);
  const service = { serviceSpecification: { id: 'ip-connectivity' } };
  const { body } = await om.request('POST', '/tmf-api/serviceOrdering/v4/serviceOrder', {
    serviceOrderItem: [{ id: '1', action: 'add', service }],
  });
  await om.request('POST', `/southbound/v1/order/${body.id}/approve`);
});
afterAll(() => om.close());

const asked = (query = ''): Promise<Reply> => om.request('GET', `/southbound/v1/report${query}`);

const countsOf = ({ body }: Reply): unknown[] =>
  body.kinds.map(({ kind, figures }: { kind: string; figures: { count: number } }) => [kind, figures.count]);

describe('the report', () => {
  it('is of every kind, whether there is anything of it or not', async () => {
    const report = await asked();
    expect(checkOf('Southbound', 'own', 'Report')(report.body)).toEqual([]);
    expect([report.status, report.body.orders]).toEqual([200, 1]);
    expect(countsOf(report)).toEqual([
      ['product', 0],
      ['service', 1],
      ['resource', 0],
      ['work', 0],
    ]);
  });

  it.each([
    ['?kind=service', [['service', 1]]],
    ['?kind=work', [['work', 0]]],
    ['?kind=service&specification=home-router', [['service', 0]]],
    ['?kind=service&to=2000-01-01T00:00:00Z', [['service', 0]]],
    ['?kind=service&from=2000-01-01T00:00:00%2B02:00', [['service', 1]]],
  ])('is asked %s', async (query, counts) => {
    expect(countsOf(await asked(query))).toEqual(counts);
  });

  it.each([
    ['?kind=cable', 'kind=cable is not possible. Give one of product, service, resource, work.'],
    ['?form=2026-01-01T00:00:00Z', 'Give one of the parameters kind, specification, from, to.'],
    ['?kind=service&kind=work', 'kind=service,work is not possible. Give kind once.'],
    ['?from=yesterday', 'from=yesterday is not possible. Give an instant with its offset'],
    ['?from=2026-01-01T00:00:00', 'Give an instant with its offset'],
    ['?to=2026-13-01T00:00:00Z', 'to=2026-13-01T00:00:00Z is not possible'],
    ['?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z', 'Give an instant after that of from.'],
  ])('refuses %s', async (query, message) => {
    const { status, body } = await asked(query);
    expect([status, body.code, body.reason]).toEqual([400, '28', 'Invalid query-string parameter']);
    expect(body.message).toContain(message);
  });
});
