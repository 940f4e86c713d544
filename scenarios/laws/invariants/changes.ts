/** Invariants of changes in flight: what they count, what they stop, what undoes what was done, and when they come too late. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import { type Invariant, inEveryStep, repeatedIn } from './invariant.ts';

/** Invariant 10. */
export const nothingAfterNoReturn: Invariant = {
  number: 10,
  name: 'after the point of no return nothing of an order is canceled or revised',
  what: 'Once the order or one of its lines has passed it, the order and every line have, for good. From then on no request to cancel or revise is taken up, none is approved, and no line leaves for its cancellation or revision. The order follows lines whose cancellation was approved before; questions that are declined are not canceled.',
  on: 'steps',
  check: inEveryStep(changedTooLate),
};

/** Invariant 11. */
export const versionsCounted: Invariant = {
  number: 11,
  name: 'the version of an order is 1, and one more for each request to cancel or revise that was taken up',
  what: 'A request that is scheduled counts when its day comes, and one that is impossible by then does not. One that is declined counts, and so does a revision that another one replaces; one that changes nothing is none, nor is one about a domain order alone.',
  on: 'steps',
  check: inEveryStep(otherVersion),
};

/** Invariant 12. */
export const nothingMeanwhile: Invariant = {
  number: 12,
  name: 'while a cancellation or a revision is undecided nothing of it is sent, no task of it closes by itself, and reports are taken',
  what: 'Of what is assessed or revised, the whole order or some lines, nothing is sent; what an earlier cancellation still tells the outside is another matter. No task of it closes, unless somebody closes it. A report about one of its records sets the state of that record, as long as it was neither fulfilled nor discarded.',
  on: 'steps',
  check: inEveryStep(goingOn),
};

/** Invariant 13. */
export const undoneOnce: Invariant = {
  number: 13,
  name: 'what a change makes wrong is undone by its undo task, once, or done again, before all of it has ended',
  what: 'When a cancellation, or a revision that wants less, is approved, each task that was begun of a domain order that is not wanted any more, and whose plan says what undoes it, has one task that undoes it. Such a domain order counts as canceled or undone only when all of those are over. An order is completed only when everything that a revision has made wrong was done again.',
  on: 'steps',
  check: inEveryStep(notUndone),
};

function changedTooLate({ before, order, story, entry: { input } }: ReplayedStep): string[] {
  const passed = [order, ...order.lines].filter(({ pointOfNoReturn }) => pointOfNoReturn === true);
  const some = passed.length > 0 && passed.length <= order.lines.length;
  const apart = some ? ['some of it has passed the point of no return, and some has not'] : [];
  if (before?.pointOfNoReturn !== true) return apart;
  if (order.pointOfNoReturn !== true) return ['it has come back from the point of no return'];
  if (order.fulfillmentType === 'Qualify') return apart;
  const ofParts = partRequests(order);
  const late = story.moves.filter(({ thing, id, event, to }) => {
    if (thing === 'cancellation') return !ofParts.has(id) && (to === 'assessing' || event === 'approve');
    if (thing === 'revision') return event === 'create' || event === 'approve';
    return thing === 'line' && ['requestCancellation', 'approveCancellation', 'revise', 'drop'].includes(event);
  });
  const commands = ['CancelOrder', 'ReviseOrder'].includes(input.type) ? [`${input.type} was taken`] : [];
  return [
    ...apart,
    ...commands,
    ...late.map(({ number, event }) => `${number}: ${event} after the point of no return`),
  ];
}

/** Of single domain orders, which are canceled by hand: that is no change of what was ordered. */
function partRequests({ cancellations = [] }: CustomerOrder): ReadonlySet<string> {
  return new Set(cancellations.flatMap(({ id, part }) => (part === undefined ? [] : [id])));
}

function otherVersion({ before, order, story }: ReplayedStep): string[] {
  const ofParts = partRequests(order);
  const requested = story.moves.filter(
    ({ thing, id, event, to }) =>
      (thing === 'cancellation' && to === 'assessing' && !ofParts.has(id)) ||
      (thing === 'revision' && event === 'create'),
  );
  const expected = (before?.version ?? 1) + requested.length;
  return order.version === expected ? [] : [`its version is ${order.version}, and ${expected} is right`];
}

const undecided = ['assessing_cancellation', 'revision_in_progress'];

