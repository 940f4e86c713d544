/** Rules on patches that must be refused, or be without effect. */
import { breach, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { canonical, objectOf, textOf } from '../../view/json.ts';
import { orderDiagram, plainDiagram } from '../../view/moves.ts';
import { isRefused, isSuccess } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { patchingsOf, same, stateOf } from './patching.ts';

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

export const patchKeepsOwned: Rule = {
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

export const patchStateLegal: Rule = {
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
      if (taken === undefined || (isRefused(patch) && plainDiagram.isReachable(from, to))) yield kept;
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

export const patchAtomic: Rule = {
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

export const patchRefused: Rule = {
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
