/** What is canceled is undone step by step: what was made last first, each once the outside does nothing for it any more. */
import type { DomainOrder } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import { discardRecords } from '../outbound/discard.ts';
import { isOpenOutside } from './standing.ts';
import { progressUndo } from './undo.ts';

/** Takes every domain order that is being undone as far as it can go. Children and successors come before their own. */
export function compensate(draft: Draft): void {
  const undoing = draft.domainOrders.all.filter(isBeingUndone);
  if (undoing.length === 0) return;
  const waitsFor = new Map<string, number>();
  const count = (id: string, by: number) => waitsFor.set(id, (waitsFor.get(id) ?? 0) + by);
  for (const { parent, after } of undoing) for (const id of madeBefore({ parent, after })) count(id, 1);
  const undoTasks = undoTasksOf(draft);
  const open = openOutside(draft);
  const ready = undoing.toReversed();
  // Grows while it is gone through: what is freed comes once more.
  for (const { id, parent, after } of ready) {
    if ((waitsFor.get(id) ?? 0) > 0 || open.has(id) || !progressUndo(draft, undoTasks.get(id) ?? [])) continue;
    if (!isBeingUndone(draft.domainOrders.get(id))) continue;
    finish(draft, id, (undoTasks.get(id) ?? []).length > 0);
    for (const before of madeBefore({ parent, after })) {
      count(before, -1);
      const freed = draft.domainOrders.find(before);
      if (waitsFor.get(before) === 0 && freed !== undefined && isBeingUndone(freed)) ready.push(freed);
    }
  }
}

export function isBeingUndone({ state, undone }: DomainOrder): boolean {
  return state === 'cancellation_in_progress' || undone === false;
}

/** What had to be there before it. */
function madeBefore({ parent, after }: Pick<DomainOrder, 'after'> & { parent: string | undefined }): string[] {
  return parent === undefined ? [...after] : [parent, ...after];
}

function undoTasksOf(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, about, undoes } of draft.tasks.all) {
    if (undoes === undefined || about.kind !== 'domainOrder') continue;
    const known = found.get(about.domainOrder);
    if (known === undefined) found.set(about.domainOrder, [id]);
    else known.push(id);
  }
  return found;
}

/** Service orders that somebody outside may still be at work on. */
function openOutside(draft: Draft): ReadonlySet<string> {
  return new Set(draft.outboundRequests.all.filter(isOpenOutside).map(({ serviceOrder }) => serviceOrder));
}

function finish(draft: Draft, id: string, wasUndone: boolean): void {
  const domainOrder = draft.domainOrders.get(id);
  const { number, state } = domainOrder;
  const fulfilled = draft.outboundRequests.all.findLast(
    (record) => record.serviceOrder === id && record.state === 'fulfilled',
  );
  if (fulfilled !== undefined && !wasUndone) {
    draft.note(`${fulfilled.target} has fulfilled it, and no task undoes that: it has to be disconnected there`, id);
  }
  discardRecords(draft, id, 'canceled');
  if (state === 'closed_complete') {
    draft.domainOrders.put({ ...domainOrder, undone: true });
    draft.told({ thing: 'domainOrder', id, number, event: 'undone', from: state, to: state });
    draft.note('What was done for it has been undone', id);
  } else {
    draft.moveDomainOrder(domainOrder, ['cancellationDone']);
  }
}
