/** The life of a request to cancel, and of what a system outside is told of it. */
import type { StateTable } from '../state-table.ts';

export const cancellationRequestStates = ['scheduled', 'assessing', 'in_progress', 'done', 'declined'] as const;

export type CancellationRequestState = (typeof cancellationRequestStates)[number];

export const cancellationRequestEvents = ['due', 'approve', 'decline', 'overtaken', 'ended'] as const;

export type CancellationRequestEvent = (typeof cancellationRequestEvents)[number];

/** `overtaken`: when it was to be taken up, that was possible no longer. */
export const cancellationRequestTable: StateTable<CancellationRequestState, CancellationRequestEvent> = {
  thing: 'cancellation request',
  source: 'TMF641 v4.1, life of a cancel task, in the reading of docs/decisions/0022',
  states: cancellationRequestStates,
  events: cancellationRequestEvents,
  initial: ['scheduled', 'assessing'],
  terminal: ['done', 'declined'],
  moves: [
    { from: ['scheduled'], on: 'due', to: 'assessing' },
    { from: ['scheduled'], on: 'overtaken', to: 'declined' },
    { from: ['assessing'], on: 'approve', to: 'in_progress' },
    { from: ['assessing'], on: 'decline', to: 'declined' },
    { from: ['in_progress'], on: 'ended', to: 'done' },
  ],
};

export const dispatchCancellationStates = ['sent', 'accepted', 'failed', 'done'] as const;

export type DispatchCancellationState = (typeof dispatchCancellationStates)[number];

export const dispatchCancellationEvents = ['taken', 'agreed', 'failed', 'moreTime', 'again'] as const;

export type DispatchCancellationEvent = (typeof dispatchCancellationEvents)[number];

/**
 * `agreed`: nothing of what is wanted no longer is going on outside. `again`: somebody has seen to what was in the way, or
 * another part is wanted no longer.
 */
export const dispatchCancellationTable: StateTable<DispatchCancellationState, DispatchCancellationEvent> = {
  thing: 'cancellation of an outbound request',
  source: 'TMF641 v4.1, coupling of cancel task and order, in the reading of docs/decisions/0022',
  states: dispatchCancellationStates,
  events: dispatchCancellationEvents,
  initial: ['sent', 'failed'],
  terminal: [],
  moves: [
    { from: ['sent'], on: 'taken', to: 'accepted' },
    { from: ['sent', 'accepted', 'failed'], on: 'agreed', to: 'done' },
    { from: ['sent', 'accepted'], on: 'failed', to: 'failed' },
    { from: ['failed'], on: 'moreTime', to: 'accepted' },
    { from: ['sent', 'failed', 'done'], on: 'again', to: 'sent' },
  ],
};
