/** What was seen of one order, or of one cancel task, in the order in which it was seen. */

import type { EventSeen } from './events.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import { isSuccess, type OperationName, type Seen } from './seen.ts';

/** One look at a resource, in an answer. */
export interface Sighting {
  readonly seen: Seen;
  readonly resource: JsonObject;
  readonly state: string | undefined;
  readonly source: 'create' | 'retrieve' | 'list' | 'patch';
}

export interface History {
  readonly id: string;
  /** The request that made it; absent when it was there before, or made by somebody else. */
  readonly created: Seen | undefined;
  /** Whole resources, each asked for by itself: neither cut down by `fields` nor shown in a list. */
  readonly sightings: readonly Sighting[];
  /** What lists have shown of it. */
  readonly listed: readonly Sighting[];
  /** Everything announced of it, to whichever subscription. */
  readonly events: readonly EventSeen[];
}

export interface OrderHistory extends History {
  /** The body of the create request. */
  readonly asked: JsonObject;
  readonly deleted: Seen | undefined;
  readonly cancels: readonly CancelHistory[];
}

export interface CancelHistory extends History {
  /** The order that it is to cancel. */
  readonly order: string;
}

type Source = readonly [operation: OperationName, source: Sighting['source'], isList: boolean];

const orderSources: readonly Source[] = [
  ['createServiceOrder', 'create', false],
  ['retrieveServiceOrder', 'retrieve', false],
  ['patchServiceOrder', 'patch', false],
  ['listServiceOrder', 'list', true],
];

const cancelSources: readonly Source[] = [
  ['createCancelServiceOrder', 'create', false],
  ['retrieveCancelServiceOrder', 'retrieve', false],
  ['listCancelServiceOrder', 'list', true],
];

export function orderHistoriesOf(
  all: readonly Seen[],
  events: readonly EventSeen[],
  cancels: readonly CancelHistory[],
): OrderHistory[] {
  const about = events.filter(({ resourceName }) => resourceName === 'serviceOrder');
  return historiesOf(all, about, orderSources).map((history) => ({
    ...history,
    created: history.created ?? deferredCreate(all, history),
    asked: objectOf((history.created ?? deferredCreate(all, history))?.sent),
    deleted: all.find((seen) => seen.operation === 'deleteServiceOrder' && seen.id === history.id && isSuccess(seen)),
    cancels: cancels.filter(({ order }) => order === history.id),
  }));
}

/** A create that was answered with a monitor is known by the externalId that the order has. */
function deferredCreate(all: readonly Seen[], { sightings }: History): Seen | undefined {
  const externalId = textOf(sightings[0]?.resource.externalId);
  if (externalId === undefined) return undefined;
  return all.find(
    (seen) =>
      seen.operation === 'createServiceOrder' && isMonitor(seen) && objectOf(seen.sent).externalId === externalId,
  );
}

export function cancelHistoriesOf(all: readonly Seen[], events: readonly EventSeen[]): CancelHistory[] {
  const about = events.filter(({ resourceName }) => resourceName === 'cancelServiceOrder');
  return historiesOf(all, about, cancelSources).map((history) => {
    const asked = textOf(objectOf(objectOf(history.created?.sent).serviceOrder).id);
    const shown = history.sightings.map(({ resource }) => textOf(objectOf(resource.serviceOrder).id));
    return { ...history, order: asked ?? shown.find((id) => id !== undefined) ?? '' };
  });
}

/** Resources that were made or asked for by their id; of others that a list shows, nothing is followed. */
function historiesOf(all: readonly Seen[], events: readonly EventSeen[], sources: readonly Source[]): History[] {
  const sightings = new Map<string, Sighting[]>();
  const created = new Map<string, Seen>();
  for (const seen of all) {
    const source = sources.find(([operation, , isList]) => operation === seen.operation && !isList);
    if (source === undefined || !isSuccess(seen) || !isObject(seen.got) || isMonitor(seen)) continue;
    const id = seen.id ?? textOf(seen.got.id);
    if (id === undefined) continue;
    if (!sightings.has(id)) sightings.set(id, []);
    if (source[1] === 'create' && !created.has(id)) created.set(id, seen);
  }
  const add = (id: string | undefined, resource: JsonObject, seen: Seen, source: Sighting['source']) => {
    if (id !== undefined) sightings.get(id)?.push({ seen, resource, state: textOf(resource.state), source });
  };
  for (const seen of all) {
    const source = sources.find(([operation]) => operation === seen.operation);
    if (source === undefined || !isSuccess(seen) || isMonitor(seen) || seen.query.fields !== undefined) continue;
    // What should have been refused shows whatever whoever took it thought fit.
    if (source[1] !== 'create' && seen.exchange.aim?.wrong !== undefined) continue;
    if (source[2]) for (const each of objectsOf(seen.got)) add(textOf(each.id), each, seen, 'list');
    else if (isObject(seen.got)) add(seen.id ?? textOf(seen.got.id), seen.got, seen, source[1]);
  }
  return [...sightings].map(([id, seen]) => ({
    id,
    created: created.get(id),
    sightings: seen.filter(({ source }) => source !== 'list'),
    listed: seen.filter(({ source }) => source === 'list'),
    events: events.filter((event) => event.id === id),
  }));
}

/** An answer that puts off the resource to later. */
function isMonitor({ status }: Seen): boolean {
  return status === 202;
}

/** Every look that was over before this one began, the latest first. */
export function looksBefore(sightings: readonly Sighting[], later: Sighting): Sighting[] {
  return sightings
    .filter(({ seen }) => seen.exchange.endedOrder < later.seen.exchange.sentOrder)
    .toSorted((one, other) => other.seen.exchange.endedOrder - one.seen.exchange.endedOrder);
}

/** The last look that was over before this one began. */
export function lookBefore(sightings: readonly Sighting[], later: Sighting): Sighting | undefined {
  let latest: Sighting | undefined;
  for (const each of sightings) {
    const { endedOrder } = each.seen.exchange;
    if (endedOrder >= later.seen.exchange.sentOrder) continue;
    if (latest === undefined || endedOrder > latest.seen.exchange.endedOrder) latest = each;
  }
  return latest;
}
