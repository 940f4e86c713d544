/** URLs that somebody else gave, with their credentials in them: how they are used, and how they are shown. */
import type { HttpRequest } from './message.ts';
import { blottedOut } from './redact.ts';

/** Query parameters that carry credentials, by what their names contain. */
const secretName = /token|secret|passw|credential|signature|auth|api[-_]?key|^(?:key|sig|code|pwd)$/i;

/** User and password (RFC 3986, 3.2.1). */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i;

/**
 * How a URL is asked: user and password go into a header, as clients that are given them in a URL do with them (RFC 7617).
 * @returns `secrets`: what of it must not be written down.
 */
export function withoutUserInfo(url: string): Required<Pick<HttpRequest, 'url' | 'headers' | 'secrets'>> {
  const asked = url.replace(userInfo, '$1');
  const inQuery = [...parametersOf(url)].flatMap(([name, value]) =>
    secretName.test(name) && value !== '' ? [value] : [],
  );
  const given = userInfo.exec(url)?.[2];
  if (given === undefined) return { url: asked, headers: {}, secrets: inQuery };
  const [user = '', ...rest] = given.split(':').map(decodedSafely);
  const password = rest.join(':');
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  const secrets = [encoded, ...(password === '' ? [] : [password]), ...inQuery];
  return { url: asked, headers: { authorization: `Basic ${encoded}` }, secrets };
}

/** The URL with its credentials blotted out. */
export function shownUrl(url: string): string {
  return url
    .replace(userInfo, `$1${blottedOut}@`)
    .replaceAll(/([?&])([^=&#]+)=([^&#]+)/g, (whole, mark, name) =>
      secretName.test(decodedSafely(name)) ? `${mark}${name}=${blottedOut}` : whole,
    );
}

function parametersOf(url: string): URLSearchParams {
  return new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '');
}

function decodedSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
