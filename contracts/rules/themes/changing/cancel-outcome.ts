/** What becomes of an order that was to be cancelled. */
import { breach, kept, type Rule, undecided } from '../../rule.ts';
import type { CancelHistory, OrderHistory, Sighting } from '../../view/histories.ts';
import { textOf } from '../../view/json.ts';
import { cancelDiagram, cancelling, orderDiagram, plainDiagram } from '../../view/moves.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { changesHeard, inTheirOrder } from '../living/moves-announced.ts';

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

export const cancelOutcome: Rule = {
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
  const latest = order.sightings.at(-1);
  // What the order was before the task had ended says nothing of how it ended.
  const last =
    end === undefined
      ? latest
      : order.sightings.findLast(({ seen }) => seen.exchange.sentOrder > end.seen.exchange.endedOrder);
  if (last === undefined) return latest?.state === 'cancelled' && end?.state === 'done' ? undefined : 'undecided';
  const evidence = [
    ...(task.created === undefined ? [] : [task.created]),
    ...(end === undefined ? [] : [end.seen]),
    last.seen,
  ];
  const isWaiting = last.state === 'assessingCancellation' || last.state === 'pendingCancellation';
  if (end === undefined) return last.state === 'cancelled' ? undefined : 'undecided';
  // Another cancel may be what it waits for now.
  if (isWaiting && order.cancels.length > 1) return 'undecided';
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
  // After an error, too: the order may have gone on, and been cancelled without a task.
  return isCancelled ? undefined : deniedProblem(view, order, evidence, last);
}

/** So many times as long as usual: an order that has not ended by then stands still. */
const muchLonger = 3;

/** After a denial the order is where it was, and goes on. */
function deniedProblem(view: View, order: OrderHistory, evidence: Seen[], last: Sighting) {
  const [asked] = evidence;
  if (asked === undefined) return undefined;
  const isAfter = ({ seen }: Sighting) => seen.exchange.sentOrder > asked.exchange.endedOrder;
  const before = order.sightings.findLast(
    ({ seen, state }) =>
      seen.exchange.endedOrder < asked.exchange.sentOrder && state !== undefined && !cancelling.has(state),
  );
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
