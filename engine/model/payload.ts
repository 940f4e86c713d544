/** What goes southbound, before any dialect: built and compared in core, rendered in wire. */
import type { SpecificationType } from './catalogue.ts';
import type { Json } from './json.ts';
import type { Action, Characteristic, Instant, OrderCategory, OrderKind, Party, Place } from './words.ts';
import type { Job } from './work-orders/job.ts';

export interface OutboundPayload {
  /** What the items are; service orders when absent. */
  readonly kind?: 'resource' | 'work';
  readonly requestId: string;
  /** 1 when it is created; a revision says what has changed since the one before. */
  readonly revision: number;
  readonly description?: string;
  readonly priority?: string;
  readonly requestedStartAt?: Instant;
  readonly requestedCompletionAt?: Instant;
  readonly parties: readonly Party[];
  readonly items: readonly OutboundItem[];
  /** Of work orders: the customer order that they are for. */
  readonly order?: { readonly id: string; readonly category: OrderCategory };
}

/** In a revision: what has become of the item since what was last accepted. */
export type Modification = 'add' | 'change' | 'delete' | 'noChange';

export interface OutboundCharacteristic extends Characteristic {
  /** In a revision, of a characteristic that has changed: what it was, if it was there. */
  readonly previousValue?: Json;
}

export interface OutboundJob extends Pick<Job, 'type' | 'description' | 'suspended'> {
  readonly for: { readonly id: string; readonly number: string; readonly kind: OrderKind };
  /** In a revision: whoever does the work is to stop it for now, or to go on. */
  readonly turn?: 'suspend' | 'resume';
}

export interface OutboundItem {
  /** Id of the domain order, of whichever kind. */
  readonly serviceOrder: string;
  readonly action: Action;
  /** Absent when it is created. */
  readonly modification?: Modification;
  readonly quantity: number;
  readonly specification: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly type: SpecificationType;
  };
  readonly characteristics: readonly OutboundCharacteristic[];
  /** The service that exists, for every action but add. */
  readonly inventory?: string;
  readonly place?: Place;
  readonly parent?: string;
  readonly children: readonly string[];
  /** Of a work order: what is to be done, and for which domain order. */
  readonly job?: OutboundJob;
  /** Items of this payload that must be complete before this one starts. */
  readonly after: readonly string[];
}
