/** Rules on how the endpoint holds up: busy times, and load. */

import { durationMsOfText } from '../../../schemas/text.ts';
import { breach, inapplicable, kept, type Observation, type Rule } from '../../rule.ts';
import { objectOf, textOf } from '../../view/json.ts';
import { answerHeader, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { heardOf } from '../telling/announcing.ts';

export const retryAfter: Rule = {
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

export const holdsUnderLoad: Rule = {
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
