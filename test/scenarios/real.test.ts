/** Scenarios with a real system in place of a simulated one: which can be run, how they are judged, and what is never told. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../contracts/records/run.ts';
import { readTargets } from '../../engine/index.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { junitReport } from '../../reports/junit.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { reasonsAgainst } from '../../scenarios/real/applicable.ts';
import { openPort, type Port } from '../../scenarios/real/port.ts';
import { runForReal } from '../../scenarios/real/run.ts';
import { findScenarios, readScenario, type Scenario, shortName } from '../../scenarios/scenario.ts';
import { tagsOf } from '../support/tags.ts';

const patienceMs = 120_000;
const shipped = findScenarios('scenarios').map(readScenario);
const named = (name: string): Scenario => {
  const found = shipped.findLast(({ file }) => shortName(file) === name && !/\/(resource|work)-orders\//.test(file));
  if (found === undefined) throw new Error(`no shipped scenario is called ${name}`);
  return found;
};
const oneHierarchy = named('one-hierarchy');

describe('a scenario', () => {
  it('of the shipped ones can be run against any SOM, or says why not', () => {
    const applicable = shipped.filter((scenario) => reasonsAgainst(scenario, ['som'], patienceMs).length === 0);
    expect(applicable.map(({ file }) => shortName(file))).toEqual([
      'one-by-one',
      'one-hierarchy',
      'two-at-once',
      'switched-off',
      'bands-refused',
      'questionable-values',
      'sent-in-the-middle',
      'wrong-kind',
      'at-once',
      'nobody-to-send-to',
      'policies-refused',
      'bad-orders',
      'no-policy-row',
      'policy-edited',
    ]);
  });

  it.each([
    ['refused', /^only a script does what that of som does: it refuses orders$/],
    ['silent-for-good', /it is silent/],
    ['busy-429', /it counts attempts, refuses orders/],
    ['reports-twice-and-late', /it says things more than once, tells late, says what is not so/],
    ['manual-approval', /^it waits P3D, longer than the patience of PT2M$/],
    ['bad-reports', /^it says itself what som sends \(\/when\/3, /],
    ['hierarchical-async', /^it counts the messages of som$/],
    ['polled', /^it says itself how som is reached$/],
    ['flowone', /^it sends nothing to som$/],
    ['qualified', /^it sends nothing to som$/],
    ['several-systems', /^the simulated vendor-b takes PT31M\S*, longer than the patience of PT2M$/],
  ])('%s is not applicable, with the reason', (name, reason) => {
    expect(reasonsAgainst(named(name), ['som'], patienceMs)).toContainEqual(expect.stringMatching(reason));
  });

  it('with a real inventory system in it keeps to what can be asked of any, or says why not', () => {
    const reasons = (name: string) => reasonsAgainst(named(name), ['north'], patienceMs);
    expect(reasons('one-question')).toEqual([]);
    expect(reasons('qualified')).toEqual(['it looks into the stock of north']);
    expect(reasons('hierarchical-async')).toEqual(['it sends nothing to north']);
    expect(reasonsAgainst(named('later-by-poll'), ['east'], patienceMs)).toEqual([
      'it says itself how east is reached',
      'only a script answers as that of east does',
      'it waits PT2H, longer than the patience of PT2M',
      'it counts the messages of east',
    ]);
    expect(reasonsAgainst(named('two-vendors'), ['north'], 2 * 86_400_000)).toEqual([]);
    expect(reasonsAgainst(named('two-vendors'), ['north'], patienceMs)).toContainEqual(
      expect.stringMatching(/^the simulated south takes PT5H\S*, longer than the patience of PT2M$/),
    );
  });

  it('has more time for its waits where there is more patience', () => {
    expect(reasonsAgainst(named('manual-approval'), ['som'], 4 * 86_400_000)).toEqual([]);
  });

  it('that begins at a time of its own, or makes weather, is not applicable', () => {
    const started = { ...oneHierarchy, start: 0 };
    expect(reasonsAgainst(started, ['som'], patienceMs)).toEqual([
      expect.stringMatching(/begins at a time of its own/),
    ]);
    const stormy = { ...oneHierarchy, forecast: { storm: 'PT1H' } };
    expect(reasonsAgainst(stormy, ['som'], patienceMs)).toEqual([expect.stringMatching(/makes weather/)]);
  });
});

const kernels: SystemKernel[] = [];
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const kernel of kernels.splice(0)) kernel.close();
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function realTime(): SystemKernel {
  const kernel = new SystemKernel({
    seed: 'test',
    onFault: (fault) => {
      throw fault;
    },
  });
  kernels.push(kernel);
  return kernel;
}

interface Vendor {
  readonly url: string;
  /** What it was asked, in order. */
  readonly asked: ReceivedRequest[];
  /** What its events were answered. */
  readonly told: number[];
}

