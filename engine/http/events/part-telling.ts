/** What listeners are told of resource orders and work orders: the hubs of TMF652 and TMF697. */
import { Turns } from '../../../kernel/turns.ts';
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { NotifyOfParts } from '../../model/parts/news.ts';
import type { Ports } from '../../shell/effects.ts';
import type { OrderChange } from '../../shell/mailbox.ts';
import { renderCancelTaskEvent } from '../../wire/cancellation/cancel-task.ts';
import { partApis } from '../../wire/north/parts/part-api.ts';
import { renderPartEvent } from '../../wire/north/parts/part-events.ts';
import { partNews } from '../../wire/north/parts/part-news.ts';
import type { Route } from '../answers.ts';
import { type AddressedEvent, Hub, type HubParts } from './hub.ts';

type CancellationNews = Parameters<Ports['notifyCancellation']>[0];

export interface PartTelling {
  readonly routes: Route[];
  readonly notifyOfParts: Ports['notifyOfParts'];
  /** Of a domain order. */
  notifyCancellation(effect: CancellationNews, order: CustomerOrder, request: CancellationRequest): Promise<void>;
  /** Nothing while nobody listens. */
  alsoTold(change: OrderChange): Promise<NotifyOfParts | undefined>;
}

export function openPartTelling(catalogue: Catalogue, hubParts: HubParts): PartTelling {
  const { kernel, store, deliveries } = hubParts;
  const subscription = { asked: 'EventSubscriptionInput' };
  const hubs = partApis.map((api) => ({ api, hub: new Hub({ ...hubParts, ...api, subscription }) }));
  /** Events go into outboxes in the order in which they happened, however long the store takes over each. */
  const turns = new Turns();

  async function isListenedTo(): Promise<boolean> {
    for (const { api } of partApis) if ((await store.events.listenersOf(api)).length > 0) return true;
    return false;
  }

  return {
    routes: hubs.flatMap(({ hub }) => hub.routes),
    alsoTold: async ({ before, order, effects, story, catalogue: inForce }) => {
      const mayBeNews = order.fulfillmentType === 'Deliver' && order.domainOrders.length > 0;
      if (!mayBeNews || !(await isListenedTo())) return undefined;
      const isRemoved = effects.some(({ type }) => type === 'RemoveOrder');
      const news = partNews({ before, order, story, isRemoved, catalogue: inForce });
      return news.length > 0 ? { type: 'NotifyOfParts', news } : undefined;
    },
    notifyCancellation: ({ id, kind }, order, request) =>
      turns.take(async () => {
        const at = kernel.now();
        const events: AddressedEvent[] = [];
        for (const { api, hub } of hubs) {
          if (api.kind !== request.part?.kind) continue;
          events.push(
            ...(await hub.addressed((envelope) => renderCancelTaskEvent(api, order, request, kind, envelope), at)),
          );
        }
        if (events.length > 0) await deliveries.append({ events, at, completes: id });
      }),
    notifyOfParts: ({ id, news }, order) =>
      turns.take(async () => {
        const at = kernel.now();
        const events: AddressedEvent[] = [];
        for (const each of news) {
          for (const { api, hub } of hubs) {
            const placed = { order, catalogue };
            events.push(...(await hub.addressed((envelope) => renderPartEvent(api, placed, each, envelope), at)));
          }
        }
        if (events.length > 0) await deliveries.append({ events, at, completes: id });
      }),
  };
}
