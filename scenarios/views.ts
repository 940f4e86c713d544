/** What a scenario can look at: orders, inventory systems and the product inventory, each as it is shown to people. */
import { renderedOrder } from '../engine/index.ts';
import type { Inventory } from '../mocks/inventory/inventory.ts';
import type { Driven } from './world.ts';

/**
 * By name, the orders as `GET /southbound/v1/order/{id}` shows them. Of a question of which no order came, its id alone;
 * under `products`, the product inventory.
 */
export async function viewOf(world: Driven, names: ReadonlyMap<string, string>): Promise<{ [name: string]: unknown }> {
  return { products: await productView(world), ...(await orderViews(world, names)) };
}

export async function orderViews(
  { engine }: Pick<Driven, 'engine'>,
  names: ReadonlyMap<string, string>,
): Promise<{ [name: string]: unknown }> {
  const views: { [name: string]: unknown } = {};
  for (const [name, id] of names) {
    const order = await engine.order(id);
    views[name] = order === undefined ? { id } : renderedOrder(order);
  }
  return views;
}

/** Item by item, in the order in which orders brought them, each with what it consists of below it. */
export async function productView({ engine }: Pick<Driven, 'engine'>): Promise<unknown[]> {
  const { items } = await engine.products({ offset: 0, limit: Number.MAX_SAFE_INTEGER });
  return items.map(({ id, number, kind, specification, status, place, orderItem, characteristics }) => ({
    id,
    number,
    kind,
    specification,
    status,
    ...(place?.id === undefined ? {} : { place: place.id }),
    item: orderItem,
    characteristics: Object.fromEntries(characteristics.map(({ name, value }) => [name, value])),
  }));
}

/** By site and specification what there is, what services use and what is reserved; and how many reservations are in which state. */
export function inventoryView(inventory: Inventory): {
  stock: { [site: string]: { [specification: string]: unknown } };
  reservations: { [state: string]: number };
} {
  const { sites, specifications } = inventory.data;
  const counted = [...specifications.values()].filter(({ limited }) => limited);
  const stock = [...sites.keys()].map((site) => {
    const pools = counted.map(({ id: specification }) => [specification, inventory.poolAt({ site, specification })]);
    return [site, Object.fromEntries(pools)];
  });
  const reservations = { held: 0, used: 0, released: 0, expired: 0 };
  for (const { state } of inventory.reservations) reservations[state] += 1;
  return { stock: Object.fromEntries(stock), reservations };
}
