/** Invariants of outbound requests: what is said outside, when a record may say so, and what is written down of it. */
import { type CustomerOrder, type OutboundRequest, type ReplayedStep, renderedOrder } from '../../../engine/index.ts';
import { hasEnded } from '../ended.ts';
import { hasChanged, type Invariant, inEveryStep, notesOf } from './invariant.ts';

/** Invariant 6. */
export const answeredBefore: Invariant = {
  number: 6,
  name: 'a record says that it was taken only once somebody outside has said so',
  what: 'A record leaves Not applicable for Pending, Error or Fulfilled in a step that brings an answer of success to its Request ID, a conflict after an attempt that was not answered, or a report about its Request ID.',
  on: 'steps',
  check: inEveryStep((step) => (hasChanged(step, ['outboundRequests']) ? takenUnasked(step) : [])),
};

/** Invariant 7. */
export const failedLeavesNothing: Invariant = {
  number: 7,
  name: 'a dispatch that failed leaves no live record, and can be created again',
  what: 'When a creation is given up, no service order of it has a record that counts, and each that is still to be fulfilled, in an order that goes on, shows Create Outbound Fulfillment Request. A creation that is over without having been accepted has been given up, unless somebody has reported on it, or it is canceled.',
  on: 'steps',
  check: inEveryStep(leftAfterFailure),
};

/** Invariant 8. */
export const updatesOfSomething: Invariant = {
  number: 8,
  name: 'updates are available only where something was accepted, and something else is wanted now',
  what: 'A service order that is open and marked so has a record that counts and was accepted, and what was accepted last for it differs from it in specification, action, place, inventory or characteristics. At the top of a request it may be what is said of the order as a whole, or what is below it, and in no record of the request that was taken.',
  on: 'states',
  check: inEveryStep((step) =>
    hasChanged(step, ['domainOrders', 'outboundRequests', 'dispatches']) ? idleUpdates(step.order) : [],
  ),
};

/** Invariant 9. */
export const reportsOfOneRequest: Invariant = {
  number: 9,
  name: 'a report changes the records of its Request ID, and coming again changes nothing',
  what: 'In a step that brings a report, no record of another Request ID is accepted, revised or reported on; it may be discarded where the report ends what it waited for. Each report is taken once more right after itself, and nothing may come of that.',
  on: 'steps',
  check: inEveryStep((step) => [...otherRecords(step), ...changedByRepetition(step)]),
};

/** Invariant 16. */
export const asItsLatestRecord: Invariant = {
  number: 16,
  name: 'the external state of a service order is that of its latest live record',
  what: 'As it is shown. And closed outside means done here: what goes outside closes only when that record is fulfilled, and stays open then only while something below it is open or somebody holds the order. What somebody closes by hand is theirs.',
  on: 'states',
  check: (evidence) => [...closedOtherwise(evidence), ...evidence.orders.flatMap(({ order }) => shownOtherwise(order))],
};

/** Invariant 17. */
export const writtenDown: Invariant = {
  number: 17,
  name: 'every transition of an outbound request is in the work notes',
  what: 'A step that makes a record, or moves it to another state, writes a work note for each of that, and the note names the record.',
  on: 'steps',
  check: inEveryStep((step) => unwritten(step)),
};

const taken = ['pending', 'error', 'fulfilled'];

function takenUnasked({ before, order, entry: { input } }: ReplayedStep): string[] {
  const was = new Map(before?.outboundRequests.map(({ number, state }) => [number, state]));
  const heard = heardOf(input);
  return order.outboundRequests
    .filter(
      ({ number, state, requestId }) =>
        taken.includes(state) && (was.get(number) ?? 'not_applicable') === 'not_applicable' && requestId !== heard,
    )
    .map(({ number, state }) => `${number} is ${state}, and nobody has said so`);
}

/** The Request ID of which a step tells that it has arrived. */
function heardOf(input: ReplayedStep['entry']['input']): string | undefined {
  if (input.type === 'ReportFulfillment') return input.requestId;
  if (input.type !== 'ReportDispatch') return undefined;
  const { outcome, attempt, requestId } = input;
  const isKnown = outcome.kind === 'refused' && outcome.httpStatus === 409 && attempt > 1;
  return outcome.kind === 'accepted' || isKnown ? requestId : undefined;
}

function leftAfterFailure(step: ReplayedStep): string[] {
  const { before, order, story, entry } = step;
  const gaveUp = story.moves.filter(({ thing, event }) => thing === 'outboundRequest' && event === 'dispatchFailed');
  const recordsBefore = new Map(before?.outboundRequests.map((record) => [record.number, record]));
  const failed = new Set(gaveUp.flatMap(({ number }) => recordsBefore.get(number)?.serviceOrder ?? []));
  const live = order.outboundRequests.filter(
    ({ state, serviceOrder }) => state !== 'failed' && failed.has(serviceOrder),
  );
  return [
    ...live.map(({ number, state }) => `its dispatch failed, and ${number} is ${state}`),
    ...(failed.size === 0 ? [] : notOffered(order, failed)),
    ...(entry.input.type === 'ReportDispatch' ? endedWithout(step, entry.input.requestId) : []),
  ];
}

