/** What the records of a service order say of its external fulfilment, and the action it shows for it; derived, never stored. */
import type { CustomerOrder, DomainOrder, OutboundRequest } from './order.ts';

export type ExternalFulfillmentState = 'none' | 'pending' | 'error' | 'fulfilled';

/**
 * By service order, the state of its latest record that was not discarded; `none` until the external system has accepted
 * one. A service order without such a record is not in the map.
 */
export function externalFulfillmentStates(
  requests: readonly OutboundRequest[],
): ReadonlyMap<string, ExternalFulfillmentState> {
  const states = new Map<string, ExternalFulfillmentState>();
  for (const { serviceOrder, state } of requests) {
    if (state !== 'failed') states.set(serviceOrder, state === 'not_applicable' ? 'none' : state);
  }
  return states;
}

/**
 * By the service order at the top of a hierarchy that went out as one, the state of the whole: error if any of its records
 * is, fulfilled when all are, and pending in between. Shown and rolled up; which action is shown does not depend on it.
 */
export function hierarchyFulfillmentStates(
  requests: readonly OutboundRequest[],
): ReadonlyMap<string, ExternalFulfillmentState> {
  const live = requests.filter(({ state, hierarchical }) => hierarchical && state !== 'failed');
  // The latest request of a root comes last, and is what counts.
  const latest = new Map(live.map(({ root, requestId }) => [root, requestId]));
  return new Map([...latest].map(([root, requestId]) => [root, ofTheWhole(live, requestId)]));
}

function ofTheWhole(live: readonly OutboundRequest[], id: string): ExternalFulfillmentState {
  const states = live.filter(({ requestId }) => requestId === id).map(({ state }) => state);
  if (states.includes('error')) return 'error';
  if (states.every((state) => state === 'fulfilled')) return 'fulfilled';
  return states.every((state) => state === 'not_applicable') ? 'none' : 'pending';
}

/** `create`: Create Outbound Fulfillment Request. `revise`: Revise Outbound Request. */
export type OutboundAction = 'create' | 'revise' | 'none';

export interface ShownAction {
  readonly action: OutboundAction;
  /** In a few words, for whoever wonders. */
  readonly why: string;
}

/** What the decision looks at. */
type Looked = Pick<
  CustomerOrder,
  'state' | 'fulfillmentType' | 'lines' | 'domainOrders' | 'outboundRequests' | 'dispatches'
>;

/** The one answer, for the API, the command line and tests. */
export function outboundActionOf(order: Looked, serviceOrder: DomainOrder): ShownAction {
  return notAtAll(order, serviceOrder) ?? byItsRecords(order, serviceOrder);
}

function notAtAll(order: Looked, { kind, state, line, work, redone }: DomainOrder): ShownAction | undefined {
  if (kind === 'product') return none(`a ${kind} order does not go outside`);
  if (order.fulfillmentType !== 'Deliver') return none('the order only asks whether it can be had');
  if (order.state !== 'in_progress' && order.state !== 'on_hold') return none(`the order is ${order.state}`);
  if (state === 'draft' || state === 'qualified' || state === 'scheduled') return none('it has not started');
  if (state !== 'in_progress' && state !== 'on_hold' && redone !== false) return none(`it is ${state}`);
  if (order.lines.find(({ id }) => id === line)?.state === 'assessing_cancellation')
    return none('the cancellation of its line is being assessed');
  if (work?.by === 'automatic') return none('the outbound policy keeps it inside');
  return undefined;
}

function byItsRecords(order: Looked, serviceOrder: DomainOrder): ShownAction {
  const { outboundRequests, dispatches } = order;
  const { id, updatesAvailable } = serviceOrder;
  const latest = outboundRequests.findLast((record) => record.serviceOrder === id && record.state !== 'failed');
  if (latest === undefined) return { action: 'create', why: 'nothing of it has been accepted outside' };
  const dispatch = dispatches.find(({ requestId }) => requestId === latest.requestId);
  const external = externalFulfillmentStates(outboundRequests).get(id);
  if (external === 'error') return { action: 'create', why: `${latest.target} reported an error` };
  if (dispatch?.underWay !== undefined || latest.state === 'not_applicable') return none('a request is on its way');
  if (updatesAvailable === true && isAssessed(order, latest.requestId))
    return none('the cancellation of a line that is in the same request is being assessed');
  if (updatesAvailable === true)
    return { action: 'revise', why: `${latest.target} does not know of the latest changes` };
  return none(external === 'fulfilled' ? 'it is fulfilled' : `${latest.target} is at work on it`);
}

/** What is sent is all of a request, and of what nobody has decided about nothing is sent. */
function isAssessed({ lines, domainOrders, outboundRequests }: Looked, requestId: string): boolean {
  const assessed = new Set(lines.flatMap(({ id, state }) => (state === 'assessing_cancellation' ? [id] : [])));
  if (assessed.size === 0) return false;
  const held = new Set(domainOrders.flatMap(({ id, line }) => (assessed.has(line) ? [id] : [])));
  return outboundRequests.some(
    (record) => record.requestId === requestId && record.state !== 'failed' && held.has(record.serviceOrder),
  );
}

function none(why: string): ShownAction {
  return { action: 'none', why };
}
