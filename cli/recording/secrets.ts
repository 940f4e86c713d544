/** The credentials in recorded traffic: nobody names them, so they are known by where they stand. */
import type { Headers } from '../../exchange/message.ts';

/** Headers whose values are credentials, whatever they look like. */
const credentialHeaders = ['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key'];

/** Names of parameters, attributes and characteristics whose values are credentials. */
const secretName = /pass(?:word|wd|phrase)|secret|token|api[-_]?key|credential|^sig(?:nature)?$/i;

/**
 * Shorter ones are left alone when they stand elsewhere: `on` or `12345` would be blotted out of every message. Larger
 * would miss short passwords.
 */
const shortest = 6;

/** Every credential in a message. @param target path and query. */
export function secretsIn(message: {
  readonly headers: Headers;
  readonly target?: string | undefined;
  readonly json?: unknown;
}): string[] {
  const { headers, target = '', json } = message;
  const inHeaders = credentialHeaders.flatMap((name) => credentialsOf(headers[name] ?? ''));
  const query = new URLSearchParams(target.slice(target.includes('?') ? target.indexOf('?') : target.length));
  const inQuery = [...query].flatMap(([name, value]) => (secretName.test(name) ? [value] : []));
  return [...inHeaders, ...inQuery, ...secretsInJson(json)].filter((value) => value.length >= shortest);
}

/** Of a header: its whole value, the part after the scheme, each cookie, and the password of basic credentials. */
function credentialsOf(value: string): string[] {
  if (value === '') return [];
  const [, scheme = '', token = ''] = /^(\S+) (.+)$/.exec(value) ?? [];
  const password = /^basic$/i.test(scheme)
    ? Buffer.from(token, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '')
    : '';
  const cookies = [...value.matchAll(/=([^;,\s]+)/g)].map(([, cookie = '']) => cookie);
  return [value, token, password, ...cookies];
}

/** Attributes with such a name, and characteristics: objects with such a name and a value. */
function secretsInJson(json: unknown): string[] {
  if (Array.isArray(json)) return json.flatMap(secretsInJson);
  if (typeof json !== 'object' || json === null) return [];
  const named = 'name' in json && typeof json.name === 'string' && secretName.test(json.name);
  return Object.entries(json).flatMap(([name, value]) => {
    if (typeof value !== 'string') return secretsInJson(value);
    return secretName.test(name) || (named && name === 'value') ? [value] : [];
  });
}
