/** Rules on how events follow each other: in order, once, and nothing after the end. */
import { breach, inapplicable, kept, type Observation, type Rule } from '../../rule.ts';
import { type EventSeen, withoutRepeats } from '../../view/events.ts';
import type { History, OrderHistory } from '../../view/histories.ts';
import { objectOf, sameJson } from '../../view/json.ts';
import { cancelDiagram, type Diagram, orderDiagram } from '../../view/moves.ts';
import { inTheirOrder, isShuffled } from '../living/moves-announced.ts';
import { heardOf, watchedOrders } from './announcing.ts';

export const eventOrder: Rule = {
  id: 'event-order',
  level: 'SHOULD',
  title: 'Events of one order come in the order of what they announce.',
  clause: 'TMF630 notifications: eventTime; a listener follows an order by its events',
  remedy: 'Deliver the events of one order one after another, each when the one before was taken.',
  needs: 'hub',
  *check(view) {
    if (view.statement.events?.ordered === false) {
      yield inapplicable('the capability statement says that events may come in any order');
      return;
    }
    const failing = view.subscriptions.find(({ registered }) => registered.exchange.aim?.experiment === 'hub-failing');
    for (const order of watchedOrders(view)) {
      const events = withoutRepeats(heardOf(view, order));
      // What was refused at first counts when it was taken.
      const taken =
        failing?.deliveries.filter(
          ({ id, wasTaken, resourceName }) => id === order.id && wasTaken && resourceName === 'serviceOrder',
        ) ?? [];
      const odd = outOfOrder(order, events) ?? outOfOrder(order, withoutRepeats(taken));
      if (odd === undefined) yield kept;
      else {
        const [before, after] = odd;
        const message = `${before.eventType} (${before.state}) came before ${after.eventType} (${after.state})`;
        yield breach({
          path: 'callback',
          valueClass: `out of order: ${after.change} last`,
          message,
          evidence: [before.seen, after.seen],
          order: order.id,
        });
      }
    }
  },
};

/** Two events of which the one that came first should have come later. What is told twice is another matter. */
function outOfOrder(order: OrderHistory, heard: readonly EventSeen[]): [EventSeen, EventSeen] | undefined {
  const first = heard.findIndex(({ change }) => change === 'Create');
  const events = heard.filter(({ change, state }, place) => {
    if (change === 'Create') return place === first;
    const before = heard[place - 1];
    return before === undefined || before.change !== change || before.state !== state;
  });
  for (const [place, event] of events.entries()) {
    const before = events[place - 1];
    if (before === undefined) continue;
    if (event.change === 'Create') return [before, event];
    if (before.eventTime !== undefined && event.eventTime !== undefined && event.eventTime < before.eventTime) {
      return [before, event];
    }
  }
  const changes = events.filter(({ change, state }) => change === 'StateChange' && state !== undefined);
  const initial = initialOf(order);
  if (initial === undefined || !isShuffled(order, changes, initial, orderDiagram)) return undefined;
  const odd = changes.findIndex(
    ({ state }, place) => !orderDiagram.isMove(changes[place - 1]?.state ?? initial, state ?? ''),
  );
  const [before, after] =
    odd === changes.length - 1 ? [changes[odd - 1], changes[odd]] : [changes[odd], changes[odd + 1]];
  return before === undefined || after === undefined ? undefined : [before, after];
}

function initialOf({ created }: OrderHistory): string | undefined {
  const { state } = objectOf(created?.got);
  return typeof state === 'string' ? state : undefined;
}

export const eventOnce: Rule = {
  id: 'event-once',
  level: 'SHOULD',
  title: 'No change is announced twice under two eventIds.',
  clause: 'TMF630 notifications: one event for one change, known by its eventId',
  remedy: 'Make the eventId when the change is made, and keep it over every attempt to deliver.',
  needs: 'hub',
  *check(view) {
    for (const order of watchedOrders(view)) {
      const events = inTheirOrder(withoutRepeats(heardOf(view, order)));
      const changes = events.filter(({ change }) => change === 'StateChange');
      const creates = events.filter(({ change }) => change === 'Create');
      const again = changes.find(({ state }, place) => state !== undefined && changes[place - 1]?.state === state);
      const doubled = again === undefined ? creates.slice(0, 2) : [changes[changes.indexOf(again) - 1], again];
      const [one, other] = doubled.filter((event) => event !== undefined);
      if (one === undefined || other === undefined) {
        if (events.length > 0) yield kept;
        continue;
      }
      const message = `${one.eventType} (${one.state}) was announced twice, under two eventIds`;
      yield breach({
        path: `callback ${one.change}`,
        valueClass: 'twice',
        message,
        evidence: [one.seen, other.seen],
        order: order.id,
      });
    }
  },
};

export const eventRepeated: Rule = {
  id: 'event-repeated',
  level: 'MAY',
  title: 'An event that was taken does not come again.',
  clause: 'at-least-once delivery allows it, and a listener knows it by its eventId',
  remedy: 'Take an event out of the queue when it was answered 2xx.',
  needs: 'hub',
  *check(view) {
    const known = new Map<string, EventSeen>();
    for (const event of view.watch?.deliveries ?? []) {
      const first = known.get(event.eventId ?? '');
      if (event.eventId === undefined) continue;
      if (first === undefined) known.set(event.eventId, event);
      if (first === undefined || !first.wasTaken || !sameJson(first.seen.sent, event.seen.sent)) yield kept;
      else
        yield breach({
          path: 'callback',
          valueClass: 'repeated',
          message: `${event.eventType} came again though it was taken`,
          evidence: [first.seen, event.seen],
          order: event.id,
        });
    }
  },
};

export const eventAfterTerminal: Rule = {
  id: 'event-after-terminal',
  level: 'MUST',
  title: 'No change of state is announced after the one that ended the order.',
  clause: 'TMF641 v4.1 lifecycles: nothing leaves its end',
  remedy: 'Let nothing that is still in a queue change or announce an order that has ended.',
  needs: 'hub',
  after: ['terminal-is-final', 'cancel-task-life'],
  *check(view) {
    for (const order of watchedOrders(view)) yield* afterEnd(order, heardOf(view, order), orderDiagram);
    for (const task of view.cancels) {
      const heard =
        view.watch?.deliveries.filter(
          ({ id, resourceName }) => id === task.id && resourceName === 'cancelServiceOrder',
        ) ?? [];
      yield* afterEnd(task, heard, cancelDiagram);
    }
  },
};

function* afterEnd(history: History, deliveries: readonly EventSeen[], diagram: Diagram): Iterable<Observation> {
  const changes = inTheirOrder(withoutRepeats(deliveries)).filter(({ change }) => change === 'StateChange');
  const end = changes.findIndex(({ state }) => diagram.isTerminal(state));
  const [ended, later] = [changes[end], changes.slice(end + 1).find(({ state }) => state !== changes[end]?.state)];
  if (end === -1 || ended === undefined) return;
  const arrivedLater = later !== undefined && later.seen.exchange.sentOrder > ended.seen.exchange.sentOrder;
  const { state: first } = objectOf(history.created?.got);
  const isMixedUp = typeof first === 'string' && isShuffled(history, changes, first, diagram);
  if (later === undefined || !arrivedLater || isMixedUp) yield kept;
  else {
    const message = `${later.eventType} (${later.state}) was announced after ${ended.state}`;
    yield breach({
      path: 'callback',
      valueClass: `${later.state} after the end`,
      message,
      evidence: [ended.seen, later.seen],
      order: history.id,
    });
  }
}
