/** Why a task is not begun, not closed, or not there. */
import type { RefusalKind } from './kind.ts';

const conflict = { httpStatus: 409, tmfCode: '62', reason: 'Conflict with the state of the resource' } as const;

export const taskRefusals = {
  openTasksBlock: {
    ...conflict,
    text: 'Order {order} cannot be approved while tasks of its own are open: {tasks}',
    remedy: 'Close them first.',
  },
  planUnknown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the configuration',
    text: 'There is no fulfillment plan "{plan}"',
    remedy: 'Name one of the catalogue: {known}.',
  },
  taskUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Order {order} has no task {task}',
    remedy: 'Look into the order to see its tasks, and name one by its id.',
  },
  taskNotInThisState: {
    ...conflict,
    text: 'Task {task} "{name}" is {state}: {event} is not possible',
    remedy: 'Possible from {state}: {possible}.',
  },
  taskHeldFromAbove: {
    ...conflict,
    text: 'Task {task} "{name}" is on hold with {domainOrder}',
    remedy: 'See to what holds that, such as its fallouts; the task goes on with it.',
  },
  taskIsOutside: {
    ...conflict,
    text: 'Task {task} "{name}" is done outside, and closes when that is reported',
    remedy: 'Wait for the report, or force-complete the service order with a note that says why.',
  },
  taskLacksValues: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Task {task} "{name}" cannot be closed without {missing}',
    remedy: 'Give them in `characteristics` when closing it, or update the domain order first.',
  },
  taskTakesNoValues: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Task {task} "{name}" is about no domain order, so it sets no characteristics',
    remedy: 'Close it without.',
  },
  characteristicReadOnly: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: '{name} is only shown to whoever does task {task}',
    remedy: 'Update the domain order instead, if the value is wrong.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
