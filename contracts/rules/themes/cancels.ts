/** Rules on cancelling: the life of a cancel task, and what becomes of the order. */
import { breach, kept, type Rule, type Theme, undecided } from '../rule.ts';
import { type CancelHistory, lookBefore, type OrderHistory, type Sighting } from '../view/histories.ts';
import { objectOf, sameJson, textOf } from '../view/json.ts';
import { cancelDiagram, cancelling, orderDiagram, plainDiagram } from '../view/moves.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';
import { changesHeard, inTheirOrder, movesAnnounced } from './moves-announced.ts';

const diagramClause = 'TMF641 v4.1 lifecycle of CancelServiceOrder';

const initial: Rule = {
  id: 'cancel-initial-state',
  level: 'SHOULD',
  title: 'A new cancel task is accepted.',
  clause: `${diagramClause}: acknowledged in the diagram, accepted in TaskStateType`,
  remedy: 'Answer with accepted, and decide after it.',
  needs: 'cancel',
  *check({ cancels }) {
    for (const { created, order } of cancels) {
      const state = textOf(objectOf(created?.got).state);
      if (created === undefined || state === undefined) continue;
      if (state === 'accepted' || state === 'acknowledged') yield kept;
      else {
        const path = 'POST /cancelServiceOrder /state';
        yield breach({ path, valueClass: state, message: `a new cancel task is ${state}`, evidence: [created], order });
      }
    }
  },
};

const taskMoves = { diagram: cancelDiagram, resource: 'CancelServiceOrder', what: 'a cancel task' } as const;

const taskLife: Rule = {
  id: 'cancel-task-life',
  level: 'MUST',
  title: 'A cancel task moves as its diagram draws it, ends when its order has ended, and keeps what it was asked.',
  clause: `${diagramClause}: acknowledged, inProgress, then done or terminatedWithError`,
  remedy: 'Move the task with the order, and end it in the same step.',
  needs: 'cancel',
  *check(view) {
    for (const task of view.cancels) {
      const order = task.order;
      for (const later of task.sightings) {
        const earlier = lookBefore(task.sightings, later);
        const move = earlier && moveOf(earlier, later);
        if (earlier === undefined || move === undefined) continue;
        if (cancelDiagram.isReachable(move.from, move.to)) yield kept;
        else {
          const message = `a cancel task went from ${move.from} to ${move.to}`;
          yield breach({
            path: 'CancelServiceOrder /state',
            valueClass: `${move.from} to ${move.to}`,
            message,
            evidence: [earlier.seen, later.seen],
            order,
          });
        }
      }
      const last = task.sightings.at(-1);
      const end = view.orderOf(order)?.sightings.find(({ state }) => state === 'cancelled');
      if (
        last !== undefined &&
        end?.state === 'cancelled' &&
        !cancelDiagram.isTerminal(last.state) &&
        end.seen.exchange.endedOrder < last.seen.exchange.sentOrder
      ) {
        const message = `a cancel task is ${last.state} though its order is cancelled`;
        yield breach({
          path: 'CancelServiceOrder /state',
          valueClass: 'does not end',
          message,
          evidence: [end.seen, last.seen],
          order,
        });
      } else if (cancelDiagram.isTerminal(last?.state)) yield kept;
      yield* movesAnnounced(view, task, taskMoves);
      yield* keepsAsked(task);
    }
  },
};

function moveOf(earlier: Sighting, later: Sighting): { from: string; to: string } | undefined {
  const [from, to] = [earlier.state, later.state];
  if (from === undefined || to === undefined || from === to) return undefined;
  return cancelDiagram.isState(from) && cancelDiagram.isState(to) ? { from, to } : undefined;
}

function* keepsAsked({ created, sightings, order }: CancelHistory) {
  const asked = objectOf(created?.sent);
  if (created === undefined || asked.serviceOrder === undefined) return;
  for (const { seen, resource } of sightings) {
    const about = textOf(objectOf(resource.serviceOrder).id);
    const evidence = seen === created ? [seen] : [created, seen];
    if (about !== undefined && about !== objectOf(asked.serviceOrder).id) {
      const message = `a cancel task of ${order} shows order ${about}`;
      yield breach({ path: 'CancelServiceOrder /serviceOrder/id', valueClass: 'changed', message, evidence, order });
    } else if (asked.cancellationReason !== undefined && resource.cancellationReason !== asked.cancellationReason) {
      const valueClass = resource.cancellationReason === undefined ? 'lost' : 'changed';
      const message = `the reason of a cancel task is ${valueClass}`;
      yield breach({ path: 'CancelServiceOrder /cancellationReason', valueClass, message, evidence, order });
    } else yield kept;
  }
}

/** Cancels that nothing is wrong with. */
function legalCancels(view: View): Seen[] {
  return view.asked.filter(
    ({ operation, exchange: { aim } }) =>
      operation === 'createCancelServiceOrder' &&
      aim !== undefined &&
      aim.wrong === undefined &&
      aim.credentials === undefined,
  );
}

