/** Faulty vendors that take a patch, and make something else of it. */
import { jsonResponse } from '../../../../exchange/message.ts';
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { allTo, leavesOf } from '../../vendor/defaults/items.ts';
import { hasEnded, mayMove } from '../../vendor/defaults/states.ts';
import type { Habits } from '../../vendor/habits.ts';
import type { OrderDocument, State } from '../../vendor/words.ts';
import { answering, type Fields, faulty, lacking } from '../means.ts';

const patching = 'TMF641 v4.1 PATCH /serviceOrder/{id}';
const update = `${patching}, ServiceOrder_Update`;

/** What a patch may change, but for the order's state, its items and the vendor's forecast. */
const plain = [
  'description',
  'externalId',
  'notificationContact',
  'priority',
  'requestedCompletionDate',
  'requestedStartDate',
  'externalReference',
  'note',
  'orderRelationship',
  'relatedParty',
];

const asPut = faulty({
  name: 'patch-replaces-the-order',
  deviation: 'Takes away whatever a patch does not name, as if it were a PUT.',
  clause: `${patching}; RFC 7396`,
  breaks: 'patch-applied',
  habits: {
    patched: (document, patch, vendor) =>
      conformantHabits.patched(lacking(document, ...plain) as OrderDocument, patch, vendor), // nothing it must have
  },
});

const undone = faulty({
  name: 'work-undoes-patches',
  deviation: 'Writes the order as it was when its work began, so that the next move undoes every patch since then.',
  clause: patching,
  breaks: 'patch-applied',
  differs: ['late'],
  habits: () => {
    const loaded = new Map<string, Fields>();
    return {
      moved: (document, move, vendor) => {
        const usual = conformantHabits.moved(document, move, vendor);
        const begun = loaded.get(document.id);
        if (begun === undefined && usual.state === 'inProgress') loaded.set(document.id, only(usual, plain));
        return begun === undefined ? usual : ({ ...lacking(usual, ...plain), ...begun } as OrderDocument); // as above
      },
    };
  },
});

const seenLate = faulty({
  name: 'patch-seen-late',
  deviation: 'Answers a GET for two seconds after a patch from what it keeps of an earlier one.',
  clause: patching,
  breaks: 'patch-applied',
  differs: ['timing'],
  habits: () => {
    const kept = new Map<string, { readonly until: number; readonly values: Fields }>();
    return {
      patched: (document, patch, vendor) => {
        kept.set(document.id, { until: vendor.kernel.now() + 2_000, values: only(document, plain) });
        return conformantHabits.patched(document, patch, vendor);
      },
      ...answering((response, { operation, id, request }, vendor) => {
        const { until = 0, values } = kept.get(id) ?? {};
        const isOld = operation === 'retrieveServiceOrder' && response.status === 200 && vendor.kernel.now() < until;
        const old = { ...lacking(Object(response.body?.json), ...plain), ...values };
        return isOld ? jsonResponse(200, vendor.habits.selected(old, request.query)) : response;
      }),
    };
  },
});

const oldAnswer = faulty({
  name: 'patch-answered-with-the-old-order',
  deviation: 'Answers a patch with the order as it was before.',
  clause: patching,
  breaks: 'patch-applied',
  habits: () => {
    const read = new Map<string, OrderDocument>();
    return {
      patched: (document, patch, vendor) => {
        read.set(document.id, document);
        return conformantHabits.patched(document, patch, vendor);
      },
      patchAnswer: ({ id, document }, vendor) =>
        jsonResponse(200, vendor.habits.shown(read.get(id) ?? document, vendor)),
    };
  },
});

const datesTaken = faulty({
  name: 'dates-of-the-client',
  deviation: 'Takes orderDate, startDate and completionDate from a patch.',
  clause: update,
  breaks: 'patch-keeps-owned',
  habits: { refusalOfPatch: unrefused('orderDate', 'startDate', 'completionDate') },
});

const takenLater = faulty({
  name: 'owned-patch-takes-effect-later',
  deviation: 'Leaves orderDate and completionDate of a patch aside, and writes them at the next move of the order.',
  clause: update,
  breaks: 'patch-keeps-owned',
  differs: ['late'],
  habits: () => {
    const aside = new Map<string, Fields>();
    const names = ['orderDate', 'completionDate'];
    return {
      refusalOfPatch: unrefused(...names),
      patched: (document, patch, vendor) => {
        aside.set(document.id, { ...aside.get(document.id), ...only(patch, names) });
        return conformantHabits.patched(document, lacking(patch, ...names), vendor);
      },
      moved: (document, move, vendor) => {
        const usual = conformantHabits.moved(document, move, vendor);
        const { completionDate, ...rest } = aside.get(document.id) ?? {};
        const isDone = usual.completionDate !== undefined && completionDate !== undefined;
        return { ...usual, ...rest, ...(isDone ? { completionDate } : {}) } as OrderDocument; // dates, as checked
      },
    };
  },
});

