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
  workSubjectMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'The work order does not say {what}',
    remedy:
      'Name the order in `order`, and in its one item either a domain order or a task (`relatedEntity` with the role fulfills), or an item of the order (`orderItem`).',
  },
  workSubjectsSeveral: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'The work order names {count} {things}',
    remedy: 'Place a work order for each: one is for one domain order, or for one task.',
  },
  workSubjectWrong: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'There is no {thing} {id}',
    remedy: 'Look into the order, and name what is there by its id.',
  },
  workSaidOtherwise: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'The work order says {attribute}: {why}',
    remedy: 'Leave it out, or say what is there already.',
  },
  workDecidedOtherwise: {
    ...conflict,
    text: 'The policies say {decided} for {thing}, and not {wanted}',
    remedy: 'Leave out what is to be done, or say it in `workOrders` of the policies.',
  },
  workNotDecided: {
    ...conflict,
    text: 'No row of the work order policies speaks of {thing}',
    remedy: 'Add a row to `workOrders` of the policies that says what is to be done, and where it goes.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
