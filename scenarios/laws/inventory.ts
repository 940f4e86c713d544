/** The law of the inventory: what stands there is what has become of the domain orders that brought it, and of those about it since. */
import type { CustomerOrder, DomainOrder, InventoryItem } from '../../engine/index.ts';
import type { Check, Evidence } from './evidence.ts';

export const inventoryLaws: { readonly [law: string]: Check } = {
  'what customers have is what their orders brought': otherwiseInInventory,
};

/** A domain order, and the order that it belongs to. */
interface Deed {
  readonly order: CustomerOrder;
  readonly domainOrder: DomainOrder;
}

function otherwiseInInventory({ orders, inventory }: Evidence): string[] {
  const broughtBy = Map.groupBy(inventory, ({ order }) => order);
  const deeds = orders.flatMap(({ order }) => order.domainOrders.map((domainOrder) => ({ order, domainOrder })));
  const since = Map.groupBy(
    deeds.filter(({ domainOrder: { tree, action } }) => tree !== undefined && action !== 'no-change'),
    ({ domainOrder }) => domainOrder.inventory ?? '',
  );
  return orders.flatMap(({ order }) => {
    const items = new Map((broughtBy.get(order.id) ?? []).map((item) => [item.id, item]));
    const bringing = order.domainOrders.filter(({ installs }) => installs !== undefined);
    const complaints = bringing.flatMap((domainOrder) => {
      const { installs = '', number } = domainOrder;
      const item = items.get(installs);
      if (item === undefined) return [`${number} brings what is not there`];
      const later = since.get(installs) ?? [];
      return later.length === 0
        ? differences({ order, domainOrder }, item)
        : laterDifferences({ order, domainOrder }, later, item);
    });
    const strange = items.size - bringing.length;
    return strange > 0 ? [...complaints, `${order.number} has ${strange} items that nothing brought`] : complaints;
  });
}

function differences({ order, domainOrder }: Deed, item: InventoryItem): string[] {
  const { number, move, characteristics, undone } = domainOrder;
  // What was done and taken back is as if it had not been done; while it is being taken back, it is there.
  const state = undone === true ? 'canceled' : domainOrder.state;
  const said = `${item.number}, which ${number} brings, is ${item.status}`;
  if (item.status !== statusAfter(order, state, move, item)) return [`${said}, and ${number} is ${state}`];
  const isWrittenDown = order.state !== 'completed' || state !== 'closed_complete';
  if (isWrittenDown || JSON.stringify(item.characteristics) === JSON.stringify(characteristics)) return [];
  return [`${item.number} is not what ${number} delivered`];
}

/** What moves here is there once the whole of it has moved. */
function statusAfter(
  order: CustomerOrder,
  state: DomainOrder['state'],
  move: DomainOrder['move'],
  { transient }: InventoryItem,
): string {
  if (state === 'canceled') return 'inactive';
  const isMoving = move === 'provide' && order.state !== 'completed';
  if (state !== 'closed_complete' || isMoving)
    return move === 'provide' ? 'activation_pending' : 'installation_pending';
  return transient && order.state === 'completed' ? 'inactive' : 'active';
}

/** Several orders about one thing, one after another: the last word is that of the last. */
function laterDifferences(brought: Deed, later: readonly Deed[], item: InventoryItem): string[] {
  const { number, status, characteristics } = item;
  const possible = statusesAfter(later);
  if (!possible.includes(status)) return [`${number} is ${status}, and its orders say ${possible.join(' or ')}`];
  const delivered = [brought, ...later.filter(({ domainOrder }) => domainOrder.action === 'change')].filter(
    isDelivered,
  );
  const latest = Math.max(...delivered.map(({ order }) => order.completedAt ?? 0));
  const last = delivered.filter(({ order }) => order.completedAt === latest);
  const isSame = ({ domainOrder }: Deed) =>
    JSON.stringify(domainOrder.characteristics) === JSON.stringify(characteristics);
  if (last.length === 0 || last.some(isSame)) return [];
  return [`${number} is not what ${last.map(({ domainOrder }) => domainOrder.number).join(' or ')} delivered`];
}

/** The day of a suspension or a resumption is the inventory's affair; without a suspension nothing is suspended. */
function statusesAfter(later: readonly Deed[]): string[] {
  const of = (action: DomainOrder['action']) => later.filter(({ domainOrder }) => domainOrder.action === action);
  if (of('delete').some(isDelivered)) return ['inactive'];
  const ceases = of('delete').some(({ order, domainOrder }) => isOpen(order) && domainOrder.state !== 'canceled');
  const changes = of('change').some(({ order, domainOrder: { state } }) => isOpen(order) && !isEnded(state));
  // What the inventory has not taken, waits for the fallout about it.
  const refused = later.some(({ order }) => order.refusedChanges !== undefined);
  if ((ceases || changes) && !refused) return ['change_pending'];
  const usual = of('suspend').some(isDelivered) ? ['active', 'suspended'] : ['active'];
  return refused ? [...usual, 'change_pending'] : usual;
}

function isDelivered({ order, domainOrder: { state, line, undone } }: Deed): boolean {
  const isWanted = order.lines.find(({ id }) => id === line)?.state !== 'canceled';
  return order.state === 'completed' && state === 'closed_complete' && undone === undefined && isWanted;
}

function isOpen({ state }: CustomerOrder): boolean {
  return state !== 'completed' && state !== 'canceled';
}

function isEnded(state: DomainOrder['state']): boolean {
  return state === 'closed_complete' || state === 'canceled';
}
