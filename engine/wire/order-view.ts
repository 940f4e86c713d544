/** An order in the engine's own words, for those who want to see inside. */
import type {
  Cancellation,
  Order,
  Qualification as ShownQualification,
  Task,
} from '../../contracts/schemas/southbound-api.generated.ts';
import { textOfDurationMs, textOfInstant } from '../../contracts/schemas/text.ts';
import type { CancellationRequest } from '../model/cancellation/cancellation.ts';
import {
  type ExternalFulfillmentState,
  externalFulfillmentStates,
  hierarchyFulfillmentStates,
  outboundActionOf,
} from '../model/external-state.ts';
import type { CustomerOrder, DomainOrder } from '../model/order.ts';
import type { PriorityLevel } from '../model/priority/level.ts';
import { priorityOfDomainOrder, priorityOfOrder, priorityOfTask } from '../model/priority/priority.ts';
import type { Qualification, QualificationRequest } from '../model/qualification/result.ts';
import type { Revision } from '../model/revision/revision.ts';
import type { OrderTask } from '../model/tasks/task.ts';
import { shownAlerts, shownForecast } from './forecast-view.ts';

export function renderOrderView(order: CustomerOrder): Order {
  const external = externalFulfillmentStates(order.outboundRequests);
  const asked = new Set(order.outboundRequests.map(({ serviceOrder }) => serviceOrder));
  const hierarchies = hierarchyFulfillmentStates(order.outboundRequests);
  const { id, number, category, fulfillmentType, state, version, externalId, qualificationResult } = order;
  const { revisionOperation, pointOfNoReturn, softPointOfNoReturn, cancellations, revisions } = order;
  return {
    id,
    number,
    category,
    fulfillmentType,
    state,
    version,
    ...(externalId === undefined ? {} : { externalId }),
    ...levelled(priorityOfOrder(order.lines)),
    ...shownForecast(order, id),
    ...shownAlerts(order),
    ...(qualificationResult === undefined ? {} : { qualificationResult }),
    ...(revisionOperation === undefined ? {} : { revisionOperation }),
    ...(pointOfNoReturn === undefined ? {} : { pointOfNoReturn }),
    ...(softPointOfNoReturn === undefined ? {} : { softPointOfNoReturn }),
    ...(revisions === undefined ? {} : { revisions: revisions.map(shownRevision) }),
    ...(cancellations === undefined ? {} : { cancellations: cancellations.map(shownCancellation) }),
    lines: order.lines.map(({ externalId: item, kept: _kept, characteristics: _values, committedDueAt, ...line }) => ({
      ...line,
      ...(committedDueAt === undefined ? {} : { committedDueDate: textOfInstant(committedDueAt) }),
      item,
      ...shownForecast(order, line.id),
    })),
    domainOrders: order.domainOrders.map(
      ({ kind, kept: _said, job, qualification, parked, startedAt, endedAt, ...domainOrder }) => ({
        ...domainOrder,
        kind,
        ...(startedAt === undefined ? {} : { startedAt: textOfInstant(startedAt) }),
        ...(endedAt === undefined ? {} : { endedAt: textOfInstant(endedAt) }),
        ...(job === undefined ? {} : { job: { ...job } }),
        ...levelled(priorityOfDomainOrder(order, { kind, ...domainOrder })),
        ...(qualification === undefined ? {} : { qualification: shownQualification(qualification) }),
        ...(goesOutside({ kind, ...domainOrder }, asked)
          ? { externalFulfillmentState: external.get(domainOrder.id) ?? 'none' }
          : {}),
        ...(parked === undefined ? {} : { parked: parked.map((each) => ({ ...each })) }),
        ...shownForecast(order, domainOrder.id),
        ...wholeOf(hierarchies, domainOrder.id),
        ...(goesOutside({ kind, ...domainOrder }, asked) ? shownAction(order, { ...domainOrder, kind }) : {}),
      }),
    ),
    outboundRequests: order.outboundRequests.map((request) => ({ ...request })),
    qualificationRequests: order.qualificationRequests.map(shownRequest),
    tasks: order.tasks.map((task) => ({
      ...renderTask(task),
      ...levelled(priorityOfTask(order, task)),
      ...shownForecast(order, task.id),
    })),
    fallouts: order.fallouts.map((fallout) => ({ ...fallout })),
    workNotes: order.workNotes.map(({ at, ...note }) => ({ at: textOfInstant(at), ...note })),
  };
}

