/** Defects of the rules that the oracle and legal traffic have found, each with its smallest case: they stay mended. */
import type { Scene } from './oracle.ts';
import { cancelTask, look, placed, type Said } from './plain-trace.ts';
import { created } from './scenes.ts';

export interface Defect {
  readonly about: string;
  readonly smallest: readonly Scene[];
}

export const defects: readonly Defect[] = [
  {
    about:
      'an event is held against a look after it as if the order could have been cancelled in between, though nobody cancels',
    smallest: [
      {
        created,
        looks: [{ from: 4, to: 5, state: 'acknowledged' }],
        told: [{ at: 3, state: 'inProgress', time: 0 }],
        cancels: [],
      },
    ],
  },
  {
    about: 'of two different ends that overlap, only the one that was over first is held against later looks',
    smallest: [
      {
        created,
        looks: [
          { from: 3, to: 5, state: 'completed' },
          { from: 4, to: 6, state: 'cancelled' },
          { from: 7, to: 8, state: 'completed' },
        ],
        cancels: [],
      },
    ],
  },
];

/** What legal traffic was blamed for. */
export const falseAlarms: readonly {
  readonly about: string;
  readonly smallest: readonly Said[];
}[] = [
  {
    about: 'a cancel ended with an error, the order went on, and was cancelled later without a task',
    smallest: [placed, cancelled('c1'), task('c1', 'terminatedWithError'), look('inProgress'), look('cancelled')],
  },
  {
    about: 'a cancel was denied, and the order is assessed again because of a second one',
    smallest: [
      placed,
      cancelled('c1'),
      task('c1', 'terminatedWithError'),
      cancelled('c2'),
      look('assessingCancellation'),
    ],
  },
];

function cancelled(id: string): Said {
  const sent = { serviceOrder: { id: 'o1' } };
  const got = cancelTask('accepted', { id });
  return { method: 'POST', path: '/cancelServiceOrder', sent, status: 201, got, aim: 'cancel-in-progress cancel' };
}

function task(id: string, state: string): Said {
  return { method: 'GET', path: `/cancelServiceOrder/${id}`, got: cancelTask(state, { id }) };
}
