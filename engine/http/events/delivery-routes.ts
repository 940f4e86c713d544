/** Looking into what is delivered to whom, and deciding about what could not be delivered. Southbound's own operations. */
import { pageOfList } from '../../../contracts/profile/tmf630.ts';
import type { DeadLetter as ShownLetter, Subscription } from '../../../contracts/schemas/southbound-api.generated.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import { errorOfPaging } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import { shownUrl } from '../../../exchange/url-credentials.ts';
import { refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import type { Deliveries, StoreOfEvents } from '../../shell/deliveries.ts';
import type { DeadLetter, SubscriptionReport } from '../../shell/event-store.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { operationsBase } from '../operations.ts';
import { rolesOf } from '../roles.ts';

export interface DeliveryRouteParts {
  readonly store: StoreOfEvents;
  readonly deliveries: Deliveries;
  readonly nobodyMay: 'everything' | 'nothing';
}

export function deliveryRoutes({ store, deliveries, nobodyMay }: DeliveryRouteParts): Route[] {
  const letters = `${operationsBase}/deadLetter`;
  return [
    { method: 'GET', path: `${operationsBase}/subscription`, handle: subscriptions },
    { method: 'GET', path: letters, handle: deadLetters },
    { method: 'POST', path: `${letters}/{id}/redeliver`, handle: (request) => allowed(request, redeliver) },
    { method: 'DELETE', path: `${letters}/{id}`, handle: (request) => allowed(request, remove) },
  ];

  async function subscriptions({ query }: RoutedRequest): Promise<HttpResponse> {
    return listed((await store.events.subscriptions()).map(shownSubscription), query);
  }

  async function deadLetters({ query }: RoutedRequest): Promise<HttpResponse> {
    return listed((await store.events.deadLetters()).map(shownLetter), query);
  }

  async function redeliver(id: string): Promise<HttpResponse> {
    const letter = (await store.events.deadLetters()).find((each) => each.id === id);
    const done = letter === undefined ? undefined : await store.events.redeliver(id);
    if (letter === undefined || done === undefined) return refused('deadLetterUnknown', { deadLetter: id });
    if (done === 'full') return refused('outboxFull', { subscription: letter.subscription.id, deadLetter: id });
    deliveries.wake(letter.subscription.id);
    return jsonResponse(202, shownLetter(letter));
  }

  async function remove(id: string): Promise<HttpResponse> {
    const isRemoved = await store.events.removeDeadLetter(id);
    return isRemoved ? { status: 204, headers: {} } : refused('deadLetterUnknown', { deadLetter: id });
  }

  function allowed(request: RoutedRequest, then: (id: string) => Promise<HttpResponse>): Promise<HttpResponse> {
    if (mayDo('SettleDeadLetter', rolesOf(request, nobodyMay))) return then(request.params.id ?? '');
    const values = { command: 'SettleDeadLetter', roles: rolesFor.SettleDeadLetter.join(', ') };
    return Promise.resolve(refused('roleMissing', values));
  }
}

function listed(documents: readonly object[], query: RoutedRequest['query']): HttpResponse {
  const page = pageOfList(documents, query);
  return page === undefined ? errorResponse(errorOfPaging()) : jsonResponse(page.status, page.body, page.headers);
}

function shownSubscription(report: SubscriptionReport): Subscription {
  const { id, api, callback, query, since, attempts, nextAttemptAt, lastFailure, ended, ...counts } = report;
  return {
    id,
    api,
    callback: shownUrl(callback),
    ...(query === undefined ? {} : { query }),
    since: textOfInstant(since),
    state: ended === undefined ? 'active' : 'gone',
    ...counts,
    ...(attempts === 0 ? {} : { attempts }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: textOfInstant(nextAttemptAt) }),
    ...(ended === undefined ? {} : { endedAt: textOfInstant(ended.at), endedBecause: ended.reason }),
  };
}

function shownLetter({ id, subscription, event, at, attempts, reason }: DeadLetter): ShownLetter {
  return {
    id,
    subscription: subscription.id,
    api: subscription.api,
    callback: shownUrl(subscription.callback),
    eventId: event.id,
    eventType: event.type,
    failedAt: textOfInstant(at),
    attempts,
    reason,
    event: event.body,
  };
}

function refused(...why: Parameters<typeof refusal>): HttpResponse {
  return errorResponse(errorOfRefusal(refusal(...why)));
}
