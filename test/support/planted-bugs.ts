/** The engine, wrong in one way: each bug is planted at a seam of the real engine, and is there only where it is switched on. */
import { step } from '../../engine/core/step.ts';
import type { CustomerOrder, DomainOrder, OutboundRequest } from '../../engine/model/order.ts';
import type { Effect, Outcome } from '../../engine/model/outcome.ts';
import { memoryStore } from '../../engine/shell/memory-store.ts';
import type { Commit, OrderStore } from '../../engine/shell/store.ts';
import type { WorkItem } from '../../kernel/kernel.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import type { StormOptions } from '../../scenarios/storm/run-storm.ts';
import { plantedDateBugs } from './planted-date-bugs.ts';

/** By name, how a storm meets the engine with that bug. Every storm has its own copy. */
export const plantedBugs: { readonly [bug: string]: (seed: string) => StormOptions } = {
  'a commit is applied twice': () => inStore((store) => ({ ...store, journal: twice(store) })),
  'an update is lost': () => inStore(loseUpdate),
  'a change to the inventory is lost': () => inStore(loseInventory),
  'numbers are given out again': () => inStore(repeatNumbers),
  'a retry timer is lost': (seed) => ({ kernel: forgetful(seed) }),
  'a timer rings twice': (seed) => ({ kernel: echoing(seed) }),
  'a retry goes out under a new Request ID': () => inStep(renameRetry),
  'a retry timer rings and nothing is sent': () => inStep(forgetRetry),
  'one attempt too many': () => inStep(neverGiveUp),
  'an accepted request has no deadline': () => inStep(withoutDeadline),
  'a callback after the end reopens the request': () => inStep(reopen),
  'a repeated report opens another fallout': () => inStep(openAgain),
  'pending is taken for fulfilled': () => inStep(tooGood),
  'a successor starts too early': () => inStep(startEarly),
  'a fallout is closed while it holds something': () => inStep(closeFallout),
  'an order is announced twice': () => inStep(announceTwice),
  'a fallout of several is resolved when one of them is seen to': () => inStep(resolveForAll),
  'a dispatch that failed leaves its records': () => inStep(keepRecords),
  'a request is taken for accepted when it is sent': () => inStep(acceptAtOnce),
  'updates are told of as soon as somebody sets a value': () => inStep(alwaysUpdated),
  'some transitions are not written down': () => inStep(forgetNotes),
  'a step counts as a revision': () => inStep(countVersions),
  'an order is completed with the first of its lines': () => inStep(completeEarly),
  'a part goes over to another line': () => inStep(changeLine),
  'chance decides what a step does': () => inStep(moody()),
  ...plantedDateBugs,
};

type Took = Extract<Outcome, { ok: true }>;
type Step = typeof step;
type Given = Parameters<Step>[1];

function inStore(wrong: (store: OrderStore) => OrderStore): StormOptions {
  return { parts: { store: wrong(memoryStore()) } };
}

/** The real outcome, spoilt. */
function inStep(spoil: (took: Took, input: Given, before: CustomerOrder | undefined) => Took): StormOptions {
  const wrong: Step = (order, input, facts) => {
    const outcome = step(order, input, facts);
    return outcome.ok ? spoil(outcome, input, order) : outcome;
  };
  return { parts: { step: wrong } };
}

function twice(store: OrderStore): OrderStore['journal'] {
  return async (orderId) =>
    (await store.journal(orderId)).flatMap((entry) => (entry.entry === 3 ? [entry, entry] : [entry]));
}

/** The order of every seventh commit is not what is read afterwards. */
function loseUpdate(store: OrderStore): OrderStore {
  let commits = 0;
  return {
    ...store,
    commit: (commit: Commit) => {
      commits += 1;
      const { order } = commit;
      const lost = commits % 7 === 0 ? { ...order, workNotes: order.workNotes.slice(0, -1) } : order;
      return store.commit({ ...commit, order: lost });
    },
  };
}

/** Every fifth change to what stands in the inventory is taken for one that was made before. */
function loseInventory(store: OrderStore): OrderStore {
  const { inventory } = store;
  let changes = 0;
  const commit: typeof inventory.commit = async (change) => {
    if (change.expectedEntries > 0) changes += 1;
    return change.expectedEntries > 0 && changes % 5 === 0 ? 'repeated' : inventory.commit(change);
  };
  return { ...store, inventory: { ...inventory, commit } };
}

function repeatNumbers(store: OrderStore): OrderStore {
  return { ...store, commit: (commit) => store.commit({ ...commit, numbersUsed: { ...commit.numbersUsed, FO: 0 } }) };
}

/** Every third retry timer is forgotten. */
function forgetful(seed: string): TimedKernel {
  const kernel = virtualKernel({ seed });
  const schedule = kernel.schedule.bind(kernel);
  let retries = 0;
  kernel.schedule = (item: WorkItem) => {
    const isRetry = item.id.includes('/timer/retry/');
    if (isRetry) retries += 1;
    if (!isRetry || retries % 3 !== 0) schedule(item);
  };
  return kernel;
}

