/**
 * Suspensions and resumptions of a tree: planned when their order is approved, let go when it is completed, and done on
 * their day, each once. While somebody else changes the item they wait.
 */
import type { PlannedOperation } from '../../model/inventory/change.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import { type InventoryStatus, inventoryItemTable } from '../../model/inventory/item-table.ts';
import type { InventoryOperation } from '../../model/inventory/operation.ts';
import type { Instant } from '../../model/order.ts';
import { nextState } from '../../model/state-table.ts';

export class Operations {
  #all: readonly InventoryOperation[];
  readonly #order: string;
  readonly #at: Instant;

  constructor(all: readonly InventoryOperation[], order: string, at: Instant) {
    this.#all = all;
    this.#order = order;
    this.#at = at;
  }

  get all(): readonly InventoryOperation[] {
    return this.#all;
  }

  schedule(planned: readonly PlannedOperation[]): void {
    const order = this.#order;
    this.#all = [...this.#all, ...planned.map((each): InventoryOperation => ({ ...each, order, state: 'scheduled' }))];
  }

  /** Those of the order that nothing has come of yet. */
  cancel(isMeant: (item: string) => boolean = () => true): void {
    this.#end('canceled', (each) => each.order === this.#order && isMeant(each.item));
  }

  /** The order is completed. What resumes before it would have been suspended, cancels that and itself. */
  release(statusOf: (item: string) => InventoryStatus | undefined): void {
    const ready = this.#all.filter((each) => each.order === this.#order && each.state === 'scheduled');
    const due = (each: InventoryOperation) => each.due ?? this.#at;
    this.#replace((each) => (ready.includes(each) ? { ...each, due: due(each), released: true } : each));
    for (const { item } of ready.filter(({ event }) => event === 'resume')) {
      const resumption = this.#all.findLast((each) => each.order === this.#order && each.item === item);
      if (resumption !== undefined) this.#meet(resumption, statusOf(item));
    }
  }

  /** @param act moves the item. Gives nothing while that has to wait. */
  run(itemOf: (id: string) => InventoryItem | undefined, act: (operation: InventoryOperation) => void): void {
    const isDue = ({ state, released, due = 0 }: InventoryOperation) =>
      state === 'scheduled' && released === true && due <= this.#at;
    for (const each of this.#all.filter(isDue).sort((one, other) => (one.due ?? 0) - (other.due ?? 0))) {
      const status = itemOf(each.item)?.status;
      if (status === undefined || isPending(status)) continue;
      const isPossible = nextState(inventoryItemTable, status, each.event) !== undefined;
      if (isPossible) act(each);
      this.#end(isPossible ? 'completed' : 'canceled', (other) => other === each);
    }
  }

  #meet(resumption: InventoryOperation, status: InventoryStatus | undefined): void {
    if (status === 'suspended') return;
    const suspensions = this.#all.filter(
      ({ item, event, state, due }) =>
        item === resumption.item && event === 'suspend' && state === 'scheduled' && due !== undefined,
    );
    const [next] = suspensions.toSorted((one, other) => (one.due ?? 0) - (other.due ?? 0));
    if (next?.due === undefined || resumption.due === undefined || next.due <= resumption.due) return;
    this.#end('canceled', (each) => each === next || each === resumption);
  }

  #end(state: 'completed' | 'canceled', isMeant: (operation: InventoryOperation) => boolean): void {
    this.#replace((each) =>
      each.state === 'scheduled' && isMeant(each) ? { ...each, state, endedAt: this.#at } : each,
    );
  }

  #replace(changed: (operation: InventoryOperation) => InventoryOperation): void {
    if (this.#all.length > 0) this.#all = this.#all.map(changed);
  }
}

/** Between what it was and what it is going to be: not to be touched by another order. */
export function isPending(status: InventoryStatus): boolean {
  return status === 'installation_pending' || status === 'activation_pending' || status === 'change_pending';
}
