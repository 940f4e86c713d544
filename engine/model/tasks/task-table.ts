/** The life of an order task. */
import { previousState, type StateTable } from '../state-table.ts';

export const taskStates = [
  'draft',
  'open',
  'scheduled',
  'in_progress',
  'awaiting_information',
  'on_hold',
  'resolved',
  'closed_complete',
  'canceled',
] as const;

export type TaskState = (typeof taskStates)[number];

export const taskEvents = [
  'predecessorsDone',
  'schedule',
  'dateReached',
  'start',
  'informationMissing',
  'informationReceived',
  'hold',
  'release',
  'falloutResolved',
  'resume',
  'close',
  'redo',
  'cancel',
] as const;

export type TaskEvent = (typeof taskEvents)[number];

/** `redo`: an approved revision has made what was done wrong; nothing else brings back a task that is closed. */
export const taskTable: StateTable<TaskState, TaskEvent> = {
  thing: 'order task',
  source: 'order management, order task states',
  states: taskStates,
  events: taskEvents,
  initial: ['draft', 'open'],
  terminal: ['canceled'],
  moves: [
    { from: ['draft'], on: 'predecessorsDone', to: 'open' },
    { from: ['draft', 'on_hold'], on: 'schedule', to: 'scheduled' },
    { from: ['scheduled'], on: 'dateReached', to: 'open' },
    { from: ['open'], on: 'start', to: 'in_progress' },
    { from: ['in_progress'], on: 'informationMissing', to: 'awaiting_information' },
    { from: ['awaiting_information'], on: 'informationReceived', to: 'in_progress' },
    { from: ['open', 'scheduled', 'in_progress', 'awaiting_information'], on: 'hold', to: 'on_hold' },
    { from: ['on_hold'], on: 'release', to: previousState },
    { from: ['on_hold'], on: 'falloutResolved', to: 'resolved' },
    { from: ['resolved'], on: 'resume', to: 'in_progress' },
    { from: ['in_progress'], on: 'close', to: 'closed_complete' },
    { from: ['closed_complete'], on: 'redo', to: 'in_progress' },
    {
      from: ['draft', 'open', 'scheduled', 'in_progress', 'awaiting_information', 'on_hold', 'resolved'],
      on: 'cancel',
      to: 'canceled',
    },
  ],
};
