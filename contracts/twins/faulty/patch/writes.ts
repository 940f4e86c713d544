/** Faulty vendors that write what they refused, or lose what they took when several patches come at once. */
import { jsonResponse } from '../../../../exchange/message.ts';
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { hasEnded, mayMove } from '../../vendor/defaults/states.ts';
import type { OrderDocument, State } from '../../vendor/words.ts';
import { type Fields, faulty, lacking } from '../means.ts';

const patching = 'TMF641 v4.1 PATCH /serviceOrder/{id}';
const atomic = `${patching}; RFC 5789, section 2 (all of it or nothing)`;

/** Attributes that hold a text, and nothing else depends on. */
const texts = ['description', 'priority', 'notificationContact'];

const partKept = faulty({
  name: 'refused-patch-half-written',
  deviation: 'Writes the attributes of a patch one by one, so that the good ones of a refused patch stay.',
  clause: atomic,
  breaks: 'patch-atomic',
  habits: {
    afterRefusedPatch: (document, patch) => (hasEnded(document.state) ? document : written(document, patch)),
  },
});

const writtenFirst = faulty({
  name: 'refused-after-it-was-written',
  deviation: 'Looks only after it has written a patch whether the order has ended, and answers 409 then.',
  clause: atomic,
  breaks: 'patch-atomic',
  differs: ['late'],
  habits: {
    afterRefusedPatch: (document, patch) => (hasEnded(document.state) ? written(document, patch) : document),
  },
});

const tooFarBack = faulty({
  name: 'refused-patch-undoes-others',
  deviation: 'Goes back to the order as it was created when it refuses a patch, so that earlier patches are lost.',
  clause: atomic,
  breaks: 'patch-atomic',
  habits: () => {
    const created = new Map<string, Fields>();
    return {
      newOrder: (body, id, vendor) => {
        const document = conformantHabits.newOrder(body, id, vendor);
        created.set(id, only(document, texts));
        return document;
      },
      afterRefusedPatch: (document) =>
        ({ ...lacking(document, ...texts), ...created.get(document.id) }) as OrderDocument, // it has lost texts at most
    };
  },
});

const readModifyWrite = faulty({
  name: 'last-writer-wins',
  deviation: 'Reads an order, takes its time, and writes it whole, without looking whether it has changed since.',
  clause: patching,
  breaks: 'lost-update',
  differs: ['concurrency'],
  habits: {
    patchTakesMs: 40,
    patched: (document, patch, vendor) => conformantHabits.patched(document, stillPossible(document, patch), vendor),
  },
});

const coalesced = faulty({
  name: 'patches-coalesced',
  deviation: 'Keeps only the last of several patches that come before the first of them is answered.',
  clause: patching,
  breaks: 'lost-update',
  differs: ['concurrency'],
  habits: () => {
    const gathered = new Map<string, { readonly at: number; readonly base: OrderDocument; readonly names: string[] }>();
    return {
      patched: (document, patch, vendor) => {
        const now = vendor.kernel.now();
        const last = gathered.get(document.id);
        const isGathering = last !== undefined && now - last.at < vendor.habits.pace.answer;
        const { base, names } = isGathering ? last : { base: document, names: [] };
        gathered.set(document.id, { at: now, base, names: [...names, ...Object.keys(patch)] });
        const plain = names.filter((name) => name !== 'state' && name !== 'serviceOrderItem');
        const before = { ...lacking(document, ...plain), ...only(base, plain) } as OrderDocument; // what was one before
        return conformantHabits.patched(before, patch, vendor);
      },
    };
  },
});

const shortQueue = faulty({
  name: 'third-writer-dropped',
  deviation: 'Has room for two patches of an order at a time, and drops a third, although it answers that as taken.',
  clause: patching,
  breaks: 'lost-update',
  differs: ['concurrency'],
  habits: () => {
    const taken = new Map<string, number[]>();
    const answers = new Map<string, OrderDocument>();
    return {
      patched: (document, patch, vendor) => {
        const now = vendor.kernel.now();
        const waiting = (taken.get(document.id) ?? []).filter((at) => now - at < vendor.habits.pace.answer);
        const after = conformantHabits.patched(document, patch, vendor);
        answers.set(document.id, after);
        if (waiting.length >= 2) return document;
        taken.set(document.id, [...waiting, now]);
        return after;
      },
      patchAnswer: ({ id, document }, vendor) =>
        jsonResponse(200, vendor.habits.shown(answers.get(id) ?? document, vendor)),
    };
  },
});

export const patchWriteTwins: readonly Twin[] = [
  partKept,
  writtenFirst,
  tooFarBack,
  readModifyWrite,
  coalesced,
  shortQueue,
];

function only(value: object, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

/** Without what the order has become too old for since the patch was looked at. */
function stillPossible({ state }: OrderDocument, patch: object): object {
  const { state: wanted = state } = patch as { state?: State }; // valid, as checked before
  const names = [
    ...(mayMove(state, wanted) ? [] : ['state']),
    ...(state === 'acknowledged' ? [] : ['serviceOrderItem']),
  ];
  return lacking(patch, ...names);
}

/** With the texts of the patch. */
function written(document: OrderDocument, patch: unknown): OrderDocument {
  const good = Object.entries(isObject(patch) ? only(patch, texts) : {}).filter(
    ([, value]) => typeof value === 'string',
  );
  return { ...document, ...Object.fromEntries(good) };
}
