/** Rules on what a list shows: filters, selected attributes, and the order of sorting. */
import { criteriaOf, matchesAll } from '../../profile/tmf630.ts';
import { breach, kept, type Observation, type Rule, undecided } from '../rule.ts';
import { instantIn, isObject, type JsonObject, objectsOf, textOf } from '../view/json.ts';
import { answerHeader, isSuccess, outcomeText, type Seen } from '../view/seen.ts';
import type { View } from '../view/view.ts';
import { wholeList } from './whole-list.ts';

function stepsOf(view: View, kind: string): Seen[] {
  return view.steps('queries').filter(({ exchange: { aim } }) => aim?.step.startsWith(`${kind}-`));
}

export const filters: Rule = {
  id: 'filter-semantics',
  level: 'MUST',
  title: 'A filtered list shows the orders that match, and no others.',
  clause: 'TMF630 filtering: attribute=value, nested by dots, several as AND, a comma list as OR',
  remedy: 'Apply every criterion; refuse with 400 what cannot be applied, rather than ignoring it.',
  needs: 'filters',
  *check(view) {
    for (const seen of stepsOf(view, 'filter')) {
      const step = seen.exchange.aim?.step ?? '';
      const path = `GET /serviceOrder (${step})`;
      if (!isSuccess(seen)) {
        if (seen.status !== undefined)
          yield undecided(`the filter ${querySaid(seen)} was answered ${outcomeText(seen)}`);
        continue;
      }
      const criteria = criteriaOf(seen.query);
      const { filters: declared } = view.statement.offers ?? {};
      if (Array.isArray(declared) && criteria.some((each) => !declared.includes(each.path.join('.')))) continue;
      const shown = objectsOf(seen.got);
      const odd = shown.find((order) => !matchesAll(order, criteria));
      if (odd !== undefined) {
        const message = `the filter ${querySaid(seen)} shows an order that does not match`;
        yield breach({
          path,
          valueClass: 'shows what does not match',
          message,
          evidence: [seen],
          order: textOf(odd.id),
        });
        continue;
      }
      yield* nothingLeftOut(view, seen, path, shown);
    }
  },
};

/** Orders that are known to match, and are not on another page. */
function* nothingLeftOut(view: View, seen: Seen, path: string, shown: readonly JsonObject[]): Iterable<Observation> {
  const whole = wholeList(view);
  const total = Number(answerHeader(seen, 'x-total-count') ?? shown.length);
  const criteria = criteriaOf(seen.query);
  const matching =
    whole?.orders.filter((order) => matchesAll(order, criteria) && whole.isCalm(textOf(order.id) ?? '')) ?? [];
  const ids = new Set(shown.map(({ id }) => id));
  const missing = matching.find(({ id }) => !ids.has(id));
  if (missing === undefined || whole === undefined) yield kept;
  else if (seen.status === 206 && total > shown.length) yield undecided('what matches is more than a page');
  else if (total > shown.length && matching.length <= total) yield undecided('what matches is more than a page');
  else {
    const message = `the filter ${querySaid(seen)} shows ${shown.length} orders, and leaves out one that matches`;
    yield breach({
      path,
      valueClass: 'leaves out what matches',
      message,
      evidence: [whole.seen, seen],
      order: textOf(missing.id),
    });
  }
}

function querySaid({ query }: Seen): string {
  return Object.entries(query)
    .map(([name, values]) => `${name}=${values.join(',')}`)
    .join('&');
}

/** Attributes that may stand beside those that were asked for. */
const alwaysWelcome = new Set(['id', 'href']);

