/** Why an order or a line is not canceled, or nothing is decided about it. */
import type { RefusalKind } from './kind.ts';

const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const cancellationRefusals = {
  deletedNotCanceled: {
    ...conflict,
    text: 'Order {order} is {state}: nothing has been decided about it, so it is deleted rather than canceled',
    remedy: 'Delete it, or approve it first.',
  },
  pointOfNoReturnPassed: {
    ...conflict,
    text: 'Order {order} has passed its point of no return: nothing of it can be changed or canceled any more',
    remedy: 'Let it be completed, and order what is to become of what it brought.',
  },
  cancellationUndecided: {
    ...conflict,
    text: 'A cancellation of order {order} is being assessed: {request}',
    remedy: 'Approve or decline that one first.',
  },
  nothingToCancel: {
    ...conflict,
    text: 'Nothing of order {order} is left to be canceled: its lines are {states}',
    remedy: 'Close the tasks that keep it open; then it is completed.',
  },
  nothingToDecide: {
    ...conflict,
    text: 'No cancellation of order {order} is being assessed',
    remedy: 'Request one first; automatic approval may have decided about it already.',
  },
  lineUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} has no line {line}',
    remedy: 'Name one by its id: {known}.',
  },
  lineNotInThisState: {
    ...conflict,
    text: 'Line {line} is {state}: {event} is not possible',
    remedy: 'Possible from {state}: {possible}.',
  },
  cancellationUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'There is no cancellation {cancellation}',
    remedy: 'List them to see which ids exist.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
