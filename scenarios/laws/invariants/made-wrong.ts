/** The invariant of what a change in flight makes wrong: undone, done again, or kept for a reason; and not forgotten on the way. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import type { Evidence } from '../evidence.ts';
import { againOf, type Change } from './done-again.ts';
import { type Invariant, inEveryStep, repeatedIn } from './invariant.ts';

/** Invariant 13. */
export const madeRight: Invariant = {
  number: 13,
  name: 'what a change makes wrong is undone by its undo task, once, or done again, before all of it has ended',
  what: 'When a cancellation, or a revision that wants less, is approved, all that came of a line that leaves is canceled or undone: each task that was begun, and whose plan says what undoes it, has one task that undoes it, and no other goes on. Such a domain order counts as canceled or undone only when all of those are over. When a revision is approved, each closed task whose plan answers to what has changed about its domain order or its line is to be done again, and automatic work that is going on takes its time anew; so does each closed domain order that was done by hand or takes a while, or whose fulfillment outside is not what is wanted any more. Kept are only: what does not answer to that change by its plan; what is of a line that has ended; what needs no time and nobody; and what nobody wants any more, where no plan says what undoes it. What is to be done again remains so until it is, or somebody ends it by hand; a domain order has been done again only once its tasks, and all below it, have. An order is completed only when everything that a revision has made wrong was done again.',
  on: 'steps',
  check: (evidence) => [
    ...inEveryStep(notUndone)(evidence),
    ...inEveryStep((step) => notDoneAgain(step, evidence))(evidence),
  ],
};

type DomainOrder = CustomerOrder['domainOrders'][number];

function notUndone(step: ReplayedStep): string[] {
  return [...stayingOn(step), ...withoutUndo(step), ...endedBeforeUndone(step)];
}

function notDoneAgain(step: ReplayedStep, { catalogues }: Pick<Evidence, 'catalogues'>): string[] {
  const catalogue = catalogues.get(step.entry.versions.catalogue);
  return [
    ...(catalogue === undefined ? [] : silentlyKept(step, catalogue)),
    ...forgotten(step),
    ...endedBeforeRedone(step),
  ];
}

function isUnwanted({ state, undone }: DomainOrder): boolean {
  return state === 'cancellation_in_progress' || state === 'canceled' || undone !== undefined;
}

/** Of a line that leaves, all leaves. */
function stayingOn({ order, story }: ReplayedStep): string[] {
  const leaving = new Set(
    story.moves.flatMap(({ thing, event, id }) =>
      thing === 'line' && (event === 'drop' || event === 'approveCancellation') ? [id] : [],
    ),
  );
  if (leaving.size === 0) return [];
  return order.domainOrders
    .filter((each) => leaving.has(each.line) && !isUnwanted(each))
    .map(({ number, state }) => `its line is not wanted any more, and ${number} is ${state}`);
}

function withoutUndo(step: ReplayedStep): string[] {
  const { before, order, entry } = step;
  if (before === undefined || before.domainOrders === order.domainOrders) return [];
  // Who cancels one service order by hand, and who declines a question, undoes nothing by that.
  const isByHand = isCanceledByHand(step) || entry.input.type === 'DecideQualification';
  const hit = takenBackIn(before, step);
  if (hit.size === 0) return [];
  const tasks = order.tasks.filter(({ about }) => about.kind === 'domainOrder' && hit.has(about.domainOrder));
  const undoes = order.tasks.flatMap((task) => task.undoes ?? []);
  const begun = isByHand ? [] : tasks.filter(({ undo, startedAt }) => undo !== undefined && startedAt !== undefined);
  const goingOn = tasks.filter(({ undoes: own, ...task }) => own === undefined && !isOver(task));
  return [
    ...begun.filter(({ id }) => !undoes.includes(id)).map(({ number }) => `nothing undoes ${number}`),
    ...repeatedIn(undoes).map((id) => `task ${id} is undone twice`),
    ...goingOn.map(({ number, state }) => `its domain order is not wanted any more, and ${number} is ${state}`),
  ];
}

/** One domain order alone, at once or on its day. */
function isCanceledByHand({ order, entry: { input } }: ReplayedStep): boolean {
  if (input.type === 'CancelServiceOrder') return true;
  if (input.type !== 'TimerFired' || input.timer.kind !== 'cancellationDue') return false;
  const { cancellation } = input.timer;
  return order.cancellations?.some(({ id, part }) => id === cancellation && part !== undefined) === true;
}

/** The domain orders that are not wanted any more since this step. */
function takenBackIn(before: CustomerOrder, { order, story }: ReplayedStep): ReadonlySet<string> {
  const was = new Map(before.domainOrders.map(({ id, undone }) => [id, undone]));
  return new Set([
    ...story.moves.flatMap(({ thing, event, id }) => (thing === 'domainOrder' && event === 'cancel' ? [id] : [])),
    ...order.domainOrders.flatMap(({ id, undone }) =>
      undone !== undefined && was.get(id) === undefined && was.has(id) ? [id] : [],
    ),
  ]);
}

