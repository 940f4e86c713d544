/** The day of a suspension or a resumption: set when its order is completed, and told to the inventory when it comes. */
import type { Draft } from '../draft.ts';
import { operationDue } from './operation-date.ts';

/** One for each line that is not at once. What has come already, the inventory does with the end of the order. */
export function setOperationTimers(draft: Draft): void {
  for (const { id: line, action, state } of draft.lines.all) {
    if ((action !== 'suspend' && action !== 'resume') || state === 'canceled') continue;
    const due = operationDue(line, (id) => draft.lines.find(id), draft.header);
    if (due === undefined || due <= draft.at || treesOf(draft, line).size === 0) continue;
    draft.effect({
      type: 'SetTimer',
      name: `inventoryOperation/${line}`,
      due,
      timer: { kind: 'inventoryOperation', line },
    });
  }
}

/** Also in an order that is over: its day has come after its end. */
export function runOperations(draft: Draft, line: string): void {
  const { id: order } = draft.header;
  for (const tree of treesOf(draft, line)) {
    draft.effect({ type: 'ChangeInventory', tree, order, at: draft.at, changes: [{ type: 'RunOperations' }] });
  }
}

function treesOf(draft: Draft, line: string): Set<string> {
  return new Set(draft.domainOrders.all.flatMap((each) => (each.line === line ? (each.tree ?? []) : [])));
}
