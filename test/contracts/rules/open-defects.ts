/**
 * Defects of the rules that are reported and not yet mended: which scenes they spoil, and the smallest of each. A defect that
 * is mended is taken out here; its scenes are then held against the oracle like all others.
 */
import type { VerificationFinding } from '../../../contracts/records/verification.ts';
import type { Scene } from './oracle.ts';
import { cancelTask, look, placed, type Said, subscribed, told } from './plain-trace.ts';
import { created, hasHiddenContradiction, isLegalIfCancelled } from './scenes.ts';

export interface Defect {
  readonly about: string;
  readonly isIt: (scene: Scene) => boolean;
  readonly smallest: readonly Scene[];
}

function events(...states: readonly string[]): Scene {
  return { created, looks: [], told: states.map((state, place) => ({ at: 3 + place, state, time: 0 })), cancels: [] };
}

export const defects = {
  falseAlarm: {
    about: 'two announcements of one state are taken for one when it is asked whether events came in another order',
    isIt: ({ told = [] }) => told.some(({ state }, place) => state === told[place - 1]?.state),
    smallest: [
      events('inProgress', 'inProgress', 'held', 'completed'),
      events('inProgress', 'inProgress', 'completed', 'held'),
    ],
  },
  asIfCancelled: {
    about: 'events of an order that nobody cancels may lead through a cancellation, which makes every way back legal',
    isIt: (scene) => scene.told !== undefined && scene.cancels.length === 0 && isLegalIfCancelled(scene),
    smallest: [
      events('assessingCancellation'),
      {
        ...events('inProgress', 'acknowledged'),
        told: [
          { at: 3, state: 'inProgress', time: 0 },
          { at: 4, state: 'acknowledged', time: 1 },
        ],
      },
      {
        created,
        looks: [{ from: 4, to: 5, state: 'acknowledged' }],
        told: [{ at: 3, state: 'inProgress', time: 0 }],
        cancels: [],
      },
    ],
  },
  hiddenLook: {
    about:
      'of all looks that were over before, only that which ended last is compared; of all after an event, the first',
    isIt: hasHiddenContradiction,
    smallest: [
      {
        created,
        looks: [
          { from: 3, to: 6, state: 'acknowledged' },
          { from: 4, to: 5, state: 'inProgress' },
          { from: 7, to: 8, state: 'acknowledged' },
        ],
        cancels: [],
      },
      {
        created,
        looks: [
          { from: 3, to: 8, state: 'completed' },
          { from: 4, to: 5, state: 'completed' },
          { from: 6, to: 7, state: 'held' },
        ],
        cancels: [],
      },
      {
        created,
        looks: [
          { from: 4, to: 6, state: 'cancelled' },
          { from: 5, to: 7, state: 'acknowledged' },
        ],
        told: [{ at: 3, state: 'cancelled', time: 0 }],
        cancels: [],
      },
    ],
  },
} satisfies { readonly [name: string]: Defect };

/** What legal traffic is blamed for; a finding of these kinds is passed over until the rule is mended. */
export const openFalseAlarms: readonly {
  readonly about: string;
  readonly isIt: (finding: VerificationFinding) => boolean;
  readonly smallest: readonly Said[];
}[] = [
  {
    about: 'the last look at the order is older than the end of the cancel task, and is held against it',
    isIt: ({ rule, valueClass }) =>
      rule === 'cancel-outcome' && /^(?:order stays|done without effect)/.test(valueClass),
    smallest: [placed, cancelled('c1'), look('assessingCancellation'), task('c1', 'done')],
  },
  {
    about: 'a cancel ended with an error, and the order was cancelled later for another reason',
    isIt: ({ rule, valueClass }) => rule === 'cancel-outcome' && valueClass === 'cancelled in spite of an error',
    smallest: [
      placed,
      cancelled('c1'),
      task('c1', 'terminatedWithError'),
      cancelled('c2'),
      task('c2', 'done'),
      look('cancelled'),
    ],
  },
  {
    about: 'of a second cancel, what the order was before is the assessment of the first',
    isIt: ({ rule, valueClass }) => rule === 'cancel-outcome' && valueClass === 'denied, and not back',
    smallest: [
      placed,
      cancelled('c1'),
      look('assessingCancellation'),
      cancelled('c2'),
      look('inProgress'),
      task('c2', 'done', { completionMessage: 'denied' }),
    ],
  },
  {
    about: 'two announcements of one state within one second of a coarse clock are taken for one',
    isIt: ({ rule, valueClass }) => rule === 'event-order' && valueClass === 'out of order: StateChange last',
    smallest: [
      subscribed,
      placed,
      told('Create', 'acknowledged'),
      cancelled('c1'),
      told('Create', '', {
        eventType: 'CancelServiceOrderCreateEvent',
        event: { cancelServiceOrder: cancelTask('accepted') },
      }),
      ...['inProgress', 'assessingCancellation', 'inProgress', 'completed'].map((state) => told('StateChange', state)),
    ],
  },
];

function cancelled(id: string): Said {
  const sent = { serviceOrder: { id: 'o1' } };
  const got = cancelTask('accepted', { id });
  return { method: 'POST', path: '/cancelServiceOrder', sent, status: 201, got, aim: 'cancel-in-progress cancel' };
}

function task(id: string, state: string, more: object = {}): Said {
  return { method: 'GET', path: `/cancelServiceOrder/${id}`, got: cancelTask(state, { id, ...more }) };
}
