/** Rules on cancels that must be refused: of what has ended, of what is not there, and a second one. */
import { breach, kept, type Rule, undecided } from '../../rule.ts';
import type { OrderHistory } from '../../view/histories.ts';
import { objectOf, sameJson, textOf } from '../../view/json.ts';
import { cancelDiagram } from '../../view/moves.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const cancelTerminal: Rule = {
  id: 'cancel-terminal',
  level: 'MUST',
  disturbs: true,
  title: 'An order that has ended cannot be cancelled.',
  clause: 'TMF641 v4.1 lifecycle of ServiceOrder: nothing leaves its end; TMF630: 409',
  remedy: 'Refuse the cancel with 409, or end its task with a completionMessage, and leave the order as it is.',
  needs: 'cancel',
  *check(view) {
    for (const cancel of view.step('cancel-ended', 'cancel')) {
      const path = 'POST /cancelServiceOrder (ended)';
      const id = textOf(objectOf(objectOf(cancel.sent).serviceOrder).id);
      const order = id === undefined ? undefined : view.orderOf(id);
      const later = order?.sightings.findLast(({ seen }) => seen.exchange.sentOrder > cancel.exchange.endedOrder);
      if (
        later?.state === 'cancelled' ||
        later?.state === 'assessingCancellation' ||
        later?.state === 'pendingCancellation'
      ) {
        const message = `an order that had ended is ${later.state} after a cancel`;
        yield breach({ path, valueClass: 'order changed', message, evidence: [cancel, later.seen], order: id });
      } else if (order !== undefined && isMarked(order, cancel)) {
        const message = `a cancel of an order that had ended was answered ${outcomeText(cancel)}, and is noted on the order`;
        yield breach({
          path,
          valueClass: 'noted on the order',
          message,
          evidence: [cancel, ...(later === undefined ? [] : [later.seen])],
          order: id,
        });
      } else if (isRefused(cancel)) yield kept;
      else if (isSuccess(cancel)) {
        const task = view.cancels.find(({ created }) => created === cancel)?.sightings.at(-1);
        const isDenied =
          task?.state === 'terminatedWithError' || textOf(task?.resource.completionMessage) !== undefined;
        if (isDenied) yield kept;
        else
          yield breach({
            path,
            valueClass: 'taken',
            message: `a cancel of an order that had ended was answered ${cancel.status}, and its task is ${task?.state}`,
            evidence: [cancel, ...(task === undefined ? [] : [task.seen])],
            order: id,
          });
      } else if (cancel.status !== undefined) {
        yield breach({
          path,
          valueClass: '5xx',
          message: `a cancel of an order that had ended was answered ${cancel.status}`,
          evidence: [cancel],
          order: id,
        });
      }
    }
  },
};

/** The order says something of a cancellation that it did not say before. */
function isMarked({ sightings }: OrderHistory, cancel: Seen): boolean {
  const before = sightings.findLast(({ seen }) => seen.exchange.endedOrder < cancel.exchange.sentOrder);
  const after = sightings.findLast(({ seen }) => seen.exchange.sentOrder > cancel.exchange.endedOrder);
  if (before === undefined || after === undefined) return false;
  return ['cancellationDate', 'cancellationReason'].some(
    (name) => !sameJson(before.resource[name], after.resource[name]),
  );
}

export const cancelUnknown: Rule = {
  id: 'cancel-unknown',
  level: 'MUST',
  title: 'A cancel that names no order, or one that does not exist, is refused.',
  clause: 'TMF641 v4.1 CancelServiceOrder_Create: serviceOrder is mandatory; TMF630: 400, 404',
  remedy: 'Look the order up before the task is made.',
  needs: 'cancel',
  *check(view) {
    for (const seen of [...view.steps('cancel-unknown'), ...view.step('deletion', 'cancel-gone')]) {
      const { aim } = seen.exchange;
      if (aim?.wrong === undefined || seen.status === undefined) continue;
      if (isRefused(seen)) yield kept;
      else {
        const valueClass = isSuccess(seen) ? 'taken' : '5xx';
        yield breach({
          path: `POST /cancelServiceOrder (${aim.step})`,
          valueClass,
          message: `a cancel was answered ${seen.status} though ${aim.wrong}`,
          evidence: [seen],
        });
      }
    }
  },
};

export const secondCancel: Rule = {
  id: 'second-cancel',
  level: 'SHOULD',
  title: 'A second cancel while one is under way is refused.',
  clause: 'TMF641 v4.1: one assessment of an order at a time; TMF630: 409',
  remedy: 'Refuse it with 409 and name the task that is under way.',
  needs: 'cancel',
  *check(view) {
    yield* bothAtOnce(view);
    for (const again of [...view.step('cancel-twice', 'cancel-again'), ...view.step('cancel-begun', 'cancel-again')]) {
      const [first] = view.step(again.exchange.aim?.experiment ?? '', 'cancel');
      const state = textOf(objectOf(first?.got).state);
      if (first === undefined || !isSuccess(first) || cancelDiagram.isTerminal(state))
        yield undecided('the first cancel was over at once');
      else if (isRefused(again)) yield kept;
      else if (isSuccess(again) && objectOf(again.got).id === objectOf(first.got).id) yield kept;
      else if (again.status !== undefined) {
        const valueClass = isSuccess(again) ? 'taken' : '5xx';
        yield breach({
          path: 'POST /cancelServiceOrder (again)',
          valueClass,
          message: `a second cancel was answered ${again.status}`,
          evidence: [first, again],
          order: textOf(objectOf(objectOf(again.sent).serviceOrder).id),
        });
      }
    }
  },
};

function* bothAtOnce(view: View) {
  const asked = view.step('cancels-at-once', 'cancel');
  const ids = new Map(asked.filter(isSuccess).map((seen) => [textOf(objectOf(seen.got).id), seen]));
  if (asked.length < 2 || ids.size === 0) return;
  const crashed = asked.find(({ status }) => status !== undefined && status >= 500 && status !== 501);
  if (crashed !== undefined) {
    yield breach({
      path: 'POST /cancelServiceOrder (at once)',
      valueClass: '5xx',
      message: `one of two cancels at once was answered ${crashed.status}`,
      evidence: [crashed],
    });
  }
  if (ids.size === 1) yield kept;
  else {
    const order = textOf(objectOf(objectOf(asked[0]?.sent).serviceOrder).id);
    yield breach({
      path: 'POST /cancelServiceOrder (at once)',
      valueClass: 'both taken',
      message: 'two cancels at once made two tasks',
      evidence: [...ids.values()],
      order,
    });
  }
}
