/** Callbacks as rules look at them: which event about which resource, and to which subscription it came. */
import { instantIn, isObject, type JsonObject, objectOf, textOf } from './json.ts';
import { decoded, isSuccess, type Seen } from './seen.ts';

export type ResourceName = 'serviceOrder' | 'cancelServiceOrder';
export type Change =
  | 'Create'
  | 'StateChange'
  | 'AttributeValueChange'
  | 'Delete'
  | 'InformationRequired'
  | 'Milestone'
  | 'Jeopardy';

export interface EventSeen {
  readonly seen: Seen;
  /** The last segment of the subscription's address. */
  readonly subscription: string;
  readonly eventId: string | undefined;
  readonly eventType: string;
  readonly eventTime: number | undefined;
  readonly resourceName: ResourceName;
  readonly resource: JsonObject;
  /** The id of that resource. */
  readonly id: string;
  readonly state: string | undefined;
  readonly change: Change | undefined;
  /** Our listener took it. */
  readonly wasTaken: boolean;
}

export interface SubscriptionSeen {
  readonly name: string;
  /** The id that the vendor gave it. */
  readonly id: string | undefined;
  readonly callback: string;
  readonly query: string | undefined;
  readonly registered: Seen;
  /** The request that ended it, whether or not it was answered well. */
  readonly ended: Seen | undefined;
  /** Every delivery to it, repeated ones too, as they came. */
  readonly deliveries: readonly EventSeen[];
}

export function eventOf(seen: Seen): EventSeen | undefined {
  if (seen.callback === undefined) return undefined;
  const envelope = objectOf(seen.sent);
  const event = objectOf(envelope.event);
  const eventType = textOf(envelope.eventType) ?? '';
  const isCancel = isObject(event.cancelServiceOrder) || /^cancel/i.test(eventType);
  const resourceName = isCancel ? 'cancelServiceOrder' : 'serviceOrder';
  const resource = objectOf(event[resourceName]);
  return {
    seen,
    subscription: seen.callback.subscription,
    eventId: textOf(envelope.eventId),
    eventType,
    eventTime: instantIn(envelope.eventTime),
    resourceName,
    resource,
    id: textOf(resource.id) ?? '',
    state: textOf(resource.state),
    change: changeOf(eventType) ?? changeOf(seen.callback.rest),
    wasTaken: isSuccess(seen),
  };
}

function changeOf(name: string): Change | undefined {
  if (/StateChange/i.test(name) && !/Milestone/i.test(name)) return 'StateChange';
  if (/AttributeValueChange/i.test(name)) return 'AttributeValueChange';
  if (/(Create|Creation)(Event|Notification)/i.test(name)) return 'Create';
  if (/(Delete|Remove)(Event|Notification)/i.test(name)) return 'Delete';
  if (/InformationRequired/i.test(name)) return 'InformationRequired';
  if (/Milestone/i.test(name)) return 'Milestone';
  return /Jeopardy/i.test(name) ? 'Jeopardy' : undefined;
}

/** Each event of a list once, by its eventId: whatever is delivered at least once may come again. */
export function withoutRepeats(events: readonly EventSeen[]): EventSeen[] {
  const known = new Set<string>();
  return events.filter(({ eventId }) => {
    if (eventId === undefined) return true;
    const isNew = !known.has(eventId);
    known.add(eventId);
    return isNew;
  });
}

export function subscriptionsOf(
  all: readonly Seen[],
  events: readonly EventSeen[],
  listenerPath: string,
): SubscriptionSeen[] {
  return all.flatMap((registered) => {
    const callback = textOf(objectOf(registered.sent).callback);
    if (registered.operation !== 'registerListener' || !isSuccess(registered) || callback === undefined) return [];
    const name = nameIn(callback, listenerPath);
    const id = textOf(objectOf(registered.got).id);
    const ended = all.find((seen) => seen.operation === 'unregisterListener' && id !== undefined && seen.id === id);
    const query = textOf(objectOf(registered.sent).query);
    const deliveries = events.filter(({ subscription }) => subscription === name);
    return [{ name, id, callback, query, registered, ended, deliveries }];
  });
}

function nameIn(callback: string, listenerPath: string): string {
  const at = callback.indexOf(listenerPath, callback.indexOf('//') + 2);
  const below = at === -1 ? '' : callback.slice(at + listenerPath.length);
  return decoded(below.replace(/^\//, '').split('/')[0] ?? '');
}
