/** Faulty vendors whose lists are not the orders: some lacking, out of date, in wrong pages, wrongly counted, unsorted. */
import type { HttpResponse } from '../../../../exchange/message.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { acknowledgedItem } from '../../vendor/defaults/documents.ts';
import { numberOf, pageOf } from '../../vendor/defaults/pages.ts';
import type { Order, Query } from '../../vendor/words.ts';
import { answering, faulty, wasFulfilled, withoutHeader } from '../means.ts';

const listing = 'TMF630 part 1: GET of a collection without criteria returns all';
const paging = 'TMF630 part 1, offset and limit';
const counting = 'TMF630 part 1, X-Total-Count and X-Result-Count';
const sorting = 'TMF630 part 1, sort';

export const listTwins: readonly Twin[] = [
  faulty({
    name: 'latest-ten-only',
    deviation: 'Lists the latest ten orders, as if there were no others.',
    clause: listing,
    breaks: 'list-complete',
    habits: { listed: (orders) => orders.slice(-10) },
  }),
  faulty({
    name: 'list-from-cache',
    deviation: 'Lists the orders as they were up to three seconds ago.',
    clause: listing,
    breaks: 'list-complete',
    differs: ['timing'],
    habits: () => {
      let cached: readonly Order[] = [];
      let cachedAt = Number.NEGATIVE_INFINITY;
      return {
        listed: (orders, { kernel }) => {
          if (kernel.now() - cachedAt < 3_000) return cached;
          cachedAt = kernel.now();
          cached = orders.map((order) => ({ ...order }));
          return cached;
        },
      };
    },
  }),
  faulty({
    name: 'failed-orders-unlisted',
    deviation: 'Does not list orders that have failed, wholly or partly.',
    clause: listing,
    breaks: 'list-complete',
    differs: ['late'],
    habits: {
      listed: (orders) =>
        orders.filter(({ document }) => !(wasFulfilled(document) && ['failed', 'partial'].includes(document.state))),
    },
  }),
  faulty({
    name: 'items-listed-as-ordered',
    deviation: 'Lists orders with the items as they were ordered: acknowledged, whatever has become of them.',
    clause: listing,
    breaks: 'list-complete',
    differs: ['late'],
    habits: {
      listed: (orders) =>
        orders.map((order) => {
          const serviceOrderItem = order.document.serviceOrderItem.map(acknowledgedItem);
          return { ...order, document: { ...order.document, serviceOrderItem } };
        }),
    },
  }),

  faulty({
    name: 'one-more-than-limit',
    deviation: 'Shows one order more than limit says.',
    clause: paging,
    breaks: 'paging-law',
    habits: {
      page: (documents, query, vendor) => {
        const limit = numberOf(query.limit, documents.length);
        const more = limit === undefined || query.limit === undefined ? {} : { limit: [String(limit + 1)] };
        return conformantHabits.page(documents, { ...query, ...more }, vendor);
      },
    },
  }),
  faulty({
    name: 'offset-counts-pages',
    deviation: 'Takes offset for the number of a page, not for the number of orders before it.',
    clause: paging,
    breaks: 'paging-law',
    habits: {
      page: (documents, query) => {
        const [offset, limit] = [numberOf(query.offset, 0), numberOf(query.limit, documents.length)];
        if (offset === undefined || limit === undefined) return undefined;
        return pageOf(documents, query.limit === undefined ? offset : offset * limit, limit);
      },
    },
  }),
  faulty({
    name: 'pages-in-changing-order',
    deviation: 'Makes each page of the orders as its database gives them, from the other end every second time.',
    clause: paging,
    breaks: 'paging-law',
    differs: ['order'],
    habits: () => {
      let count = 0;
      return {
        listed: (orders) => {
          count += 1;
          return count % 2 === 0 ? orders.toReversed() : orders;
        },
      };
    },
  }),
  faulty({
    name: 'filtered-pages-all-first',
    deviation: 'Shows the first page whatever offset says, when orders are asked for by criteria.',
    clause: paging,
    breaks: 'paging-law',
    habits: {
      page: (documents, query, vendor) => {
        const { offset: _offset, ...rest } = query;
        const isPlain = Object.keys(query).every((name) => ['fields', 'offset', 'limit', 'sort'].includes(name));
        return conformantHabits.page(documents, isPlain ? query : rest, vendor);
      },
    },
  }),

  faulty({
    name: 'total-of-everything',
    deviation: 'Says in X-Total-Count how many orders there are, not how many match.',
    clause: counting,
    breaks: 'result-counts',
    habits: countingOrders((response, _query, total) => withHeader(response, 'x-total-count', String(total))),
  }),
  faulty({
    name: 'total-of-page',
    deviation: 'Says in X-Total-Count how many orders the page shows, not how many match.',
    clause: counting,
    breaks: 'result-counts',
    habits: countingOrders((response) =>
      withHeader(response, 'x-total-count', response.headers['x-result-count'] ?? '0'),
    ),
  }),
  faulty({
    name: 'no-total-without-limit',
    deviation: 'Says X-Total-Count only when limit was given.',
    clause: counting,
    breaks: 'result-counts',
    habits: countingOrders((response, { limit }) =>
      limit === undefined ? withoutHeader(response, 'x-total-count') : response,
    ),
  }),
  faulty({
    name: 'total-of-some-seconds-ago',
    deviation: 'Keeps X-Total-Count of the same criteria for five seconds, whatever is created meanwhile.',
    clause: counting,
    breaks: 'result-counts',
    differs: ['timing'],
    habits: () => {
      const counted = new Map<string, { readonly total: string; readonly at: number }>();
      return countingOrders((response, { offset: _offset, limit: _limit, ...criteria }, _total, now) => {
        const total = response.headers['x-total-count'];
        const key = JSON.stringify(criteria);
        const last = counted.get(key);
        if (last !== undefined && now - last.at < 5_000) return withHeader(response, 'x-total-count', last.total);
        if (total !== undefined) counted.set(key, { total, at: now });
        return response;
      });
    },
  }),

  faulty({
    name: 'sorted-by-first-key',
    deviation: 'Sorts by the first of several keys only.',
    clause: sorting,
    breaks: 'sort-order',
    differs: ['order'],
    habits: sortingBy((keys) => keys.slice(0, 1)),
  }),
  faulty({
    name: 'descending-ignored',
    deviation: 'Sorts from the smallest up also where the sign asks for the largest first.',
    clause: sorting,
    breaks: 'sort-order',
    differs: ['order'],
    habits: sortingBy((keys) => keys.map((key) => key.trim().replace(/^-/, ''))),
  }),
  faulty({
    name: 'sorted-within-page',
    deviation: 'Sorts the orders of a page, after having cut it from the unsorted whole.',
    clause: sorting,
    breaks: 'sort-order',
    differs: ['order'],
    habits: {
      sorted: (documents) => documents,
      page: (documents, query, vendor) => {
        const page = conformantHabits.page(documents, query, vendor);
        return page === undefined ? undefined : { ...page, documents: conformantHabits.sorted(page.documents, query) };
      },
    },
  }),
];

/** The answers to lists of orders that were not refused. */
function countingOrders(change: (response: HttpResponse, query: Query, total: number, now: number) => HttpResponse) {
  return answering((response, { operation, request: { query } }, { orders, kernel }) =>
    operation === 'listServiceOrder' && response.status < 300
      ? change(response, query, orders.size, kernel.now())
      : response,
  );
}

function sortingBy(keysOf: (keys: readonly string[]) => readonly string[]) {
  return {
    sorted: (documents: readonly object[], query: Query) => {
      const keys = keysOf((query.sort ?? []).flatMap((text) => text.split(',')));
      return conformantHabits.sorted(documents, { ...query, sort: keys });
    },
  };
}

function withHeader(response: HttpResponse, name: string, value: string): HttpResponse {
  return { ...response, headers: { ...response.headers, [name]: value } };
}
