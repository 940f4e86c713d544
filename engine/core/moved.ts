/** What a move leaves in the thing that is moved, besides its new state. */
import type { DomainOrder, Instant } from '../model/order.ts';
import { type DomainOrderEvent, domainOrderTable, type LineEvent } from '../model/state-tables.ts';
import type { Unfinished } from './unfinished.ts';

/** What a request to cancel interrupts is remembered until it is decided about. */
export function remember<State>(thing: { previousState?: State }, event: LineEvent, from: State): void {
  if (event === 'requestCancellation') thing.previousState = from;
  else if (event === 'declineCancellation' || event === 'approveCancellation') delete thing.previousState;
}

/** When it was first begun, and when it ended: `to` is where the event leads. */
export function keepTimes(
  moved: Unfinished<DomainOrder>,
  { event, to, at }: { event: DomainOrderEvent; to: DomainOrder['state']; at: Instant },
): void {
  if (event === 'start') moved.startedAt ??= at;
  if (domainOrderTable.terminal.includes(to)) moved.endedAt = at;
}
