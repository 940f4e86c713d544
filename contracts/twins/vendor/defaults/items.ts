/** The tree of items: those at its ends, what is wanted of each, and what depends on what. */
import type { Item, State } from '../words.ts';

/** An item that has no items of its own. */
export interface Leaf {
  /** `1.0` is the first item in the second. */
  readonly place: string;
  readonly item: Item;
  /** Itself last, those that hold it before. */
  readonly line: readonly Item[];
}

export function leavesOf(items: readonly Item[], above: readonly Item[] = [], prefix = ''): Leaf[] {
  return items.flatMap((item, index) => {
    const place = `${prefix}${index}`;
    const line = [...above, item];
    const own = item.serviceOrderItem ?? [];
    return own.length === 0 ? [{ place, item, line }] : leavesOf(own, line, `${place}.`);
  });
}

/** The items with some of the leaves moved; an item with items of its own is what those add up to. */
export function withLeaves(
  items: readonly Item[],
  leaves: { readonly [place: string]: State },
  rollUp: (states: readonly State[]) => State,
  prefix = '',
): Item[] {
  return items.map((item, index) => {
    const place = `${prefix}${index}`;
    if (item.serviceOrderItem === undefined || item.serviceOrderItem.length === 0) {
      return { ...item, state: leaves[place] ?? item.state };
    }
    const serviceOrderItem = withLeaves(item.serviceOrderItem, leaves, rollUp, `${place}.`);
    return { ...item, serviceOrderItem, state: rollUp(leavesOf(serviceOrderItem).map((leaf) => leaf.item.state)) };
  });
}

/** All leaves in one state. */
export function allTo(state: State, leaves: readonly Leaf[]): { [place: string]: State } {
  return Object.fromEntries(leaves.map(({ place }) => [place, state]));
}

/** Whether the leaf, or an item that holds it, is of that service specification. */
export function isOf({ line }: Leaf, specification: string): boolean {
  return line.some(({ service }) => service.serviceSpecification?.id === specification);
}

/** The leaves that must be completed before this one starts (relationship type `dependency`). */
export function neededBy({ line }: Leaf, leaves: readonly Leaf[]): Leaf[] {
  const needed = new Set(
    line.flatMap(({ serviceOrderItemRelationship: relationships = [] }) =>
      relationships
        .filter(({ relationshipType }) => relationshipType === 'dependency')
        .map(({ orderItem }) => orderItem?.itemId ?? orderItem?.id),
    ),
  );
  const own = line.at(-1);
  return leaves.filter((other) => other.item !== own && other.line.some(({ id }) => needed.has(id)));
}
