/** Inventory items for tests, and orders whose changes to the inventory are made as they come. */
import { stepInventory } from '../../engine/core/inventory/step.ts';
import type { Input } from '../../engine/model/inputs.ts';
import type { PlannedItem } from '../../engine/model/inventory/change.ts';
import type { InventoryItem, InventoryTree } from '../../engine/model/inventory/item.ts';
import type { Effect, Outcome } from '../../engine/model/outcome.ts';
import { refusalText } from '../../engine/model/refusals.ts';
import type { Evidence } from '../../scenarios/laws/evidence.ts';
import { Life } from './orders.ts';

export function plannedItemOf(changes: Partial<PlannedItem> = {}): PlannedItem {
  return {
    id: 'a',
    tree: 'a',
    number: 'PI0000001',
    kind: 'product',
    specification: 'broadband',
    specificationVersion: '1',
    name: 'Broadband',
    status: 'installation_pending',
    characteristics: [],
    parties: [],
    order: 'order-1',
    line: 'line-1',
    domainOrder: 'domain-order-1',
    orderItem: '1',
    ...changes,
  };
}

/** One order, and the inventory that comes of it. */
export class LifeWithInventory extends Life {
  readonly trees = new Map<string, InventoryTree>();

  override try(input: Input): Outcome {
    const outcome = super.try(input);
    if (outcome.ok) for (const effect of outcome.effects) this.#perform(effect);
    return outcome;
  }

  #perform(effect: Effect): void {
    if (effect.type !== 'ChangeInventory') return;
    const outcome = stepInventory(this.trees.get(effect.tree), effect);
    if (!outcome.ok) throw new Error(`the inventory refused: ${refusalText(outcome.refusal)}`);
    this.trees.set(effect.tree, outcome.tree);
  }

  override get evidence(): Evidence {
    return { ...super.evidence, inventory: this.items };
  }

  get items(): InventoryItem[] {
    return [...this.trees.values()].flatMap(({ items }) => items);
  }

  /** Status of each item, by its specification. */
  get statuses(): { [specification: string]: string } {
    return Object.fromEntries(this.items.map(({ specification, status }) => [specification, status]));
  }
}
