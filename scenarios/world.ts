/** A whole world around one order management: CRM, SOM, the wire between them, one clock, and a journal of it all. */
import type { RunFinding } from '../contracts/records/run.ts';
import type { Weather } from '../contracts/records/weather.ts';
import {
  type Catalogue,
  type Engine,
  type EngineOptions,
  memoryStore,
  openEngine,
  type Policies,
} from '../engine/index.ts';
import type { Outcome } from '../exchange/client.ts';
import { type HttpRequest, jsonBody, jsonMediaType } from '../exchange/message.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { type Listener, openListener } from '../mocks/listener.ts';
import {
  type Counterparties,
  type FurtherApi,
  hubsHeard,
  namesOf,
  type Opened,
  openCounterparties,
  targetsOf,
} from './counterparties.ts';
import type { RunJournal } from './journal.ts';
import { type NetworkOptions, openNetwork, type Party } from './network.ts';
import { type Audience, openWitness } from './witness.ts';

export interface WorldOptions extends NetworkOptions, Audience, Counterparties {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** Where secrets of targets are looked up. */
  readonly environment?: { readonly [name: string]: string };
  /** What happens to messages on their way; nothing by default. */
  readonly weather?: Weather | undefined;
  /** Other parts for the order management than the usual ones. */
  readonly parts?: Pick<EngineOptions, 'store' | 'step'> | undefined;
  /** False: the journal is only digested, not kept. True by default. */
  readonly keepJournal?: boolean;
  /** False: nobody subscribes to the events of the order management. True by default. */
  readonly subscribeCrm?: boolean;
  /** What it subscribes to beside orders and questions. */
  readonly listensTo?: readonly FurtherApi[] | undefined;
}

/** What a scenario can be driven in and held against, whatever time is in it. */
export interface Driven {
  readonly kernel: Kernel;
  readonly engine: Engine;
  readonly listener: Listener;
  /** The inventory systems that are simulated, by name. */
  readonly inventories: Opened['inventories'];
  readonly journal: RunJournal;
  /** Sends a request, and lets happen what happens at once. */
  ask(from: Party, request: Omit<HttpRequest, 'url'> & { readonly to: Party; readonly path: string }): Promise<Outcome>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** The order management dies and starts again on what it has stored. Absent where it cannot. */
  restart?(): Promise<void>;
}

export interface World extends Driven {
  readonly kernel: TimedKernel;
  readonly systems: Opened['systems'];
  /** What the contracts said of the messages so far. */
  readonly findings: readonly RunFinding[];
  readonly parties: readonly Party[];
  /** Where a party is reached. */
  urlOf(party: Party): string;
  close(): Promise<void>;
}

/** How long the CRM and a tester wait for an answer. */
const askTimeoutMs = 60_000;

export async function openWorld(options: WorldOptions): Promise<World> {
  const { kernel, catalogue, policies, weather, keepJournal = true, subscribeCrm = true } = options;
  const network = await openNetwork(options, namesOf(options));
  const { parties, urlOf } = network;
  const witness = openWitness({ kernel, network, keepJournal, audience: options, weather });
  const store = options.parts?.store ?? memoryStore();
  const engineOptions = {
    kernel,
    client: witness.clientOf('om'),
    catalogue,
    policies,
    targets: targetsOf(options, options.environment, urlOf),
    publicUrl: urlOf('om'),
    checkAnswers: false, // the witness holds every message against its contract
    onStep: witness.sawStep,
    ...options.parts,
    store,
  };
  let engine = await openEngine(engineOptions);
  const { clientOf } = witness;
  const { systems, inventories, endpoints } = openCounterparties(options, { kernel, clientOf, urlOf });
  const listener = openListener();
  network.mount({ crm: listener.endpoint, om: engine.endpoint, ...endpoints });

  const { journal, findings } = witness;
  const ask: World['ask'] = (from, { to, path, ...request }) =>
    asked(kernel, `${from} asks ${to}`, () =>
      witness.clientOf(from).send({ ...request, url: `${urlOf(to)}${path}` }, { timeoutMs: askTimeoutMs }),
    );
  const world: World = {
    kernel,
    get engine() {
      return engine;
    },
    restart: async () => {
      engine.abandon();
      engine = await openEngine(engineOptions);
      network.mount({ om: engine.endpoint });
      await engine.start();
      await kernel.run(kernel.now());
    },
    systems,
    inventories,
    listener,
    journal,
    findings,
    parties,
    urlOf,
    ask,
    pass: (ms) => kernel.run(kernel.now() + ms),
    close: network.close,
  };
  await engine.start();
  await kernel.run(kernel.now());
  if (subscribeCrm) await subscribe(world, hubsHeard(options.listensTo));
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

async function subscribe(world: World, hubs: readonly string[]): Promise<void> {
  for (const path of hubs) {
    const headers = { 'content-type': jsonMediaType };
    const body = jsonBody({ callback: world.urlOf('crm') });
    await world.ask('crm', { to: 'om', method: 'POST', path, headers, body });
  }
}
