/**
 * A small model of what may be commanded: for each command what it is refused for, the first that holds, as a reader of the
 * documents would put it. It looks at the order as it stands, and knows nothing of how the core decides.
 */
import type { CancellationCommand } from '../../../engine/model/cancellation/inputs.ts';
import type { FalloutCommand } from '../../../engine/model/fallout/inputs.ts';
import type { ApproveOrder, ResolveFallout, ServiceOrderCommand } from '../../../engine/model/inputs.ts';
import type { DateCommand } from '../../../engine/model/jeopardy/inputs.ts';
import type { OrderCommand } from '../../../engine/model/life/inputs.ts';
import type { CustomerOrder, DomainOrder, OrderLine } from '../../../engine/model/order.ts';
import type { PriorityCommand } from '../../../engine/model/priority/inputs.ts';
import type { QualificationCommand } from '../../../engine/model/qualification/inputs.ts';
import type { RevisionCommand } from '../../../engine/model/revision/inputs.ts';
import type { TaskCommand } from '../../../engine/model/tasks/inputs.ts';
import { catalogue } from './catalogue.ts';
import { obstacleToRevise, obstacleToRevision } from './reference-revisions.ts';
import { heldBy } from './roles.ts';
import type { World } from './worlds.ts';

/** What is commanded; all that the model speaks of. */
export type Commanded =
  | ApproveOrder
  | OrderCommand
  | CancellationCommand
  | RevisionCommand
  | DateCommand
  | ServiceOrderCommand
  | TaskCommand
  | FalloutCommand
  | ResolveFallout
  | PriorityCommand
  | QualificationCommand;

type Of<Type extends Commanded['type']> = Commanded & { readonly type: Type };

/** The code of the refusal, or nothing: it is taken. */
type Verdict = string | undefined;

/** @param order `undefined` when there is none. */
export function verdictOn(order: CustomerOrder | undefined, command: Commanded, world: World): Verdict {
  if (order === undefined) return 'orderUnknown';
  if (command.roles !== undefined && !heldBy(command.roles, command.type)) return 'roleMissing';
  // One rule for each command; that it is the rule for this very command, the key says.
  const rule = rules[command.type] as (order: CustomerOrder, command: Commanded, world: World) => Verdict; // as said above
  return rule(order, command, world);
}

type Rules = {
  readonly [Type in Commanded['type']]: (order: CustomerOrder, command: Of<Type>, world: World) => Verdict;
};

