/** A whole world around one order management: CRM, SOM, the wire between them, one clock, and a journal of it all. */
import type { RunFinding } from '../contracts/records/run.ts';
import type { Weather } from '../contracts/records/weather.ts';
import { findingText } from '../contracts/schemas/finding.ts';
import {
  type Catalogue,
  type Engine,
  type EngineOptions,
  memoryStore,
  openEngine,
  type Policies,
  productOrderingBase,
  readTargets,
  serviceOrderingBase,
  type Target,
} from '../engine/index.ts';
import type { Outcome } from '../exchange/client.ts';
import { type HttpRequest, jsonBody, jsonMediaType } from '../exchange/message.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { type Listener, openListener } from '../mocks/listener.ts';
import { basePathOf, Som } from '../mocks/som.ts';
import type { SomScript } from '../mocks/som-script.ts';
import type { RunJournal } from './journal.ts';
import { type Network, type NetworkOptions, openNetwork, type Party } from './network.ts';
import { type Audience, openWitness } from './witness.ts';

export interface WorldOptions extends NetworkOptions, Audience {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** The systems that service orders go to, by name. */
  readonly systems: { readonly [name: Party]: System };
  /** Where secrets of targets are looked up. */
  readonly environment?: { readonly [name: string]: string };
  /** What happens to messages on their way; nothing by default. */
  readonly weather?: Weather | undefined;
  /** Other parts for the order management than the usual ones. */
  readonly parts?: Pick<EngineOptions, 'store' | 'step'>;
  /** False: the journal is only digested, not kept. True by default. */
  readonly keepJournal?: boolean;
  /** False: nobody subscribes to the events of the order management. True by default. */
  readonly subscribeCrm?: boolean;
}

/** A simulated system, and how the order management is told to reach it. */
export interface System {
  readonly script: SomScript;
  /** As a target in a configuration file, without its URL. */
  readonly target?: object;
}

/** What a scenario can be driven in and held against, whatever time is in it. */
export interface Driven {
  readonly kernel: Kernel;
  readonly engine: Engine;
  readonly listener: Listener;
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
  readonly systems: ReadonlyMap<Party, Som>;
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
  const network = await openNetwork(options, Object.keys(options.systems));
  const { parties, urlOf } = network;
  const witness = openWitness({ kernel, network, keepJournal, audience: options, weather });
  const store = options.parts?.store ?? memoryStore();
  const engineOptions = {
    kernel,
    client: witness.clientOf('om'),
    catalogue,
    policies,
    targets: targetsOf(options, network),
    publicUrl: urlOf('om'),
    checkAnswers: false, // the witness holds every message against its contract
    onStep: witness.sawStep,
    ...options.parts,
    store,
  };
  let engine = await openEngine(engineOptions);
  const systems = new Map<Party, Som>();
  for (const [name, { script }] of Object.entries(options.systems)) {
    const client = witness.clientOf(name);
    systems.set(name, new Som({ kernel, script, client, name, publicUrl: urlOf(name), callbackUrl: urlOf('om') }));
  }
  const listener = openListener();
  const simulated = [...systems].map(([name, { endpoint }]) => [name, endpoint]);
  network.mount({ crm: listener.endpoint, om: engine.endpoint, ...Object.fromEntries(simulated) });

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
  if (subscribeCrm) await subscribe(world);
  return world;
}

/** What the order management knows of each system: where it is, and what the scenario says of it. */
function targetsOf({ systems, environment = {} }: WorldOptions, { urlOf }: Network): readonly Target[] {
  const written = Object.entries(systems).map(([name, { script, target }]) => {
    const dialect = script.personality === 'flowone' ? { dialect: 'flowone' } : {};
    return [name, { url: `${urlOf(name)}${basePathOf(script.personality)}`, ...dialect, ...target }];
  });
  const read = readTargets(Object.fromEntries(written), environment);
  if (!read.ok) throw new Error(`the targets of the world are not valid: ${read.findings.map(findingText).join('; ')}`);
  return read.content;
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
    const body = jsonBody({ callback: world.urlOf('crm') });
    await world.ask('crm', { to: 'om', method: 'POST', path: `${base}/hub`, headers, body });
  }
}
