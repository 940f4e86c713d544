/** Pages of lists as the native interfaces cut them: 20 elements unless told otherwise, and never more than 100. */
import type { RoutedRequest } from '../../exchange/router.ts';

type Query = RoutedRequest['query'];

/** Elements on a page: as many as are asked for, or `usual`. More than `most` make one answer slow. */
const pages = { usual: 20, most: 100 } as const;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

export type ReadPage =
  | { readonly ok: true; readonly page: Page }
  /** What the parameter is, and what it should be. */
  | { readonly ok: false; readonly name: string; readonly value: string; readonly expected: string };

export function readPage(query: Query): ReadPage {
  const offset = wholeNumber(query.offset, 0);
  if (offset === undefined) return wrong(query, 'offset', 'a whole number of 0 or more');
  const limit = wholeNumber(query.limit, pages.usual);
  if (limit === undefined || limit < 1 || limit > pages.most) {
    return wrong(query, 'limit', `a whole number from 1 to ${pages.most}`);
  }
  return { ok: true, page: { offset, limit } };
}

function wrong(query: Query, name: string, expected: string): ReadPage {
  return { ok: false, name, value: query[name]?.join(',') ?? '', expected };
}

function wholeNumber(values: readonly string[] | undefined, usual: number): number | undefined {
  const [text] = values ?? [];
  if (text === undefined) return usual;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * Where the page stands in the whole, and where the other pages are. Places count from 0.
 * @param list.url of the list, without its query.
 */
export function pageHeaders(
  query: Query,
  { offset, limit }: Page,
  list: { readonly shown: number; readonly total: number; readonly url: string },
): { readonly [name: string]: string } {
  const { shown, total, url } = list;
  const linkTo = (rel: string, place: number): string => {
    const asked = Object.entries(query).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const others = asked.filter(([name]) => name !== 'offset' && name !== 'limit');
    const parameters = new URLSearchParams([...others, ['offset', String(place)], ['limit', String(limit)]]);
    return `<${url}?${parameters}>; rel="${rel}"`;
  };
  const links = [linkTo('first', 0), linkTo('last', Math.floor((total - 1) / limit) * limit)];
  if (offset + limit < total) links.push(linkTo('next', offset + limit));
  if (offset > 0) links.push(linkTo('previous', Math.max(0, offset - limit)));
  return {
    'x-total-count': String(total),
    ...(shown === 0 ? {} : { 'content-range': `items ${offset}-${offset + shown - 1}` }),
    link: links.join(', '),
  };
}
