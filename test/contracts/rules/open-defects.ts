/**
 * Defects of the rules that are reported and not yet mended: which scenes they spoil, and the smallest of each. A defect that
 * is mended is taken out here; its scenes are then held against the oracle like all others.
 */
import type { VerificationFinding } from '../../../contracts/records/verification.ts';
import type { Scene } from './oracle.ts';
import { cancelTask, look, placed, type Said } from './plain-trace.ts';
import { created, hasHiddenContradiction, isLegalIfCancelled } from './scenes.ts';

export interface Defect {
  readonly about: string;
  readonly isIt: (scene: Scene) => boolean;
  readonly smallest: readonly Scene[];
}

const ends = ['rejected', 'completed', 'failed', 'partial', 'cancelled'];

export const defects: readonly Defect[] = [
  {
    about:
      'an event is held against a look after it as if the order could have been cancelled in between, though nobody cancels',
    isIt: (scene) =>
      scene.told !== undefined && scene.looks.length > 0 && scene.cancels.length === 0 && isLegalIfCancelled(scene),
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
    isIt: (scene) =>
      hasHiddenContradiction(scene) && ends.filter((end) => scene.looks.some(({ state }) => state === end)).length > 1,
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

/** What legal traffic is blamed for; a finding of these kinds is passed over until the rule is mended. */
export const openFalseAlarms: readonly {
  readonly about: string;
  readonly isIt: (finding: VerificationFinding) => boolean;
  readonly smallest: readonly Said[];
}[] = [
  {
    about: 'a cancel ended with an error, the order went on, and was cancelled later without a task',
    isIt: ({ rule, valueClass }) => rule === 'cancel-outcome' && valueClass === 'cancelled in spite of an error',
    smallest: [placed, cancelled('c1'), task('c1', 'terminatedWithError'), look('inProgress'), look('cancelled')],
  },
  {
    about: 'a cancel was denied, and the order is assessed again because of a second one',
    isIt: ({ rule, valueClass }) => rule === 'cancel-outcome' && valueClass.startsWith('order stays'),
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
