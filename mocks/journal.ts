/** What a mock has seen and sent: the last exchanges, and those that no behaviour was written for. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import { receivedBody } from '../exchange/message.ts';

/**
 * How many exchanges a standalone mock remembers. Larger keeps more memory for as long as it runs; smaller loses the
 * beginning of an order's life, of some twenty exchanges, while it is being looked at.
 */
export const remembered = 10_000;

export interface Unmatched {
  readonly at: number;
  readonly request: string;
  readonly externalId?: string;
  /** The behaviour that came closest, and what in it did not match. */
  readonly nearest: string;
  readonly difference: string;
}

export interface MockJournal {
  readonly exchanges: readonly ExchangeRecord[];
  readonly unmatched: readonly Unmatched[];
}

/** A list that forgets its oldest. */
export class LastOf<Thing> {
  readonly #most: number;
  #things: Thing[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get all(): readonly Thing[] {
    return this.#things;
  }

  add(thing: Thing): void {
    this.#things.push(thing);
    // Cut in bulk, so that adding stays cheap.
    if (this.#things.length > 2 * this.#most) this.#things = this.#things.slice(-this.#most);
  }

  clear(): void {
    this.#things = [];
  }
}

type Query = { readonly [name: string]: readonly string[] };

/**
 * The exchanges that match the filters of a query, and what is left of the query for whoever makes pages of them.
 * `path` is a part of one, `status` a status or the kind of an outcome, `externalId` that of an order or a check in either
 * message.
 */
export function exchangesAskedFor(
  exchanges: readonly ExchangeRecord[],
  { method, path, status, externalId, unmatched, ...paging }: Query,
): [ExchangeRecord[], Query] {
  const found = exchanges.filter(
    ({ request, outcome }) =>
      (method === undefined || method.includes(request.method)) &&
      (path === undefined || path.some((part) => request.path.includes(part))) &&
      (status === undefined || status.includes('status' in outcome ? String(outcome.status) : outcome.kind)) &&
      (externalId === undefined || namesOrder([request, outcome], externalId)) &&
      (unmatched === undefined || unmatched.includes(String(isUnmatched(outcome)))),
  );
  return [found, paging];
}

/** As `noBehaviour` of the SOM answers. */
function isUnmatched(outcome: ExchangeRecord['outcome']): boolean {
  if (!('status' in outcome) || outcome.status !== 501) return false;
  return outcome.body?.text.includes('"Not in the script"') ?? false;
}

/** Bodies were read as JSON before, and are short: an order, an event, a callback, or a list of orders. */
function namesOrder(messages: readonly object[], externalIds: readonly string[]): boolean {
  return messages.some((message) => {
    const body = 'body' in message ? (message.body as { text: string } | undefined) : undefined; // RecordedBody, if any
    const json = body === undefined ? undefined : receivedBody(body.text)?.json;
    return [json].flat().some((document) => externalIds.includes(externalIdIn(document) ?? ''));
  });
}

function externalIdIn(document: unknown): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  if ('externalId' in document && typeof document.externalId === 'string') return document.externalId;
  if ('event' in document) return externalIdIn(document.event);
  if ('serviceOrder' in document) return externalIdIn(document.serviceOrder);
  return 'checkServiceQualification' in document ? externalIdIn(document.checkServiceQualification) : undefined;
}
