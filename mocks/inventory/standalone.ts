/** A simulated inventory system with everything around it: its journal, and its API at `/mock/v1`. */
import type { Reservation as ReservationShown } from '../../contracts/schemas/mock-api.generated.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { clientWithToken } from '../../exchange/bearer.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import type { MockJournal } from '../journal.ts';
import { adminBasePath, adminEndpointOf, listed } from '../steering/admin-routes.ts';
import { journaled } from '../steering/journaled.ts';
import { Inventory, type InventoryOptions } from './inventory.ts';
import type { Reservation } from './stock/reservation.ts';

export interface StandaloneInventory {
  readonly inventory: Inventory;
  /** Of the party and of the API that looks into it; only the former is in the journal. */
  readonly endpoint: Endpoint;
  readonly journal: MockJournal;
}

export interface StandaloneInventoryOptions extends InventoryOptions {
  /** A token for whatever goes to the order management; absent: it asks for none. */
  readonly callbackToken?: string | undefined;
}

export function openStandaloneInventory(options: StandaloneInventoryOptions): StandaloneInventory {
  const { kernel, callbackToken: token, callbackUrl, name = 'inventory' } = options;
  const { client: told, exchanges, around } = journaled({ kernel, client: options.client, name });
  const client = token === undefined ? told : clientWithToken(told, { token, to: callbackUrl });
  const inventory = new Inventory({ ...options, name, client });
  const simulated = around(inventory.endpoint);
  const admin = adminEndpointOf(
    {
      exchanges: () => exchanges.all,
      reset: () => {
        inventory.reset();
        exchanges.clear();
      },
    },
    [
      {
        method: 'GET',
        path: '/reservation',
        handle: ({ query }) => listed(inventory.reservations.map(reservationShown), query),
      },
    ],
  );
  return {
    inventory,
    endpoint: (request) => (request.path.startsWith(`${adminBasePath}/`) ? admin(request) : simulated(request)),
    journal: {
      get exchanges() {
        return exchanges.all;
      },
      unmatched: [],
    },
  };
}

function reservationShown({ check, item, place, state, madeAt, expiresAt, service }: Reservation): ReservationShown {
  return {
    check,
    item,
    ...place,
    state,
    madeAt: textOfInstant(madeAt),
    expiresAt: textOfInstant(expiresAt),
    ...(service === undefined ? {} : { service }),
  };
}
