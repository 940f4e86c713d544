/** Why what a requester says anew of an order is not taken. */
import type { RefusalKind } from './kind.ts';

export const amendmentRefusals = {
  orderGoneOn: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Order {order} has gone on while it was being patched',
    remedy: 'Read it again, and send what is still to be changed.',
  },
  orderPastAmending: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Order {order} is {state}: what was ordered cannot be changed now',
    remedy:
      'It can while the order is draft or new, and as a revision once it is in progress. Texts for people can be changed.',
  },
  orderOver: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Order {order} is {state}, and nothing of it changes any more',
    remedy: 'Place another order.',
  },
  lineHasTasks: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Item {item} of order {order} has task {task}, so it cannot be left out',
    remedy: 'Keep the item, or delete the order and place another.',
  },
  attributeNotPatchable: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: '{attribute} cannot be patched: {why}',
    remedy: 'Leave it out. Patchable are {patchable}.',
  },
  attributeNotRevisable: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: '{attribute} cannot be changed in flight: {why}',
    remedy: 'Leave it out; quantity, characteristics, place, offering and further items can be changed.',
  },
  stateNotPatchable: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'A patch cannot take the order from {from} to {to}',
    remedy:
      'Leave the state out: an order is canceled by a cancel task, a draft is submitted by a patch of its requestedInitialState, and all else follows from the work on it.',
  },
  patchUnreadable: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Operation {operation} of the patch cannot be carried out: {why}',
    remedy: 'Read the order again, and make the patch for what it is now: nothing of this one was taken.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
