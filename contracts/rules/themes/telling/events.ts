/** Rules on single events: their envelope, their address, and what they say. */
import { checkOf } from '../../../profile/contract.ts';
import { publishedApis } from '../../../schemas/documents.ts';
import { findingText } from '../../../schemas/finding.ts';
import { breach, kept, type Observation, type Rule, wildcards } from '../../rule.ts';
import type { EventSeen } from '../../view/events.ts';
import { isObject } from '../../view/json.ts';
import { isOnDate } from '../messages/bodies.ts';

const eventTypes = new Set(publishedApis.TMF641.listeners.flatMap(({ request }) => request ?? []));

export const eventSchema: Rule = {
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

export const listenerAddress: Rule = {
  id: 'listener-address',
  level: 'MUST',
  title: 'An event is posted to the callback, in JSON, or to the listener below it that its type names.',
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

export const eventIdsUnique: Rule = {
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