const rules: Rules = {
  SubmitOrder: ({ state }) => only(state, ['draft'], 'notInThisState'),
  ApproveOrder: (order, _command, world) =>
    order.state === 'revision_in_progress'
      ? obstacleToRevision(order, { decision: 'approve' }, world)
      : (only(order.state, ['new', 'rejected'], 'notInThisState') ?? obstacleToApproval(order, world)),
  RejectOrder: ({ state }) => only(state, ['new'], 'notInThisState'),
  ReopenOrder: ({ state }) => only(state, ['rejected'], 'notInThisState'),
  HoldOrder: ({ state }) => only(state, ['in_progress', 'enrichment_in_progress'], 'notInThisState'),
  ReleaseOrder: ({ state, heldByHand }) =>
    state === 'on_hold' && heldByHand === undefined
      ? 'orderHeldFromBelow'
      : only(state, ['on_hold', 'enrichment_on_hold'], 'notInThisState'),
  RequestInformation: ({ state }) => only(state, ['in_progress'], 'notInThisState'),
  TakeInformation: ({ state }) => only(state, ['awaiting_information'], 'notInThisState'),
  DeleteOrder: ({ state }) => only(state, ['draft', 'new'], 'orderNotDeletable'),

  CancelOrder: (order, { note, line }) => (blank(note) ? 'noteMissing' : obstacleToCancel(order, line)),
  DecideCancellation: (order, { decision, note = '' }) => {
    if (!order.cancellations?.some(({ state }) => state === 'assessing')) return 'nothingToDecide';
    if (decision === 'decline') return undefined;
    if (order.pointOfNoReturn === true) return 'pointOfNoReturnPassed';
    return order.softPointOfNoReturn === true && blank(note) ? 'penaltyNotAgreed' : undefined;
  },
  ReviseOrder: obstacleToRevise,
  DecideRevision: obstacleToRevision,
  SetPointOfNoReturn: ({ lines, state }, { line }) => {
    if (line !== undefined && !lines.some(({ id }) => id === line)) return 'lineUnknown';
    return only(state, [...cancelable, 'assessing_cancellation'], 'notInThisState');
  },

  CreateOutboundRequest: (order, { serviceOrder }, world) => obstacleToCreate(order, serviceOrder, world),
  ReviseOutboundRequest: (order, { serviceOrder }) =>
    unlessService(order, serviceOrder) ?? (shownOf(order, serviceOrder) === 'revise' ? undefined : 'actionNotPossible'),
  UpdateServiceOrder: (order, { serviceOrder, characteristics }) =>
    unlessService(order, serviceOrder) ??
    unlessOpen(order, serviceOrder) ??
    wrongValue(domainOrderOf(order, serviceOrder), characteristics),
  ForceCompleteServiceOrder: (order, { serviceOrder, note }) =>
    unlessService(order, serviceOrder) ??
    (blank(note) ? 'noteMissing' : undefined) ??
    (order.fulfillmentType === 'Qualify' ? 'actionNotPossible' : undefined) ??
    unlessOpen(order, serviceOrder) ??
    (below(order, serviceOrder).some((each) => !hasEnded(each)) ? 'actionNotPossible' : undefined),
  CancelServiceOrder: (order, { serviceOrder, note }) =>
    unlessService(order, serviceOrder) ??
    (blank(note) ? 'noteMissing' : undefined) ??
    (order.fulfillmentType === 'Qualify' ? 'actionNotPossible' : undefined) ??
    unlessOpen(order, serviceOrder) ??
    (domainOrderOf(order, serviceOrder)?.parent === undefined ||
    domainOrderOf(order, serviceOrder)?.state === 'closed_complete' ||
    isOutside(order, serviceOrder)
      ? 'actionNotPossible'
      : undefined),
  ForceCancelServiceOrder: (order, { serviceOrder, note }) =>
    unlessService(order, serviceOrder) ??
    (blank(note) ? 'noteMissing' : undefined) ??
    (waitsForCancellation(order, serviceOrder) ? undefined : 'actionNotPossible'),

  StartTask: (order, { task }) => ofTask(order, task, ['open']),
  HoldTask: (order, { task }) => ofTask(order, task, ['open', 'scheduled', 'in_progress', 'awaiting_information']),
  ReleaseTask: (order, { task }) =>
    unlessTask(order, task) ?? heldFromAbove(order, task) ?? ofTask(order, task, ['on_hold']),
  RequestTaskInformation: (order, { task }) => ofTask(order, task, ['in_progress']),
  TakeTaskInformation: (order, { task }) => ofTask(order, task, ['awaiting_information']),
  AssignTask: (order, { task }) => unlessTask(order, task),
  CloseTask: obstacleToClose,
  RescheduleTask: ({ tasks, forecast }, { task, plannedStartAt, plannedEndAt, expectedEndAt }) => {
    if (!tasks.some(({ id }) => id === task)) return 'taskUnknown';
    if (forecast === undefined) return 'orderNotWatched';
    const known = forecast.of[task];
    if (known === undefined || known.endedAt !== undefined) return 'taskNotPlanned';
    if (plannedStartAt === undefined && plannedEndAt === undefined && expectedEndAt === undefined)
      return 'taskDatesMissing';
    const startsAt = plannedStartAt ?? known.plannedStartAt;
    return plannedEndAt !== undefined && plannedEndAt < startsAt ? 'taskEndsBeforeStart' : undefined;
  },
  CreateHeaderTask: ({ state, lines }, { line }) => {
    if (state === 'completed' || state === 'canceled') return 'notInThisState';
    const top = lines.some(({ id, parent }) => id === line && parent === undefined);
    return line === undefined || top ? undefined : 'topLineUnknown';
  },

  CreateWorkOrder: (order, { about }) => {
    const task = order.tasks.find(({ id }) => id === about);
    const meant = task?.about.kind === 'domainOrder' ? task.about.domainOrder : about;
    const domainOrder = domainOrderOf(order, meant);
    if (task === undefined && domainOrder === undefined) return 'workSubjectUnknown';
    const isAtWork = task === undefined || (task.by === 'manual' && ['open', 'in_progress'].includes(task.state));
    const isPossible = order.state === 'in_progress' && domainOrder?.state === 'in_progress' && isAtWork;
    // No policy of these worlds raises one.
    return isPossible ? 'workNotDecided' : 'workNotPossible';
  },

  CreateFallout: (order, { task: id }) => {
    const task = order.tasks.find((each) => each.id === id);
    if (task === undefined) return 'taskUnknown';
    const isOver = (task.state === 'closed_complete' && task.redoDue !== true) || task.state === 'canceled';
    return task.about.kind !== 'domainOrder' || isOver ? 'falloutNotAboutTask' : undefined;
  },
  AssignFallout: (order, { fallout }) => ofFallout(order, fallout, ['open', 'in_progress']),
  HoldFallout: (order, { fallout }) => ofFallout(order, fallout, ['open', 'in_progress', 'awaiting_information']),
  ReleaseFallout: (order, { fallout }) => ofFallout(order, fallout, ['on_hold']),
  RequestFalloutInformation: (order, { fallout }) => ofFallout(order, fallout, ['in_progress']),
  TakeFalloutInformation: (order, { fallout }) => ofFallout(order, fallout, ['awaiting_information']),
  MendFallout: (order, { fallout }) => ofFallout(order, fallout, unmended),
  CancelFallout: (order, { fallout }) => ofFallout(order, fallout, unmended),
  VerifyFallout: (order, { fallout }) => ofFallout(order, fallout, ['resolved']),
  ReopenFallout: (order, { fallout }) => ofFallout(order, fallout, ['resolved']),
  ResolveFallout: (order, { fallout, note }) =>
    unlessFallout(order, fallout) ?? (blank(note) ? 'noteMissing' : undefined),
  RetryFallout: (order, { fallout: id }, world) => {
    const fallout = order.fallouts.find((each) => each.id === id);
    if (fallout === undefined) return 'falloutUnknown';
    const sent = order.outboundRequests.filter(({ serviceOrder }) => fallout.holds.includes(serviceOrder));
    return obstacleToCreate(order, sent.at(-1)?.root ?? fallout.domainOrder, world);
  },

  RecalculatePriority: () => undefined,
  SetPriority: ({ lines, domainOrders, tasks }, { about }) =>
    [...lines, ...domainOrders, ...tasks].some(({ id }) => id === about) ? undefined : 'priorityOfNothing',

  QualifyOrder: (order, { line }) =>
    unlessAsking(order) ?? (line === undefined ? undefined : unlessOpenTop(order, line)),
  DecideQualification: (order, { line, decision }) =>
    unlessAsking(order) ??
    (line === undefined ? undefined : unlessOpenTop(order, line)) ??
    undecidable(order, line, decision),
  AcceptProposal: (order, { serviceOrder, proposal }) => {
    const meant = domainOrderOf(order, serviceOrder);
    const known = meant?.qualification?.proposals.find(({ number }) => number === proposal);
    return (
      unlessAsking(order) ??
      unlessService(order, serviceOrder) ??
      unlessOpenLine(topOf(order, meant?.line)) ??
      (known === undefined
        ? 'proposalUnknown'
        : catalogue.specifications[known.specification]?.kind === 'service'
          ? undefined
          : 'specificationUnknown')
    );
  },
  SetQualificationResult: (order, { about }) => {
    const line = order.lines.find(({ id }) => id === (domainOrderOf(order, about)?.line ?? about));
    return (
      unlessAsking(order) ?? (line === undefined ? 'qualificationItemUnknown' : unlessOpenLine(topOf(order, line.id)))
    );
  },
};

