/** Sending service orders outside: the policy decides, a request is made, and what goes out is put together. */

import { externalFulfillmentStates } from '../model/external-state.ts';
import type { CustomerOrder, DomainOrder, OutboundRequest } from '../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../model/payload.ts';
import type { OutboundDecision } from '../model/policies.ts';
import { type ColumnValues, evaluate } from './decision-table.ts';
import { specificationOf } from './decompose.ts';
import type { Draft, Unfinished } from './draft.ts';

type Sending = Extract<OutboundDecision, { outboundEnabled: true }>;

/** Asks the Service Order Outbound Policy; `undefined` when no row matches and there is no default. */
export function decideOutbound(draft: Draft, serviceOrder: DomainOrder): OutboundDecision | undefined {
  const evaluation = evaluate(draft.facts.policies.outbound, outboundColumnsOf(draft, serviceOrder));
  draft.evaluated({ ...evaluation, serviceOrder: serviceOrder.id });
  return evaluation.decision;
}

function outboundColumnsOf(draft: Draft, serviceOrder: DomainOrder): ColumnValues<string> {
  const specification = specificationOf(draft.facts.catalogue, serviceOrder.specification);
  const { parties, category, priority, fulfillmentType } = draft.header;
  return {
    specification: specification.id,
    specificationCategory: specification.category,
    specificationType: specification.type,
    action: serviceOrder.action,
    account: parties.find(({ referredType }) => referredType === 'Customer')?.id,
    location: serviceOrder.place?.id,
    orderType: category,
    priority,
    fulfillmentType,
  };
}

/** Makes the records and the first dispatch. Gives the ids of the service orders that go out, the root first. */
export function createOutboundRequest(draft: Draft, root: DomainOrder, decision: Sending): string[] {
  const members = decision.hierarchical ? [root.id, ...serviceOrdersBelow(draft, root.id)] : [root.id];
  const requestId = draft.id();
  for (const serviceOrder of members) {
    const record: OutboundRequest = {
      number: draft.number('FO'),
      state: 'not_applicable',
      serviceOrder,
      root: root.id,
      requestId,
      operation: 'create',
      revision: 1,
      hierarchical: decision.hierarchical,
      target: decision.target,
      attempts: 1,
      terms: decision.terms,
      createdAt: draft.at,
      sentAt: draft.at,
    };
    draft.outboundRequests.put(record);
    draft.born('outboundRequest', record.number, record.number, record.state);
    draft.note(
      `Outbound request ${record.number} created for ${decision.target}, Request ID ${requestId}`,
      serviceOrder,
    );
  }
  send(draft, requestId);
  return members;
}

/** Sends the request of that id once more. */
export function sendAgain(draft: Draft, requestId: string): void {
  for (const record of recordsOf(draft, requestId)) {
    draft.outboundRequests.put({ ...record, attempts: record.attempts + 1, sentAt: draft.at });
  }
  send(draft, requestId);
}

function send(draft: Draft, requestId: string): void {
  const records = recordsOf(draft, requestId);
  const [first] = records;
  if (first === undefined) throw new Error(`no records of request ${requestId}`);
  draft.effect({
    type: 'SendOutboundRequest',
    requestId,
    attempt: first.attempts,
    target: first.target,
    timeoutMs: first.terms.requestTimeoutMs,
    payload: payloadOf(draft, requestId, records),
  });
}

export function recordsOf(draft: Draft, requestId: string): OutboundRequest[] {
  return draft.outboundRequests.all.filter((record) => record.requestId === requestId);
}

/** Every service order below, except those that are out already. Children stand behind their parents. */
function serviceOrdersBelow(draft: Draft, root: string): string[] {
  const out = externalFulfillmentStates(draft.outboundRequests.all);
  const family = new Set([root]);
  const below: string[] = [];
  for (const { id, kind, parent } of draft.domainOrders.all) {
    if (kind !== 'service' || parent === undefined || !family.has(parent)) continue;
    family.add(id);
    if (!out.has(id)) below.push(id);
  }
  return below;
}

function payloadOf(draft: Draft, requestId: string, records: readonly OutboundRequest[]): OutboundPayload {
  const { description, priority, requestedStartAt, requestedCompletionAt, parties } = draft.header;
  const payload: Unfinished<OutboundPayload> = { requestId, parties, items: itemsOf(draft, records) };
  if (description !== undefined) payload.description = description;
  if (priority !== undefined) payload.priority = priority;
  if (requestedStartAt !== undefined) payload.requestedStartAt = requestedStartAt;
  if (requestedCompletionAt !== undefined) payload.requestedCompletionAt = requestedCompletionAt;
  return payload;
}

/** One item for each service order that is sent; relations lead only to what is sent with it. */
function itemsOf(draft: Draft, records: readonly OutboundRequest[]): OutboundItem[] {
  const items = new Map<string, Unfinished<OutboundItem> & { children: string[] }>();
  for (const record of records) {
    const serviceOrder = draft.domainOrders.get(record.serviceOrder);
    const { id, name, version, type } = specificationOf(draft.facts.catalogue, serviceOrder.specification);
    const { parent, inventory, place } = serviceOrder;
    const item: Unfinished<OutboundItem> & { children: string[] } = {
      serviceOrder: serviceOrder.id,
      action: serviceOrder.action,
      quantity: 1,
      specification: { id, name, version, type },
      characteristics: serviceOrder.characteristics,
      children: [],
      after: serviceOrder.after,
    };
    if (inventory !== undefined) item.inventory = inventory;
    if (place !== undefined) item.place = place;
    const above = parent === undefined ? undefined : items.get(parent);
    if (above !== undefined && parent !== undefined) {
      item.parent = parent;
      above.children.push(serviceOrder.id);
    }
    items.set(serviceOrder.id, item);
  }
  for (const item of items.values()) item.after = item.after.filter((before) => items.has(before));
  return [...items.values()];
}

/** The order that a report about a request concerns is found by these keys. Requests are only ever added. */
export function newRequestKeys(before: CustomerOrder | undefined, after: CustomerOrder): string[] {
  const added = after.outboundRequests.slice(before?.outboundRequests.length ?? 0);
  return [...new Set(added.map(({ requestId }) => requestKey(requestId)))];
}

export function requestKey(requestId: string): string {
  return `request/${requestId}`;
}
