/** Rules on what is announced: every change, to every listener. */
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import type { EventSeen } from '../../view/events.ts';
import type { CancelHistory, History, OrderHistory } from '../../view/histories.ts';
import { objectOf, sameJson } from '../../view/json.ts';
import { isOffered } from '../../view/offers.ts';
import { isBefore, isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

/** What the watch heard of one order, in the order in which it came. */
export function heardOf(view: View, order: History): EventSeen[] {
  return (
    view.watch?.deliveries.filter(({ id, resourceName }) => id === order.id && resourceName === 'serviceOrder') ?? []
  );
}

/** Orders made while somebody listened. */
export function watchedOrders(view: View): OrderHistory[] {
  const { watch } = view;
  return watch === undefined
    ? []
    : view.orders.filter(({ created }) => created !== undefined && isBefore(watch.registered, created));
}

/** Where an event that never came would have gone. */
const nowhere = 'callback';

export const changeAnnounced: Rule = {
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

export const attributeChangeAnnounced: Rule = {
  id: 'attribute-change-announced',
  level: 'SHOULD',
  title: 'A patch of an attribute is announced as a change of attributes.',
  clause: 'TMF641 v4.1 notifications: ServiceOrderAttributeValueChangeEvent, with fieldPath',
  remedy: 'Announce what was patched, and in fieldPath where.',
  needs: 'hub',
  after: ['change-announced'],
  *check(view) {
    if (!isOffered(view.offers.patch)) {
      yield inapplicable(`patch is not offered: ${view.offers.patch.because}`);
      return;
    }
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
