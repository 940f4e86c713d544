/** The adapter without a network: endpoints are called in process. Bodies still cross as text, so nothing is shared. */
import type { Kernel } from '../kernel/kernel.ts';
import { type Client, outcomeOf } from './client.ts';
import type { Endpoint } from './endpoint.ts';
import {
  type HttpRequest,
  type HttpResponse,
  originOf,
  pathAndQuery,
  type ReceivedRequest,
  receivedBody,
} from './message.ts';

/** Endpoints by origin, such as `http://som.test`. */
export type Network = ReadonlyMap<string, Endpoint>;

/**
 * A client that reaches the endpoints of a network; any other origin refuses the connection.
 * @param untrusted origins that show a certificate which nobody should trust: whoever looks at it goes away again.
 */
export function directClient(kernel: Kernel, network: Network, untrusted: ReadonlySet<string> = new Set()): Client {
  return {
    send: async (request, { timeoutMs, trustsAnyone = false }) => {
      const origin = originOf(request.url);
      const endpoint = network.get(origin);
      if (endpoint === undefined || (untrusted.has(origin) && !trustsAnyone)) return { kind: 'refused' };
      const sentAt = kernel.now();
      const answer = await endpoint(received(request));
      if (answer.kind === 'silence' || answer.afterMs >= timeoutMs) {
        await kernel.rest(sentAt + timeoutMs);
        return { kind: 'timeout', afterMs: timeoutMs };
      }
      await kernel.rest(sentAt + answer.afterMs);
      return answer.kind === 'reset' ? { kind: 'reset' } : outcomeOf(crossed(answer.response));
    },
  };
}

function received(request: HttpRequest): ReceivedRequest {
  const { path, query } = pathAndQuery(request.url);
  const body = request.body === undefined ? undefined : receivedBody(request.body.text);
  const target = request.url.slice(originOf(request.url).length);
  return { method: request.method, path, query, headers: request.headers, body, target };
}

function crossed(response: HttpResponse): HttpResponse {
  return response.body === undefined ? response : { ...response, body: receivedBody(response.body.text) };
}
