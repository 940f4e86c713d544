/** An order as a net of work: what has to be over before what, and how far each piece of work is. */
import { externalFulfillmentStates } from '../../model/external-state.ts';
import type { Forecast, Outlook } from '../../model/jeopardy/forecast.ts';
import type { DomainOrder, Instant } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';
import { plannedDuration } from './policy.ts';
import { type WorkingTime, workingTimeOf } from './working-time.ts';

/** Something that takes time: a task, or the own work of a domain order that has no plan. */
export interface Work {
  readonly id: string;
  readonly domainOrder: string;
  readonly task?: OrderTask;
  /** Work of the same domain order that comes before. */
  readonly after: readonly string[];
  readonly durationMs: number;
  readonly known: Outlook | undefined;
  readonly openedAt?: Instant;
  readonly overAt?: Instant;
  /** Its clock stands, since then. */
  readonly pausedAt?: Instant;
  readonly pausedMs: number;
}

export interface Part {
  readonly domainOrder: DomainOrder;
  readonly known: Outlook | undefined;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly works: readonly Work[];
  readonly children: readonly string[];
}

export interface Graph {
  /** By id of the domain order, in their order in the order: parents first. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly works: readonly Work[];
  readonly time: WorkingTime;
  /** Nothing begins before. */
  readonly notBefore: Instant;
  /** What is not yet begun does not become later while this stands. */
  readonly pausedAt?: Instant;
}

/** States of the order in which nobody works on it. */
const standing = ['awaiting_information', 'revision_in_progress', 'assessing_cancellation', 'cancellation_in_progress'];

export function graphOf(draft: Draft, { of }: Forecast): Graph {
  const tasks = Map.groupBy(draft.tasks.all, ({ about }) => (about.kind === 'domainOrder' ? about.domainOrder : ''));
  const children = Map.groupBy(draft.domainOrders.all, ({ parent }) => parent ?? '');
  const external = externalFulfillmentStates(draft.outboundRequests.all);
  const isPaused = draft.header.heldByHand === true || standing.includes(draft.header.state);
  const pausedAt = isPaused ? (of[draft.header.id]?.pausedAt ?? draft.at) : undefined;
  const time = workingTimeOf(draft.facts.policies.jeopardy?.workingHours);
  const parts = new Map<string, Part>();
  for (const domainOrder of draft.domainOrders.all) {
    const { id } = domainOrder;
    const known = of[id];
    const own = (tasks.get(id) ?? []).map((task) =>
      taskWork(draft, { task, domainOrder, known: of[task.id], isPaused, time }),
    );
    const isFulfilled = external.get(id) === 'fulfilled';
    const startedAt = known?.startedAt ?? (hasStarted(domainOrder) ? draft.at : undefined);
    parts.set(id, {
      domainOrder,
      known,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(isOver(domainOrder) ? { endedAt: known?.endedAt ?? draft.at } : {}),
      works: own.length > 0 ? own : [ownWork(draft, { domainOrder, known, startedAt, isFulfilled, isPaused, time })],
      children: (children.get(id) ?? []).map((child) => child.id),
    });
  }
  return {
    parts,
    works: [...parts.values()].flatMap(({ works }) => works),
    time,
    notBefore: draft.header.requestedStartAt ?? 0,
    ...(pausedAt === undefined ? {} : { pausedAt }),
  };
}

function taskWork(
  draft: Draft,
  about: {
    readonly task: OrderTask;
    readonly domainOrder: DomainOrder;
    readonly known: Outlook | undefined;
    readonly isPaused: boolean;
    readonly time: WorkingTime;
  },
): Work {
  const { task, domainOrder, known, time } = about;
  const over = task.state === 'closed_complete' || task.state === 'canceled';
  // From hold, a task opens anew; its time goes on.
  const openedAt = known?.startedAt ?? task.openedAt ?? task.startedAt;
  const stands = task.state === 'on_hold' || task.state === 'awaiting_information' || task.state === 'resolved';
  return {
    id: task.id,
    domainOrder: domainOrder.id,
    task,
    after: task.after,
    durationMs: known?.durationMs ?? plannedDuration(draft, task, domainOrder) ?? task.durationMs,
    known,
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(over ? { overAt: task.closedAt ?? known?.endedAt ?? draft.at } : {}),
    ...clockOf(time, draft.at, known, !over && (about.isPaused || stands || domainOrder.state === 'on_hold')),
  };
}

/** A domain order without a plan is done by somebody or something that says no more than that it is done. */
function ownWork(
  draft: Draft,
  about: {
    readonly domainOrder: DomainOrder;
    readonly known: Outlook | undefined;
    readonly startedAt: Instant | undefined;
    readonly isFulfilled: boolean;
    readonly isPaused: boolean;
    readonly time: WorkingTime;
  },
): Work {
  const { domainOrder, known, startedAt, isFulfilled, isPaused, time } = about;
  const { id, work, state } = domainOrder;
  const isDone = work?.by === 'none' || (work?.by === 'automatic' && work.done) || isFulfilled;
  const over = isOver(domainOrder) || (startedAt !== undefined && isDone);
  // What is only held together by its parts, or left as it is, takes no time of its own.
  const takesNone = domainOrder.kind === 'product' || domainOrder.action === 'no-change';
  const usual = specificationOf(draft.facts.catalogue, domainOrder.specification).automaticMs;
  return {
    id,
    domainOrder: id,
    after: [],
    durationMs: known?.durationMs ?? (takesNone ? 0 : (plannedDuration(draft, undefined, domainOrder) ?? usual)),
    known,
    ...(startedAt === undefined ? {} : { openedAt: startedAt }),
    ...(over ? { overAt: known?.workOverAt ?? draft.at } : {}),
    ...clockOf(time, draft.at, known, !over && (isPaused || state === 'on_hold')),
  };
}

/** A clock that stands, and how long it has stood. */
function clockOf(
  time: WorkingTime,
  at: Instant,
  known: Outlook | undefined,
  stands: boolean,
): Pick<Work, 'pausedAt' | 'pausedMs'> {
  const { pausedAt, pausedMs = 0 } = known ?? {};
  if (stands) return { pausedAt: pausedAt ?? at, pausedMs };
  return { pausedMs: pausedAt === undefined ? pausedMs : pausedMs + time.between(pausedAt, at) };
}

function hasStarted({ state }: DomainOrder): boolean {
  return state !== 'draft' && state !== 'qualified' && state !== 'scheduled';
}

/** What a revision has made wrong is done again, whatever its state says. */
function isOver({ state, redone }: DomainOrder): boolean {
  return (state === 'closed_complete' && redone !== false) || state === 'canceled';
}
