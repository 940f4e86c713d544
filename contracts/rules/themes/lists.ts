/** Rules on lists: that they are whole, their pages, their counts. */
import { breach, kept, type Observation, type Rule, type Theme, undecided } from '../rule.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from '../view/json.ts';
import { answerHeader, isBefore, isSuccess, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';
import { fields, filters, sorting } from './selecting.ts';
import { wholeList } from './whole-list.ts';

const complete: Rule = {
  id: 'list-complete',
  level: 'MUST',
  title: 'Every order that was made is in the list, as it is by its id.',
  clause: 'TMF630: GET of a collection without criteria returns all; TMF641 v4.1, GET /serviceOrder',
  remedy: 'List from where orders are stored, as soon as they are.',
  after: ['paging-law', 'order-transitions', 'terminal-is-final'],
  *check(view) {
    const whole = wholeList(view);
    if (whole === undefined) return;
    const pages = view
      .steps('queries')
      .filter(({ exchange: { aim } }) => aim?.step === 'limit')
      .flatMap(({ got }) => objectsOf(got));
    const shown = new Map([...pages, ...whole.orders].map((order) => [textOf(order.id), order]));
    for (const order of view.orders) {
      if (order.created === undefined || order.deleted !== undefined || !isBefore(order.created, whole.seen)) continue;
      const listed = shown.get(order.id);
      const [single] = view.step('queries', 'retrieve').filter(({ id }) => id === order.id);
      if (listed === undefined && !whole.isComplete) yield undecided('the list is too long to be seen as a whole');
      else if (listed === undefined) {
        const message = 'an order that was made is not in the list';
        yield breach({
          path: 'GET /serviceOrder',
          valueClass: 'missing',
          message,
          evidence: [order.created, whole.seen],
          order: order.id,
        });
      } else if (single !== undefined && whole.isCalm(order.id) && differs(listed, objectOf(single.got))) {
        const name = differs(listed, objectOf(single.got));
        const message = `${name} of an order is ${JSON.stringify(listed[name ?? ''])} in the list, and ${JSON.stringify(objectOf(single.got)[name ?? ''])} by its id`;
        yield breach({
          path: `GET /serviceOrder /*/${name}`,
          valueClass: 'not as by id',
          message,
          evidence: [whole.seen, single],
          order: order.id,
        });
      } else yield kept;
    }
  },
};

function differs(listed: JsonObject, single: JsonObject): string | undefined {
  if (single.id === undefined) return undefined;
  return ['state', 'externalId', 'orderDate', 'completionDate'].find(
    (name) => single[name] !== undefined && listed[name] !== single[name],
  );
}

const paging: Rule = {
  id: 'paging-law',
  level: 'MUST',
  title: 'Pages hold at most `limit` orders, share none, and add up to the whole list.',
  clause: 'TMF630: offset and limit; TMF641 v4.1, GET /serviceOrder',
  remedy: 'Cut pages out of one stable order, by offset and limit.',
  needs: 'paging',
  *check(view) {
    const pages = view.step('queries', 'limit').filter((seen) => isSuccess(seen) && Array.isArray(seen.got));
    const seenIds = new Map<string, Seen>();
    for (const page of pages) {
      const limit = Number(page.query.limit?.[0]);
      const ids = objectsOf(page.got).flatMap(({ id }) => textOf(id) ?? []);
      if (ids.length > limit) {
        const message = `a page with limit=${limit} shows ${ids.length} orders`;
        yield breach({ path: 'GET /serviceOrder?limit', valueClass: 'too long', message, evidence: [page] });
        return;
      }
      for (const id of ids) {
        const earlier = seenIds.get(id);
        if (earlier === undefined) seenIds.set(id, page);
        else {
          const message = `an order is on two pages: offset=${earlier.query.offset?.[0]} and offset=${page.query.offset?.[0]}`;
          yield breach({
            path: 'GET /serviceOrder?offset',
            valueClass: 'shown twice',
            message,
            evidence: [earlier, page],
            order: id,
          });
        }
      }
      yield kept;
    }
    yield* addsUp(view, pages, seenIds);
  },
};

function* addsUp(view: View, pages: readonly Seen[], shown: ReadonlyMap<string, Seen>): Iterable<Observation> {
  const whole = wholeList(view);
  const last = pages.at(-1);
  if (whole === undefined || last === undefined) return;
  if (!whole.isStable) yield undecided('the list changed while it was walked through');
  else if (!whole.isComplete) yield undecided('the list is too long to be walked through');
  else if (objectsOf(last.got).length === 0 || shown.size >= whole.orders.length) {
    const missed = whole.orders.find(({ id }) => !shown.has(textOf(id) ?? ''));
    if (missed === undefined) yield kept;
    else {
      const message = `the pages show ${shown.size} of ${whole.orders.length} orders`;
      yield breach({
        path: 'GET /serviceOrder?offset',
        valueClass: 'left out',
        message,
        evidence: [whole.seen, last],
        order: textOf(missed.id),
      });
    }
  }
}

const counts: Rule = {
  id: 'result-counts',
  level: 'MUST',
  title: 'X-Total-Count says how many orders match, X-Result-Count how many are shown.',
  clause: 'TMF630: X-Total-Count in list responses; TMF641 v4.1 declares both headers',
  remedy: 'Count what matches the criteria before it is cut into pages.',
  *check(view) {
    const whole = wholeList(view);
    for (const seen of view.asked) {
      const isList = seen.operation === 'listServiceOrder' || seen.operation === 'listCancelServiceOrder';
      if (!isList || (seen.status !== 200 && seen.status !== 206) || !Array.isArray(seen.got)) continue;
      const [total, result] = [answerHeader(seen, 'x-total-count'), answerHeader(seen, 'x-result-count')];
      const problem = countProblem(
        seen,
        total,
        result,
        whole?.isStable === true && whole.isComplete ? whole.orders.length : undefined,
      );
      if (problem === undefined) yield kept;
      else
        yield breach({
          path: `${seen.place} ${problem.header}`,
          valueClass: problem.what,
          message: `${seen.place}: ${problem.message}`,
          evidence: [seen],
        });
    }
  },
};

function countProblem(seen: Seen, total: string | undefined, result: string | undefined, whole: number | undefined) {
  const shown = Array.isArray(seen.got) ? seen.got.length : 0;
  if (total === undefined) return { header: 'x-total-count', what: 'missing', message: 'X-Total-Count is missing' };
  if (!/^\d+$/.test(total))
    return { header: 'x-total-count', what: 'no number', message: `X-Total-Count is "${total}"` };
  if (Number(total) < shown)
    return {
      header: 'x-total-count',
      what: 'less than shown',
      message: `X-Total-Count is ${total}, and ${shown} are shown`,
    };
  if (result !== undefined && Number(result) !== shown) {
    return {
      header: 'x-result-count',
      what: 'not the number shown',
      message: `X-Result-Count is ${result}, and ${shown} are shown`,
    };
  }
  const step = seen.exchange.aim?.step ?? '';
  const isPage = seen.exchange.aim?.experiment === 'queries' && step === 'limit';
  if (isPage && whole !== undefined && Number(total) !== whole) {
    return {
      header: 'x-total-count',
      what: 'not the whole',
      message: `X-Total-Count of a page is ${total}, and the list holds ${whole}`,
    };
  }
  // A filtered answer that is no page shows everything that matches.
  if (
    step.startsWith('filter') &&
    seen.status === 200 &&
    whole !== undefined &&
    shown < whole &&
    Number(total) === whole &&
    shown > 0
  ) {
    return {
      header: 'x-total-count',
      what: 'not what matches',
      message: `X-Total-Count is ${total}, the whole list, and ${shown} match`,
    };
  }
  return undefined;
}

export const lists: Theme = { name: 'lists and queries', rules: [paging, counts, complete, filters, fields, sorting] };
