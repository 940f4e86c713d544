/** What an inventory system is made of, as the mock reads it. */
import type { Moment } from './moment.ts';
import type { Behaviour } from './qualification/behaviour.ts';

export interface InventoryData {
  readonly name: string;
  readonly specifications: ReadonlyMap<string, Specification>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly services: readonly SeededService[];
  readonly resources: readonly SeededResource[];
  /** When a check holds capacity. */
  readonly reserve: 'asked' | 'always' | 'never';
  readonly reservationValidForMs: number;
  /** The first that matches a check decides; none: at once, from the stock. */
  readonly behaviours: readonly Behaviour[];
}

export interface Specification {
  readonly id: string;
  readonly name: string;
  /** Each service takes a unit of its site's capacity. */
  readonly limited: boolean;
  /** What is proposed in its place, the best first. */
  readonly alternatives: readonly string[];
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly country?: string;
  /** By specification. */
  readonly capacity: ReadonlyMap<string, number>;
  readonly coming: readonly Coming[];
}

/** Capacity to come. */
export interface Coming {
  readonly specification: string;
  readonly at: Moment;
  readonly quantity: number;
}

export interface SeededService {
  readonly id: string;
  readonly name?: string;
  readonly specification: string;
  readonly site?: string;
  readonly state: 'feasibilityChecked' | 'designed' | 'reserved' | 'inactive' | 'active';
  readonly characteristics: { readonly [name: string]: unknown };
}

export interface SeededResource {
  readonly id: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly site?: string;
  readonly characteristics: { readonly [name: string]: unknown };
  /** Further attributes of TMF639. */
  readonly attributes: { readonly [name: string]: unknown };
}

export type ResourceKind = 'resource' | 'logical' | 'physical';
