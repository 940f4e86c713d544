/** Laws of outbound requests: nothing waits unwatched, nothing is sent twice at once, one Request ID at a time. */

import type { CustomerOrder, OutboundRequest, ReplayedStep } from '../../engine/index.ts';
import type { Check, Evidence } from './evidence.ts';

export const requestLaws: { readonly [law: string]: Check } = {
  'a request that is not done is on its way, has a timer, or has an open fallout': unwatched,
  'a service order has one live Request ID': twoRequestIds,
  'a request is under way once at a time, and no more often than its terms allow': tooManyAttempts,
  'a further request is made by command only': unasked,
  'a request is fulfilled only if somebody said so': unheardOf,
};

/** Steps of every order, as one list with the order they belong to. */
export function stepsOf({ orders }: Evidence): ReplayedStep[] {
  return orders.flatMap(({ history }) => history);
}

export function isLive({ state }: OutboundRequest): boolean {
  return state !== 'failed';
}

export function isOpenFallout({ state }: CustomerOrder['fallouts'][number]): boolean {
  return state !== 'resolved' && state !== 'closed_complete' && state !== 'canceled';
}

function unwatched({ orders }: Evidence): string[] {
  return orders.flatMap(({ history }) => {
    const timers = new Set<string>();
    const underWay = new Map<string, string>();
    return history.flatMap(({ entry, order, effects }) => {
      const { input } = entry;
      if (input.type === 'TimerFired') timers.delete(nameOf(input.timer));
      if (input.type === 'ReportDispatch' || input.type === 'ReportCancellation') underWay.delete(input.effectId);
      for (const effect of effects) {
        if (effect.type === 'SetTimer') timers.add(effect.name);
        if (effect.type === 'CancelTimer') timers.delete(effect.name);
        if (effect.type === 'SendOutboundRequest' || effect.type === 'SendCancellation')
          underWay.set(effect.id, effect.requestId);
      }
      const sent = new Set(underWay.values());
      const watched = ({ requestId }: OutboundRequest) =>
        sent.has(requestId) ||
        timers.has(`retry/${requestId}`) ||
        timers.has(`overdue/${requestId}`) ||
        timers.has(`retryCancellation/${requestId}`) ||
        timers.has(`cancellationOverdue/${requestId}`) ||
        // Its moment has come while a cancellation was being assessed.
        order.dispatches.some((each) => each.requestId === requestId && each.underWay?.isDue === true) ||
        order.fallouts.some((fallout) => isOpenFallout(fallout) && fallout.requestId === requestId);
      return order.outboundRequests
        .filter((record) => (record.state === 'pending' || record.state === 'not_applicable') && !watched(record))
        .map(
          ({ number, state }) => `${number} is ${state} after ${input.type}, entry ${entry.entry} of ${order.number}`,
        );
    });
  });
}

function nameOf(timer: { readonly kind: string; readonly requestId?: string; readonly domainOrder?: string }): string {
  const known = { retryDispatch: 'retry', fulfillmentOverdue: 'overdue', poll: 'poll' }[timer.kind];
  const isAboutRequest = ['retryCancellation', 'cancellationOverdue'].includes(timer.kind);
  const prefix = known ?? (isAboutRequest ? timer.kind : 'automatic');
  return `${prefix}/${timer.requestId ?? timer.domainOrder}`;
}

function twoRequestIds(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, order }) => {
    const live = Map.groupBy(order.outboundRequests.filter(isLive), ({ serviceOrder }) => serviceOrder);
    return [...live]
      .filter(([, records]) => new Set(records.map(({ requestId }) => requestId)).size > 1)
      .map(([id, records]) => {
        const numbers = records.map(({ number }) => number).join(' and ');
        return `${numberOf(order, id)} has ${numbers} after ${entry.input.type}, entry ${entry.entry}`;
      });
  });
}

export function numberOf(order: CustomerOrder, domainOrder: string): string {
  return order.domainOrders.find(({ id }) => id === domainOrder)?.number ?? domainOrder;
}

function tooManyAttempts({ orders }: Evidence): string[] {
  return orders.flatMap(({ history }) => {
    const underWay = new Map<string, string>();
    return history.flatMap(({ entry, order, effects }) => {
      const { input } = entry;
      if (input.type === 'ReportDispatch') underWay.delete(input.requestId);
      return effects.flatMap((effect) => {
        if (effect.type !== 'SendOutboundRequest') return [];
        const { requestId, attempt, id } = effect;
        const terms = order.outboundRequests.find((record) => record.requestId === requestId)?.terms;
        const most = (terms?.maxRetries ?? 0) + 1;
        const already = underWay.get(requestId);
        underWay.set(requestId, id);
        const complaints = already === undefined ? [] : [`${requestId} is sent again while ${already} is under way`];
        return attempt <= most ? complaints : [...complaints, `${requestId} is sent ${attempt} times, ${most} allowed`];
      });
    });
  });
}

/** Retries keep their Request ID: that is how the other side knows them for what they are. */
function unasked(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, before, order }) => {
    if (entry.input.type === 'CreateOutboundRequest' || entry.input.type === 'ReviseOutboundRequest') return [];
    if (entry.input.type === 'RetryFallout') return [];
    const known = new Set(before?.dispatches.map(({ requestId }) => requestId));
    // A plan sends when it is its turn, and that is the first request; nothing of it that counts was outside before.
    const planned = new Set(before?.domainOrders.filter(({ work }) => work?.by === 'plan').map(({ id }) => id));
    for (const record of before?.outboundRequests ?? []) if (isLive(record)) planned.delete(record.serviceOrder);
    const asked = new Set(
      before?.domainOrders.filter((each) => hasBegun(each) && !planned.has(each.id)).map(({ id }) => id),
    );
    return order.outboundRequests
      .filter(({ requestId, serviceOrder }) => !known.has(requestId) && asked.has(serviceOrder))
      .map(({ number, requestId }) => `${number} is made by ${entry.input.type} under ${requestId}`);
  });
}

/** What is on hold may have been put there before it began. */
function hasBegun({ state, previousState }: CustomerOrder['domainOrders'][number]): boolean {
  const stood = state === 'on_hold' ? previousState : state;
  return stood !== 'draft' && stood !== 'scheduled';
}

function unheardOf({ orders }: Evidence): string[] {
  return orders.flatMap(({ history }) => {
    const said = new Set<string>();
    return history.flatMap(({ entry: { input, entry }, order }) => {
      for (const { requestId, serviceOrder } of fulfilledIn(input)) said.add(`${requestId} ${serviceOrder}`);
      return order.outboundRequests
        .filter(
          ({ state, requestId, serviceOrder }) => state === 'fulfilled' && !said.has(`${requestId} ${serviceOrder}`),
        )
        .map(({ number }) => `${number} is fulfilled at entry ${entry}, and nobody reported it`);
    });
  });
}

function fulfilledIn(input: ReplayedStep['entry']['input']): { requestId: string; serviceOrder: string }[] {
  const reports =
    input.type === 'ReportFulfillment'
      ? input.reports
      : input.type === 'ReportDispatch' && input.outcome.kind === 'accepted'
        ? input.outcome.reports
        : [];
  const requestId = 'requestId' in input ? input.requestId : '';
  return reports.flatMap(({ state, serviceOrder }) => (state === 'fulfilled' ? [{ requestId, serviceOrder }] : []));
}
