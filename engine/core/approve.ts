/** An order is approved: it is decomposed, and what can start, starts. */
import type { Facts } from '../model/facts.ts';
import type { ApproveOrder } from '../model/inputs.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Outcome } from '../model/outcome.ts';
import { type Refusal, refusal, refusalRemedy, refusalText } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import { nextState } from '../model/state-table.ts';
import { customerOrderTable } from '../model/state-tables.ts';
import { decompose, mostDomainOrders } from './decompose.ts';
import { isFull } from './decomposition/domain-order.ts';
import { mapAllValues } from './decomposition/values.ts';
import { Draft } from './draft.ts';
import { obstacleInInventory, obstacleToDomainOrders } from './inventory/obstacles.ts';
import { givePlaceholders } from './inventory/placeholders.ts';
import { assess, beginForecast } from './jeopardy/assess.ts';
import { schedule, startsLater } from './life/later.ts';
import { questionable } from './life/questionable.ts';
import { orchestrate } from './orchestrate.ts';
import { qualifyAll } from './qualification/request.ts';
import { layOutAll } from './tasks/plan.ts';
import { openStageTasks, raiseStageTasks } from './tasks/stages.ts';

export function approveOrder(order: CustomerOrder, input: ApproveOrder, facts: Facts): Outcome {
  const outcome = approved(order, input, facts);
  return outcome.ok || input.effectId === undefined ? outcome : leftToOthers(order, input, facts, outcome.refusal);
}

/** What cannot be approved by itself stands as it is, and says why: somebody may approve it later. */
export function leftToOthers(
  order: CustomerOrder,
  { at }: Pick<ApproveOrder, 'at'>,
  facts: Facts,
  why: Refusal,
): Outcome {
  const draft = new Draft(order, at, facts);
  draft.note(`Not approved by itself. ${refusalText(why)}. ${refusalRemedy(why)}`);
  return draft.finish();
}

function approved(order: CustomerOrder, input: ApproveOrder, facts: Facts): Outcome {
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
  const questioned = questionable(draft, draft.lines.all);
  if (questioned !== undefined) return { ok: false, refusal: questioned };
  const obstacle = obstacleInInventory(draft);
  if (obstacle !== undefined) return { ok: false, refusal: obstacle };
  draft.moveOrder('approve');
  for (const line of draft.lines.all) draft.moveLine(line, 'approve');
  if (!decompose(draft)) return { ok: false, refusal: refusal('orderTooLarge', { most: String(mostDomainOrders) }) };
  mapAllValues(draft);
  if (isFull(draft)) return { ok: false, refusal: refusal('orderTooLarge', { most: String(mostDomainOrders) }) };
  const impossible = obstacleToDomainOrders(draft);
  if (impossible !== undefined) return { ok: false, refusal: impossible };
  draft.moveOrder('decomposed');
  if (startsLater(draft)) schedule(draft);
  else {
    draft.setHeader({ startedAt: input.at });
    for (const line of draft.lines.all) draft.moveLine(line, 'start');
  }
  draft.note(`Order approved and decomposed into ${draft.domainOrders.all.length} domain orders`);
  raiseStageTasks(draft, 'postApproval');
  if (asks && facts.policies.qualification.start === 'automatic') qualifyAll(draft);
  beginForecast(draft);
  if (draft.header.forecast !== undefined) layOutAll(draft);
  orchestrate(draft);
  assess(draft);
  givePlaceholders(draft);
  return draft.finish();
}