const base = '/vendor/api';

/** Somebody else's system on a port: `answer` to orders, and events that it makes of each, sent one after another. */
async function vendor(
  how: {
    hub?: () => ReturnType<typeof jsonResponse>;
    /** Where its events go, when not to the place of their kind. */
    at?: (callback: string) => string;
    answer?: (order: object) => object;
    events?: (order: { externalId: string; serviceOrderItem: { id: string }[] }) => object[];
  } = {},
): Promise<Vendor> {
  const asked: ReceivedRequest[] = [];
  const told: number[] = [];
  let callback = '';
  const endpoint: Endpoint = (request) => {
    asked.push(request);
    const { json } = request.body ?? {};
    if (request.method === 'DELETE') return { kind: 'reply', response: { status: 204, headers: {} }, afterMs: 0 };
    if (request.path === `${base}/hub`) {
      callback = (json as { callback: string }).callback; // a hub request, held against its contract by the run
      const subscribed = how.hub?.() ?? jsonResponse(201, { id: 's', callback });
      return { kind: 'reply', response: subscribed, afterMs: 0 };
    }
    const order = json as { externalId: string; serviceOrderItem: { id: string }[] }; // the only other thing it is sent
    const events = how.events?.(order) ?? [completed(order)];
    void tell(events, request);
    const taken = { ...order, id: 'v-1', href: 'http://vendor.test/v-1', orderDate: at, state: 'acknowledged' };
    const items = order.serviceOrderItem.map((item) => ({ ...item, state: 'acknowledged' }));
    const answer = { ...taken, serviceOrderItem: items };
    return { kind: 'reply', response: jsonResponse(201, how.answer?.(answer) ?? answer), afterMs: 0 };
  };
  const tell = async (events: object[], { headers }: ReceivedRequest) => {
    for (const event of events) {
      const body = JSON.stringify(event).replaceAll('{{authorization}}', headers.authorization ?? '');
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      const url = how.at === undefined ? `${callback}/listener/serviceOrderStateChangeEvent` : how.at(callback);
      told.push((await fetch(url, init)).status);
    }
  };
  const refuse = (status: number) => jsonResponse(status, {});
  const served: Served = await serveEndpoint({ kernel: realTime(), endpoint, host: '127.0.0.1', port: 0, refuse });
  open.push(served);
  return { url: `${served.url}${base}`, asked, told };
}

const at = '2026-01-05T08:00:00.000Z';

function completed(
  { externalId, serviceOrderItem }: { externalId: string; serviceOrderItem: { id: string }[] },
  changes: object = {},
): object {
  const items = serviceOrderItem.map(({ id }) => ({ id, action: 'add', state: 'completed', service: {} }));
  const order = { id: 'v-1', href: 'http://vendor.test/v-1', orderDate: at, externalId, state: 'completed' };
  const serviceOrder = { ...order, serviceOrderItem: items, ...changes };
  return { eventId: 'e', eventTime: at, eventType: 'ServiceOrderStateChangeEvent', event: { serviceOrder } };
}

async function ran(som: object, scenario = oneHierarchy, environment = {}, patience = 10_000): Promise<RunRecord> {
  const read = readTargets({ som }, environment);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const port: Port = await openPort(realTime(), { host: '127.0.0.1', port: 0 });
  open.push(port);
  return runForReal(scenario, { seed: 'test', targets: read.content, port, patienceMs: patience });
}