const unmended = ['open', 'in_progress', 'on_hold', 'awaiting_information'];

function only(state: string, possible: readonly string[], otherwise: string): Verdict {
  return possible.includes(state) ? undefined : otherwise;
}

function blank(note: string): boolean {
  return note.trim() === '';
}

function obstacleToApproval(order: CustomerOrder, { policies }: World): Verdict {
  const open = order.tasks.some(
    ({ about, state }) =>
      (about.kind === 'header' || about.kind === 'topLine') && state !== 'closed_complete' && state !== 'canceled',
  );
  if (policies.openTasksBlockApproval && open) return 'openTasksBlock';
  const isGreen = order.lines.some(({ characteristics }) => characteristics.some(({ value }) => value === 'green'));
  return policies.invalidCharacteristics === 'refuse' && isGreen ? 'characteristicsInvalid' : undefined;
}

const cancelable = ['in_progress', 'awaiting_information', 'on_hold', 'revision_in_progress'];

function obstacleToCancel(order: CustomerOrder, line: string | undefined): Verdict {
  const { state, cancellations = [], pointOfNoReturn, lines, fulfillmentType } = order;
  if (state === 'draft' || state === 'new') return 'deletedNotCanceled';
  if (cancellations.some((each) => each.state === 'assessing')) return 'cancellationUndecided';
  if (line !== undefined && state === 'revision_in_progress') return 'revisionUndecided';
  if (!cancelable.includes(state)) return 'notInThisState';
  if (pointOfNoReturn === true) return 'pointOfNoReturnPassed';
  const isCancelable = (each: OrderLine) => [...cancelable, 'scheduled'].includes(each.state);
  if (line === undefined) return lines.some(isCancelable) ? undefined : 'nothingToCancel';
  const meant = lines.find(({ id }) => id === line);
  if (meant === undefined) return 'lineUnknown';
  if (fulfillmentType === 'Qualify' && meant.parent !== undefined) return 'topLineUnknown';
  return isCancelable(meant) ? undefined : 'lineNotInThisState';
}