const identityTaken = faulty({
  name: 'id-of-the-body',
  deviation: 'Takes the id from the body of a patch when there is one, in place of that in the path.',
  clause: update,
  breaks: 'patch-keeps-owned',
  habits: { refusalOfPatch: unrefused('id', 'href') },
});

const completedByPatch = faulty({
  name: 'completed-by-patch',
  deviation: 'Completes an order, with its items, whenever a patch asks for that, also before it was begun.',
  clause: update,
  breaks: 'patch-state-legal',
  habits: {
    refusalOfPatch: (document, patch, vendor) =>
      conformantHabits.refusalOfPatch(document, Object(patch).state === 'completed' ? rest(patch) : patch, vendor),
    patched: (document, patch, vendor) => {
      const { state } = patch as { state?: State }; // valid, as just checked
      if (state !== 'completed') return conformantHabits.patched(document, patch, vendor);
      const merged = conformantHabits.patched(document, rest(patch), vendor);
      const open = leavesOf(merged.serviceOrderItem).filter(({ item }) => !hasEnded(item.state));
      return vendor.habits.moved(merged, { afterMs: 0, leaves: allTo('completed', open), order: state }, vendor);
    },
    mayMove: () => true,
  },
});

const reopenedByPatch = faulty({
  name: 'reopened-by-patch',
  deviation: 'Lets a patch take an order that has ended back to inProgress, and works on it again.',
  clause: update,
  breaks: 'patch-state-legal',
  differs: ['late'],
  habits: {
    refusalOfPatch: (document, patch, vendor) =>
      hasEnded(document.state) && Object(patch).state === 'inProgress'
        ? conformantHabits.refusalOfPatch({ ...document, state: 'inProgress' }, patch, vendor)
        : conformantHabits.refusalOfPatch(document, patch, vendor),
    patched: (document, patch, vendor) => {
      const { state } = patch as { state?: State }; // valid, as just checked
      const [first] = leavesOf(document.serviceOrderItem);
      if (!hasEnded(document.state) || state === undefined || first === undefined) {
        return conformantHabits.patched(document, patch, vendor);
      }
      const merged = conformantHabits.patched(document, rest(patch), vendor);
      return vendor.habits.moved(merged, { afterMs: 0, leaves: { [first.place]: 'inProgress' }, order: state }, vendor);
    },
    mayMove: () => true,
  },
});

const stateIgnored = faulty({
  name: 'illegal-state-ignored',
  deviation: 'Answers a patch to a state that is not allowed with 200, and leaves the state as it is.',
  clause: update,
  breaks: 'patch-refused',
  habits: {
    refusalOfPatch: (document, patch, vendor) =>
      conformantHabits.refusalOfPatch(document, allowed(document, patch), vendor),
    patched: (document, patch, vendor) => conformantHabits.patched(document, Object(allowed(document, patch)), vendor),
  },
});

const endedIgnored = faulty({
  name: 'patch-of-state-ignored-after-the-end',
  deviation: 'Answers a patch of the state of an order that has ended with 200, and does nothing.',
  clause: update,
  breaks: 'patch-refused',
  differs: ['late'],
  habits: {
    refusalOfPatch: (document, patch, vendor) =>
      isLate(document, patch) ? undefined : conformantHabits.refusalOfPatch(document, patch, vendor),
    patched: (document, patch, vendor) =>
      isLate(document, patch) ? document : conformantHabits.patched(document, patch, vendor),
  },
});

export const patchTwins: readonly Twin[] = [
  asPut,
  undone,
  seenLate,
  oldAnswer,
  datesTaken,
  takenLater,
  identityTaken,
  completedByPatch,
  reopenedByPatch,
  stateIgnored,
  endedIgnored,
];

function isLate({ state }: OrderDocument, patch: unknown): boolean {
  return hasEnded(state) && isObject(patch) && typeof patch.state === 'string';
}

function only(value: object, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

/** Does not look at these attributes of a patch. */
function unrefused(...names: readonly string[]): Habits['refusalOfPatch'] {
  return (document, patch, vendor) =>
    conformantHabits.refusalOfPatch(document, isObject(patch) ? lacking(patch, ...names) : patch, vendor);
}

/** Without the state that it asks for. */
function rest(patch: unknown): Fields {
  return lacking(Object(patch), 'state');
}

/** Without a state that the diagram does not draw from here. */
function allowed({ state }: OrderDocument, patch: unknown): unknown {
  const wanted = isObject(patch) ? patch.state : undefined;
  const isDrawn = wanted === state || (wanted === 'cancelled' && mayMove(state, wanted));
  return isObject(patch) && !isDrawn ? rest(patch) : patch;
}
