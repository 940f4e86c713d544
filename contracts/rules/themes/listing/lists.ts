/** Rules on lists: that they are whole, their pages, their counts. */
import { breach, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { objectsOf, textOf } from '../../view/json.ts';
import { answerHeader, isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { wholeList } from './whole-list.ts';

export const pagingLaw: Rule = {
  id: 'paging-law',
  level: 'MUST',
  title: 'Pages hold at most `limit` orders, share none, and add up to the whole list.',
  clause: 'TMF630: offset and limit; TMF641 v4.1, GET /serviceOrder',
  remedy: 'Cut pages out of one stable order, by offset and limit.',
  needs: 'paging',
  *check(view) {
    for (const step of ['limit', 'limit-filtered']) {
      const pages = view.step('queries', step).filter((seen) => isSuccess(seen) && Array.isArray(seen.got));
      const shown = new Map<string, Seen>();
      const tooLong = pages.find((page) => objectsOf(page.got).length > Number(page.query.limit?.[0]));
      if (tooLong !== undefined) {
        const message = `a page with limit=${tooLong.query.limit?.[0]} shows ${objectsOf(tooLong.got).length} orders`;
        yield breach({ path: 'GET /serviceOrder?limit', valueClass: 'too long', message, evidence: [tooLong] });
        continue;
      }
      const [first] = pages;
      const again = pages.filter((page) => page !== first && page.query.offset?.[0] === '0');
      const walk = pages.filter((page) => !again.includes(page));
      for (const page of walk) yield* disjoint(page, shown);
      if (first !== undefined && wholeList(view)?.isStable === true) {
        for (const page of again) yield sameAgain(first, page);
      }
      if (step === 'limit') yield* addsUp(view, walk, shown);
    }
  },
};

function sameAgain(first: Seen, again: Seen): Observation {
  const idsOf = ({ got }: Seen) =>
    objectsOf(got)
      .map(({ id }) => textOf(id))
      .toSorted()
      .join('\n');
  if (idsOf(first) === idsOf(again)) return kept;
  const message = 'the first page shows other orders when it is asked for again';
  return breach({
    path: 'GET /serviceOrder?offset',
    valueClass: 'not the same again',
    message,
    evidence: [first, again],
  });
}

/** @param shown by id, the page that an order was on; filled. */
function* disjoint(page: Seen, shown: Map<string, Seen>): Iterable<Observation> {
  for (const { id } of objectsOf(page.got)) {
    const order = textOf(id);
    const earlier = order === undefined ? undefined : shown.get(order);
    if (order !== undefined && earlier === undefined) shown.set(order, page);
    if (earlier === undefined) continue;
    const message = `an order is on two pages: offset=${earlier.query.offset?.[0]} and offset=${page.query.offset?.[0]}`;
    yield breach({
      path: 'GET /serviceOrder?offset',
      valueClass: 'shown twice',
      message,
      evidence: [earlier, page],
      order,
    });
  }
  yield kept;
}

function* addsUp(view: View, pages: readonly Seen[], shown: ReadonlyMap<string, Seen>): Iterable<Observation> {
  const whole = wholeList(view);
  const last = pages.at(-1);
  if (whole === undefined || last === undefined) return;
  if (!whole.isStable) yield undecided('the list changed while it was walked through');
  else if (!whole.isComplete) {
    // A vendor that shows a part only says itself how many there are.
    const total = Number(answerHeader(whole.seen, 'x-total-count'));
    if (objectsOf(last.got).length > 0) yield undecided('the list is too long to be walked through');
    else if (shown.size >= total) yield kept;
    else {
      const message = `the pages show ${shown.size} of ${total} orders`;
      yield breach({ path: 'GET /serviceOrder?offset', valueClass: 'left out', message, evidence: [whole.seen, last] });
    }
  } else if (objectsOf(last.got).length === 0 || shown.size >= whole.orders.length) {
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

export const resultCounts: Rule = {
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
