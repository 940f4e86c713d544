/** A restart loses neither orders nor subscriptions, and orders go on. */
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { objectOf, textOf } from '../../view/json.ts';
import { orderDiagram, plainDiagram } from '../../view/moves.ts';
import { isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const survivesRestart: Rule = {
  id: 'survives-restart',
  level: 'MUST',
  title: 'A restart loses neither orders nor subscriptions, and orders go on.',
  clause: 'TMF641 v4.1: an order that was answered 201 exists until it is deleted',
  remedy: 'Store orders, timers and subscriptions before they are answered, and go on from the store.',
  *check(view) {
    const [back] = view.step('restart', 'back').toReversed();
    const [before] = view.step('restart', 'before');
    if (before === undefined || back === undefined) {
      yield inapplicable('the endpoint cannot be restarted: see --restart-command');
      return;
    }
    const path = 'GET /serviceOrder/{id} (after a restart)';
    const order = before.id;
    if (!isSuccess(back) && (back.status ?? 500) >= 400) {
      yield breach({
        path,
        valueClass: 'lost',
        message: `an order was answered ${outcomeText(back)} after a restart`,
        evidence: [before, back],
        order,
      });
      return;
    }
    const [was, is] = [textOf(objectOf(before.got).state), textOf(objectOf(back.got).state)];
    if (was !== undefined && is !== undefined && !plainDiagram.isReachable(was, is)) {
      yield breach({
        path,
        valueClass: 'set back',
        message: `an order was ${was} before a restart, and ${is} after it`,
        evidence: [before, back],
        order,
      });
    } else yield kept;
    yield* endedStays(view, path);
    yield* goesOn(view, path, back);
  },
};

/** Every order that had ended is as it was. */
function* endedStays(view: View, path: string): Iterable<Observation> {
  for (const { id, sightings, deleted } of view.orders) {
    if (deleted !== undefined) continue;
    const before = sightings.filter(({ seen }) => seen.exchange.endedOrder < view.restartedAt);
    const after = view.asked.filter(
      (seen) =>
        seen.operation === 'retrieveServiceOrder' && seen.id === id && seen.exchange.sentOrder > view.restartedAt,
    );
    const [was, is] = [before.at(-1), after.at(-1)];
    if (was === undefined || is === undefined || !orderDiagram.isTerminal(was.state)) continue;
    if (is.status === 404 || is.status === 410) {
      yield breach({
        path,
        valueClass: 'lost',
        message: 'an order that had ended is gone after a restart',
        evidence: [was.seen, is],
        order: id,
      });
    } else if (isSuccess(is) && objectOf(is.got).state !== was.state && isSteady(before)) {
      yield breach({
        path,
        valueClass: 'changed',
        message: `an order that was ${was.state} is ${objectOf(is.got).state} after a restart`,
        evidence: [was.seen, is],
        order: id,
      });
    } else yield kept;
  }
}

/** It had not changed its state again after it had ended, before there was a restart. */
function isSteady(sightings: readonly { readonly state: string | undefined }[]): boolean {
  const end = sightings.findIndex(({ state }) => orderDiagram.isTerminal(state));
  return sightings.slice(end).every(({ state }) => state === sightings[end]?.state);
}

function* goesOn(view: View, path: string, back: Seen): Iterable<Observation> {
  const order = view.orderOf(back.id ?? '');
  const last = order?.sightings.at(-1);
  if (order === undefined || last === undefined) return;
  if (!orderDiagram.isTerminal(last.state)) {
    const usualEnds = view.orders.some(({ sightings }) => sightings.some(({ state }) => state === 'completed'));
    if (usualEnds)
      yield breach({
        path,
        valueClass: 'stands still',
        message: `an order is still ${last.state} after a restart`,
        evidence: [back, last.seen],
        order: order.id,
      });
    else yield undecided('no order ended, before the restart or after it');
    return;
  }
  const heard = view.watch?.deliveries ?? [];
  const told = heard.some(({ seen }) => seen.exchange.sentOrder > view.restartedAt);
  const hasMoved = objectOf(back.got).state !== last.state;
  if (told || heard.length === 0 || !hasMoved) yield kept;
  else
    yield breach({
      path: 'callback (after a restart)',
      valueClass: 'nothing more',
      message: 'after a restart nothing is announced any more',
      evidence: [back, last.seen],
      order: order.id,
    });
}
