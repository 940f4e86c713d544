/** Unusual but legal vendors that list orders otherwise. */

import type { HttpResponse } from '../../../exchange/message.ts';
import { errorAnswer } from '../../schemas/tmf-error.ts';
import type { Twin } from '../twin.ts';
import { without } from '../vendor/claiming.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { numberOf, pageOf } from '../vendor/defaults/pages.ts';
import type { Vendor } from '../vendor/habits.ts';
import { conformantClaims, twinOf } from '../vendor/twin-of.ts';
import type { Asked } from '../vendor/words.ts';

const paging = 'TMF630 part 1, pagination';
const filtering = 'TMF630 part 1, attribute filtering';

const newestFirst = twinOf({
  name: 'newest-first',
  kind: 'legal',
  deviation: 'Lists the newest orders first.',
  clause: 'TMF641 v4.1 GET /serviceOrder (names no order)',
  habits: { listed: (orders) => orders.toReversed() },
});

const partialAs200 = twinOf({
  name: 'partial-pages-as-200',
  kind: 'legal',
  deviation: 'Answers 200 to a list request that shows a part only, as the swagger file declares.',
  clause: 'TMF641 v4.1 GET /serviceOrder (declares no 206)',
  habits: {
    page: (documents, query, vendor) => {
      const page = conformantHabits.page(documents, query, vendor);
      return page === undefined ? undefined : { ...page, status: 200 };
    },
  },
});

const largestPage = 5;

const smallPages = twinOf({
  name: 'five-at-most',
  kind: 'legal',
  deviation: 'Shows five orders at most, even when more or all are asked for.',
  clause: `${paging}: a server may cap what it returns`,
  habits: {
    page: (documents, { offset: offsets, limit: limits }) => {
      const [offset, limit] = [numberOf(offsets, 0), numberOf(limits, largestPage)];
      if (offset === undefined || limit === undefined) return undefined;
      return pageOf(documents, offset, Math.min(limit, largestPage));
    },
  },
});

const linked = twinOf({
  name: 'pages-with-links',
  kind: 'legal',
  deviation: 'Says Link and Content-Range with its pages.',
  clause: paging,
  habits: {
    page: (documents, query, vendor) => {
      const page = conformantHabits.page(documents, query, vendor);
      if (page === undefined || page.documents.length === 0) return page;
      const first = numberOf(query.offset, 0) ?? 0;
      const next = first + page.documents.length;
      const range = `items ${first}-${next - 1}/${documents.length}`;
      const href = `${vendor.baseUrl}/serviceOrder?limit=${page.documents.length}&offset=`;
      const links = [`<${href}0>; rel="first"`, ...(next < documents.length ? [`<${href}${next}>; rel="next"`] : [])];
      return { ...page, headers: { ...page.headers, link: links.join(', '), 'content-range': range } };
    },
  },
});

const noPaging = twinOf({
  name: 'no-paging',
  kind: 'legal',
  deviation: 'Shows every order always, whatever offset and limit say, and claims no paging.',
  clause: paging,
  claims: without('paging'),
  habits: { page: (documents) => pageOf(documents, 0, documents.length) },
});

const noSort = twinOf({
  name: 'no-sort',
  kind: 'legal',
  deviation: 'Refuses sort with 501, and claims none.',
  clause: 'TMF630 part 1, sorting (TMF641 v4.1 does not declare it)',
  claims: without('sort'),
  habits: { instead: (asked, vendor) => refused(asked, vendor, 501, (name) => name === 'sort') },
});

const fewFilters = ['id', 'state', 'externalId'];

const someFilters = twinOf({
  name: 'three-filters',
  kind: 'legal',
  deviation: 'Filters by id, state and externalId, and refuses all other criteria with 400.',
  clause: filtering,
  claims: { ...conformantClaims, offers: { ...conformantClaims.offers, filters: fewFilters } },
  habits: {
    instead: (asked, vendor) =>
      refused(asked, vendor, 400, (name) => ![...fewFilters, 'fields', 'offset', 'limit', 'sort'].includes(name)),
  },
});

export const legalQueryTwins: readonly Twin[] = [
  newestFirst,
  partialAs200,
  smallPages,
  linked,
  noPaging,
  noSort,
  someFilters,
];

function refused(
  { operation, request: { query } }: Asked,
  vendor: Vendor,
  status: 400 | 501,
  isUnwanted: (parameter: string) => boolean,
): HttpResponse | undefined {
  const unwanted = operation === 'listServiceOrder' ? Object.keys(query).filter(isUnwanted) : [];
  if (unwanted.length === 0) return undefined;
  const error = errorAnswer(status, '28', 'Invalid query-string parameter', `Not supported: ${unwanted.join(', ')}`);
  return vendor.habits.problem(error, {}, vendor);
}
