/** Why an order is not changed in flight, or nothing is decided about it. */
import type { RefusalKind } from './kind.ts';

const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const revisionRefusals = {
  questionNotRevisable: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: "Patch request cannot be made as the order's fulfillment type is not 'deliver: {order}",
    remedy: 'Ask anew, or decide about what was found.',
  },
  lineNotOrdered: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Order {order} has no item {item} that could be changed',
    remedy: 'Name one of these: {known}. To add another, give it all that a new item needs.',
  },
  lineNotRevisable: {
    ...conflict,
    text: 'Line {line} is to {action}: that is not changed in flight',
    remedy: 'Cancel the line, and order anew.',
  },
  revisionLeavesNothing: {
    ...conflict,
    text: 'The revision would leave nothing of order {order}',
    remedy: 'Cancel the order instead.',
  },
  revisionUndecided: {
    ...conflict,
    text: 'A revision of order {order} waits to be decided about',
    remedy:
      'Decide about it first, or drop the line by another revision; the order as a whole can be canceled meanwhile.',
  },
  noRevisionPending: {
    ...conflict,
    text: 'No revision of order {order} waits to be decided about',
    remedy: 'Request one first; automatic approval may have decided about it already.',
  },
  penaltyNotAgreed: {
    ...conflict,
    text: 'Order {order} has passed its soft point of no return: it costs something to change or to cancel it',
    remedy: 'Say in a note why it is approved all the same.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
