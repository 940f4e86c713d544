/**
 * The whole engine in one function: order, input and facts give the new order and its effects, or a refusal. Total and
 * pure: no clock, no chance, no I/O; what it is given stays as it was; nothing is thrown for a reason of the domain.
 */

import { type CancellationCommand, isCancellationCommand } from '../model/cancellation/inputs.ts';
import type { Facts } from '../model/facts.ts';
import { type FalloutCommand, isFalloutCommand } from '../model/fallout/inputs.ts';
import type {
  AmendOrder,
  ApproveOrder,
  CaptureOrder,
  Input,
  ReportFulfillment,
  ResolveFallout,
  ServiceOrderCommand,
  TimerFired,
} from '../model/inputs.ts';
import { type DateCommand, isDateCommand } from '../model/jeopardy/inputs.ts';
import { isOrderCommand, type OrderCommand } from '../model/life/inputs.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Outcome } from '../model/outcome.ts';
import { isPriorityCommand, type PriorityCommand } from '../model/priority/inputs.ts';
import {
  type AmendQuestion,
  isQualificationCommand,
  type QualificationCommand,
} from '../model/qualification/inputs.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { type DecidedRevision, isRevisionCommand, type RevisionCommand } from '../model/revision/inputs.ts';
import { mayDo } from '../model/roles.ts';
import { isTerminal } from '../model/state-table.ts';
import { customerOrderTable } from '../model/state-tables.ts';
import { isTaskCommand, type TaskCommand } from '../model/tasks/inputs.ts';
import { amendOrder } from './amendment/amend.ts';
import { approveOrder, leftToOthers } from './approve.ts';
import { cancellationDue, commandCancellation } from './cancellation/commands.ts';
import {
  afterDispatch,
  afterReport,
  cancellationOverdue,
  reportCancellation,
  reportCancelTask,
  retryCancellation,
} from './cancellation/outside-answers.ts';
import { captureOrder } from './capture.ts';
import { commandServiceOrder, resolveByHand } from './commands.ts';
import { Draft } from './draft.ts';
import { commandFallout } from './fallouts/commands.ts';
import { reportInventory } from './inventory/refused.ts';
import { runOperations } from './inventory/timers.ts';
import { assess } from './jeopardy/assess.ts';
import { commandDates } from './jeopardy/commands.ts';
import { commandOrder } from './life/commands.ts';
import { beginIfDue } from './life/later.ts';
import { orchestrate } from './orchestrate.ts';
import { reportDispatch, retryDispatch } from './outbound/dispatch.ts';
import { fulfillmentOverdue, reportFulfillment, reportNotice } from './outbound/fulfillment.ts';
import { poll } from './outbound/polling.ts';
import { commandPriority } from './priority.ts';
import { amendQuestion } from './qualification/amend.ts';
import { commandQualification } from './qualification/commands.ts';
import { answerByMock } from './qualification/mock-response.ts';
import { pollQualification } from './qualification/polling.ts';
import {
  qualificationExpired,
  qualificationOverdue,
  reportExchange,
  reportQualification,
} from './qualification/response.ts';
import { commandRevision, decideRevision } from './revision/commands.ts';
import { commandTask } from './tasks/commands.ts';
import { automaticTaskDone } from './tasks/progress.ts';

/** @param order `undefined` for an order that does not exist yet; only `CaptureOrder` makes one. */
export function step(order: CustomerOrder | undefined, input: Input, facts: Facts): Outcome {
  if (input.type === 'CaptureOrder') {
    return order === undefined ? captureOrder(input, facts) : unchanged(order, input, facts);
  }
  if (order === undefined) return { ok: false, refusal: refusal('orderUnknown', { order: input.orderId }) };
  if (input.type === 'ApproveOrder') return approved(order, input, facts);
  if (input.type === 'AmendOrder') return amendOrder(order, input, facts);
  if (input.type === 'AmendQuestion') return amendQuestion(order, input, facts);
  if (input.type === 'DecideRevision') return revisionDecided(order, input, facts);
  return changed(order, input, facts, (draft) => (isCommand(input) ? command(draft, input) : report(draft, input)));
}

/** Of an order in revision it is the revision that is approved: by people, as far as only the order is by itself. */
function approved(order: CustomerOrder, input: ApproveOrder, facts: Facts): Outcome {
  if (order.state !== 'revision_in_progress' || !mayDo('ApproveOrder', input.roles)) {
    return approveOrder(order, input, facts);
  }
  if (input.effectId !== undefined) return unchanged(order, input, facts);
  return changed(order, input, facts, (draft) => decideRevision(draft, { decision: 'approve' }));
}

/** What cannot be approved by itself waits for somebody, and says why. */
function revisionDecided(order: CustomerOrder, input: DecidedRevision & RevisionCommand, facts: Facts): Outcome {
  const outcome = changed(order, input, facts, (draft) => commandRevision(draft, input));
  return outcome.ok || input.effectId === undefined ? outcome : leftToOthers(order, input, facts, outcome.refusal);
}

