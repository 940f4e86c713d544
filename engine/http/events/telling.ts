/** All that listeners are told of orders: the hubs where they subscribe, and the deliveries to them. */
import type { Client } from '../../../exchange/client.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { Deliveries, type StoreOfEvents } from '../../shell/deliveries.ts';
import type { Ports } from '../../shell/effects.ts';
import { productOrderingBase } from '../../wire/tmf622-v4.ts';
import { serviceOrderingBase } from '../../wire/tmf641-v4-north.ts';
import type { Route } from '../answers.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { Hub, type HubParts } from './hub.ts';
import { listenerPort } from './listener.ts';

export interface Telling {
  readonly routes: Route[];
  readonly ports: Pick<Ports, 'notifyListeners' | 'notifyQualification' | 'notifyCancellation'>;
  /** For the hubs of further APIs. */
  readonly hubParts: HubParts;
  readonly deliveries: Deliveries;
}

export function openTelling(options: {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly publicUrl: string;
  readonly store: StoreOfEvents;
  readonly nobodyMay: 'everything' | 'nothing';
}): Telling {
  const { kernel, client, publicUrl, store } = options;
  const deliveries = new Deliveries({ kernel, store, tell: listenerPort({ kernel, client }) });
  const hubParts = { kernel, store, deliveries, publicUrl };
  const productHub = new Hub({ ...hubParts, api: 'TMF622', base: productOrderingBase });
  const serviceHub = new Hub({ ...hubParts, api: 'TMF641', base: serviceOrderingBase });
  const hubOf = ({ category }: CustomerOrder) => (category === 'Product' ? productHub : serviceHub);
  return {
    routes: [...productHub.routes, ...serviceHub.routes, ...deliveryRoutes({ ...options, deliveries })],
    // TMF641 does not know orders that only ask, and their own interface has nothing to subscribe to.
    ports: {
      notifyListeners: async (change, order) => {
        if (order.fulfillmentType === 'Qualify') return;
        await hubOf(order).tell(order, change);
      },
      notifyCancellation: async (effect, order) => {
        if (order.fulfillmentType !== 'Qualify') await hubOf(order).tellOfCancellation(order, effect);
      },
      notifyQualification: async () => {},
    },
    hubParts,
    deliveries,
  };
}
