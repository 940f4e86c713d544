/**
 * The resources of an inventory system: TMF639 `resource` holds all of them, `logicalResource` and `physicalResource` those
 * of a kind. Those of the file and those that were made are kept; capacity pools are computed, and only their capacity can
 * be changed, never below what is used and reserved.
 */
import { checkOf } from '../../contracts/profile/contract.ts';
import { mergePatched } from '../../contracts/profile/merge-patch.ts';
import { selectFields } from '../../contracts/profile/tmf630.ts';
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Characteristic, Resource } from '../../contracts/schemas/tmf639-v4.0.generated.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import { refusal, reply } from '../answers.ts';
import type { ResourceKind, SeededResource } from './inventory-data.ts';
import { listed, type Query, wantedOf } from './listing.ts';
import { type Patch, readPatch } from './patching.ts';
import { placeOfPool, poolShown, poolsFor } from './pools.ts';
import type { Place } from './stock/pool.ts';
import { basePathOf } from './telling.ts';
import { hrefOf, newId, type World } from './world.ts';

interface Collection {
  readonly kind: ResourceKind;
  readonly path: string;
  readonly type: 'Resource' | 'LogicalResource' | 'PhysicalResource';
}

const collections: readonly Collection[] = [
  { kind: 'resource', path: 'resource', type: 'Resource' },
  { kind: 'logical', path: 'logicalResource', type: 'LogicalResource' },
  { kind: 'physical', path: 'physicalResource', type: 'PhysicalResource' },
];

interface StockedResource {
  readonly kind: ResourceKind;
  readonly document: Resource;
}