function isOver({ state, redoDue }: Pick<CustomerOrder['tasks'][number], 'state' | 'redoDue'>): boolean {
  return (state === 'closed_complete' && redoDue === undefined) || state === 'canceled';
}

function endedBeforeUndone({ before, order, story }: ReplayedStep): string[] {
  const undoing = new Set(
    before?.domainOrders.flatMap(({ id, state, undone }) =>
      state === 'cancellation_in_progress' || undone === false ? [id] : [],
    ),
  );
  const ended = new Set(
    order.domainOrders.flatMap(({ id, state, undone }) =>
      undoing.has(id) && (state === 'canceled' || undone === true) ? [id] : [],
    ),
  );
  if (ended.size === 0 || story.moves.length === 0) return [];
  return order.tasks
    .filter(({ undoes, about, ...task }) => {
      const isOpen = !isOver(task);
      return undoes !== undefined && isOpen && about.kind === 'domainOrder' && ended.has(about.domainOrder);
    })
    .map(({ number, state }) => `its domain order has ended, and ${number}, which undoes something of it, is ${state}`);
}

/** A revision is approved, and something that was done for what has changed stands as if nothing had. */
function silentlyKept(step: ReplayedStep, catalogue: Change['catalogue']): string[] {
  const { before, order, story } = step;
  const approved = story.moves.find(({ thing, event }) => thing === 'revision' && event === 'approve');
  const revision = order.revisions?.find(({ id }) => id === approved?.id);
  if (before === undefined || revision === undefined) return [];
  const over = new Set(before.lines.flatMap(({ id, state }) => (isEnded(state) ? [id] : [])));
  const now = new Map(order.domainOrders.map((each) => [each.id, each]));
  return before.domainOrders.flatMap((was) => {
    const is = now.get(was.id);
    if (is === undefined || isUnwanted(is) || isUnwanted(was) || over.has(was.line)) return [];
    return againOf({ step, revision, catalogue, was, is });
  });
}

function isEnded(state: string): boolean {
  return state === 'completed' || state === 'canceled';
}

/** What is to be done again remains so, until it has been. */
function forgotten(step: ReplayedStep): string[] {
  const { before, order, story, entry } = step;
  if (before === undefined) return [];
  const byHand = entry.input.type === 'ForceCompleteServiceOrder' || isCanceledByHand(step);
  const unwanted = new Set(order.domainOrders.filter(isUnwanted).map(({ id }) => id));
  const redone = new Set(
    story.moves.flatMap(({ thing, event, id }) => (thing === 'task' && event === 'redo' ? [id] : [])),
  );
  const due = new Set(order.tasks.flatMap(({ id, redoDue }) => (redoDue === true ? [id] : [])));
  const tasks = before.tasks.filter(({ id, redoDue, about }) => {
    const isGone = about.kind === 'domainOrder' && unwanted.has(about.domainOrder);
    return redoDue === true && !due.has(id) && !redone.has(id) && !isGone;
  });
  const states = new Map(order.domainOrders.map((each) => [each.id, each]));
  const domainOrders = before.domainOrders.filter(({ id, redone: was }) => {
    const is = states.get(id);
    return was === false && is !== undefined && is.redone !== false && !isUnwanted(is) && isUnfinished(order, is);
  });
  return byHand
    ? []
    : [...tasks, ...domainOrders].map(({ number }) => `${number} was to be done again, and has not been`);
}

/** Something of it, or below it, is still to be done. */
function isUnfinished({ tasks, domainOrders }: CustomerOrder, { id, work, updatesAvailable }: DomainOrder): boolean {
  const isOpen = ({ state, redone }: DomainOrder) =>
    state !== 'canceled' && (state !== 'closed_complete' || redone === false);
  // What went outside as a part of something larger has a plan that nobody follows.
  const isPlanned = work?.by === 'plan';
  const hasOpenTask = tasks.some(
    ({ about, ...task }) =>
      about.kind === 'domainOrder' &&
      about.domainOrder === id &&
      !isOver(task) &&
      (isPlanned || task.state !== 'draft'),
  );
  const isOld = work?.by === 'external' && updatesAvailable === true;
  return hasOpenTask || isOld || domainOrders.some((each) => each.parent === id && isOpen(each));
}

/** What a revision has made wrong is done again before all is complete. */
function endedBeforeRedone({ before, order }: ReplayedStep): string[] {
  if (order.state !== 'completed' || before?.state === 'completed') return [];
  const left = [
    ...order.domainOrders.filter(({ redone, undone }) => redone === false && undone === undefined),
    ...order.tasks.filter(({ redoDue }) => redoDue === true),
  ];
  return left.map(({ number }) => `it is completed, and ${number} is still to be done again`);
}
