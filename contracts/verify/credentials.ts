/** Credentials of a vendor, by the scheme that is used there: as headers, and wrong ones beside the right ones. */

import { AccessTokens } from '../../exchange/access-token.ts';
import type { Client } from '../../exchange/client.ts';
import type { Headers } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CapabilityStatement } from '../records/capabilities.ts';

/** What is given with each request. */
export interface Credentials {
  /** Valid ones; asked for each time, since they may have to be renewed. */
  headers(): Promise<Headers>;
  /** Those that were given first, and have expired since. */
  readonly expired?: () => Promise<Headers>;
  /** Nobody would be let in with these. */
  readonly wrong: Headers;
}

export type Known =
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'apiKey'; readonly header: string; readonly key: string }
  | { readonly scheme: 'oauth2'; readonly clientId: string; readonly clientSecret: string };

/** The token endpoint did not give a token. */
export class NoToken extends Error {}

const nobody = 'southbound-wrong-credentials';

/** How long a token endpoint may take. */
const tokenTimeoutMs = 10_000;

/**
 * @param parts.client reaches the token endpoint; what it sends must not be written down.
 * @param parts.statement says where that endpoint is.
 */
export function credentialsOf(
  known: Known,
  parts: { kernel: Kernel; client: Client; statement: CapabilityStatement },
): Credentials {
  switch (known.scheme) {
    case 'bearer':
      return fixed(bearer(known.token), bearer(nobody));
    case 'basic':
      return fixed(basic(known.user, known.password), basic(known.user, nobody));
    case 'apiKey':
      return fixed({ [known.header.toLowerCase()]: known.key }, { [known.header.toLowerCase()]: nobody });
    case 'oauth2':
      return tokens(known, parts);
  }
}

function fixed(valid: Headers, wrong: Headers): Credentials {
  return { headers: async () => valid, wrong };
}

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}

function basic(user: string, password: string): Headers {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function tokens(
  { clientId, clientSecret }: Extract<Known, { scheme: 'oauth2' }>,
  { kernel, client, statement }: { kernel: Kernel; client: Client; statement: CapabilityStatement },
): Credentials {
  const { auth } = statement;
  if (auth?.scheme !== 'oauth2') throw new Error('oauth2 needs auth.tokenUrl in the capability statement');
  const { tokenUrl, scope } = auth;
  const given = { tokenUrl, clientId, clientSecret: { reveal: () => clientSecret }, ...(scope && { scope }) };
  const source = new AccessTokens({ kernel, client, auth: given });
  let first: string | undefined;
  const next = async (): Promise<string> => {
    const granted = await source.get({ timeoutMs: tokenTimeoutMs });
    if (!granted.ok) throw new NoToken(granted.reason);
    first ??= granted.token;
    return granted.token;
  };
  return {
    headers: async () => bearer(await next()),
    expired: async () => bearer(first ?? nobody),
    wrong: bearer(nobody),
  };
}
