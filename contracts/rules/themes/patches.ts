/** Rules on patching: what a patch changes, what it must not, and several at once. */
import { breach, kept, type Observation, type Rule, type Theme, undecided } from '../rule.ts';
import { itemsOf } from '../view/items.ts';
import {
  canonical,
  instantIn,
  isObject,
  type JsonObject,
  objectOf,
  objectsOf,
  sameJson,
  textOf,
} from '../view/json.ts';
import { orderDiagram } from '../view/moves.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';

/** A patch, and what the order was before and after it. */
interface Patching {
  readonly name: string;
  readonly before: Seen | undefined;
  readonly patch: Seen;
  readonly after: Seen | undefined;
  readonly wanted: JsonObject;
}

function patchingsOf(view: View, experiment: string): Patching[] {
  const steps = view.steps(experiment);
  return steps.flatMap((patch) => {
    const name = /^patch-(.+)$/.exec(patch.exchange.aim?.step ?? '')?.[1];
    if (name === undefined) return [];
    const at = (step: string) => steps.find((each) => each.exchange.aim?.step === `${step}-${name}` && isSuccess(each));
    return [{ name, before: at('before'), patch, after: at('after'), wanted: objectOf(patch.sent) }];
  });
}

function stateOf(seen: Seen | undefined): string | undefined {
  return textOf(objectOf(seen?.got).state);
}

function same(one: unknown, other: unknown): boolean {
  const [first, second] = [instantIn(one), instantIn(other)];
  return (
    sameJson(one, other) || (typeof one === 'string' && /^\d{4}-/.test(one) && first !== undefined && first === second)
  );
}

