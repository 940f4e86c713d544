/** Rules on single attributes: dates, and the facts that a state brings with it. */
import { checkOf } from '../../../profile/contract.ts';
import { breach, kept, type Rule, wildcards } from '../../rule.ts';
import { itemsOf } from '../../view/items.ts';
import { instantIn, type JsonObject, objectOf, objectsOf } from '../../view/json.ts';
import { isSuccess, type Seen } from '../../view/seen.ts';

/** Clocks of two machines may be so far apart. Less would blame a vendor for its clock; more misses dates in another zone. */
const clockSkewMs = 5 * 60_000;

export const datesInOrder: Rule = {
  id: 'dates-in-order',
  level: 'MUST',
  after: ['survives-restart', 'terminal-is-final'],
  title: 'orderDate comes before startDate, and that before completionDate; none is in the future, and none changes.',
  clause: 'TMF641 v4.1 ServiceOrder: orderDate, startDate, completionDate',
  remedy: 'Set each date once, when what it dates happens, in UTC or with its offset.',
  *check({ orders }) {
    for (const { id, created, sightings } of orders) {
      const first: { [name: string]: { at: number; seen: Seen } } = {};
      for (const { seen, resource } of sightings) {
        const dates = {
          orderDate: instantIn(resource.orderDate),
          startDate: instantIn(resource.startDate),
          completionDate: instantIn(resource.completionDate),
        };
        const problem = problemOf(dates, seen, seen === created);
        if (problem !== undefined) yield breach({ ...problem, evidence: [seen], order: id });
        else yield kept;
        for (const [name, at] of Object.entries(dates)) {
          if (at === undefined) continue;
          const known = first[name];
          if (known === undefined) first[name] = { at, seen };
          else if (known.at !== at) {
            const message = `${name} was ${textAt(known.at)}, and is ${textAt(at)}`;
            yield breach({
              path: `ServiceOrder /${name}`,
              valueClass: 'changes',
              message,
              evidence: [known.seen, seen],
              order: id,
            });
          }
        }
      }
    }
  },
};

type Dates = { readonly [name in 'orderDate' | 'startDate' | 'completionDate']: number | undefined };

function problemOf(
  dates: Dates,
  seen: Seen,
  isNew: boolean,
): { path: string; valueClass: string; message: string } | undefined {
  const { orderDate, startDate, completionDate } = dates;
  const path = (name: string) => `ServiceOrder /${name}`;
  if (isNew && orderDate !== undefined && orderDate < seen.exchange.sentAt - clockSkewMs) {
    return {
      path: path('orderDate'),
      valueClass: 'long before the order',
      message: `an order of ${textAt(seen.exchange.sentAt)} has orderDate ${textAt(orderDate)}`,
    };
  }
  for (const [name, at] of Object.entries(dates)) {
    if (at !== undefined && at > seen.exchange.endedAt + clockSkewMs) {
      return {
        path: path(name),
        valueClass: 'in the future',
        message: `${name} is ${textAt(at)}, seen at ${textAt(seen.exchange.endedAt)}`,
      };
    }
  }
  if (orderDate !== undefined && startDate !== undefined && startDate < orderDate) {
    return {
      path: path('startDate'),
      valueClass: 'before orderDate',
      message: `startDate ${textAt(startDate)} is before orderDate ${textAt(orderDate)}`,
    };
  }
  const earlier = startDate ?? orderDate;
  if (earlier !== undefined && completionDate !== undefined && completionDate < earlier) {
    const than = startDate === undefined ? 'orderDate' : 'startDate';
    return {
      path: path('completionDate'),
      valueClass: `before ${than}`,
      message: `completionDate ${textAt(completionDate)} is before ${than} ${textAt(earlier)}`,
    };
  }
  return undefined;
}

function textAt(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export const datesWellFormed: Rule = {
  id: 'dates-well-formed',
  level: 'SHOULD',
  title: 'Every date is an RFC 3339 date-time with its zone.',
  clause: 'TMF641 v4.1, format date-time; RFC 3339',
  remedy: 'Write dates like 2026-01-31T12:00:00.000Z.',
  *check(view) {
    const check = checkOf('TMF641', 'official', 'ServiceOrder');
    const resources = [
      ...view.asked
        .filter(
          (seen) =>
            isSuccess(seen) && /ServiceOrder$/.test(seen.operation ?? '') && seen.operation !== 'deleteServiceOrder',
        )
        .map((seen) => [seen, seen.got] as const),
      ...view.events.map(({ seen, resource }) => [seen, resource] as const),
    ];
    for (const [seen, body] of resources) {
      const dates = (Array.isArray(body) ? objectsOf(body) : [body])
        .flatMap((each) => check(each))
        .filter(({ rule, expected }) => rule === 'format' && expected === 'a date-time');
      if (dates.length === 0 && envelopeDates(seen).length === 0) yield kept;
      for (const { pointer, got } of [...dates, ...envelopeDates(seen)]) {
        const name = wildcards(pointer);
        yield breach({
          path: `date ${name.split('/').at(-1)}`,
          valueClass: 'not RFC 3339',
          message: `${name} is ${got}`,
          evidence: [seen],
        });
      }
    }
  },
};

/** Dates of the envelope of an event that are none. */
function envelopeDates({ callback, sent }: Seen): { pointer: string; got: string }[] {
  if (callback === undefined) return [];
  return ['eventTime', 'timeOcurred', 'timeOccurred'].flatMap((name) => {
    const value = objectOf(sent)[name];
    return value === undefined || isDateTime(value) ? [] : [{ pointer: `/${name}`, got: JSON.stringify(value) }];
  });
}

/** RFC 3339 with a zone. */
function isDateTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value);
}

export const stateFacts: Rule = {
  id: 'state-facts',
  level: 'SHOULD',
  title:
    'A state comes with its facts: when it was started, completed or cancelled, and why it failed or was rejected.',
  clause: 'TMF641 v4.1 ServiceOrder: startDate, completionDate, cancellationDate, errorMessage',
  remedy: 'Set the date with the state, and errorMessage with failed and rejected.',
  *check({ orders }) {
    for (const { id, sightings } of orders) {
      for (const { seen, resource, state } of sightings) {
        const problem = missingFact(state, resource);
        if (state === undefined) continue;
        if (problem === undefined) yield kept;
        else
          yield breach({
            path: `ServiceOrder /${problem.name}`,
            valueClass: problem.what,
            message: `an order is ${state}: ${problem.name} is ${problem.what}`,
            evidence: [seen],
            order: id,
          });
      }
    }
  },
};

function missingFact(state: string | undefined, order: JsonObject): { name: string; what: string } | undefined {
  const missing = (name: string) => (order[name] === undefined ? { name, what: `missing when ${state}` } : undefined);
  switch (state) {
    case 'completed':
      return missing('completionDate') ?? missing('startDate');
    case 'inProgress':
      return order.completionDate === undefined
        ? missing('startDate')
        : { name: 'completionDate', what: 'set before the end' };
    case 'cancelled':
      return missing('cancellationDate');
    case 'failed':
    case 'rejected':
      return objectsOf(order.errorMessage).length > 0 ||
        itemsOf(order).some(({ item }) => objectsOf(item.errorMessage).length > 0)
        ? undefined
        : { name: 'errorMessage', what: `missing when ${state}` };
    case 'acknowledged':
      return order.completionDate === undefined ? undefined : { name: 'completionDate', what: 'set before the end' };
    default:
      return undefined;
  }
}
