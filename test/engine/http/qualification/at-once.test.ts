/** An answer at once, over real sockets: time stands or runs, and whoever waits gets the same. */
import { afterEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../../../engine/index.ts';
import type { Endpoint } from '../../../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../../../exchange/fastify.ts';
import { fetchClient } from '../../../../exchange/fetch.ts';
import { jsonBody, jsonMediaType, jsonResponse } from '../../../../exchange/message.ts';
import { pacedKernel } from '../../../../kernel/paced-kernel.ts';
import { SystemKernel } from '../../../../kernel/system-kernel.ts';
import type { TimedKernel } from '../../../../kernel/timed-kernel.ts';
import { services } from '../../../support/asking-engine.ts';
import { policiesOf } from '../../../support/orders.ts';

const open: Served[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

/** Inventory systems are none: an adapter makes up an answer, after a while. */
const made = (answers: unknown) =>
  policiesOf({
    policies: 'made up',
    outbound: { rows: [], default: { outboundEnabled: false } },
    requestTypes: [{ name: 'Order Qualification Request', definitions: [{ name: 'm', order: 1, adapter: 'm' }] }],
    adapters: [{ name: 'm', mockResponse: { answers } }],
  });

const path = '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification';
const question = {
  instantSyncQualification: true,
  serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id: 'internet' } } }],
};

async function serve(kernel: SystemKernel | TimedKernel, answers: unknown): Promise<string> {
  const mounted: { endpoint?: Endpoint } = {};
  const served = await serveEndpoint({
    kernel,
    endpoint: (request) => mounted.endpoint?.(request) ?? { kind: 'silence' },
    host: '127.0.0.1',
    port: 0,
    refuse: (status) => jsonResponse(status, {}),
  });
  open.push(served);
  const { endpoint } = await openEngine({
    kernel,
    client: fetchClient(kernel),
    catalogue: services,
    policies: made(answers),
    targets: [],
    publicUrl: served.url,
  });
  mounted.endpoint = endpoint;
  return served.url;
}

describe('whoever wants an answer at once', () => {
  it('gets it in real time', async () => {
    const kernel = new SystemKernel({
      seed: '1',
      onFault: (fault) => {
        throw fault;
      },
    });
    const url = await serve(kernel, 'now');
    const ask = () =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(question),
      });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await answers[0]?.json()).toMatchObject({ state: 'done', qualificationResult: 'qualified' });
    expect(await (await fetch(`${url}${path}`)).json()).toEqual([]);
    kernel.close();
  });

  it.each([
    ['an answer that takes its time', { after: 'PT5S' }, 200, 'done', 5_000],
    ['no answer', 'never', 201, 'inProgress', 8_000],
  ])('gets %s in time that stands while sockets are busy', async (_what, answers, status, state, tookMs) => {
    const kernel = pacedKernel({ seed: '1', speed: Number.POSITIVE_INFINITY });
    const url = await serve(kernel, answers);
    const begun = kernel.now();
    let seen: unknown;
    let over = 0;
    kernel.call('ask', async () => {
      const request = { method: 'POST', url: `${url}${path}`, headers: { 'content-type': jsonMediaType } };
      const outcome = await fetchClient(kernel).send({ ...request, body: jsonBody(question) }, { timeoutMs: 60_000 });
      over = kernel.now();
      seen = outcome.kind === 'answered' ? outcome.response : outcome;
    });
    await kernel.run(begun + 20_000);
    expect(seen).toMatchObject({ status, body: { json: { state } } });
    expect(over - begun).toBe(tookMs);
  });
});
