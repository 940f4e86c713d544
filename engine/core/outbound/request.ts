/** Sending domain orders outside: the policy and the spoke selector decide, a request is made, and goes out. */
import type { CustomerOrder, Dispatch, DomainOrder, Operation, OutboundRequest, UnderWay } from '../../model/order.ts';
import type { DecisionTable, OutboundDecision, Policies, WorkColumn, WorkDecision } from '../../model/policies.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { isUnwantedRecord } from '../cancellation/standing.ts';
import { evaluate } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { planOf } from '../tasks/plan.ts';
import { workColumnsOf } from '../work-orders/columns.ts';
import { requestColumnsOf } from './columns.ts';
import { othersGoingWith } from './members.ts';
import { changedItems, kindOf, payloadOf, revisionOf } from './payload.ts';
import { type Selected, selectTarget } from './spoke-selector.ts';

type Sending = Extract<OutboundDecision, { outboundEnabled: true }>;

/** Where a domain order goes: outside to a target, nowhere, or a refusal that says what is not configured. */
export type Routing =
  | { readonly kind: 'outside'; readonly decision: Sending; readonly selected: Selected }
  | { readonly kind: 'inside'; readonly row: string }
  | { readonly kind: 'undecided'; readonly refusal: Refusal };

/** Asks the Service Order Outbound Policy, and then the spoke selector. Nothing is sent, and nothing changes. */
export function routeOutbound(draft: Draft, serviceOrder: DomainOrder): Routing {
  const { policies } = draft.facts;
  const values =
    serviceOrder.kind === 'work' ? workColumnsOf(draft, serviceOrder) : requestColumnsOf(draft, serviceOrder);
  const table = outboundTableFor(serviceOrder, policies);
  const evaluation = evaluate(table, values);
  if (serviceOrder.kind === 'service' || table.rows.length > 0)
    draft.evaluated({ ...evaluation, serviceOrder: serviceOrder.id });
  const { decision, matched, trace } = evaluation;
  if (decision === undefined) {
    const why = trace.map(({ row, failed }) => `${row} wants ${failed?.column} ${failed?.expected.join(' or ')}`);
    const text = why.join('; ') || 'the table has no rows';
    return {
      kind: 'undecided',
      refusal: refusal('policyMatchesNot', { serviceOrder: serviceOrder.number, why: text }),
    };
  }
  if (!decision.outboundEnabled) return { kind: 'inside', row: matched };
  const selection = selectTarget(policies, decision.to, values);
  if (!selection.ok) return { kind: 'undecided', refusal: selection.refusal };
  const { mockResponse, ...selected } = selection.selected;
  if (mockResponse !== undefined) {
    return { kind: 'undecided', refusal: refusal('adapterTakesNoOrders', { adapter: selected.target }) };
  }
  return { kind: 'outside', decision, selected };
}

/**
 * Rows speak of service orders unless they say otherwise, and so does the default: resource orders go outside only where
 * a row names their kind, and are done inside where none does.
 */
function outboundTableFor(
  { kind, job }: DomainOrder,
  { outbound, workOrders }: Policies,
): DecisionTable<WorkColumn, OutboundDecision> {
  if (kind === 'service') return outbound;
  if (kind === 'work') return sendingTable(job?.task === undefined ? workOrders.domainOrders : workOrders.orderTasks);
  const rows = outbound.rows.filter(({ when }) => when.kind !== undefined);
  return { rows, default: { outboundEnabled: false } };
}

/** The work order policy, as far as it says where work orders go: each by itself. */
function sendingTable({
  rows,
  default: otherwise,
}: DecisionTable<WorkColumn, WorkDecision>): DecisionTable<WorkColumn, OutboundDecision> {
  const sending = ({ to, terms }: WorkDecision): OutboundDecision => {
    return { outboundEnabled: true, hierarchical: false, to, terms };
  };
  return {
    rows: rows.map((row) => ({ ...row, decision: sending(row.decision) })),
    ...(otherwise === undefined ? {} : { default: sending(otherwise) }),
  };
}

/** Whether a domain order, asked about by itself, goes to that target together with others. */
function goesAlike(draft: Draft, domainOrder: DomainOrder, target: string): boolean {
  if (planOf(draft, domainOrder).kind !== 'unplanned') return false;
  const routing = routeOutbound(draft, domainOrder);
  return routing.kind === 'outside' && routing.decision.hierarchical && routing.selected.target === target;
}

