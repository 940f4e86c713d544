/** Who may give which command, as far as the random ones name roles: one that may approve, and one that may nothing. */
import type { Commanded } from './reference.ts';

const approvals: readonly Commanded['type'][] = ['ApproveOrder', 'RejectOrder', 'DecideCancellation', 'DecideRevision'];

/** Roles to command with; absent where nobody is asked. */
export const roleSets: readonly (readonly string[] | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  ['order_viewer'],
  ['order_approver'],
];

export function heldBy(roles: readonly string[], command: Commanded['type']): boolean {
  return roles.includes('order_approver') && approvals.includes(command);
}