function domainOrderOf({ domainOrders }: CustomerOrder, id: string): DomainOrder | undefined {
  return domainOrders.find((each) => each.id === id);
}

/** What can go outside: resource orders as well. */
function unlessService(order: CustomerOrder, id: string): Verdict {
  const { kind = 'product' } = domainOrderOf(order, id) ?? {};
  return kind === 'product' ? 'serviceOrderUnknown' : undefined;
}

/** What was closed, and is to be done again, has not. */
function hasEnded({ state, redone }: DomainOrder): boolean {
  return (state === 'closed_complete' && redone !== false) || state === 'canceled';
}

const undecided = ['assessing_cancellation', 'revision_in_progress'];

function isUndecided({ lines }: CustomerOrder, line: string | undefined): boolean {
  return lines.some(({ id, state }) => id === line && undecided.includes(state));
}

function unlessOpen(order: CustomerOrder, id: string): Verdict {
  const domainOrder = domainOrderOf(order, id);
  if (domainOrder === undefined || isUndecided(order, domainOrder.line)) return 'actionNotPossible';
  const isLeaving = domainOrder.state === 'cancellation_in_progress';
  return hasEnded(domainOrder) || isLeaving ? 'actionNotPossible' : undefined;
}

function below(order: CustomerOrder, id: string): DomainOrder[] {
  const children = order.domainOrders.filter(({ parent }) => parent === id);
  return [...children, ...children.flatMap((child) => below(order, child.id))];
}

function family(order: CustomerOrder, id: string): ReadonlySet<string> {
  return new Set([id, ...below(order, id).map((each) => each.id)]);
}

/** Ordered outside, and not in error: somebody may be at work on it, or has been. */
function isOutside(order: CustomerOrder, id: string): boolean {
  return [...family(order, id)].some((each) => {
    const latest = order.outboundRequests.findLast(
      (record) => record.serviceOrder === each && record.state !== 'failed',
    );
    return latest !== undefined && latest.state !== 'error';
  });
}

