/** A cancel task: when it is refused, and how it and its order go on until it ends. */
import { type ErrorAnswer, errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { Order, Task, TaskMove } from '../words.ts';
import { refusalOfTask } from './checks.ts';
import { specifications } from './course.ts';
import { isOf, leavesOf } from './items.ts';
import { hasEnded, taskHasEnded } from './states.ts';

export function refusalOfCancel(body: unknown, { orders, tasks }: Vendor): ErrorAnswer | undefined {
  const refusal = refusalOfTask(body);
  if (refusal !== undefined) return refusal;
  const { id } = (body as { serviceOrder: { id: string } }).serviceOrder; // valid, as just checked
  const order = orders.get(id);
  if (order === undefined) return errorAnswer(400, '24', 'Invalid body field', `There is no service order ${id}`);
  const { state } = order.document;
  if (hasEnded(state)) return errorAnswer(409, '62', 'Conflict', `Service order ${id} is ${state}`);
  const isUnderWay = [...tasks.values()].some(
    ({ orderId, document }) => orderId === id && !taskHasEnded(document.state),
  );
  return isUnderWay ? errorAnswer(409, '62', 'Conflict', `Service order ${id} is being cancelled already`) : undefined;
}

/** accepted, inProgress, and then either pendingCancellation and cancelled, or back to where the order came from. */
export function nextOfTask({ document }: Task, order: Order, { habits }: Vendor): TaskMove | undefined {
  const { pace } = habits;
  if (document.state === 'accepted') return { afterMs: pace.task, task: 'inProgress' };
  if (document.state !== 'inProgress') return undefined;
  if (order.document.state === 'pendingCancellation') {
    return { afterMs: pace.cancellation, task: 'done', order: 'cancelled' };
  }
  if (isCancellable(order)) return { afterMs: pace.decision, order: 'pendingCancellation' };
  const message = 'Denied: the order has passed its point of no return';
  return { ...back(order), afterMs: pace.decision + pace.cancellation, task: 'done', message };
}

/** To where it stood before. */
export function back({ cameFrom }: Order): Pick<TaskMove, 'order'> {
  return cameFrom === undefined ? {} : { order: cameFrom };
}

export function isCancellable({ document }: Order): boolean {
  return !leavesOf(document.serviceOrderItem).some((leaf) => isOf(leaf, specifications.denied));
}
