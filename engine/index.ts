/** The one door of the engine: everything that other folders use of it. */
import type { Client } from '../exchange/client.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { step } from './core/step.ts';
import type { Route } from './http/answers.ts';
import { cancellationPort } from './http/cancellation/asking-to-stop.ts';
import { cancellationCommandRoutes } from './http/commands/cancellations.ts';
import { falloutCommandRoutes } from './http/commands/fallouts.ts';
import { orderCommandRoutes } from './http/commands/orders.ts';
import { qualificationCommandRoutes } from './http/commands/questions.ts';
import { revisionCommandRoutes } from './http/commands/revisions.ts';
import { taskCommandRoutes } from './http/commands/tasks.ts';
import { reportRoutes } from './http/domain-orders/report.ts';
import { everyOrderRoute } from './http/domain-orders/routes.ts';
import { endpointOf } from './http/endpoint.ts';
import { openEventSubscriptions } from './http/event-subscriptions.ts';
import { openTelling } from './http/events/telling.ts';
import { inboundRoutes } from './http/inbound.ts';
import { type EngineLife, lifeOf } from './http/life.ts';
import { openApiRoutes } from './http/openapi.ts';
import { operationRoutes } from './http/operations.ts';
import { policyRoutes } from './http/policies.ts';
import { pollingPort } from './http/polling.ts';
import { productInventoryRoutes } from './http/product-inventory.ts';
import { askingPorts } from './http/qualification/asking.ts';
import { findingRoutes } from './http/qualification/findings-in.ts';
import { nativeCheckRoutes } from './http/qualification/native-checks.ts';
import { openQuestions, type Questions } from './http/qualification/questions.ts';
import { southboundPort } from './http/southbound.ts';
import { type ReachableTarget, reachableTarget } from './http/target-client.ts';
import type { AccessToken } from './model/access/token.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { InventoryItem } from './model/inventory/item.ts';
import type { CustomerOrder } from './model/order.ts';
import type { Policies } from './model/policies.ts';
import type { Target } from './model/target.ts';
import { type Editions, openEditions } from './shell/editions.ts';
import type { Unstamped } from './shell/effects.ts';
import type { InventoryQuery } from './shell/inventory-store.ts';
import { Mailbox, type Result } from './shell/mailbox.ts';
import { memoryStore } from './shell/memory-store.ts';
import { type ReplayedStep, replaySteps } from './shell/replay.ts';
import type { OrderStore, TakenStep } from './shell/store.ts';
import { listedOrder } from './wire/north/listed-orders.ts';
import { listedParts } from './wire/north/listed-parts.ts';
import { withInventories } from './wire/qualification/inventory-target.ts';

export { pageOf as pageOfApis } from './http/openapi.ts';
export type { AccessToken } from './model/access/token.ts';
export type { Catalogue } from './model/catalogue.ts';
export type { InventoryItem, InventoryTree } from './model/inventory/item.ts';
export type { CustomerOrder, DomainOrder, Fallout, OrderLine, OutboundRequest } from './model/order.ts';
export type { StateChange } from './model/outcome.ts';
export type { Policies } from './model/policies.ts';
export { refusalRemedy, refusalText } from './model/refusals.ts';
export type { Target } from './model/target.ts';
export type { EventStore, SubscriptionReport } from './shell/event-store.ts';
export type { InventoryQuery, InventoryStore } from './shell/inventory-store.ts';
export { memoryStore } from './shell/memory-store.ts';
export { type ReplayedStep, replay } from './shell/replay.ts';
export type { JournalEntry, OrderStore, PendingEffect, TakenStep } from './shell/store.ts';
export { readTokens } from './wire/access/tokens-file.ts';
export { type ReadFile, readCatalogue } from './wire/catalogue-file.ts';
export { resourceOrderingBase, workOrderBase } from './wire/north/domain-orders.ts';
export { renderOrderView as renderedOrder } from './wire/order-view.ts';
export { outboundResponsePath } from './wire/outbound-response.ts';
export { readPolicies, targetsOf } from './wire/policies-file.ts';
export { nativeQualificationBase } from './wire/qualification/native-check.ts';
export { serviceQualificationBase } from './wire/qualification/tmf645-v4-south.ts';
export { type Environment, readTargets } from './wire/targets-file.ts';
export { productOrderingBase } from './wire/tmf622-v4.ts';
export { productOrderingV5Base } from './wire/tmf622-v5.ts';
export { serviceOrderingBase } from './wire/tmf641-v4-north.ts';

export interface EngineOptions {
  readonly kernel: Kernel;
  /** How it reaches its targets and its subscribers. */
  readonly client: Client;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly targets: readonly Target[];
  /** Where it is reached from outside, without a slash at the end; hrefs and callbacks start with it. */
  readonly publicUrl: string;
  /** In memory, when absent. */
  readonly store?: OrderStore | undefined;
  /**
   * False when whoever carries the engine's answers holds them against their contract anyway. By default the engine does,
   * and an answer that breaks it is a bug.
   */
  readonly checkAnswers?: boolean;
  /**
   * What a request that names no roles may do. Everything by default; where others than this machine can ask, say
   * `nothing`. Where there are tokens, these decide.
   */
  readonly nobodyMay?: 'everything' | 'nothing';
  /** When given, every request has to carry one of them, and may do what its roles allow; nothing is asked by default. */
  readonly tokens?: readonly AccessToken[] | undefined;
  /** What makes an outcome of an input: the core's by default. Tests put in one that is wrong. */
  readonly step?: typeof step | undefined;
  /** Told of each step, after it is stored and before its effects are performed. */
  readonly onStep?: ((step: TakenStep) => void) | undefined;
}

