/** Lists that may be long: filtered, sorted, and cut to the page that is asked for; the rest of it is never made. */
import { criteriaOf, matchesAll, pageOf, pageShown, sortedBy, sortKeysOf } from '../../contracts/profile/tmf630.ts';
import { errorOfPaging } from '../../contracts/schemas/tmf-error.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { refusal, reply } from '../answers.ts';

export type Query = { readonly [name: string]: readonly string[] };

/** @param documents each is made only where it has to be looked at. */
export function listed(documents: Iterable<() => object>, query: Query): Answer {
  const page = pageOf(query);
  if (page === undefined) return refusal(errorOfPaging());
  const criteria = criteriaOf(query);
  const keys = sortKeysOf(query);
  const end = page.offset + page.limit;
  const found: object[] = [];
  let total = 0;
  for (const make of documents) {
    const place = total;
    if (criteria.length > 0) {
      const document = make();
      if (!matchesAll(document, criteria)) continue;
      if (keys.length > 0 || (place >= page.offset && place < end)) found.push(document);
    } else if (keys.length > 0 || (place >= page.offset && place < end)) found.push(make());
    total += 1;
  }
  const shown = keys.length === 0 ? found : sortedBy(found, keys).slice(page.offset, end);
  const { status, body, headers } = pageShown(shown, total, query);
  return reply(jsonResponse(status, body, headers));
}

/** What a query wants the attribute to be; `undefined` when it says nothing of it. */
export function wantedOf(query: Query, attribute: string): readonly string[] | undefined {
  return query[attribute]?.flatMap((values) => values.split(/[,;]/));
}
