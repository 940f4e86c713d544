/** Faulty vendors that find other orders than those asked for, or show other attributes of them. */
import { jsonResponse } from '../../../../exchange/message.ts';
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { valuesAt } from '../../vendor/defaults/filters.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { Habits } from '../../vendor/habits.ts';
import type { Query, State } from '../../vendor/words.ts';
import { type Fields, faulty } from '../means.ts';

const filtering = 'TMF630 part 1, attribute filtering';
const selection = 'TMF630 part 1, attribute selection';

const notCriteria = ['fields', 'offset', 'limit', 'sort'];

export const filterTwins: readonly Twin[] = [
  faulty({
    name: 'any-criterion-will-do',
    deviation: 'Finds the orders that match any of several criteria, not all of them.',
    clause: filtering,
    breaks: 'filter-semantics',
    habits: byCriterion((holds) => (criteria) => criteria.length === 0 || criteria.some(holds)),
  }),
  faulty({
    name: 'nested-criteria-ignored',
    deviation: 'Ignores criteria on nested attributes, and shows all orders.',
    clause: filtering,
    breaks: 'filter-semantics',
    habits: byCriterion((holds) => (criteria) => criteria.filter(([name]) => !name.includes('.')).every(holds)),
  }),
  faulty({
    name: 'beginning-is-enough',
    deviation: 'Finds the orders whose attribute begins with the value asked for.',
    clause: filtering,
    breaks: 'filter-semantics',
    habits: byCriterion((holds, document) => (criteria) => {
      const begins = (value: string, name: string) =>
        value !== '' && valuesAt(document, name.split('.')).some((actual) => String(actual).startsWith(value));
      return criteria.every(([name, values]) => holds([name, values]) || values.some((value) => begins(value, name)));
    }),
  }),
  faulty({
    name: 'comma-taken-literally',
    deviation: 'Takes several values with commas between them for one value.',
    clause: filtering,
    breaks: 'filter-semantics',
    habits: byCriterion(
      (holds, document) => (criteria) =>
        criteria.every(([name, values]) =>
          values.some((value) =>
            value.includes(',') ? valuesAt(document, name.split('.')).includes(value) : holds([name, [value]]),
          ),
        ),
    ),
  }),
  faulty({
    name: 'first-element-only',
    deviation: 'Looks only at the first element of a list when it is asked for a nested attribute.',
    clause: `${filtering}: a list matches if any of its elements does`,
    breaks: 'filter-semantics',
    habits: { matches: (document, query) => conformantHabits.matches(Object(firstOnly(document)), query) },
  }),
  faulty({
    name: 'state-index-behind',
    deviation: 'Finds orders that were begun by the state that they had two seconds ago.',
    clause: filtering,
    breaks: 'filter-semantics',
    differs: ['timing', 'late'],
    habits: () => {
      const behind = new Map<unknown, { readonly state: State; readonly until: number }>();
      let now = 0;
      return {
        stamped: (before, after, reason, vendor) => {
          const until = vendor.kernel.now() + 2_000;
          const isNew = (behind.get(after.id)?.until ?? 0) <= vendor.kernel.now();
          if (before.startDate !== undefined && before.state !== after.state && isNew) {
            behind.set(after.id, { state: before.state, until });
          }
          return conformantHabits.stamped(before, after, reason, vendor);
        },
        listed: (orders, { kernel }) => {
          now = kernel.now();
          return orders;
        },
        matches: (document, query) => {
          const { id } = document as Fields; // an order or a task
          const indexed = behind.get(id);
          const isBehind = indexed !== undefined && now < indexed.until;
          return conformantHabits.matches(isBehind ? { ...document, state: indexed.state } : document, query);
        },
      };
    },
  }),

  faulty({
    name: 'fields-in-lists-only',
    deviation: 'Ignores fields when one order is asked for by its id.',
    clause: selection,
    breaks: 'fields-selection',
    habits: {
      instead: ({ operation, id, request }, vendor) => {
        const order = operation === 'retrieveServiceOrder' ? vendor.orders.get(id) : undefined;
        return order === undefined || request.query.fields === undefined
          ? undefined
          : jsonResponse(200, vendor.habits.shown(order.document, vendor));
      },
    },
  }),
  faulty({
    name: 'fields-with-more',
    deviation: 'Shows href, state and @type beside the attributes asked for.',
    clause: selection,
    breaks: 'fields-selection',
    habits: {
      selected: (document, query) => {
        const fields = [...(query.fields ?? []), 'href', 'state', '@type'];
        const isUsual = query.fields === undefined || query.fields.includes('none');
        return conformantHabits.selected(document, isUsual ? query : { ...query, fields });
      },
    },
  }),
  faulty({
    name: 'none-is-a-name',
    deviation: 'Takes fields=none for the name of an attribute, and shows the id alone.',
    clause: selection,
    breaks: 'fields-selection',
    habits: {
      selected: (document, query) =>
        conformantHabits.selected(document, query.fields?.includes('none') ? { ...query, fields: ['id'] } : query),
    },
  }),
  faulty({
    name: 'ended-orders-whole',
    deviation: 'Shows all of an order that has ended, whatever fields says.',
    clause: selection,
    breaks: 'fields-selection',
    differs: ['late'],
    habits: {
      selected: (document, query) => {
        const { state, startDate } = document as { state?: State; startDate?: string }; // an order, or a task without startDate
        const isArchived = state !== undefined && startDate !== undefined && hasEnded(state);
        return isArchived ? document : conformantHabits.selected(document, query);
      },
    },
  }),
];

type Criterion = readonly [name: string, values: readonly string[]];

/** What orders are found, given whether a single criterion holds. */
function byCriterion(
  found: (holds: (criterion: Criterion) => boolean, document: object) => (criteria: readonly Criterion[]) => boolean,
): Pick<Habits, 'matches'> {
  return {
    matches: (document: object, query: Query) => {
      const holds = ([name, values]: Criterion) => conformantHabits.matches(document, { [name]: values });
      return found(holds, document)(Object.entries(query).filter(([name]) => !notCriteria.includes(name)));
    },
  };
}

/** Every list with its first element alone. */
function firstOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(firstOnly);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, firstOnly(own)]));
}
