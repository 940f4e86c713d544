/** Why a listener is not taken, and what cannot be done about events that were not delivered. */
import type { RefusalKind } from './kind.ts';

export const eventRefusals = {
  callbackUnusable: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Nothing can be sent to the callback {callback}',
    remedy: 'Give an absolute URL of http or https.',
  },
  eventQueryInvalid: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'The query cannot be understood at "{part}": expected {expected}',
    remedy: 'Filter by attributes of the event, the way TMF630 does: eventType=A,B&event.productOrder.state=held.',
  },
  subscriptionKnown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: '{callback} is subscribed already: {subscription}',
    remedy: 'Delete that subscription first, or give another query.',
  },
  subscriptionsFull: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'There are {most} subscriptions, and there may not be more',
    remedy: 'Delete those that nobody needs; GET /southbound/v1/subscription lists them.',
  },
  subscriptionUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'There is no subscription {subscription}',
    remedy: 'Nothing needs to be done: nothing is sent for it.',
  },
  deadLetterUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'There is no dead letter {deadLetter}',
    remedy:
      'List them to see which there are; those of a subscription go with it, and the oldest make room for later ones.',
  },
  outboxFull: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'So many events wait for {subscription} already that there is no room for {deadLetter}',
    remedy: 'See to it that the subscriber takes its events, or delete the subscription.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
