/**
 * A world in real time with real systems in it. CRM, order management and whatever is still simulated are called in
 * process; only what comes from outside arrives on a port.
 */
import { findingText } from '../../contracts/schemas/finding.ts';
import {
  memoryStore,
  type OrderStore,
  openEngine,
  productOrderingBase,
  readTargets,
  serviceOrderingBase,
  type Target,
} from '../../engine/index.ts';
import type { Client } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonBody, jsonMediaType, originOf } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { openListener } from '../../mocks/listener.ts';
import { basePathOf, Som } from '../../mocks/som.ts';
import type { Party } from '../network.ts';
import type { Scenario } from '../scenario.ts';
import type { Driven } from '../world.ts';
import { becomesTrue, News } from './news.ts';
import type { Port } from './port.ts';
import { RealWitness } from './witness.ts';

export interface RealWorld extends Driven {
  readonly store: OrderStore;
  readonly systems: ReadonlyMap<Party, Som>;
  readonly witness: RealWitness;
  readonly parties: readonly Party[];
  readonly news: News;
  close(): void;
}

/** How long the CRM waits for an answer. */
const askTimeoutMs = 60_000;

/** How long what the order management does by itself may take. It never leaves the process. */
const ownWorkMs = 10_000;

export async function openRealWorld(options: {
  kernel: Kernel;
  scenario: Scenario;
  targets: readonly Target[];
  port: Port;
}): Promise<RealWorld> {
  const { kernel, scenario, targets, port } = options;
  const simulated = Object.entries(scenario.systems).filter(([name]) =>
    targets.every((target) => target.name !== name),
  );
  const inside = new Map<string, Endpoint>();
  const partyAtOrigin = new Map(['crm', 'om', ...simulated.map(([name]) => name)].map((name) => [urlOf(name), name]));
  const news = new News();
  const client = clientBetween(kernel, inside, port.url);
  const partyAt = (url: string) => partyAtOrigin.get(originOf(atHome(url, port.url)));
  const witness = new RealWitness({ kernel, client, targets, partyAt, news });
  const store = telling(memoryStore(), news);
  const engine = await openEngine({
    kernel,
    store,
    client: witness.clientOf('om'),
    catalogue: scenario.catalogue,
    policies: scenario.policies,
    targets: [...targets, ...simulatedTargets(simulated, scenario.environment)],
    publicUrl: port.url,
    checkAnswers: false, // the witness holds every message against its contract
    onStep: (step) => witness.sawStep(step),
  });
  const listener = openListener();
  inside.set(urlOf('crm'), listener.endpoint).set(urlOf('om'), engine.endpoint);
  const systems = openSystems(simulated, kernel, witness);
  for (const [name, { endpoint }] of systems) inside.set(urlOf(name), endpoint);
  port.mount(witness.endpointAt(urlOf('om')));
  const world: RealWorld = {
    kernel,
    engine,
    store,
    systems,
    witness,
    listener,
    news,
    journal: witness.journal,
    parties: ['crm', 'om', ...Object.keys(scenario.systems)],
    pass: (ms) => kernel.rest(kernel.now() + ms),
    ask: async (from, { to, path, ...request }) => {
      const sent = { ...request, url: `${urlOf(to)}${path}` };
      const outcome = await witness.clientOf(from).send(sent, { timeoutMs: askTimeoutMs });
      await becomesTrue(() => hasDoneItsWork(store), { kernel, news, patienceMs: ownWorkMs });
      return outcome;
    },
    close: () => port.mount(),
  };
  await subscribeCrm(world);
  await engine.start();
  return world;
}

type Simulated = readonly (readonly [Party, Scenario['systems'][string]])[];

function openSystems(simulated: Simulated, kernel: Kernel, witness: RealWitness): Map<Party, Som> {
  const callbackUrl = urlOf('om');
  return new Map(
    simulated.map(([name, { script }]) => {
      const client = witness.clientOf(name);
      return [name, new Som({ kernel, script, client, name, publicUrl: urlOf(name), callbackUrl })];
    }),
  );
}

/** Addresses inside a run: nothing real can have one (RFC 6761, 6.2). */
function urlOf(party: Party): string {
  return `http://${party}.test`;
}

/** What is sent to where real systems reach the order management goes straight to it. */
function atHome(url: string, outsideUrl: string): string {
  const isOurs = url === outsideUrl || url.startsWith(`${outsideUrl}/`);
  return isOurs ? `${urlOf('om')}${url.slice(outsideUrl.length)}` : url;
}

function clientBetween(kernel: Kernel, inside: ReadonlyMap<string, Endpoint>, outsideUrl: string): Client {
  const direct = directClient(kernel, inside);
  const outside = fetchClient(kernel);
  return {
    send: (request, limits) => {
      const url = atHome(request.url, outsideUrl);
      return (inside.has(originOf(url)) ? direct : outside).send({ ...request, url }, limits);
    },
  };
}

function simulatedTargets(simulated: Simulated, environment: Scenario['environment']): readonly Target[] {
  const written = simulated.map(([name, { script, target }]) => {
    const dialect = script.personality === 'flowone' ? { dialect: 'flowone' } : {};
    return [name, { url: `${urlOf(name)}${basePathOf(script.personality)}`, ...dialect, ...target }];
  });
  const read = readTargets(Object.fromEntries(written), environment);
  if (!read.ok) throw new Error(`the targets of the world are not valid: ${read.findings.map(findingText).join('; ')}`);
  return read.content;
}

function telling(store: OrderStore, news: News): OrderStore {
  return {
    ...store,
    commit: async (commit) => {
      const stored = await store.commit(commit);
      news.tell();
      return stored;
    },
    completeEffect: async (effectId) => {
      await store.completeEffect(effectId);
      news.tell();
    },
    events: {
      ...store.events,
      settle: async (...settled) => {
        const isSettled = await store.events.settle(...settled);
        news.tell();
        return isSettled;
      },
    },
  };
}

/** What waits for others, or for time, is not the order management's own. */
async function hasDoneItsWork(store: OrderStore): Promise<boolean> {
  const pending = await store.pendingEffects();
  const own = pending.filter(({ effect: { type } }) => type === 'SubmitInput' || type === 'NotifyListeners');
  const listeners = await store.events.subscriptions();
  return own.length === 0 && listeners.every(({ waiting }) => waiting === 0);
}

async function subscribeCrm({ ask }: RealWorld): Promise<void> {
  for (const base of [productOrderingBase, serviceOrderingBase]) {
    const headers = { 'content-type': jsonMediaType };
    await ask('crm', {
      to: 'om',
      method: 'POST',
      path: `${base}/hub`,
      headers,
      body: jsonBody({ callback: urlOf('crm') }),
    });
  }
}
