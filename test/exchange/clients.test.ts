import { setupServer } from 'msw/node';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { mswHandlers } from '../../exchange/msw.ts';
import { pacedKernel } from '../../kernel/paced-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { clientContract } from './client-contract.ts';

clientContract('direct calls', async (endpoint) => {
  const kernel = virtualKernel({ seed: '1' });
  const client = directClient(kernel, new Map([['http://som.test', endpoint]]));
  return { kernel, client, url: 'http://som.test', close: async () => {} };
});

clientContract('msw', async (endpoint) => {
  const kernel = virtualKernel({ seed: '1' });
  const server = setupServer(...mswHandlers(kernel, 'http://som.test', endpoint));
  server.listen({ onUnhandledFrame: 'error' });
  return { kernel, client: fetchClient(kernel), url: 'http://som.test', close: async () => server.close() };
});

clientContract('sockets', async (endpoint) => {
  const kernel = pacedKernel({ seed: '1', speed: Number.POSITIVE_INFINITY });
  const refuse = (status: number, message: string) => jsonResponse(status, { message });
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  return { kernel, client: fetchClient(kernel), url: served.url, close: served.close };
});

describe('a connection that nobody takes', () => {
  it.each(['direct', 'sockets'] as const)('is refused over %s', async (transport) => {
    const kernel = virtualKernel({ seed: '1' });
    const client = transport === 'direct' ? directClient(kernel, new Map()) : fetchClient(kernel);
    const url = `${await closedPort()}/x`;
    let outcome: Outcome | undefined;
    kernel.call('test', async () => {
      outcome = await client.send({ method: 'GET', url, headers: {} }, { timeoutMs: 1_000 });
    });
    await kernel.run();
    expect(outcome).toEqual({ kind: 'refused' });
  });

  /** A port that was free a moment ago. */
  async function closedPort(): Promise<string> {
    const kernel = virtualKernel({ seed: '1' });
    const refuse = (status: number) => jsonResponse(status, {});
    const served = await serveEndpoint({
      kernel,
      endpoint: () => ({ kind: 'silence' }),
      host: '127.0.0.1',
      port: 0,
      refuse,
    });
    await served.close();
    return served.url;
  }
});

describe('a served endpoint', () => {
  it('refuses a body that is too large, in the words it was given', async () => {
    const kernel = pacedKernel({ seed: '1', speed: 1 });
    const refuse = (status: number, message: string) => jsonResponse(status, { refused: message });
    const served = await serveEndpoint({
      kernel,
      endpoint: () => ({ kind: 'silence' }),
      host: '127.0.0.1',
      port: 0,
      refuse,
    });
    try {
      const response = await fetch(`${served.url}/x`, { method: 'POST', body: 'x'.repeat(17 * 1024 * 1024) });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ refused: expect.stringMatching(/too large/i) });
    } finally {
      await served.close();
    }
  });

  it('says with EADDRINUSE that a port is taken', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const refuse = (status: number) => jsonResponse(status, {});
    const options = { kernel, endpoint: () => ({ kind: 'silence' }) as const, host: '127.0.0.1', refuse };
    const first = await serveEndpoint({ ...options, port: 0 });
    const port = Number(new URL(first.url).port);
    await expect(serveEndpoint({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
