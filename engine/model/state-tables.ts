/** The lifecycles of the engine, whole: also the moves whose commands are still to come. */
import { previousState, type StateTable } from './state-table.ts';

export const orderStates = [
  'draft',
  'submitted',
  'enrichment_in_progress',
  'enrichment_on_hold',
  'new',
  'acknowledged',
  'rejected',
  'in_progress',
  'revision_in_progress',
  'awaiting_information',
  'on_hold',
  'assessing_cancellation',
  'cancellation_in_progress',
  'canceled',
  'completed',
] as const;

export type OrderState = (typeof orderStates)[number];

export const orderEvents = [
  'submit',
  'enrichmentNeeded',
  'enrichmentNotNeeded',
  'enrichmentHeld',
  'enrichmentReleased',
  'enrichmentDone',
  'approve',
  'decomposed',
  'reject',
  'reopen',
  'informationMissing',
  'informationReceived',
  'hold',
  'release',
  'revise',
  'declineRevision',
  'requestCancellation',
  'approveCancellation',
  'declineCancellation',
  'cancellationDone',
  'complete',
] as const;

export type OrderEvent = (typeof orderEvents)[number];

/** Customer order, and captured service order: both have the same header states. */
export const customerOrderTable: StateTable<OrderState, OrderEvent> = {
  thing: 'customer order',
  source: 'order management, states of order headers',
  states: orderStates,
  events: orderEvents,
  initial: ['draft', 'new'],
  terminal: ['canceled', 'completed'],
  moves: [
    { from: ['draft'], on: 'submit', to: 'submitted' },
    { from: ['submitted'], on: 'enrichmentNeeded', to: 'enrichment_in_progress' },
    { from: ['submitted'], on: 'enrichmentNotNeeded', to: 'new' },
    { from: ['enrichment_in_progress'], on: 'enrichmentHeld', to: 'enrichment_on_hold' },
    { from: ['enrichment_on_hold'], on: 'enrichmentReleased', to: 'enrichment_in_progress' },
    { from: ['enrichment_in_progress'], on: 'enrichmentDone', to: 'new' },
    { from: ['new', 'rejected', 'revision_in_progress'], on: 'approve', to: 'acknowledged' },
    { from: ['acknowledged'], on: 'decomposed', to: 'in_progress' },
    { from: ['new'], on: 'reject', to: 'rejected' },
    { from: ['rejected'], on: 'reopen', to: 'draft' },
    { from: ['in_progress'], on: 'informationMissing', to: 'awaiting_information' },
    { from: ['awaiting_information'], on: 'informationReceived', to: 'in_progress' },
    { from: ['in_progress'], on: 'hold', to: 'on_hold' },
    { from: ['on_hold'], on: 'release', to: 'in_progress' },
    { from: ['in_progress'], on: 'revise', to: 'revision_in_progress' },
    { from: ['revision_in_progress'], on: 'declineRevision', to: 'in_progress' },
    {
      from: ['in_progress', 'awaiting_information', 'on_hold', 'revision_in_progress'],
      on: 'requestCancellation',
      to: 'assessing_cancellation',
    },
    { from: ['assessing_cancellation'], on: 'approveCancellation', to: 'cancellation_in_progress' },
    { from: ['assessing_cancellation'], on: 'declineCancellation', to: previousState },
    { from: ['cancellation_in_progress'], on: 'cancellationDone', to: 'canceled' },
    { from: ['in_progress'], on: 'complete', to: 'completed' },
  ],
};

export const lineStates = [...orderStates, 'scheduled'] as const;

export type LineState = (typeof lineStates)[number];

export const lineEvents = [...orderEvents, 'schedule', 'start', 'drop'] as const;

export type LineEvent = (typeof lineEvents)[number];

/**
 * Order line item: the header's states, and `scheduled` between approval and start, to which it comes back where a revision
 * is declined before. `drop`: an approved revision does not want it any more.
 */
export const orderLineTable: StateTable<LineState, LineEvent> = {
  thing: 'order line item',
  source: 'order management, order line item states',
  states: lineStates,
  events: lineEvents,
  initial: ['draft', 'new'],
  terminal: ['canceled', 'completed'],
  moves: [
    ...customerOrderTable.moves,
    { from: ['acknowledged', 'revision_in_progress'], on: 'schedule', to: 'scheduled' },
    { from: ['acknowledged', 'scheduled'], on: 'start', to: 'in_progress' },
    { from: ['scheduled', 'on_hold'], on: 'revise', to: 'revision_in_progress' },
    { from: ['revision_in_progress'], on: 'drop', to: 'cancellation_in_progress' },
    { from: ['scheduled'], on: 'requestCancellation', to: 'assessing_cancellation' },
  ],
};

