/** How the parties of a world reach each other: called in process, through msw, or over sockets on loopback. */
import { errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import { directClient } from '../exchange/direct.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../exchange/fastify.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { jsonResponse } from '../exchange/message.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';

export const parties = ['crm', 'om', 'som'] as const;

export type Party = (typeof parties)[number];

/** How the parties reach each other: called in process, through msw, or over sockets on loopback. */
export type Transport = 'direct' | 'msw' | 'sockets';

export interface NetworkOptions {
  readonly kernel: TimedKernel;
  readonly transport: Transport;
  /** Ports of the parties over sockets; free ones by default. */
  readonly ports?: { readonly [party in Party]?: number } | undefined;
}

export interface Network {
  readonly client: Client;
  readonly urls: { readonly [party in Party]: string };
  mount(endpoints: { readonly [party in Party]: Endpoint }): void;
  close(): Promise<void>;
}

export async function openNetwork(options: NetworkOptions): Promise<Network> {
  if (options.transport === 'sockets') return socketNetwork(options);
  return options.transport === 'msw' ? mswNetwork(options.kernel) : directNetwork(options.kernel);
}

const namedUrls = { crm: 'http://crm.test', om: 'http://om.test', som: 'http://som.test' };

function directNetwork(kernel: TimedKernel): Network {
  const network = new Map<string, Endpoint>();
  return {
    client: directClient(kernel, network),
    urls: namedUrls,
    mount: (endpoints) => {
      for (const party of parties) network.set(namedUrls[party], endpoints[party]);
    },
    close: async () => {},
  };
}

/** msw is loaded only where it is used: it is large. */
async function mswNetwork(kernel: TimedKernel): Promise<Network> {
  const [{ setupServer }, { mswHandlers }] = await Promise.all([import('msw/node'), import('../exchange/msw.ts')]);
  const server = setupServer();
  server.listen({ onUnhandledFrame: 'error' });
  return {
    client: fetchClient(kernel),
    urls: namedUrls,
    mount: (endpoints) => {
      server.use(...parties.flatMap((party) => mswHandlers(kernel, namedUrls[party], endpoints[party])));
    },
    close: async () => server.close(),
  };
}

/** The ports are taken first, so that every party knows where the others are before it is made. */
async function socketNetwork({ kernel, ports }: NetworkOptions): Promise<Network> {
  const mounted = new Map<Party, Endpoint>();
  const servers: Served[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  const urls: { [party in Party]: string } = { ...namedUrls };
  try {
    for (const party of parties) {
      const served = await serveEndpoint({
        kernel,
        endpoint: (request) => mounted.get(party)?.(request) ?? { kind: 'reset', afterMs: 0 },
        host: '127.0.0.1',
        port: ports?.[party] ?? 0,
        refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
      });
      servers.push(served);
      urls[party] = served.url;
    }
  } catch (failure) {
    await close();
    throw failure;
  }
  const mount: Network['mount'] = (endpoints) => {
    for (const party of parties) mounted.set(party, endpoints[party]);
  };
  return { client: fetchClient(kernel), urls, mount, close };
}
