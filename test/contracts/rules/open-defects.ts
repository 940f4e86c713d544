/**
 * Defects of the rules that are reported and not yet mended: which scenes they spoil, and the smallest of each. A defect that
 * is mended is taken out here; its scenes are then held against the oracle like all others.
 */
import type { Scene } from './oracle.ts';
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
