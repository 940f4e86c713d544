/** All that listeners are told of orders: the hubs where they subscribe, and the deliveries to them. */
import type { Client } from '../../../exchange/client.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { Turns } from '../../../kernel/turns.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { Deliveries, type StoreOfEvents } from '../../shell/deliveries.ts';
import type { Ports } from '../../shell/effects.ts';
import { renderCancelTaskEvent } from '../../wire/cancellation/cancel-task.ts';
import { type Envelope, type RenderedEvent, renderOrderEvent, renderOrderNews } from '../../wire/events.ts';
import type { OrderApi } from '../../wire/north/order-api.ts';
import { orderApis } from '../../wire/north/order-apis.ts';
import type { Route } from '../answers.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { type AddressedEvent, Hub, type HubParts } from './hub.ts';
import { listenerPort } from './listener.ts';
import { openPartTelling, type PartTelling } from './part-telling.ts';

export interface Telling {
  readonly routes: Route[];
  /** What is told beside what the core says. */
  readonly alsoTold: PartTelling['alsoTold'];
  readonly ports: Pick<
    Ports,
    'notifyListeners' | 'notifyOfOrder' | 'notifyOfParts' | 'notifyQualification' | 'notifyCancellation'
  >;
  /** For the hubs of further APIs. */
  readonly hubParts: HubParts;
  readonly deliveries: Deliveries;
}

export function openTelling(options: {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly publicUrl: string;
  readonly store: StoreOfEvents;
  readonly catalogue: Catalogue;
  readonly nobodyMay: 'everything' | 'nothing';
}): Telling {
  const { kernel, client, publicUrl, store } = options;
  const deliveries = new Deliveries({ kernel, store, tell: listenerPort({ kernel, client }) });
  const hubParts = { kernel, store, deliveries, publicUrl };
  const hubs = orderApis.map((api) => ({ api, hub: new Hub({ ...hubParts, ...api }) }));
  const parts = openPartTelling(options.catalogue, hubParts);
  const tell = tellAt(hubs, hubParts);
  // Resource orders that were placed, and those that orders have become, are heard of at one hub.
  const served = new Set(hubs.flatMap(({ hub }) => hub.routes.map(({ path }) => path)));
  const further = parts.routes.filter(({ path }) => !served.has(path));
  return {
    routes: [...hubs.flatMap(({ hub }) => hub.routes), ...further, ...deliveryRoutes({ ...options, deliveries })],
    alsoTold: parts.alsoTold,
    ports: {
      notifyOfParts: parts.notifyOfParts,
      notifyListeners: (change, order) =>
        tell(order, change.id, (api, envelope) => renderOrderEvent(api, order, change, envelope)),
      notifyOfOrder: ({ id, news }, order) =>
        tell(order, id, (api, envelope) => renderOrderNews(api, order, news, envelope)),
      notifyCancellation: async (effect, order) => {
        const request = order.cancellations?.find(({ id }) => id === effect.cancellation);
        if (request === undefined) return;
        if (request.part !== undefined) {
          // What it passed through, it passed in one step.
          const { state = request.state } = effect;
          await parts.notifyCancellation(effect, order, { ...request, state });
          return;
        }
        await tell(order, effect.id, (api, envelope) =>
          renderCancelTaskEvent(api, order, request, effect.kind, envelope),
        );
      },
      notifyQualification: async () => {},
    },
    hubParts,
    deliveries,
  };
}

type RenderFor = (api: OrderApi, envelope: Envelope) => RenderedEvent | undefined;

/** Tells the subscribers of every API that knows orders of that kind; what comes of one effect is stored together. */
function tellAt(
  hubs: readonly { readonly api: OrderApi; readonly hub: Hub }[],
  { kernel, deliveries }: HubParts,
): (order: CustomerOrder, completes: string, render: RenderFor) => Promise<void> {
  /** Events go into outboxes in the order in which they happened, however long the store takes over each. */
  const turns = new Turns();
  return async (order, completes, render) => {
    // The APIs of orders do not know those that only ask, and their own interface has nothing to subscribe to.
    if (order.fulfillmentType === 'Qualify') return;
    await turns.take(async () => {
      const at = kernel.now();
      const events: AddressedEvent[] = [];
      for (const { api, hub } of hubs) {
        if (api.category !== order.category) continue;
        events.push(...(await hub.addressed((envelope) => render(api, envelope), at)));
      }
      if (events.length > 0) await deliveries.append({ events, at, completes });
    });
  };
}
