/** What a capability statement may say: plain data, with durations in ISO 8601 (`PT5S`). The verifier has a schema of its own for it. */
export interface Claims {
  readonly offers?: {
    readonly cancel?: boolean;
    readonly hub?: boolean;
    readonly patch?: boolean;
    readonly delete?: boolean;
    readonly paging?: boolean;
    readonly filters?: boolean | readonly string[];
    readonly fields?: boolean;
    readonly sort?: boolean;
  };
  /** What may be ordered. The first without `leadsTo` is the usual one. */
  readonly specifications?: readonly {
    readonly id: string;
    readonly name?: string;
    readonly leadsTo?: 'held' | 'pending' | 'rejected' | 'failed' | 'denied';
  }[];
  readonly idempotencyKey?: 'externalId' | 'none';
  readonly answersWithin?: string;
  /** From the create to a terminal state. */
  readonly completesWithin?: string;
  /** From the cancel request to the end of the task. */
  readonly cancelsWithin?: string;
  readonly events?: {
    readonly delivery?: 'at-least-once' | 'at-most-once';
    readonly ordered?: boolean;
    /** From the change to the delivery. */
    readonly within?: string;
    /** After a failed delivery. */
    readonly redeliveredWithin?: string;
    /** The header in which every callback carries the value that the verifier was given as --callback-secret. */
    readonly credentialsHeader?: string;
    readonly checksCertificates?: boolean;
  };
  readonly auth?:
    | { readonly scheme: 'bearer' | 'basic' | 'apiKey'; readonly header?: string }
    | { readonly scheme: 'oauth2'; readonly tokenUrl: string; readonly expiresIn?: string };
  readonly load?: {
    readonly orders: number;
    readonly perSecond: number;
    readonly answersWithin: string;
    readonly announcedWithin: string;
  };
}
