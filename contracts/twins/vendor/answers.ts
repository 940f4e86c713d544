/** What operations answer with. */

import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import { type ErrorAnswer, errorAnswer, errorOfPaging } from '../../schemas/tmf-error.ts';
import type { Vendor } from './habits.ts';
import type { Query } from './words.ts';

export function refuse(error: ErrorAnswer, vendor: Vendor): HttpResponse {
  return vendor.habits.problem(error, {}, vendor);
}

export function notFound(what: string, id: string, vendor: Vendor): HttpResponse {
  return refuse(errorAnswer(404, '60', 'Resource not found', `There is no ${what} ${id}`), vendor);
}

/** Those that match, in the order asked for, the page of them, and of each what is to be shown. */
export function listAnswer(documents: readonly object[], query: Query, vendor: Vendor): HttpResponse {
  const { habits } = vendor;
  const matching = documents.filter((document) => habits.matches(document, query));
  const page = habits.page(habits.sorted(matching, query), query, vendor);
  if (page === undefined) return refuse(errorOfPaging(), vendor);
  const shown = page.documents.map((document) => habits.selected(document, query));
  return jsonResponse(page.status, shown, page.headers);
}
