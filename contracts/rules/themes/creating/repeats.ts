/** Rules on the same order twice, and on an order that is promised with 202. */
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { isObject, objectOf, objectsOf, textOf } from '../../view/json.ts';
import { answerHeader, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { legalCreates } from './creates.ts';

export const repeatedCreate: Rule = {
  id: 'repeated-create',
  level: 'SHOULD',
  title: 'The same order with the same externalId makes no second order.',
  clause: 'TMF641 v4.1, externalId: the identifier of who orders; retried requests (RFC 9110, 9.2.2)',
  remedy: 'Answer a repeated externalId with the order that there is, or with 409.',
  *check(view) {
    if (view.statement.idempotencyKey === 'none') {
      yield inapplicable('the capability statement says that each create makes an order');
      return;
    }
    const [first] = view.step('repeat', 'first');
    const id = textOf(objectOf(first?.got).id);
    if (first === undefined || !isSuccess(first) || id === undefined) return;
    for (const seen of [...view.step('repeat', 'again'), ...view.step('repeat', 'late')]) {
      const other = textOf(objectOf(seen.got).id);
      const when = seen.exchange.aim?.step === 'late' ? 'when the first had ended' : 'at once';
      if (!isSuccess(seen) || other === id) yield kept;
      else if (other !== undefined) {
        const message = `the same order, sent again ${when}, made a second one: ${id} and ${other}`;
        yield breach({
          path: `POST /serviceOrder (${seen.exchange.aim?.step})`,
          valueClass: 'second order',
          message,
          evidence: [first, seen],
          order: other,
        });
      }
    }
    yield* secondFound(view, 'repeat', [first]);
  },
};

/** A second order may be there though the answer did not say so. */
function* secondFound(view: View, experiment: string, evidence: readonly Seen[]): Iterable<Observation> {
  const [answered] = evidence;
  for (const look of [...view.step(experiment, 'find'), ...view.step(experiment, 'find-late')]) {
    const externalId = look.query.externalId?.[0];
    const ids = new Set(
      objectsOf(look.got)
        .filter((order) => order.externalId === externalId)
        .map(({ id }) => id),
    );
    const told = new Set(
      view
        .steps(experiment)
        .filter((seen) => seen.operation === 'createServiceOrder')
        .map(({ got }) => objectOf(got).id),
    );
    if (ids.size < 2 || told.size > 2) continue;
    if ([...told].filter((id) => id !== undefined).length > 1) continue;
    const message = `${ids.size} orders have the externalId of one`;
    yield breach({
      path: 'POST /serviceOrder (found)',
      valueClass: 'second order',
      message,
      evidence: answered === undefined ? [look] : [answered, look],
    });
  }
}

export const concurrentCreate: Rule = {
  id: 'concurrent-create',
  level: 'SHOULD',
  title: 'The same order, sent many times at once, makes one order.',
  clause: 'TMF641 v4.1, externalId; retried requests (RFC 9110, 9.2.2)',
  remedy: 'Make the externalId unique where orders are stored, rather than looking for it before.',
  after: ['repeated-create'],
  *check(view) {
    if (view.statement.idempotencyKey === 'none') {
      yield inapplicable('the capability statement says that each create makes an order');
      return;
    }
    const [first, again] = [...view.step('repeat', 'first'), ...view.step('repeat', 'again')];
    if (again !== undefined && isSuccess(again) && objectOf(again.got).id !== objectOf(first?.got).id) {
      yield undecided('each create makes an order, one after another too: repeated-create');
      return;
    }
    const made = view.step('at-once', 'create').filter((seen) => isSuccess(seen) && isObject(seen.got));
    const ids = new Map(made.map((seen) => [textOf(objectOf(seen.got).id), seen]));
    ids.delete(undefined);
    if (made.length === 0) return;
    if (ids.size <= 1) {
      yield kept;
      yield* secondFound(view, 'at-once', made.slice(0, 1));
      return;
    }
    const message = `${view.step('at-once', 'create').length} identical creates at once made ${ids.size} orders`;
    yield breach({
      path: 'POST /serviceOrder (at once)',
      valueClass: 'several orders',
      message,
      evidence: [...ids.values()].slice(0, 2),
    });
  },
};

export const acceptedHasMonitor: Rule = {
  id: 'accepted-has-monitor',
  level: 'MUST',
  title: 'A create that is answered 202 says where its outcome will be found, and it is found there.',
  clause: 'TMF630 monitor pattern: 202 with Location',
  remedy: 'Send Location with a 202, and serve there a monitor that leads to the order, or the order.',
  *check(view) {
    const deferred = legalCreates(view).filter(({ status }) => status === 202);
    if (deferred.length === 0) yield inapplicable('no create was answered 202');
    for (const seen of deferred) {
      const location = answerHeader(seen, 'location');
      const { experiment } = seen.exchange.aim ?? {};
      const looks = view
        .step(experiment ?? '', 'monitor')
        .filter((look) => location?.endsWith(look.exchange.request.path.slice(view.trace.basePath.length)));
      const path = 'POST /serviceOrder 202';
      if (location === undefined) {
        yield breach({
          path,
          valueClass: 'no Location',
          message: 'a 202 does not say where its outcome will be found',
          evidence: [seen],
        });
      } else if (looks.length > 0 && looks.every((look) => look.status === undefined || look.status >= 400)) {
        const message = `the monitor at ${location} was answered ${outcomeText(looks[0] ?? seen)}`;
        yield breach({ path, valueClass: 'monitor not there', message, evidence: [seen, ...looks.slice(0, 1)] });
      } else if (looks.length >= 10 && !leadsSomewhere(looks)) {
        const message = `the monitor at ${location} never led to an order`;
        yield breach({ path, valueClass: 'leads nowhere', message, evidence: [seen, ...looks.slice(-1)] });
      } else if (looks.length > 0) yield kept;
    }
  },
};

function leadsSomewhere(looks: readonly Seen[]): boolean {
  return looks.some(
    ({ got, exchange }) =>
      Array.isArray(objectOf(got).serviceOrderItem) ||
      objectOf(got).response !== undefined ||
      objectOf(got).resultHref !== undefined ||
      ('headers' in exchange.outcome && exchange.outcome.headers.location !== undefined),
  );
}
