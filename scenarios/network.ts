/** How the parties of a world reach each other: called in process, through msw, or over sockets on loopback. */
import { inOnePiece } from '../contracts/schemas/text.ts';
import { errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import { directClient } from '../exchange/direct.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../exchange/fastify.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { jsonResponse } from '../exchange/message.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';

/** `crm`, `om`, or the name of a system that the order management sends to. */
export type Party = string;

/** How the parties reach each other: called in process, through msw, or over sockets on loopback. */
export type Transport = 'direct' | 'msw' | 'sockets';

export interface NetworkOptions {
  readonly kernel: TimedKernel;
  readonly transport: Transport;
  /** Ports of the parties over sockets; free ones by default. */
  readonly ports?: { readonly [party: Party]: number } | undefined;
}

export interface Network {
  readonly client: Client;
  readonly parties: readonly Party[];
  /** Where a party is reached. Throws for one that the network does not know. */
  urlOf(party: Party): string;
  /** From now on the parties answer. */
  mount(endpoints: { readonly [party: Party]: Endpoint }): void;
  close(): Promise<void>;
}

/** @param systems whom the order management sends to; CRM and order management are always there. */
export async function openNetwork(options: NetworkOptions, systems: readonly Party[]): Promise<Network> {
  const parties = ['crm', 'om', ...systems];
  if (options.transport === 'sockets') return socketNetwork(options, parties);
  return options.transport === 'msw' ? mswNetwork(options.kernel, parties) : directNetwork(options.kernel, parties);
}

function namedUrl(party: Party): string {
  return inOnePiece('http://', party, '.test');
}

function directNetwork(kernel: TimedKernel, parties: readonly Party[]): Network {
  const network = new Map<string, Endpoint>();
  return {
    client: directClient(kernel, network),
    parties,
    urlOf: finderOf(new Map(parties.map((party) => [party, namedUrl(party)]))),
    mount: (endpoints) => {
      for (const [party, endpoint] of Object.entries(endpoints)) network.set(namedUrl(party), endpoint);
    },
    close: async () => {},
  };
}

/** msw is loaded only where it is used: it is large. */
async function mswNetwork(kernel: TimedKernel, parties: readonly Party[]): Promise<Network> {
  const [{ setupServer }, { mswHandlers }] = await Promise.all([import('msw/node'), import('../exchange/msw.ts')]);
  const server = setupServer();
  server.listen({ onUnhandledFrame: 'error' });
  return {
    client: fetchClient(kernel),
    parties,
    urlOf: finderOf(new Map(parties.map((party) => [party, namedUrl(party)]))),
    mount: (endpoints) => {
      const each = Object.entries(endpoints);
      server.use(...each.flatMap(([party, endpoint]) => mswHandlers(kernel, namedUrl(party), endpoint)));
    },
    close: async () => server.close(),
  };
}

/** The ports are taken first, so that every party knows where the others are before it is made. */
async function socketNetwork({ kernel, ports }: NetworkOptions, parties: readonly Party[]): Promise<Network> {
  const mounted = new Map<Party, Endpoint>();
  const servers: Served[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  const urls = new Map<Party, string>();
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
      urls.set(party, served.url);
    }
  } catch (failure) {
    await close();
    throw failure;
  }
  const mount: Network['mount'] = (endpoints) => {
    for (const [party, endpoint] of Object.entries(endpoints)) mounted.set(party, endpoint);
  };
  return { client: fetchClient(kernel), parties, urlOf: finderOf(urls), mount, close };
}

function finderOf(urls: ReadonlyMap<Party, string>): Network['urlOf'] {
  return (party) => {
    const url = urls.get(party);
    if (url === undefined) throw new Error(`there is no party "${party}"; there are ${[...urls.keys()].join(', ')}`);
    return url;
  };
}
