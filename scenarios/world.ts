/** A whole world around one order management: CRM, SOM, the wire between them, one clock, and a journal of it all. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunFinding } from '../contracts/records/run.ts';
import { errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import {
  type Catalogue,
  type Engine,
  openEngine,
  type Policies,
  productOrderingBase,
  serviceOrderingBase,
  type TakenStep,
} from '../engine/index.ts';
import type { Client, Outcome } from '../exchange/client.ts';
import { directClient } from '../exchange/direct.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../exchange/fastify.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { type HttpRequest, jsonBody, jsonMediaType, jsonResponse, originOf } from '../exchange/message.ts';
import { recordingClient, runCounter, type Sent } from '../exchange/recording.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { type Listener, openListener } from '../mocks/listener.ts';
import { openSom, type Som } from '../mocks/som.ts';
import type { SomScript } from '../mocks/som-script.ts';
import { somBasePath } from '../mocks/som-telling.ts';
import { RunJournal } from './journal.ts';
import { judgeExchange } from './judge.ts';

export const parties = ['crm', 'om', 'som'] as const;

export type Party = (typeof parties)[number];

/** How the parties reach each other: called in process, through msw, or over sockets on loopback. */
export type Transport = 'direct' | 'msw' | 'sockets';

export interface WorldOptions {
  readonly kernel: TimedKernel;
  readonly transport: Transport;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly som: SomScript;
  /** False: the journal is only digested, not kept. True by default. */
  readonly keepJournal?: boolean;
  /** False: nobody subscribes to the events of the order management. True by default. */
  readonly subscribeCrm?: boolean;
  /** Ports of the parties over sockets; free ones by default. */
  readonly ports?: { readonly [party in Party]?: number } | undefined;
  /** Told of everything as it happens. */
  readonly onStep?: ((step: TakenStep) => void) | undefined;
  readonly onSent?: ((sent: Sent) => void) | undefined;
  readonly onExchange?: ((record: ExchangeRecord) => void) | undefined;
}

export interface World {
  readonly kernel: TimedKernel;
  readonly engine: Engine;
  readonly som: Som;
  readonly listener: Listener;
  readonly journal: RunJournal;
  /** What the contracts said of the messages so far. */
  readonly findings: readonly RunFinding[];
  /** Where each party is reached. */
  readonly urls: { readonly [party in Party]: string };
  /** Sends a request, and lets happen what happens at once. */
  ask(from: Party, request: Omit<HttpRequest, 'url'> & { readonly to: Party; readonly path: string }): Promise<Outcome>;
  close(): Promise<void>;
}

/** How long the CRM and a tester wait for an answer. */
const askTimeoutMs = 60_000;

export async function openWorld(options: WorldOptions): Promise<World> {
  const { kernel, keepJournal = true } = options;
  const journal = new RunJournal({ start: kernel.now(), keep: keepJournal });
  const counter = runCounter();
  const findings: RunFinding[] = [];
  const network = await openNetwork(options);
  const partyAt = new Map(parties.map((party) => [network.urls[party], party]));
  const partyOf = (url: string) => partyAt.get(originOf(url)) ?? 'elsewhere';
  const clientOf = (from: Party): Client =>
    recordingClient(network.client, {
      kernel,
      counter,
      from,
      partyOf,
      onSent: options.onSent,
      sink: (record, messages) => {
        journal.addExchange(record);
        findings.push(...judgeExchange(record, messages));
        options.onExchange?.(record);
      },
    });

  const engine = await openEngine({
    kernel,
    client: clientOf('om'),
    catalogue: options.catalogue,
    policies: options.policies,
    targets: [{ name: 'som', baseUrl: `${network.urls.som}${somBasePath}`, subscribe: true }],
    publicUrl: network.urls.om,
    checkAnswers: false, // every message is judged below
    onStep: (step) => {
      journal.addStep({ kind: 'step', order: counter.next(), ...step });
      options.onStep?.(step);
    },
  });
  const som = openSom({
    kernel,
    script: options.som,
    client: clientOf('som'),
    publicUrl: network.urls.som,
    callbackUrl: network.urls.om,
  });
  const listener = openListener();
  network.mount({ crm: listener.endpoint, om: engine.endpoint, som: som.endpoint });

  const clients = { crm: clientOf('crm'), om: clientOf('om'), som: clientOf('som') };
  const world: World = {
    kernel,
    engine,
    som,
    listener,
    journal,
    findings,
    urls: network.urls,
    ask: (from, { to, path, ...request }) => {
      const url = `${network.urls[to]}${path}`;
      return asked(kernel, `${from} asks ${to}`, () =>
        clients[from].send({ ...request, url }, { timeoutMs: askTimeoutMs }),
      );
    },
    close: network.close,
  };
  await engine.start();
  await kernel.run(kernel.now());
  if (options.subscribeCrm ?? true) await subscribeCrm(world);
  return world;
}

/** Opens the call, runs until its answer is there, and then all that is due by then. */
async function asked(kernel: TimedKernel, label: string, send: () => Promise<Outcome>): Promise<Outcome> {
  let outcome: Outcome | undefined;
  kernel.call(label, async () => {
    outcome = await send();
  });
  await kernel.run(Number.POSITIVE_INFINITY, () => outcome !== undefined);
  await kernel.run(kernel.now());
  if (outcome === undefined) throw new Error(`${label}: the call ended without an outcome`);
  return outcome;
}

async function subscribeCrm(world: World): Promise<void> {
  for (const base of [productOrderingBase, serviceOrderingBase]) {
    const headers = { 'content-type': jsonMediaType };
    const body = jsonBody({ callback: world.urls.crm });
    await world.ask('crm', { to: 'om', method: 'POST', path: `${base}/hub`, headers, body });
  }
}

interface WorldNetwork {
  readonly client: Client;
  readonly urls: { readonly [party in Party]: string };
  mount(endpoints: { readonly [party in Party]: Endpoint }): void;
  close(): Promise<void>;
}

async function openNetwork(options: WorldOptions): Promise<WorldNetwork> {
  if (options.transport === 'sockets') return socketNetwork(options);
  return options.transport === 'msw' ? mswNetwork(options.kernel) : directNetwork(options.kernel);
}

const namedUrls = { crm: 'http://crm.test', om: 'http://om.test', som: 'http://som.test' };

function directNetwork(kernel: TimedKernel): WorldNetwork {
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
async function mswNetwork(kernel: TimedKernel): Promise<WorldNetwork> {
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
async function socketNetwork({ kernel, ports }: WorldOptions): Promise<WorldNetwork> {
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
  const mount: WorldNetwork['mount'] = (endpoints) => {
    for (const party of parties) mounted.set(party, endpoints[party]);
  };
  return { client: fetchClient(kernel), urls, mount, close };
}