export const fields: Rule = {
  id: 'fields-selection',
  level: 'MUST',
  title: '`fields` gives the attributes that it names, and no others but id, href and types.',
  clause: 'TMF630 attribute selection: fields=a,b; fields=none gives id and href',
  remedy: 'Cut the representation down to the attributes named.',
  needs: 'fields',
  *check(view) {
    const full = new Map(view.orders.map(({ id, sightings }) => [id, sightings.at(-1)?.resource]));
    for (const seen of stepsOf(view, 'fields')) {
      const step = seen.exchange.aim?.step ?? '';
      const path = `${seen.place} (${step})`;
      if (!isSuccess(seen)) {
        if (seen.status !== undefined)
          yield undecided(`fields=${seen.query.fields?.[0]} was answered ${outcomeText(seen)}`);
        continue;
      }
      const wanted = (seen.query.fields?.[0] ?? '').split(',').map((name) => name.trim());
      for (const order of Array.isArray(seen.got) ? objectsOf(seen.got) : [seen.got].filter(isObject)) {
        const extra = Object.keys(order).find(
          (name) => !wanted.includes(name) && !alwaysWelcome.has(name) && !name.startsWith('@'),
        );
        const known = full.get(textOf(order.id) ?? '');
        const missing = wanted.find(
          (name) => name !== 'none' && known?.[name] !== undefined && order[name] === undefined,
        );
        if (extra !== undefined) {
          yield breach({
            path,
            valueClass: 'more than asked for',
            message: `fields=${wanted.join(',')} shows ${extra} too`,
            evidence: [seen],
            order: textOf(order.id),
          });
        } else if (wanted[0] === 'none' && order.href === undefined && known?.href !== undefined) {
          yield breach({
            path,
            valueClass: 'no href',
            message: 'fields=none does not show href',
            evidence: [seen],
            order: textOf(order.id),
          });
        } else if (missing !== undefined) {
          yield breach({
            path,
            valueClass: 'less than asked for',
            message: `fields=${wanted.join(',')} does not show ${missing}`,
            evidence: [seen],
            order: textOf(order.id),
          });
        } else yield kept;
      }
    }
  },
};

export const sorting: Rule = {
  id: 'sort-order',
  level: 'SHOULD',
  title: '`sort` puts a list into the order that it names.',
  clause: 'TMF630 sorting: sort=a, and sort=-a for descending',
  remedy: 'Sort before cutting into pages; refuse with 400 what cannot be sorted by.',
  needs: 'sort',
  *check(view) {
    for (const seen of stepsOf(view, 'sort')) {
      if (!isSuccess(seen)) continue;
      const said = seen.query.sort?.[0] ?? '';
      const keys = said.split(',').map((key) => ({ isDown: key.startsWith('-'), name: key.replace(/^[-+]/, '') }));
      const shown = objectsOf(seen.got).map((order) =>
        keys.map(({ name }) => sortKey(name, order, view.trace.namespace)),
      );
      const rows = shown.filter((row) => row.every((value) => value !== undefined));
      const path = `GET /serviceOrder?sort=${said}`;
      if (new Set(rows.map(String)).size < 2) yield undecided('there are too few orders to see how they are sorted');
      else if (!rows.every((row, place) => place === 0 || isInOrder(rows[place - 1] ?? [], row, keys))) {
        yield breach({ path, valueClass: 'not sorted', message: `sort=${said} gives another order`, evidence: [seen] });
      } else if (isOtherPage(view, seen, keys, rows)) {
        const message = `sort=${said} sorts a page, which is not the first of the sorted list`;
        yield breach({ path, valueClass: 'another page', message, evidence: [seen] });
      } else yield kept;
    }
  },
};

type Row = readonly (string | number | undefined)[];
type Keys = readonly { readonly name: string; readonly isDown: boolean }[];

function isInOrder(one: Row, other: Row, keys: Keys): boolean {
  for (const [place, { isDown }] of keys.entries()) {
    const [before, after] = [one[place], other[place]];
    if (before === undefined || after === undefined || before === after) continue;
    return before < after !== isDown;
  }
  return true;
}

/** A sorted page shows what comes first of the whole list. */
function isOtherPage(view: View, seen: Seen, keys: Keys, rows: readonly Row[]): boolean {
  const whole = wholeList(view);
  const last = rows.at(-1);
  if (seen.query.limit === undefined || whole === undefined || last === undefined || !whole.isStable) return false;
  const ids = new Set(objectsOf(seen.got).map(({ id }) => id));
  const others = whole.orders.filter(({ id }) => !ids.has(id));
  return others.some(
    (order) =>
      !isInOrder(
        last,
        keys.map(({ name }) => sortKey(name, order, view.trace.namespace)),
        keys,
      ),
  );
}

/** Dates by their instant. Texts of the verifier's own only, and without what languages sort differently. */
function sortKey(name: string, order: JsonObject, namespace: string | undefined): string | number | undefined {
  const value = order[name];
  if (name.endsWith('Date')) return instantIn(value);
  if (name === 'state') return textOf(value);
  if (typeof value !== 'string' || namespace === undefined || !value.startsWith(namespace)) return undefined;
  const own = value.slice(namespace.length);
  return /^[a-z]+$/.test(own) ? own : undefined;
}
