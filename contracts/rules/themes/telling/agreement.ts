/** What an event says of an order is what a GET says; and what is announced, in all. */
import { breach, kept, type Rule } from '../../rule.ts';
import type { EventSeen } from '../../view/events.ts';
import type { Sighting } from '../../view/histories.ts';
import { itemsOf } from '../../view/items.ts';
import { objectOf, sameJson } from '../../view/json.ts';
import type { Diagram } from '../../view/moves.ts';
import { diagramFor } from '../../view/view.ts';
import { coherenceProblem } from '../living/coherence.ts';
import { heardOf } from './announcing.ts';

export const eventAgrees: Rule = {
  id: 'event-agrees',
  level: 'MUST',
  title: 'What an event says of an order is what a GET says.',
  clause: 'TMF641 v4.1 events: event.serviceOrder is the resource',
  remedy: 'Take the resource into the event in the step that changes it.',
  needs: 'hub',
  after: [
    'event-order',
    'order-transitions',
    'terminal-is-final',
    'event-schema',
    'event-after-terminal',
    'survives-restart',
  ],
  *check(view) {
    for (const order of view.orders) {
      for (const event of heardOf(view, order)) {
        const after = order.sightings.filter(({ seen }) => seen.exchange.sentOrder > event.seen.exchange.endedOrder);
        const looks: readonly (Sighting | undefined)[] = after.length === 0 ? [undefined] : after;
        const found = looks.map((look) => ({
          look,
          problem: disagreement(event, order.asked, look?.resource, diagramFor(view, order)),
        }));
        const { look: next, problem } =
          found.find((each) => event.change !== 'Delete' && each.problem !== undefined) ?? {};
        if (problem === undefined) yield kept;
        else
          yield breach({
            path: `callback /event/serviceOrder${problem.pointer}`,
            valueClass: problem.what,
            message: `${event.eventType}: ${problem.message}`,
            evidence: [event.seen, ...(next === undefined || problem.isAlone ? [] : [next.seen])],
            order: order.id,
          });
      }
    }
  },
};

interface Disagreement {
  readonly pointer: string;
  readonly what: string;
  readonly message: string;
  /** The event alone shows it. */
  readonly isAlone?: boolean;
}

function disagreement(
  { resource, state }: EventSeen,
  asked: object,
  later: object | undefined,
  diagram: Diagram,
): Disagreement | undefined {
  const next = objectOf(later);
  const wanted = objectOf(asked);
  if (
    wanted.externalId !== undefined &&
    resource.externalId !== undefined &&
    resource.externalId !== wanted.externalId
  ) {
    return {
      pointer: '/externalId',
      what: 'of another order',
      message: 'externalId is that of another order',
      isAlone: true,
    };
  }
  const odd = coherenceProblem(resource, false);
  if (odd !== undefined && coherenceProblem(next, false) === undefined) {
    return { pointer: '/serviceOrderItem', what: 'items disagree', message: odd.message, isAlone: true };
  }
  if (later === undefined) return undefined;
  const [now] = [next.state];
  if (state !== undefined && typeof now === 'string' && diagram.isState(state) && !diagram.isReachable(state, now)) {
    return { pointer: '/state', what: 'not what GET shows', message: `it says ${state}, and a GET after it ${now}` };
  }
  const after = new Map(itemsOf(next).map((item) => [item.id, item.state]));
  for (const item of itemsOf(resource)) {
    const is = after.get(item.id);
    if (!after.has(item.id))
      return {
        pointer: '/serviceOrderItem/*/id',
        what: 'not what GET shows',
        message: `item ${item.id} is not there in a GET after it`,
      };
    if (
      item.state !== undefined &&
      is !== undefined &&
      diagram.isState(item.state) &&
      !diagram.isReachable(item.state, is)
    ) {
      return {
        pointer: '/serviceOrderItem/*/state',
        what: 'not what GET shows',
        message: `it says that item ${item.id} is ${item.state}, and a GET after it ${is}`,
      };
    }
  }
  const fixed = ['orderDate', 'category'].find(
    (name) => resource[name] !== undefined && next[name] !== undefined && !sameJson(resource[name], next[name]),
  );
  if (fixed === undefined) return undefined;
  return {
    pointer: `/${fixed}`,
    what: 'not what GET shows',
    message: `${fixed} is ${JSON.stringify(resource[fixed])}, and ${JSON.stringify(next[fixed])} in a GET after it`,
  };
}

export const earlyCallback: Rule = {
  id: 'early-callback',
  level: 'MAY',
  title: 'A new order is announced after its create was answered.',
  clause: 'nothing forbids it: a listener must be ready for an id that it does not know yet',
  remedy: 'Nothing has to be done; a listener that knows its orders by externalId is easier to write.',
  needs: 'hub',
  *check(view) {
    for (const order of view.orders) {
      const [first] = heardOf(view, order);
      if (first === undefined || order.created === undefined) continue;
      if (first.seen.exchange.sentOrder > order.created.exchange.endedOrder) yield kept;
      else
        yield breach({
          path: 'callback',
          valueClass: 'before the answer',
          message: `${first.eventType} came before its create was answered`,
          evidence: [first.seen, order.created],
          order: order.id,
        });
    }
  },
};
