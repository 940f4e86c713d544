/** Invariants of ends: what has ended stays so, and an order ends exactly when all of it has. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import { hasChanged, type Invariant, inEveryStep } from './invariant.ts';

/** Invariant 1. */
export const endedStaysEnded: Invariant = {
  number: 1,
  name: 'what has ended stays ended',
  what: 'Orders and lines that are completed or canceled, domain orders that are closed or canceled, tasks that are canceled, fallouts and requests to cancel or revise that are closed, and outbound requests that are discarded keep their state and do not vanish. A closed task may go on by a redo alone, and that only once a revision was approved; an outbound request that is fulfilled may be revised.',
  on: 'steps',
  check: inEveryStep(revived),
};

/** Invariant 2. */
export const completedTogether: Invariant = {
  number: 2,
  name: 'an order is completed exactly when its lines are, and nothing about the order itself is open',
  what: 'Lines that were canceled drop out, as long as one is completed. An order that somebody holds, or of whose cancellation or revision nobody has decided, may have nothing open and wait for that. Open tasks count that are about the order, or about a line of it.',
  on: 'states',
  check: inEveryStep((step) => (hasChanged(step, ['lines', 'tasks']) || hasMoved(step) ? incomplete(step.order) : [])),
};

interface Thing {
  readonly key: string;
  readonly state: string;
}

const over: { readonly [kind: string]: readonly string[] } = {
  order: ['completed', 'canceled'],
  line: ['completed', 'canceled'],
  'domain order': ['closed_complete', 'canceled'],
  task: ['canceled', 'closed_complete'],
  fallout: ['closed_complete', 'canceled'],
  'outbound request': ['failed'],
  cancellation: ['done', 'declined'],
  revision: ['approved', 'declined', 'replaced', 'overtaken'],
};

function revived(step: ReplayedStep): string[] {
  const { before, order, story } = step;
  if (before === undefined) return [];
  const isRevised = order.revisions?.some(({ state }) => state === 'approved') === true;
  const redone = new Set(
    story.moves.flatMap(({ thing, event, number }) =>
      isRevised && thing === 'task' && event === 'redo' ? [`task ${number}`] : [],
    ),
  );
  return pairsOf(before, order).flatMap(([kind, was, now]) => {
    const ended = thingsOf(kind, was).filter(({ state }) => over[kind]?.includes(state) === true);
    if (ended.length === 0) return [];
    const states = new Map(thingsOf(kind, now).map(({ key, state }) => [key, state]));
    return ended
      .filter(({ key, state }) => states.get(key) !== state && !redone.has(key))
      .map(({ key, state }) => `${key} was ${state} and is ${states.get(key) ?? 'gone'}`);
  });
}

type Listed = readonly { readonly id?: string; readonly number?: string; readonly state: string }[];

/** What may have changed: lists that are the very same have not. */
function pairsOf(before: CustomerOrder, order: CustomerOrder): (readonly [string, Listed, Listed])[] {
  const pairs = [
    ['order', [before], [order]],
    ['line', before.lines, order.lines],
    ['domain order', before.domainOrders, order.domainOrders],
    ['task', before.tasks, order.tasks],
    ['fallout', before.fallouts, order.fallouts],
    ['outbound request', before.outboundRequests, order.outboundRequests],
    ['cancellation', before.cancellations ?? [], order.cancellations ?? []],
    ['revision', before.revisions ?? [], order.revisions ?? []],
  ] as const;
  return pairs.filter(([, was, now]) => was !== now);
}

function thingsOf(kind: string, things: Listed): Thing[] {
  return things.map(({ id, number, state }) => ({ key: `${kind} ${number ?? id}`, state }));
}

function hasMoved({ before, order }: ReplayedStep): boolean {
  return before?.state !== order.state || before?.heldByHand !== order.heldByHand;
}

function incomplete(order: CustomerOrder): string[] {
  const { state, lines, heldByHand } = order;
  const ended = lines.every((line) => line.state === 'completed' || line.state === 'canceled');
  const waiting = ['assessing_cancellation', 'revision_in_progress', 'awaiting_information'];
  const isStopped = heldByHand === true || waiting.includes(state);
  const hasCompleted = lines.length === 0 || lines.some((line) => line.state === 'completed');
  const open = openTasksOf(order);
  const isRight =
    state === 'completed'
      ? ended && open.length === 0 && hasCompleted
      : state === 'canceled'
        ? ended
        : !ended || isStopped || open.length > 0;
  if (isRight) return [];
  const tasks = open.length === 0 ? 'none' : open.join(', ');
  return [`it is ${state}, its lines are ${lines.map((line) => line.state).join(', ')}, its open tasks ${tasks}`];
}

/** Those of the order itself, or of a line: they keep the order open when all its lines are done. */
function openTasksOf({ tasks }: CustomerOrder): string[] {
  return tasks
    .filter(({ about, state }) => about.kind !== 'domainOrder' && state !== 'closed_complete' && state !== 'canceled')
    .map(({ number }) => number);
}