const applied: Rule = {
  id: 'patch-applied',
  level: 'MUST',
  disturbs: true,
  title: 'A patch changes what it names and nothing else, and is answered with the whole order.',
  clause:
    'TMF641 v4.1, PATCH /serviceOrder/{id}: 200 with the ServiceOrder; ServiceOrder_Update names what can be patched',
  remedy: 'Apply the body as a merge patch (RFC 7396) before answering, and answer with the order as it is then.',
  needs: 'patch',
  *check(view) {
    for (const { name, before, patch, after, wanted } of legalPatchings(view)) {
      const path = `PATCH /serviceOrder/{id} (${name})`;
      const order = patch.id;
      if (!isSuccess(patch)) {
        if (orderDiagram.isTerminal(stateOf(after)) || patch.status === 409)
          yield undecided('the order could no longer be patched');
        else if (patch.status !== undefined && ![404, 405, 429, 501, 503].includes(patch.status)) {
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

/** A patch whose body has the id of another order. */
function* misled(view: View): Iterable<Observation> {
  const [patch] = view.step('patch-other', 'patch-misled');
  const [victim] = view.step('patch-other', 'victim').filter(isSuccess);
  const description = objectOf(patch?.sent).description;
  if (patch === undefined || victim === undefined) return;
  const isMoved = isSuccess(patch) && objectOf(patch.got).id === victim.id;
  const [created] = view.step('patch-other', 'create-other');
  const { externalId } = objectOf(created?.sent);
  const isAnother = externalId !== undefined && objectOf(victim.got).externalId !== externalId;
  if (objectOf(victim.got).description !== description && !isAnother && !isMoved) yield kept;
  else {
    const message = 'a patch with the id of another order in its body was not taken for the order of its path';
    yield breach({
      path: 'PATCH /serviceOrder/{id} /id',
      valueClass: 'another order patched',
      message,
      evidence: [patch, victim],
      order: patch.id,
    });
  }
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

const keepsOwned: Rule = {
  id: 'patch-keeps-owned',
  level: 'MUST',
  disturbs: true,
  title: 'A patch cannot change id, orderDate or completionDate.',
  clause: 'TMF641 v4.1 ServiceOrder_Update: these attributes cannot be patched',
  remedy: 'Refuse a patch of what the provider sets with 400, or ignore it.',
  needs: 'patch',
  *check(view) {
    yield* misled(view);
    for (const { name, before, patch, after, wanted } of patchingsOf(view, 'patch-owned')) {
      if (patch.status === undefined) continue;
      const shown = [patch, after].filter((seen) => seen !== undefined && isSuccess(seen));
      const later =
        view
          .orderOf(patch.id ?? '')
          ?.sightings.filter(({ seen }) => seen.exchange.sentOrder > patch.exchange.endedOrder) ?? [];
      const taken = [...shown, ...later.map(({ seen }) => seen)].find((seen) =>
        same(wanted[name], objectOf(seen?.got)[name]),
      );
      const isGone = name === 'id' && isSuccess(patch) && after === undefined && before !== undefined;
      if (taken === undefined && !isGone) yield kept;
      else {
        const message = isGone
          ? 'an order is gone after a patch of its id'
          : `a patch has set ${name} to ${canonical(wanted[name])}`;
        yield breach({
          path: `PATCH /serviceOrder/{id} /${name}`,
          valueClass: 'taken over',
          message,
          evidence: [patch, ...(taken === undefined || taken === patch ? [] : [taken])],
          order: patch.id,
        });
      }
    }
  },
};

const stateLegal: Rule = {
  id: 'patch-state-legal',
  level: 'MUST',
  disturbs: true,
  title: 'A patch to a state that the diagram does not allow has no effect.',
  clause: 'TMF641 v4.1 lifecycle of ServiceOrder: nothing goes back to acknowledged, and nothing leaves its end',
  remedy: 'Check a patched state against the diagram, and refuse what it does not allow with 409.',
  needs: 'patch',
  *check(view) {
    for (const { name, before, patch, after, wanted } of patchingsOf(view, 'patch-state')) {
      if (name === 'rename') continue;
      const from = stateOf(before);
      const to = textOf(wanted.state);
      if (from === undefined || to === undefined) continue;
      if (from === to || orderDiagram.isMove(from, to)) {
        yield undecided(`the order was ${from} already when it was patched`);
        continue;
      }
      const taken = [patch, after].find((seen) => seen !== undefined && isSuccess(seen) && stateOf(seen) === to);
      // What the order has come to by itself meanwhile was not done by the patch.
      if (taken === undefined || (isRefused(patch) && orderDiagram.isReachable(from, to))) yield kept;
      else {
        const message = `a patch has taken an order from ${from} to ${to}${isRefused(patch) ? `, though it was answered ${patch.status}` : ''}`;
        yield breach({
          path: `PATCH /serviceOrder/{id} /state (${name})`,
          valueClass: 'taken over',
          message,
          evidence: [before, patch, ...(taken === patch ? [] : [taken])].filter((seen) => seen !== undefined),
          order: patch.id,
        });
      }
    }
  },
};

const atomic: Rule = {
  id: 'patch-atomic',
  level: 'MUST',
  disturbs: true,
  title: 'A patch that is refused has changed nothing.',
  clause: 'RFC 5789, 2: a patch is applied as a whole or not at all; TMF641 v4.1 ServiceOrder_Update',
  remedy: 'Check all of a patch before applying any of it; refuse a state that there is not.',
  needs: 'patch',
  *check(view) {
    yield* othersUndone(view);
    for (const experiment of ['patch-atomic', 'patch-owned', 'patch-state']) {
      for (const { patch, before, after, wanted } of patchingsOf(view, experiment)) {
        if (after === undefined || before === undefined) continue;
        const changed = ['description'].find(
          (name) =>
            wanted[name] !== undefined &&
            same(wanted[name], objectOf(after.got)[name]) &&
            !same(wanted[name], objectOf(before.got)[name]),
        );
        const path = 'PATCH /serviceOrder/{id} (refused)';
        if (isRefused(patch) && changed !== undefined) {
          yield breach({
            path,
            valueClass: 'applied in part',
            message: `a patch was answered ${patch.status}, and has changed ${changed}`,
            evidence: [patch, after],
            order: patch.id,
          });
        } else if (isRefused(patch)) yield kept;
        else if (
          stateOf(after) === wanted.state &&
          stateOf(before) !== wanted.state &&
          isSuccess(patch) &&
          wanted.state === 'nonsense'
        ) {
          yield breach({
            path,
            valueClass: 'wrong state taken',
            message: `a patch to state ${canonical(wanted.state)} was answered ${patch.status}`,
            evidence: [patch],
            order: patch.id,
          });
        }
      }
    }
  },
};

/** A patch that was taken is still there after one that was refused. */
function* othersUndone(view: View): Iterable<Observation> {
  const steps = patchingsOf(view, 'patch-atomic');
  const first = steps.find(({ name, patch }) => name === 'first' && isSuccess(patch));
  const refused = steps.find(({ name, patch }) => name === 'partly-wrong' && isRefused(patch));
  if (first?.after === undefined || refused?.after === undefined || refused.before === undefined) return;
  const wanted = first.wanted.priority;
  const was = objectOf(refused.before.got).priority;
  const is = objectOf(refused.after.got).priority;
  if (was !== wanted || is === wanted) yield kept;
  else {
    const message = `a patch was answered ${refused.patch.status}, and has undone an earlier one: priority is ${canonical(is)}`;
    yield breach({
      path: 'PATCH /serviceOrder/{id} (refused)',
      valueClass: 'an earlier patch undone',
      message,
      evidence: [first.patch, refused.patch, refused.after],
      order: refused.patch.id,
    });
  }
}

const refusedAloud: Rule = {
  id: 'patch-refused',
  level: 'SHOULD',
  title: 'A patch to a state that cannot be is refused, rather than ignored.',
  clause:
    'TMF641 v4.1 lifecycle of ServiceOrder; TMF630: 400 for a state that there is not, 409 for one that is not reached',
  remedy: 'Answer 400 or 409, and say why: who asks would take 200 for done.',
  needs: 'patch',
  after: ['patch-state-legal', 'patch-keeps-owned', 'patch-atomic'],
  *check(view) {
    for (const experiment of ['patch-atomic', 'patch-state']) {
      for (const { name, patch, before, after, wanted } of patchingsOf(view, experiment)) {
        if (patch.exchange.aim?.wrong === undefined || wanted.state === undefined) continue;
        const isLegal = typeof wanted.state === 'string' && orderDiagram.isMove(stateOf(before) ?? '', wanted.state);
        if (isRefused(patch)) yield kept;
        else if (isSuccess(patch) && !isLegal && stateOf(before) === stateOf(after)) {
          const what = `state ${canonical(wanted.state)}`;
          yield breach({
            path: `PATCH /serviceOrder/{id} (${name === 'partly-wrong' ? 'no state' : 'state'})`,
            valueClass: 'ignored',
            message: `a patch of ${what} was answered ${patch.status}, and nothing came of it`,
            evidence: [patch],
            order: patch.id,
          });
        }
      }
    }
  },
};

const lostUpdate: Rule = {
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

export const patches: Theme = {
  name: 'patching orders',
  rules: [stateLegal, applied, keepsOwned, atomic, lostUpdate, refusedAloud],
};
