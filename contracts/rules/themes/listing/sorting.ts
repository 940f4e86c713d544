/** The rule on the order of a sorted list, and on a page of it. */
import { breach, kept, type Rule, undecided } from '../../rule.ts';
import { instantIn, type JsonObject, objectsOf, textOf } from '../../view/json.ts';
import { isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { stepsOf } from './filters.ts';
import { wholeList } from './whole-list.ts';

export const sortOrder: Rule = {
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
