/** A system that can be sent to, with orders or with questions: where it is, what it speaks, how it wants to be asked. */
import type { ItemReport } from './inputs.ts';
import type { Action } from './order.ts';
import type { DecisionRow, OutboundColumn } from './policies.ts';
import type { ReportedResult } from './qualification/result.ts';

export interface Target {
  readonly name: string;
  /** Where its API starts, such as `http://som.example/tmf-api/serviceOrdering/v4`, without a slash at the end. */
  readonly baseUrl: string;
  /** `tmf641-v4.1` by default. */
  readonly dialect?: DialectName;
  /** Events, by default. */
  readonly reporting?: Reporting;
  readonly auth?: Auth;
  /** Names in lower case. */
  readonly headers?: Headers;
  /** How long to wait for an answer where no policy says so, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** How many requests may be under way to it at once; any number by default. */
  readonly concurrency?: number;
  /** Other words than those of the dialect, for this target alone. */
  readonly words?: Partial<WireWords>;
  /** Of an inventory system, its own words for results, beside those of the dialect. */
  readonly results?: ResultWords;
  /** Of an inventory system: it is asked whether services can be had, without a word in the policies. */
  readonly qualifies?: Qualifies;
}

/** What a word for a result says. */
export type ResultWords = { readonly [word: string]: ReportedResult };

/** When an inventory system is asked: of all that match, the one with the lowest order is. */
export interface Qualifies {
  readonly order: number;
  readonly when: DecisionRow<OutboundColumn, never>['when'];
}

export type Headers = { readonly [name: string]: string | Secret };

/** What systems speak that take orders: service orders, resource orders by `tmf652-v4.0`, work orders by `tmf697-v4.0`. */
export const orderDialectNames = ['tmf641-v4.1', 'servicenow', 'flowone', 'tmf652-v4.0', 'tmf697-v4.0'] as const;

export type OrderDialectName = (typeof orderDialectNames)[number];

/** What inventory systems speak, which say whether a service can be had. */
export const inventoryDialectNames = ['tmf645-v4.0'] as const;

export type InventoryDialectName = (typeof inventoryDialectNames)[number];

export type DialectName = OrderDialectName | InventoryDialectName;

/**
 * How it tells what becomes of an order. `events`: to whoever subscribes at its hub, which the engine does at start.
 * `callback`: by itself. Or it tells nothing, and is asked again and again.
 */
export type Reporting = 'events' | 'callback' | { readonly pollEveryMs: number };

export function reportingOf({ reporting }: Target): Reporting {
  return reporting ?? 'events';
}

/** What a dialect calls the engine's states and actions. */
export interface WireWords {
  /** What each of its states says of an outbound request; a state that is not here says nothing. */
  readonly states: { readonly [state: string]: ItemReport['state'] };
  readonly actions: { readonly [action in Action]: string };
  /** Text that announces fallout, in any case, where the dialect has no state for it. */
  readonly falloutPhrase: string;
}

export type Auth =
  | { readonly kind: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'apiKey'; readonly header: string; readonly key: Secret }
  | OAuth2;

/** OAuth 2, client credentials grant (RFC 6749, 4.4). */
export interface OAuth2 {
  readonly kind: 'oauth2';
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scope?: string;
  /** How the client shows who it is: in a header, or in the body (RFC 6749, 2.3.1). */
  readonly clientAuthentication: 'basic' | 'post';
}

/** A value that must not be written down: whoever prints it, on purpose or not, prints a placeholder. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }
}
