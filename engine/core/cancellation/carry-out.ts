/** A cancellation is approved: what was not begun is canceled, what was is going to be undone, and the outside is told. */
import type { Draft } from '../draft.ts';
import { settleFallouts } from '../fallout.ts';
import { linesOf, topLines } from '../qualification/hierarchy.ts';
import { withdrawRequests } from '../qualification/request.ts';
import { moveRevision, pendingRevision } from '../revision/revisions.ts';
import { isOver } from '../tasks/progress.ts';
import { domainOrdersOf, type Scope } from './assess.ts';
import { askToStop } from './outside.ts';
import { isUnwanted } from './standing.ts';
import { layOutUndo } from './undo.ts';

export function carryOut(draft: Draft, scope: Scope): void {
  if (scope.isWhole) {
    draft.moveOrder('approveCancellation');
    // Who held it, held what is not going to happen; who wanted something else of it, does not get that either.
    draft.dropFromHeader('heldByHand');
    const pending = pendingRevision(draft);
    if (pending !== undefined) moveRevision(draft, pending, 'overtaken', { decidedAt: draft.at });
  } else {
    draft.dropFromHeader('revisionOperation');
  }
  for (const id of scope.lines) draft.moveLine(draft.lines.get(id), 'approveCancellation');
  // What a revision does not want any more is on its way out already.
  const domainOrders = domainOrdersOf(draft, scope).filter((each) => each.state !== 'canceled' && !isUnwanted(each));
  takeBack(draft, { ...scope, domainOrders: domainOrders.map(({ id }) => id) });
  for (const line of topLines(draft)) {
    if (linesOf(draft, line.id).every(({ id }) => scope.lines.has(id))) withdrawRequests(draft, line.id);
  }
}

/** Domain orders that are wanted no longer, with what else is about lines that are not. */
export interface Unwanted extends Scope {
  readonly domainOrders: readonly string[];
}

/** What was begun of it is going to be undone, and whoever is at work on it outside is asked to stop. */
export function takeBack(draft: Draft, { domainOrders, lines, isWhole }: Unwanted): void {
  const unwanted = new Set(domainOrders);
  cancelOpenTasks(draft, { lines, isWhole }, unwanted);
  for (const id of domainOrders) {
    const { heldFor: _over, redone: _again, ...domainOrder } = draft.domainOrders.get(id);
    layOutUndo(draft, id);
    if (domainOrder.state === 'closed_complete') draft.domainOrders.put({ ...domainOrder, undone: false });
    else draft.moveDomainOrder(domainOrder, ['cancel']);
  }
  settleFallouts(draft, unwanted);
  const concerned = draft.outboundRequests.all.filter(({ serviceOrder }) => unwanted.has(serviceOrder));
  for (const requestId of new Set(concerned.map((record) => record.requestId))) askToStop(draft, requestId);
}

function cancelOpenTasks(draft: Draft, { lines, isWhole }: Scope, domainOrders: ReadonlySet<string>): void {
  for (const { heldFor: _over, redoDue: _again, ...task } of draft.tasks.all) {
    const { about } = task;
    const isMeant =
      about.kind === 'header'
        ? isWhole
        : about.kind === 'domainOrder'
          ? domainOrders.has(about.domainOrder)
          : lines.has(about.line);
    if (!isMeant) continue;
    if (isOver(task)) draft.tasks.put(task);
    else draft.moveTask(task, ['cancel']);
  }
}
