/** Why resource orders and work orders are not changed from outside. */
import type { RefusalKind } from './kind.ts';

const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const partRefusals = {
  partStateNotPatchable: {
    ...conflict,
    text: 'A patch cannot take {part} from {from} to {to}: {why}',
    remedy: 'Say one of {possible}, or leave the state out: all else follows from the work on it.',
  },
  partPatchedTwice: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'The patch says of {part} both a state and other values',
    remedy: 'Send two patches: all of one is taken, or nothing.',
  },
  partNotDeletable: {
    ...conflict,
    text: '{part} belongs to order {order}, which is {state}',
    remedy:
      'Cancel it by a patch of its state, or cancel the order. An order that nobody has decided about can be deleted, with all that belongs to it.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
