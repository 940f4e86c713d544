/** The way to one target: with its headers and credentials, and no more requests under way than it takes at once. */
import { AccessTokens, type Granted } from '../../exchange/access-token.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { limitedClient } from '../../exchange/limited.ts';
import type { HttpRequest } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Auth, Headers, ResultWords, Target, WireWords } from '../model/target.ts';
import type { InventoryDialect } from '../wire/qualification/inventory-dialect.ts';
import { inventoryDialects, isInventoryDialect, resultWordsOf } from '../wire/qualification/inventory-dialects.ts';
import { type Dialect, wordsOf } from '../wire/south/dialect.ts';
import { dialects } from '../wire/south/dialects.ts';

/** What became of a request to a target; it was not sent when there were no credentials for it. */
export type TargetOutcome =
  | Outcome
  | { readonly kind: 'noCredentials'; readonly retryable: boolean; readonly reason: string };

/** An outcome, and the credentials that were sent for it, which no text may tell. */
export interface TargetExchange {
  readonly outcome: TargetOutcome;
  readonly secrets: readonly string[];
}

export type ReachableTarget = OrderTarget | InventorySystem;

interface Reachable {
  readonly target: Target;
  /** To be used inside a kernel call (K7). @param request without headers of the target's own. */
  send(request: HttpRequest, limits: { timeoutMs: number }): Promise<TargetExchange>;
}

/** Takes service orders. */
export interface OrderTarget extends Reachable {
  readonly takes: 'orders';
  readonly dialect: Dialect;
  readonly words: WireWords;
}

/** Says whether a service can be had. */
export interface InventorySystem extends Reachable {
  readonly takes: 'questions';
  readonly dialect: InventoryDialect;
  readonly results: ResultWords;
}

/** How long the engine waits for an answer where neither policy nor target says so. */
const usualTimeoutMs = 30_000;

/** @param timeoutMs what the policy says, if it says something. */
export function limitsOf(
  { target }: Pick<ReachableTarget, 'target'>,
  timeoutMs: number | undefined,
): { timeoutMs: number } {
  return { timeoutMs: timeoutMs ?? target.requestTimeoutMs ?? usualTimeoutMs };
}

export function reachableTarget(target: Target, options: { kernel: Kernel; client: Client }): ReachableTarget {
  const { kernel, client } = options;
  const { concurrency: most, auth } = target;
  const limited = most === undefined ? client : limitedClient(client, { kernel, most });
  const own = headersOf(target.headers);
  const sendWith: SendWith = async (carried, request, limits) => {
    const headers = { ...own.headers, ...request.headers, ...carried.headers };
    const secrets = [...own.secrets, ...carried.secrets];
    return { outcome: await limited.send({ ...request, headers, secrets }, limits), secrets };
  };
  const reachable: Reachable = {
    target,
    send:
      auth?.kind === 'oauth2'
        ? // Tokens come from elsewhere: whoever fetches one does not stand in the line of the target.
          withAccessToken(new AccessTokens({ kernel, client, auth }), sendWith)
        : (request, limits) => sendWith(auth === undefined ? nothing : fixedCredentials(auth), request, limits),
  };
  return speaking(reachable);
}

function speaking(reachable: Reachable): ReachableTarget {
  const { target } = reachable;
  const { dialect: name = 'tmf641-v4.1' } = target;
  if (isInventoryDialect(name)) {
    const dialect = inventoryDialects[name];
    return { ...reachable, takes: 'questions', dialect, results: resultWordsOf(dialect, target) };
  }
  const dialect = dialects[name];
  return { ...reachable, takes: 'orders', dialect, words: wordsOf(dialect, target.words) };
}

/** The system of that name that takes service orders, or why there is none. */
export function orderTargetNamed(targets: readonly ReachableTarget[], name: string): OrderTarget | string {
  const found = targets.find(({ target }) => target.name === name);
  if (found?.takes === 'orders') return found;
  if (found === undefined) return noTarget(targets, name);
  return `"${name}" speaks ${found.dialect.name}: it is asked whether services can be had, and takes no service orders`;
}

/** The inventory system of that name, or why there is none. */
export function inventorySystemNamed(targets: readonly ReachableTarget[], name: string): InventorySystem | string {
  const found = targets.find(({ target }) => target.name === name);
  if (found?.takes === 'questions') return found;
  if (found === undefined) return noTarget(targets, name);
  const { dialect = 'tmf641-v4.1' } = found.target;
  return `"${name}" speaks ${dialect}: it takes service orders, and cannot be asked whether services can be had`;
}

function noTarget(targets: readonly ReachableTarget[], name: string): string {
  const known = targets.map(({ target }) => target.name).join(', ') || 'none';
  return `there is no target "${name}"; the targets are ${known}`;
}

type SendWith = (carried: Carried, ...asked: Parameters<ReachableTarget['send']>) => Promise<TargetExchange>;

/** A token that is refused may have been revoked, or have expired early: it is renewed once. */
function withAccessToken(tokens: AccessTokens, sendWith: SendWith): ReachableTarget['send'] {
  return async (request, limits) => {
    const granted = await tokens.get(limits);
    if (!granted.ok) return withoutCredentials(granted);
    const sent = await sendWith(bearer(granted.token), request, limits);
    if (sent.outcome.kind !== 'answered' || sent.outcome.response.status !== 401) return sent;
    const renewed = await tokens.get(limits, granted.token);
    return renewed.ok ? sendWith(bearer(renewed.token), request, limits) : withoutCredentials(renewed);
  };
}

function withoutCredentials({ retryable, reason }: Extract<Granted, { ok: false }>): TargetExchange {
  return { outcome: { kind: 'noCredentials', retryable, reason }, secrets: [] };
}

/** Headers, and what of them must not be written down. */
interface Carried {
  readonly headers: { readonly [name: string]: string };
  readonly secrets: readonly string[];
}

const nothing: Carried = { headers: {}, secrets: [] };

function headersOf(written: Headers = {}): Carried {
  const headers: { [name: string]: string } = {};
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(written)) {
    const text = typeof value === 'string' ? value : value.reveal();
    headers[name] = text;
    if (typeof value !== 'string') secrets.push(text);
  }
  return { headers, secrets };
}

/** Credentials that stay as they are; those of OAuth 2 come and go. */
function fixedCredentials(auth: Auth): Carried {
  switch (auth.kind) {
    case 'basic': {
      const password = auth.password.reveal();
      const encoded = Buffer.from(`${auth.user}:${password}`).toString('base64');
      return { headers: { authorization: `Basic ${encoded}` }, secrets: [encoded, password] };
    }
    case 'bearer':
      return bearer(auth.token.reveal());
    case 'apiKey':
      return { headers: { [auth.header]: auth.key.reveal() }, secrets: [auth.key.reveal()] };
    case 'oauth2':
      return nothing;
  }
}

function bearer(token: string): Carried {
  return { headers: { authorization: `Bearer ${token}` }, secrets: [token] };
}
