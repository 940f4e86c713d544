/** A quick vendor on a port, that tells what it was asked: what `verify` is tried on as a process. */
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Claims } from '../../contracts/twins/claims.ts';
import type { TwinWorld } from '../../contracts/twins/twin.ts';
import { usualPace } from '../../contracts/twins/vendor/defaults/conformant.ts';
import type { Habits } from '../../contracts/twins/vendor/habits.ts';
import { twinOf } from '../../contracts/twins/vendor/twin-of.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';

export interface ServedTwin {
  /** Where its API starts. */
  readonly url: string;
  readonly asked: readonly ReceivedRequest[];
  /** Settles when a request has come for which it holds. */
  heard(is: (request: ReceivedRequest) => boolean): Promise<void>;
  /** Ids of subscriptions that were made and not ended. */
  readonly subscriptions: ReadonlySet<string>;
  close(): Promise<void>;
}

const hub = /^\/tmf-api\/serviceOrdering\/v4\/hub(?:\/(.+))?$/;

/** The conformant vendor in a hurry, but for the habits. */
export async function servedTwin(
  options: { habits?: Partial<Habits>; claims?: Claims } & Pick<TwinWorld, 'callbackSecret' | 'credentials'> = {},
): Promise<ServedTwin> {
  const { habits = {}, claims = {}, ...world } = options;
  const asked: ReceivedRequest[] = [];
  const subscriptions = new Set<string>();
  let arrived = () => {};
  const opened: { endpoint?: Endpoint } = {};
  const kernel = new SystemKernel({ seed: 'served', onFault: (fault) => console.error(fault) });
  const endpoint: Endpoint = async (request) => {
    asked.push(request);
    arrived();
    const answer = (await opened.endpoint?.(request)) ?? { kind: 'reset', afterMs: 0 };
    const id = hub.exec(request.path)?.[1];
    if (answer.kind === 'reply' && answer.response.status === 201 && hub.test(request.path))
      subscriptions.add(String(Object(answer.response.body?.json).id));
    if (answer.kind === 'reply' && answer.response.status === 204 && id !== undefined) subscriptions.delete(id);
    return answer;
  };
  const refuse = (status: number, message: string) => jsonResponse(status, { code: String(status), reason: message });
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  const twin = twinOf({
    name: 'served',
    kind: 'legal',
    deviation: 'Is quick.',
    clause: 'none',
    claims,
    habits: { pace: { ...usualPace, start: 60, item: 60 }, ...habits },
  });
  opened.endpoint = twin.open({ kernel, client: fetchClient(kernel), publicUrl: served.url, ...world }).endpoint;
  return {
    url: `${served.url}/tmf-api/serviceOrdering/v4`,
    asked,
    subscriptions,
    heard: async (is) => {
      while (!asked.some(is)) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
    close: async () => {
      kernel.close();
      await served.close();
    },
  };
}

/** Passes every request on to another address of this machine, as a tunnel or a gateway does. */
export async function forwarding(to: string): Promise<{ url: string; passed: readonly string[]; close: () => void }> {
  const passed: string[] = [];
  const server = createServer((request, response) => {
    passed.push(request.url ?? '');
    const { method, headers } = request;
    const onward = ask(`${to}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, passed, close: () => void server.close() };
}

/** A port that nobody stands on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: ReturnType<typeof createServer>): number {
  return (server.address() as AddressInfo).port; // it listens on a port
}
