/** Rules on single events: their envelope, their address, and what they say. */
import { checkOf } from '../../profile/contract.ts';
import { publishedApis } from '../../schemas/documents.ts';
import { findingText } from '../../schemas/finding.ts';
import { breach, kept, type Observation, type Rule, type Theme, wildcards } from '../rule.ts';
import type { EventSeen } from '../view/events.ts';
import { itemsOf } from '../view/items.ts';
import { isObject, objectOf, sameJson } from '../view/json.ts';
import { itemDiagram, orderDiagram } from '../view/moves.ts';
import {
  afterTerminal,
  announced,
  attributeAnnounced,
  eventOnce,
  eventOrder,
  eventRepeated,
  heardOf,
} from './announcing.ts';
import { coherenceProblem } from './coherence.ts';
import { query } from './hub.ts';
import { isOnDate } from './messages.ts';

const eventTypes = new Set(publishedApis.TMF641.listeners.flatMap(({ request }) => request ?? []));

const schema: Rule = {
  id: 'event-schema',
  level: 'MUST',
  title: 'An event carries eventId, eventTime, eventType, and the resource as a whole.',
  clause: 'TMF641 v4.1 event definitions; event.serviceOrder is the full resource',
  remedy: 'Send the envelope that is published for the eventType, with the resource as a GET shows it.',
  needs: 'hub',
  *check({ events }) {
    for (const { seen, eventType } of events) {
      if (!isObject(seen.sent)) continue;
      if (!eventTypes.has(eventType)) {
        const message = eventType === '' ? 'an event has no eventType' : `there is no eventType ${eventType}`;
        yield breach({
          path: 'callback /eventType',
          valueClass: eventType === '' ? 'missing' : 'unknown',
          message,
          evidence: [seen],
        });
        continue;
      }
      const found = checkOf('TMF641', 'conformance', eventType)(seen.sent).filter((each) => !isOnDate(each));
      if (found.length === 0) yield kept;
      for (const finding of found) {
        const valueClass = finding.got === 'nothing' ? 'missing' : `not ${finding.expected}`;
        yield breach({
          path: `callback ${wildcards(finding.pointer)}`,
          valueClass,
          message: `${eventType}: ${findingText(finding)}`,
          evidence: [seen],
        });
      }
    }
  },
};

/** A working copy of v4.1 calls two listeners by other names. */
const otherNames: { readonly [path: string]: string } = {
  '/listener/serviceOrderMilestoneStateChangeEvent': 'ServiceOrderMilestoneEvent',
  '/listener/serviceOrderJeopardyAlertEvent': 'ServiceOrderJeopardyEvent',
};

const address: Rule = {
  id: 'listener-address',
  level: 'MUST',
  title: 'An event is posted as JSON to the callback, or to the listener below it that its type names.',
  clause: 'TMF641 v4.1 listener paths; TMF630 notifications',
  remedy:
    'Post to the callback as it was given, or to callback + /listener/ + the eventType with a small first letter.',
  needs: 'hub',
  *check({ events }) {
    for (const { seen, eventType } of events) {
      const { method, headers } = seen.exchange.request;
      const rest = seen.callback?.rest ?? '';
      const expected = `/listener/${eventType.charAt(0).toLowerCase()}${eventType.slice(1)}`;
      const type = headers['content-type'] ?? '';
      const tell = (valueClass: string, message: string): Observation =>
        breach({ path: 'callback address', valueClass, message, evidence: [seen] });
      if (method !== 'POST') yield tell(`method ${method}`, `an event came as ${method}`);
      else if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) yield tell('media type', `an event came as "${type}"`);
      else if (!isObject(seen.sent)) yield tell('not JSON', 'an event is no JSON object');
      else if (
        rest !== '' &&
        rest !== '/' &&
        rest !== expected &&
        otherNames[rest] !== eventType &&
        eventTypes.has(eventType)
      ) {
        yield tell('another listener', `${eventType} came to ${rest}`);
      } else yield kept;
    }
  },
};

const idsUnique: Rule = {
  id: 'event-ids-unique',
  level: 'MUST',
  title: 'Different events have different eventIds.',
  clause: 'TMF630 notifications: eventId identifies the event',
  remedy: 'Make a new eventId for every event; keep it only when the same event is delivered again.',
  needs: 'hub',
  after: ['event-schema'],
  *check(view) {
    const known = new Map<string, EventSeen>();
    for (const event of view.watch?.deliveries ?? []) {
      if (event.eventId === undefined) continue;
      const first = known.get(event.eventId);
      if (first === undefined) known.set(event.eventId, event);
      if (first === undefined || isSameEvent(first, event, view.watch?.deliveries ?? [])) yield kept;
      else {
        const message = `${first.eventType} (${first.state}) and ${event.eventType} (${event.state}) have one eventId`;
        yield breach({
          path: 'callback /eventId',
          valueClass: 'used twice',
          message,
          evidence: [first.seen, event.seen],
          order: event.id,
        });
      }
    }
  },
};

/** An order that comes back to a state announces that anew; in between it announced another. */
function isSameEvent(first: EventSeen, again: EventSeen, all: readonly EventSeen[]): boolean {
  if (first.id !== again.id || first.eventType !== again.eventType || first.state !== again.state) return false;
  const between = all.slice(all.indexOf(first) + 1, all.indexOf(again));
  const isAnotherMoment = first.eventTime !== again.eventTime;
  return !isAnotherMoment || !between.some((each) => each.id === first.id && each.state !== first.state);
}

const agrees: Rule = {
  id: 'event-agrees',
  level: 'MUST',
  title: 'What an event says of an order is what a GET says.',
  clause: 'TMF641 v4.1 events: event.serviceOrder is the resource',
  remedy: 'Take the resource into the event in the step that changes it.',
  needs: 'hub',
  after: ['event-order', 'order-transitions', 'terminal-is-final', 'event-schema', 'event-after-terminal'],
  *check(view) {
    for (const order of view.orders) {
      for (const event of heardOf(view, order)) {
        const next = order.sightings.find(({ seen }) => seen.exchange.sentOrder > event.seen.exchange.endedOrder);
        const problem = event.change === 'Delete' ? undefined : disagreement(event, order.asked, next?.resource);
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
  if (
    state !== undefined &&
    typeof now === 'string' &&
    orderDiagram.isState(state) &&
    !orderDiagram.isReachable(state, now)
  ) {
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
      itemDiagram.isState(item.state) &&
      !itemDiagram.isReachable(item.state, is)
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

const early: Rule = {
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

export const eventShapes: Theme = { name: 'single events', rules: [address, schema, idsUnique] };

export const events: Theme = {
  name: 'what is announced',
  rules: [announced, query, afterTerminal, agrees, attributeAnnounced, eventOrder, eventOnce, eventRepeated, early],
};
