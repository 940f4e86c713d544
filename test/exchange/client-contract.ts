/** What every way of reaching an endpoint does: the same outcomes, the same messages, the same time. */
import { describe, expect, it } from 'vitest';
import type { Client, Outcome } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse, type ReceivedRequest, receivedBody } from '../../exchange/message.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';

export interface Wired {
  readonly kernel: TimedKernel;
  readonly client: Client;
  /** Where the endpoint is. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param wire mounts an endpoint, and gives a client that reaches it. */
export function clientContract(name: string, wire: (endpoint: Endpoint) => Promise<Wired>): void {
  describe(`exchange over ${name}`, () => {
    const headers = { 'content-type': jsonMediaType };

    /** Sends one request, and runs until its outcome is there. */
    async function exchange(
      endpoint: Endpoint,
      request: { method?: string; path?: string; body?: unknown; timeoutMs?: number } = {},
    ): Promise<{ outcome: Outcome; tookMs: number }> {
      const { kernel, client, url, close } = await wire(endpoint);
      try {
        const start = kernel.now();
        let outcome: Outcome | undefined;
        kernel.call('test', async () => {
          const { method = 'POST', path = '/orders', body, timeoutMs = 5_000 } = request;
          const sent = {
            method,
            url: `${url}${path}`,
            headers,
            ...(body === undefined ? {} : { body: jsonBody(body) }),
          };
          outcome = await client.send(sent, { timeoutMs });
        });
        await kernel.run();
        if (outcome === undefined) throw new Error('there was no outcome');
        return { outcome, tookMs: kernel.now() - start };
      } finally {
        await close();
      }
    }

    const echo =
      (seen: ReceivedRequest[]): Endpoint =>
      (request) => {
        seen.push(request);
        return {
          kind: 'reply',
          response: jsonResponse(201, { id: '7', ü: 'Zürich' }, { location: '/orders/7' }),
          afterMs: 0,
        };
      };

    it('carries method, path, query, media type and body', async () => {
      const seen: ReceivedRequest[] = [];
      const path = '/tmf-api/serviceOrdering/v4/serviceOrder/a%20b?fields=id&state=a,b&state=c';
      await exchange(echo(seen), { path, body: { name: 'Straße', deep: [{ x: null }] } });
      const [request] = seen;
      expect(request).toMatchObject({
        method: 'POST',
        path: '/tmf-api/serviceOrdering/v4/serviceOrder/a b',
        query: { fields: ['id'], state: ['a,b', 'c'] },
        body: { text: '{"name":"Straße","deep":[{"x":null}]}', json: { name: 'Straße', deep: [{ x: null }] } },
      });
      expect(request?.headers['content-type']).toBe(jsonMediaType);
    });

    it('brings back status, headers and body', async () => {
      const { outcome } = await exchange(echo([]));
      expect(outcome).toMatchObject({
        kind: 'answered',
        response: { status: 201, headers: { 'content-type': jsonMediaType, location: '/orders/7' } },
      });
      expect(outcome.kind === 'answered' && outcome.response.body).toEqual({
        text: '{"id":"7","ü":"Zürich"}',
        json: { id: '7', ü: 'Zürich' },
      });
    });

    it('knows a request without a body, and an answer without one', async () => {
      const seen: ReceivedRequest[] = [];
      const { outcome } = await exchange(
        (request) => {
          seen.push(request);
          return { kind: 'reply', response: { status: 204, headers: {} }, afterMs: 0 };
        },
        { method: 'DELETE' },
      );
      expect(seen[0]?.body).toBeUndefined();
      expect(outcome).toMatchObject({ kind: 'answered', response: { status: 204 } });
      expect(outcome.kind === 'answered' && outcome.response.body).toBeUndefined();
    });

    it('lets an answer take its time on the kernel, and no other time (K6)', async () => {
      const slow: Endpoint = () => ({ kind: 'reply', response: jsonResponse(200, {}), afterMs: 3_600_000 });
      const { outcome, tookMs } = await exchange(slow, { timeoutMs: 7_200_000 });
      expect(outcome.kind).toBe('answered');
      expect(tookMs).toBe(3_600_000);
    });

    it('gives up at the time limit', async () => {
      const slow: Endpoint = () => ({ kind: 'reply', response: jsonResponse(200, {}), afterMs: 60_000 });
      const { outcome } = await exchange(slow, { timeoutMs: 30_000 });
      expect(outcome).toEqual({ kind: 'timeout', afterMs: 30_000 });
    });

    it('takes an answer that comes just at the time limit for too late', async () => {
      const slow: Endpoint = () => ({ kind: 'reply', response: jsonResponse(200, {}), afterMs: 30_000 });
      expect((await exchange(slow, { timeoutMs: 30_000 })).outcome).toEqual({ kind: 'timeout', afterMs: 30_000 });
    });

    it('gives up on silence at the time limit', async () => {
      const { outcome, tookMs } = await exchange(() => ({ kind: 'silence' }), { timeoutMs: 30_000 });
      expect(outcome).toEqual({ kind: 'timeout', afterMs: 30_000 });
      expect(tookMs).toBe(30_000);
    });

    it('tells a connection that broke', async () => {
      const { outcome } = await exchange(() => ({ kind: 'reset', afterMs: 10 }));
      expect(outcome).toEqual({ kind: 'reset' });
    });

    it('tells an answer that claims to be JSON and is not', async () => {
      const response = { status: 200, headers, body: receivedBody('{"id": 7') };
      const { outcome } = await exchange(() => ({ kind: 'reply', response, afterMs: 0 }));
      expect(outcome).toMatchObject({
        kind: 'malformed',
        response: { status: 200, body: { text: '{"id": 7', json: undefined } },
      });
    });

    it('hands on a refusal like any other answer', async () => {
      const { outcome } = await exchange(() => ({
        kind: 'reply',
        response: jsonResponse(503, { code: '5' }),
        afterMs: 0,
      }));
      expect(outcome).toMatchObject({ kind: 'answered', response: { status: 503, body: { json: { code: '5' } } } });
    });

    it('does not let the two ends share an object', async () => {
      const sent = { list: [1] };
      const seen: ReceivedRequest[] = [];
      await exchange(echo(seen), { body: sent });
      expect(seen[0]?.body?.json).toEqual(sent);
      expect(seen[0]?.body?.json).not.toBe(sent);
    });
  });
}
