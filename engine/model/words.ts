/** What every part of an order speaks of: instants, actions, parties, places and characteristics. */
import type { Json } from './json.ts';

/** Whole epoch milliseconds. */
export type Instant = number;

export type Action = 'add' | 'change' | 'delete' | 'suspend' | 'resume' | 'no-change';

export interface Party {
  readonly id: string;
  readonly name?: string;
  /** What the party is to the order: `customer`, `owner` ... */
  readonly role?: string;
  /** What kind of thing is referred to: `Customer`, `Individual` ... */
  readonly referredType: string;
}

export interface Place {
  readonly id?: string;
  readonly name?: string;
  readonly role: string;
  readonly referredType?: string;
  readonly country?: string;
}

export interface Characteristic {
  readonly name: string;
  readonly valueType?: string;
  readonly value: Json;
}

export const domainOrderKinds = ['product', 'service', 'resource'] as const;

export type DomainOrderKind = (typeof domainOrderKinds)[number];

/** A domain order is of the kind of its specification; or it is a work order, for one that is. */
export type OrderKind = DomainOrderKind | 'work';

/** What is ordered. `Product`: captured through TMF622. `Service`: through TMF641. `Resource`: through TMF652. */
export const orderCategories = ['Product', 'Service', 'Resource'] as const;

export type OrderCategory = (typeof orderCategories)[number];

/** Which version of its API an order came through, where that is not the first: what is kept of it is in the words of it. */
export type Wording = 'v5';
