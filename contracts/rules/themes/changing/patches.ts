/** Rules on what a patch changes: all that it names, nothing else, and none is lost. */
import { breach, kept, type Rule, undecided } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { canonical, isObject, type JsonObject, objectOf, objectsOf, sameJson } from '../../view/json.ts';
import { orderDiagram } from '../../view/moves.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { type Patching, patchingsOf, same, stateOf } from './patching.ts';

export const patchApplied: Rule = {
  id: 'patch-applied',
  level: 'MUST',
  disturbs: true,
  title: 'A patch changes what it names and nothing else, and is answered with the whole order.',
  clause:
    'TMF641 v4.1, PATCH /serviceOrder/{id}: 200 with the ServiceOrder; ServiceOrder_Update names what can be patched',
  remedy: 'Apply the body as a merge patch (RFC 7396) before answering, and answer with the order as it is then.',
  needs: 'patch',
  *check(view) {
    const patchings = legalPatchings(view);
    // One that came too late says nothing, unless all of them did.
    if (patchings.length > 0 && !patchings.some(({ patch }) => isSuccess(patch))) {
      yield undecided('no order could be patched in time');
    }
    for (const { name, before, patch, after, wanted } of patchings) {
      const path = `PATCH /serviceOrder/{id} (${name})`;
      const order = patch.id;
      if (!isSuccess(patch)) {
        const isTooLate = orderDiagram.isTerminal(stateOf(after)) || patch.status === 409;
        if (!isTooLate && patch.status !== undefined && ![404, 405, 429, 501, 503].includes(patch.status)) {
          const message = `a patch of ${Object.keys(wanted).join(', ')} was answered ${patch.status}`;
          yield breach({ path, valueClass: isRefused(patch) ? 'refused' : '5xx', message, evidence: [patch], order });
        }
        continue;
      }
      let isKept = true;
      for (const [where, seen] of [
        ['the answer', patch],
        ['a GET after it', after],
      ] as const) {
        if (seen === undefined) continue;
        const got = objectOf(seen.got);
        const missing = Object.keys(wanted).filter((attribute) => !same(wanted[attribute], got[attribute]));
        const isWhole = seen === after || Array.isArray(got.serviceOrderItem);
        if (missing.length === 0 && isWhole) continue;
        isKept = false;
        const what = missing.length === 0 ? 'is not the whole order' : `does not show the new ${missing.join(', ')}`;
        const valueClass = missing.length === 0 ? 'not whole' : seen === patch ? 'not in the answer' : 'not applied';
        yield breach({
          path,
          valueClass,
          message: `a patch was answered ${patch.status}, and ${where} ${what}`,
          evidence: seen === patch ? [patch] : [patch, seen],
          order,
        });
      }
      const changed =
        before === undefined || after === undefined
          ? undefined
          : otherChange(objectOf(before.got), objectOf(after.got), wanted);
      if (changed !== undefined && before !== undefined && after !== undefined) {
        isKept = false;
        yield breach({
          path,
          valueClass: `${changed} changed too`,
          message: `a patch of ${Object.keys(wanted).join(', ')} has changed ${changed} too`,
          evidence: [before, patch, after],
          order,
        });
      }
      const undone = name === 'first' ? undefined : lostLater(view, patch, wanted);
      if (undone !== undefined) {
        isKept = false;
        const message = `a patch of ${Object.keys(wanted).join(', ')} was answered ${patch.status}, and is not there any more later`;
        yield breach({ path, valueClass: 'lost later', message, evidence: [patch, undone], order });
      }
      if (isKept) yield kept;
    }
  },
};

/** The last look at the order, when it does not show what was patched and nothing was patched after. */
function lostLater(view: View, patch: Seen, wanted: JsonObject): Seen | undefined {
  const last = view.orderOf(patch.id ?? '')?.sightings.at(-1);
  if (last === undefined || last.seen.exchange.sentOrder < patch.exchange.endedOrder) return undefined;
  const isPatchedLater = (name: string) =>
    view.asked.some(
      (seen) =>
        seen.operation === 'patchServiceOrder' &&
        seen.id === patch.id &&
        seen.exchange.sentOrder > patch.exchange.sentOrder &&
        name in objectOf(seen.sent),
    );
  return Object.keys(wanted).some((name) => !isPatchedLater(name) && !same(wanted[name], last.resource[name]))
    ? last.seen
    : undefined;
}

function legalPatchings(view: View): Patching[] {
  const first = patchingsOf(view, 'patch-atomic').filter(({ name }) => name === 'first');
  return [...patchingsOf(view, 'patches'), ...patchingsOf(view, 'patch-begun'), ...first];
}

/** What belongs to who ordered, and changes only when they say so. */
const requesters = [
  'externalId',
  'category',
  'description',
  'priority',
  'notificationContact',
  'requestedStartDate',
  'requestedCompletionDate',
  'relatedParty',
];

function otherChange(before: JsonObject, after: JsonObject, wanted: JsonObject): string | undefined {
  const changed = requesters.find((name) => !(name in wanted) && !sameJson(before[name], after[name]));
  if (changed !== undefined || 'serviceOrderItem' in wanted) return changed;
  const ordered = (order: JsonObject) =>
    canonical(
      itemsOf(order).map(({ id, item }) => [id, item.action, objectOf(objectOf(item.service).serviceSpecification).id]),
    );
  return ordered(before) === ordered(after) ? undefined : 'serviceOrderItem';
}

export const lostUpdate: Rule = {
  id: 'lost-update',
  level: 'MUST',
  title: 'Of several patches at once, to different attributes, none is lost.',
  clause: 'TMF641 v4.1, PATCH /serviceOrder/{id}: a merge patch changes what it names',
  remedy: 'Apply a patch to the order as it is stored, in one step; do not write back what was read before.',
  needs: 'patch',
  after: ['patch-applied'],
  *check(view) {
    const [after] = view.step('patches-at-once', 'after');
    const patches = view.steps('patches-at-once').filter((seen) => seen.operation === 'patchServiceOrder');
    const done = patches.filter((seen) => isSuccess(seen) && seen.status !== 202);
    if (patches.length === 0) return;
    if (done.length < 2 || after === undefined || !isObject(after.got)) {
      yield undecided(
        `${done.length} of ${patches.length} patches at once were taken: ${patches.map(outcomeText).join(', ')}`,
      );
      return;
    }
    const got = after.got;
    for (const patch of done) {
      const [[name, value] = ['', undefined]] = Object.entries(objectOf(patch.sent));
      if (isThere(value, got[name])) yield kept;
      else {
        const message = `${done.length} patches at once were answered 200, and that of ${name} is lost`;
        yield breach({
          path: 'PATCH /serviceOrder/{id} (at once)',
          valueClass: 'lost',
          message,
          evidence: [patch, after],
          order: patch.id,
        });
      }
    }
  },
};

/** Elements of a list may have been completed by the provider. */
function isThere(wanted: unknown, got: unknown): boolean {
  if (!Array.isArray(wanted)) return same(wanted, got);
  return objectsOf(wanted).every((each) =>
    objectsOf(got).some((there) => Object.entries(each).every(([name, value]) => sameJson(value, there[name]))),
  );
}
