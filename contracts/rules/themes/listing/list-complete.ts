/** Every order that was made is in the list, as it is by its id. */
import { breach, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { lookBefore } from '../../view/histories.ts';
import { itemsOf } from '../../view/items.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from '../../view/json.ts';
import { orderDiagram } from '../../view/moves.ts';
import { isBefore, isSuccess } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { wholeList } from './whole-list.ts';

export const listComplete: Rule = {
  id: 'list-complete',
  level: 'MUST',
  title: 'Every order that was made is in the list, as it is by its id.',
  clause: 'TMF630: GET of a collection without criteria returns all; TMF641 v4.1, GET /serviceOrder',
  remedy: 'List from where orders are stored, as soon as they are.',
  after: ['paging-law', 'order-transitions', 'terminal-is-final'],
  *check(view) {
    yield* shownAsById(view);
    yield* foundAtOnce(view);
    const whole = wholeList(view);
    if (whole === undefined) return;
    const pages = view.step('queries', 'limit').flatMap(({ got }) => objectsOf(got));
    const shown = new Set([...pages, ...whole.orders].map(({ id }) => textOf(id)));
    for (const order of view.orders) {
      const { created } = order;
      if (created === undefined || order.deleted !== undefined || !isBefore(created, whole.seen)) continue;
      if (shown.has(order.id)) yield kept;
      else if (!whole.isComplete) yield undecided('the list is too long to be seen as a whole');
      else {
        const message = 'an order that was made is not in the list';
        yield breach({
          path: 'GET /serviceOrder',
          valueClass: 'missing',
          message,
          evidence: [created, whole.seen],
          order: order.id,
        });
      }
    }
  },
};

/** An order that was made a moment ago is found by its externalId, where orders can be found by it at all. */
function* foundAtOnce(view: View): Iterable<Observation> {
  const [usual] = view.step('queries', 'filter-externalId').filter(isSuccess);
  if (usual === undefined || objectsOf(usual.got).length === 0) return;
  for (const look of [...view.step('repeat', 'find'), ...view.step('at-once', 'find')]) {
    const [created] = view
      .steps(look.exchange.aim?.experiment ?? '')
      .filter((seen) => seen.operation === 'createServiceOrder' && seen.status === 201);
    if (created === undefined || !isSuccess(look)) continue;
    if (objectsOf(look.got).some(({ id }) => id === objectOf(created.got).id)) yield kept;
    else {
      const message = 'an order is not in the list right after it was made';
      yield breach({
        path: 'GET /serviceOrder',
        valueClass: 'not yet',
        message,
        evidence: [created, look],
        order: textOf(objectOf(created.got).id),
      });
    }
  }
}

/** What a list shows of an order is what a GET had shown before it, or what came after. */
function* shownAsById(view: View): Iterable<Observation> {
  for (const { id, sightings, listed } of view.orders) {
    for (const entry of listed) {
      const before = lookBefore(sightings, entry);
      const odd = before === undefined ? undefined : behind(before.resource, entry.resource);
      if (before === undefined || odd === undefined) {
        yield kept;
        continue;
      }
      const message = `a list shows ${odd} of an order as it is not, or no longer`;
      const evidence = [before.seen, entry.seen];
      yield breach({ path: `GET /serviceOrder /*/${odd}`, valueClass: 'not as by id', message, evidence, order: id });
    }
  }
}

/** Dates may have come, and states may have moved on; what has ended stays. */
function behind(single: JsonObject, listed: JsonObject): string | undefined {
  const fixed = ['externalId', 'orderDate', 'completionDate'].find(
    (name) => single[name] !== undefined && listed[name] !== single[name],
  );
  if (fixed !== undefined) return fixed;
  const [from, to] = [textOf(single.state), textOf(listed.state)];
  if (from === undefined || to === undefined) return undefined;
  if (orderDiagram.isTerminal(from) ? from !== to : !orderDiagram.isReachable(from, to)) return 'state';
  const states = new Map(itemsOf(listed).map((item) => [item.id, item.state]));
  const odd = itemsOf(single).find(
    (item) =>
      states.has(item.id) &&
      item.state !== undefined &&
      orderDiagram.isTerminal(from) &&
      states.get(item.id) !== item.state,
  );
  return odd === undefined ? undefined : 'serviceOrderItem/*/state';
}
