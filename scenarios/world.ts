/** A whole world around one order management: CRM, SOM, the wire between them, one clock, and a journal of it all. */
import type { RunFinding } from '../contracts/records/run.ts';
import {
  type Catalogue,
  type Engine,
  openEngine,
  type Policies,
  productOrderingBase,
  serviceOrderingBase,
} from '../engine/index.ts';
import type { Outcome } from '../exchange/client.ts';
import { type HttpRequest, jsonBody, jsonMediaType } from '../exchange/message.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { type Listener, openListener } from '../mocks/listener.ts';
import { Som } from '../mocks/som.ts';
import type { SomScript } from '../mocks/som-script.ts';
import { somBasePath } from '../mocks/som-telling.ts';
import type { RunJournal } from './journal.ts';
import { type NetworkOptions, openNetwork, type Party } from './network.ts';
import { type Audience, openWitness } from './witness.ts';

export interface WorldOptions extends NetworkOptions, Audience {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly som: SomScript;
  /** False: the journal is only digested, not kept. True by default. */
  readonly keepJournal?: boolean;
  /** False: nobody subscribes to the events of the order management. True by default. */
  readonly subscribeCrm?: boolean;
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
  const { kernel, catalogue, policies, keepJournal = true, subscribeCrm = true } = options;
  const network = await openNetwork(options);
  const { urls } = network;
  const witness = openWitness({ kernel, network, keepJournal, audience: options });
  const clients = { crm: witness.clientOf('crm'), om: witness.clientOf('om'), som: witness.clientOf('som') };
  const engine = await openEngine({
    kernel,
    client: clients.om,
    catalogue,
    policies,
    targets: [{ name: 'som', baseUrl: `${urls.som}${somBasePath}`, subscribe: true }],
    publicUrl: urls.om,
    checkAnswers: false, // the witness holds every message against its contract
    onStep: witness.sawStep,
  });
  const som = new Som({
    kernel,
    script: options.som,
    client: clients.som,
    publicUrl: urls.som,
    callbackUrl: urls.om,
  });
  const listener = openListener();
  network.mount({ crm: listener.endpoint, om: engine.endpoint, som: som.endpoint });

  const { journal, findings } = witness;
  const ask: World['ask'] = (from, { to, path, ...request }) =>
    asked(kernel, `${from} asks ${to}`, () =>
      clients[from].send({ ...request, url: `${urls[to]}${path}` }, { timeoutMs: askTimeoutMs }),
    );
  const world: World = { kernel, engine, som, listener, journal, findings, urls, ask, close: network.close };
  await engine.start();
  await kernel.run(kernel.now());
  if (subscribeCrm) await subscribe(world);
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

async function subscribe(world: World): Promise<void> {
  for (const base of [productOrderingBase, serviceOrderingBase]) {
    const headers = { 'content-type': jsonMediaType };
    const body = jsonBody({ callback: world.urls.crm });
    await world.ask('crm', { to: 'om', method: 'POST', path: `${base}/hub`, headers, body });
  }
}
