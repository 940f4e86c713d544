/** An order that was deleted is gone: from answers, from lists, and from what is announced. */
import { breach, inapplicable, kept, type Observation, type Rule } from '../../rule.ts';
import { type EventSeen, withoutRepeats } from '../../view/events.ts';
import { objectOf, objectsOf, textOf } from '../../view/json.ts';
import { isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export const deletedIsGone: Rule = {
  id: 'deleted-is-gone',
  level: 'MUST',
  after: ['event-after-terminal', 'event-order', 'event-once'],
  title: 'An order that was deleted is not found, not listed, and not spoken of any more.',
  clause: 'TMF641 v4.1, DELETE /serviceOrder/{id}: 204; TMF630: 404 afterwards',
  remedy: 'Take a deleted order out of every answer and of every queue.',
  needs: 'delete',
  *check(view) {
    const [deletion] = view.step('deletion', 'delete');
    if (deletion === undefined) {
      yield inapplicable('nothing was deleted: allow it with --allow-delete');
      return;
    }
    if (!isSuccess(deletion)) {
      if (deletion.status !== undefined && deletion.status >= 500 && deletion.status !== 501) {
        yield breach({
          path: deletion.place,
          valueClass: '5xx',
          message: `a deletion was answered ${deletion.status}`,
          evidence: [deletion],
          order: deletion.id,
        });
      }
      return;
    }
    for (const seen of [...view.step('deletion', 'gone'), ...view.step('deletion', 'patch-gone')])
      yield goneOr(deletion, seen);
    for (const list of view.step('deletion', 'list')) {
      const isListed = objectsOf(list.got).some(({ id }) => id === deletion.id);
      if (!isListed) yield kept;
      else
        yield breach({
          path: 'GET /serviceOrder (deleted)',
          valueClass: 'listed',
          message: 'a deleted order is still listed',
          evidence: [deletion, list],
          order: deletion.id,
        });
    }
    yield* earlyDeletion(view);
    yield* afterDeleteEvent(view, deletion);
    const told = view.events.find(
      (event) => event.id === deletion.id && event.change !== 'Delete' && isLater(deletion, event),
    );
    if (told !== undefined) {
      yield breach({
        path: `callback ${told.eventType} (deleted)`,
        valueClass: 'announced',
        message: `a deleted order was announced: ${told.eventType}`,
        evidence: [deletion, told.seen],
        order: deletion.id,
      });
    }
  },
};

/** Once its deletion was announced, nothing of an order is. */
function* afterDeleteEvent(view: View, deletion: Seen): Iterable<Observation> {
  if (view.statement.events?.ordered === false) return;
  const heard = withoutRepeats(view.watch?.deliveries ?? []).filter(({ id }) => id === deletion.id);
  const end = heard.findIndex(({ change }) => change === 'Delete');
  const [gone, later] = [heard[end], heard[end + 1]];
  if (end === -1 || gone === undefined || later === undefined) return;
  const message = `${later.eventType} came after the event that announced the deletion of its order`;
  yield breach({
    path: `callback ${later.eventType} (deleted)`,
    valueClass: 'after its deletion',
    message,
    evidence: [gone.seen, later.seen],
    order: deletion.id,
  });
}

/** An order that was deleted before it had ended does not go on either. */
function* earlyDeletion(view: View): Iterable<Observation> {
  const [deletion] = view.step('deletion', 'delete-early').filter(isSuccess);
  const told = view.events.find(
    (event) =>
      event.id === deletion?.id && event.change !== 'Delete' && deletion !== undefined && isLater(deletion, event),
  );
  if (deletion === undefined) return;
  if (told === undefined) yield kept;
  else {
    const message = `an order that was deleted goes on: ${told.eventType} (${told.state})`;
    yield breach({
      path: `callback ${told.eventType} (deleted)`,
      valueClass: 'goes on',
      message,
      evidence: [deletion, told.seen],
      order: deletion.id,
    });
  }
}

function goneOr(deletion: Seen, seen: Seen) {
  if (seen.status === 404 || seen.status === 410 || seen.status === 405) return kept;
  const message = `${seen.place} of a deleted order was answered ${outcomeText(seen)}${textOf(objectOf(seen.got).id) === undefined ? '' : ' with the order'}`;
  return breach({
    path: `${seen.place} (deleted)`,
    valueClass: isSuccess(seen) ? 'found' : outcomeText(seen),
    message,
    evidence: [deletion, seen],
    order: deletion.id,
  });
}

/** What was on its way when the order was deleted may still arrive. */
const onItsWayMs = 250;

function isLater(deletion: Seen, { seen, eventTime }: EventSeen): boolean {
  const end = deletion.exchange.endedAt + onItsWayMs;
  return seen.exchange.sentAt > end && (eventTime ?? seen.exchange.sentAt) > end;
}