/**
 * Service orders do by their nature; others where a policy sends them, or where one that names too little left them to people,
 * and those that somebody has sent, though they have a plan.
 * @param asked by id, those that have been sent.
 */
function goesOutside({ id, kind, work }: DomainOrder, asked: ReadonlySet<string>): boolean {
  if (kind === 'service' || kind === 'work' || work?.by === 'external') return true;
  return kind === 'resource' && (work?.by === 'manual' || asked.has(id));
}

function shownRevision({ wanted: _wanted, requestedAt, decidedAt, changes, headerChanges, ...revision }: Revision) {
  return {
    ...revision,
    requestedAt: textOfInstant(requestedAt),
    ...(decidedAt === undefined ? {} : { decidedAt: textOfInstant(decidedAt) }),
    changes: changes.map(({ types, characteristics, ...change }) => ({
      ...change,
      types: [...types],
      characteristics: characteristics.map((each) => ({ ...each })),
    })),
    headerChanges: [...headerChanges],
  };
}

function shownCancellation({
  part,
  requestedAt,
  dueAt,
  decidedAt,
  endedAt,
  ...request
}: CancellationRequest): Cancellation {
  return {
    ...request,
    ...(part === undefined ? {} : { serviceOrder: part.id }),
    requestedAt: textOfInstant(requestedAt),
    ...(dueAt === undefined ? {} : { dueAt: textOfInstant(dueAt) }),
    ...(decidedAt === undefined ? {} : { decidedAt: textOfInstant(decidedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: textOfInstant(endedAt) }),
  };
}

function shownQualification({ availableAt, expiresAt, proposals, reasons, result }: Qualification): ShownQualification {
  return {
    result,
    reasons: reasons.map((reason) => ({ ...reason })),
    proposals: proposals.map(({ availableAt: from, characteristics, ...proposal }) => ({
      ...proposal,
      characteristics: characteristics.map((characteristic) => ({ ...characteristic })),
      ...(from === undefined ? {} : { availableAt: textOfInstant(from) }),
    })),
    ...(availableAt === undefined ? {} : { availableAt: textOfInstant(availableAt) }),
    ...(expiresAt === undefined ? {} : { expiresAt: textOfInstant(expiresAt) }),
  };
}

function shownRequest({ sentAt, answeredAt, serviceOrders, ...request }: QualificationRequest) {
  return {
    ...request,
    serviceOrders: [...serviceOrders],
    sentAt: textOfInstant(sentAt),
    ...(answeredAt === undefined ? {} : { answeredAt: textOfInstant(answeredAt) }),
  };
}

function shownAction(
  order: CustomerOrder,
  serviceOrder: DomainOrder,
): { outboundAction: 'create' | 'revise' | 'none'; outboundActionWhy: string } {
  const { action, why } = outboundActionOf(order, serviceOrder);
  return { outboundAction: action, outboundActionWhy: why };
}

function wholeOf(
  hierarchies: ReadonlyMap<string, ExternalFulfillmentState>,
  id: string,
): { hierarchyFulfillmentState?: ExternalFulfillmentState } {
  const state = hierarchies.get(id);
  return state === undefined ? {} : { hierarchyFulfillmentState: state };
}

function levelled(priority: PriorityLevel | undefined): { priority?: PriorityLevel } {
  return priority === undefined ? {} : { priority };
}

function renderTask(shown: OrderTask): Task {
  const {
    durationMs,
    previousState: _before,
    undo: _planned,
    inflight: _redone,
    openedAt,
    startedAt,
    closedAt,
    ...task
  } = shown;
  return {
    ...task,
    after: [...task.after],
    ...(durationMs === 0 ? {} : { duration: textOfDurationMs(durationMs) }),
    ...(openedAt === undefined ? {} : { openedAt: textOfInstant(openedAt) }),
    ...(startedAt === undefined ? {} : { startedAt: textOfInstant(startedAt) }),
    ...(closedAt === undefined ? {} : { closedAt: textOfInstant(closedAt) }),
  };
}
