/** Why an order cannot be approved: what it is about is not, or is not now, what it would have to be. */
import type { Facts } from '../../model/facts.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import { type InventoryStatus, inventoryItemTable } from '../../model/inventory/item-table.ts';
import type { OrderLine } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { nextState } from '../../model/state-table.ts';
import { itemOf } from '../decomposition/decomposition.ts';
import type { Draft } from '../draft.ts';
import { operationDue } from './operation-date.ts';
import { isPending } from './operations.ts';
import { partOf, requestOf } from './part.ts';

/** Before the order is decomposed: what its lines name, and all below that. @param only the ids of the lines that count. */
export function obstacleInInventory(draft: Draft, only?: ReadonlySet<string>): Refusal | undefined {
  for (const line of draft.lines.all) {
    if (only?.has(line.id) === false) continue;
    const top = itemOf(draft, line);
    if (top === undefined || line.action === 'add') continue;
    const wrong = wrongStatus(draft, line, top);
    if (wrong !== undefined) return wrong;
    const concerned = line.action === 'no-change' ? [top] : [top, ...itemsBelow(draft.facts, top.id)];
    for (const item of concerned) {
      const refused = pending(item) ?? unspecified(item, draft.facts);
      if (refused !== undefined) return refused;
    }
  }
  return undefined;
}

/** Once it is decomposed: what it would do to each item, the item must allow. @param only the domain orders that count. */
export function obstacleToDomainOrders(draft: Draft, only?: ReadonlySet<string>): Refusal | undefined {
  for (const domainOrder of draft.domainOrders.all) {
    if (only?.has(domainOrder.id) === false) continue;
    const part = partOf(domainOrder, () => undefined);
    const event = part === undefined ? undefined : requestOf(part);
    const item = part === undefined ? undefined : draft.facts.inventory[part.item];
    if (event === undefined || item === undefined) continue;
    if (nextState(inventoryItemTable, item.status, event) !== undefined) continue;
    return notInStatus(item, domainOrder.action, possibleFor[domainOrder.action]);
  }
  return undefined;
}

const possibleFor: { readonly [action in OrderLine['action']]: readonly InventoryStatus[] } = {
  add: [],
  change: ['active'],
  delete: ['active', 'suspended'],
  suspend: ['active'],
  resume: ['suspended'],
  'no-change': ['active', 'suspended'],
};

/** On its day, what is suspended or resumed may be in another status than now. */
function wrongStatus(draft: Draft, line: OrderLine, item: InventoryItem): Refusal | undefined {
  const { action } = line;
  const operates = action === 'suspend' || action === 'resume';
  const due = operates ? operationDue(line.id, (id) => draft.lines.find(id), draft.header) : undefined;
  const isLater = due !== undefined && due > draft.at;
  const waits = draft.facts.operations?.some((each) => each.item === item.id && each.event === 'suspend') ?? false;
  const anyTime = isLater || (action === 'resume' && waits);
  const possible = anyTime ? possibleFor['no-change'] : possibleFor[action];
  return isPending(item.status) || possible.includes(item.status) ? undefined : notInStatus(item, action, possible);
}

function pending({ number, status, order, changedBy }: InventoryItem): Refusal | undefined {
  if (!isPending(status)) return undefined;
  return refusal('inventoryItemTaken', { item: number, status, order: changedBy ?? order });
}

function unspecified({ number, specification }: InventoryItem, { catalogue }: Facts): Refusal | undefined {
  if (catalogue.specifications[specification] !== undefined) return undefined;
  return refusal('inventorySpecificationGone', { item: number, specification });
}

function notInStatus({ number, status }: InventoryItem, action: string, possible: readonly string[]): Refusal {
  return refusal('inventoryNotInStatus', { item: number, status, action, possible: possible.join(' or ') });
}

/** What is still there below an item. */
function itemsBelow({ inventory }: Facts, top: string): InventoryItem[] {
  const below = Map.groupBy(
    Object.values(inventory).filter(({ status }) => status !== 'inactive'),
    ({ parent }) => parent ?? '',
  );
  const found = [...(below.get(top) ?? [])];
  for (const { id } of found) found.push(...(below.get(id) ?? []));
  return found;
}
