/** Rules on what a list shows: what matches, and the attributes that were asked for. */
import { criteriaOf, matchesAll } from '../../../profile/tmf630.ts';
import { breach, kept, type Observation, type Rule, undecided } from '../../rule.ts';
import { isObject, type JsonObject, objectsOf, textOf } from '../../view/json.ts';
import { answerHeader, isSuccess, outcomeText, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';
import { wholeList } from './whole-list.ts';

export function stepsOf(view: View, kind: string): Seen[] {
  return view.steps('queries').filter(({ exchange: { aim } }) => aim?.step.startsWith(`${kind}-`));
}

export const filterSemantics: Rule = {
  id: 'filter-semantics',
  level: 'MUST',
  title: 'A filtered list shows the orders that match, and no others.',
  clause:
    'TMF630 filtering: attribute=value, nested by dots, several that must all hold, a comma list of which one must',
  remedy: 'Apply every criterion; refuse with 400 what cannot be applied, rather than ignoring it.',
  needs: 'filters',
  *check(view) {
    for (const seen of stepsOf(view, 'filter')) {
      const step = seen.exchange.aim?.step ?? '';
      const path = `GET /serviceOrder (${step})`;
      const criteria = criteriaOf(seen.query);
      const { filters: declared } = view.statement.offers ?? {};
      if (Array.isArray(declared) && criteria.some((each) => !declared.includes(each.path.join('.')))) continue;
      if (!isSuccess(seen)) {
        if (seen.status !== undefined)
          yield undecided(`the filter ${querySaid(seen)} was answered ${outcomeText(seen)}`);
        continue;
      }
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

export const fieldsSelection: Rule = {
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
