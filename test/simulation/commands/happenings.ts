/** What happens next, drawn: a command with whatever it is about, an answer to what was sent, a report, or a timer. */
import fc from 'fast-check';
import type { CancellationOutcome } from '../../../engine/model/cancellation/inputs.ts';
import type { DispatchOutcome, Input, ReportFulfillment } from '../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Effect } from '../../../engine/model/outcome.ts';
import type { QualificationReport } from '../../../engine/model/qualification/result.ts';
import { start } from '../../support/orders.ts';
import type { Commanded } from './reference.ts';
import { revisionsOf } from './revisions.ts';
import { roleSets } from './roles.ts';

/** Every command of the catalogue. */
export const commands: readonly Commanded['type'][] = [
  'ApproveOrder',
  'SubmitOrder',
  'RejectOrder',
  'ReopenOrder',
  'HoldOrder',
  'ReleaseOrder',
  'RequestInformation',
  'TakeInformation',
  'DeleteOrder',
  'CancelOrder',
  'DecideCancellation',
  'ReviseOrder',
  'DecideRevision',
  'SetPointOfNoReturn',
  'CreateOutboundRequest',
  'ReviseOutboundRequest',
  'UpdateServiceOrder',
  'ForceCompleteServiceOrder',
  'CancelServiceOrder',
  'ForceCancelServiceOrder',
  'StartTask',
  'CloseTask',
  'HoldTask',
  'ReleaseTask',
  'RequestTaskInformation',
  'TakeTaskInformation',
  'AssignTask',
  'RescheduleTask',
  'CreateHeaderTask',
  'CreateWorkOrder',
  'CreateFallout',
  'AssignFallout',
  'RetryFallout',
  'HoldFallout',
  'ReleaseFallout',
  'RequestFalloutInformation',
  'TakeFalloutInformation',
  'MendFallout',
  'VerifyFallout',
  'ReopenFallout',
  'CancelFallout',
  'ResolveFallout',
  'RecalculatePriority',
  'SetPriority',
  'QualifyOrder',
  'AcceptProposal',
  'SetQualificationResult',
  'DecideQualification',
];

/** What orders would come to nothing without, and what would seldom be possible. */
const frequent: readonly Commanded['type'][] = [
  'CloseTask',
  'CloseTask',
  'UpdateServiceOrder',
  'CreateOutboundRequest',
  'ReviseOutboundRequest',
  'CancelServiceOrder',
  'ReleaseOrder',
  'RequestFalloutInformation',
  'TakeFalloutInformation',
  'ReviseOrder',
  'ReviseOrder',
  'DecideRevision',
  'DecideRevision',
  'DecideRevision',
];

/** Numbers are taken modulo what there is to choose from. */
export const happening = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constant('command' as const), weight: 7 },
    { arbitrary: fc.constantFrom('answer' as const, 'report' as const, 'timer' as const), weight: 4 },
  ),
  command: fc.constantFrom(...commands, ...frequent),
  /** 0: without looking. 1: about something where it is possible, if there is. 2: another, if it is possible nowhere. */
  looks: fc.nat(2),
  pick: fc.nat(10_000),
  variant: fc.nat(10_000),
  afterMs: fc.constantFrom(0, 1_000, 60_000, 3_600_000),
});

export type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** Without the common parts of a command. */
type Wish = object;

const reschedulings: readonly object[] = [
  { expectedEndAt: start + 7_200_000 },
  { plannedStartAt: start + 3_600_000 },
  { plannedStartAt: start + 7_200_000, plannedEndAt: start + 3_600_000 },
  { plannedEndAt: start + 90_000_000 },
  {},
];

