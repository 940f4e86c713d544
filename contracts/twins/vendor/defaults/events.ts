/** Which events tell of a change, what they say, and how they come to whoever subscribed. */

import type { Outcome } from '../../../../exchange/client.ts';
import { type Headers, jsonMediaType, pathAndQuery } from '../../../../exchange/message.ts';
import { type ErrorAnswer, errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { Announcement, Change, Delivery, OrderDocument, Subscription, VendorEvent } from '../words.ts';
import { refusalByKeys, refusalBySchema } from './checks.ts';
import { matches } from './filters.ts';

export function refusalOfSubscription(body: unknown, { subscriptions }: Vendor): ErrorAnswer | undefined {
  const refusal = refusalByKeys(body) ?? refusalBySchema('EventSubscriptionInput', body);
  if (refusal !== undefined) return refusal;
  const { callback, query } = body as { callback: string; query?: string }; // valid, as just checked
  if (!/^https?:\/\/[^\s/]+/.test(callback)) {
    return errorAnswer(400, '24', 'Invalid body field', `The callback is no http or https URL: ${callback}`);
  }
  const isKnown = [...subscriptions.values()].some((known) => known.callback === callback && known.query === query);
  return isKnown
    ? errorAnswer(409, '62', 'Conflict', `${callback} is subscribed already, with the same query`)
    : undefined;
}

export function announcements(change: Change): readonly Announcement[] {
  if (change.of === 'cancelServiceOrder') {
    const { before, after } = change;
    if (before === undefined) return [{ eventType: 'CancelServiceOrderCreateEvent', change }];
    return before.state === after.state ? [] : [{ eventType: 'CancelServiceOrderStateChangeEvent', change }];
  }
  const { before, after, because } = change;
  if (because === 'delete') return [{ eventType: 'ServiceOrderDeleteEvent', change }];
  if (before === undefined) return [{ eventType: 'ServiceOrderCreateEvent', change }];
  const told: Announcement[] = [];
  const fieldPath = because === 'patch' ? changedNames(before, after).join(',') : '';
  if (fieldPath !== '') told.push({ eventType: 'ServiceOrderAttributeValueChangeEvent', change, fieldPath });
  if (before.state !== after.state) told.push({ eventType: 'ServiceOrderStateChangeEvent', change });
  if (before.state === 'inProgress' && after.state === 'pending') {
    told.push({ eventType: 'ServiceOrderInformationRequiredEvent', change, fieldPath: 'note' });
  }
  return told;
}

/** What a change of state brings with it is told by the event of that change. */
const toldByState = new Set(['state', 'cancellationDate', 'cancellationReason']);

function changedNames(before: OrderDocument, after: OrderDocument): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const isItsConsequence = (name: string) =>
    toldByState.has(name) || (name === 'serviceOrderItem' && before.state !== after.state);
  return [...names].filter(
    (name) => !isItsConsequence(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

export function eventOf({ eventType, change, fieldPath }: Announcement, vendor: Vendor): VendorEvent {
  const { habits, kernel } = vendor;
  const resource =
    change.of === 'serviceOrder' ? habits.shown(change.after, vendor) : habits.shownTask(change.after, vendor);
  return {
    eventId: habits.newId('event', vendor),
    eventTime: habits.dateText(kernel.now()),
    eventType,
    ...(fieldPath === undefined ? {} : { fieldPath }),
    event: { [change.of]: resource },
  };
}

/** The query is a filter on the event as it is sent; none lets everything through. */
export function hears({ query = '' }: Subscription, event: VendorEvent): boolean {
  return matches(event, pathAndQuery(`?${query}`).query);
}

/** Deliveries to one subscriber about one order come one after another. */
export function laneOf({ subscription, orderId }: Delivery): string {
  return `${subscription.id}/${orderId}`;
}

/** Below the callback, as the published listener paths are read. */
export function addressOf({ subscription, event }: Delivery): string {
  const [path = '', query] = subscription.callback.split('?');
  const listener = `${event.eventType.charAt(0).toLowerCase()}${event.eventType.slice(1)}`;
  return `${path.replace(/\/+$/, '')}/listener/${listener}${query === undefined ? '' : `?${query}`}`;
}

export function callbackHeaders(_delivery: Delivery, { claims, world }: Vendor): Headers {
  const header = claims.events?.credentialsHeader;
  const secret = world.callbackSecret;
  const credentials = header === undefined || secret === undefined ? {} : { [header.toLowerCase()]: secret };
  return { 'content-type': jsonMediaType, ...credentials };
}

export function isDelivered(outcome: Outcome): boolean {
  const { status } = outcome.kind === 'answered' || outcome.kind === 'malformed' ? outcome.response : { status: 0 };
  return status >= 200 && status < 300;
}

/** 1, 2 and 4 seconds; then it is given up. */
export function retryAfterMs(attempts: number): number | undefined {
  return [1_000, 2_000, 4_000][attempts - 1];
}

/** Nothing more comes after an unsubscription. */
export function isWanted({ subscription }: Delivery, { subscriptions }: Vendor): boolean {
  return subscriptions.has(subscription.id);
}
