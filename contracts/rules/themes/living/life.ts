/** Rules on the life of an order: its moves, its items, and its end. */
import { breach, kept, type Observation, type Rule } from '../../rule.ts';
import { looksBefore, type OrderHistory, type Sighting } from '../../view/histories.ts';
import { type ItemSeen, itemsOf } from '../../view/items.ts';
import { canonical } from '../../view/json.ts';
import { type Diagram, orderDiagram } from '../../view/moves.ts';
import { diagramFor, type View } from '../../view/view.ts';
import { coherenceProblem } from './coherence.ts';
import { movesAnnounced } from './moves-announced.ts';

const diagramClause = 'TMF641 v4.1 lifecycle of ServiceOrder';

const orderMoves = { resource: 'ServiceOrder', what: 'an order' } as const;

export const orderTransitions: Rule = {
  id: 'order-transitions',
  level: 'MUST',
  title: 'An order moves only as the state diagram draws it.',
  clause: diagramClause,
  remedy: 'Go through the states between, and announce each; leave out none and go back to none.',
  after: ['patch-state-legal', 'initial-state'],
  *check(view) {
    for (const order of view.orders) {
      for (const later of order.sightings) {
        const earlier = looksBefore(order.sightings, later).filter((each) => !isOverRestart(view, each, later));
        yield* moveBetween(view, order, earlier, later);
      }
      yield* movesAnnounced(view, order, { ...orderMoves, diagram: diagramFor(view, order) });
    }
  },
};

/** What a restart has changed is for another rule. */
function isOverRestart({ restartedAt }: View, earlier: Sighting, later: Sighting): boolean {
  return earlier.seen.exchange.sentOrder < restartedAt && later.seen.exchange.endedOrder > restartedAt;
}

/** @param earlier looks that were over before, the latest first: one that contradicts is enough. */
function* moveBetween(
  view: View,
  order: OrderHistory,
  earlier: readonly Sighting[],
  later: Sighting,
): Iterable<Observation> {
  const diagram = diagramFor(view, order);
  const { state: to } = later;
  if (to === undefined || !diagram.isState(to)) return;
  const told = earlier.filter(({ state }) => state !== undefined && state !== to && diagram.isState(state));
  const before = told.find(({ state }) => !orderDiagram.isTerminal(state) && !diagram.isReachable(state ?? '', to));
  if (before === undefined) {
    if (told.length > 0) yield kept;
    return;
  }
  const message = `an order went from ${before.state} to ${to}`;
  yield breach({
    path: 'ServiceOrder /state',
    valueClass: `${before.state} to ${to}`,
    message,
    evidence: [before.seen, later.seen],
    order: order.id,
  });
}

export const itemTransitions: Rule = {
  id: 'item-transitions',
  level: 'MUST',
  title: 'An item moves only as the state diagram of the order draws it.',
  clause: `${diagramClause}; items follow the diagram of the order`,
  remedy: 'Move items as orders are moved; what an item has ended as, it stays.',
  after: ['patch-state-legal', 'order-transitions', 'terminal-is-final'],
  *check(view) {
    for (const order of view.orders) {
      const diagram = diagramFor(view, order);
      for (const later of order.sightings) {
        const earlier = looksBefore(order.sightings, later).filter((each) => !isOverRestart(view, each, later));
        for (const item of itemsOf(later.resource)) yield* itemMove(order, item, { earlier, later, diagram });
      }
    }
  },
};

function* itemMove(
  order: OrderHistory,
  { id, state: to }: ItemSeen,
  { earlier, later, diagram }: { earlier: readonly Sighting[]; later: Sighting; diagram: Diagram },
): Iterable<Observation> {
  if (to === undefined || !diagram.isState(to)) return;
  const told = earlier.flatMap((look) => {
    const from = itemsOf(look.resource).find((each) => each.id === id)?.state;
    return from === undefined || from === to || !diagram.isState(from) ? [] : [{ look, from }];
  });
  const wrong = told.find(({ from }) => !diagram.isReachable(from, to));
  if (wrong === undefined) {
    if (told.length > 0) yield kept;
    return;
  }
  yield breach({
    path: 'ServiceOrder /serviceOrderItem/*/state',
    valueClass: `${wrong.from} to ${to}`,
    message: `item ${id} went from ${wrong.from} to ${to}`,
    evidence: [wrong.look.seen, later.seen],
    order: order.id,
  });
}