/** Each way in which the command could be meant in this order; the first things are there, the last are not. */
export function wishesOf(order: CustomerOrder | undefined, command: Commanded['type'], variant: number): Wish[] {
  const ids = (things: readonly { readonly id: string }[] | undefined) => [
    ...(things ?? []).map(({ id }) => id),
    'none',
  ];
  const one = <Value>(values: readonly Value[]): Value => values[variant % values.length] as Value; // never empty
  const note = one(['seen to', 'seen to', 'seen to', ' ']);
  const line = () => [{}, ...ids(order?.lines).map((id) => ({ line: id }))];
  const characteristics = one([
    [{ name: 'colour', value: 'blue' }],
    [{ name: 'colour', value: 'red' }],
    [{ name: 'port', value: String(variant % 3) }],
    [{ name: 'colour', value: 'green' }],
    [{ name: 'taste', value: 'sweet' }],
  ]);
  switch (command) {
    case 'CancelOrder': {
      const later = variant % 7 === 0 ? { dueAt: start + (variant % 5) * 3_600_000 } : {};
      return line().map((about) => ({ ...about, ...later, note }));
    }
    case 'DecideCancellation':
    case 'DecideRevision':
      return [{ decision: one(['approve', 'decline', 'approve'] as const), ...(variant % 2 === 0 ? {} : { note }) }];
    case 'SetPointOfNoReturn':
      return line().map((about) => ({ ...about, kind: one(['soft', 'hard', 'soft'] as const) }));
    case 'ReviseOrder':
      return revisionsOf(order, variant);
    case 'RescheduleTask':
      return ids(order?.tasks).map((task) => ({ task, ...one(reschedulings) }));
    case 'CreateOutboundRequest':
    case 'ReviseOutboundRequest':
    case 'ForceCompleteServiceOrder':
    case 'ForceCancelServiceOrder':
      return ids(order?.domainOrders).map((serviceOrder) => ({ serviceOrder, note }));
    case 'CancelServiceOrder': {
      const asTask = one([{}, { asTask: {} }, { asTask: { dueAt: start + (variant % 13) * 3_600_000 } }]);
      return ids(order?.domainOrders).map((serviceOrder) => ({ serviceOrder, note, ...asTask }));
    }
    case 'UpdateServiceOrder':
      return ids(order?.domainOrders).map((serviceOrder) => ({ serviceOrder, characteristics }));
    case 'CloseTask':
      return ids(order?.tasks).flatMap((task) => [
        { task },
        { task, characteristics },
        { task, characteristics: [{ name: 'port', value: '7' }] },
      ]);
    case 'StartTask':
    case 'HoldTask':
    case 'ReleaseTask':
    case 'RequestTaskInformation':
    case 'TakeTaskInformation':
    case 'AssignTask':
      return ids(order?.tasks).map((task) => ({ task, note, assignedTo: 'ann' }));
    case 'CreateFallout':
      return ids(order?.tasks).map((task) => ({ task, falloutType: 'Other', description: 'something is wrong' }));
    case 'CreateHeaderTask':
      return line().map((about) => ({ ...about, name: 'call' }));
    case 'SetPriority': {
      const about = [...(order?.lines ?? []), ...(order?.domainOrders ?? []), ...(order?.tasks ?? [])];
      return ids(about).map((id) => ({ about: id, ...one([{ level: 'high' }, { level: 'low' }, {}]) }));
    }
    case 'CreateWorkOrder':
      return ids([...(order?.domainOrders ?? []), ...(order?.tasks ?? [])]).map((about) => ({ about }));
    case 'QualifyOrder':
      return line();
    case 'DecideQualification':
      return line().map((about) => ({ ...about, decision: one(['accept', 'accept', 'decline'] as const) }));
    case 'AcceptProposal':
      return (order?.domainOrders ?? []).flatMap(({ id, qualification }) =>
        [...(qualification?.proposals.map(({ number }) => number) ?? []), 'none'].map((proposal) => ({
          serviceOrder: id,
          proposal,
        })),
      );
    case 'SetQualificationResult':
      return ids([...(order?.domainOrders ?? []), ...(order?.lines ?? [])]).map((about) => ({
        about,
        result: one(['qualified', 'alternate', 'unqualified', 'pending', 'none'] as const),
      }));
    default:
      return command.includes('Fallout')
        ? ids(order?.fallouts).map((fallout) => ({ fallout, note, assignedTo: 'bob' }))
        : [{ note }];
  }
}

export function commandOf(
  command: Commanded['type'],
  variant: number,
  wish: Wish,
  common: { at: number; orderId: string },
): Commanded {
  const roles = roleSets[variant % roleSets.length];
  return { ...wish, type: command, ...common, ...(roles === undefined ? {} : { roles }) } as Commanded; // as `wishesOf` says for each
}