type Commanded =
  | PriorityCommand
  | DateCommand
  | CancellationCommand
  | RevisionCommand
  | OrderCommand
  | TaskCommand
  | FalloutCommand
  | QualificationCommand
  | ServiceOrderCommand
  | ResolveFallout;

/** Somebody wants something. */
function command(draft: Draft, input: Commanded): Refusal | undefined {
  if (isOrderCommand(input)) return commandOrder(draft, input);
  if (isCancellationCommand(input)) return commandCancellation(draft, input);
  if (isRevisionCommand(input)) return commandRevision(draft, input);
  if (isTaskCommand(input)) return commandTask(draft, input);
  if (isFalloutCommand(input)) return commandFallout(draft, input);
  if (isDateCommand(input)) return commandDates(draft, input);
  if (isPriorityCommand(input)) return commandPriority(draft, input);
  if (isQualificationCommand(input)) return commandQualification(draft, input);
  return input.type === 'ResolveFallout' ? resolveByHand(draft, input) : commandServiceOrder(draft, input);
}

type Reported = Exclude<Input, CaptureOrder | AmendOrder | ApproveOrder | AmendQuestion | Commanded>;

/** Something has happened. */
function report(draft: Draft, input: Reported): Refusal | undefined {
  switch (input.type) {
    case 'ReportNotice':
      return reportNotice(draft, input);
    case 'ReportDispatch':
      return reportDispatch(draft, input) ?? afterDispatch(draft, input.requestId);
    case 'ReportFulfillment':
      return fulfillmentReported(draft, input);
    case 'ReportCancellation':
      return reportCancellation(draft, input);
    case 'ReportCancelTask':
      return reportCancelTask(draft, input);
    case 'ReportQualificationExchange':
      return reportExchange(draft, input);
    case 'ReportQualification':
      return reportQualification(draft, input);
    case 'ReportInventory':
      return reportInventory(draft, input);
    case 'TimerFired':
      return timerFired(draft, input);
  }
}

/** A report may be all that is ever heard of an attempt: then nothing more of that is on its way. */
function fulfillmentReported(draft: Draft, input: ReportFulfillment): Refusal | undefined {
  const { requestId } = input;
  const isUnderWay = () => draft.dispatches.find(requestId)?.underWay !== undefined;
  const before = isUnderWay();
  const refused = reportFulfillment(draft, input);
  if (refused !== undefined) return refused;
  return before && !isUnderWay() ? afterDispatch(draft, requestId) : afterReport(draft, requestId);
}

function isCommand(input: Commanded | Reported): input is Commanded {
  return !input.type.startsWith('Report') && input.type !== 'TimerFired';
}

/**
 * Applies a change and lets everything go on that can: nothing more when nothing has changed, or when the order has
 * ended.
 */
function changed(
  order: CustomerOrder,
  input: Input,
  facts: Facts,
  change: (draft: Draft) => Refusal | undefined,
): Outcome {
  const draft = new Draft(order, input.at, facts);
  const refused = change(draft);
  if (refused !== undefined) return { ok: false, refusal: refused };
  const goesOn = draft.hasChanged && !isTerminal(customerOrderTable, order.state);
  if (goesOn) orchestrate(draft);
  assess(draft);
  return draft.finish();
}

/** The same capture again, after a crash between storing and answering: the order is there, and that is all. */
function unchanged(order: CustomerOrder, input: Input, facts: Facts): Outcome {
  return new Draft(order, input.at, facts).finish();
}

/** A timer whose reason is gone does nothing. */
function timerFired(draft: Draft, { timer }: TimerFired): undefined {
  switch (timer.kind) {
    case 'retryDispatch':
      retryDispatch(draft, timer.requestId);
      break;
    case 'fulfillmentOverdue':
      fulfillmentOverdue(draft, timer.requestId);
      break;
    case 'poll':
      poll(draft, timer.requestId);
      break;
    case 'retryCancellation':
      retryCancellation(draft, timer.requestId);
      break;
    case 'cancellationOverdue':
      cancellationOverdue(draft, timer.requestId);
      break;
    case 'cancellationDue':
      cancellationDue(draft, timer.cancellation);
      break;
    case 'automaticFulfillment':
      automaticFulfillment(draft, timer.domainOrder);
      break;
    case 'inventoryOperation':
      runOperations(draft, timer.line);
      break;
    case 'automaticTask':
      automaticTaskDone(draft, timer.task);
      break;
    case 'orderStart':
      beginIfDue(draft);
      break;
    case 'mockQualificationAnswer':
      answerByMock(draft, timer.requestId);
      break;
    case 'qualificationOverdue':
      qualificationOverdue(draft, timer.requestId);
      break;
    case 'qualificationExpired':
      qualificationExpired(draft, timer.requestId);
      break;
    // The look at it comes with the end of the step.
    case 'jeopardy':
      break;
    case 'pollQualification':
      pollQualification(draft, timer.requestId);
      break;
  }
}

function automaticFulfillment(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.find(id);
  if (domainOrder?.work?.by !== 'automatic') return;
  draft.domainOrders.put({ ...domainOrder, work: { by: 'automatic', done: true } });
}
