/** What the decomposition of one order carries along. */
import type { InventoryItem } from '../../model/inventory/item.ts';
import type { OrderLine } from '../../model/order.ts';
import type { Draft } from '../draft.ts';

export interface Decomposition {
  readonly draft: Draft;
  readonly childLines: ReadonlyMap<string, readonly OrderLine[]>;
  /** Lines that have become something, be it of their own or part of what their parent line was expanded to. */
  readonly placed: Set<string>;
  /** By line: the domain orders it became at its top. */
  readonly rootsOf: Map<string, string[]>;
  /** By inventory item, the line that names it. */
  readonly lineOf: ReadonlyMap<string, OrderLine>;
  /** By inventory item, what stands below it and is still there. */
  readonly itemsBelow: ReadonlyMap<string, readonly InventoryItem[]>;
}

export function openDecomposition(draft: Draft): Decomposition {
  const lines = draft.lines.all;
  const items = Object.values(draft.facts.inventory).filter(({ status }) => status !== 'inactive');
  return {
    draft,
    childLines: Map.groupBy(lines, (line) => line.parent ?? ''),
    placed: new Set(),
    rootsOf: new Map(),
    lineOf: new Map(lines.flatMap((line) => (line.inventory === undefined ? [] : [[line.inventory, line]]))),
    itemsBelow: Map.groupBy(items, ({ parent }) => parent ?? ''),
  };
}

/** What a line names, where the inventory has it. An order that only asks leaves it as it is. */
export function itemOf(draft: Draft, line: OrderLine | undefined): InventoryItem | undefined {
  if (line?.inventory === undefined || draft.header.fulfillmentType !== 'Deliver') return undefined;
  return draft.facts.inventory[line.inventory];
}
