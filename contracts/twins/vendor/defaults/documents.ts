/** How orders and cancel tasks come into being, and what a move makes of them. */
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { Item, Move, OrderDocument, State, TaskDocument, TaskMove } from '../words.ts';
import { forecastMs } from './course.ts';
import { leavesOf, withLeaves } from './items.ts';
import { hasEnded, isBeingCancelled } from './states.ts';

/** An item as it is asked for. */
interface ItemBody {
  readonly serviceOrderItem?: readonly ItemBody[];
}

export function newOrder(body: object, id: string, vendor: Vendor): OrderDocument {
  const { habits, kernel } = vendor;
  const { serviceOrderItem: asked } = body as { serviceOrderItem: readonly ItemBody[] }; // valid, as checked before
  const serviceOrderItem = asked.map(acknowledgedItem);
  const now = kernel.now();
  return {
    '@type': 'ServiceOrder',
    ...body,
    id,
    href: habits.hrefOf('serviceOrder', id, vendor),
    state: 'acknowledged',
    orderDate: habits.dateText(now),
    expectedCompletionDate: habits.dateText(now + forecastMs(leavesOf(serviceOrderItem), habits.pace)),
    serviceOrderItem,
  };
}

export function acknowledgedItem(asked: ItemBody): Item {
  const own =
    asked.serviceOrderItem === undefined ? {} : { serviceOrderItem: asked.serviceOrderItem.map(acknowledgedItem) };
  return { ...asked, ...own, state: 'acknowledged' } as Item; // an item as asked for, whose own items have states too
}

export function newTask(body: object, id: string, vendor: Vendor): TaskDocument {
  const href = vendor.habits.hrefOf('cancelServiceOrder', id, vendor);
  return { '@type': 'CancelServiceOrder', ...body, id, href, state: 'accepted' };
}

export function moved(document: OrderDocument, move: Move, vendor: Vendor): OrderDocument {
  const { rollUp, stamped } = vendor.habits;
  const serviceOrderItem = withLeaves(document.serviceOrderItem, move.leaves, rollUp);
  const added = rollUp(leavesOf(serviceOrderItem).map(({ item }) => item.state));
  const state = move.order ?? (isBeingCancelled(document.state) ? document.state : added);
  return stamped(document, { ...document, state, serviceOrderItem }, move.reason, vendor);
}

/** startDate when it is first in progress, completionDate and cancellationDate when it is that, errors when it went wrong. */
export function stamped(
  before: OrderDocument,
  after: OrderDocument,
  reason: string | undefined,
  { habits, kernel }: Vendor,
): OrderDocument {
  const now = habits.dateText(kernel.now());
  const { state } = after;
  const document = { ...after };
  if (state === 'inProgress') document.startDate ??= now;
  if (before.state === state) return document;
  if (state === 'completed' || state === 'partial') document.completionDate = now;
  if (state === 'cancelled') {
    document.cancellationDate = now;
    if (reason !== undefined) document.cancellationReason = reason;
  }
  if (!hasEnded(state) || state === 'completed' || state === 'cancelled') return withItemErrors(document, reason, now);
  const message = reason ?? 'Not every item could be delivered';
  const { code, reason: kind } = errorAnswer(422, state === 'rejected' ? '2' : '1', wordOf(state), message).body;
  document.errorMessage = [...(document.errorMessage ?? []), { code, reason: kind, message, timestamp: now }];
  return withItemErrors(document, reason, now);
}

function wordOf(state: State): string {
  return state === 'rejected' ? 'Business validation failed' : 'Fulfilment failed';
}

/** An item that failed says why, from then on. */
function withItemErrors(document: OrderDocument, reason: string | undefined, now: string): OrderDocument {
  const told = (item: Item): Item => {
    const own = item.serviceOrderItem === undefined ? {} : { serviceOrderItem: item.serviceOrderItem.map(told) };
    const isBad = (item.state === 'failed' || item.state === 'rejected') && item.errorMessage === undefined;
    if (!isBad) return { ...item, ...own };
    const message = reason ?? 'Not every item could be delivered';
    return { ...item, ...own, errorMessage: [{ code: '1', reason: wordOf(item.state), message, timestamp: now }] };
  };
  return { ...document, serviceOrderItem: document.serviceOrderItem.map(told) };
}

export function movedTask(document: TaskDocument, move: TaskMove, { habits, kernel }: Vendor): TaskDocument {
  const state = move.task ?? document.state;
  const after: TaskDocument = { ...document, state };
  if (move.message !== undefined) after.completionMessage = move.message;
  if (move.order === 'cancelled') after.effectiveCancellationDate = habits.dateText(kernel.now());
  if (move.error !== undefined) after.errorMessage = { code: '1', reason: 'Cancellation failed', message: move.error };
  return after;
}