export interface Engine extends EngineLife {
  /** Its HTTP API, for any adapter to mount. */
  readonly endpoint: Endpoint;
  /** Every route of it, as its OpenAPI document tells them. */
  readonly routes: readonly Pick<Route, 'method' | 'path'>[];
  readonly store: OrderStore;
  submit(input: Unstamped): Promise<Result>;
  order(orderId: string): Promise<CustomerOrder | undefined>;
  /** What is in the product inventory under that id. */
  product(itemId: string): Promise<InventoryItem | undefined>;
  /** A page of the product inventory, and how many match in all. */
  products(query: InventoryQuery): Promise<{ readonly items: readonly InventoryItem[]; readonly total: number }>;
  /** Every step of an order, taken again from its journal. Throws when the journal is broken. */
  history(orderId: string): Promise<ReplayedStep[]>;
  /** Puts other policies in force, from the next step on. */
  usePolicies(policies: Policies): Promise<void>;
}

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { kernel, client, catalogue, publicUrl } = options;
  const targets = options.targets.map((target) => reachableTarget(target, { kernel, client }));
  const store = options.store ?? memoryStore();
  const policies = withInventories(options.policies, options.targets);
  const asking = askingPorts({ targets });
  const nobodyMay = options.nobodyMay ?? 'everything';
  const telling = openTelling({ kernel, client, catalogue, publicUrl, store, nobodyMay });
  const questions = await openQuestions({ ...options, policies, orders: store, asking, telling: telling.hubParts });
  const editions = policiesFor(await openEditions(store, catalogue, policies), questions, options.targets);
  const mailbox = new Mailbox({
    kernel,
    store,
    editions,
    step: options.step,
    listedOf: (order, before) => ({ listed: listedOrder(order), parts: listedParts(order, before) }),
    ports: {
      sendOutboundRequest: southboundPort({ kernel, targets }),
      sendCancellation: cancellationPort({ kernel, targets }),
      pollOutboundRequest: pollingPort({ targets }),
      ...asking,
      ...telling.ports,
    },
    alsoTold: telling.alsoTold,
    onStep: options.onStep ?? (() => {}),
  });
  const subscriptions = openEventSubscriptions({ kernel, targets, publicUrl });
  const served = { kernel, store, mailbox, editions, publicUrl, targets, questions, nobodyMay };
  const routes = routesOf({ ...served, telling: telling.routes });
  return {
    endpoint: endpointOf(routes, options),
    routes: routes.map(({ method, path }) => ({ method, path })),
    store,
    ...lifeOf({ subscriptions, mailbox, questions, deliveries: telling.deliveries }),
    submit: (input) => mailbox.submit(input),
    order: (orderId) => store.load(orderId),
    product: async (itemId) => (await store.inventory.treeOf(itemId))?.items.find(({ id }) => id === itemId),
    products: (query) => store.inventory.list(query),
    history: (orderId) => replaySteps(store, orderId, options.step),
    usePolicies: (next) => editions.usePolicies(next),
  };
}

/** Whatever policies come, inventory systems that say themselves when they are asked stay in them; and questions follow. */
function policiesFor(editions: Editions, questions: Questions, targets: readonly Target[]): Editions {
  return {
    current: () => editions.current(),
    usePolicies: async (next) => {
      const policies = withInventories(next, targets);
      await editions.usePolicies(policies);
      await questions.usePolicies(policies);
    },
  };
}

function routesOf(parts: {
  kernel: Kernel;
  store: OrderStore;
  mailbox: Mailbox;
  editions: Editions;
  nobodyMay: 'everything' | 'nothing';
  publicUrl: string;
  targets: readonly ReachableTarget[];
  questions: Questions;
  telling: readonly Route[];
}): Route[] {
  const { questions, store, mailbox, publicUrl } = parts;
  const routes = [
    ...everyOrderRoute(parts),
    ...reportRoutes(parts),
    ...parts.telling,
    ...inboundRoutes(parts),
    ...operationRoutes(parts),
    ...orderCommandRoutes(parts),
    ...taskCommandRoutes(parts),
    ...cancellationCommandRoutes(parts),
    ...revisionCommandRoutes(parts),
    ...falloutCommandRoutes(parts),
    ...qualificationCommandRoutes(parts),
    ...nativeCheckRoutes(parts),
    ...questions.routes,
    ...findingRoutes({ ...parts, places: [{ store, mailbox }, ...questions.desks] }),
    ...productInventoryRoutes(parts),
    ...policyRoutes({ ...parts, targets: parts.targets.map(({ target }) => target.name) }),
  ];
  return [...routes, ...openApiRoutes({ routes, publicUrl })];
}