/** Every third timer comes again a second later. */
function echoing(seed: string): TimedKernel {
  const kernel = virtualKernel({ seed });
  const schedule = kernel.schedule.bind(kernel);
  let timers = 0;
  kernel.schedule = (item: WorkItem) => {
    schedule(item);
    if (!item.id.includes('/timer/')) return;
    timers += 1;
    if (timers % 3 === 0) schedule({ ...item, id: `${item.id}/echo`, due: item.due + 1_000 });
  };
  return kernel;
}

function isRetrying(effect: Effect): boolean {
  return effect.type === 'SendOutboundRequest' && effect.attempt > 1;
}

/** As an engine does that makes a new request of each attempt, and leaves the old one to itself. */
function renameRetry(took: Took): Took {
  const retry = took.effects.find(isRetrying);
  if (retry?.type !== 'SendOutboundRequest') return took;
  const requestId = retry.requestId.replace(/^..../, 'ffff');
  const { order } = took;
  const records = order.outboundRequests.filter((record) => record.requestId === retry.requestId);
  const dispatch = order.dispatches.find((each) => each.requestId === retry.requestId);
  if (dispatch === undefined) return took;
  const { underWay: _over, ...over } = dispatch;
  const copies = records.map(
    (record): OutboundRequest => ({ ...record, requestId, number: `FO${retry.attempt}${record.number.slice(3)}` }),
  );
  return {
    ...took,
    order: {
      ...order,
      outboundRequests: [...order.outboundRequests, ...copies],
      dispatches: [...order.dispatches.map((each) => (each === dispatch ? over : each)), { ...dispatch, requestId }],
    },
    effects: took.effects.map((effect) =>
      effect.type === 'SendOutboundRequest' && effect === retry
        ? { ...effect, requestId, payload: { ...effect.payload, requestId } }
        : effect,
    ),
  };
}

function forgetRetry(took: Took): Took {
  return { ...took, effects: took.effects.filter((effect) => !isRetrying(effect)) };
}

/** The terms are read one too high, where it is decided whether to try again. */
function neverGiveUp(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  if (input.type !== 'ReportDispatch' || before === undefined) return took;
  const dispatch = before.dispatches.find(({ requestId }) => requestId === input.requestId);
  const gaveUp = took.order.fallouts.length > before.fallouts.length;
  const [record] = before.outboundRequests.filter(({ requestId }) => requestId === input.requestId);
  const isLast = input.attempt === (record?.terms.maxRetries ?? 0) + 1;
  if (!gaveUp || !isLast || dispatch?.underWay?.operation !== 'create') return took;
  const due = input.at + 1_000;
  const timer = { kind: 'retryDispatch', requestId: input.requestId } as const;
  const name = `retry/${input.requestId}`;
  const set: Effect = { type: 'SetTimer', id: `${before.id}/timer/${name}`, name, due, timer };
  const waits = { ...dispatch, underWay: { ...dispatch.underWay, waits: true as const } };
  const dispatches = before.dispatches.map((each) => (each === dispatch ? waits : each));
  return {
    ...took,
    order: { ...before, entries: took.order.entries, dispatches },
    effects: [set],
    story: { moves: [], evaluations: [], numbersUsed: {} },
  };
}

function withoutDeadline(took: Took): Took {
  const effects = took.effects.filter(
    (effect) => effect.type !== 'SetTimer' || effect.timer.kind !== 'fulfillmentOverdue',
  );
  return { ...took, effects };
}

/** Whoever reports an error must be right, even when the order has long ended. */
function reopen(took: Took, input: Given): Took {
  if (input.type !== 'ReportFulfillment' || took.order.state !== 'completed') return took;
  const late = input.reports.find(({ state }) => state !== 'fulfilled')?.serviceOrder;
  return {
    ...took,
    order: withDomainOrders(took.order, (each) => (each.id === late ? { ...each, state: 'in_progress' } : each)),
  };
}

function openAgain(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  if (input.type !== 'ReportFulfillment' || before === undefined) return took;
  const [error] = input.reports.filter(({ state }) => state === 'error');
  const known = before.fallouts.find(
    ({ domainOrder, state }) => domainOrder === error?.serviceOrder && state === 'open',
  );
  if (known === undefined) return took;
  const another = { ...known, id: `${known.id}b`, number: known.number.replace('FO0', 'FO9') };
  return { ...took, order: { ...took.order, fallouts: [...took.order.fallouts, another] } };
}

