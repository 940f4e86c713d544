/**
 * The services of an inventory system: TMF638 `service`. A service that is reserved, inactive or active holds a unit of
 * capacity at its site; it uses the reservation that it names, when that is still there, and a free unit otherwise.
 */
import { checkOf } from '../../contracts/profile/contract.ts';
import { mergePatched } from '../../contracts/profile/merge-patch.ts';
import { selectFields } from '../../contracts/profile/tmf630.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Service, Service_Create } from '../../contracts/schemas/tmf638-v4.0.generated.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import { refusal, reply } from '../answers.ts';
import type { SeededService } from './inventory-data.ts';
import { listed, type Query, wantedOf } from './listing.ts';
import { readPatch } from './patching.ts';
import { deletionOf, holdsCapacity, obstacleTo } from './service-life.ts';
import { misplaced, placeOf, reservingChecks, type StockedService } from './service-place.ts';
import { keyOf, type Place } from './stock/pool.ts';
import { basePathOf } from './telling.ts';
import { hrefOf, newId, type World } from './world.ts';

const path = `${basePathOf('TMF638')}/service`;

export class Services {
  readonly routes: readonly Route<Answer>[] = [
    { method: 'POST', path, handle: (request) => this.#create(request) },
    { method: 'GET', path, handle: ({ query }) => listed(this.#candidates(query), query) },
    {
      method: 'GET',
      path: `${path}/{id}`,
      handle: (request) =>
        this.#with(request, (service) => reply(jsonResponse(200, selectFields(service, request.query.fields)))),
    },
    {
      method: 'PATCH',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (service) => this.#patch(service, request)),
    },
    {
      method: 'DELETE',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (service) => this.#delete(service)),
    },
  ];
  readonly #world: World;
  readonly #services = new Map<string, StockedService>();
  /** By site: the ids of the services there. */
  readonly #atSite = new Map<string, Set<string>>();
  readonly #reservationUsed: (check: string) => void;

  /** @param reservationUsed is told the id of the check whose reservation a service has used. */
  constructor(world: World, reservationUsed: (check: string) => void) {
    this.#world = world;
    this.#reservationUsed = reservationUsed;
    this.reset();
  }

  /** As the inventory's file says; its ledger has to be so already. */
  reset(): void {
    this.#services.clear();
    this.#atSite.clear();
    for (const seeded of this.#world.data.services) {
      const service = this.#seeded(seeded);
      const place = this.#heldBy(service);
      if (place !== undefined) this.#world.ledger.begin(service.id, place, []);
      this.#keep(service);
    }
  }

  find(id: string): StockedService | undefined {
    return this.#services.get(id);
  }

  /** Where a service holds capacity; `undefined` when it does not. */
  heldBy(id: string): Place | undefined {
    const service = this.#services.get(id);
    return service === undefined ? undefined : this.#heldBy(service);
  }

  #create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', 'Send a Service'));
    const findings = checkOf('TMF638', 'conformance', 'Service_Create')(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const id = newId(this.#world);
    const href = hrefOf(this.#world, 'TMF638', 'service', id);
    const now = textOfInstant(this.#world.kernel.now());
    const request = body.json as Service_Create; // valid, as just checked
    const service = this.#dated({ serviceDate: now, ...request, id, href }, undefined);
    const refused = this.#taken(service, undefined);
    if (refused !== undefined) return refused;
    this.#keep(service);
    const about = { api: 'TMF638', resource: 'service', id, document: service } as const;
    this.#world.teller.announce(about, this.#world.kernel.now());
    return reply(jsonResponse(201, service, { location: href }));
  }

  #patch(before: StockedService, request: RoutedRequest): Answer {
    const read = readPatch(request, 'TMF638', 'Service_Update');
    if (!read.ok) return read.refusal;
    const merged = mergePatched(before, read.patch) as StockedService; // id and state stay, or are valid, as just checked
    const obstacle = obstacleTo(before.state, merged.state);
    if (obstacle !== undefined) return refusal(errorAnswer(409, '62', 'Illegal state', obstacle));
    const after = this.#dated(merged, before);
    const refused = this.#taken(after, before);
    if (refused !== undefined) return refused;
    this.#takeFromSites(before);
    this.#keep(after);
    const isMoved = before.state !== after.state;
    const others = Object.keys(read.patch).filter((attribute) => !(isMoved && attribute === 'state'));
    if (isMoved) this.#tell('StateChange', after);
    if (others.length > 0) this.#tell('AttributeValueChange', after, others.join(','));
    return reply(jsonResponse(200, after));
  }

  #delete(service: StockedService): Answer {
    const deletion = deletionOf[service.state];
    if (deletion === 'refused') {
      const message = `Service ${service.id} is ${service.state}, and only an active one is terminated; activate it first`;
      return refusal(errorAnswer(409, '62', 'Illegal state', message));
    }
    const place = this.#heldBy(service);
    if (place !== undefined) this.#world.ledger.end(place);
    if (deletion === 'gone') {
      this.#takeFromSites(service);
      this.#services.delete(service.id);
      this.#tell('Delete', service);
    } else {
      const terminated = this.#dated({ ...service, state: 'terminated' }, service);
      this.#keep(terminated);
      this.#tell('StateChange', terminated);
    }
    return reply({ status: 204, headers: {} });
  }

  /** Lets a service hold what it has to hold, and no longer what it held before; or says why that cannot be. */
  #taken(after: StockedService, before: StockedService | undefined): Answer | undefined {
    const { data, ledger } = this.#world;
    const findings = misplaced(after, data);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const held = before === undefined ? undefined : this.#heldBy(before);
    const place = this.#heldBy(after);
    if (held !== undefined && place !== undefined && keyOf(held) === keyOf(place)) return undefined;
    if (place !== undefined) {
      const { ok, used } = ledger.begin(after.id, place, reservingChecks(after));
      if (!ok) return this.#noCapacity(place);
      if (used !== undefined) this.#reservationUsed(used.check);
    }
    if (held !== undefined) ledger.end(held);
    return undefined;
  }

  #noCapacity(place: Place): Answer {
    const { capacity, used, reserved } = this.#world.ledger.poolAt(place);
    const message =
      `No free capacity for ${place.specification} at ${place.site}: of ${capacity}, ${used} are used and ${reserved} reserved. ` +
      'Name a check whose reservation is still held, or choose another site or specification';
    return refusal(errorAnswer(409, '62', 'No free capacity', message));
  }

  #heldBy(service: StockedService): Place | undefined {
    return holdsCapacity(service.state) ? placeOf(service, this.#world.data) : undefined;
  }

  /** It starts when it becomes active, and ends when it is terminated. */
  #dated(service: StockedService, before: StockedService | undefined): StockedService {
    const { endDate, ...open } = service;
    const now = textOfInstant(this.#world.kernel.now());
    const isNew = before?.state !== service.state;
    if (isNew && service.state === 'active')
      return { startDate: now, ...(before?.state === 'terminated' ? open : service) };
    return isNew && service.state === 'terminated' ? { ...open, endDate: endDate ?? now } : service;
  }

  #seeded({ id, name, specification, site, state, characteristics }: SeededService): StockedService {
    const { data } = this.#world;
    const values = Object.entries(characteristics);
    const known = data.sites.get(site ?? '');
    return {
      id,
      href: hrefOf(this.#world, 'TMF638', 'service', id),
      state,
      serviceSpecification: { id: specification, name: data.specifications.get(specification)?.name ?? specification },
      ...(name === undefined ? {} : { name }),
      ...(known === undefined ? {} : { place: [{ id: known.id, name: known.name, role: 'installation' }] }),
      ...(values.length === 0 ? {} : { serviceCharacteristic: values.map(([each, value]) => ({ name: each, value })) }),
    };
  }

  #keep(service: StockedService): void {
    this.#services.set(service.id, service);
    for (const { id: site } of service.place ?? []) {
      if (site === undefined) continue;
      const ids = this.#atSite.get(site) ?? new Set();
      this.#atSite.set(site, ids.add(service.id));
    }
  }

  #takeFromSites(service: StockedService): void {
    for (const { id: site } of service.place ?? []) this.#atSite.get(site ?? '')?.delete(service.id);
  }

  /** Those that can match, found by what there is an index of. */
  *#candidates(query: Query): Iterable<() => Service> {
    const sites = wantedOf(query, 'place.id');
    const ids =
      wantedOf(query, 'id') ?? sites?.flatMap((site) => [...(this.#atSite.get(site) ?? [])]) ?? this.#services.keys();
    for (const id of new Set(ids)) {
      const service = this.#services.get(id);
      if (service !== undefined) yield () => service;
    }
  }

  #tell(kind: 'StateChange' | 'AttributeValueChange' | 'Delete', document: StockedService, fieldPath?: string): void {
    const about = { api: 'TMF638', resource: 'service', id: document.id, document, kind } as const;
    this.#world.teller.tell(fieldPath === undefined ? about : { ...about, fieldPath });
  }

  #with({ params }: RoutedRequest, does: (service: StockedService) => Answer): Answer {
    const service = this.#services.get(params.id ?? '');
    if (service !== undefined) return does(service);
    return refusal(errorAnswer(404, '60', 'Resource not found', `No service ${params.id}`));
  }
}
