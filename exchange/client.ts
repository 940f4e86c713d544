/** Whoever asks: one face over every way of reaching an endpoint. */
import type { HttpRequest, HttpResponse } from './message.ts';

/** What became of a request. Exactly one of these, and never an exception. */
export type Outcome =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** An answer came whose body is not the JSON it claims to be. */
  | { readonly kind: 'malformed'; readonly response: HttpResponse }
  /** Nobody listens there, or the name is not known. The request did not arrive. */
  | { readonly kind: 'refused' }
  /** The connection broke before the whole answer was in. The request may have arrived. */
  | { readonly kind: 'reset' }
  /** The time limit passed. The request may have arrived. */
  | { readonly kind: 'timeout'; readonly afterMs: number };

export interface Client {
  /**
   * Sends one request; to be used inside a kernel call (K7).
   * @param options.timeoutMs how long to wait for the whole answer, on the kernel's clock.
   * @param options.trustsAnyone does not look at the certificate of who answers. Only simulated clients can be so careless.
   */
  send(request: HttpRequest, options: SendOptions): Promise<Outcome>;
}

export interface SendOptions {
  readonly timeoutMs: number;
  readonly trustsAnyone?: boolean;
}

/** Tells an answer from a malformed one. */
export function outcomeOf(response: HttpResponse): Outcome {
  const claimsJson = response.headers['content-type']?.includes('json') ?? false;
  const isJson = response.body === undefined || response.body.json !== undefined;
  return { kind: claimsJson && !isJson ? 'malformed' : 'answered', response };
}
