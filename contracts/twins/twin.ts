/** What a twin is: a simulated TMF641 v4.1 vendor with known behaviour, by which a verifier is measured. */
import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Claims } from './claims.ts';

export interface Twin {
  /** In kebab case. */
  readonly name: string;
  readonly kind: 'conformant' | 'faulty' | 'legal';
  /** One sentence: what it does otherwise than the conformant one. */
  readonly deviation: string;
  /** Where the specification speaks of it, such as `TMF641 v4.1 lifecycle of ServiceOrder`. */
  readonly clause: string;
  /** Of a faulty one: the rule that it breaks. */
  readonly breaks?: string;
  /** What cannot be seen in single answers: it differs only in when or in which order, only under concurrency, only late in an order's life. */
  readonly differs?: readonly Difference[];
  /** What it says of itself. A faulty one says what a vendor with that bug would still say. */
  readonly claims: Claims;
  /** Where its API starts below its public URL, when not at `/tmf-api/serviceOrdering/v4`. */
  readonly basePath?: string;
  open(world: TwinWorld): OpenTwin;
}

/** `late`: only after an order has been inProgress. */
export type Difference = 'timing' | 'order' | 'concurrency' | 'late';

export interface TwinWorld {
  readonly kernel: Kernel;
  /** How it delivers events. */
  readonly client: Client;
  /** Such as `http://vendor.test`, without a slash at the end. */
  readonly publicUrl: string;
  /** What every callback carries in the header that its claims name. */
  readonly callbackSecret?: string;
  /** What it takes, according to the scheme that its claims name. */
  readonly credentials?: TwinCredentials;
}

export interface TwinCredentials {
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  readonly apiKey?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

export interface OpenTwin {
  readonly endpoint: Endpoint;
  /** As if its process had ended and begun again. */
  restart(): void;
}