export class Resources {
  readonly routes: readonly Route<Answer>[] = collections.flatMap((collection) => this.#routesOf(collection));
  readonly #world: World;
  readonly #resources = new Map<string, StockedResource>();

  constructor(world: World) {
    this.#world = world;
    this.reset();
  }

  /** As the inventory's file says. */
  reset(): void {
    this.#resources.clear();
    for (const seeded of this.#world.data.resources) {
      this.#resources.set(seeded.id, { kind: seeded.kind, document: this.#seeded(seeded) });
    }
  }

  /** Tells that a pool has another capacity. */
  tellCapacity(place: Place): void {
    this.#tell('AttributeValueChange', 'logical', poolShown(place, this.#world), 'resourceCharacteristic');
  }

  #routesOf(collection: Collection): Route<Answer>[] {
    const path = `${basePathOf('TMF639')}/${collection.path}`;
    const one = `${path}/{id}`;
    const replace: Route<Answer> = { method: 'PUT', path: one, handle: (request) => this.#change(request, collection) };
    return [
      { method: 'GET', path, handle: ({ query }) => listed(this.#candidates(query, collection.kind), query) },
      { method: 'POST', path, handle: (request) => this.#create(request, collection) },
      { method: 'GET', path: one, handle: (request) => this.#retrieve(request, collection) },
      { method: 'PATCH', path: one, handle: (request) => this.#change(request, collection) },
      { method: 'DELETE', path: one, handle: (request) => this.#delete(request, collection) },
      // As published: logical resources alone can be replaced.
      ...(collection.kind === 'logical' ? [replace] : []),
    ];
  }

  #create({ body }: RoutedRequest, { kind, type }: Collection): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', `Send a ${type}`));
    const findings = checkOf('TMF639', 'conformance', `${type}_Create`)(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const given = body.json as Resource; // all but id and href, as just checked
    const id = newId(this.#world);
    const made = collections.find((each) => kind === 'resource' && each.type === given['@type'])?.kind ?? kind;
    const document: Resource = { ...given, id, href: this.#hrefOf(made, id) };
    this.#resources.set(id, { kind: made, document });
    const resource = made === 'physical' ? 'physicalResource' : 'resource';
    this.#world.teller.announce({ api: 'TMF639', resource, id, document }, this.#world.kernel.now());
    return reply(jsonResponse(201, document, { location: document.href }));
  }

  #retrieve({ params, query }: RoutedRequest, { kind }: Collection): Answer {
    const document = this.#find(params.id ?? '', kind)?.document;
    return document === undefined ? unknown(params.id) : reply(jsonResponse(200, selectFields(document, query.fields)));
  }

  /** A PUT leaves nothing of what was there before. */
  #change(request: RoutedRequest, { kind, type }: Collection): Answer {
    const id = request.params.id ?? '';
    const found = this.#find(id, kind);
    if (found === undefined) return unknown(id);
    const read = readPatch(request, 'TMF639', `${type}_Update`);
    if (!read.ok) return read.refusal;
    const place = placeOfPool(id, this.#world);
    if (place !== undefined) return this.#resize(place, read.patch);
    const { href } = found.document;
    const before = request.method === 'PUT' ? {} : found.document;
    const document: Resource = { ...mergePatched(before, read.patch), id, href };
    this.#resources.set(id, { ...found, document });
    this.#tell('AttributeValueChange', found.kind, document, Object.keys(read.patch).join(','));
    return reply(jsonResponse(200, document));
  }

  /** Of a pool only the capacity can be set. */
  #resize(place: Place, patch: Patch): Answer {
    const wanted = capacityIn(patch);
    if ('findings' in wanted) return refusal(errorOfFindings(wanted.findings));
    const { capacity } = wanted;
    const { used, reserved } = this.#world.ledger.poolAt(place);
    if (!this.#world.ledger.resize(place, capacity)) {
      const message = `${used} are used and ${reserved} reserved of ${place.specification} at ${place.site}, which is more than ${capacity}. Delete services or checks first, or set at least ${used + reserved}`;
      return refusal(errorAnswer(409, '62', 'Capacity in use', message));
    }
    this.tellCapacity(place);
    return reply(jsonResponse(200, poolShown(place, this.#world)));
  }

  #delete({ params }: RoutedRequest, { kind }: Collection): Answer {
    const id = params.id ?? '';
    const found = this.#find(id, kind);
    if (found === undefined) return unknown(id);
    if (placeOfPool(id, this.#world) !== undefined) {
      const message = `${id} is a capacity pool, which is computed; set its capacity to 0 instead`;
      return refusal(errorAnswer(409, '62', 'Computed resource', message));
    }
    this.#resources.delete(id);
    this.#tell('Delete', found.kind, found.document);
    return reply({ status: 204, headers: {} });
  }

  /** Of a kind; `resource` is all of them. */
  #find(id: string, kind: ResourceKind): StockedResource | undefined {
    const place = placeOfPool(id, this.#world);
    const found: StockedResource | undefined =
      place === undefined ? this.#resources.get(id) : { kind: 'logical', document: poolShown(place, this.#world) };
    return found !== undefined && (kind === 'resource' || kind === found.kind) ? found : undefined;
  }

  *#candidates(query: Query, kind: ResourceKind): Iterable<() => Resource> {
    for (const id of wantedOf(query, 'id') ?? this.#resources.keys()) {
      const found = this.#resources.get(id);
      if (found !== undefined && (kind === 'resource' || kind === found.kind)) yield () => found.document;
    }
    if (kind !== 'physical') yield* poolsFor(query, this.#world);
  }

  #seeded({ id, name, kind, site, characteristics, attributes }: SeededResource): Resource {
    const href = this.#hrefOf(kind, id);
    const values = Object.entries(characteristics);
    const known = this.#world.data.sites.get(site ?? '');
    const place = known && { id: known.id, href: siteHref(href, known.id), name: known.name, role: 'site' };
    return {
      ...attributes,
      id,
      href,
      '@type': collections.find((each) => each.kind === kind)?.type ?? 'Resource',
      name,
      ...(place === undefined ? {} : { place }),
      ...(values.length === 0
        ? {}
        : { resourceCharacteristic: values.map(([each, value]) => ({ name: each, value })) }),
    };
  }

  #hrefOf(kind: ResourceKind, id: string): string {
    const path = collections.find((each) => each.kind === kind)?.path ?? 'resource';
    return hrefOf(this.#world, 'TMF639', path, id);
  }

  /** TMF639 has events of resources and of physical resources; a logical one is told of as a resource. */
  #tell(kind: 'AttributeValueChange' | 'Delete', of: ResourceKind, document: Resource, fieldPath?: string): void {
    const resource = of === 'physical' ? 'physicalResource' : 'resource';
    const about = { api: 'TMF639', resource, id: document.id, document, kind } as const;
    this.#world.teller.tell(fieldPath === undefined ? about : { ...about, fieldPath });
  }
}

/** What is at the same site. */
function siteHref(href: string, site: string): string {
  return `${href.slice(0, href.lastIndexOf('/'))}?place.id=${encodeURIComponent(site)}`;
}

/** `{ resourceCharacteristic: [{ name: 'capacity', value: 12 }] }`, and nothing else. */
function capacityIn({ resourceCharacteristic, ...others }: Patch): { capacity: number } | { findings: Finding[] } {
  const computed = (pointer: string, value: unknown): Finding => {
    const expected = 'resourceCharacteristic with capacity only: the rest of a capacity pool is computed';
    return { pointer, rule: 'computed', expected, got: shown(value) };
  };
  const characteristics = (resourceCharacteristic ?? []) as readonly Characteristic[]; // by its schema
  const place = characteristics.findIndex(({ name }) => name === 'capacity');
  const findings = [
    ...Object.entries(others).map(([attribute, value]) => computed(`/${attribute}`, value)),
    ...characteristics.flatMap(({ name }, index) =>
      index === place ? [] : [computed(`/resourceCharacteristic/${index}`, name)],
    ),
  ];
  const value = characteristics[place]?.value;
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    const pointer = place === -1 ? '/resourceCharacteristic' : `/resourceCharacteristic/${place}/value`;
    const expected = 'a capacity, a whole number of 0 or more';
    findings.push({ pointer, rule: 'capacity', expected, got: shown(value) });
  }
  return findings.length > 0 ? { findings } : { capacity: Number(value) };
}

function unknown(id: string | undefined): Answer {
  return refusal(errorAnswer(404, '60', 'Resource not found', `No resource ${id}`));
}