type Outside = Extract<Routing, { kind: 'outside' }>;

/** Ids of the domain orders that would go out now, the root first. */
export function membersOf(draft: Draft, root: DomainOrder, { decision, selected }: Outside): string[] {
  return decision.hierarchical ? [root.id, ...othersOf(draft, root, selected.target)] : [root.id];
}

/** Makes the records and the first dispatch. Gives the ids of the domain orders that go out, as above. */
export function createOutboundRequest(draft: Draft, root: DomainOrder, routing: Outside): string[] {
  const { decision, selected } = routing;
  const members = membersOf(draft, root, routing);
  const requestId = draft.id();
  for (const serviceOrder of members) {
    supersede(draft, serviceOrder);
    forgetUpdates(draft, serviceOrder);
    addRecord(draft, {
      ...selected,
      serviceOrder,
      root: root.id,
      requestId,
      operation: 'create',
      revision: 1,
      hierarchical: decision.hierarchical,
      terms: decision.terms,
    });
  }
  draft.dispatches.put({ requestId, root: root.id });
  send(draft, requestId, 'create', 1);
  return members;
}

function othersOf(draft: Draft, root: DomainOrder, target: string): string[] {
  return othersGoingWith(draft, root, (other) => goesAlike(draft, other, target));
}

type NewRecord = Omit<OutboundRequest, 'number' | 'state' | 'attempts' | 'createdAt' | 'sentAt'>;

function addRecord(draft: Draft, given: NewRecord): void {
  const number = draft.number('FO');
  const at = { createdAt: draft.at, sentAt: draft.at };
  const record: OutboundRequest = { ...given, ...at, number, state: 'not_applicable', attempts: 1 };
  draft.outboundRequests.put(record);
  draft.born('outboundRequest', number, number, record.state);
  const by = given.definition === undefined ? '' : ` by "${given.definition}"`;
  draft.note(
    `Outbound request ${number} created for ${given.target}${by}, Request ID ${given.requestId}`,
    given.serviceOrder,
  );
}

/** A record in error counts no longer once another request is made for its service order. */
function supersede(draft: Draft, serviceOrder: string): void {
  for (const record of draft.outboundRequests.all) {
    if (record.serviceOrder !== serviceOrder || record.state !== 'error') continue;
    draft.moveOutboundRequest(record, 'superseded');
    draft.note(`Outbound request ${record.number} superseded by another`, serviceOrder);
  }
}

/** Whatever has changed since something was accepted goes out with the new request. */
function forgetUpdates(draft: Draft, serviceOrder: string): void {
  const { updatesAvailable, ...rest } = draft.domainOrders.get(serviceOrder);
  if (updatesAvailable !== undefined) draft.domainOrders.put(rest);
}

/** Tells the external system what has changed since what it accepted. What has come since then joins the request. */
export function reviseOutboundRequest(draft: Draft, { requestId, root }: Dispatch): void {
  const [first] = liveRecordsOf(draft, requestId);
  if (first === undefined) throw new Error(`no records of request ${requestId}`);
  const revision = first.revision + 1;
  if (first.hierarchical) {
    const { requestType, definition, target, terms, hierarchical } = first;
    const selected = definition === undefined || requestType === undefined ? {} : { requestType, definition };
    for (const serviceOrder of joiningOf(draft, { requestId, root })) {
      const operation = 'revise';
      supersede(draft, serviceOrder);
      forgetUpdates(draft, serviceOrder);
      addRecord(draft, {
        serviceOrder,
        root,
        requestId,
        operation,
        revision,
        hierarchical,
        target,
        terms,
        ...selected,
      });
    }
  }
  send(draft, requestId, 'revise', 1);
}

/** Sends what is under way once more, as it is now. */
export function sendAgain(draft: Draft, { requestId, underWay }: Dispatch): void {
  if (underWay !== undefined) send(draft, requestId, underWay.operation, underWay.attempt + 1);
}

