/** Why dates are not changed. */
import type { RefusalKind } from './kind.ts';

const invalid = { httpStatus: 400, tmfCode: '24', reason: 'Invalid body field' } as const;
const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const dateRefusals = {
  orderNotWatched: {
    ...conflict,
    text: 'Order {order} has no plan in time: nobody watches whether it is late',
    remedy: 'Enable jeopardy for its specifications in the policies; orders approved from then on are watched.',
  },
  orderStartsLater: {
    ...conflict,
    text: 'Order {order} is scheduled: the day that it is to start on has not come',
    remedy: 'Wait for that day; nothing of it goes out before.',
  },
  taskNotPlanned: {
    ...conflict,
    text: 'Task {task} "{name}" has no planned dates',
    remedy: 'Tasks of plans have, until they are over.',
  },
  taskDatesMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Nothing is said about the dates of task {task}',
    remedy: 'Say at least one of plannedStart, plannedEnd and expectedEnd.',
  },
  taskEndsBeforeStart: {
    ...invalid,
    text: 'Task {task} "{name}" cannot be planned to end before it starts',
    remedy: 'Give a plannedEnd that is not before plannedStart.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
