/** The hub: who wants to be told of events. */
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import { notFound, refuse } from './answers.ts';
import { locationHeader } from './defaults/messages.ts';
import type { Vendor } from './habits.ts';
import type { Asked, Subscription } from './words.ts';

export function register({ request }: Asked, vendor: Vendor): HttpResponse {
  const { habits, subscriptions } = vendor;
  const body = request.body?.json;
  const refusal = habits.refusalOfSubscription(body, vendor);
  if (refusal !== undefined) return refuse(refusal, vendor);
  const { callback, query } = Object(body) as { callback: string; query?: string }; // valid, as just checked
  const id = habits.newId('subscription', vendor);
  const subscription: Subscription = { id, callback, ...(query === undefined ? {} : { query }) };
  subscriptions.set(id, subscription);
  return jsonResponse(201, habits.shownSubscription(subscription, vendor), locationHeader('hub', id, vendor));
}

export function unregister({ id }: Asked, vendor: Vendor): HttpResponse {
  const subscription = vendor.subscriptions.get(id);
  if (subscription === undefined) return notFound('subscription', id, vendor);
  vendor.habits.unsubscribe(subscription, vendor);
  return { status: 204, headers: {} };
}
