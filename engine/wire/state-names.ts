/** The words of each API for the engine's states and actions, one table each. */
import type { ItemReport } from '../model/inputs.ts';
import type { Action } from '../model/order.ts';
import type { DomainOrderState, LineState } from '../model/state-tables.ts';

/** States of an order or an item in TMF622 v4 and TMF641 v4.1, northbound. */
export const tmfStateOf = {
  draft: 'acknowledged',
  submitted: 'acknowledged',
  enrichment_in_progress: 'acknowledged',
  enrichment_on_hold: 'held',
  new: 'acknowledged',
  acknowledged: 'acknowledged',
  rejected: 'rejected',
  scheduled: 'inProgress',
  in_progress: 'inProgress',
  revision_in_progress: 'inProgress',
  awaiting_information: 'pending',
  on_hold: 'held',
  assessing_cancellation: 'assessingCancellation',
  cancellation_in_progress: 'pendingCancellation',
  canceled: 'cancelled',
  completed: 'completed',
} as const satisfies { readonly [state in LineState]: string };

/** States of a resource order or a work order of ours, in TMF652 and TMF697, northbound. */
export const tmfStateOfDomainOrder = {
  draft: 'acknowledged',
  qualified: 'acknowledged',
  scheduled: 'acknowledged',
  in_progress: 'inProgress',
  on_hold: 'held',
  closed_complete: 'completed',
  cancellation_in_progress: 'pendingCancellation',
  canceled: 'cancelled',
} as const satisfies { readonly [state in DomainOrderState]: string };

export type TmfState = (typeof tmfStateOf)[LineState];

/** What a TMF641 v4.1 state, southbound, says of an outbound request. */
export const reportOfTmfState: { readonly [state: string]: ItemReport['state'] } = {
  acknowledged: 'pending',
  inProgress: 'pending',
  pending: 'pending',
  held: 'pending',
  assessingCancellation: 'pending',
  pendingCancellation: 'pending',
  completed: 'fulfilled',
  failed: 'error',
  rejected: 'error',
  // Terminal as well, and not what was asked for: waiting on would be waiting for nothing (docs/decisions/0005).
  partial: 'error',
  cancelled: 'error',
};

export const tmfActionOf = {
  add: 'add',
  change: 'modify',
  delete: 'delete',
  suspend: 'modify',
  resume: 'modify',
  'no-change': 'noChange',
} as const satisfies { readonly [action in Action]: string };

export const actionOfTmf = {
  add: 'add',
  modify: 'change',
  delete: 'delete',
  noChange: 'no-change',
} as const satisfies { readonly [action: string]: Action };