const dispatched: readonly DispatchOutcome[] = [
  { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] },
  { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] },
  { kind: 'accepted', httpStatus: 200, reports: [] },
  { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' },
  { kind: 'refused', httpStatus: 409, retryable: false, reason: 'known' },
  { kind: 'refused', httpStatus: 503, retryable: true, retryAfterMs: 5_000, reason: 'busy' },
  { kind: 'unanswered', cause: 'timeout' },
];

const stopped: readonly CancellationOutcome[] = [
  { kind: 'accepted', httpStatus: 201 },
  { kind: 'done', httpStatus: 201 },
  { kind: 'refused', httpStatus: 409, retryable: false, reason: 'too late' },
  { kind: 'refused', httpStatus: 503, retryable: true, reason: 'busy' },
  { kind: 'unanswered', cause: 'reset' },
  { kind: 'unsupported' },
];

/** What comes back for something that was sent, and is answered once. */
export function answerTo(
  sent: Effect,
  { variant }: Happening,
  common: { at: number; orderId: string },
): Input | undefined {
  const one = <Value>(values: readonly Value[]): Value => values[variant % values.length] as Value; // never empty
  switch (sent.type) {
    case 'SendOutboundRequest': {
      const { requestId, revision, attempt, id: effectId } = sent;
      return { type: 'ReportDispatch', ...common, requestId, revision, attempt, effectId, outcome: one(dispatched) };
    }
    case 'SendCancellation': {
      const { requestId, attempt, id: effectId } = sent;
      return { type: 'ReportCancellation', ...common, requestId, attempt, effectId, outcome: one(stopped) };
    }
    case 'SendQualificationRequest': {
      const { requestId, id: effectId, payload } = sent;
      const reports = payload.items.map(({ serviceOrder }, place) => findingOf(serviceOrder, variant + place));
      const answered = {
        kind: 'answered',
        httpStatus: 201,
        externalId: 'check',
        reports,
        isFinal: variant % 3 > 0,
      } as const;
      const outcome = variant % 5 === 0 ? ({ kind: 'failed', reason: 'no answer' } as const) : answered;
      return { type: 'ReportQualificationExchange', ...common, requestId, effectId, outcome };
    }
    case 'SubmitInput':
      return { ...sent.input, ...common, effectId: sent.id };
    default:
      return undefined;
  }
}

/** Something is told of a request by itself, rightly or not. */
export function reportOf(
  order: CustomerOrder | undefined,
  { pick, variant }: Happening,
  common: { at: number; orderId: string },
): Input | undefined {
  const record = order?.outboundRequests[pick % Math.max(1, order.outboundRequests.length)];
  const question = order?.qualificationRequests[pick % Math.max(1, order.qualificationRequests.length)];
  if (record !== undefined) {
    const { requestId, serviceOrder } = record;
    const told = order?.outboundRequests.filter((each) => each.requestId === requestId) ?? [];
    const about = variant % 2 === 0 ? told.map((each) => each.serviceOrder) : [serviceOrder];
    const state = (['fulfilled', 'fulfilled', 'pending', 'error'] as const)[variant % 4] ?? 'fulfilled';
    const via: ReportFulfillment['via'] = (['event', 'outboundresponse', 'poll'] as const)[pick % 3] ?? 'event';
    const reports = about.map((each) => ({ serviceOrder: each, state }));
    return { type: 'ReportFulfillment', ...common, requestId, via, reports };
  }
  if (question === undefined) return undefined;
  const reports = question.serviceOrders.map((each, place) => findingOf(each, variant + place));
  return { type: 'ReportQualification', ...common, requestId: question.id, reports, isFinal: true, via: 'event' };
}

function findingOf(serviceOrder: string, variant: number): QualificationReport {
  const result = (['qualified', 'qualified', 'alternate', 'unqualified'] as const)[variant % 4] ?? 'qualified';
  const proposed = { specification: variant % 3 === 0 ? 'plain' : 'roof', characteristics: [] };
  return { serviceOrder, result, reasons: [], proposals: result === 'alternate' ? [proposed] : [] };
}
