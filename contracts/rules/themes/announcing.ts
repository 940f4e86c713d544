/** Rules on what is announced: every change, once, in order, and nothing after the end. */
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../rule.ts';
import { type EventSeen, withoutRepeats } from '../view/events.ts';
import type { CancelHistory, History, OrderHistory } from '../view/histories.ts';
import { objectOf, sameJson } from '../view/json.ts';
import { cancelDiagram, type Diagram, orderDiagram } from '../view/moves.ts';
import { isBefore, isSuccess, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';
import { inTheirOrder, isShuffled } from './moves-announced.ts';

/** What the watch heard of one order, in the order in which it came. */
export function heardOf(view: View, order: History): EventSeen[] {
  return (
    view.watch?.deliveries.filter(({ id, resourceName }) => id === order.id && resourceName === 'serviceOrder') ?? []
  );
}

/** Orders made while somebody listened. */
function watchedOrders(view: View): OrderHistory[] {
  const { watch } = view;
  return watch === undefined
    ? []
    : view.orders.filter(({ created }) => created !== undefined && isBefore(watch.registered, created));
}

/** Where an event that never came would have gone. */
const nowhere = 'callback';

export const announced: Rule = {
  id: 'change-announced',
  level: 'MUST',
  title: 'Every new order and every change of state is announced to every listener, cancel tasks too.',
  clause: 'TMF641 v4.1 notifications: ServiceOrderCreateEvent, ServiceOrderStateChangeEvent, CancelServiceOrder events',
  remedy: 'Store the event with the change, and deliver it from there.',
  needs: 'hub',
  after: ['event-schema', 'listener-address', 'terminal-is-final', 'order-transitions', 'survives-restart'],
  *check(view) {
    if (view.watch === undefined) {
      if (view.trace.namespace !== undefined) yield undecided('nobody was subscribed from the beginning');
      return;
    }
    if (view.watch.deliveries.length === 0 && watchedOrders(view).length > 0) {
      const [first] = watchedOrders(view);
      const evidence = [view.watch.registered, ...(first?.created === undefined ? [] : [first.created])];
      yield breach({
        path: nowhere,
        valueClass: 'nothing at all',
        message: 'a listener is registered, and nothing is announced to it',
        evidence,
      });
      return;
    }
    for (const order of watchedOrders(view)) yield* announcementsOf(order, heardOf(view, order), 'ServiceOrder');
    for (const task of view.cancels) {
      const heard = view.watch.deliveries.filter(
        ({ id, resourceName }) => id === task.id && resourceName === 'cancelServiceOrder',
      );
      if (task.created !== undefined) yield* announcementsOf(task, heard, 'CancelServiceOrder');
    }
    yield* othersAreTold(view);
  },
};

function* announcementsOf(
  of: OrderHistory | CancelHistory,
  heard: readonly EventSeen[],
  resource: string,
): Iterable<Observation> {
  const { created, sightings, id } = of;
  const [first] = sightings;
  if (created === undefined || first === undefined) return;
  const order = 'order' in of ? of.order : id;
  if (heard.some(({ change }) => change === 'Create')) yield kept;
  else {
    const message = `a new ${resource} was not announced`;
    yield breach({
      path: `${nowhere} ${resource}CreateEvent`,
      valueClass: 'missing',
      message,
      evidence: [created],
      order,
    });
  }
  const told = new Set(heard.filter(({ change }) => change === 'StateChange').map(({ state }) => state));
  const initial = created.status === 202 ? first.state : objectOf(created.got).state;
  for (const [state, shown] of firstLooks(sightings)) {
    if (state === initial || told.has(state)) {
      if (state !== initial) yield kept;
      continue;
    }
    const message = `a ${resource} was ${state}, and that was not announced`;
    yield breach({
      path: `${nowhere} ${resource}StateChangeEvent`,
      valueClass: `${state} missing`,
      message,
      evidence: [created, shown],
      order,
    });
  }
}

function firstLooks(sightings: History['sightings']): Map<string, Seen> {
  const looks = new Map<string, Seen>();
  for (const { state, seen } of sightings) if (state !== undefined && !looks.has(state)) looks.set(state, seen);
  return looks;
}

/** Whoever registered without a query hears what the watch hears. */
function* othersAreTold(view: View): Iterable<Observation> {
  for (const name of ['hub-duplicate', 'hub-slow']) {
    const other = view.subscriptions.find(({ registered }) => registered.exchange.aim?.experiment === name);
    const [created] = view.step(name, 'create').filter(isSuccess);
    const order = created && view.orders.find((each) => each.created === created);
    if (other === undefined || order === undefined) continue;
    const told = new Set(other.deliveries.map(({ id, change, state }) => `${id} ${change} ${state}`));
    const missed = heardOf(view, order).find(({ id, change, state }) => !told.has(`${id} ${change} ${state}`));
    // A slow listener may still be waiting for the rest when it leaves.
    if (missed === undefined || (name === 'hub-slow' && other.deliveries.length > 0)) continue;
    const message = `${missed.eventType} (${missed.state}) came to one listener, and not to another`;
    yield breach({
      path: `${nowhere} (second listener)`,
      valueClass: 'missing',
      message,
      evidence: [other.registered, missed.seen],
      order: order.id,
    });
  }
}

export const attributeAnnounced: Rule = {
  id: 'attribute-change-announced',
  level: 'SHOULD',
  title: 'A patch of an attribute is announced as a change of attributes.',
  clause: 'TMF641 v4.1 notifications: ServiceOrderAttributeValueChangeEvent, with fieldPath',
  remedy: 'Announce what was patched, and in fieldPath where.',
  needs: 'hub',
  after: ['change-announced'],
  *check(view) {
    const patches = view.asked.filter(
      (seen) =>
        seen.operation === 'patchServiceOrder' &&
        isSuccess(seen) &&
        ['patches', 'patch-begun'].includes(seen.exchange.aim?.experiment ?? ''),
    );
    for (const patch of patches) {
      const order = view.orderOf(patch.id ?? '');
      if (order?.created === undefined || view.watch === undefined || !isBefore(view.watch.registered, order.created))
        continue;
      const wanted = Object.entries(objectOf(patch.sent));
      const later = heardOf(view, order).filter(({ seen }) => seen.exchange.endedOrder > patch.exchange.sentOrder);
      const shows = later.filter(({ resource }) =>
        wanted.every(([name, value]) => sameJson(resource[name], value) || name.endsWith('Date')),
      );
      const told = shows.find(({ change }) => change === 'AttributeValueChange');
      if (told !== undefined && objectOf(told.seen.sent).fieldPath === undefined) {
        const message = `a patch of ${wanted.map(([name]) => name).join(', ')} was announced without saying what has changed`;
        yield breach({
          path: `${nowhere} /fieldPath`,
          valueClass: 'missing',
          message,
          evidence: [patch, told.seen],
          order: order.id,
        });
      } else if (told !== undefined) yield kept;
      else {
        const isStateChange = shows.some(
          ({ change, state, seen }) =>
            change === 'StateChange' && state === objectOf(patch.got).state && isFirstAfter(seen, later),
        );
        const valueClass = isStateChange ? 'announced as another event' : 'missing';
        const message = `a patch of ${wanted.map(([name]) => name).join(', ')} was ${valueClass === 'missing' ? 'not announced' : valueClass}`;
        yield breach({
          path: `${nowhere} ServiceOrderAttributeValueChangeEvent`,
          valueClass,
          message,
          evidence: [patch],
          order: order.id,
        });
      }
    }
  },
};

function isFirstAfter(seen: Seen, later: readonly EventSeen[]): boolean {
  return later[0]?.seen === seen;
}

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
  const told = new Set<string>();
  const events = heard.filter(({ change, state, eventTime }) => {
    const key = change === 'Create' ? change : `${change} ${state} ${eventTime}`;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
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

export const afterTerminal: Rule = {
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
