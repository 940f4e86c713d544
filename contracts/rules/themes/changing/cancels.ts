/** Rules on the life of a cancel task. */
import { breach, kept, type Rule } from '../../rule.ts';
import { type CancelHistory, lookBefore, type Sighting } from '../../view/histories.ts';
import { objectOf, textOf } from '../../view/json.ts';
import { cancelDiagram } from '../../view/moves.ts';
import { movesAnnounced } from '../living/moves-announced.ts';

const diagramClause = 'TMF641 v4.1 lifecycle of CancelServiceOrder';

export const cancelInitialState: Rule = {
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

export const cancelTaskLife: Rule = {
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
