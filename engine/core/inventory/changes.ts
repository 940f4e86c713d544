/**
 * What a step of an order means to the inventory: derived here and nowhere else, from what has become of its domain
 * orders. A row follows its domain order: it comes with it, is active when that is closed, and not wanted when that is
 * canceled, or undone after it was closed.
 */
import type { Catalogue } from '../../model/catalogue.ts';
import type { DeliveredItem, PlannedItem, TreeChange } from '../../model/inventory/change.ts';
import type { CustomerOrder, DomainOrder, Instant, OrderLine, Party } from '../../model/order.ts';
import type { StateChange } from '../../model/outcome.ts';
import type { Unfinished } from '../unfinished.ts';

/** A step of an order, as far as the inventory is concerned. */
export interface StepOfOrder {
  readonly at: Instant;
  readonly catalogue: Catalogue;
  /** The order after the step. */
  readonly order: Pick<CustomerOrder, 'id' | 'parties' | 'domainOrders'>;
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
      if (event === 'create') changes.install(id);
      else if (event === 'undone') changes.move(id, 'withdraw');
      else if (to === 'closed_complete') changes.move(id, 'fulfill');
      else if (to === 'canceled') changes.move(id, 'withdraw');
    } else if (thing === 'order' && to === 'completed') {
      changes.complete();
    }
  }
  return changes.all;
}

/** A change while its items are being gathered. */
type Growing =
  | { type: 'InstallItems'; items: PlannedItem[] }
  | { type: 'MoveItems'; event: 'fulfill' | 'withdraw'; items: string[] }
  | { type: 'CompleteItems'; items: DeliveredItem[] };

interface GrowingChange extends TreeChange {
  readonly changes: Growing[];
}

/** A domain order that brings something, with what it brings. */
interface Installing {
  readonly domainOrder: DomainOrder;
  readonly item: string;
  readonly tree: string;
}

class ChangesOfTrees {
  readonly all: GrowingChange[] = [];
  readonly #step: StepOfOrder;
  readonly #byTree = new Map<string, GrowingChange>();

  constructor(step: StepOfOrder) {
    this.#step = step;
  }

  install(id: string): void {
    const installing = this.#installing(id);
    if (installing === undefined) return;
    const planned = plannedItem(this.#step, installing);
    const changes = this.#changesOf(installing.tree);
    const last = changes.at(-1);
    if (last?.type === 'InstallItems') last.items.push(planned);
    else changes.push({ type: 'InstallItems', items: [planned] });
  }

  move(id: string, event: 'fulfill' | 'withdraw'): void {
    const installing = this.#installing(id);
    if (installing === undefined) return;
    const changes = this.#changesOf(installing.tree);
    const last = changes.at(-1);
    if (last?.type === 'MoveItems' && last.event === event) last.items.push(installing.item);
    else changes.push({ type: 'MoveItems', event, items: [installing.item] });
  }

  /** What was canceled is not delivered, and has nothing to say. */
  complete(): void {
    for (const { id, state, undone } of this.#step.order.domainOrders) {
      const installing = state === 'closed_complete' && undone === undefined ? this.#installing(id) : undefined;
      if (installing === undefined) continue;
      const { characteristics, place } = installing.domainOrder;
      const delivered: Unfinished<DeliveredItem> = { id: installing.item, characteristics };
      if (place !== undefined) delivered.place = place;
      const changes = this.#changesOf(installing.tree);
      const last = changes.at(-1);
      if (last?.type === 'CompleteItems') last.items.push(delivered);
      else changes.push({ type: 'CompleteItems', items: [delivered] });
    }
  }

  #changesOf(tree: string): Growing[] {
    let change = this.#byTree.get(tree);
    if (change === undefined) {
      change = { tree, at: this.#step.at, changes: [] };
      this.#byTree.set(tree, change);
      this.all.push(change);
    }
    return change.changes;
  }

  #installing(id: string): Installing | undefined {
    const domainOrder = this.#step.domainOrder(id);
    const item = domainOrder?.installs;
    if (domainOrder === undefined || item === undefined) return undefined;
    let tree = item;
    for (let above = parentOf(this.#step, domainOrder); above?.installs !== undefined; ) {
      tree = above.installs;
      above = parentOf(this.#step, above);
    }
    return { domainOrder, item, tree };
  }
}

function parentOf(step: StepOfOrder, { parent }: DomainOrder): DomainOrder | undefined {
  return parent === undefined ? undefined : step.domainOrder(parent);
}

function plannedItem(step: StepOfOrder, { domainOrder, item: id, tree }: Installing): PlannedItem {
  const { order, catalogue } = step;
  const { kind, specification, characteristics, line, place } = domainOrder;
  const specified = catalogue.specifications[specification];
  const item: Unfinished<PlannedItem> = {
    id,
    number: step.nextNumber(),
    tree,
    kind,
    specification,
    specificationVersion: specified?.version ?? '1',
    name: specified?.name ?? specification,
    status: 'installation_pending',
    characteristics,
    parties: order.parties,
    order: order.id,
    line,
    domainOrder: domainOrder.id,
    orderItem: step.line(line)?.externalId ?? line,
  };
  const parent = parentOf(step, domainOrder)?.installs;
  if (parent !== undefined) item.parent = parent;
  if (specified?.transient) item.transient = true;
  if (place !== undefined) item.place = place;
  const customer = customerOf(order.parties);
  if (customer !== undefined) item.customer = customer;
  return item;
}

/** Whom it belongs to: the party in the role of the customer, or else the first that is one. */
function customerOf(parties: readonly Party[]): Party | undefined {
  return (
    parties.find(({ role }) => role?.toLowerCase() === 'customer') ??
    parties.find(({ referredType }) => referredType === 'Customer' || referredType === 'Consumer')
  );
}