function send(draft: Draft, requestId: string, operation: Operation, attempt: number): void {
  const dispatch = draft.dispatches.get(requestId);
  const records = liveRecordsOf(draft, requestId);
  const [first] = records;
  if (first === undefined) throw new Error(`no records of request ${requestId}`);
  for (const record of records) draft.outboundRequests.put({ ...record, attempts: attempt, sentAt: draft.at });
  const revision = dispatch.underWay?.revision ?? (operation === 'create' ? 1 : first.revision + 1);
  const wanted = records.filter((record) => !isUnwantedRecord(draft, record));
  const kind = kindOf(draft, records);
  const payload = { ...payloadOf(draft, revision, wanted), requestId, ...(kind === undefined ? {} : { kind }) };
  const isUnknown = dispatch.underWay?.isUnknown === true ? ({ isUnknown: true } as const) : {};
  const underWay: UnderWay = { operation, revision, attempt, payload, ...isUnknown };
  const rewritten = isRewritten(dispatch.underWay, underWay);
  draft.dispatches.put({ ...dispatch, underWay: rewritten ? { ...underWay, rewritten } : underWay });
  const { accepted } = dispatch;
  draft.effect({
    type: 'SendOutboundRequest',
    requestId,
    operation,
    revision,
    attempt,
    target: first.target,
    ...(first.terms.requestTimeoutMs === undefined ? {} : { timeoutMs: first.terms.requestTimeoutMs }),
    ...(first.externalOrderId === undefined ? {} : { externalOrderId: first.externalOrderId }),
    payload:
      operation === 'create' || accepted === undefined
        ? payload
        : revisionOf(accepted, payload, first.terms.revisePayload),
  });
}

/** True when an attempt says something else than the one before, or that one did already. */
function isRewritten(before: UnderWay | undefined, now: UnderWay): boolean {
  if (before === undefined) return false;
  if (before.rewritten === true) return true;
  return changedItems(before.payload, now.payload).size > 0;
}

export function recordsOf(draft: Draft, requestId: string): OutboundRequest[] {
  return draft.outboundRequests.allOf(requestId);
}

/** Those that count: all but the discarded. */
export function liveRecordsOf(draft: Draft, requestId: string): OutboundRequest[] {
  return recordsOf(draft, requestId).filter(({ state }) => state !== 'failed');
}

/** Those that a revision of the request would add to what went out as a hierarchy. */
export function joiningOf(draft: Draft, { requestId, root }: Dispatch): string[] {
  const records = liveRecordsOf(draft, requestId);
  if (records[0]?.hierarchical !== true) return [];
  const known = new Set(records.map(({ serviceOrder }) => serviceOrder));
  const top = draft.domainOrders.get(root);
  // Resource orders go out by themselves, whenever they come.
  if (top.kind !== 'service') return [];
  return othersOf(draft, top, records[0].target).filter((id) => !known.has(id));
}

/** It has come to be below something that went out as a hierarchy: a revision of that will say so. */
export function joinsRequest(draft: Draft, { id, parent }: DomainOrder): boolean {
  const above = new Set<string>();
  for (let at = parent; at !== undefined; at = draft.domainOrders.get(at).parent) above.add(at);
  if (above.size === 0) return false;
  return draft.dispatches.all.some((dispatch) => above.has(dispatch.root) && joiningOf(draft, dispatch).includes(id));
}

/** The order that a report about a request concerns is found by these keys. */
export function newRequestKeys(before: CustomerOrder | undefined, after: CustomerOrder): string[] {
  // Dispatches are only ever added, also where the records of a failed one are deleted.
  const added = after.dispatches.slice(before?.dispatches.length ?? 0);
  return [...added.map(({ requestId }) => requestKey(requestId)), ...newCancellationKeys(before, after)];
}

/** What is said of the cancellation of an order names that order by the id that it has outside. */
function newCancellationKeys(before: CustomerOrder | undefined, after: CustomerOrder): string[] {
  if (before?.dispatches === after.dispatches) return [];
  const asked = after.dispatches.filter(
    ({ cancellation }, place) =>
      cancellation?.by === 'cancellation' && before?.dispatches[place]?.cancellation?.state !== cancellation.state,
  );
  return asked.flatMap(({ requestId }) => {
    const record = after.outboundRequests.find((each) => each.requestId === requestId);
    return record?.externalOrderId === undefined ? [] : [`cancellation/${record.externalOrderId}`];
  });
}

export function requestKey(requestId: string): string {
  return `request/${requestId}`;
}

export function retryTimer(requestId: string): string {
  return `retry/${requestId}`;
}
