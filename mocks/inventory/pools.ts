/** Capacity pools as TMF639 shows them: one logical resource for each limited specification at each site. */
import type { Characteristic, LogicalResource } from '../../contracts/schemas/tmf639-v4.0.generated.ts';
import type { Site, Specification } from './inventory-data.ts';
import { type Query, wantedOf } from './listing.ts';
import { freeIn, type Place } from './stock/pool.ts';
import { basePathOf } from './telling.ts';
import { hrefOf, type World } from './world.ts';

const prefix = 'pool';

/** As it can stand in a path: neither part may hold the mark between them. */
export function poolIdOf({ site, specification }: Place): string {
  return [prefix, site, specification].map(encodeURIComponent).join(':');
}

/** The place of a pool; `undefined` when there is none of that id. */
export function placeOfPool(id: string, { data }: Pick<World, 'data'>): Place | undefined {
  const parts = id.split(':');
  const [kind, site, specification] = parts.map(decoded);
  if (parts.length !== 3 || kind !== prefix || site === undefined || specification === undefined) return undefined;
  const isThere = data.sites.has(site) && data.specifications.get(specification)?.limited === true;
  return isThere ? { site, specification } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function poolShown(place: Place, world: World): LogicalResource {
  const { data, ledger, publicUrl } = world;
  const pool = ledger.poolAt(place);
  const id = poolIdOf(place);
  const base = `${publicUrl}${basePathOf('TMF639')}/logicalResource`;
  const site = data.sites.get(place.site)?.name ?? place.site;
  const specification = data.specifications.get(place.specification)?.name ?? place.specification;
  const free = freeIn(pool);
  return {
    id,
    href: hrefOf(world, 'TMF639', 'logicalResource', id),
    '@type': 'LogicalResource',
    category: 'capacity pool',
    name: `${specification} at ${site}`,
    place: {
      id: place.site,
      href: `${base}?place.id=${encodeURIComponent(place.site)}`,
      name: site,
      role: 'site',
    },
    resourceSpecification: {
      id: place.specification,
      href: `${base}?resourceSpecification.id=${encodeURIComponent(place.specification)}`,
      name: specification,
    },
    resourceCharacteristic: [
      counted('capacity', pool.capacity),
      counted('used', pool.used),
      counted('reserved', pool.reserved),
      counted('free', free),
    ],
    operationalState: 'enable',
    usageState: pool.used + pool.reserved === 0 ? 'idle' : free === 0 ? 'busy' : 'active',
  };
}

function counted(name: string, value: number): Characteristic {
  return { name, valueType: 'integer', value };
}

/** The pools that can match, found by their id or their site. */
export function* poolsFor(query: Query, world: World): Iterable<() => LogicalResource> {
  const { data } = world;
  const ids = wantedOf(query, 'id');
  if (ids !== undefined) {
    for (const id of new Set(ids)) {
      const place = placeOfPool(id, world);
      if (place !== undefined) yield () => poolShown(place, world);
    }
    return;
  }
  const wanted = wantedOf(query, 'place.id');
  const limited = [...data.specifications.values()].filter((each) => each.limited);
  for (const site of wanted === undefined ? data.sites.values() : sitesNamed(wanted, data.sites)) {
    for (const place of placesAt(site, limited)) yield () => poolShown(place, world);
  }
}

function sitesNamed(ids: readonly string[], sites: ReadonlyMap<string, Site>): Site[] {
  return [...new Set(ids)].flatMap((id) => sites.get(id) ?? []);
}

function placesAt({ id: site }: Site, specifications: readonly Specification[]): Place[] {
  return specifications.map(({ id }) => ({ site, specification: id }));
}
