/** The file of an inventory system: as people write it -> as the mock reads it, or all that is wrong with it. */
import { type Finding, pointerTo, shown } from '../../contracts/schemas/finding.ts';
import inventorySchema from '../../contracts/schemas/inventory.schema.json' with { type: 'json' };
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import { checkOfSchema } from '../../contracts/schemas/validator.ts';
import type { InventoryData, SeededResource, SeededService, Site, Specification } from './inventory-data.ts';
import { momentOf } from './moment.ts';
import { type BehaviourInFile, behaviourOf } from './qualification/behaviour.ts';
import { holdsCapacity } from './service-life.ts';
import { keyOf } from './stock/pool.ts';

export interface InventoryFile {
  readonly inventory: string;
  readonly specifications: { readonly [id: string]: Partial<Omit<Specification, 'id'>> };
  readonly sites: readonly SiteInFile[];
  readonly services?: readonly (Partial<SeededService> & Pick<SeededService, 'id' | 'specification'>)[];
  readonly resources?: readonly (Partial<SeededResource> & Pick<SeededResource, 'id' | 'name'>)[];
  readonly reserve?: InventoryData['reserve'];
  readonly reservationValidFor?: string;
  readonly answers?: readonly BehaviourInFile[];
}

export interface SiteInFile {
  readonly id: string;
  readonly name?: string;
  readonly country?: string;
  readonly capacity?: { readonly [specification: string]: number };
  readonly available?: readonly { readonly specification: string; readonly at: string; readonly quantity: number }[];
}

export type ReadInventory =
  | { readonly ok: true; readonly inventory: InventoryData }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const checkFile = checkOfSchema(inventorySchema);

/** @param file what the YAML or JSON says. */
export function readInventory(file: unknown): ReadInventory {
  const broken = checkFile(file);
  if (broken.length > 0) return { ok: false, findings: broken };
  const written = file as InventoryFile; // by its schema, one line above
  const inventory = inventoryOf(written);
  const findings = [...inSites(written), ...inSpecifications(written), ...inServices(written, inventory)];
  return findings.length > 0 ? { ok: false, findings } : { ok: true, inventory };
}

/** @param file one that nothing is wrong with. */
export function inventoryOf(file: InventoryFile): InventoryData {
  const specifications = Object.entries(file.specifications).map(([id, { name, limited, alternatives }]) => {
    return { id, name: name ?? id, limited: limited ?? true, alternatives: alternatives ?? [] };
  });
  return {
    name: file.inventory,
    specifications: new Map(specifications.map((specification) => [specification.id, specification])),
    sites: new Map(file.sites.map((site) => [site.id, siteOf(site)])),
    services: (file.services ?? []).map((service) => ({ state: 'active', characteristics: {}, ...service })),
    resources: (file.resources ?? []).map((resource) => ({
      kind: 'resource',
      characteristics: {},
      attributes: {},
      ...resource,
    })),
    reserve: file.reserve ?? 'asked',
    reservationValidForMs: durationMsOfText(file.reservationValidFor ?? 'P7D'),
    behaviours: (file.answers ?? []).map(behaviourOf),
  };
}

function siteOf({ id, name, country, capacity = {}, available = [] }: SiteInFile): Site {
  return {
    id,
    name: name ?? id,
    ...(country === undefined ? {} : { country }),
    capacity: new Map(Object.entries(capacity)),
    coming: available.map(({ at, ...coming }) => ({ ...coming, at: momentOf(at) })),
  };
}

function inSites({ sites, specifications }: InventoryFile): Finding[] {
  const seen = new Set<string>();
  return sites.flatMap(({ id, capacity = {}, available = [] }, index) => {
    const at = `/sites/${index}`;
    const again = seen.has(id);
    seen.add(id);
    return [
      ...(again ? [finding(`${at}/id`, 'unique-site', 'an id that no other site has', id)] : []),
      ...Object.keys(capacity).flatMap((name) => unlimited(specifications, name, pointerTo(`${at}/capacity`, name))),
      ...available.flatMap(({ specification }, place) =>
        unlimited(specifications, specification, `${at}/available/${place}/specification`),
      ),
    ];
  });
}

/** Capacity of something that is not counted. */
function unlimited(specifications: InventoryFile['specifications'], id: string, pointer: string): Finding[] {
  const known = Object.hasOwn(specifications, id) ? specifications[id] : undefined;
  if (known !== undefined && known.limited !== false) return [];
  const limited = Object.keys(specifications).filter((each) => specifications[each]?.limited !== false);
  return [finding(pointer, 'limited-specification', `one of ${limited.join(', ')}`, id)];
}

function inSpecifications({ specifications }: InventoryFile): Finding[] {
  return Object.entries(specifications).flatMap(([id, { alternatives = [] }]) =>
    alternatives.flatMap((alternative, place) =>
      Object.hasOwn(specifications, alternative) && alternative !== id
        ? []
        : [
            finding(
              `${pointerTo('/specifications', id)}/alternatives/${place}`,
              'known-specification',
              `another of ${Object.keys(specifications).join(', ')}`,
              alternative,
            ),
          ],
    ),
  );
}

/** Services that are not where they say, or more than there is room for. */
function inServices(
  { services = [] }: InventoryFile,
  { specifications, sites, services: read }: InventoryData,
): Finding[] {
  const used = new Map<string, number>();
  const seen = new Set<string>();
  return services.flatMap(({ id, specification, site }, index) => {
    const at = `/services/${index}`;
    const again = seen.has(id);
    seen.add(id);
    if (again) return [finding(`${at}/id`, 'unique-service', 'an id that no other service has', id)];
    const known = specifications.get(specification);
    if (known === undefined) {
      const expected = `one of ${[...specifications.keys()].join(', ')}`;
      return [finding(`${at}/specification`, 'known-specification', expected, specification)];
    }
    if (site === undefined && !known.limited) return [];
    const there = sites.get(site ?? '');
    if (site === undefined || there === undefined)
      return [finding(`${at}/site`, 'known-site', 'one of the sites', site)];
    if (!known.limited || !holdsCapacity(read[index]?.state)) return [];
    const key = keyOf({ site, specification });
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    const capacity = there.capacity.get(specification) ?? 0;
    if (count <= capacity) return [];
    return [finding(at, 'within-capacity', `at most ${capacity} services of ${specification} at ${site}`, count)];
  });
}

function finding(pointer: string, rule: string, expected: string, got: unknown): Finding {
  return { pointer, rule, expected, got: shown(got) };
}
