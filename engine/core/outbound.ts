/** Sending service orders outside: the policy decides, a request is made, and what goes out is put together. */

import { externalFulfillmentStates } from '../model/external-state.ts';
import type { CustomerOrder, DomainOrder, OutboundRequest } from '../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../model/payload.ts';
import type { OutboundDecision } from '../model/policies.ts';
import { type ColumnValues, evaluate } from './decision-table.ts';
import { specificationOf } from './decompose.ts';
import type { Draft } from './draft.ts';

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
    };
    draft.outboundRequests.put(record);
    draft.born('outboundRequest', record.number, record.number, record.state);
    draft.note(
      `Outbound request ${record.number} created for ${decision.target}, Request ID ${requestId}`,
      serviceOrder,
    );
  }
  dispatch(draft, requestId);
  return members;
}

/** Sends the request of that id, with the attempt that its records say. */
export function dispatch(draft: Draft, requestId: string): void {
  const records = recordsOf(draft, requestId);
  const [first] = records;
  if (first === undefined) throw new Error(`no records of request ${requestId}`);
  for (const record of records) draft.outboundRequests.put({ ...record, sentAt: draft.at });
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

/** Every service order below, except those that are out already. */
function serviceOrdersBelow(draft: Draft, root: string): string[] {
  const out = externalFulfillmentStates(draft.outboundRequests.all);
  const childrenOf = Map.groupBy(draft.domainOrders.all, ({ parent }) => parent);
  const below = (id: string): string[] =>
    (childrenOf.get(id) ?? [])
      .filter(({ kind }) => kind === 'service')
      .flatMap((child) => [...(out.has(child.id) ? [] : [child.id]), ...below(child.id)]);
  return below(root);
}

function payloadOf(draft: Draft, requestId: string, records: readonly OutboundRequest[]): OutboundPayload {
  const { description, priority, requestedStartAt, requestedCompletionAt, parties } = draft.header;
  const members = records.map(({ serviceOrder }) => draft.domainOrders.get(serviceOrder));
  const ids = new Set(members.map(({ id }) => id));
  const childrenOf = Map.groupBy(members, (member) => member.parent);
  return {
    requestId,
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...(requestedStartAt === undefined ? {} : { requestedStartAt }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionAt }),
    parties,
    items: members.map((member) => itemOf(draft, member, childrenOf.get(member.id) ?? [], ids)),
  };
}

function itemOf(
  draft: Draft,
  serviceOrder: DomainOrder,
  children: readonly DomainOrder[],
  members: ReadonlySet<string>,
): OutboundItem {
  const { id, name, version, type } = specificationOf(draft.facts.catalogue, serviceOrder.specification);
  const { parent, inventory, place } = serviceOrder;
  return {
    serviceOrder: serviceOrder.id,
    action: serviceOrder.action,
    quantity: 1,
    specification: { id, name, version, type },
    characteristics: serviceOrder.characteristics,
    ...(inventory === undefined ? {} : { inventory }),
    ...(place === undefined ? {} : { place }),
    ...(parent !== undefined && members.has(parent) ? { parent } : {}),
    children: children.map((child) => child.id),
    after: serviceOrder.after.filter((before) => members.has(before)),
  };
}

/** The order that a report about a request concerns is found by this key. */
export function requestKeysOf(order: CustomerOrder): string[] {
  return [...new Set(order.outboundRequests.map(({ requestId }) => `request/${requestId}`))];
}
