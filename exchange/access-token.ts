/** OAuth 2 access tokens of one client (RFC 6749, 4.4): fetched once for all who ask, kept until shortly before they expire. */
import {
  type AuthorizationServer,
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { Bell, Instant, Kernel } from '../kernel/kernel.ts';
import type { Client, Outcome } from './client.ts';
import { receivedBody } from './message.ts';
import { withoutSecrets } from './redact.ts';

/** Who asks for tokens, and where. */
export interface TokenClient {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Told only when it is needed. */
  readonly clientSecret: { reveal(): string };
  readonly scope?: string;
  readonly clientAuthentication?: 'basic' | 'post';
}

/** A token, or why there is none. `retryable`: another attempt may bring one. */
export type Granted =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly retryable: boolean; readonly reason: string };

/**
 * A token is renewed so long before it expires. Shorter, and one that is sent in time may arrive too late; longer only
 * fetches more often. Tokens that live less than twice as long are kept for half their life.
 */
const marginMs = 30_000;

export class AccessTokens {
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #auth: TokenClient;
  #kept: { readonly token: string; readonly until: Instant } | undefined;
  /** Those who wait for the one that is fetching. */
  #waiting: Bell[] | undefined;
  #latest: Granted = { ok: false, retryable: true, reason: 'nobody has asked for a token' };

  /** @param options.client reaches the token endpoint; what it sends and gets must not be written down (`asksForToken`). */
  constructor(options: { kernel: Kernel; client: Client; auth: TokenClient }) {
    this.#kernel = options.kernel;
    this.#client = options.client;
    this.#auth = options.auth;
  }

  /** To be used inside a kernel call (K7). @param refused a token that was refused, and is not to be given again. */
  async get(limits: { timeoutMs: number }, refused?: string): Promise<Granted> {
    if (this.#kept !== undefined && this.#kept.token !== refused && this.#kernel.now() < this.#kept.until) {
      return { ok: true, token: this.#kept.token };
    }
    if (this.#waiting !== undefined) return this.#fetchedByAnother(this.#waiting);
    const waiting: Bell[] = [];
    this.#waiting = waiting;
    this.#kept = undefined;
    this.#latest = await this.#fetched(limits.timeoutMs);
    this.#waiting = undefined;
    for (const bell of waiting) bell.ring();
    return this.#latest;
  }

  async #fetchedByAnother(waiting: Bell[]): Promise<Granted> {
    const bell = this.#kernel.bell();
    waiting.push(bell);
    this.#kernel.park();
    await bell.rung;
    return this.#latest;
  }

  async #fetched(timeoutMs: number): Promise<Granted> {
    const { tokenUrl, clientId, clientSecret, scope, clientAuthentication } = this.#auth;
    const server: AuthorizationServer = { issuer: tokenUrl, token_endpoint: tokenUrl };
    const client = { client_id: clientId };
    const secret = clientSecret.reveal();
    const authentication = clientAuthentication === 'post' ? ClientSecretPost(secret) : ClientSecretBasic(secret);
    let outcome: Outcome | undefined;
    try {
      const response = await clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        scope === undefined ? {} : { scope },
        {
          // Whoever writes http in the configuration means it: laboratories have no certificates.
          [allowInsecureRequests]: true,
          [customFetch]: async (url, { headers, body }) => {
            const request = { method: 'POST', url, headers, body: receivedBody(String(body)), secrets: [secret] };
            outcome = await this.#client.send(request, { timeoutMs });
            return responseOf(outcome);
          },
        },
      );
      return this.#granted(await processClientCredentialsResponse(server, client, response));
    } catch (failure) {
      return this.#notGranted(outcome, failure);
    }
  }

  /** Without `expires_in`, a token is kept until it is refused (RFC 6749, 5.1 leaves its life open). */
  #granted({ access_token: token, expires_in: lifeS }: TokenEndpointResponse): Granted {
    const lifeMs = (lifeS ?? Number.POSITIVE_INFINITY) * 1000;
    this.#kept = { token, until: this.#kernel.now() + Math.max(lifeMs - marginMs, lifeMs / 2) };
    return { ok: true, token };
  }

  #notGranted(outcome: Outcome | undefined, failure: unknown): Granted {
    const { reason, retryable } = reasonOf(outcome, failure, this.#auth.clientSecret.reveal());
    return { ok: false, retryable, reason: `no access token from ${this.#auth.tokenUrl}: ${reason}` };
  }
}

/** As the library wants it. Throws when there is no answer. */
function responseOf(outcome: Outcome): Response {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') throw new Error(outcome.kind);
  const { status, headers, body } = outcome.response;
  return new Response(body?.text ?? null, { status, headers });
}

/** Nothing of a body is told but the error that RFC 6749, 5.2 names: it may hold the token. */
function reasonOf(
  outcome: Outcome | undefined,
  failure: unknown,
  secret: string,
): { reason: string; retryable: boolean } {
  // The library refused before anything was sent, and says why in terms of its own parameters.
  if (outcome === undefined)
    return { reason: failure instanceof Error ? failure.message : String(failure), retryable: false };
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') {
    const reason = { refused: 'unable to reach it', reset: 'connection reset', timeout: 'timeout' }[outcome.kind];
    return { reason, retryable: true };
  }
  const { status } = outcome.response;
  if (status === 200) return { reason: 'its answer is not that of a token endpoint (RFC 6749, 5.1)', retryable: false };
  const said = failure instanceof ResponseBodyError ? ` ${failure.error} ${failure.error_description ?? ''}` : '';
  return {
    reason: `it answered ${status}${withoutSecrets(said, [secret])}`.trimEnd(),
    retryable: status === 429 || status >= 500,
  };
}
