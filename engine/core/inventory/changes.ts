/**
 * What a step of an order means to the inventory: derived here and nowhere else, from what has become of its domain
 * orders. A row that is ordered follows its domain order: it comes with it, is active when that is closed, and not wanted
 * when that is canceled, or undone after it was closed. A row that is there is changed meanwhile, and is active again, or
 * as it was.
 */
import type { Catalogue } from '../../model/catalogue.ts';
import type {
  DeliveredItem,
  InventoryChange,
  PlannedItem,
  PlannedOperation,
  TreeChange,
} from '../../model/inventory/change.ts';
import type { InventoryEvent } from '../../model/inventory/item-table.ts';
import type { CustomerOrder, DomainOrder, Instant, OrderLine } from '../../model/order.ts';
import type { StateChange } from '../../model/outcome.ts';
import type { Unfinished } from '../unfinished.ts';
import { operationDue } from './operation-date.ts';
import { itemAbove, type Part, partOf, requestOf } from './part.ts';
import { plannedItem } from './planned.ts';

/** A step of an order, as far as the inventory is concerned. */
export interface StepOfOrder {
  readonly at: Instant;
  readonly catalogue: Catalogue;
  /** The order after the step. */
  readonly order: Pick<CustomerOrder, 'id' | 'parties' | 'domainOrders' | 'requestedCompletionAt'>;
  readonly moves: readonly StateChange[];
  /** The domain order of that id, after the step. */
  domainOrder(id: string): DomainOrder | undefined;
  /** The line of that id. */
  line(id: string): OrderLine | undefined;
  /** The next free number of an inventory item. */
  nextNumber(): string;
}

/** One change for each tree, in the order in which the trees were first spoken of. */
export function inventoryChangesOf(step: StepOfOrder): TreeChange[] {
  const changes = new ChangesOfTrees(step);
  for (const { thing, id, event, to } of step.moves) {
    if (thing === 'domainOrder') {
      if (event === 'create') changes.begin(id);
      else if (event === 'undone') changes.giveUp(id);
      else if (event === 'redone') continue;
      else if (to === 'closed_complete') changes.close(id);
      else if (to === 'canceled') changes.giveUp(id);
    } else if (thing === 'line' && to === 'canceled') {
      changes.giveUpLine(id);
    } else if (thing === 'order' && to === 'completed') {
      changes.complete();
    } else if (thing === 'order' && to === 'canceled') {
      changes.end('canceled');
    }
  }
  return changes.all;
}

/** A change while its items are being gathered. */
type Growing =
  | { type: 'InstallItems'; items: PlannedItem[] }
  | { type: 'MoveItems'; event: InventoryEvent; items: string[] }
  | { type: 'CompleteItems'; items: DeliveredItem[] }
  | { type: 'ScheduleOperations'; operations: PlannedOperation[] }
  | { type: 'CancelOperations'; items: string[] };

interface GrowingChange extends TreeChange {
  readonly changes: (Growing | Extract<InventoryChange, { type: 'EndOrder' }>)[];
}

class ChangesOfTrees {
  readonly all: GrowingChange[] = [];
  readonly #step: StepOfOrder;
  readonly #byTree = new Map<string, GrowingChange>();

  constructor(step: StepOfOrder) {
    this.#step = step;
  }

  /** An order is approved. */
  begin(id: string): void {
    const part = this.#partOf(id);
    if (part === undefined) return;
    const request = requestOf(part);
    if (part.kind === 'brings') this.#install(part);
    else if (part.kind === 'operates') this.#schedule(part);
    else if (request !== undefined) this.#move(part, request);
  }

  /** What ceases is there until the whole order is completed, and so is what has moved here not there before. */
  close(id: string): void {
    const part = this.#partOf(id);
    if (part?.kind === 'changes' || (part?.kind === 'brings' && part.domainOrder.move === undefined)) {
      this.#move(part, 'fulfill');
    }
  }

  /** What was changed already is left to the end of the order. */
  giveUp(id: string): void {
    const part = this.#partOf(id);
    if (part?.kind === 'brings') this.#move(part, 'withdraw');
    else if (part?.kind === 'operates') this.#cancelOperation(part);
    else if (part?.kind === 'ends' || part?.domainOrder.state === 'canceled') this.#move(part, 'restore');
  }

