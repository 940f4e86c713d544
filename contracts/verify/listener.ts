/** Where the vendor's events come in. What follows its path up to the next slash names the subscription, and how it is answered. */
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { objectOf, textOf } from '../rules/view/json.ts';

/** How the listener behaves at one address. */
export type Manner =
  /** Takes everything. */
  | { readonly kind: 'willing' }
  /** Refuses every second event when it comes first, and takes it when it comes again. */
  | { readonly kind: 'failing' }
  /** Does not answer the first event of all, and takes it when it comes again. */
  | { readonly kind: 'silent' }
  /** Takes everything, after a while. */
  | { readonly kind: 'slow'; readonly afterMs: number };

export interface Listener {
  readonly endpoint: Endpoint;
  /** From now on that address behaves like this; otherwise it is willing. */
  behave(name: string, manner: Manner): void;
  /** Whether everything that was not taken at first has come again. */
  hasAll(name: string): boolean;
}

/** @param path what the callbacks lie below, without a slash at the end. */
export function openListener(path: string): Listener {
  const manners = new Map<string, Manner>();
  const met = new Set<string>();
  const places = new Map<string, number>();
  /** What was not taken when it came first, and has not come again. */
  const owed = new Set<string>();
  return {
    behave: (name, manner) => {
      manners.set(name, manner);
    },
    hasAll: (name) => isKnown(name) && ![...owed].some((key) => key.startsWith(`${name} `)),
    endpoint: (request) => {
      if (!request.path.startsWith(`${path}/`)) return reply(jsonResponse(404, { code: '60', reason: 'Not found' }));
      const name = request.path.slice(path.length + 1).split('/')[0] ?? '';
      const manner = manners.get(name) ?? { kind: 'willing' };
      if (manner.kind === 'slow') return reply(taken(request), manner.afterMs);
      if (manner.kind === 'willing') return reply(taken(request));
      if (manner.kind === 'silent' && isOther(name, request)) return reply(taken(request));
      if (manner.kind === 'failing' && isEverySecond(name, request)) return reply(taken(request));
      if (!isNew(name, request)) {
        owed.delete(keyOf(name, request));
        return reply(taken(request));
      }
      owed.add(keyOf(name, request));
      if (manner.kind === 'silent') return { kind: 'silence' };
      return reply(jsonResponse(503, { code: '1', reason: 'Not now', message: 'This listener fails on purpose' }));
    },
  };

  /** The second, the fourth and so on, whenever they come. */
  function isEverySecond(name: string, request: ReceivedRequest): boolean {
    const key = keyOf(name, request);
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place % 2 === 1;
  }

  /** Something else has not been answered before. */
  function isOther(name: string, request: ReceivedRequest): boolean {
    return isKnown(name) && !met.has(keyOf(name, request));
  }

  function isKnown(name: string): boolean {
    return [...met].some((key) => key.startsWith(`${name} `));
  }

  function isNew(name: string, request: ReceivedRequest): boolean {
    const key = keyOf(name, request);
    if (met.has(key)) return false;
    met.add(key);
    return true;
  }
}

function keyOf(name: string, { body }: ReceivedRequest): string {
  return `${name} ${textOf(objectOf(body?.json).eventId) ?? body?.text}`;
}

/** As the published listeners answer (TMF641 v4.1): 201 with the subscription, of which nobody knows the id here. */
function taken({ path }: ReceivedRequest): HttpResponse {
  return jsonResponse(201, { id: path.split('/').at(-1) ?? '', callback: path });
}

function reply(response: HttpResponse, afterMs = 0): Answer {
  return { kind: 'reply', response, afterMs };
}
