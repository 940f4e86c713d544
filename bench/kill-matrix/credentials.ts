/** What twins let in, and the verifier's share of it. */
import type { Claims } from '../../contracts/twins/claims.ts';
import type { TwinCredentials } from '../../contracts/twins/twin.ts';
import { type Credentials, credentialsOf, type Known } from '../../contracts/verify/credentials.ts';
import type { Client } from '../../exchange/client.ts';
import type { Kernel } from '../../kernel/kernel.ts';

export const twinCredentials = {
  token: 'token-of-the-twins',
  username: 'verifier',
  password: 'password-of-the-twins',
  apiKey: 'key-of-the-twins',
  clientId: 'verifier',
  clientSecret: 'secret-of-the-twins',
} satisfies TwinCredentials;

/** None for a twin that asks for none. */
export function credentialsFor(claims: Claims, client: Client, kernel: Kernel): Credentials | undefined {
  const known = knownFor(claims);
  if (known === undefined || claims.auth === undefined) return undefined;
  return credentialsOf(known, { kernel, client, statement: { auth: claims.auth } });
}

function knownFor({ auth }: Claims): Known | undefined {
  const { token, username, password, apiKey, clientId, clientSecret } = twinCredentials;
  switch (auth?.scheme) {
    case 'bearer':
      return { scheme: 'bearer', token };
    case 'basic':
      return { scheme: 'basic', user: username, password };
    case 'apiKey':
      return { scheme: 'apiKey', header: auth.header ?? 'x-api-key', key: apiKey };
    case 'oauth2':
      return { scheme: 'oauth2', clientId, clientSecret };
    default:
      return undefined;
  }
}