describe('a real system', () => {
  it('is judged as what it is, wherever its API starts', async () => {
    const { url, asked } = await vendor();
    const record = await ran({ url });
    expect(record.findings).toEqual([]);
    expect(record).toMatchObject({ verdict: 'passed', transport: 'real', realSystems: { som: url } });
    expect(record.orders).toMatchObject([{ name: 'broadband', state: 'completed' }]);
    // It takes its leave in the end: the next run is somewhere else.
    expect(asked.map(({ method, path }) => `${method} ${path.slice(base.length)}`)).toEqual([
      'POST /hub',
      'POST /serviceOrder',
      'DELETE /hub/s',
    ]);
    const told = record.journal.filter((entry) => entry.kind === 'exchange' && entry.from === 'som');
    expect(told).toHaveLength(1);
  });

  it('may send its events to the listener, whatever their kind', async () => {
    const { url, told } = await vendor({ at: (callback) => `${callback}/listener` });
    expect(await ran({ url })).toMatchObject({ verdict: 'passed', findings: [] });
    expect(told).toEqual([201]);
  });

  it.each(['/southbound/v1/order/x/approve', '/tmf-api/productOrderingManagement/v4/productOrder'])(
    'can report, and do nothing else: POST %s',
    async (path) => {
      const { url, told } = await vendor({ at: (callback) => `${new URL(callback).origin}${path}` });
      expect(await ran({ url }, oneHierarchy, {}, 300)).toMatchObject({ verdict: 'failed' });
      expect(told).toEqual([403]);
    },
  );

  it('is found out when it reports to a place that is none', async () => {
    const { url, told } = await vendor({ at: (callback) => `${callback}/nowhere` });
    const { findings } = await ran({ url }, oneHierarchy, {}, 300);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contract', message: expect.stringMatching(/^som -> om POST \S+\/nowhere: /) }),
    );
    expect(told).toEqual([404]);
  });

  it('is found out when its answer breaks the contract, and cannot excuse itself', async () => {
    const { url } = await vendor({ answer: (order) => ({ ...order, state: 'splendid' }) });
    const { verdict, findings } = await ran({ url });
    expect(verdict).toBe('failed');
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contract', message: expect.stringMatching(/^som -> om 201 .*splendid/) }),
    );
  });

  it('is found out when its event breaks the contract', async () => {
    const { url } = await vendor({
      events: (order) => [completed(order, { orderDate: 'tomorrow' }), completed(order)],
    });
    const { findings } = await ran({ url });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'contract', message: expect.stringMatching(/^som -> om POST .*tomorrow/) }),
    );
  });

  it('is said not to be there, at once, when nobody listens', async () => {
    const { url } = await vendor();
    await Promise.all(open.splice(0).map((each) => each.close()));
    const { verdict, findings, orders } = await ran({ url });
    expect(verdict).toBe('failed');
    expect(findings).toEqual([
      expect.objectContaining({
        check: 'system',
        message: `som at ${url} cannot be reached. Is it running, and is this its URL?`,
      }),
    ]);
    expect(orders).toEqual([]);
  });

  it('that has no hub is said to have none, with what to do', async () => {
    const nowhere = { code: '60', reason: 'Resource not found', message: 'No hub', status: '404' };
    const { url } = await vendor({ hub: () => jsonResponse(404, nowhere) });
    const { findings } = await ran({ url });
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'system',
        message: expect.stringMatching(/404 to the subscription.*reporting: callback/),
      }),
    );
  });

  it('that never reports is waited for until patience ends', async () => {
    const { url } = await vendor({ events: () => [] });
    const { findings } = await ran({ url }, oneHierarchy, {}, 300);
    expect(findings).toContainEqual({
      check: 'unfinished',
      message: expect.stringMatching(
        /^broadband is in_progress after PT0\.3S: som has not reported FO0000001, .* --patience$/,
      ),
    });
  });

  it('does not get our credentials written down, whatever it repeats', async () => {
    const note = { errorMessage: [{ message: 'you said {{authorization}}' }] };
    const { url, asked } = await vendor({
      events: (order) => [completed(order, { description: 'you said {{authorization}}', ...note })],
    });
    const record = await ran({ url, auth: { bearer: { env: 'TOKEN' } } }, oneHierarchy, { TOKEN: 'hunter2-hunter2' });
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(asked.map(() => 'Bearer hunter2-hunter2'));
    expect(JSON.stringify(record)).toContain('you said Bearer [redacted]');
    for (const report of [htmlReport, jsonReport, junitReport, markdownReport]) {
      expect(report([record])).not.toContain('hunter2');
    }
    expect(JSON.stringify(record)).not.toContain('hunter2');
  });

  it('gets orders with other Request IDs from another scenario', async () => {
    const { url, asked } = await vendor();
    await ran({ url });
    await ran({ url }, { ...oneHierarchy, file: 'another' });
    const ids = asked.flatMap(({ body }) => (body?.json as { externalId?: string } | undefined)?.externalId ?? []); // what it was sent
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a scenario that is not applicable', () => {
  it('is so in every report, and no failure', async () => {
    const record = await ran({ url: 'http://127.0.0.1:9/nobody' }, named('refused'));
    expect(record).toMatchObject({ verdict: 'not applicable', findings: [], journal: [], orders: [] });
    const [reason = ''] = record.reasons ?? [];
    expect(reason).toMatch(/refuses orders/);
    for (const report of [htmlReport, jsonReport, junitReport, markdownReport]) {
      const text = report([record]);
      for (const part of [record.scenario, reason]) expect(text).toContain(part);
    }
    expect(htmlReport([record])).toContain('0 scenarios passed, 1 not applicable');
    expect(tagsOf(htmlReport([record])).unclosed).toEqual([]);
    expect(markdownReport([record])).toContain('0 passed, 0 failed, 1 not applicable.');
    expect(junitReport([record])).toContain('<testsuites name="southbound" tests="1" failures="0" skipped="1">');
    expect(junitReport([record])).toMatch(/<skipped message="[^"]*refuses orders"\/>/);
    expect(tagsOf(junitReport([record])).unclosed).toEqual([]);
    expect(JSON.parse(jsonReport([record])).runs[0].verdict).toBe('not applicable');
  });
});
