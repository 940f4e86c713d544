/** Whoever subscribed to the events of the order management: takes every event, and remembers it. */

import type { Endpoint } from '../exchange/endpoint.ts';
import { reply } from './answers.ts';
import { LastOf, remembered } from './journal.ts';

export interface HeardEvent {
  readonly eventType: string;
  /** The state of the resource in it. */
  readonly state: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Listener {
  readonly endpoint: Endpoint;
  readonly heard: readonly HeardEvent[];
}

export function openListener(): Listener {
  const heard = new LastOf<HeardEvent>(remembered);
  return {
    endpoint: ({ path, body }) => {
      const event = isObject(body?.json) ? body.json : {};
      const [resource] = isObject(event.event) ? Object.values(event.event) : [];
      const state = isObject(resource) ? String(resource.state) : '';
      heard.add({ eventType: String(event.eventType), state, path, body: event });
      return reply({ status: 201, headers: {} });
    },
    get heard() {
      return heard.all;
    },
  };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
