/**
 * A simulated inventory system: it says which services can be had (TMF645), holds capacity for them, and knows the
 * services (TMF638) and resources (TMF639) that are there. One object, called directly, mounted as msw handlers or served
 * on a port. Whatever comes, of no specification and at no site more is used and reserved than there is.
 */
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import type { Client } from '../../exchange/client.ts';
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { routerOf } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refusal } from '../answers.ts';
import type { InventoryData } from './inventory-data.ts';
import { Checks } from './qualification/checks.ts';
import type { Facts } from './qualification/qualify.ts';
import { Queries } from './qualification/queries.ts';
import { Resources } from './resources.ts';
import { Services } from './services.ts';
import { Deliveries } from './stock/deliveries.ts';
import { Ledger } from './stock/ledger.ts';
import type { Place, Pool } from './stock/pool.ts';
import type { Reservation } from './stock/reservation.ts';
import { basePathOf, InventoryTeller } from './telling.ts';
import type { World } from './world.ts';

export interface InventoryOptions {
  readonly kernel: Kernel;
  readonly inventory: InventoryData;
  /** How it reaches those it tells of changes. */
  readonly client: Client;
  /** Where it is reached, such as `http://inventory.test`, without a slash at the end. */
  readonly publicUrl: string;
  /** Where processResult callbacks go: the root of the order management system. */
  readonly callbackUrl: string;
  /** Its name, which is in its ids. */
  readonly name?: string;
}

export class Inventory {
  readonly endpoint: Endpoint;
  readonly name: string;
  readonly #world: World;
  readonly #deliveries: Deliveries;
  readonly #services: Services;
  readonly #resources: Resources;
  readonly #checks: Checks;
  readonly #queries: Queries;

  constructor({ kernel, inventory: data, client, publicUrl, callbackUrl, name = 'inventory' }: InventoryOptions) {
    this.name = name;
    const ledger = new Ledger(data);
    const teller = new InventoryTeller({ kernel, client, name, publicUrl, callbackUrl });
    const world: World = { kernel, name, data, ledger, teller, publicUrl };
    this.#world = world;
    this.#resources = new Resources(world);
    this.#services = new Services(world, (check) => this.#checks.life.used(check));
    const arrived = (place: Place) => this.#resources.tellCapacity(place);
    this.#deliveries = new Deliveries({ kernel, name, data, ledger, arrived });
    this.#checks = new Checks(world, this.#facts(), (id) => this.#whereIs(id));
    this.#queries = new Queries(world);
    const parts = [this.#checks, this.#queries, this.#services, this.#resources];
    this.endpoint = routerOf<Answer>(
      [...parts.flatMap(({ routes }) => routes), ...teller.routes],
      ({ status, message, allow }) => refusal(errorOfStatus(status, message), 0, allow === undefined ? {} : { allow }),
    );
  }

  get data(): InventoryData {
    return this.#world.data;
  }

  /** Where checks are sent. */
  get checksUrl(): string {
    return `${this.#world.publicUrl}${basePathOf('TMF645')}/checkServiceQualification`;
  }

  poolAt(place: Place): Pool {
    return this.#world.ledger.poolAt(place);
  }

  /** All there have been, whatever became of them. */
  get reservations(): readonly Reservation[] {
    return this.#world.ledger.reservations;
  }

  /** As its file says, with durations counted from now on. Subscriptions stay. */
  reset(): void {
    this.#checks.forget();
    this.#queries.forget();
    this.#world.teller.forget();
    this.#world.ledger.reset();
    this.#services.reset();
    this.#resources.reset();
    this.#deliveries.open();
  }

  #facts(): Facts {
    const { data, ledger } = this.#world;
    return {
      knowsSite: (site) => data.sites.has(site),
      specification: (id) => data.specifications.get(id),
      poolAt: (place) => ledger.poolAt(place),
      comingAt: (place) => this.#deliveries.comingAt(place),
      heldBy: (service) => this.#services.heldBy(service),
    };
  }

  #whereIs(id: string): { site?: string; specification?: string } | undefined {
    const service = this.#services.find(id);
    if (service === undefined) return undefined;
    const site = service.place?.[0]?.id;
    return { specification: service.serviceSpecification.id, ...(site === undefined ? {} : { site }) };
  }
}
