/** Rules on how the endpoint holds up: credentials, busy times, load, restarts, and what the vendor has declared. */
import { capabilities } from '../../records/capabilities.ts';
import { durationMsOfText } from '../../schemas/text.ts';
import { breach, inapplicable, kept, type Observation, type Rule, type Theme, undecided } from '../rule.ts';
import { itemsOf } from '../view/items.ts';
import { objectOf, objectsOf, textOf } from '../view/json.ts';
import { orderDiagram, plainDiagram } from '../view/moves.ts';
import { isOffered } from '../view/offers.ts';
import { answerHeader, isRefused, isSuccess, outcomeText, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';
import { heardOf } from './announcing.ts';

const declared: Rule = {
  id: 'declared-is-offered',
  level: 'MUST',
  title: 'What the vendor declares is there.',
  clause: 'the capability statement, offers',
  remedy: 'Serve it, or take it out of the capability statement.',
  *check(view) {
    const { offers, statement } = view;
    const claimed = capabilities.filter((capability) => (statement.offers?.[capability] ?? false) !== false);
    if (claimed.length === 0 && statement.specifications === undefined) yield inapplicable('nothing is declared');
    for (const capability of claimed) {
      const denial = offers[capability].denial ?? deniedNow(view, capability);
      if (denial === undefined) yield kept;
      else {
        const message = `${capability} is declared, and ${denial.place} was answered ${outcomeText(denial)}`;
        yield breach({ path: capability, valueClass: 'not there', message, evidence: [denial] });
      }
    }
    yield* orderable(view);
  },
};

const operationOf: { readonly [capability: string]: string } = {
  cancel: 'createCancelServiceOrder',
  patch: 'patchServiceOrder',
  hub: 'registerListener',
};

/** Served at one time, and not at another. */
function deniedNow({ asked }: View, capability: string): Seen | undefined {
  return asked.find(
    ({ operation, status, exchange: { aim } }) =>
      operation !== undefined &&
      operation === operationOf[capability] &&
      (status === 405 || status === 501) &&
      aim?.wrong === undefined &&
      aim?.credentials === undefined,
  );
}

/** What is declared to be orderable is never taken, and other things are. */
function* orderable({ statement, asked, orders }: View): Iterable<Observation> {
  if (orders.length === 0) return;
  for (const { id } of statement.specifications ?? []) {
    const tried = asked.filter(
      ({ operation, sent, exchange: { aim } }) =>
        operation === 'createServiceOrder' &&
        aim !== undefined &&
        aim.wrong === undefined &&
        aim.credentials === undefined &&
        itemsOf(sent).some(({ item }) => objectOf(objectOf(item.service).serviceSpecification).id === id),
    );
    const [refused] = tried.filter((seen) => isRefused(seen) && seen.status !== 401 && seen.status !== 403);
    if (tried.length > 0 && refused !== undefined && !tried.some(isSuccess)) {
      const message = `${id} is declared to be orderable, and was answered ${outcomeText(refused)}`;
      yield breach({ path: 'specifications', valueClass: 'not there', message, evidence: [refused] });
    } else if (tried.length > 0) yield kept;
  }
}

const auth: Rule = {
  id: 'auth-enforced',
  level: 'MUST',
  title: 'Without valid credentials nothing is answered and nothing is done.',
  clause: 'TMF630 security; TMF641 v4.1 declares 401 and 403 for every operation',
  remedy: 'Check credentials before anything else, on every operation.',
  *check(view) {
    const tried = view.steps('auth').filter(({ exchange }) => exchange.aim?.credentials !== undefined);
    if (tried.length === 0) yield inapplicable('no credentials were given: see --auth');
    yield* withoutEffect(view);
    for (const seen of tried) {
      const { credentials } = seen.exchange.aim ?? {};
      const isOpen = seen.status === 404 || seen.status === 405 || seen.status === 501;
      if (seen.status === undefined) continue;
      if (seen.status === 401 || seen.status === 403) yield kept;
      else if (isOpen && !isOfferedHere(view, seen)) yield kept;
      else {
        const message = `${seen.place} with ${credentials === 'none' ? 'no' : 'wrong'} credentials was answered ${seen.status}`;
        const valueClass = `${isSuccess(seen) ? 'served' : seen.status} with ${credentials === 'none' ? 'none' : 'wrong ones'}`;
        yield breach({ path: seen.place, valueClass, message, evidence: [seen] });
      }
    }
  },
};

/** What was refused has had no effect. */
function* withoutEffect(view: View): Iterable<Observation> {
  const refused = view
    .steps('auth')
    .filter(({ exchange, status }) => exchange.aim?.credentials !== undefined && (status === 401 || status === 403));
  const [own] = view.step('auth', 'own');
  const order = view.orders.find(({ created }) => created === own);
  const last = order?.sightings.at(-1);
  const patch = refused.find(({ operation }) => operation === 'patchServiceOrder');
  const cancel = refused.find(({ operation }) => operation === 'createCancelServiceOrder');
  const create = refused.find(({ operation }) => operation === 'createServiceOrder');
  const [left] = view.step('auth', 'left');
  const made = objectsOf(left?.got).find((each) => each.externalId === objectOf(create?.sent).externalId);
  const done: readonly (readonly [Seen | undefined, Seen | undefined, boolean])[] = [
    [patch, last?.seen, last?.resource.description === objectOf(patch?.sent).description && patch !== undefined],
    [cancel, last?.seen, last?.state === 'cancelled'],
    [create, left, made !== undefined && create !== undefined],
  ];
  for (const [asked, shown, isDone] of done) {
    if (asked === undefined || shown === undefined) continue;
    if (!isDone) yield kept;
    else
      yield breach({
        path: asked.place,
        valueClass: 'done all the same',
        message: `${asked.place} was answered ${asked.status}, and done all the same`,
        evidence: [asked, shown],
      });
  }
}

function isOfferedHere({ offers }: View, { operation }: Seen): boolean {
  if (operation === 'createCancelServiceOrder') return isOffered(offers.cancel);
  if (operation === 'patchServiceOrder') return isOffered(offers.patch);
  return operation === 'registerListener' ? isOffered(offers.hub) : true;
}

const token: Rule = {
  id: 'token-expiry',
  level: 'MUST',
  title: 'An expired token is refused, and a fresh one goes on with the same order.',
  clause: 'RFC 6750, 3.1: an expired token is answered 401',
  remedy: 'Check the expiry on every request; let nothing of an order depend on the token that made it.',
  *check(view) {
    const [expired] = view.step('token', 'expired');
    const [fresh] = view.step('token', 'fresh');
    if (expired === undefined) yield inapplicable('no expiry of tokens is declared');
    else if (expired.status === 401) yield kept;
    else if (expired.status !== undefined) {
      yield breach({
        path: 'GET /serviceOrder/{id} (expired token)',
        valueClass: isSuccess(expired) ? 'served' : outcomeText(expired),
        message: `an expired token was answered ${expired.status}`,
        evidence: [expired],
      });
    }
    const [refused] = view.asked.filter(
      ({ status, exchange: { aim } }) => status === 401 && aim?.credentials === undefined,
    );
    if (refused !== undefined && view.statement.auth?.scheme === 'oauth2') {
      yield breach({
        path: '401',
        valueClass: 'a fresh token refused',
        message: `${refused.place} with a token that the vendor had just given was answered 401`,
        evidence: [refused],
      });
    }
    if (fresh === undefined) return;
    if (isSuccess(fresh)) yield kept;
    else
      yield breach({
        path: 'GET /serviceOrder/{id} (fresh token)',
        valueClass: outcomeText(fresh),
        message: `with a fresh token, the order that an older one made was answered ${outcomeText(fresh)}`,
        evidence: [fresh],
      });
  },
};

const busy: Rule = {
  id: 'retry-after',
  level: 'SHOULD',
  title: 'A busy endpoint says when to come again, and then it answers.',
  clause: 'TMF630: 429 and 503; RFC 9110, 10.2.3: Retry-After',
  remedy: 'Send Retry-After with every 429 and 503, and serve what comes after it.',
  *check(view) {
    const refused = view.putOff;
    if (refused.length === 0) yield inapplicable('the endpoint was never too busy');
    for (const seen of refused) {
      const path = `${seen.status} retry-after`;
      const said = answerHeader(seen, 'retry-after');
      if (said === undefined) {
        yield breach({
          path,
          valueClass: 'missing',
          message: `${seen.place} was answered ${seen.status} without Retry-After`,
          evidence: [seen],
        });
        continue;
      }
      if (!/^\d+$/.test(said) && Number.isNaN(Date.parse(said))) {
        yield breach({
          path,
          valueClass: 'malformed',
          message: `${seen.place} was answered ${seen.status} with Retry-After: ${said}`,
          evidence: [seen],
        });
        continue;
      }
      const next = againPutOff(view, seen);
      if (next === undefined) yield kept;
      else {
        const message = `${seen.place} said "Retry-After: ${said}", and nothing at all was served after it`;
        yield breach({ path, valueClass: 'busy all the same', message, evidence: [seen, next] });
      }
    }
  },
};

/** The same request, put off again after the time that it was to wait, while nobody else was served either. */
function againPutOff({ asked, putOff }: View, seen: Seen): Seen | undefined {
  const { aim, request, endedAt, endedOrder } = seen.exchange;
  const dueAt = endedAt + 1_000 * Number(answerHeader(seen, 'retry-after'));
  const next = putOff.find(
    ({ exchange }) =>
      exchange.sentOrder > endedOrder &&
      exchange.sentAt >= dueAt &&
      exchange.aim?.experiment === aim?.experiment &&
      exchange.aim?.step === aim?.step &&
      exchange.request.path === request.path,
  );
  if (next === undefined) return undefined;
  const isServed = asked.some(
    ({ exchange }) =>
      exchange.sentOrder > endedOrder && exchange.sentAt >= dueAt && exchange.endedOrder < next.exchange.sentOrder,
  );
  return isServed ? undefined : next;
}

/** Of a hundred, so many must keep a declared time. */
const mostOf = 0.95;

const load: Rule = {
  id: 'holds-under-load',
  level: 'MUST',
  title: 'Under the declared load, 95 of 100 answers and events keep the declared times.',
  clause: 'the capability statement, load',
  remedy: 'Find what waits for what under load, or declare what can be kept.',
  *check(view) {
    const { load: claim } = view.statement;
    if (claim === undefined) {
      yield inapplicable('no load is declared');
      return;
    }
    const creates = view.steps('load').filter(({ operation }) => operation === 'createServiceOrder');
    yield* slowest(
      'POST /serviceOrder',
      'answers',
      claim.answersWithin,
      creates.map((seen) => [seen.exchange.endedAt - seen.exchange.sentAt, seen]),
    );
    const ids = new Set(creates.map(({ got }) => textOf(objectOf(got).id)));
    const events = view.orders.filter(({ id }) => ids.has(id)).flatMap((order) => heardOf(view, order));
    const lags = events.flatMap((event) =>
      event.eventTime === undefined ? [] : [[event.seen.exchange.sentAt - event.eventTime, event.seen] as const],
    );
    if (lags.length > 0) yield* slowest('callback', 'events', claim.announcedWithin, lags);
    const putOff = view.putOff.filter(
      ({ exchange }) => exchange.aim?.experiment === 'load' && exchange.aim.step.startsWith('create'),
    );
    const lost = [...creates.filter((seen) => !isSuccess(seen)), ...putOff];
    const [first] = lost;
    if (first !== undefined && lost.length > creates.length * (1 - mostOf)) {
      yield breach({
        path: 'POST /serviceOrder (load)',
        valueClass: 'not served',
        message: `${lost.length} of ${creates.length} orders under load were answered ${outcomeText(first)}`,
        evidence: [first],
      });
    }
  },
};

function* slowest(
  path: string,
  what: string,
  limit: string,
  times: readonly (readonly [number, Seen])[],
): Iterable<Observation> {
  const sorted = times.toSorted(([one], [other]) => one - other);
  const at = sorted[Math.max(0, Math.ceil(mostOf * sorted.length) - 1)];
  if (at === undefined) return;
  if (at[0] <= durationMsOfText(limit)) yield kept;
  else
    yield breach({
      path: `${path} (load)`,
      valueClass: 'too slow',
      message: `of 100 ${what} under load, 95 took up to ${at[0]} ms, and ${limit} is declared`,
      evidence: [at[1]],
    });
}

const restart: Rule = {
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

export const access: Theme = { name: 'access', rules: [auth, token, declared] };

export const running: Theme = { name: 'running', rules: [load, busy, restart] };
