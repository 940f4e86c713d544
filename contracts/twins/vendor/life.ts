/** Makes the moves of orders when their time has come. Every change of an order goes through `change`. */
import type { WorkItem } from '../../../kernel/kernel.ts';
import type { Deliveries } from './delivery.ts';
import type { Vendor } from './habits.ts';
import type { Change, Move, Order, OrderDocument } from './words.ts';

export class Life {
  readonly #vendor: Vendor;
  readonly #deliveries: Deliveries;

  constructor(vendor: Vendor, deliveries: Deliveries) {
    this.#vendor = vendor;
    this.#deliveries = deliveries;
    vendor.kernel.handle(`${vendor.address}.life`, (item) => this.#perform(item));
  }

  /** The order is there from now on. */
  begin(order: Order): void {
    const { document, id: orderId } = order;
    this.#deliveries.tell({ of: 'serviceOrder', because: 'create', orderId, after: document });
    this.plan(order);
  }

  /** Gives the order its new document, and tells of it. */
  change(order: Order, after: OrderDocument, because: Exclude<Change['because'], 'create' | 'delete'>): void {
    const before = order.document;
    const { habits, kernel } = this.#vendor;
    if (before.state !== after.state && !habits.mayMove(before.state, after.state)) {
      throw new Error(`order ${order.id} goes from ${before.state} to ${after.state} at ${kernel.now()}`);
    }
    order.document = after;
    this.#deliveries.tell({ of: 'serviceOrder', because, orderId: order.id, before, after });
  }

  /** What comes next takes the place of what was planned before. */
  plan(order: Order): void {
    const move = this.#vendor.habits.nextMove(order, this.#vendor);
    const { kernel, address } = this.#vendor;
    if (move === undefined) this.stop(order);
    else {
      const data = { orderId: order.id, move: { ...move } };
      const due = kernel.now() + move.afterMs;
      kernel.schedule({ id: lifeItemId(this.#vendor, order.id), to: `${address}.life`, due, data });
    }
  }

  /** Nothing happens by itself until `plan` is called again. */
  stop(order: Order): void {
    this.#vendor.kernel.cancel(lifeItemId(this.#vendor, order.id));
  }

  #perform({ data }: WorkItem): void {
    const { orderId, move } = data as unknown as { orderId: string; move: Move }; // from `plan`
    const order = this.#vendor.orders.get(orderId);
    if (order === undefined) return;
    if (move.resumes !== undefined) order.resumed.add(move.resumes);
    if (order.document.state === 'pending') delete order.informed;
    this.change(order, this.#vendor.habits.moved(order.document, move, this.#vendor), 'life');
    this.plan(order);
  }
}

/** The work item by which an order lives; who takes it away stops the order for good. */
export function lifeItemId({ address }: Pick<Vendor, 'address'>, orderId: string): string {
  return `${address}.life/${orderId}`;
}
