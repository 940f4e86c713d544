/** What stands in the way of ending one domain order by hand. */
import type { DomainOrder } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { undecidedAbout } from './cancellation/standing.ts';
import type { Draft } from './draft.ts';

/** What is only asked about ends with the question: by a decision, or by a cancellation. */
export function onlyAsked({ header }: Draft, serviceOrder: DomainOrder, action: string): Refusal | undefined {
  if (header.fulfillmentType !== 'Qualify') return undefined;
  return possibleNot(action, serviceOrder, 'the order only asks whether it can be had');
}

export function ended(draft: Draft, serviceOrder: DomainOrder, action: string): Refusal | undefined {
  const undecided = undecidedAbout(draft, serviceOrder.line);
  if (undecided === 'cancellation')
    return possibleNot(action, serviceOrder, 'the cancellation of its line is being assessed');
  if (undecided === 'revision') return possibleNot(action, serviceOrder, 'nobody has decided about a revision of it');
  const { state, redone } = serviceOrder;
  const open = ['draft', 'qualified', 'scheduled', 'in_progress', 'on_hold'].includes(state) || redone === false;
  return open ? undefined : possibleNot(action, serviceOrder, `it is ${serviceOrder.state}`);
}

export function possibleNot(action: string, { number }: DomainOrder, why: string): Refusal {
  return refusal('actionNotPossible', { action, serviceOrder: number, why, possible: 'nothing' });
}

export function withoutNote(command: string, note: string): Refusal | undefined {
  return note.trim() === '' ? refusal('noteMissing', { command }, '/note') : undefined;
}

/** Every domain order below, parents before children. */
export function familyBelow(draft: Draft, root: string): string[] {
  const family = new Set([root]);
  for (const { id, parent } of draft.domainOrders.all) {
    if (parent !== undefined && family.has(parent)) family.add(id);
  }
  family.delete(root);
  return [...family];
}
