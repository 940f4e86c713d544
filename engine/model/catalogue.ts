/** What can be ordered, and what it is made of. */
import type { Json } from './json.ts';
import type { FulfillmentPlan, RequestDefinition } from './tasks/plan.ts';
import type { Action, DomainOrderKind } from './words.ts';

export interface Catalogue {
  readonly name: string;
  readonly offerings: { readonly [id: string]: Offering };
  readonly specifications: { readonly [id: string]: Specification };
  /** By name. */
  readonly plans: { readonly [name: string]: FulfillmentPlan };
  /** What values of one domain order mean to others. */
  readonly mappings: readonly AttributeMapping[];
  /** By id. */
  readonly requestDefinitions: { readonly [id: string]: RequestDefinition };
}

/** Whenever a value of a domain order is set, others in its tree get theirs. */
export interface AttributeMapping {
  readonly name: string;
  /** The specification whose values are looked at, and those that they must have for it: each any of some. */
  readonly from: string;
  readonly when: { readonly [characteristic: string]: readonly Json[] };
  /** The specification whose values are set. */
  readonly to: string;
  readonly sets: readonly MappedValue[];
}

/** `copy`: the characteristic of the source that it is the same as. `onlyIfMissing`: what has a value keeps it. */
export type MappedValue = { readonly characteristic: string; readonly onlyIfMissing?: true } & (
  | { readonly copy: string }
  | { readonly value: Json }
);

export interface Offering {
  readonly id: string;
  readonly name: string;
  /** The product specification it sells. */
  readonly specification: string;
}

/** `CFS`: customer facing service. `RFS`: resource facing service. */
export type SpecificationType = 'CFS' | 'RFS' | 'Physical' | 'Logical' | 'Not Applicable';

export interface Specification {
  readonly id: string;
  readonly name: string;
  readonly kind: DomainOrderKind;
  readonly type: SpecificationType;
  readonly category?: string;
  readonly version: string;
  readonly characteristics: readonly CharacteristicSpecification[];
  readonly relationships: readonly Relationship[];
  /** How long its fulfilment takes where nobody outside is asked, in milliseconds. */
  readonly automaticMs: number;
  /** Nothing lasting: what is delivered of it is over when its order is completed. */
  readonly transient?: true;
  /** By action, the name of the plan that its domain orders follow, where no fulfillment policy names another. */
  readonly plans: { readonly [action in Action]?: string };
  /** The most domain orders one unit of it can become; what keeps an order within bounds before it is decomposed. */
  readonly mostDomainOrders: number;
}

export interface CharacteristicSpecification {
  readonly name: string;
  readonly valueType: string;
  readonly mandatory: boolean;
  /** The values allowed; empty means any. */
  readonly options: readonly Json[];
  readonly default?: Json;
}

export type RelationshipType = 'Bundles' | 'Realized as' | 'Requires' | 'Composed of';

export interface Relationship {
  readonly type: RelationshipType;
  readonly target: string;
  readonly mandatory: boolean;
  /** Evaluation order among the relationships of one specification. */
  readonly order: number;
  readonly quantity: Quantity;
  /** The target is left out unless every rule is satisfied. */
  readonly rules: readonly DecompositionRule[];
  /** Sibling specifications whose orders must be closed before the target's starts. */
  readonly after: readonly string[];
}

export interface Quantity {
  readonly minimum: number;
  readonly default: number;
  readonly maximum: number;
  /** A characteristic of the source whose whole number is the quantity. */
  readonly characteristic?: string;
  /** What it means where it is no number: by value of the characteristic. */
  readonly units?: readonly { readonly value: Json; readonly quantity: number }[];
}

/** An exclusion rule: no such characteristic, or another value, and the target is not created. */
export interface DecompositionRule {
  readonly characteristic: string;
  readonly value?: Json;
}

/** The relationship types that may stand between two kinds of specification. */
export const allowedRelationships: {
  readonly [type in RelationshipType]: readonly (readonly [DomainOrderKind, DomainOrderKind])[];
} = {
  Bundles: [
    ['product', 'product'],
    ['service', 'service'],
    ['resource', 'resource'],
  ],
  'Realized as': [
    ['product', 'service'],
    ['service', 'service'],
    ['resource', 'resource'],
  ],
  Requires: [
    ['product', 'resource'],
    ['service', 'service'],
    ['service', 'resource'],
    ['resource', 'resource'],
  ],
  'Composed of': [
    ['product', 'product'],
    ['service', 'service'],
    ['resource', 'resource'],
  ],
};
