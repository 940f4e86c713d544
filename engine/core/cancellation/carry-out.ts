/** A cancellation is approved: what was not begun is canceled, what was is going to be undone, and the outside is told. */
import type { Draft } from '../draft.ts';
import { settleFallouts } from '../fallout.ts';
import { linesOf, topLines } from '../qualification/hierarchy.ts';
import { withdrawRequests } from '../qualification/request.ts';
import { isOver } from '../tasks/progress.ts';
import { domainOrdersOf, type Scope, tasksIn } from './assess.ts';
import { askToStop } from './outside.ts';
import { layOutUndo } from './undo.ts';

export function carryOut(draft: Draft, scope: Scope): void {
  if (scope.isWhole) {
    draft.moveOrder('approveCancellation');
    // Who held it, held what is not going to happen.
    draft.dropFromHeader('heldByHand');
  } else {
    draft.dropFromHeader('revisionOperation');
  }
  for (const id of scope.lines) draft.moveLine(draft.lines.get(id), 'approveCancellation');
  const domainOrders = domainOrdersOf(draft, scope).filter(({ state }) => state !== 'canceled');
  cancelOpenTasks(draft, scope);
  for (const { id, heldFor: _over, ...rest } of domainOrders) {
    layOutUndo(draft, id);
    if (rest.state === 'closed_complete') draft.domainOrders.put({ ...rest, id, undone: false });
    else draft.moveDomainOrder({ ...rest, id }, ['cancel']);
  }
  settleFallouts(draft, new Set(domainOrders.map(({ id }) => id)));
  for (const line of topLines(draft)) {
    if (linesOf(draft, line.id).every(({ id }) => scope.lines.has(id))) withdrawRequests(draft, line.id);
  }
  const unwanted = new Set(domainOrders.map(({ id }) => id));
  const concerned = draft.outboundRequests.all.filter(({ serviceOrder }) => unwanted.has(serviceOrder));
  for (const requestId of new Set(concerned.map((record) => record.requestId))) askToStop(draft, requestId);
}

function cancelOpenTasks(draft: Draft, scope: Scope): void {
  for (const task of tasksIn(draft, scope)) {
    const { heldFor: _over, ...rest } = task;
    if (!isOver(task)) draft.moveTask(rest, ['cancel']);
  }
}
