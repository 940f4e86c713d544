/** Rules on listeners: those that fail or are slow, and the credentials that they are shown. */
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import type { EventSeen } from '../../view/events.ts';
import { sameJson } from '../../view/json.ts';
import { isRefused, isSuccess, outcomeText } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { onItsWayMs, subscriptionOf, watched } from './hub.ts';

export const redelivery: Rule = {
  id: 'redelivery',
  level: 'SHOULD',
  title: 'An event that was not taken comes again, under the same eventId.',
  clause: 'TMF630 notifications: delivery is to be relied on; eventId lets a listener know an event again',
  remedy: 'Keep an event until it was answered 2xx, and try again after a while.',
  needs: 'hub',
  *check(view) {
    if (view.statement.events?.delivery === 'at-most-once') {
      yield inapplicable('the capability statement says that events are delivered at most once');
      return;
    }
    for (const name of ['hub-failing', 'hub-silent']) yield* redelivered(view, name);
  },
};

function* redelivered(view: View, name: string): Iterable<Observation> {
  const failing = subscriptionOf(view, name);
  if (failing === undefined) return;
  if (failing.deliveries.length === 0) yield undecided('nothing was delivered that could have been refused');
  for (const refused of failing.deliveries.filter(({ wasTaken }) => !wasTaken)) {
    const isEnded =
      failing.ended !== undefined && refused.seen.exchange.sentAt > failing.ended.exchange.sentAt - onItsWayMs;
    const again = failing.deliveries.filter(
      (each) => each.seen.exchange.sentOrder > refused.seen.exchange.sentOrder && isSameEvent(each, refused),
    );
    if (again.some(({ eventId }) => eventId === refused.eventId)) yield kept;
    else if (again[0] !== undefined) {
      yield breach({
        path: 'callback (refused)',
        valueClass: 'another eventId',
        message: 'an event that was not taken came again under another eventId',
        evidence: [refused.seen, again[0].seen],
      });
    } else if (!isEnded) {
      yield breach({
        path: 'callback (refused)',
        valueClass: 'lost',
        message: `${refused.eventType} (${refused.state}) was ${refused.seen.status === undefined ? 'not answered' : 'answered 503'}, and did not come again`,
        evidence: [refused.seen],
      });
    }
  }
}

function isSameEvent(one: EventSeen, other: EventSeen): boolean {
  return (
    one.id === other.id &&
    one.change === other.change &&
    one.state === other.state &&
    sameJson(one.resource, other.resource)
  );
}

/** So long the slow listener takes for each event, as experiments have it; half of it is more than chance. */
const heldUpMs = 1_500;

export const listenerIsolation: Rule = {
  id: 'listener-isolation',
  level: 'SHOULD',
  title: 'A slow listener holds up neither the API nor other listeners.',
  clause: 'TMF630 notifications: publishers and subscribers are independent of each other',
  remedy: 'Deliver to each subscription from a queue of its own, away from requests.',
  needs: 'hub',
  *check(view) {
    const slow = subscriptionOf(view, 'hub-slow');
    if (slow === undefined || view.watch === undefined) return;
    if (slow.deliveries.length === 0) yield undecided('nothing was delivered to a slow listener');
    const usualMs = slowestAnswer(view, 'minimal');
    const meanwhile = ['hub-slow', 'hub-silent', 'hub-failing'].flatMap((name) => view.steps(name));
    for (const seen of meanwhile.filter(({ exchange }) => exchange.from === 'verifier')) {
      const tookMs = seen.exchange.endedAt - seen.exchange.sentAt;
      if (tookMs < usualMs + heldUpMs) yield kept;
      else
        yield breach({
          path: `${seen.place} (slow listener)`,
          valueClass: 'held up',
          message: `${seen.place} took ${tookMs} ms while a listener was slow, and ${usualMs} ms at most before`,
          evidence: [seen],
        });
    }
    const usualLagMs = Math.max(0, ...lagsOf(view, 'minimal').map(({ lagMs }) => lagMs));
    const lags = ['hub-slow', 'hub-silent', 'hub-failing'].flatMap((name) => lagsOf(view, name));
    for (const { event, lagMs } of lags) {
      if (lagMs < usualLagMs + heldUpMs) yield kept;
      else
        yield breach({
          path: 'callback (other listener)',
          valueClass: 'held up',
          message: `${event.eventType} (${event.state}) came ${lagMs} ms late to a listener that is quick, while another was slow`,
          evidence: [event.seen],
          order: event.id,
        });
    }
  },
};

function slowestAnswer(view: View, experiment: string): number {
  return Math.max(0, ...view.steps(experiment).map(({ exchange }) => exchange.endedAt - exchange.sentAt));
}

/** From the first look that shows a state to the event that announces it. */
function lagsOf(view: View, experiment: string): { event: EventSeen; lagMs: number }[] {
  return watched(view, experiment).flatMap((event) => {
    const shown = view
      .orderOf(event.id)
      ?.sightings.find(({ state, source }) => state === event.state && source !== 'create');
    if (event.change !== 'StateChange' || shown === undefined) return [];
    return [{ event, lagMs: event.seen.exchange.sentAt - shown.seen.exchange.endedAt }];
  });
}

export const certificateChecked: Rule = {
  id: 'certificate-checked',
  level: 'SHOULD',
  title: 'A listener with a certificate that cannot be trusted is not told anything.',
  clause:
    'RFC 9110, 4.3.4: a client must verify the identity of the server; the capability statement, events.checksCertificates',
  remedy: 'Check the certificate of every listener: its name, who signed it, and whether it has expired.',
  needs: 'hub',
  *check(view) {
    if (view.statement.events?.checksCertificates === false) {
      yield inapplicable('the capability statement says that certificates are not checked');
      return;
    }
    const [registered] = view.step('hub-untrusted', 'register');
    const [created] = view.step('hub-untrusted', 'create').filter(isSuccess);
    const subscription = subscriptionOf(view, 'hub-untrusted');
    if (registered === undefined) yield inapplicable('no listener with such a certificate could be offered');
    else if (isRefused(registered)) yield undecided(`an https listener was refused with ${outcomeText(registered)}`);
    const [told] = subscription?.deliveries ?? [];
    if (told !== undefined) {
      yield breach({
        path: 'callback (https)',
        valueClass: 'told all the same',
        message: 'a listener was told though its certificate is expired and signed by itself',
        evidence: [registered ?? told.seen, told.seen],
      });
    } else if (subscription !== undefined && created !== undefined) yield kept;
  },
};

export const callbackCredentials: Rule = {
  id: 'callback-credentials',
  level: 'MUST',
  title: 'Every callback carries the credentials that were agreed.',
  clause: 'the capability statement, events.credentialsHeader',
  remedy: 'Send the agreed header with every delivery, repeated ones too.',
  needs: 'hub',
  *check({ events, statement }) {
    const header = statement.events?.credentialsHeader;
    if (header === undefined) {
      yield inapplicable('no credentials of callbacks are declared');
      return;
    }
    for (const { seen } of events) {
      const { credentials: shown } = seen.exchange.aim ?? {};
      if (shown === undefined) yield kept;
      else {
        const valueClass = shown === 'none' ? 'missing' : 'wrong';
        yield breach({
          path: `callback ${header}`,
          valueClass,
          message: `a callback came with ${header} ${valueClass}`,
          evidence: [seen],
        });
      }
    }
  },
};