function waitsForCancellation(order: CustomerOrder, id: string): boolean {
  const meant = family(order, id);
  return order.outboundRequests.some(({ serviceOrder, state }) => {
    const { state: standing, undone } = domainOrderOf(order, serviceOrder) ?? { state: 'draft' };
    const isUnwanted = standing === 'cancellation_in_progress' || undone !== undefined;
    return meant.has(serviceOrder) && isUnwanted && (state === 'pending' || state === 'not_applicable');
  });
}

/** The action that a service order shows. */
function shownOf(order: CustomerOrder, id: string): 'create' | 'revise' | 'none' {
  const serviceOrder = domainOrderOf(order, id);
  if (serviceOrder === undefined || order.fulfillmentType === 'Qualify') return 'none';
  const { state, work, line, updatesAvailable, redone } = serviceOrder;
  const goesOn = ['in_progress', 'on_hold'];
  const isAtWork = goesOn.includes(state) || (state === 'closed_complete' && redone === false);
  if (!goesOn.includes(order.state) || !isAtWork) return 'none';
  if (isUndecided(order, line) || work?.by === 'automatic') return 'none';
  const latest = order.outboundRequests.findLast((record) => record.serviceOrder === id && record.state !== 'failed');
  if (latest === undefined || latest.state === 'error') return 'create';
  const dispatch = order.dispatches.find(({ requestId }) => requestId === latest.requestId);
  if (latest.state === 'not_applicable' || dispatch?.underWay !== undefined) return 'none';
  // All of a request is sent, and of what nobody has decided about nothing is.
  const isWaiting = order.outboundRequests.some(
    ({ requestId, serviceOrder: other, state: of }) =>
      requestId === latest.requestId && of !== 'failed' && isUndecided(order, domainOrderOf(order, other)?.line),
  );
  return updatesAvailable === true && !isWaiting ? 'revise' : 'none';
}

function obstacleToCreate(order: CustomerOrder, id: string, { routes, hierarchical }: World): Verdict {
  const refused = unlessService(order, id);
  if (refused !== undefined) return refused;
  if (order.state === 'in_progress' && order.startedAt === undefined) return 'orderStartsLater';
  if (shownOf(order, id) !== 'create') return 'actionNotPossible';
  const specification = catalogue.specifications[domainOrderOf(order, id)?.specification ?? ''];
  // A resource order goes outside only where a row says so.
  const route = routes[specification?.kind === 'resource' ? 'resource' : specification?.type === 'CFS' ? 'CFS' : 'RFS'];
  if (route === 'inside') return 'outboundDisabled';
  // What went out with a service order above it goes out again as it did.
  const before = order.outboundRequests.findLast((record) => record.serviceOrder === id);
  const wentAlong = before !== undefined && before.root !== id;
  if (route !== 'outside' && !wentAlong) return 'policyMatchesNot';
  const others = hierarchical ? below(order, id).filter(({ kind }) => kind === 'service') : [];
  return others.some((other) => goesOut(order, other) && isUndecided(order, other.line))
    ? 'actionNotPossible'
    : undefined;
}

/** With what is above it: not where it has ended, or is out already. */
function goesOut(order: CustomerOrder, { id, state }: DomainOrder): boolean {
  const latest = order.outboundRequests.findLast((record) => record.serviceOrder === id && record.state !== 'failed');
  const hasLeft = ['closed_complete', 'canceled', 'cancellation_in_progress'].includes(state);
  return !hasLeft && (latest === undefined || latest.state === 'error');
}

function wrongValue(
  domainOrder: DomainOrder | undefined,
  characteristics: readonly { readonly name: string; readonly value: unknown }[],
): Verdict {
  const known = catalogue.specifications[domainOrder?.specification ?? '']?.characteristics ?? [];
  for (const { name, value } of characteristics) {
    const meant = known.find((each) => each.name === name);
    if (meant === undefined) return 'characteristicUnknown';
    if (meant.options.length > 0 && !meant.options.some((option) => option === value))
      return 'characteristicValueInvalid';
  }
  return undefined;
}