/** What is to be fulfilled still, and cannot be sent again. */
function notOffered(order: CustomerOrder, failed: ReadonlySet<string>): string[] {
  if (order.state !== 'in_progress' && order.state !== 'on_hold') return [];
  const assessed = new Set(order.lines.flatMap(({ id, state }) => (state === 'assessing_cancellation' ? [id] : [])));
  const open = order.domainOrders.filter(
    ({ id, state, line }) => failed.has(id) && isGoingOn(state) && !assessed.has(line),
  );
  const ids = new Set(open.map(({ id }) => id));
  return renderedOrder(order)
    .domainOrders.filter(({ id, outboundAction }) => ids.has(id) && outboundAction !== 'create')
    .map(({ number, outboundAction }) => `the dispatch of ${number} failed, and it shows ${outboundAction}`);
}

function isGoingOn(state: string): boolean {
  return state === 'in_progress' || state === 'on_hold';
}

function endedWithout({ before, order }: ReplayedStep, requestId: string): string[] {
  const was = before?.dispatches.find((dispatch) => dispatch.requestId === requestId)?.underWay;
  const now = order.dispatches.find((dispatch) => dispatch.requestId === requestId);
  if (was?.operation !== 'create' || now === undefined || now.underWay !== undefined || now.accepted !== undefined)
    return [];
  const unwanted = new Set(
    order.domainOrders.flatMap(({ id, state, undone }) =>
      state === 'cancellation_in_progress' || state === 'canceled' || undone !== undefined ? [id] : [],
    ),
  );
  return order.outboundRequests
    .filter((record) => record.requestId === requestId && record.state === 'not_applicable')
    .filter(({ serviceOrder }) => !unwanted.has(serviceOrder))
    .map(({ number }) => `nothing of ${number} is on its way any more, and it is not_applicable`);
}

function idleUpdates(order: CustomerOrder): string[] {
  const marked = order.domainOrders.filter(
    ({ updatesAvailable, state }) => updatesAvailable === true && (isGoingOn(state) || state === 'draft'),
  );
  return marked.flatMap((serviceOrder) => {
    const { id, number } = serviceOrder;
    const record = order.outboundRequests.findLast((each) => each.serviceOrder === id && taken.includes(each.state));
    if (record === undefined) return [`${number} has updates to tell, and nothing of it was accepted`];
    const accepted = order.dispatches.find(({ requestId }) => requestId === record.requestId)?.accepted;
    if (accepted === undefined) return [`${number} has updates to tell, and ${record.number} was not accepted`];
    const item = accepted.items.find((each) => each.serviceOrder === id);
    const said = item === undefined ? '' : contentOf({ ...item, specification: item.specification.id });
    const dispatch = order.dispatches.find(({ requestId }) => requestId === record.requestId);
    if (dispatch?.root === id && isOtherwiseAsAWhole(order, id, accepted)) return [];
    return said === contentOf(serviceOrder) ? [`${number} has updates to tell, and ${record.number} says it all`] : [];
  });
}

type Accepted = NonNullable<CustomerOrder['dispatches'][number]['accepted']>;

/** What is said of the request as a whole is told with its root: of the order, and what is below it and would join it. */
function isOtherwiseAsAWhole(order: CustomerOrder, root: string, accepted: Accepted): boolean {
  const headerOf = ({
    description,
    priority,
    requestedStartAt,
    requestedCompletionAt,
    parties,
  }: Partial<CustomerOrder>) =>
    JSON.stringify([description, priority, requestedStartAt, requestedCompletionAt, parties]);
  // What joins by a revision that is on its way is told once that is taken, though somebody reports on it before.
  const told = order.outboundRequests.filter(
    ({ state, requestId, revision }) =>
      taken.includes(state) && requestId === accepted.requestId && revision <= accepted.revision,
  );
  const known = new Set(told.map(({ serviceOrder }) => serviceOrder));
  const family = new Set([root]);
  for (const { id, parent } of order.domainOrders) if (parent !== undefined && family.has(parent)) family.add(id);
  const hasMore = order.domainOrders.some(({ id, kind }) => kind === 'service' && family.has(id) && !known.has(id));
  return hasMore || headerOf(accepted) !== headerOf(order);
}

type Content = Pick<CustomerOrder['domainOrders'][number], 'action' | 'specification' | 'characteristics'> & {
  readonly place?: unknown;
  readonly inventory?: unknown;
};

