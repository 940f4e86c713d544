/** The life of a fallout record. */
import { previousState, type StateTable } from '../state-table.ts';

export const falloutStates = [
  'open',
  'in_progress',
  'on_hold',
  'awaiting_information',
  'resolved',
  'closed_complete',
  'canceled',
] as const;

export type FalloutState = (typeof falloutStates)[number];

export const falloutEvents = [
  'assign',
  'informationMissing',
  'informationReceived',
  'hold',
  'release',
  'causeCleared',
  'resolve',
  'verify',
  'reopen',
  'resolvedByHand',
  'cancel',
] as const;

export type FalloutEvent = (typeof falloutEvents)[number];

/**
 * `causeCleared`: what it is about has passed by itself. `resolve`: somebody has mended it; `verify`: and has looked whether
 * that holds. `resolvedByHand`: both at once.
 */
export const falloutTable: StateTable<FalloutState, FalloutEvent> = {
  thing: 'fallout',
  source: 'order management, fallout records: identified, assigned, resolved, verified and closed',
  states: falloutStates,
  events: falloutEvents,
  initial: ['open'],
  terminal: ['closed_complete', 'canceled'],
  moves: [
    { from: ['open', 'in_progress'], on: 'assign', to: 'in_progress' },
    { from: ['in_progress'], on: 'informationMissing', to: 'awaiting_information' },
    { from: ['awaiting_information'], on: 'informationReceived', to: 'in_progress' },
    { from: ['open', 'in_progress', 'awaiting_information'], on: 'hold', to: 'on_hold' },
    { from: ['on_hold'], on: 'release', to: previousState },
    { from: ['open', 'in_progress', 'on_hold', 'awaiting_information'], on: 'causeCleared', to: 'resolved' },
    { from: ['open', 'in_progress', 'on_hold', 'awaiting_information'], on: 'resolve', to: 'resolved' },
    { from: ['resolved'], on: 'verify', to: 'closed_complete' },
    { from: ['resolved'], on: 'reopen', to: 'in_progress' },
    {
      from: ['open', 'in_progress', 'on_hold', 'awaiting_information', 'resolved'],
      on: 'resolvedByHand',
      to: 'closed_complete',
    },
    { from: ['open', 'in_progress', 'on_hold', 'awaiting_information'], on: 'cancel', to: 'canceled' },
  ],
};
