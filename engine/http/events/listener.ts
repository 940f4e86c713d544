/** Tells one listener of one event: where it is reached, and what its answer means. */
import type { Client, Outcome } from '../../../exchange/client.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../../../exchange/message.ts';
import { withoutSecrets } from '../../../exchange/redact.ts';
import { retryAfterMs } from '../../../exchange/retry-after.ts';
import { withoutUserInfo } from '../../../exchange/url-credentials.ts';
import type { Instant, Kernel } from '../../../kernel/kernel.ts';
import type { TellSubscriber } from '../../shell/deliveries.ts';
import type { Attempt } from '../../shell/retry.ts';
import { reasonIn } from '../southbound.ts';

/** Longer, and a listener that says nothing holds up its own events; shorter, and a slow one gets everything twice. */
const timeoutMs = 10_000;

/** What is kept of the words of a listener. Longer texts are mostly pages for people; shorter ones do not say enough. */
const longestReason = 300;

export function listenerPort({ kernel, client }: { kernel: Kernel; client: Client }): TellSubscriber {
  return async ({ callback }, event) => {
    const { url, headers, secrets } = withoutUserInfo(listenerUrl(callback, event.listenerPath));
    const outcome = await client.send(
      {
        method: 'POST',
        url,
        headers: { 'content-type': jsonMediaType, ...headers },
        body: jsonBody(event.body),
        secrets,
      },
      { timeoutMs },
    );
    return attemptOf(outcome, secrets, kernel.now());
  };
}

/** The path of the listener goes behind that of the callback, and before its query. */
export function listenerUrl(callback: string, listenerPath: string): string {
  const [, place = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(callback) ?? [];
  return `${place.replace(/\/+$/, '')}${listenerPath}${query}`;
}

function attemptOf(outcome: Outcome, secrets: readonly string[], now: Instant): Attempt {
  switch (outcome.kind) {
    // What it answers beside its status is of no interest.
    case 'answered':
    case 'malformed':
      return answered(outcome.response, secrets, now);
    case 'refused':
      return { kind: 'failed', reason: 'nobody answers there' };
    case 'reset':
      return { kind: 'failed', reason: 'the connection broke' };
    case 'timeout':
      return { kind: 'failed', reason: `no answer within ${outcome.afterMs / 1000} s` };
  }
}

/** Statuses below 500 after which the same request may succeed later (RFC 9110, RFC 6585, RFC 8470). */
const passing = new Set([408, 425, 429]);

function answered({ status, headers, body }: HttpResponse, secrets: readonly string[], now: Instant): Attempt {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const said = reasonIn(body?.json);
  const told = said === undefined ? '' : `: ${withoutSecrets(said, secrets).slice(0, longestReason)}`;
  const reason = `answered ${status}${told}`;
  // A server says of itself that what was there will not come back; TMF has nothing on it, and WebSub reads it the same way.
  if (status === 410) return { kind: 'gone', reason };
  if (status < 500 && !passing.has(status)) return { kind: 'refused', reason };
  const waitMs = retryAfterMs(headers, now);
  return { kind: 'failed', reason, ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) };
}
