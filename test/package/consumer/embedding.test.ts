/** A user's test that runs scenarios, and drives a world, from a test runner of their own. */
import {
  type CustomerOrder,
  jsonBody,
  junitReport,
  openWorld,
  type RunRecord,
  readScenario,
  runScenario,
  virtualKernel,
} from 'southbound';
import { expect, it } from 'vitest';

const scenario = readScenario('my.scenario.yaml');

it('runs a scenario of its own', async () => {
  const record: RunRecord = await runScenario(scenario, { seed: '1', transport: 'direct' });
  expect(record.findings).toEqual([]);
  expect(junitReport([record])).toContain('<testsuite');
});

it('drives a world', async () => {
  const kernel = virtualKernel({ seed: '1' });
  const world = await openWorld({ ...scenario, kernel, transport: 'direct' });
  const outcome = await world.ask('crm', {
    to: 'om',
    method: 'POST',
    path: '/tmf-api/productOrderingManagement/v4/productOrder',
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ productOrderItem: [{ id: '1', action: 'add', quantity: 1, productOffering: { id: 'phone' } }] }),
  });
  const taken = outcome.kind === 'answered' ? outcome.response.body?.json : undefined;
  expect(taken).toMatchObject({ state: 'acknowledged' });
  await kernel.run(Number.POSITIVE_INFINITY, () => kernel.waiting === 0);
  const order: CustomerOrder | undefined = await world.engine.order((taken as { id: string }).id); // asserted above
  expect(order?.state).toBe('completed');
  await world.close();
});

it('keeps its types', () => {
  // @ts-expect-error: a transport that there is not; were the types lost, anything would do
  const wrong: Parameters<typeof runScenario>[1] = { seed: '1', transport: 'pigeon' };
  expect(wrong.transport).toBe('pigeon');
});
