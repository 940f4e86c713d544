/** Southbound's own operations: looking into an order, and the commands of its operators. */
import { checkOf } from '../../contracts/profile/contract.ts';
import type {
  Note,
  Order,
  OutboundRequestOutcomes,
  OutboundRequests,
  Row,
  RowOutcome,
  ServiceOrderUpdate,
} from '../../contracts/schemas/southbound-api.generated.ts';
import { errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import type { ServiceOrderCommandKind } from '../model/inputs.ts';
import type { Characteristic } from '../model/order.ts';
import { refusal } from '../model/refusals.ts';
import type { Unstamped } from '../shell/effects.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { renderOrderView } from '../wire/order-view.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';
import { rolesOf } from './roles.ts';

export const operationsBase = '/southbound/v1';

export interface OperationParts {
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly nobodyMay: 'everything' | 'nothing';
}

export function operationRoutes(parts: OperationParts): Route[] {
  const operations = new Operations(parts);
  const order = `${operationsBase}/order/{id}`;
  const serviceOrder = `${order}/serviceOrder/{serviceOrder}`;
  const plain = (type: 'CreateOutboundRequest' | 'ReviseOutboundRequest'): Route['handle'] => {
    return (request) => operations.command(request, { type });
  };
  const noted = (type: NotedCommand): Route['handle'] => {
    return (request) => operations.commandWithNote(request, type);
  };
  return [
    { method: 'GET', path: order, handle: (request) => operations.look(request) },
    { method: 'POST', path: `${order}/approve`, handle: (request) => operations.approve(request) },
    { method: 'POST', path: `${operationsBase}/outboundRequest`, handle: (request) => operations.createMany(request) },
    { method: 'POST', path: `${serviceOrder}/createOutboundRequest`, handle: plain('CreateOutboundRequest') },
    { method: 'POST', path: `${serviceOrder}/reviseOutboundRequest`, handle: plain('ReviseOutboundRequest') },
    { method: 'PATCH', path: serviceOrder, handle: (request) => operations.update(request) },
    { method: 'POST', path: `${serviceOrder}/forceComplete`, handle: noted('ForceCompleteServiceOrder') },
    { method: 'POST', path: `${serviceOrder}/cancel`, handle: noted('CancelServiceOrder') },
    { method: 'POST', path: `${serviceOrder}/forceCancel`, handle: noted('ForceCancelServiceOrder') },
    { method: 'POST', path: `${order}/fallout/{fallout}/resolve`, handle: (request) => operations.resolve(request) },
  ];
}

type NotedCommand = 'ForceCompleteServiceOrder' | 'CancelServiceOrder' | 'ForceCancelServiceOrder';

type Answer = HttpResponse | Promise<HttpResponse>;

class Operations {
  readonly #store: OrderStore;
  readonly #mailbox: Mailbox;
  readonly #nobodyMay: OperationParts['nobodyMay'];

  constructor({ store, mailbox, nobodyMay }: OperationParts) {
    this.#store = store;
    this.#mailbox = mailbox;
    this.#nobodyMay = nobodyMay;
  }

  async look({ params }: RoutedRequest): Promise<HttpResponse> {
    const id = params.id ?? '';
    const found = await this.#store.load(id);
    if (found === undefined) return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: id })));
    return jsonResponse(200, renderOrderView(found) satisfies Order);
  }

  approve(request: RoutedRequest): Answer {
    return this.#submit({ type: 'ApproveOrder', orderId: request.params.id ?? '', ...this.#roles(request) });
  }

  command(request: RoutedRequest, command: ServiceOrderCommandKind): Answer {
    const { id = '', serviceOrder = '' } = request.params;
    return this.#submit({ ...command, orderId: id, serviceOrder, ...this.#roles(request) });
  }

  commandWithNote(request: RoutedRequest, type: NotedCommand): Answer {
    const read = readBody<Note>(request, 'Note');
    return read.ok ? this.command(request, { type, note: read.body.note }) : read.response;
  }

  update(request: RoutedRequest): Answer {
    const read = readBody<ServiceOrderUpdate>(request, 'ServiceOrderUpdate');
    if (!read.ok) return read.response;
    const characteristics = read.body.characteristics as unknown as Characteristic[]; // JSON with these two, by its schema
    return this.command(request, { type: 'UpdateServiceOrder', characteristics });
  }

  resolve(request: RoutedRequest): Answer {
    const read = readBody<Note>(request, 'Note');
    if (!read.ok) return read.response;
    const { id = '', fallout = '' } = request.params;
    const { note } = read.body;
    return this.#submit({ type: 'ResolveFallout', orderId: id, fallout, note, ...this.#roles(request) });
  }

  /** Row by row: one that is refused does not keep the others. */
  async createMany(request: RoutedRequest): Promise<HttpResponse> {
    const read = readBody<OutboundRequests>(request, 'OutboundRequests');
    if (!read.ok) return read.response;
    const rows: RowOutcome[] = [];
    for (const row of read.body.rows) rows.push(await this.#createOne(request, row));
    return jsonResponse(200, { rows } satisfies OutboundRequestOutcomes);
  }

  async #createOne(request: RoutedRequest, { order, serviceOrder }: Row): Promise<RowOutcome> {
    const before = await this.#store.load(order);
    const result = await this.#mailbox.submit({
      type: 'CreateOutboundRequest',
      orderId: order,
      serviceOrder,
      ...this.#roles(request),
    });
    if (!result.ok) return { order, serviceOrder, ok: false, error: errorOfRefusal(result.refusal).body };
    const known = new Set(before?.outboundRequests.map(({ number }) => number));
    const made = result.order.outboundRequests.map(({ number }) => number).filter((number) => !known.has(number));
    return { order, serviceOrder, ok: true, outboundRequests: made };
  }

  #roles(request: RoutedRequest): { roles?: readonly string[] } {
    const roles = rolesOf(request, this.#nobodyMay);
    return roles === undefined ? {} : { roles };
  }

  async #submit(input: Unstamped): Promise<HttpResponse> {
    const result = await this.#mailbox.submit(input);
    return result.ok ? jsonResponse(200, renderOrderView(result.order)) : errorResponse(errorOfRefusal(result.refusal));
  }
}

type ReadBody<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly response: HttpResponse };

/** The body, once it matches its type in the Southbound API. */
export function readBody<Body>({ body }: RoutedRequest, type: string): ReadBody<Body> {
  const findings = checkOf('Southbound', 'own', type)(body?.json);
  if (findings.length > 0) return { ok: false, response: errorResponse(errorOfFindings(findings)) };
  return { ok: true, body: body?.json as Body }; // by its schema, as just checked
}