function contentOf({ action, specification, characteristics, place, inventory }: Content): string {
  return JSON.stringify([action, specification, characteristics, place, inventory]);
}

const sayings = ['accepted', 'reportedPending', 'reportedFulfilled', 'reportedError', 'revised'];

function otherRecords({ before, order, story, entry: { input } }: ReplayedStep): string[] {
  if (input.type !== 'ReportFulfillment') return [];
  const records = [...order.outboundRequests, ...(before?.outboundRequests ?? [])];
  const ours = new Set(records.flatMap(({ requestId, number }) => (requestId === input.requestId ? [number] : [])));
  const was = new Map(before?.outboundRequests.map((record) => [record.number, record.state]));
  return [
    ...story.moves.filter(
      ({ thing, event, number }) => thing === 'outboundRequest' && sayings.includes(event) && !ours.has(number),
    ),
    ...order.outboundRequests.filter(
      ({ number, state }) => !ours.has(number) && taken.includes(state) && was.get(number) !== state,
    ),
  ].map(({ number }) => `${number} is moved by a report about ${input.requestId}`);
}

function changedByRepetition({ order, repeated: again }: ReplayedStep): string[] {
  if (again === undefined) return [];
  if (!again.ok) return ['the same report, taken again, is refused'];
  if (again.effects.length > 0)
    return [`the same report, taken again, gives ${again.effects.map(({ type }) => type).join(', ')}`];
  const isSame = JSON.stringify({ ...again.order, entries: 0 }) === JSON.stringify({ ...order, entries: 0 });
  return isSame ? [] : ['the same report, taken again, changes the order'];
}

function liveStates(requests: readonly OutboundRequest[]): ReadonlyMap<string, string> {
  return new Map(
    requests.filter(({ state }) => state !== 'failed').map(({ serviceOrder, state }) => [serviceOrder, state]),
  );
}

const closedOtherwise = inEveryStep((step) =>
  hasChanged(step, ['domainOrders', 'outboundRequests']) ? otherwiseOutside(step.order) : [],
);

function otherwiseOutside(order: CustomerOrder): string[] {
  const stopped = order.heldByHand === true || ['awaiting_information', 'assessing_cancellation'].includes(order.state);
  const latest = liveStates(order.outboundRequests);
  const withOpenChild = new Set(order.domainOrders.filter((each) => !hasEnded(each)).map((each) => each.parent));
  return order.domainOrders.flatMap(({ id, number, state, work, redone, undone }) => {
    // What a revision has made wrong is done again, or taken back before it has been, whatever its state says.
    if (work?.by !== 'external' || redone === false || undone !== undefined) return [];
    const outside = latest.get(id) ?? 'none';
    const isOpen = state === 'in_progress' && outside === 'fulfilled' && !withOpenChild.has(id) && !stopped;
    if (!isOpen && (state !== 'closed_complete' || outside === 'fulfilled')) return [];
    return [`${number} is ${state} and ${outside} outside`];
  });
}

function shownOtherwise(order: CustomerOrder): string[] {
  const latest = liveStates(order.outboundRequests);
  return renderedOrder(order).domainOrders.flatMap(({ id, number, kind, externalFulfillmentState: shown }) => {
    if (kind !== 'service') return [];
    const state = latest.get(id) ?? 'none';
    const expected = state === 'not_applicable' ? 'none' : state;
    return shown === expected
      ? []
      : [`${order.number}: ${number} is shown as ${shown}, and its latest record is ${state}`];
  });
}

const named = /outbound request (FO\d{7})/gi;

function unwritten(step: ReplayedStep): string[] {
  const moved = step.story.moves.filter(({ thing, from, to }) => thing === 'outboundRequest' && from !== to);
  const states = changedRecords(step);
  if (moved.length === 0 && states.length === 0) return [];
  const notes = notesOf(step).flatMap(({ text }) => [...text.matchAll(named)].map(([, number]) => number));
  const wanted = Map.groupBy([...moved.map(({ number }) => number)], (number) => number);
  for (const number of states) if (!wanted.has(number)) wanted.set(number, [number]);
  return [...wanted].flatMap(([number, moves]) => {
    const written = notes.filter((each) => each === number).length;
    return written >= moves.length ? [] : [`${number} has moved ${moves.length} times, and ${written} notes say so`];
  });
}

/** By what stands there, whatever the story says. */
function changedRecords(step: ReplayedStep): string[] {
  if (!hasChanged(step, ['outboundRequests'])) return [];
  const was = new Map(step.before?.outboundRequests.map(({ number, state }) => [number, state]));
  return step.order.outboundRequests
    .filter(({ number, state }) => was.get(number) !== state)
    .map(({ number }) => number);
}