export const orderItemCoherence: Rule = {
  id: 'order-item-coherence',
  level: 'MUST',
  title: "An order's state is what the states of its items add up to.",
  clause:
    'TMF641 v4.1 lifecycle: completed, failed and partial speak of the items; FIT user guide: in progress with the first item',
  remedy: 'Derive the state of the order from those of its items, and store both at once.',
  after: ['patch-state-legal'],
  *check(view) {
    for (const { id, sightings } of view.orders) {
      for (const sighting of sightings) {
        const problem = coherenceProblem(sighting.resource, isLagging(sightings, sighting));
        if (problem === undefined) yield kept;
        else
          yield breach({
            path: problem.path,
            valueClass: problem.valueClass,
            message: problem.message,
            evidence: [sighting.seen],
            order: id,
          });
      }
    }
  },
};

/** What lags behind for a moment has had its time: nothing came later, or the same was seen for longer. */
const longestLagMs = 500;

function isLagging(sightings: readonly Sighting[], sighting: Sighting): boolean {
  const later = sightings.slice(sightings.indexOf(sighting) + 1);
  const caughtUp = later.find(({ state }) => state !== sighting.state);
  const until = caughtUp === undefined ? later.at(-1) : later[later.indexOf(caughtUp) - 1];
  if (later.length === 0) return true;
  return until !== undefined && until.seen.exchange.sentAt - sighting.seen.exchange.endedAt > longestLagMs;
}

export const terminalIsFinal: Rule = {
  id: 'terminal-is-final',
  level: 'MUST',
  title: 'What has ended stays as it is: state, items and dates.',
  clause: `${diagramClause}: nothing leaves rejected, completed, failed, partial or cancelled`,
  remedy: 'Let nothing change an order that has ended; what is still to do is a new order.',
  after: ['patch-state-legal', 'cancel-terminal'],
  *check(view) {
    for (const { id, sightings } of view.orders) {
      for (const later of sightings) {
        const ends = looksBefore(sightings, later).filter(
          (each) => orderDiagram.isTerminal(each.state) && !isOverRestart(view, each, later),
        );
        const end = ends.findLast((each) => changedSince(each, later) !== undefined);
        const changed = end && changedSince(end, later);
        if (ends.length > 0 && changed === undefined) yield kept;
        if (end !== undefined && changed !== undefined) {
          const message = `an order that was ${end.state} has changed: ${changed.what}`;
          yield breach({
            path: `ServiceOrder ${changed.path}`,
            valueClass: changed.valueClass,
            message,
            evidence: [end.seen, later.seen],
            order: id,
          });
        }
      }
    }
  },
};

const finalDates = ['orderDate', 'startDate', 'completionDate', 'cancellationDate'];

function changedSince(end: Sighting, later: Sighting): { path: string; valueClass: string; what: string } | undefined {
  if (later.state !== end.state) {
    return { path: '/state', valueClass: `${end.state} to ${later.state}`, what: `it is ${later.state} now` };
  }
  const statesOf = ({ resource }: Sighting) => canonical(itemsOf(resource).map(({ id, state }) => [id, state]));
  if (statesOf(end) !== statesOf(later)) {
    return {
      path: '/serviceOrderItem/*/state',
      valueClass: 'changed after the end',
      what: 'its items are in other states',
    };
  }
  const date = finalDates.find(
    (name) => end.resource[name] !== undefined && end.resource[name] !== later.resource[name],
  );
  if (date === undefined) return undefined;
  return { path: `/${date}`, valueClass: 'changed after the end', what: `${date} is ${later.resource[date]} now` };
}
