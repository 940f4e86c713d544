/** A client that shows a token to one place, and to nobody else. */
import type { Client } from './client.ts';
import { originOf } from './message.ts';

/** @param shown.to any URL of that place: scheme, host and port count. */
export function clientWithToken(client: Client, shown: { readonly token: string; readonly to: string }): Client {
  const { token } = shown;
  const origin = originOf(shown.to);
  return {
    send: (request, limits) => {
      if (originOf(request.url) !== origin) return client.send(request, limits);
      const headers = { ...request.headers, authorization: `Bearer ${token}` };
      return client.send({ ...request, headers, secrets: [...(request.secrets ?? []), token] }, limits);
    },
  };
}
