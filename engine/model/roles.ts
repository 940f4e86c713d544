/** Who may do what: the roles of order management, what each contains, and what each command asks for. */
import type { CancellationCommandKind } from './cancellation/inputs.ts';
import type { ServiceOrderCommandKind } from './inputs.ts';
import type { OrderCommandKind } from './life/inputs.ts';
import type { QualificationCommandKind } from './qualification/inputs.ts';
import type { TaskCommandKind } from './tasks/inputs.ts';

/** By role, the roles it contains. */
const containment: { readonly [role: string]: readonly string[] } = {
  order_fulfilment_manager: ['order_fulfilment_agent', 'order_approver'],
  service_order_manager: ['service_order_agent', 'order_approver'],
  order_fulfilment_agent: ['order_creator', 'fulfillment_writer', 'outbound_request_read', 'fallout_creator'],
  service_order_agent: ['order_creator', 'fulfillment_writer', 'outbound_request_read', 'fallout_creator'],
  fulfillment_writer: ['fulfillment_viewer', 'outbound_request_write'],
  order_admin: ['order_agent', 'order_approver'],
  order_agent: ['order_creator'],
  order_creator: ['order_viewer'],
  order_integrator: ['order_creator', 'inbound_queue_create', 'outbound_request_write'],
  order_viewer: ['fulfillment_viewer', 'inbound_queue_read'],
};

/** Other spellings that are about. */
const aliases: { readonly [spelling: string]: string } = {
  order_fulfillment_agent: 'order_fulfilment_agent',
  order_fulfillment_manager: 'order_fulfilment_manager',
  'order-fulfillment_agent': 'order_fulfilment_agent',
  fulfillment_agent: 'order_fulfilment_agent',
  fulfillment_manager: 'order_fulfilment_manager',
  service_order_manage: 'service_order_manager',
};

const outbound = ['order_fulfilment_agent', 'service_order_agent', 'order_admin'];

export type Command =
  | ServiceOrderCommandKind['type']
  | QualificationCommandKind['type']
  | TaskCommandKind['type']
  | OrderCommandKind['type']
  | CancellationCommandKind['type']
  | 'ApproveOrder'
  | 'ApproveQuestion'
  | 'ResolveFallout'
  | 'ReportFulfillment'
  | 'Configure';

/** Any one of these is enough. */
export const rolesFor: { readonly [command in Command]: readonly string[] } = {
  CreateOutboundRequest: outbound,
  ReviseOutboundRequest: outbound,
  UpdateServiceOrder: outbound,
  ForceCompleteServiceOrder: outbound,
  CancelServiceOrder: outbound,
  ForceCancelServiceOrder: outbound,
  ResolveFallout: outbound,
  QualifyOrder: outbound,
  AcceptProposal: outbound,
  SetQualificationResult: outbound,
  DecideQualification: outbound,
  SubmitOrder: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  DeleteOrder: ['order_agent', 'order_fulfilment_agent', 'service_order_agent', 'order_integrator'],
  RejectOrder: ['order_approver'],
  ReopenOrder: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  HoldOrder: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  ReleaseOrder: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  RequestInformation: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  TakeInformation: ['order_agent', 'order_fulfilment_agent', 'service_order_agent'],
  // The page for viewers that names them too contradicts their role, which may only read.
  CancelOrder: [...outbound, 'order_integrator'],
  DecideCancellation: ['order_approver'],
  SetPointOfNoReturn: outbound,
  StartTask: outbound,
  CloseTask: outbound,
  HoldTask: outbound,
  ReleaseTask: outbound,
  RequestTaskInformation: outbound,
  TakeTaskInformation: outbound,
  AssignTask: outbound,
  CreateHeaderTask: ['order_agent', 'order_fulfilment_manager'],
  ApproveOrder: ['order_approver'],
  // Where the policies say so; contradictory pages name agents too.
  ApproveQuestion: ['order_approver', 'order_fulfilment_agent', 'service_order_agent'],
  ReportFulfillment: ['order_integrator'],
  Configure: ['manager', 'admin'],
};

/** @param roles as they were given, with or without their scope; absent where nobody is asked. */
export function mayDo(command: Command, roles: readonly string[] | undefined): boolean {
  if (roles === undefined) return true;
  const held = new Set<string>();
  for (const waiting = roles.map(plainName); waiting.length > 0; ) {
    const role = waiting.pop();
    if (role === undefined || held.has(role)) continue;
    held.add(role);
    waiting.push(...(containment[role] ?? []));
  }
  return rolesFor[command].some((role) => held.has(role));
}

/** `sn_ind_tmt_orm.order_approver` and `order_approver` are the same. */
function plainName(role: string): string {
  const name = role.trim().replace(/^.*\./, '');
  return aliases[name] ?? name;
}
