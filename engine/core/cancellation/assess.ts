/** What is being assessed is put aside, and where nothing comes of it, goes on exactly where it was. */
import type { DomainOrder, HeldFor } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { retryDispatch } from '../outbound/dispatch.ts';
import { closeIfTimeIsOver } from '../tasks/progress.ts';
import { isUnwanted, undecidedAbout } from './standing.ts';

/** What a decision is about: lines by id, and with the whole order what is about none of them. */
export interface Scope {
  readonly lines: ReadonlySet<string>;
  readonly isWhole: boolean;
}

const atWork: readonly OrderTask['state'][] = ['open', 'scheduled', 'in_progress', 'awaiting_information'];
const goingOn: readonly DomainOrder['state'][] = ['draft', 'qualified', 'scheduled', 'in_progress'];

/** Domain orders and tasks are on hold, and remember that nothing else keeps them so. What is being undone goes on. */
export function putAside(draft: Draft, scope: Scope, heldFor: HeldFor): void {
  for (const domainOrder of domainOrdersOf(draft, scope)) {
    if (goingOn.includes(domainOrder.state)) {
      draft.moveDomainOrder(domainOrder, ['hold'], { heldFor });
    }
  }
  for (const task of tasksIn(draft, scope)) {
    if (atWork.includes(task.state) && !isOfUnwanted(draft, task)) draft.moveTask(task, ['hold'], { heldFor });
  }
}

function isOfUnwanted(draft: Draft, { about }: OrderTask): boolean {
  return about.kind === 'domainOrder' && isUnwanted(draft.domainOrders.get(about.domainOrder));
}

/** What something else holds by now, such as a fallout, stays on hold with that. */
export function takeUpAgain(draft: Draft, scope: Scope, reason: HeldFor): void {
  for (const domainOrder of domainOrdersOf(draft, scope)) {
    const { heldFor, ...rest } = domainOrder;
    if (heldFor !== reason) continue;
    const still = undecidedAbout(draft, domainOrder.line);
    if (still === undefined) draft.moveDomainOrder(rest, ['release']);
    else draft.domainOrders.put({ ...rest, heldFor: still });
  }
  for (const task of tasksIn(draft, scope)) {
    const { heldFor, ...rest } = task;
    if (heldFor !== reason) continue;
    const held = task.about.kind === 'domainOrder' ? draft.domainOrders.get(task.about.domainOrder) : undefined;
    if (held?.state === 'on_hold')
      draft.tasks.put(held.heldFor === undefined ? rest : { ...rest, heldFor: held.heldFor });
    else draft.moveTask(rest, ['release']);
    closeIfTimeIsOver(draft, task.id);
  }
  sendWhatIsDue(draft);
}

/** Attempts whose moment came while nothing might be sent; those of which something else is undecided go on waiting. */
export function sendWhatIsDue(draft: Draft): void {
  for (const { requestId, underWay } of draft.dispatches.all)
    if (underWay?.isDue === true) retryDispatch(draft, requestId);
}

export function domainOrdersOf(draft: Draft, { lines }: Scope): DomainOrder[] {
  return draft.domainOrders.all.filter(({ line }) => lines.has(line));
}

/** Its domain orders' tasks, those of its lines, and those of the order itself where all of it is meant. */
export function tasksIn(draft: Draft, { lines, isWhole }: Scope): OrderTask[] {
  return draft.tasks.all.filter(({ about }) => {
    if (about.kind === 'header') return isWhole;
    const line = about.kind === 'domainOrder' ? draft.domainOrders.get(about.domainOrder).line : about.line;
    return lines.has(line);
  });
}