function tooGood(took: Took, input: Given): Took {
  if (input.type !== 'ReportFulfillment' || input.via !== 'event') return took;
  const pending = new Set(
    input.reports.filter(({ state }) => state === 'pending').map(({ serviceOrder }) => serviceOrder),
  );
  const outboundRequests = took.order.outboundRequests.map(
    (record): OutboundRequest =>
      record.requestId === input.requestId && record.state === 'pending' && pending.has(record.serviceOrder)
        ? { ...record, state: 'fulfilled' }
        : record,
  );
  return { ...took, order: { ...took.order, outboundRequests } };
}

/** What must be done before is not looked at. */
function startEarly(took: Took, input: Given): Took {
  if (input.type !== 'ApproveOrder') return took;
  const order = withDomainOrders(took.order, (each) =>
    each.state === 'draft' && each.after.length > 0 ? { ...each, state: 'in_progress', work: { by: 'none' } } : each,
  );
  return { ...took, order };
}

function closeFallout(took: Took, input: Given): Took {
  if (input.type !== 'TimerFired') return took;
  const fallouts = took.order.fallouts.map((fallout) => ({ ...fallout, state: 'resolved' as const }));
  return { ...took, order: { ...took.order, fallouts } };
}

function announceTwice(took: Took): Took {
  return {
    ...took,
    effects: took.effects.flatMap((effect): Effect[] =>
      effect.type === 'NotifyListeners' ? [effect, effect] : [effect],
    ),
  };
}

/** Found by storms in the engine as it was, and planted again. */
function resolveForAll(took: Took, _input: Given, before: CustomerOrder | undefined): Took {
  const held = new Map(before?.fallouts.map(({ id, holds }) => [id, holds.length]));
  const fallouts = took.order.fallouts.map((fallout) =>
    fallout.holds.length < (held.get(fallout.id) ?? 0) ? { ...fallout, state: 'resolved' as const } : fallout,
  );
  return { ...took, order: { ...took.order, fallouts } };
}

function keepRecords(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  if (input.type !== 'ReportDispatch' || took.order.fallouts.length === before?.fallouts.length) return took;
  const outboundRequests = took.order.outboundRequests.map(
    (record): OutboundRequest =>
      record.requestId === input.requestId && record.state === 'failed'
        ? { ...record, state: 'not_applicable' }
        : record,
  );
  return { ...took, order: { ...took.order, outboundRequests } };
}

function acceptAtOnce(took: Took, input: Given): Took {
  if (input.type === 'ReportDispatch' || input.type === 'ReportFulfillment') return took;
  const sent = new Set(
    took.effects.flatMap((effect) =>
      effect.type === 'SendOutboundRequest' && effect.attempt === 1 ? [effect.requestId] : [],
    ),
  );
  const outboundRequests = took.order.outboundRequests.map(
    (record): OutboundRequest =>
      sent.has(record.requestId) && record.state === 'not_applicable' ? { ...record, state: 'pending' } : record,
  );
  return { ...took, order: { ...took.order, outboundRequests } };
}

/** Whether the value is another, and whether anybody outside knows of the old one, is not looked at. */
function alwaysUpdated(took: Took, input: Given): Took {
  if (input.type !== 'UpdateServiceOrder') return took;
  const order = withDomainOrders(took.order, (each) =>
    each.id === input.serviceOrder ? { ...each, updatesAvailable: true } : each,
  );
  return { ...took, order };
}

/** The notes of a step that say no more than what state a record is in. */
function forgetNotes(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  if (input.type !== 'ReportFulfillment' || before === undefined) return took;
  return { ...took, order: { ...took.order, workNotes: before.workNotes } };
}

function countVersions(took: Took, input: Given): Took {
  if (input.type !== 'ReviseOutboundRequest') return took;
  return { ...took, order: { ...took.order, version: took.order.version + 1 } };
}

function completeEarly(took: Took): Took {
  const { order } = took;
  if (order.state !== 'in_progress' || !order.lines.some(({ state }) => state === 'completed')) return took;
  const effects: Effect[] = [
    ...took.effects,
    { type: 'NotifyListeners', id: `${order.id}/${order.entries}/early`, from: order.state, to: 'completed' },
  ];
  return { ...took, order: { ...order, state: 'completed' }, effects };
}

function changeLine(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  const line = took.order.lines.at(-1)?.id;
  if (input.type !== 'TimerFired' || line === undefined || before === undefined) return took;
  const part = took.order.domainOrders.findLast((each) => each.kind === 'resource')?.id;
  return {
    ...took,
    order: withDomainOrders(took.order, (each) => (each.id === part && each.line !== line ? { ...each, line } : each)),
  };
}

/** What is not in the journal decides: the same step, taken again, says something else. */
function moody(): (took: Took) => Took {
  let taken = 0;
  return (took) => {
    taken += 1;
    return { ...took, order: { ...took.order, description: `step ${taken}` } };
  };
}

function withDomainOrders(order: CustomerOrder, change: (domainOrder: DomainOrder) => DomainOrder): CustomerOrder {
  return { ...order, domainOrders: order.domainOrders.map(change) };
}
