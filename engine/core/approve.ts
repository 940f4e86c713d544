/** An order is approved: it is decomposed, and what can start, starts. */
import type { Facts } from '../model/facts.ts';
import type { ApproveOrder } from '../model/inputs.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Outcome } from '../model/outcome.ts';
import { refusal } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import { nextState } from '../model/state-table.ts';
import { customerOrderTable } from '../model/state-tables.ts';
import { decompose, mostDomainOrders } from './decompose.ts';
import { Draft } from './draft.ts';
import { givePlaceholders } from './inventory/placeholders.ts';
import { orchestrate } from './orchestrate.ts';
import { qualifyAll } from './qualification/request.ts';
import { openStageTasks, raiseStageTasks } from './tasks/stages.ts';

export function approveOrder(order: CustomerOrder, input: ApproveOrder, facts: Facts): Outcome {
  const asks = order.fulfillmentType === 'Qualify';
  const command = asks && facts.policies.qualification.agentsMayApprove ? 'ApproveQuestion' : 'ApproveOrder';
  if (!mayDo(command, input.roles)) {
    const values = { command: 'ApproveOrder', roles: rolesFor[command].join(', ') };
    return { ok: false, refusal: refusal('roleMissing', values) };
  }
  if (nextState(customerOrderTable, order.state, 'approve') === undefined) {
    const possible = customerOrderTable.moves.filter(({ from }) => from.includes(order.state)).map(({ on }) => on);
    const values = {
      order: order.number,
      state: order.state,
      event: 'approve',
      possible: possible.join(', ') || 'nothing',
    };
    return { ok: false, refusal: refusal('notInThisState', values) };
  }
  const draft = new Draft(order, input.at, facts);
  const open = facts.policies.openTasksBlockApproval ? openStageTasks(draft) : [];
  if (open.length > 0) {
    return { ok: false, refusal: refusal('openTasksBlock', { order: order.number, tasks: open.join(', ') }) };
  }
  draft.moveOrder('approve');
  for (const line of draft.lines.all) draft.moveLine(line, 'approve');
  if (!decompose(draft)) return { ok: false, refusal: refusal('orderTooLarge', { most: String(mostDomainOrders) }) };
  draft.moveOrder('decomposed');
  draft.setHeader({ startedAt: input.at });
  for (const line of draft.lines.all) draft.moveLine(line, 'start');
  draft.note(`Order approved and decomposed into ${draft.domainOrders.all.length} domain orders`);
  raiseStageTasks(draft, 'postApproval');
  if (asks && facts.policies.qualification.start === 'automatic') qualifyAll(draft);
  orchestrate(draft);
  givePlaceholders(draft);
  return draft.finish();
}
