/** What a service says of its place in the stock: its site, its specification, and the reservations that it may use. */
import type { Finding } from '../../contracts/schemas/finding.ts';
import type {
  Service,
  ServiceSpecificationRef,
  ServiceStateType,
} from '../../contracts/schemas/tmf638-v4.0.generated.ts';
import type { InventoryData } from './inventory-data.ts';
import type { Place } from './stock/pool.ts';

/** A service as the inventory keeps it. */
export interface StockedService extends Service {
  readonly id: string;
  readonly state: ServiceStateType;
  readonly serviceSpecification: ServiceSpecificationRef;
}

/** What it takes a unit of; `undefined` when it names no site, which only services without limit may do. */
export function placeOf({ place, serviceSpecification }: StockedService, { sites }: InventoryData): Place | undefined {
  const site = place?.[0]?.id;
  return site !== undefined && sites.has(site) ? { site, specification: serviceSpecification.id } : undefined;
}

/** The checks whose reservation it is meant to use. */
export function reservingChecks({ relatedEntity = [] }: Service): string[] {
  return relatedEntity.flatMap(({ id, role, '@referredType': type = 'CheckServiceQualification' }) =>
    id !== undefined && role === 'reservation' && type === 'CheckServiceQualification' ? [id] : [],
  );
}

/** Why the inventory has no place for it. */
export function misplaced({ place, serviceSpecification }: StockedService, data: InventoryData): Finding[] {
  const { id } = serviceSpecification;
  const known = data.specifications.get(id);
  if (known === undefined) {
    const expected = `one of ${[...data.specifications.keys()].join(', ')}, which this inventory knows`;
    return [{ pointer: '/serviceSpecification/id', rule: 'known-specification', expected, got: id }];
  }
  const site = place?.[0]?.id;
  if (site === undefined && !known.limited) return [];
  if (site !== undefined && data.sites.has(site)) return [];
  const expected = 'the id of a site that this inventory knows';
  return [{ pointer: '/place/0/id', rule: 'known-site', expected, got: site ?? 'nothing' }];
}