export const domainOrderStates = [
  'draft',
  'qualified',
  'scheduled',
  'in_progress',
  'on_hold',
  'closed_complete',
  'cancellation_in_progress',
  'canceled',
] as const;

export type DomainOrderState = (typeof domainOrderStates)[number];

export const domainOrderEvents = [
  'qualify',
  'schedule',
  'start',
  'hold',
  'release',
  'reviseApproved',
  'close',
  'closeByHand',
  'cancel',
  'cancellationDone',
] as const;

export type DomainOrderEvent = (typeof domainOrderEvents)[number];

/** Product, service and resource orders alike. */
export const domainOrderTable: StateTable<DomainOrderState, DomainOrderEvent> = {
  thing: 'domain order',
  source: 'order management, domain order states',
  states: domainOrderStates,
  events: domainOrderEvents,
  initial: ['draft', 'in_progress'],
  terminal: ['closed_complete', 'canceled'],
  moves: [
    { from: ['draft'], on: 'qualify', to: 'qualified' },
    { from: ['draft', 'qualified'], on: 'schedule', to: 'scheduled' },
    { from: ['qualified', 'scheduled'], on: 'start', to: 'in_progress' },
    { from: ['draft', 'qualified', 'scheduled', 'in_progress'], on: 'hold', to: 'on_hold' },
    { from: ['on_hold'], on: 'release', to: previousState },
    { from: ['on_hold'], on: 'reviseApproved', to: 'scheduled' },
    { from: ['in_progress'], on: 'close', to: 'closed_complete' },
    {
      from: ['draft', 'qualified', 'scheduled', 'in_progress', 'on_hold'],
      on: 'closeByHand',
      to: 'closed_complete',
    },
    {
      from: ['draft', 'qualified', 'scheduled', 'in_progress', 'on_hold'],
      on: 'cancel',
      to: 'cancellation_in_progress',
    },
    { from: ['cancellation_in_progress'], on: 'cancellationDone', to: 'canceled' },
  ],
};

export const outboundRequestStates = ['not_applicable', 'pending', 'error', 'fulfilled', 'failed'] as const;

export type OutboundRequestState = (typeof outboundRequestStates)[number];

export const outboundRequestEvents = [
  'accepted',
  'dispatchFailed',
  'reportedPending',
  'reportedFulfilled',
  'reportedError',
  'revised',
  'superseded',
  'serviceOrderCanceled',
] as const;

export type OutboundRequestEvent = (typeof outboundRequestEvents)[number];

/**
 * Outbound request. A report may overtake the answer that accepts the request, so reports also move a record that is
 * still `not_applicable`; the late acceptance then changes nothing.
 */
export const outboundRequestTable: StateTable<OutboundRequestState, OutboundRequestEvent> = {
  thing: 'outbound request',
  source: 'order management, outbound request states, in the reading of docs/decisions/0004',
  states: outboundRequestStates,
  events: outboundRequestEvents,
  initial: ['not_applicable'],
  terminal: ['failed'],
  moves: [
    { from: ['not_applicable', 'pending'], on: 'accepted', to: 'pending' },
    { from: ['fulfilled'], on: 'accepted', to: 'fulfilled' },
    { from: ['error'], on: 'accepted', to: 'error' },
    { from: ['not_applicable'], on: 'dispatchFailed', to: 'failed' },
    { from: ['not_applicable', 'pending', 'error'], on: 'reportedPending', to: 'pending' },
    { from: ['not_applicable', 'pending', 'error', 'fulfilled'], on: 'reportedFulfilled', to: 'fulfilled' },
    { from: ['not_applicable', 'pending', 'error'], on: 'reportedError', to: 'error' },
    { from: ['pending', 'fulfilled'], on: 'revised', to: 'pending' },
    { from: ['error'], on: 'superseded', to: 'failed' },
    { from: ['pending', 'error'], on: 'serviceOrderCanceled', to: 'failed' },
  ],
};
