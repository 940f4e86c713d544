/** The states of orders, items and cancel tasks, and the moves that the diagrams of TMF641 v4.1 draw. */
import type { State, TaskState } from '../words.ts';

export const orderMoves: { readonly [from in State]: readonly State[] } = {
  acknowledged: ['rejected', 'inProgress', 'cancelled', 'assessingCancellation'],
  inProgress: ['completed', 'failed', 'partial', 'pending', 'held', 'cancelled', 'assessingCancellation'],
  pending: ['inProgress', 'cancelled', 'assessingCancellation'],
  held: ['inProgress', 'cancelled', 'assessingCancellation'],
  assessingCancellation: ['acknowledged', 'inProgress', 'pending', 'held', 'pendingCancellation'],
  pendingCancellation: ['cancelled'],
  rejected: [],
  completed: [],
  failed: [],
  partial: [],
  cancelled: [],
};

export function mayMove(from: State, to: State): boolean {
  return orderMoves[from].includes(to);
}

export function hasEnded(state: State): boolean {
  return orderMoves[state].length === 0;
}

export function isBeingCancelled(state: State): boolean {
  return state === 'assessingCancellation' || state === 'pendingCancellation';
}

export function taskHasEnded(state: TaskState): boolean {
  return state === 'done' || state === 'terminatedWithError';
}
