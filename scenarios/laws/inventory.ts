/** The law of the inventory: what stands there is what has become of the domain orders that brought it. */
import type { CustomerOrder, DomainOrder, InventoryItem } from '../../engine/index.ts';
import type { Check, Evidence } from './evidence.ts';

export const inventoryLaws: { readonly [law: string]: Check } = {
  'what customers have is what their orders brought': otherwiseInInventory,
};

function otherwiseInInventory({ orders, inventory }: Evidence): string[] {
  const broughtBy = Map.groupBy(inventory, ({ order }) => order);
  return orders.flatMap(({ order }) => {
    const items = new Map((broughtBy.get(order.id) ?? []).map((item) => [item.id, item]));
    const bringing = order.domainOrders.filter(({ installs }) => installs !== undefined);
    const complaints = bringing.flatMap((domainOrder) => differences(order, domainOrder, items));
    const strange = items.size - bringing.length;
    return strange > 0 ? [...complaints, `${order.number} has ${strange} items that nothing brought`] : complaints;
  });
}

function differences(
  order: CustomerOrder,
  { number, installs, state, characteristics }: DomainOrder,
  items: ReadonlyMap<string, InventoryItem>,
): string[] {
  const item = items.get(installs ?? '');
  if (item === undefined) return [`${number} brings what is not there`];
  const said = `${item.number}, which ${number} brings, is ${item.status}`;
  if (item.status !== statusAfter(order, state, item)) return [`${said}, and ${number} is ${state}`];
  const isWrittenDown = order.state !== 'completed' || state !== 'closed_complete';
  if (isWrittenDown || JSON.stringify(item.characteristics) === JSON.stringify(characteristics)) return [];
  return [`${item.number} is not what ${number} delivered`];
}

function statusAfter(order: CustomerOrder, state: DomainOrder['state'], { transient }: InventoryItem): string {
  if (state === 'canceled') return 'inactive';
  if (state !== 'closed_complete') return 'installation_pending';
  return transient && order.state === 'completed' ? 'inactive' : 'active';
}
