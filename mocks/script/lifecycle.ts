/** The states of an order and its items, and how one leads to another. */
import { isLegalMove } from '../../contracts/profile/profile.ts';
import { tmf641Overlay } from '../../contracts/profile/tmf641-v4.1.ts';
import type { ServiceOrderItemStateType } from '../../contracts/schemas/tmf641-v4.1.generated.ts';

export type State = ServiceOrderItemStateType;

/** Every state there is. */
export const states: readonly State[] = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'completed',
  'failed',
  'partial',
  'assessingCancellation',
  'pendingCancellation',
];

export const terminalStates: readonly State[] = ['rejected', 'completed', 'failed', 'partial', 'cancelled'];

/** True if the lifecycle of an order draws that move. */
export function isMoveOfOrder(from: State, to: State): boolean {
  const table = tmf641Overlay.transitions.ServiceOrder;
  if (table === undefined) throw new Error('the overlay of TMF641 has no lifecycle for orders');
  return isLegalMove(table, from, to);
}

/** The states to go through, the last included; `undefined` when the lifecycle has no way there. */
export function pathTo(from: State, to: State): readonly State[] | undefined {
  const table = tmf641Overlay.transitions.ServiceOrderItem;
  if (table === undefined) throw new Error('the overlay of TMF641 has no lifecycle for items');
  if (from === to) return [];
  if (isLegalMove(table, from, to)) return [to];
  return isLegalMove(table, from, 'inProgress') && isLegalMove(table, 'inProgress', to)
    ? ['inProgress', to]
    : undefined;
}
