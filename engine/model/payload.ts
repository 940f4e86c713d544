/** What goes southbound, before any dialect: built and compared in core, rendered in wire. */
import type { SpecificationType } from './catalogue.ts';
import type { Action, Characteristic, Instant, Party, Place } from './order.ts';

export interface OutboundPayload {
  readonly requestId: string;
  readonly description?: string;
  readonly priority?: string;
  readonly requestedStartAt?: Instant;
  readonly requestedCompletionAt?: Instant;
  readonly parties: readonly Party[];
  readonly items: readonly OutboundItem[];
}

export interface OutboundItem {
  readonly serviceOrder: string;
  readonly action: Action;
  readonly quantity: number;
  readonly specification: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly type: SpecificationType;
  };
  readonly characteristics: readonly Characteristic[];
  /** The service that exists, for every action but add. */
  readonly inventory?: string;
  readonly place?: Place;
  readonly parent?: string;
  readonly children: readonly string[];
  /** Items of this payload that must be complete before this one starts. */
  readonly after: readonly string[];
}
