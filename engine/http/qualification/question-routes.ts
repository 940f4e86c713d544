/** Asking, listing, reading, amending and taking back questions: the same for checks and queries of TMF645. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { mergePatched } from '../../../contracts/profile/merge-patch.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings, errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import type { CheckServiceQualification_Create } from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { type AskedAt, listedInQuestions } from '../../wire/qualification/listed-questions.ts';
import type { QuestionKind } from '../../wire/qualification/question-events.ts';
import { headerOf, type ReadQuestion } from '../../wire/qualification/tmf645-v4-check.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { listPage, ordersIn } from '../listing/page.ts';
import type { QuestionDesk } from './question-desk.ts';

/** What TMF645 says of one kind of question. */
export interface QuestionApi {
  readonly resource: QuestionKind;
  /** Base path and collection. */
  readonly collection: string;
  /** @param body valid against its type. */
  read(body: never, catalogue: Catalogue): ReadQuestion;
  render(order: CustomerOrder, publicUrl: string): object;
  /** Attributes that are set by whoever answers. */
  readonly answered: readonly string[];
  /** Attributes that are the question. */
  readonly asked: readonly string[];
  /** The rest, for people. */
  readonly patchable: readonly string[];
  readonly tellsOfAttributes: boolean;
  /** The attribute that says when it was asked. */
  readonly askedAt: AskedAt;
}

export interface QuestionRouteParts {
  readonly desk: QuestionDesk;
  readonly kernel: Kernel;
  readonly catalogue: Catalogue;
  readonly publicUrl: string;
}

export function questionRoutes(api: QuestionApi, parts: QuestionRouteParts): Route[] {
  const { collection } = api;
  const one = `${collection}/{id}`;
  return [
    { method: 'POST', path: collection, handle: (request) => ask(api, parts, request) },
    { method: 'GET', path: collection, handle: (request) => list(api, parts, request) },
    { method: 'GET', path: one, handle: (request) => retrieve(api, parts, request) },
    { method: 'PATCH', path: one, handle: (request) => amend(api, parts, request) },
    { method: 'DELETE', path: one, handle: (request) => takeBack(api, parts, request) },
  ];
}

/**
 * An answer that is wanted at once comes with 200, and no task is kept of it (TMF645, instantSyncQualification). One that
 * takes longer than anybody waits becomes a task all the same.
 */
async function ask(api: QuestionApi, parts: QuestionRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { desk, kernel, catalogue, publicUrl } = parts;
  const { body, query } = request;
  if (body === undefined) return missingBody('Send the question as a JSON body');
  const findings = checkOf('TMF645', 'official-lenient', `${api.resource}_Create`)(body.json);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const read = api.read(body.json as never, catalogue); // valid against its type, as just checked
  if (!read.ok) return refused(read.refusal);
  const captured = { ...read.captured, orderId: kernel.chance('ids.question').hex(32) };
  const atOnce = captured.kept.instantSyncQualification === true;
  const result = atOnce ? await desk.askAtOnce(captured) : { ...(await desk.ask(captured)), isKept: true };
  if (!result.ok) return refused(inWordsOfTmf(result.refusal));
  const shown = selectFields(api.render(result.order, publicUrl), query.fields);
  if (!result.isKept) return jsonResponse(200, shown);
  return jsonResponse(201, shown, { location: `${publicUrl}${api.collection}/${captured.orderId}` });
}

function list(
  api: QuestionApi,
  { desk, publicUrl }: QuestionRouteParts,
  { query }: RoutedRequest,
): Promise<HttpResponse> {
  return listPage(query, {
    find: ordersIn(desk.store, { category: 'Service', fulfillmentType: 'Qualify' }),
    kinds: listedInQuestions(api.askedAt),
    render: (order) => api.render(order, publicUrl),
    isShown: desk.hidesSome() ? (order) => desk.isShown(order) : undefined,
  });
}

async function retrieve(
  api: QuestionApi,
  { desk, publicUrl }: QuestionRouteParts,
  { params, query }: RoutedRequest,
): Promise<HttpResponse> {
  const order = await found(desk, params.id);
  if (order === undefined) return unknown(api, params.id);
  return jsonResponse(200, selectFields(api.render(order, publicUrl), query.fields));
}

/** A merge patch of what is said beside the question: the question stays, and so does the answer. */
async function amend(api: QuestionApi, parts: QuestionRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { desk, publicUrl } = parts;
  const { params, query, body, headers } = request;
  if (/json-patch/i.test(headers['content-type'] ?? '')) {
    return errorResponse(errorOfStatus(415, 'Send a merge patch: application/json or application/merge-patch+json'));
  }
  const order = await found(desk, params.id);
  if (order === undefined) return unknown(api, params.id);
  if (body === undefined) return missingBody('Send a merge patch of what is to change');
  const findings = checkOf('TMF645', 'official-lenient', `${api.resource}_Update`)(body.json);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const patch = body.json as JsonObject; // an object, as just checked
  const refusedAttribute = notPatchable(api, patch);
  if (refusedAttribute !== undefined) return refused(refusedAttribute);
  const kept = mergePatched(order.kept, patch) as JsonObject; // of two JSON objects
  const changed = Object.keys(patch).filter((name) => JSON.stringify(kept[name]) !== JSON.stringify(order.kept[name]));
  const said = headerOf(kept as unknown as CheckServiceQualification_Create); // valid in each attribute that is read
  const input = { type: 'AmendQuestion', orderId: order.id, ...said, kept } as const;
  const result = await desk.amend(input, api.tellsOfAttributes ? changed : []);
  if (!result.ok) return refused(result.refusal);
  return jsonResponse(200, selectFields(api.render(result.order, publicUrl), query.fields));
}

function notPatchable({ answered, asked, patchable }: QuestionApi, patch: JsonObject): Refusal | undefined {
  for (const attribute of Object.keys(patch)) {
    const values = { attribute, patchable: patchable.join(', ') };
    if (answered.includes(attribute)) return refusal('questionAttributeNotYours', values, `/${attribute}`);
    if (asked.includes(attribute)) return refusal('questionIsAsked', values, `/${attribute}`);
  }
  return undefined;
}

async function takeBack(
  api: QuestionApi,
  { desk }: QuestionRouteParts,
  { params }: RoutedRequest,
): Promise<HttpResponse> {
  const order = await found(desk, params.id);
  if (order === undefined || !(await desk.takeBack(order.id))) return unknown(api, params.id);
  return { status: 204, headers: {} };
}

async function found(desk: QuestionDesk, id: string | undefined): Promise<CustomerOrder | undefined> {
  const order = await desk.store.load(id ?? '');
  return order !== undefined && desk.isShown(order) ? order : undefined;
}

function unknown({ resource }: QuestionApi, id: string | undefined): HttpResponse {
  return refused(refusal('questionUnknown', { question: resource, id: id ?? '' }));
}

function refused(why: Refusal): HttpResponse {
  return errorResponse(errorOfRefusal(why));
}

function missingBody(what: string): HttpResponse {
  return errorResponse(errorAnswer(400, '21', 'Missing body', what));
}

/** What is there already, TMF645 names by the id of the service. */
function inWordsOfTmf(why: Refusal): Refusal {
  const pointer = why.pointer?.replace(/\/service\/serviceInventory\/id$/, '/service/id');
  return pointer === undefined ? why : { ...why, pointer };
}
