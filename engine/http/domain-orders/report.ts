/** The report on what is being provided: `GET /southbound/v1/report`. */
import { instantOfText } from '../../../contracts/schemas/text.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { OrderStore } from '../../shell/store.ts';
import { type ReportQuery, reportedKinds, reportOf } from '../../wire/north/report.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { operationsBase } from '../operations.ts';
import { everyOrder } from './found.ts';

export function reportRoutes({ kernel, store }: { kernel: Kernel; store: OrderStore }): Route[] {
  async function report({ query }: RoutedRequest): Promise<HttpResponse> {
    const read = readQuery(query);
    if (!read.ok) return errorResponse(errorOfRefusal(read.refusal));
    return jsonResponse(200, reportOf(await everyOrder(store), read.query, kernel.now()));
  }

  return [{ method: 'GET', path: `${operationsBase}/report`, handle: report }];
}

type ReadQuery = { readonly ok: true; readonly query: ReportQuery } | { readonly ok: false; readonly refusal: Refusal };

const known = ['kind', 'specification', 'from', 'to'];

/** A misspelt parameter would count everything, so only those that are known are taken, and each once. */
function readQuery(query: RoutedRequest['query']): ReadQuery {
  const wrong = (name: string, expected: string): ReadQuery => {
    const value = query[name]?.join(',') ?? '';
    return { ok: false, refusal: refusal('reportFilterInvalid', { name, value, expected }) };
  };
  for (const [name, values] of Object.entries(query)) {
    if (!known.includes(name)) return wrong(name, `one of the parameters ${known.join(', ')}`);
    if (values.length !== 1) return wrong(name, `${name} once`);
  }
  const kind = reportedKinds.find((each) => each === query.kind?.[0]);
  if (query.kind !== undefined && kind === undefined) return wrong('kind', `one of ${reportedKinds.join(', ')}`);
  const from = instantOf(query.from);
  if (Number.isNaN(from)) return wrong('from', anInstant);
  const to = instantOf(query.to);
  if (Number.isNaN(to)) return wrong('to', anInstant);
  if (from !== undefined && to !== undefined && to <= from) return wrong('to', 'an instant after that of from');
  const [specification] = query.specification ?? [];
  return {
    ok: true,
    query: {
      ...(kind === undefined ? {} : { kind }),
      ...(specification === undefined ? {} : { specification }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  };
}

const anInstant = 'an instant with its offset, such as 2026-01-05T08:00:00Z';

/** Without an offset, a text means another instant on another machine. `NaN` when it is no instant. */
function instantOf([text]: readonly string[] = []): number | undefined {
  if (text === undefined) return undefined;
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? (instantOfText(text) ?? Number.NaN) : Number.NaN;
}