  giveUpLine(line: string): void {
    for (const each of this.#step.order.domainOrders) {
      const part = each.line === line ? this.#partOf(each.id) : undefined;
      if (part?.kind === 'operates') this.#cancelOperation(part);
    }
  }

  /** What was canceled is not delivered, and has nothing to say. */
  complete(): void {
    for (const { id, state, line, undone } of this.#step.order.domainOrders) {
      if (state !== 'closed_complete' || undone !== undefined || this.#step.line(line)?.state === 'canceled') continue;
      const part = this.#partOf(id);
      if (part?.kind === 'ends') this.#move(part, 'cease');
      if (part?.kind !== 'changes' && part?.kind !== 'brings') continue;
      if (part.domainOrder.move === 'provide') this.#move(part, 'fulfill');
      this.#grow(part.tree, 'CompleteItems', () => ({ type: 'CompleteItems', items: [] })).items.push(
        this.#delivered(part),
      );
    }
    this.end('completed');
  }

  /** Nothing that was there before waits any longer for an order that is over. */
  end(outcome: 'completed' | 'canceled'): void {
    const trees = new Set(this.#step.order.domainOrders.flatMap(({ tree }) => tree ?? []));
    for (const tree of trees) this.#changesOf(tree).push({ type: 'EndOrder', outcome });
  }

  #install(part: Part): void {
    const { domainOrder, item: id, tree } = part;
    const { order, catalogue } = this.#step;
    const line = this.#step.line(domainOrder.line);
    const parent = itemAbove(domainOrder, this.#parentOf(domainOrder));
    const number = this.#step.nextNumber();
    const planned = plannedItem({ domainOrder, order, line, catalogue, id, number, tree, parent });
    this.#grow(tree, 'InstallItems', () => ({ type: 'InstallItems', items: [] })).items.push(planned);
  }

  #move({ item, tree }: Part, event: InventoryEvent): void {
    const last = this.#changesOf(tree).at(-1);
    if (last?.type === 'MoveItems' && last.event === event) last.items.push(item);
    else this.#changesOf(tree).push({ type: 'MoveItems', event, items: [item] });
  }

  #schedule({ item, tree, domainOrder }: Part): void {
    const { line, action } = domainOrder;
    const due = operationDue(line, (id) => this.#step.line(id), this.#step.order);
    const event = action === 'resume' ? 'resume' : 'suspend';
    const planned: Unfinished<PlannedOperation> = { item, event, line };
    if (due !== undefined && due > this.#step.at) planned.due = due;
    this.#grow(tree, 'ScheduleOperations', () => ({ type: 'ScheduleOperations', operations: [] })).operations.push(
      planned,
    );
  }

  #cancelOperation({ item, tree }: Part): void {
    this.#grow(tree, 'CancelOperations', () => ({ type: 'CancelOperations', items: [] })).items.push(item);
  }

  /** A change is of the version of its specification that it was made by. */
  #delivered({ kind, item: id, domainOrder }: Part): DeliveredItem {
    const { characteristics, place, specification } = domainOrder;
    const delivered: Unfinished<DeliveredItem> = { id, characteristics };
    if (place !== undefined) delivered.place = place;
    const version = this.#step.catalogue.specifications[specification]?.version;
    if (kind === 'changes' && version !== undefined) delivered.specificationVersion = version;
    return delivered;
  }

  /** The last change to the tree, where it is of that type; a new one otherwise. */
  #grow<Type extends Growing['type']>(
    tree: string,
    type: Type,
    begin: () => Extract<Growing, { type: Type }>,
  ): Extract<Growing, { type: Type }> {
    const changes = this.#changesOf(tree);
    const last = changes.at(-1);
    if (last?.type === type) return last as Extract<Growing, { type: Type }>; // of that type, as just found
    const next = begin();
    changes.push(next);
    return next;
  }

  #changesOf(tree: string): GrowingChange['changes'] {
    let change = this.#byTree.get(tree);
    if (change === undefined) {
      change = { tree, order: this.#step.order.id, at: this.#step.at, changes: [] };
      this.#byTree.set(tree, change);
      this.all.push(change);
    }
    return change.changes;
  }

  #partOf(id: string): Part | undefined {
    const domainOrder = this.#step.domainOrder(id);
    return domainOrder && partOf(domainOrder, (each) => this.#parentOf(each));
  }

  #parentOf({ parent }: DomainOrder): DomainOrder | undefined {
    return parent === undefined ? undefined : this.#step.domainOrder(parent);
  }
}
