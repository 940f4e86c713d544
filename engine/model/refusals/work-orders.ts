/** Why nobody is sent out. */
import type { RefusalKind } from './kind.ts';

const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const workOrderRefusals = {
  workSubjectUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} has neither a task nor a domain order {about}',
    remedy: 'Look into the order, and name one of either by its id.',
  },
  workNotPossible: {
    ...conflict,
    text: 'There is no work order to be made for {thing}: {why}',
    remedy:
      'Work orders are for domain orders in progress, and for their tasks that somebody has to do and nobody does.',
  },
  workNotDecided: {
    ...conflict,
    text: 'No row of the work order policies speaks of {thing}',
    remedy: 'Add a row to `workOrders` of the policies that says what is to be done, and where it goes.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
