/** What an amendment makes of an order, whatever its dialect calls the items. */
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';

type Attributes = { readonly [name: string]: unknown };

interface Item {
  readonly id?: string;
  /** Ours, in a revision: what has become of the item. */
  readonly modificationType?: string;
}

/**
 * Items with a known id are what the amendment says, others join the order, and those that it marks as deleted are
 * cancelled. What has been done is not undone: an item that is completed stays so. A null takes an attribute away
 * (RFC 7396).
 * @param body checked by whoever calls.
 * @param list the attribute with the items.
 */
export function amendedOrder(
  order: SomOrder,
  body: unknown,
  list: string,
  itemsOf: (request: OrderRequest) => readonly SomItem[],
): SomOrder {
  const before = order.request.read() as Attributes; // an object, by the check before an order is made
  const { [list]: told = [], state: _, ...attributes } = body as Attributes; // likewise
  const changes = told as readonly Item[]; // by its type, in every dialect
  const changeOf = new Map(changes.map((item) => [item.id, item]));
  const were = before[list] as readonly Item[]; // likewise
  const known = were.map((item) => ({ ...item, ...changeOf.get(item.id) }));
  const ids = new Set(were.map(({ id }) => id));
  const joining = changes.filter(({ id }) => !ids.has(id));
  const kept = Object.entries({ ...before, ...attributes }).filter(([, value]) => value !== null);
  // What was an order request stays one: attributes were replaced, and items added.
  const request = { ...Object.fromEntries(kept), [list]: [...known, ...joining] } as OrderRequest;
  const stateOf = new Map(order.items.map(({ id }, place) => [id, order.states[place]]));
  const items = itemsOf(request);
  const states = items.map(({ id }) => {
    const state = stateOf.get(id) ?? 'acknowledged';
    return changeOf.get(id)?.modificationType === 'delete' && state !== 'completed' ? 'cancelled' : state;
  });
  return { ...order, request: order.request.replacedBy(request), items, states };
}
