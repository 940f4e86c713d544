/**
 * A world in real time with real systems in it. CRM, order management and whatever is still simulated are called in
 * process; only what comes from outside arrives on a port.
 */
import { memoryStore, type OrderStore, openEngine, type Target } from '../../engine/index.ts';
import type { Client } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonBody, jsonMediaType, originOf } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { openListener } from '../../mocks/listener.ts';
import {
  type Counterparties,
  hubsHeard,
  namesOf,
  type Opened,
  openCounterparties,
  targetsOf,
} from '../counterparties.ts';
import type { Party } from '../network.ts';
import type { Scenario } from '../scenario.ts';
import type { Driven } from '../world.ts';
import { becomesTrue, News } from './news.ts';
import type { Port } from './port.ts';
import { RealWitness } from './witness.ts';

export interface RealWorld extends Driven {
  readonly store: OrderStore;
  readonly systems: Opened['systems'];
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
  const simulated = simulatedOf(scenario, targets);
  const inside = new Map<string, Endpoint>();
  const partyAtOrigin = new Map(['crm', 'om', ...namesOf(simulated)].map((name) => [urlOf(name), name]));
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
    targets: [...asTheStorySays(targets, scenario), ...targetsOf(simulated, scenario.environment, urlOf)],
    publicUrl: port.url,
    checkAnswers: false, // the witness holds every message against its contract
    onStep: (step) => witness.sawStep(step),
  });
  const listener = openListener();
  inside.set(urlOf('crm'), listener.endpoint).set(urlOf('om'), engine.endpoint);
  const clientOf = (name: Party) => witness.clientOf(name);
  const { systems, inventories, endpoints } = openCounterparties(simulated, { kernel, clientOf, urlOf });
  for (const [name, endpoint] of Object.entries(endpoints)) inside.set(urlOf(name), endpoint);
  port.mount(witness.endpointAt(urlOf('om')));
  const world: RealWorld = {
    kernel,
    engine,
    store,
    systems,
    inventories,
    witness,
    listener,
    news,
    journal: witness.journal,
    parties: ['crm', 'om', ...namesOf(scenario)],
    pass: (ms) => kernel.rest(kernel.now() + ms),
    ask: async (from, { to, path, ...request }) => {
      const sent = { ...request, url: `${urlOf(to)}${path}` };
      const outcome = await witness.clientOf(from).send(sent, { timeoutMs: askTimeoutMs });
      await becomesTrue(() => hasDoneItsWork(store), { kernel, news, patienceMs: ownWorkMs });
      return outcome;
    },
    close: () => port.mount(),
  };
  await subscribeCrm(world, hubsHeard(scenario.listensTo));
  await engine.start();
  return world;
}

/** Those of a scenario in whose place there is no real one. */
function simulatedOf({ systems, inventories }: Counterparties, targets: readonly Target[]): Counterparties {
  const isSimulated = (name: Party) => targets.every((target) => target.name !== name);
  const those = <Kind>(given: { readonly [name: Party]: Kind }): { [name: Party]: Kind } =>
    Object.fromEntries(Object.entries(given).filter(([name]) => isSimulated(name)));
  return { systems: those(systems), inventories: those(inventories) };
}

/** When an inventory system is asked is part of the story, whoever it is. */
function asTheStorySays(targets: readonly Target[], scenario: Scenario): Target[] {
  const told = new Map(targetsOf(scenario, scenario.environment, urlOf).map((target) => [target.name, target]));
  return targets.map((target) => {
    const qualifies = target.qualifies ?? told.get(target.name)?.qualifies;
    return qualifies === undefined ? target : { ...target, qualifies };
  });
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
  const own = pending.filter(({ effect: { type } }) =>
    ['SubmitInput', 'NotifyListeners', 'NotifyOfOrder', 'NotifyOfParts'].includes(type),
  );
  const listeners = await store.events.subscriptions();
  return (
    own.length === 0 && listeners.every(({ waiting, nextAttemptAt }) => waiting === 0 || nextAttemptAt !== undefined)
  );
}

async function subscribeCrm({ ask }: RealWorld, hubs: readonly string[]): Promise<void> {
  for (const path of hubs) {
    const headers = { 'content-type': jsonMediaType };
    await ask('crm', {
      to: 'om',
      method: 'POST',
      path,
      headers,
      body: jsonBody({ callback: urlOf('crm') }),
    });
  }
}
