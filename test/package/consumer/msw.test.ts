/** A user's test of an application that places service orders: `southbound/msw` is the SOM. */
import { setupServer } from 'msw/node';
import { type MswSom, som } from 'southbound/msw';
import { afterAll, beforeAll, expect, it } from 'vitest';

const serviceOrders = 'http://som.test/tmf-api/serviceOrdering/v4/serviceOrder';
const simulated: MswSom = som({
  som: 'Takes two hours',
  behaviours: [{ answer: 'accept', then: [{ after: 'PT2H', state: 'completed' }] }],
});
const server = setupServer(...simulated.handlers);

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

it('completes an order when its time has come', async () => {
  const answer = await fetch(serviceOrders, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }],
    }),
  });
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string }; // every service order has one
  const state = async () => ((await (await fetch(`${serviceOrders}/${id}`)).json()) as { state: string }).state; // likewise
  await simulated.advance('PT1H59M');
  expect(await state()).toBe('acknowledged');
  await simulated.advance('PT1M');
  expect(await state()).toBe('completed');
  expect(simulated.journal.exchanges.map(({ request }) => request.method)).toEqual(['POST', 'GET', 'GET']);
  expect(simulated.journal.unmatched).toEqual([]);
});
