/** What a vendor says of its endpoint. What it leaves unsaid is found out by asking. */

export interface CapabilityStatement {
  readonly vendor?: string;
  /** True: must be there. False: is not, and what needs it does not apply. */
  readonly offers?: { readonly [capability in Exclude<Capability, 'filters'>]?: boolean } & {
    /** A list: these attributes can be filtered by, and no others. */
    readonly filters?: boolean | readonly string[];
  };
  /** What may be ordered. The first without `leadsTo` is what is ordered where it does not matter. */
  readonly specifications?: readonly OrderableSpecification[];
  /** By what a repeated create is known; `none` when each makes an order of its own. */
  readonly idempotencyKey?: 'externalId' | 'none';
  /** ISO 8601 durations, here and below: until a request is answered. */
  readonly answersWithin?: string;
  /** From the create to the end of the order. */
  readonly completesWithin?: string;
  /** From the request to the end of a cancel task. */
  readonly cancelsWithin?: string;
  readonly events?: EventStatement;
  readonly auth?: AuthStatement;
  readonly load?: LoadStatement;
}

export type Capability = (typeof capabilities)[number];

export const capabilities = ['cancel', 'hub', 'patch', 'delete', 'paging', 'filters', 'fields', 'sort'] as const;

export interface OrderableSpecification {
  readonly id: string;
  readonly name?: string;
  /** What becomes of an order of it; `denied`: it cannot be cancelled. Absent: it is completed. */
  readonly leadsTo?: 'held' | 'pending' | 'rejected' | 'failed' | 'denied';
  /** Characteristics that an order of it has to give. */
  readonly characteristics?: { readonly [name: string]: unknown };
}

export interface EventStatement {
  readonly delivery?: 'at-least-once' | 'at-most-once';
  /** False: events of one order may arrive in any order. */
  readonly ordered?: boolean;
  /** From a change to its delivery. */
  readonly within?: string;
  /** From a failed delivery to the next. */
  readonly redeliveredWithin?: string;
  /** The header in which every callback carries the agreed secret. */
  readonly credentialsHeader?: string;
  /** True: it does not deliver to a listener whose certificate it cannot trust. */
  readonly checksCertificates?: boolean;
}

export type AuthStatement =
  /** An API key goes into that header, `x-api-key` by default. */
  | { readonly scheme: 'bearer' | 'basic' | 'apiKey'; readonly header?: string }
  | { readonly scheme: 'oauth2'; readonly tokenUrl: string; readonly scope?: string; readonly expiresIn?: string };

export interface LoadStatement {
  readonly orders: number;
  readonly perSecond: number;
  /** What 95 of 100 answers keep. */
  readonly answersWithin: string;
  /** What 95 of 100 events keep, from the change to the delivery. */
  readonly announcedWithin: string;
}
