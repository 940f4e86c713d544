/** A trace as whoever learns from it reads it: the creates, and what was seen of each order, in the order of seeing. */
import {
  answeredJson,
  askedBelow,
  calledBack,
  isSaidObject,
  type SaidObject,
  saidObject,
  saidObjects,
  saidText,
  sentJson,
  statusOf,
} from '../../contracts/records/said.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';

export interface Create {
  readonly exchange: TracedExchange;
  readonly body: SaidObject;
  readonly externalId: string | undefined;
  /** How many times this externalId has been sent, this time included. */
  readonly attempt: number;
}

/** An event about an order. */
export interface Told {
  readonly exchange: TracedExchange;
  readonly eventId: string | undefined;
  /** Epoch milliseconds on the clock of whoever told. */
  readonly eventTime: number | undefined;
  /** Such as `StateChange`. */
  readonly kind: string;
  readonly fieldPath: string | undefined;
  readonly subscription: string;
  readonly order: SaidObject;
}

/** An order in an answer. */
export interface Shown {
  readonly exchange: TracedExchange;
  readonly order: SaidObject;
}

export interface Reading {
  readonly creates: readonly Create[];
  readonly told: readonly Told[];
  readonly shown: readonly Shown[];
  /** Requests that meddled with an order: what comes after them did not happen of its own accord. */
  readonly meddled: ReadonlyMap<string, TracedExchange>;
  /** The first registration of a listener that hears everything. */
  readonly listening: TracedExchange | undefined;
  /** By how much the vendor's clock is ahead of ours: no event arrives before it is sent, and the quickest hardly later. */
  readonly clockAheadMs: number;
  /** Callbacks that are no events about an order that can be read. */
  readonly unreadable: number;
}

export function readingOf(trace: Trace): Reading {
  const asked = trace.exchanges.flatMap((exchange) => {
    const below = askedBelow(trace, exchange);
    return below === undefined ? [] : [{ exchange, ...below, method: exchange.request.method }];
  });
  const callbacks = trace.exchanges.filter(({ from }) => from === 'vendor');
  const told = callbacks.flatMap((exchange) => toldIn(trace, exchange));
  const shown = asked.flatMap(({ exchange, method, path, query }) => {
    if (method !== 'GET' || !/^\/serviceOrder(?:\/[^/]+)?\/?$/.test(path) || /[?&]fields=/.test(query)) return [];
    const json = answeredJson(exchange);
    const orders = isSaidObject(json) ? [json] : saidObjects(json);
    return isSuccess(exchange) ? orders.map((order) => ({ exchange, order })) : [];
  });
  const meddled = new Map<string, TracedExchange>();
  for (const { exchange, method, path } of asked) {
    const id = meddledWith(method, path, exchange);
    if (id !== undefined && isSuccess(exchange) && !meddled.has(id)) meddled.set(id, exchange);
  }
  return {
    creates: createsIn(asked),
    told,
    shown,
    meddled,
    listening: asked.find(({ exchange, method, path }) => {
      const { query = '' } = saidObject(sentJson(exchange));
      return method === 'POST' && /^\/hub\/?$/.test(path) && isSuccess(exchange) && query === '';
    })?.exchange,
    clockAheadMs: Math.max(...told.map(({ eventTime, exchange }) => (eventTime ?? -Infinity) - exchange.sentAt)),
    unreadable: callbacks.length - told.length,
  };
}

export function isSuccess(exchange: TracedExchange): boolean {
  const status = statusOf(exchange) ?? 0;
  return status >= 200 && status < 300;
}

function createsIn(
  asked: readonly { readonly exchange: TracedExchange; readonly method: string; readonly path: string }[],
): Create[] {
  const attempts = new Map<string, number>();
  return asked.flatMap(({ exchange, method, path }) => {
    if (method !== 'POST' || !/^\/serviceOrder\/?$/.test(path) || exchange.outcome.kind === 'refused') return [];
    const body = saidObject(sentJson(exchange));
    const externalId = saidText(body.externalId);
    const attempt = externalId === undefined ? 1 : (attempts.get(externalId) ?? 0) + 1;
    if (externalId !== undefined) attempts.set(externalId, attempt);
    return [{ exchange, body, externalId, attempt }];
  });
}

function toldIn(trace: Trace, exchange: TracedExchange): Told[] {
  const callback = calledBack(trace, exchange);
  const envelope = saidObject(sentJson(exchange));
  const { serviceOrder } = saidObject(envelope.event);
  if (callback === undefined || !isSaidObject(serviceOrder)) return [];
  const eventTime = Date.parse(saidText(envelope.eventTime) ?? '');
  const name = saidText(envelope.eventType) ?? callback.path.split('/').at(-1) ?? '';
  return [
    {
      exchange,
      eventId: saidText(envelope.eventId),
      eventTime: Number.isNaN(eventTime) ? undefined : eventTime,
      kind: /^serviceOrder(\w+?)(?:Event|Notification)$/i.exec(name)?.[1] ?? name,
      fieldPath: saidText(envelope.fieldPath),
      subscription: callback.subscription,
      order: serviceOrder,
    },
  ];
}

/** The id of the order that a request changes, or is to cancel. */
function meddledWith(method: string, path: string, exchange: TracedExchange): string | undefined {
  if (method === 'POST' && /^\/cancelServiceOrder\/?$/.test(path)) {
    return saidText(saidObject(saidObject(sentJson(exchange)).serviceOrder).id);
  }
  const id = /^\/serviceOrder\/([^/]+)\/?$/.exec(path)?.[1];
  if (id === undefined || (method !== 'PATCH' && method !== 'DELETE')) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
