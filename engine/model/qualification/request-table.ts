/** The life of one question to an inventory system. */
import type { StateTable } from '../state-table.ts';

export const qualificationRequestStates = ['sent', 'waiting', 'answered', 'failed', 'expired', 'withdrawn'] as const;

export type QualificationRequestState = (typeof qualificationRequestStates)[number];

export const qualificationRequestEvents = [
  'accepted',
  'answered',
  'failed',
  'overdue',
  'expired',
  'withdrawn',
] as const;

export type QualificationRequestEvent = (typeof qualificationRequestEvents)[number];

/**
 * `waiting`: the system has taken the question and will answer later. `failed`: no answer, or none that can be read; one
 * that comes late is taken all the same, as is one that contradicts an earlier one. `withdrawn`: asked anew, or no longer
 * wanted; what comes then counts no more.
 */
export const qualificationRequestTable: StateTable<QualificationRequestState, QualificationRequestEvent> = {
  thing: 'qualification request',
  source: 'order management, order qualification, in the reading of docs/decisions/0018',
  states: qualificationRequestStates,
  events: qualificationRequestEvents,
  initial: ['sent'],
  terminal: ['withdrawn'],
  moves: [
    { from: ['sent'], on: 'accepted', to: 'waiting' },
    { from: ['answered'], on: 'accepted', to: 'answered' },
    { from: ['sent', 'waiting', 'answered', 'failed', 'expired'], on: 'answered', to: 'answered' },
    { from: ['sent'], on: 'failed', to: 'failed' },
    { from: ['waiting'], on: 'overdue', to: 'failed' },
    { from: ['answered'], on: 'expired', to: 'expired' },
    { from: ['sent', 'waiting', 'answered', 'failed', 'expired'], on: 'withdrawn', to: 'withdrawn' },
  ],
};