const outcome: Rule = {
  id: 'cancel-outcome',
  level: 'MUST',
  title: 'A cancel task that is done leaves a cancelled order; one that is denied says so, and the order goes on.',
  clause:
    'TMF641 v4.1 lifecycles: cancel denied leads back, cancel accepted to pendingCancellation and cancelled; completionMessage tells a denial',
  remedy: 'Set the end of the order and that of the task in one step; tell a denial in completionMessage.',
  needs: 'cancel',
  *check(view) {
    for (const cancel of legalCancels(view)) {
      const path = 'POST /cancelServiceOrder';
      const isOneOfTwo = cancel.exchange.aim?.experiment === 'cancels-at-once';
      if (
        !isOneOfTwo &&
        cancel.status !== undefined &&
        cancel.status >= 500 &&
        cancel.status !== 501 &&
        cancel.status !== 503
      ) {
        yield breach({
          path,
          valueClass: '5xx',
          message: `a cancel was answered ${cancel.status}`,
          evidence: [cancel],
        });
      }
      if (!isSuccess(cancel)) {
        if (isRefused(cancel) && !isOneOfTwo) yield undecided(`a cancel was refused with ${outcomeText(cancel)}`);
        continue;
      }
      const task = view.cancels.find(({ created }) => created === cancel);
      const order = task && view.orderOf(task.order);
      if (task === undefined || order === undefined) continue;
      const problem = outcomeProblem(view, task, order);
      if (problem === 'undecided')
        yield undecided('neither the order nor its cancel task ended while they were watched');
      else if (problem === undefined) yield kept;
      else yield breach({ path: 'CancelServiceOrder', ...problem, order: order.id });
    }
  },
};

function outcomeProblem(view: View, task: CancelHistory, order: OrderHistory) {
  const end = task.sightings.findLast(({ state }) => cancelDiagram.isTerminal(state));
  const last = order.sightings.at(-1);
  if (last === undefined) return 'undecided';
  const evidence = [
    ...(task.created === undefined ? [] : [task.created]),
    ...(end === undefined ? [] : [end.seen]),
    last.seen,
  ];
  const isWaiting = last.state === 'assessingCancellation' || last.state === 'pendingCancellation';
  if (end === undefined) return last.state === 'cancelled' ? undefined : 'undecided';
  if (isWaiting)
    return {
      valueClass: `order stays ${last.state}`,
      message: `a cancel task is ${end.state}, and its order stays ${last.state}`,
      evidence,
    };
  const isDenied = textOf(end.resource.completionMessage) !== undefined;
  const isCancelled = last.state === 'cancelled';
  if (end.state === 'done' && !isCancelled && !isDenied) {
    return {
      valueClass: 'done without effect',
      message: `a cancel task is done, and its order is ${last.state}`,
      evidence,
    };
  }
  if (end.state === 'terminatedWithError' && isCancelled) {
    return {
      valueClass: 'cancelled in spite of an error',
      message: 'a cancel task is terminatedWithError, and its order is cancelled',
      evidence,
    };
  }
  return isCancelled ? undefined : deniedProblem(view, order, evidence, last);
}

/** So many times as long as usual: an order that has not ended by then stands still. */
const muchLonger = 3;

/** After a denial the order is where it was, and goes on. */
function deniedProblem(view: View, order: OrderHistory, evidence: Seen[], last: Sighting) {
  const [asked] = evidence;
  if (asked === undefined) return undefined;
  const isAfter = ({ seen }: Sighting) => seen.exchange.sentOrder > asked.exchange.endedOrder;
  const before = order.sightings.findLast((sighting) => sighting.seen.exchange.endedOrder < asked.exchange.sentOrder);
  const back = order.sightings.find((each) => isAfter(each) && each.state !== undefined && !cancelling.has(each.state));
  const told = toldAfterDenial(view, order);
  const wrong = told ?? (before !== undefined && back !== undefined ? { from: before, to: back } : undefined);
  if (
    wrong?.from.state !== undefined &&
    wrong.to.state !== undefined &&
    !plainDiagram.isReachable(wrong.from.state, wrong.to.state)
  ) {
    const message = `a cancel was denied, and an order that was ${wrong.from.state} is ${wrong.to.state}`;
    return {
      valueClass: 'denied, and not back',
      message,
      evidence: [wrong.from.seen, ...evidence.slice(0, -1), wrong.to.seen],
    };
  }
  const waitedMs = last.seen.exchange.sentAt - asked.exchange.endedAt;
  if (!orderDiagram.isTerminal(last.state) && waitedMs > muchLonger * usualLifeMs(view)) {
    const message = `a cancel was denied, and ${waitedMs} ms later the order is still ${last.state}`;
    return { valueClass: 'denied, and stands still', message, evidence };
  }
  return undefined;
}

/** The states before and after a denied assessment, as events tell them. */
function toldAfterDenial(view: View, order: OrderHistory) {
  const changes = inTheirOrder(changesHeard(view, order));
  const at = changes.findIndex(({ state }) => state === 'assessingCancellation');
  const [from, to] = [changes[at - 1], changes.slice(at + 1).find(({ state }) => !cancelling.has(state ?? ''))];
  return at < 1 || from === undefined || to === undefined ? undefined : { from, to };
}

function usualLifeMs(view: View): number {
  const [created] = view.step('minimal', 'create');
  const [order] = view.orders.filter((each) => each.created === created);
  const end = order?.sightings.find(({ state }) => orderDiagram.isTerminal(state));
  if (created === undefined || end === undefined) return Number.POSITIVE_INFINITY;
  return end.seen.exchange.endedAt - created.exchange.sentAt;
}

const ended: Rule = {
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

const unknown: Rule = {
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

const second: Rule = {
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

export const cancels: Theme = {
  name: 'cancelling orders',
  rules: [unknown, ended, outcome, taskLife, initial, second],
};
