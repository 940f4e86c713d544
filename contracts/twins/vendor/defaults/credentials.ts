/** Who may come in, by the scheme that the vendor claims: bearer, basic, apiKey, or tokens that it gives itself (oauth2). */

import { type HttpResponse, jsonResponse, pathAndQuery, type ReceivedRequest } from '../../../../exchange/message.ts';
import { durationMsOfText } from '../../../schemas/text.ts';
import { type ErrorAnswer, errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';

/** How long a token counts when nothing is claimed. */
const usualExpiry = 'PT1H';

export function refusalOfCredentials(request: ReceivedRequest, vendor: Vendor): ErrorAnswer | undefined {
  if (vendor.claims.auth === undefined || isEntitled(request, vendor)) return undefined;
  const message = `Send credentials (${vendor.claims.auth.scheme})`;
  return errorAnswer(401, '41', 'Invalid credentials', message);
}

function isEntitled({ headers }: ReceivedRequest, { claims, world, tokens, kernel }: Vendor): boolean {
  const { auth } = claims;
  const { token, username, password, apiKey } = world.credentials ?? {};
  const [scheme = '', given = ''] = (headers.authorization ?? '').split(/\s+/, 2);
  switch (auth?.scheme) {
    case 'bearer':
      return token !== undefined && /^bearer$/i.test(scheme) && given === token;
    case 'basic':
      return username !== undefined && /^basic$/i.test(scheme) && given === btoa(`${username}:${password ?? ''}`);
    case 'apiKey':
      return apiKey !== undefined && headers[(auth.header ?? 'x-api-key').toLowerCase()] === apiKey;
    case 'oauth2':
      return /^bearer$/i.test(scheme) && (tokens.get(given) ?? 0) > kernel.now();
    default:
      return true;
  }
}

/** Gives a token to a client that shows its id and secret (RFC 6749, section 4.4). */
export function tokenAnswer(
  { method, path, headers, body }: ReceivedRequest,
  vendor: Vendor,
): HttpResponse | undefined {
  const { claims, world, kernel, tokens, address } = vendor;
  if (claims.auth?.scheme !== 'oauth2' || path !== pathAndQuery(claims.auth.tokenUrl).path) return undefined;
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  const form = new URLSearchParams(body?.text ?? '');
  const { clientId, clientSecret } = world.credentials ?? {};
  const basic = /^basic (.*)$/i.exec(headers.authorization ?? '')?.[1];
  const isKnown =
    clientId !== undefined &&
    (isPair(basic, clientId, clientSecret ?? '') ||
      (form.get('client_id') === clientId && form.get('client_secret') === (clientSecret ?? '')));
  if (form.get('grant_type') !== 'client_credentials') return jsonResponse(400, { error: 'unsupported_grant_type' });
  if (!isKnown) return jsonResponse(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic' });
  const expiresMs = durationMsOfText(claims.auth.expiresIn ?? usualExpiry);
  const token = kernel.chance(`${address}.tokens`).hex(32);
  tokens.set(token, kernel.now() + expiresMs);
  const given = { access_token: token, token_type: 'Bearer', expires_in: Math.ceil(expiresMs / 1_000) };
  return jsonResponse(200, given, { 'cache-control': 'no-store' });
}

/** Both are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function isPair(basic: string | undefined, id: string, secret: string): boolean {
  const [givenId = '', givenSecret = ''] = basic === undefined ? [] : atob(basic).split(':', 2);
  return decodeURIComponent(givenId) === id && decodeURIComponent(givenSecret) === secret;
}
