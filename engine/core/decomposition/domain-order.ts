/** One domain order more: what it is, what it carries, and where it stands in the inventory. */
import type { Catalogue, Specification } from '../../model/catalogue.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import type { Action, Characteristic, DomainOrder, OrderLine, Place } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import type { Unfinished } from '../unfinished.ts';
import type { Decomposition } from './decomposition.ts';

const seriesOf = { product: 'PO', service: 'SO', resource: 'RO' } as const;

/** Where a domain order comes from. */
export interface Origin {
  readonly line: OrderLine;
  /** That of the line, when absent. */
  readonly action?: Action;
  readonly characteristics: readonly Characteristic[];
  readonly after: readonly string[];
  readonly parent?: DomainOrder | undefined;
  /** The item that is there already. */
  readonly item?: InventoryItem;
  /** What the new item is to stand under, where that has no domain order. */
  readonly under?: InventoryItem | undefined;
  /** Where it is, when the line does not say. */
  readonly place?: Place | undefined;
  readonly move?: 'provide' | 'cease' | undefined;
}

export function addDomainOrder(
  { draft, rootsOf, placed }: Decomposition,
  { id: specification, kind }: Pick<Specification, 'id' | 'kind'>,
  origin: Origin,
): DomainOrder {
  const { line, action = line.action, characteristics, after, parent } = origin;
  placed.add(line.id);
  const domainOrder: Unfinished<DomainOrder> = {
    id: draft.id(),
    number: draft.number(seriesOf[kind]),
    kind,
    line: line.id,
    specification,
    action,
    state: 'draft',
    after,
    characteristics,
    composedOf: [],
  };
  if (parent !== undefined) domainOrder.parent = parent.id;
  standInInventory(domainOrder, origin);
  draft.domainOrders.put(domainOrder);
  draft.born('domainOrder', domainOrder.id, domainOrder.number, domainOrder.state);
  if (line.id !== parent?.line) {
    rootsOf.set(line.id, [...(rootsOf.get(line.id) ?? []), domainOrder.id]);
  }
  return domainOrder;
}

function standInInventory(domainOrder: Unfinished<DomainOrder>, origin: Origin): void {
  const { line, parent, item, under, move = parent?.move } = origin;
  const known = move === 'provide' ? undefined : item;
  const inventory = known?.id ?? (parent === undefined && move === undefined ? line.inventory : undefined);
  if (inventory !== undefined) domainOrder.inventory = inventory;
  const tree = known?.tree ?? under?.tree ?? parent?.tree;
  if (tree !== undefined) domainOrder.tree = tree;
  if (under !== undefined) domainOrder.under = under.id;
  if (move !== undefined) domainOrder.move = move;
  const place = known === undefined ? (line.place ?? origin.place) : placeOf(known, origin);
  if (place !== undefined) domainOrder.place = place;
}

/** A line speaks of the place of its own item; what is below that is where it is. */
function placeOf(item: InventoryItem, { line, move }: Origin): Place | undefined {
  const said = line.inventory === item.id && move === undefined ? line.place : undefined;
  return said ?? item.place;
}

/** A domain order carries what its specification declares: as given, or else by default. */
export function characteristicsOf(specification: Specification, given: readonly Characteristic[]): Characteristic[] {
  return specification.characteristics.flatMap(({ name, valueType, default: fallback }) => {
    const value = given.find((characteristic) => characteristic.name === name)?.value ?? fallback;
    return value === undefined ? [] : [{ name, valueType, value }];
  });
}

/** The specification of that id. Lines, items and relationships were checked before, so none missing is expected. */
export function specificationOf(catalogue: Catalogue, id: string): Specification {
  const specification = catalogue.specifications[id];
  if (specification === undefined) throw new Error(`catalogue ${catalogue.name} has no specification ${id}`);
  return specification;
}

/**
 * The most domain orders of one order. Larger lets one request take the memory of thousands; smaller refuses the largest
 * multi-site orders seen, of some hundred sites with some ten domain orders each.
 */
export const mostDomainOrders = 10_000;

export function isFull(draft: Draft): boolean {
  return draft.domainOrders.all.length > mostDomainOrders;
}
