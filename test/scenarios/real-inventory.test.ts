/** Scenarios with a real inventory system in place of a simulated one: it is asked, answers in its own time, and is judged. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../contracts/records/run.ts';
import { readTargets } from '../../engine/index.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { Inventory } from '../../mocks/inventory/inventory.ts';
import type { InventoryFile } from '../../mocks/inventory/inventory-file.ts';
import { readDocument } from '../../scenarios/files.ts';
import { openPort } from '../../scenarios/real/port.ts';
import { runForReal } from '../../scenarios/real/run.ts';
import { readScenario, readStock, type Scenario } from '../../scenarios/scenario.ts';

const shipped = readScenario('scenarios/suites/any-inventory/one-question.scenario.yaml');
const question = shipped.steps.slice(0, 1);
const then = { orders: { access: { qualificationResult: 'qualified' } } };

const kernels: SystemKernel[] = [];
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const kernel of kernels.splice(0)) kernel.close();
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function realTime(): SystemKernel {
  const onFault = (fault: Error) => {
    throw fault;
  };
  const kernel = new SystemKernel({ seed: 'test', onFault });
  kernels.push(kernel);
  return kernel;
}

/** Somebody else's inventory system, with what North Fibre has, on a port. */
async function inventorySystem(answers: InventoryFile['answers'], callbackUrl: string): Promise<string> {
  const kernel = realTime();
  const file = readDocument('scenarios/inventories/north-fibre.yaml') as InventoryFile; // as shipped
  const stock = readStock({ ...file, ...(answers === undefined ? {} : { answers }) });
  if (!stock.ok) throw new Error(JSON.stringify(stock.findings));
  const mounted: { inventory?: Inventory } = {};
  const served = await serveEndpoint({
    kernel,
    endpoint: (request) => mounted.inventory?.endpoint(request) ?? { kind: 'reset', afterMs: 0 },
    host: '127.0.0.1',
    port: 0,
    refuse: (status) => jsonResponse(status, {}),
  });
  open.push(served);
  const parts = { kernel, client: fetchClient(kernel), publicUrl: served.url, callbackUrl };
  mounted.inventory = new Inventory({ ...parts, inventory: stock.content });
  return `${served.url}/tmf-api/serviceQualificationManagement/v4`;
}

async function ran(
  changes: Partial<Scenario>,
  {
    answers,
    target = {},
    patienceMs = 10_000,
  }: { answers?: InventoryFile['answers']; target?: object; patienceMs?: number },
): Promise<RunRecord> {
  const port = await openPort(realTime(), { host: '127.0.0.1', port: 0 });
  open.push(port);
  const url = await inventorySystem(answers, port.url);
  const read = readTargets({ north: { url, dialect: 'tmf645-v4.0', ...target } }, {});
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return runForReal(
    { ...shipped, steps: question, then, ...changes },
    { seed: 'test', targets: read.content, port, patienceMs },
  );
}

describe('a real inventory system', () => {
  it('is asked as the scenario says, and an answer that nobody has decided on is an end', async () => {
    const record = await ran({}, {});
    expect(record.findings).toEqual([]);
    expect(record).toMatchObject({ verdict: 'passed', transport: 'real' });
    const sent = record.journal.filter((entry) => entry.kind === 'exchange' && entry.to === 'north');
    expect(
      sent.map((entry) => (entry.kind === 'exchange' ? `${entry.request.method} ${entry.request.path}` : '')),
    ).toEqual([
      expect.stringMatching(/^POST .*\/hub$/),
      expect.stringMatching(/^POST .*\/checkServiceQualification$/),
      expect.stringMatching(/^DELETE .*\/hub\//),
    ]);
  });

  it.each<[string, InventoryFile['answers'], object]>([
    ['an event', [{ after: 'PT0.2S', report: 'event' }], {}],
    ['the processResult callback', [{ after: 'PT0.2S', report: 'processResult' }], { reporting: 'callback' }],
  ])('may tell its answer later, by %s, and is waited for', async (_how, answers, target) => {
    const record = await ran({}, { answers, target });
    expect(record.findings).toEqual([]);
    expect(record.verdict).toBe('passed');
  });

  it('that does not tell in time is told of, with what to do', async () => {
    const record = await ran({ then: {} }, { answers: [{ after: 'PT1H' }], patienceMs: 300 });
    expect(record.findings).toEqual([
      { check: 'unfinished', message: expect.stringMatching(/north has not answered question .*--patience$/) },
    ]);
  });

  it('is found out when its answer breaks the contract', async () => {
    const answers: InventoryFile['answers'] = [{ answer: { set: { serviceQualificationItem: 'qualified' } } }];
    const record = await ran({ then: { orders: { access: { qualificationResult: 'none' } } } }, { answers });
    expect(record.findings).toMatchObject([{ check: 'contract', pointer: '/serviceQualificationItem' }]);
  });
});
