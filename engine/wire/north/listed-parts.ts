/** What of an order is listed by itself: resource orders, work orders and cancel tasks, each as its API shows it. */
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { Listed, ListedPart, ListedParts } from '../../model/listing/listed.ts';
import type { CustomerOrder, DomainOrder } from '../../model/order.ts';
import { type CancelTaskApi, taskStateOf } from '../cancellation/cancel-task.ts';
import { domainOrderId, saidOfWork, shownStateOf } from './domain-orders.ts';
import { given, type ListedKinds, written } from './listed-kinds.ts';
import { listedText } from './listed-orders.ts';
import { orderApis } from './order-apis.ts';
import { type PartApi, partApiOf } from './parts/part-api.ts';

/** In the words of the API, which has nothing else by these names. */
export function listOfParts({ resource }: Pick<PartApi, 'resource'>): string {
  return resource;
}

export function listOfTasks({ resource }: Pick<CancelTaskApi, 'resource'>): string {
  return `Cancel${resource}`;
}

/** Only v5 says when a task was made. */
export function listedInTasks({ wording }: Pick<CancelTaskApi, 'wording'>): ListedKinds {
  return {
    id: given('id'),
    state: given('state'),
    requestedCancellationDate: written('requestedCancellationDate'),
    effectiveCancellationDate: written('effectiveCancellationDate'),
    ...(wording === 'v5' ? { creationDate: written('creationDate') } : {}),
  };
}

const nothing: ListedParts = { put: [], removed: [] };

/** What a step has changed of it: most things of an order stay the same objects. */
export function listedParts(order: CustomerOrder, before: CustomerOrder | undefined): ListedParts {
  if (order.fulfillmentType !== 'Deliver') return nothing;
  const parts =
    order.domainOrders === before?.domainOrders && isSameHeader(order, before) ? nothing : partsOf(order, before);
  if (order.cancellations === before?.cancellations) return parts;
  const known = new Set(before?.cancellations);
  const tasks = (order.cancellations ?? []).filter((request) => !known.has(request));
  return { ...parts, put: [...parts.put, ...tasks.flatMap((request) => listedTask(order, request))] };
}

function partsOf(order: CustomerOrder, before: CustomerOrder | undefined): ListedParts {
  const known = new Set(before !== undefined && isSameHeader(order, before) ? before.domainOrders : []);
  const put = order.domainOrders.flatMap((domainOrder) =>
    known.has(domainOrder) ? [] : listedPart(order, domainOrder),
  );
  const there = new Set(order.domainOrders.map(({ id }) => id));
  const gone = (before?.domainOrders ?? []).filter((each) => !there.has(each.id) && partApiOf(each) !== undefined);
  return { put, removed: gone.map((domainOrder) => domainOrderId({ order, domainOrder })) };
}

/** As far as it is shown with every part. */
function isSameHeader(order: CustomerOrder, before: CustomerOrder): boolean {
  return (['externalId', 'requestedStartAt', 'requestedCompletionAt'] as const).every(
    (name) => order[name] === before[name],
  );
}

function listedPart(order: CustomerOrder, domainOrder: DomainOrder): ListedPart[] {
  const api = partApiOf(domainOrder);
  if (api === undefined) return [];
  const id = domainOrderId({ order, domainOrder });
  const { number, state, startedAt, endedAt } = domainOrder;
  const { requestedStartAt, requestedCompletionAt } = order;
  const listed = {
    ...listedText('id', id),
    state: shownStateOf(domainOrder),
    orderDate: order.orderedAt,
    ...instants({
      startDate: startedAt,
      completionDate: state === 'closed_complete' ? endedAt : undefined,
      requestedStartDate: requestedStartAt,
      requestedCompletionDate: requestedCompletionAt,
    }),
    ...listedText('externalId', saidOfWork(domainOrder).externalId ?? order.externalId ?? number),
  };
  return [{ id, list: listOfParts(api), listed }];
}

/** Of lines, tasks know nothing. */
function listedTask(order: CustomerOrder, request: CancellationRequest): ListedPart[] {
  const { id, line, part, requestedAt, dueAt, endedAt, state } = request;
  const api =
    part === undefined ? orderApis.find(({ category }) => category === order.category) : partApiOf({ kind: part.kind });
  if (line !== undefined || api === undefined) return [];
  const listed = {
    ...listedText('id', id),
    state: taskStateOf(api, request),
    creationDate: requestedAt,
    ...instants({
      requestedCancellationDate: dueAt,
      effectiveCancellationDate: state === 'done' ? endedAt : undefined,
    }),
  };
  return [{ id, list: listOfTasks(api), listed }];
}

function instants(said: { readonly [name: string]: number | undefined }): Listed {
  const known: { [name: string]: number } = {};
  for (const [name, at] of Object.entries(said)) if (at !== undefined) known[name] = at;
  return known;
}
