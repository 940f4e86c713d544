/** What of a message may be written down: headers that a contract names, and of secrets only that they were there. */
import { type Headers, originOf } from './message.ts';

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

/** Headers that carry credentials. */
const secret = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key']);

export const blottedOut = '[redacted]';

/** In the order of their names, which is the same over every transport. */
export function recordedHeaders(headers: Headers): Headers {
  const recorded: Record<string, string> = {};
  for (const name of Object.keys(headers).sort()) {
    if (named.has(name)) recorded[name] = headers[name] ?? '';
    else if (secret.has(name)) recorded[name] = blottedOut;
  }
  return recorded;
}

/** Path and query of a URL, without user, password or host. */
export function recordedPath(url: string): string {
  return url.slice(originOf(url).length) || '/';
}