/** Lines that are being decided about before and after the step: whatever it did, it did meanwhile. */
function undecidedLines({ before, order }: ReplayedStep): ReadonlySet<string> {
  if (before === undefined) return new Set();
  const isUndecided = ({ state }: { readonly state: string }) => undecided.includes(state);
  const all = isUndecided(before) && isUndecided(order);
  const was = new Set(before.lines.filter((line) => all || isUndecided(line)).map(({ id }) => id));
  return new Set(
    order.lines.filter((line) => was.has(line.id) && (isUndecided(line) || isRevised(order, line))).map(({ id }) => id),
  );
}

/** While the whole order is revised, its lines are not all moved. */
function isRevised(order: CustomerOrder, { state }: CustomerOrder['lines'][number]): boolean {
  return order.state === 'revision_in_progress' && state !== 'completed' && state !== 'canceled';
}

function goingOn(step: ReplayedStep): string[] {
  const lines = undecidedLines(step);
  if (lines.size === 0) return [];
  const { order, effects, story, entry } = step;
  const ofLines = new Set(order.domainOrders.flatMap(({ id, line }) => (lines.has(line) ? [id] : [])));
  const sent = effects.flatMap((effect) =>
    effect.type === 'SendOutboundRequest' && effect.payload.items.some((item) => ofLines.has(item.serviceOrder))
      ? [`${effect.requestId} is sent while it is decided about`]
      : [],
  );
  const subjects = new Map(order.tasks.map(({ id, about }) => [id, about]));
  const byHand = entry.input.type === 'CloseTask' ? entry.input.task : undefined;
  const closed = story.moves.filter(({ thing, event, id }) => {
    const about = subjects.get(id);
    if (thing !== 'task' || event !== 'close' || id === byHand || about === undefined) return false;
    if (about.kind === 'header') return undecided.includes(order.state);
    return about.kind === 'domainOrder' ? ofLines.has(about.domainOrder) : lines.has(about.line);
  });
  return [...sent, ...closed.map(({ number }) => `${number} is closed while it is decided about`), ...unheard(step)];
}

/** Reports about the request that were not written into its records. */
function unheard({ before, order, entry: { input } }: ReplayedStep): string[] {
  if (input.type !== 'ReportFulfillment' || before === undefined) return [];
  const said = new Map(input.reports.map(({ serviceOrder, state }) => [serviceOrder, state]));
  const now = new Map(order.outboundRequests.map((record) => [record.number, record.state]));
  return before.outboundRequests.flatMap(({ requestId, serviceOrder, number, state }) => {
    const report = requestId === input.requestId ? said.get(serviceOrder) : undefined;
    if (report === undefined || state === 'fulfilled' || state === 'failed') return [];
    const after = now.get(number);
    return after === report || after === 'failed' ? [] : [`${number} was reported ${report}, and is ${after}`];
  });
}

function notUndone(step: ReplayedStep): string[] {
  return [...withoutUndo(step), ...endedBeforeUndone(step), ...endedBeforeRedone(step)];
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

function withoutUndo({ before, order, story, entry: { input } }: ReplayedStep): string[] {
  if (before === undefined || before.domainOrders === order.domainOrders) return [];
  // Who cancels one service order by hand, and who declines a question, undoes nothing by that.
  if (input.type === 'CancelServiceOrder' || input.type === 'DecideQualification') return [];
  const was = new Map(before.domainOrders.map(({ id, undone }) => [id, undone]));
  const hit = new Set([
    ...story.moves.flatMap(({ thing, event, id }) => (thing === 'domainOrder' && event === 'cancel' ? [id] : [])),
    ...order.domainOrders.flatMap(({ id, undone }) =>
      undone !== undefined && was.get(id) === undefined && was.has(id) ? [id] : [],
    ),
  ]);
  if (hit.size === 0) return [];
  const undoes = order.tasks.flatMap((task) => task.undoes ?? []);
  const begun = order.tasks.filter(
    ({ about, undo, startedAt }) =>
      about.kind === 'domainOrder' && hit.has(about.domainOrder) && undo !== undefined && startedAt !== undefined,
  );
  const twice = repeatedIn(undoes).map((id) => `task ${id} is undone twice`);
  const never = begun.filter(({ id }) => !undoes.includes(id)).map(({ number }) => `nothing undoes ${number}`);
  return [...never, ...twice];
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
    .filter(({ undoes, about, state }) => {
      const isOpen = state !== 'closed_complete' && state !== 'canceled';
      return undoes !== undefined && isOpen && about.kind === 'domainOrder' && ended.has(about.domainOrder);
    })
    .map(({ number, state }) => `its domain order has ended, and ${number}, which undoes something of it, is ${state}`);
}
