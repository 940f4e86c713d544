/** What of a message may be written down: headers that a contract names, and of secrets only that they were there. */
import { type Body, type Headers, originOf } from './message.ts';

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
export function recordedHeaders(headers: Headers, secrets: readonly string[] = []): Headers {
  const recorded: Record<string, string> = {};
  for (const name of Object.keys(headers).sort()) {
    const value = headers[name] ?? '';
    if (secret.has(name) || withoutSecrets(value, secrets) !== value) recorded[name] = blottedOut;
    else if (named.has(name)) recorded[name] = value;
  }
  return recorded;
}

/** Path and query of a URL, without user, password or host. */
export function recordedPath(url: string, secrets: readonly string[] = []): string {
  return withoutSecrets(url.slice(originOf(url).length) || '/', secrets);
}

/** A text with every secret in it blotted out, as it is or as JSON, a query or a form would write it. */
export function withoutSecrets(text: string, secrets: readonly string[] = []): string {
  if (secrets.length === 0) return text;
  const forms = new Set(secrets.filter((each) => each !== '').flatMap(formsOf));
  // The longest first: a secret that is part of another must not leave the rest of it behind.
  const longestFirst = [...forms].toSorted((one, other) => other.length - one.length);
  return longestFirst.reduce((rest, form) => rest.replaceAll(form, blottedOut), text);
}

function formsOf(value: string): string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  return [value, JSON.stringify(value).slice(1, -1), encoded, encoded.replaceAll('%20', '+')];
}

/** A request for an OAuth 2 access token (RFC 6749, 4.4.2): nothing of what either side says in it may be written down. */
export function asksForToken({
  headers,
  body,
}: {
  readonly headers: Headers;
  readonly body?: Body | undefined;
}): boolean {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return false;
  return new URLSearchParams(body?.text ?? '').has('grant_type');
}
