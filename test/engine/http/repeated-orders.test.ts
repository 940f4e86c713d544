/** The same order that comes in again: another order, or the one that is there, as the policies say. */
import { afterEach, describe, expect, it } from 'vitest';
import { type ExampleEngine, serveExampleEngine } from '../../support/example-engine.ts';
import { policiesOf } from '../../support/orders.ts';

let example: ExampleEngine | undefined;

afterEach(async () => {
  await example?.close();
  example = undefined;
});

const order = (externalId: string | undefined, description = 'fast internet') => ({
  ...(externalId === undefined ? {} : { externalId }),
  description,
  productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }],
});

/** Gives the ids of the answers, in the order of the orders. */
async function placed(repeatedOrders: 'another' | 'recognized', bodies: readonly object[]): Promise<string[]> {
  const rows = { rows: [], default: { outboundEnabled: false } };
  example = await serveExampleEngine(policiesOf({ policies: 'p', approval: 'manual', repeatedOrders, outbound: rows }));
  const ids: string[] = [];
  for (const body of bodies) {
    const answer = await fetch(`${example.url}/tmf-api/productOrderingManagement/v4/productOrder`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string }; // as a 201 has it, by its contract
    ids.push(id);
  }
  const { total } = await example.engine.store.list({ category: 'Product', offset: 0, limit: 10 });
  expect(total).toBe(new Set(ids).size);
  return ids;
}

describe('the same order with the same external id', () => {
  it('is another order each time, when nothing is said', async () => {
    const [first, second] = await placed('another', [order('crm-1'), order('crm-1')]);
    expect(second).not.toBe(first);
  });

  it('is the one that is there, where the policies say so', async () => {
    const [first, second] = await placed('recognized', [order('crm-1'), order('crm-1')]);
    expect(second).toBe(first);
  });

  it.each([
    ['it says something else', order('crm-1', 'faster internet')],
    ['it has another external id', order('crm-2')],
  ])('is another order when %s', async (_why, other) => {
    const [first, second] = await placed('recognized', [order('crm-1'), other]);
    expect(second).not.toBe(first);
  });

  it('is another order when it has no external id: nobody says that it is the same', async () => {
    const [first, second] = await placed('recognized', [order(undefined), order(undefined)]);
    expect(second).not.toBe(first);
  });
});
