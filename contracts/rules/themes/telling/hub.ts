/** Rules on the hub: registering, once and twice, queries, and leaving. */
import { criteriaOf, matchesAll } from '../../../profile/tmf630.ts';
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { type EventSeen, type SubscriptionSeen, withoutRepeats } from '../../view/events.ts';
import { objectOf, textOf } from '../../view/json.ts';
import { isRefused, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export function subscriptionOf(view: View, experiment: string): SubscriptionSeen | undefined {
  return view.subscriptions.find(({ registered }) => registered.exchange.aim?.experiment === experiment);
}

/** Everything that the watch heard of the orders of one experiment. */
export function watched(view: View, experiment: string): EventSeen[] {
  const ids = new Set(
    view
      .steps(experiment)
      .filter(({ operation }) => operation === 'createServiceOrder')
      .map(({ got }) => textOf(objectOf(got).id)),
  );
  return withoutRepeats(view.watch?.deliveries ?? []).filter(({ id }) => ids.has(id));
}

export const hubRegistration: Rule = {
  id: 'hub-registration',
  level: 'MUST',
  title: 'A listener is registered with its callback and query as given, and can leave.',
  clause: 'TMF641 v4.1, POST /hub: 201 EventSubscription with id and callback; DELETE /hub/{id}: 204',
  remedy: 'Answer with the subscription as it is stored, and end it when it is deleted.',
  needs: 'hub',
  *check(view) {
    for (const seen of view.asked) {
      const { aim } = seen.exchange;
      // Whether it survives a restart is another question.
      if (seen.operation === 'unregisterListener' && seen.exchange.sentOrder > view.restartedAt) continue;
      if (aim === undefined || aim.wrong !== undefined || aim.credentials !== undefined || seen.status === undefined)
        continue;
      if (seen.operation === 'registerListener' && aim.step === 'register') yield* registered(seen);
      if (seen.operation === 'unregisterListener' && !(isSuccess(seen) || seen.status === 503)) {
        const message = `a subscription could not be ended: ${outcomeText(seen)}`;
        yield breach({ path: seen.place, valueClass: outcomeText(seen), message, evidence: [seen] });
      } else if (seen.operation === 'unregisterListener') yield kept;
    }
  },
};

function* registered(seen: Seen): Iterable<Observation> {
  const [asked, got] = [objectOf(seen.sent), objectOf(seen.got)];
  const isPlain = asked.query === undefined;
  if (isSuccess(seen)) {
    const odd = ['callback', 'query'].find((name) => asked[name] !== undefined && got[name] !== asked[name]);
    if (textOf(got.id) === undefined) {
      yield breach({
        path: 'POST /hub /id',
        valueClass: 'missing',
        message: 'a subscription has no id, and cannot be ended',
        evidence: [seen],
      });
    } else if (odd !== undefined) {
      const valueClass = got[odd] === undefined ? 'missing' : 'not as given';
      yield breach({
        path: `POST /hub /${odd}`,
        valueClass,
        message: `${odd} of a subscription is ${valueClass}`,
        evidence: [seen],
      });
    } else yield kept;
  } else if (seen.status === 409) {
    // One listener at a time is enough (TMF630 hub); rules that need a second say so.
  } else if (!isPlain && (isRefused(seen) || seen.status === 501))
    yield undecided(`a query was refused with ${seen.status}`);
  else {
    const valueClass = isRefused(seen) ? 'refused' : '5xx';
    yield breach({
      path: 'POST /hub',
      valueClass,
      message: `a listener was answered ${seen.status}`,
      evidence: [seen],
    });
  }
}

export const hubDuplicate: Rule = {
  id: 'hub-duplicate',
  level: 'SHOULD',
  title: 'Registering the same listener again is refused, or doubles nothing.',
  clause: 'TMF630 hub: a second registration is refused with 409',
  remedy: 'Answer 409, or give the subscription that there is.',
  needs: 'hub',
  after: ['event-once'],
  *check(view) {
    for (const name of ['hub-duplicate', 'hub-duplicate-query', 'hub-at-once']) yield* registeredTwice(view, name);
  },
};

function* registeredTwice(view: View, name: string): Iterable<Observation> {
  const tried = [...view.step(name, 'register'), ...view.step(name, 'again')];
  const crashed = tried.find(({ status }) => status !== undefined && status >= 500 && status !== 501);
  const again = crashed ?? tried.findLast(isSuccess) ?? tried.at(-1);
  const first = subscriptionOf(view, name);
  if (again === undefined || first === undefined) return;
  if (tried.some(isRefused)) {
    yield kept;
    return;
  }
  if (!isSuccess(again)) {
    yield breach({
      path: 'POST /hub (again)',
      valueClass: outcomeText(again),
      message: `a second registration was answered ${outcomeText(again)}`,
      evidence: [again],
    });
    return;
  }
  const timesOf = (events: readonly EventSeen[]) =>
    Map.groupBy(events, ({ id, change, state, resourceName }) => `${resourceName} ${id} ${change} ${state}`);
  const usual = timesOf(view.watch?.deliveries ?? []);
  const doubled = [...timesOf(first.deliveries)].find(([key, events]) => events.length > (usual.get(key)?.length ?? 1));
  if (doubled === undefined) yield kept;
  else {
    const evidence = [first.registered, again, ...doubled[1].slice(0, 2).map(({ seen }) => seen)];
    yield breach({
      path: 'POST /hub (again)',
      valueClass: 'events doubled',
      message: 'a listener that was registered twice hears everything twice',
      evidence,
    });
  }
}

export const hubQuery: Rule = {
  id: 'hub-query',
  level: 'MUST',
  title: 'A query lets exactly the events through that match it.',
  clause: 'TMF630 hub: query is a filter on the event',
  remedy:
    'Hold every event against the query of every subscription; refuse with 400 a query that cannot be understood.',
  needs: 'hub',
  after: ['change-announced', 'event-schema'],
  *check(view) {
    if (isForOneOnly(view)) {
      yield inapplicable(onlyOne);
      return;
    }
    for (const experiment of ['hub-query-type', 'hub-query-state', 'hub-query-both']) {
      const subscription = subscriptionOf(view, experiment);
      if (subscription?.query === undefined) continue;
      const criteria = criteriaOf(
        Object.fromEntries([...new URLSearchParams(subscription.query)].map(([name, value]) => [name, [value]])),
      );
      const path = `POST /hub ?${subscription.query}`;
      const odd = subscription.deliveries.find(({ seen }) => !matchesAll(seen.sent, criteria));
      if (odd !== undefined) {
        const message = `a listener that asked for ${subscription.query} was told ${odd.eventType || 'something else'} (${odd.state})`;
        yield breach({
          path,
          valueClass: 'lets others through',
          message,
          evidence: [subscription.registered, odd.seen],
        });
        continue;
      }
      const heard = new Set(subscription.deliveries.map(({ id, state, change }) => `${id} ${change} ${state}`));
      const missed = watched(view, experiment).find(
        ({ id, state, change, seen }) => matchesAll(seen.sent, criteria) && !heard.has(`${id} ${change} ${state}`),
      );
      if (missed !== undefined) {
        const message = `a listener that asked for ${subscription.query} was not told ${missed.eventType} (${missed.state})`;
        yield breach({
          path,
          valueClass: 'holds back',
          message,
          evidence: [subscription.registered, missed.seen],
          order: missed.id,
        });
      } else if (subscription.deliveries.length > 0) yield kept;
      else yield undecided('nothing happened that the query would have let through');
    }
  },
};

const onlyOne = 'only one listener can be registered, and that is the one that hears everything';

/** Every listener but the first was refused with 409. */
function isForOneOnly(view: View): boolean {
  const others = view.asked.filter(
    ({ operation, exchange: { aim } }) =>
      operation === 'registerListener' && aim?.step === 'register' && aim.experiment !== 'watch',
  );
  return view.watch !== undefined && others.length > 0 && others.every(({ status }) => status === 409);
}

/** What was on its way when the subscription ended may still arrive. */
export const onItsWayMs = 250;

export const silenceAfterUnsubscribe: Rule = {
  id: 'silence-after-unsubscribe',
  level: 'MUST',
  title: 'A listener that has left hears nothing more.',
  clause: 'TMF641 v4.1, DELETE /hub/{id}: 204, the subscription is gone',
  remedy: 'Look at the subscription again before each delivery, repeated ones too.',
  needs: 'hub',
  *check(view) {
    if (isForOneOnly(view)) {
      yield inapplicable(onlyOne);
      return;
    }
    for (const { ended, deliveries } of view.subscriptions) {
      if (ended === undefined || !isSuccess(ended)) continue;
      const late = deliveries.filter(({ seen }) => seen.exchange.sentAt > ended.exchange.endedAt + onItsWayMs);
      const [first] = late;
      if (first !== undefined) {
        const message = `${first.eventType} came ${first.seen.exchange.sentAt - ended.exchange.endedAt} ms after its listener had left`;
        yield breach({ path: 'DELETE /hub/{id}', valueClass: 'still told', message, evidence: [ended, first.seen] });
      } else if (happenedAfter(view, ended)) yield kept;
    }
  },
};

/** Others were told of something later, so that there was something to be silent about. */
function happenedAfter(view: View, ended: Seen): boolean {
  return view.events.some(({ seen }) => seen.exchange.sentAt > ended.exchange.endedAt + onItsWayMs);
}
