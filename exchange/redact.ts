/** What of a message may be written down: headers that a contract names, and of secrets only that they were there. */
import type { Headers } from './message.ts';

/** Headers that say something about the exchange, rather than about the runtime that made it. */
const named = new Set([
  'accept',
  'allow',
  'content-type',
  'link',
  'location',
  'retry-after',
  'x-result-count',
  'x-southbound-fault',
  'x-total-count',
]);

/** Headers that carry credentials, in lower case. */
const secret = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key']);

export const blottedOut = '[redacted]';

export function recordedHeaders(headers: Headers): Headers {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (secret.has(name)) return [[name, blottedOut]];
    return named.has(name) ? [[name, value]] : [];
  });
  return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Path and query of a URL, without user, password or host. */
export function recordedPath(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