function unlessTask({ tasks }: CustomerOrder, id: string): Verdict {
  return tasks.some((each) => each.id === id) ? undefined : 'taskUnknown';
}

function ofTask({ tasks }: CustomerOrder, id: string, possible: readonly string[]): Verdict {
  const task = tasks.find((each) => each.id === id);
  return task === undefined ? 'taskUnknown' : only(task.state, possible, 'taskNotInThisState');
}

function heldFromAbove(order: CustomerOrder, id: string): Verdict {
  const task = order.tasks.find((each) => each.id === id);
  const { about, heldFor } = task ?? {};
  const isHeld = about?.kind === 'domainOrder' && domainOrderOf(order, about.domainOrder)?.state === 'on_hold';
  return isHeld || heldFor !== undefined ? 'taskHeldFromAbove' : undefined;
}

function obstacleToClose(order: CustomerOrder, { task: id, characteristics = [] }: Of<'CloseTask'>): Verdict {
  const refused = ofTask(order, id, ['open', 'in_progress']);
  const task = order.tasks.find((each) => each.id === id);
  if (refused !== undefined || task === undefined) return refused;
  const { about, by, requestDefinition } = task;
  const domainOrder = about.kind === 'domainOrder' ? domainOrderOf(order, about.domainOrder) : undefined;
  const waits = order.outboundRequests.some(
    ({ serviceOrder, state }) =>
      serviceOrder === domainOrder?.id && (state === 'pending' || state === 'not_applicable'),
  );
  if (by === 'outbound' && waits) return 'taskIsOutside';
  if (characteristics.length > 0 && domainOrder === undefined) return 'taskTakesNoValues';
  const asked = requestDefinition === 'port';
  if (asked && characteristics.some(({ name }) => name === 'colour')) return 'characteristicReadOnly';
  const wrong = wrongValue(domainOrder, characteristics);
  if (wrong !== undefined || !asked) return wrong;
  const filled = [...characteristics, ...(domainOrder?.characteristics ?? [])].some(
    ({ name, value }) => name === 'port' && value !== '',
  );
  return filled ? undefined : 'taskLacksValues';
}

function unlessFallout({ fallouts }: CustomerOrder, id: string): Verdict {
  return fallouts.some((each) => each.id === id) ? undefined : 'falloutUnknown';
}

function ofFallout({ fallouts }: CustomerOrder, id: string, possible: readonly string[]): Verdict {
  const fallout = fallouts.find((each) => each.id === id);
  return fallout === undefined ? 'falloutUnknown' : only(fallout.state, possible, 'falloutNotInThisState');
}

function unlessAsking({ fulfillmentType, state }: CustomerOrder): Verdict {
  if (fulfillmentType !== 'Qualify') return 'orderAsksNothing';
  return state === 'in_progress' ? undefined : 'qualificationOver';
}

function topOf({ lines }: CustomerOrder, id: string | undefined): OrderLine | undefined {
  let line = lines.find((each) => each.id === id);
  while (line?.parent !== undefined) {
    const { parent } = line;
    line = lines.find((each) => each.id === parent);
  }
  return line;
}

function unlessOpenTop(order: CustomerOrder, id: string): Verdict {
  const line = order.lines.find((each) => each.id === id);
  return line === undefined || line.parent !== undefined ? 'topLineUnknown' : unlessOpenLine(line);
}

function unlessOpenLine(line: OrderLine | undefined): Verdict {
  return line?.state === 'in_progress' ? undefined : 'qualificationOver';
}

function undecidable(order: CustomerOrder, line: string | undefined, decision: 'accept' | 'decline'): Verdict {
  const tops = order.lines.filter(({ parent, state }) => parent === undefined && state === 'in_progress');
  const meant = line === undefined ? tops : tops.filter(({ id }) => id === line);
  const isKnown = ({ qualificationResult = 'none' }: OrderLine) =>
    ['qualified', 'alternate', 'unqualified'].includes(qualificationResult);
  return decision === 'decline' || meant.every(isKnown) ? undefined : 'resultNotKnown';
}
