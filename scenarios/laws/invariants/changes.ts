/** Invariants of changes in flight: what they count, what they stop, and when they come too late. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import { type Invariant, inEveryStep } from './invariant.ts';

/** Invariant 10. */
export const nothingAfterNoReturn: Invariant = {
  number: 10,
  name: 'after the point of no return nothing of an order is canceled or revised',
  what: 'Once the order or one of its lines has passed it, the order and every line have, for good. From then on no request to cancel or revise is taken up, none is approved, no line leaves for its cancellation or revision, and none is added, or is another than before. The order follows lines whose cancellation was approved before; questions that are declined are not canceled.',
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
  what: 'Of what is assessed or revised, the whole order or some lines, nothing is sent, and nothing is asked; what an earlier cancellation still tells the outside, or still undoes, is another matter. No task of it closes, unless somebody closes it, and none goes on being held once it is decided. A report about one of its records sets the state of that record, as long as it was neither fulfilled nor discarded.',
  on: 'steps',
  check: inEveryStep((step) => [...goingOn(step), ...heldForNothing(step)]),
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
  const was = new Map(before.lines.map((line) => [line.id, contentOf(line)]));
  const changed =
    before.lines === order.lines ? [] : order.lines.filter((line) => was.get(line.id) !== contentOf(line));
  const commands = ['CancelOrder', 'ReviseOrder'].includes(input.type) ? [`${input.type} was taken`] : [];
  return [
    ...apart,
    ...commands,
    ...late.map(({ number, event }) => `${number}: ${event} after the point of no return`),
    ...changed.map(({ number }) => `${number} is new or another after the point of no return`),
  ];
}

/** What is ordered with a line. */
function contentOf({
  action,
  specification,
  quantity,
  characteristics,
  place,
}: CustomerOrder['lines'][number]): string {
  return JSON.stringify([action, specification, quantity, characteristics, place]);
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
  const isOut = state === 'completed' || state === 'canceled' || state === 'cancellation_in_progress';
  return order.state === 'revision_in_progress' && !isOut;
}

/** It is not wanted any more. */
function isLeaving({ state, undone }: CustomerOrder['domainOrders'][number]): boolean {
  return state === 'cancellation_in_progress' || state === 'canceled' || undone !== undefined;
}

function goingOn(step: ReplayedStep): string[] {
  const lines = undecidedLines(step);
  if (lines.size === 0) return [];
  const { before, order, effects, story, entry } = step;
  // What an earlier change has taken back is undone meanwhile.
  const leaving = new Set(before?.domainOrders.filter(isLeaving).map(({ id }) => id));
  const ofLines = new Set(
    order.domainOrders.flatMap(({ id, line }) => (lines.has(line) && !leaving.has(id) ? [id] : [])),
  );
  // What is deleted by a revision was decided about, and whatever else is in the request is named with it.
  const deleting = new Set(
    order.dispatches.flatMap(({ requestId, cancellation }) =>
      cancellation?.by === 'revision' && cancellation.state === 'sent' ? [requestId] : [],
    ),
  );
  const sent = effects.flatMap((effect) =>
    effect.type === 'SendOutboundRequest' &&
    !(effect.operation === 'revise' && deleting.has(effect.requestId)) &&
    effect.payload.items.some((item) => ofLines.has(item.serviceOrder))
      ? [`${effect.requestId} is sent while it is decided about`]
      : [],
  );
  const asked = effects.flatMap((effect) =>
    effect.type === 'SendQualificationRequest' && effect.payload.items.some((item) => ofLines.has(item.serviceOrder))
      ? [`${effect.requestId} is asked while it is decided about`]
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
  return [
    ...sent,
    ...asked,
    ...closed.map(({ number }) => `${number} is closed while it is decided about`),
    ...unheard(step, ofLines),
  ];
}

/** What was put aside until it is decided, and nobody is to decide any more. */
function heldForNothing({ order }: ReplayedStep): string[] {
  const things = [...order.domainOrders, ...order.tasks].filter(({ heldFor }) => heldFor !== undefined);
  if (things.length === 0 || undecided.includes(order.state)) return [];
  const open = new Set(order.lines.flatMap(({ id, state }) => (undecided.includes(state) ? [id] : [])));
  const lineOf = new Map(order.domainOrders.map(({ id, line }) => [id, line]));
  const isOpen = (thing: (typeof things)[number]) => {
    if ('line' in thing) return open.has(thing.line);
    if (thing.about.kind === 'header') return false;
    return open.has(
      thing.about.kind === 'domainOrder' ? (lineOf.get(thing.about.domainOrder) ?? '') : thing.about.line,
    );
  };
  return things
    .filter((thing) => !isOpen(thing))
    .map(({ number, heldFor }) => `${number} is on hold for a ${heldFor}, and nothing is undecided`);
}

/** Reports about what is undecided that were not written into its records. */
function unheard({ before, order, entry: { input } }: ReplayedStep, undecidedOrders: ReadonlySet<string>): string[] {
  if (input.type !== 'ReportFulfillment' || before === undefined) return [];
  const said = new Map(input.reports.map(({ serviceOrder, state }) => [serviceOrder, state]));
  const now = new Map(order.outboundRequests.map((record) => [record.number, record.state]));
  return before.outboundRequests.flatMap(({ requestId, serviceOrder, number, state }) => {
    const report = requestId === input.requestId ? said.get(serviceOrder) : undefined;
    if (report === undefined || !undecidedOrders.has(serviceOrder)) return [];
    if (state === 'fulfilled' || state === 'failed') return [];
    const after = now.get(number);
    return after === report || after === 'failed' ? [] : [`${number} was reported ${report}, and is ${after}`];
  });
}
