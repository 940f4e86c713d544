import { afterEach, expect, it } from 'vitest';
import { conformant } from '../../../contracts/twins/vendor/conformant.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { serveEndpoint } from '../../../exchange/fastify.ts';
import { fetchClient } from '../../../exchange/fetch.ts';
import { jsonBody, jsonResponse } from '../../../exchange/message.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { orderOf } from './opened.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('lives in real time over TCP as it does in virtual time', async () => {
  const faults: unknown[] = [];
  const kernel = new SystemKernel({ seed: 'served', onFault: (fault) => faults.push(fault) });
  const client = fetchClient(kernel);
  const serve = async (endpoint: Endpoint) => {
    const refuse = (status: number, message: string) => jsonResponse(status, { code: '1', reason: message });
    const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
    closing.push(() => served.close());
    return served.url;
  };
  const states: string[] = [];
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const listener = await serve(({ body }) => {
    const event = Object(body?.json);
    states.push(event.event.serviceOrder.state);
    if (states.length === 3) end();
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  });
  let inner: Endpoint = () => ({ kind: 'silence' });
  const publicUrl = await serve((request) => inner(request));
  inner = conformant.open({ kernel, client, publicUrl }).endpoint;
  const ask = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${publicUrl}/tmf-api/serviceOrdering/v4${path}`;
    const outcome = await client.send({ method: 'POST', url, headers, body: jsonBody(body) }, { timeoutMs: 5_000 });
    return 'response' in outcome ? outcome.response.status : outcome.kind;
  };
  expect(await ask('/hub', { callback: listener })).toBe(201);
  expect(await ask('/serviceOrder', orderOf(['internet-access']))).toBe(201);
  await isOver;
  expect(states).toEqual(['acknowledged', 'inProgress', 'completed']);
  expect(faults).toEqual([]);
  kernel.close();
});
