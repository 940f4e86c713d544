/** Where the vendor's events come in. What follows its path up to the next slash names the subscription, and how it is answered. */
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { objectOf, textOf } from '../rules/view/json.ts';

/** How the listener behaves at one address. */
export type Manner =
  /** Takes everything. */
  | { readonly kind: 'willing' }
  /** Refuses each event when it comes first, and takes it when it comes again. */
  | { readonly kind: 'failing' }
  /** Takes everything, after a while. */
  | { readonly kind: 'slow'; readonly afterMs: number };

export interface Listener {
  readonly endpoint: Endpoint;
  /** From now on that address behaves like this; otherwise it is willing. */
  behave(name: string, manner: Manner): void;
}

/** @param path what the callbacks lie below, without a slash at the end. */
export function openListener(path: string): Listener {
  const manners = new Map<string, Manner>();
  const met = new Set<string>();
  return {
    behave: (name, manner) => {
      manners.set(name, manner);
    },
    endpoint: (request) => {
      if (!request.path.startsWith(`${path}/`)) return reply(jsonResponse(404, { code: '60', reason: 'Not found' }));
      const name = request.path.slice(path.length + 1).split('/')[0] ?? '';
      const manner = manners.get(name) ?? { kind: 'willing' };
      if (manner.kind === 'slow') return reply(taken(request), manner.afterMs);
      if (manner.kind === 'willing' || !isNew(name, request)) return reply(taken(request));
      return reply(jsonResponse(503, { code: '1', reason: 'Not now', message: 'This listener fails on purpose' }));
    },
  };

  function isNew(name: string, request: ReceivedRequest): boolean {
    const key = `${name} ${textOf(objectOf(request.body?.json).eventId) ?? request.body?.text}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  }
}

/** As the published listeners answer (TMF641 v4.1): 201 with the subscription, of which nobody knows the id here. */
function taken({ path }: ReceivedRequest): HttpResponse {
  return jsonResponse(201, { id: path.split('/').at(-1) ?? '', callback: path });
}

function reply(response: HttpResponse, afterMs = 0): Answer {
  return { kind: 'reply', response, afterMs };
}
