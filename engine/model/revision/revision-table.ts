/** The life of a change in flight, from its request to the decision about it. */
import type { StateTable } from '../state-table.ts';

export const revisionStates = ['pending', 'approved', 'declined', 'replaced', 'overtaken'] as const;

export type RevisionState = (typeof revisionStates)[number];

export const revisionEvents = ['approve', 'decline', 'replace', 'overtaken'] as const;

export type RevisionEvent = (typeof revisionEvents)[number];

/** `replace`: a later one says anew what is wanted. `overtaken`: the order was canceled meanwhile. */
export const revisionTable: StateTable<RevisionState, RevisionEvent> = {
  thing: 'revision',
  source: 'order management, revision in flight, in the reading of docs/decisions/0029',
  states: revisionStates,
  events: revisionEvents,
  initial: ['pending'],
  terminal: ['approved', 'declined', 'replaced', 'overtaken'],
  moves: [
    { from: ['pending'], on: 'approve', to: 'approved' },
    { from: ['pending'], on: 'decline', to: 'declined' },
    { from: ['pending'], on: 'replace', to: 'replaced' },
    { from: ['pending'], on: 'overtaken', to: 'overtaken' },
  ],
};
