/**
 * Whoever subscribed to the events of the order management: takes every event, and remembers it. It goes by the eventId, as
 * listeners have to: what it has taken already, it takes once more, and forgets.
 */
import { errorAnswer } from '../contracts/schemas/tmf-error.ts';
import type { Answer, Endpoint } from '../exchange/endpoint.ts';
import { declaredFault, refusal, reply } from './answers.ts';
import { LastOf, remembered } from './journal.ts';

export interface HeardEvent {
  readonly eventType: string;
  /** The state of the resource in it. */
  readonly state: string;
  readonly path: string;
  readonly body: unknown;
}

/** `away`: every connection breaks. `silent`: it never answers. Or a status, with which it refuses every event. */
export type ListenerMood = 'back' | 'away' | 'silent' | number;

export interface Listener {
  readonly endpoint: Endpoint;
  /** Each event once, in the order in which they were first taken. */
  readonly heard: readonly HeardEvent[];
  /** How many events came that had been taken already. */
  readonly repeated: number;
  /** How it answers from now on; it is `back` at the beginning. */
  mood: ListenerMood;
}

export function openListener(): Listener {
  const heard = new LastOf<HeardEvent>(remembered);
  const known = new Set<string>();
  const listener = {
    mood: 'back' as ListenerMood, // it changes
    repeated: 0,
    get heard() {
      return heard.all;
    },
  };
  const endpoint: Endpoint = ({ path, body }) => {
    if (listener.mood !== 'back') return unwilling(listener.mood);
    const event = isObject(body?.json) ? body.json : {};
    if (isKnown(event.eventId)) listener.repeated += 1;
    else {
      const [resource] = isObject(event.event) ? Object.values(event.event) : [];
      const state = isObject(resource) ? String(resource.state) : '';
      heard.add({ eventType: String(event.eventType), state, path, body: event });
    }
    return reply({ status: 201, headers: {} });
  };
  return Object.assign(listener, { endpoint });

  function isKnown(eventId: unknown): boolean {
    if (typeof eventId !== 'string') return false;
    if (known.has(eventId)) return true;
    const [oldest = ''] = known;
    if (known.size >= remembered) known.delete(oldest);
    known.add(eventId);
    return false;
  }
}

function unwilling(mood: Exclude<ListenerMood, 'back'>): Answer {
  if (mood === 'silent') return { kind: 'silence' };
  if (mood === 'away') return { kind: 'reset', afterMs: 0 };
  const declared = mood === 410 ? declaredFault('the contract of a listener does not have this status') : {};
  return refusal(errorAnswer(mood, '5', 'Not now', 'This listener was told to take no events'), 0, declared);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
