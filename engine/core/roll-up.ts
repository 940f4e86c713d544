/** How states rise from domain orders to lines and from lines to the order. Pure, total, and tested for every mix. */
import type { DomainOrderState, LineEvent, LineState, OrderEvent, OrderState } from '../model/state-tables.ts';

/** The event that the domain orders of a line bring about in it, if any. */
export function lineEventOf(line: LineState, domainOrders: readonly DomainOrderState[]): LineEvent | undefined {
  const blocked = domainOrders.includes('on_hold');
  if (line === 'on_hold') return blocked ? undefined : 'release';
  const ended = domainOrders.every((state) => state === 'closed_complete' || state === 'canceled');
  // What was closed in it stays so; what was done for it has been undone by then.
  if (line === 'cancellation_in_progress') return ended ? 'cancellationDone' : undefined;
  if (line !== 'in_progress') return undefined;
  // A line is never canceled from below: what is canceled in it was not needed.
  if (ended && (domainOrders.length === 0 || domainOrders.includes('closed_complete'))) return 'complete';
  return blocked ? 'hold' : undefined;
}

/** The event that the lines bring about in the order, if any. It is held only when nothing in it can go on. */
export function orderEventOf(order: OrderState, lines: readonly LineState[]): OrderEvent | undefined {
  const open = lines.filter((state) => state !== 'completed' && state !== 'canceled');
  const blocked = open.length > 0 && open.every((state) => state === 'on_hold');
  if (order === 'on_hold') return blocked ? undefined : 'release';
  if (order === 'cancellation_in_progress') return open.length === 0 ? 'cancellationDone' : undefined;
  // Line by line, all of it was canceled: so is the order, by the same way.
  const isGone = lines.length > 0 && lines.every((state) => state === 'canceled');
  if (isGone && order === 'assessing_cancellation') return 'approveCancellation';
  if (order !== 'in_progress') return undefined;
  if (isGone) return 'requestCancellation';
  if (open.length === 0 && (lines.length === 0 || lines.includes('completed'))) return 'complete';
  return blocked ? 'hold' : undefined;
}
