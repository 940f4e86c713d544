/** Who may do what: the roles of order management, what each contains, and what each permission asks for. */
import type { CancellationCommandKind } from './cancellation/inputs.ts';
import type { FalloutCommandKind } from './fallout/inputs.ts';
import type { ServiceOrderCommandKind } from './inputs.ts';
import type { DateCommandKind } from './jeopardy/inputs.ts';
import type { OrderCommandKind } from './life/inputs.ts';
import type { PriorityCommandKind } from './priority/inputs.ts';
import type { QualificationCommandKind } from './qualification/inputs.ts';
import type { RevisionCommandKind } from './revision/inputs.ts';
import type { TaskCommandKind } from './tasks/inputs.ts';

/** By role, the roles it contains. */
export const containment: { readonly [role: string]: readonly string[] } = {
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
  fallout_manager: ['fallout_agent', 'fallout_creator'],
};

/** Other spellings that are about. */
export const aliases: { readonly [spelling: string]: string } = {
  order_fulfillment_agent: 'order_fulfilment_agent',
  order_fulfillment_manager: 'order_fulfilment_manager',
  'order-fulfillment_agent': 'order_fulfilment_agent',
  fulfillment_agent: 'order_fulfilment_agent',
  fulfillment_manager: 'order_fulfilment_manager',
  service_order_manage: 'service_order_manager',
};

const fallout = ['fallout_agent', 'fallout_manager', 'order_fulfilment_agent', 'service_order_agent', 'order_admin'];

const outbound = ['order_fulfilment_agent', 'service_order_agent', 'order_admin'];

/** Everything that somebody may be let do, or not: the commands by their names, and what is asked without a command. */
export type Permission =
  | ServiceOrderCommandKind['type']
  | QualificationCommandKind['type']
  | TaskCommandKind['type']
  | OrderCommandKind['type']
  | CancellationCommandKind['type']
  | RevisionCommandKind['type']
  | FalloutCommandKind['type']
  | PriorityCommandKind['type']
  | DateCommandKind['type']
  | 'ApproveOrder'
  | 'ApproveQuestion'
  | 'ResolveFallout'
  | 'ReportFulfillment'
  | 'ReportQualification'
  | 'CaptureOrder'
  | 'AmendOrder'
  | 'AskQuestion'
  | 'Subscribe'
  | 'ReadDeliveries'
  | 'SettleDeadLetter'
  | 'ReadOrders'
  | 'ReadQuestions'
  | 'ReadInventory'
  | 'ReadPolicies'
  | 'ReadApis'
  | 'Configure';

/** Any one of these is enough, and so is any role that contains one. */
export const rolesFor: { readonly [permission in Permission]: readonly string[] } = {
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
  RecalculatePriority: ['order_fulfilment_manager', 'service_order_manager', 'order_admin'],
  SetPriority: ['order_fulfilment_manager', 'service_order_manager', 'order_admin'],
  CreateFallout: ['fallout_creator', 'fallout_manager'],
  AssignFallout: fallout,
  RetryFallout: fallout,
  HoldFallout: fallout,
  ReleaseFallout: fallout,
  RequestFalloutInformation: fallout,
  TakeFalloutInformation: fallout,
  MendFallout: fallout,
  VerifyFallout: fallout,
  ReopenFallout: fallout,
  CancelFallout: ['fallout_manager', 'order_admin'],
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
  ReviseOrder: [...outbound, 'order_integrator'],
  DecideRevision: ['order_approver'],
  SetPointOfNoReturn: outbound,
  StartTask: outbound,
  CloseTask: outbound,
  HoldTask: outbound,
  ReleaseTask: outbound,
  RequestTaskInformation: outbound,
  TakeTaskInformation: outbound,
  AssignTask: outbound,
  CreateWorkOrder: ['order_fulfilment_manager', 'service_order_manager', 'order_admin'],
  RescheduleTask: outbound,
  CreateHeaderTask: ['order_agent', 'order_fulfilment_manager'],
  ApproveOrder: ['order_approver'],
  // Where the policies say so; contradictory pages name agents too.
  ApproveQuestion: ['order_approver', 'order_fulfilment_agent', 'service_order_agent'],
  ReportFulfillment: ['order_integrator'],
  ReportQualification: ['order_integrator'],
  CaptureOrder: ['order_creator'],
  // Whoever may place an order may put right what was said of it, and hand in what was a draft.
  AmendOrder: ['order_creator'],
  AskQuestion: ['order_creator'],
  // A subscriber is told everything about every order, and at an address of its own choosing.
  Subscribe: ['order_integrator', 'order_admin'],
  // Dead letters hold orders, and nothing beyond them.
  ReadDeliveries: ['order_viewer'],
  SettleDeadLetter: ['order_integrator', 'order_admin'],
  ReadOrders: ['order_viewer'],
  ReadQuestions: ['order_viewer'],
  ReadInventory: ['order_viewer'],
  ReadPolicies: ['order_viewer', 'manager', 'admin'],
  ReadApis: ['order_viewer', 'manager', 'admin'],
  Configure: ['manager', 'admin'],
};

/** Every role that means something here, by its canonical name. */
export const knownRoles: readonly string[] = [
  ...new Set([...Object.entries(containment).flat(2), ...Object.values(rolesFor).flat()]),
].toSorted();

/** @param roles as they were given, with or without their scope; absent where nobody is asked. */
export function mayDo(permission: Permission, roles: readonly string[] | undefined): boolean {
  if (roles === undefined) return true;
  const held = heldRoles(roles);
  return rolesFor[permission].some((role) => held.has(role));
}

/** Of the roles asked for, those that are granted, by themselves or within others. */
export function grantedOf(asked: readonly string[], granted: readonly string[]): readonly string[] {
  const held = heldRoles(granted);
  return asked.filter((role) => held.has(plainName(role)));
}

export function isKnownRole(role: string): boolean {
  return knownRoles.includes(plainName(role));
}

/** The roles, and all that they contain. */
function heldRoles(roles: readonly string[]): ReadonlySet<string> {
  const held = new Set<string>();
  for (const waiting = roles.map(plainName); waiting.length > 0; ) {
    const role = waiting.pop();
    if (role === undefined || held.has(role)) continue;
    held.add(role);
    // Roles come from outside: one may be called like something that every object has.
    if (Object.hasOwn(containment, role)) waiting.push(...(containment[role] ?? []));
  }
  return held;
}

/** `sn_ind_tmt_orm.order_approver` and `order_approver` are the same. */
function plainName(role: string): string {
  const name = role.trim().replace(/^.*\./, '');
  return Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
}
