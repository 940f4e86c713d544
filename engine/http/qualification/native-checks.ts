/** The native interface of order qualification, northbound: orders that ask, captured, listed and read. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { qualificationResults } from '../../model/qualification/result.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Mailbox } from '../../shell/mailbox.ts';
import type { OrderStore } from '../../shell/store.ts';
import {
  nativeQualificationBase,
  readNativeCheck,
  wrongWithNativeCheck,
} from '../../wire/qualification/native-check.ts';
import { renderNativeCheck } from '../../wire/qualification/native-resource.ts';
import type { Route } from '../answers.ts';
import { pageHeaders, readPage } from '../native-pages.ts';
import { nativeErrorResponse, nativeRefusal } from './native-answers.ts';

interface Parts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly publicUrl: string;
}

const collection = `${nativeQualificationBase}/checkServiceQualification`;

export function nativeCheckRoutes(parts: Parts): Route[] {
  return [
    { method: 'POST', path: collection, handle: (request) => ask(parts, request) },
    { method: 'GET', path: collection, handle: (request) => list(parts, request) },
    { method: 'GET', path: `${collection}/{id}`, handle: (request) => retrieve(parts, request) },
  ];
}

async function ask({ kernel, mailbox, publicUrl }: Parts, { body }: RoutedRequest): Promise<HttpResponse> {
  const wrong = wrongWithNativeCheck(body?.json);
  if (wrong !== undefined) return nativeRefusal(wrong);
  const findings = checkOf(
    'ServiceNowQualification',
    'official-lenient',
    'CheckServiceQualification_Create',
  )(body?.json);
  if (findings.length > 0) return nativeErrorResponse(errorOfFindings(findings));
  const captured = readNativeCheck(body?.json as Parameters<typeof readNativeCheck>[0]); // as just checked
  const orderId = kernel.chance('ids.order').hex(32);
  const result = await mailbox.submit({ ...captured, orderId });
  if (!result.ok) return nativeRefusal(published(result.refusal));
  const location = `${publicUrl}${collection}/${orderId}`;
  return jsonResponse(201, renderNativeCheck(result.order, publicUrl), { location });
}

async function retrieve({ store, publicUrl }: Parts, { params, query }: RoutedRequest): Promise<HttpResponse> {
  const { id = '' } = params;
  const order = await store.load(id);
  if (order?.fulfillmentType !== 'Qualify') return nativeRefusal(refusal('orderUnknown', { order: id }));
  return jsonResponse(200, selectFields(renderNativeCheck(order, publicUrl), query.fields));
}

const filters = ['description', 'qualificationResult', 'state'] as const;
const known = [...filters, 'fields', 'offset', 'limit'];

/** Page by page; a list of nothing is not found. */
async function list({ store, publicUrl }: Parts, { query }: RoutedRequest): Promise<HttpResponse> {
  const wrong = wrongFilter(query);
  if (wrong !== undefined) return nativeRefusal(wrong);
  const read = readPage(query);
  if (!read.ok)
    return nativeRefusal(
      refusal('nativeFilterInvalid', { name: read.name, value: read.value, expected: read.expected }),
    );
  const { offset, limit } = read.page;
  const all = await store.list({
    category: 'Service',
    fulfillmentType: 'Qualify',
    offset: 0,
    limit: Number.POSITIVE_INFINITY,
  });
  const matching = all.orders.filter((order) =>
    filters.every((name) => query[name] === undefined || query[name].includes(order[name] ?? '')),
  );
  if (matching.length === 0) return nativeRefusal(refusal('nativeMatchesNot'));
  const shown = matching
    .slice(offset, offset + limit)
    .map((order) => selectFields(renderNativeCheck(order, publicUrl), query.fields));
  const page = { shown: shown.length, total: matching.length, url: `${publicUrl}${collection}` };
  return jsonResponse(shown.length < matching.length ? 206 : 200, shown, pageHeaders(query, read.page, page));
}

/** A misspelt filter would show everything, so only those that are known are taken. */
function wrongFilter(query: RoutedRequest['query']): Refusal | undefined {
  for (const [name, values] of Object.entries(query)) {
    const value = values.join(',');
    if (!known.includes(name)) {
      return refusal('nativeFilterInvalid', { name, value, expected: `one of the parameters ${known.join(', ')}` });
    }
    const isResult = (each: string) => qualificationResults.some((result) => result === each);
    if (name === 'qualificationResult' && !values.every(isResult)) {
      const expected = `${name} as one of ${qualificationResults.join(', ')}`;
      return refusal('nativeFilterInvalid', { name, value, expected });
    }
  }
  return undefined;
}

/** What the published interface has words of its own for. */
function published(why: Refusal): Refusal {
  if (why.code !== 'specificationUnknown') return why;
  return refusal('nativeSpecificationUnknown', why.values, why.pointer);
}
