/** What the APIs at `/mock/v1` of all simulated parties share: the journal, the reset, and how lists are shown. */
import { pageOfList } from '../../contracts/profile/tmf630.ts';
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import { errorOfPaging, errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { type Route, type RoutedRequest, routerOf } from '../../exchange/router.ts';
import { refusal, reply } from '../answers.ts';
import { exchangesAskedFor } from '../journal.ts';

export const adminBasePath = '/mock/v1';

/** What every party behind such an API has. */
export interface LookedInto {
  readonly exchanges: () => readonly ExchangeRecord[];
  readonly reset: () => void;
}

/** @param routes those that this party has beside them, below `/mock/v1`. */
export function adminEndpointOf({ exchanges, reset }: LookedInto, routes: readonly Route<Answer>[]): Endpoint {
  const shared: Route<Answer>[] = [
    { method: 'GET', path: '/journal', handle: ({ query }) => listed(...exchangesAskedFor(exchanges(), query)) },
    {
      method: 'POST',
      path: '/reset',
      handle: () => {
        reset();
        return reply({ status: 204, headers: {} });
      },
    },
  ];
  return routerOf<Answer>(
    [...shared, ...routes].map((route) => ({ ...route, path: `${adminBasePath}${route.path}` })),
    ({ status, message, allow }) => refusal(errorOfStatus(status, message), 0, allow === undefined ? {} : { allow }),
  );
}

export function shown(document: unknown): Answer {
  return reply(jsonResponse(200, document));
}

export function listed(documents: readonly object[], query: RoutedRequest['query']): Answer {
  const page = pageOfList(documents, query);
  return page === undefined ? refusal(errorOfPaging()) : reply(jsonResponse(200, page.body, page.headers));
}
