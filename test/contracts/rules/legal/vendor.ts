/** A legal vendor: keeps orders and cancel tasks, moves them, and announces every change to everybody who listens. */
import type { Chance } from '../../../../kernel/chance.ts';
import { documentOf, enter, hasEnded, type Item, leavesOf, nextStep, type Order } from './life.ts';
import type { Outbox } from './outbox.ts';
import type { Reply, Timeline } from './timeline.ts';

export const basePath = '/tmf-api/serviceOrdering/v4';
const host = 'https://vendor.example';

export interface CancelTask {
  readonly id: string;
  readonly order: Order;
  readonly asked: { readonly [attribute: string]: unknown };
  state: string;
  readonly facts: { [attribute: string]: unknown };
}

export interface Vendor {
  readonly orders: Map<string, Order>;
  readonly tasks: Map<string, CancelTask>;
  create(asked: { readonly [attribute: string]: unknown }): Reply;
  cancel(asked: { readonly [attribute: string]: unknown }, orderId: string): Reply;
  patch(id: string, change: { readonly [attribute: string]: unknown }): Reply;
  order(id: string, fields?: readonly string[]): Reply;
  task(id: string): Reply;
  list(query: ListQuery): Reply;
  /** Puts off who asks for the list, once: whoever comes again is served. */
  busy(): Reply;
}

export interface ListQuery {
  readonly state?: string;
  readonly externalId?: string;
  readonly offset?: number;
  readonly limit?: number;
  readonly fields?: readonly string[];
  /** By orderDate, downwards; upwards by default. */
  readonly isDown?: boolean;
}

export function error(status: number, reason: string): Reply {
  return { status, body: { code: String(status / 10), reason, message: reason, status: String(status) } };
}

export function openVendor(timeline: Timeline, outbox: Outbox, chance: Chance): Vendor {
  const orders = new Map<string, Order>();
  const tasks = new Map<string, CancelTask>();
  const text = () => new Date(timeline.now).toISOString();
  const shown = (order: Order) => documentOf(order, `${host}${basePath}/serviceOrder/${order.id}`);
  const shownTask = ({ id, asked, state, facts }: CancelTask) => ({
    ...asked,
    id,
    href: `${host}${basePath}/cancelServiceOrder/${id}`,
    state,
    ...facts,
  });
  const tell = (order: Order, change: string, more: object = {}) =>
    outbox.announce(order.id, `ServiceOrder${change}Event`, { event: { serviceOrder: shown(order) }, ...more });
  const tellTask = (task: CancelTask, change: string) =>
    outbox.announce(task.order.id, `CancelServiceOrder${change}Event`, {
      event: { cancelServiceOrder: shownTask(task) },
    });
  const move = (order: Order, state: string) => {
    enter(order, state, text());
    tell(order, 'StateChange');
    if (state === 'pending') tell(order, 'InformationRequired', { fieldPath: 'serviceOrder.note' });
  };
  const moveTask = (task: CancelTask, state: string, facts: object = {}) => {
    task.state = state;
    Object.assign(task.facts, facts);
    tellTask(task, 'StateChange');
  };

  let hasBeenBusy = false;
  const vendor: Vendor = {
    orders,
    tasks,
    busy: () => {
      if (hasBeenBusy) return vendor.list({});
      hasBeenBusy = true;
      return { ...error(503, 'busy'), headers: { 'retry-after': '1' } };
    },
    create: (asked) => {
      const id = `order-${orders.size + 1}-${chance.hex(4)}`;
      const order: Order = {
        id,
        asked,
        items: itemsIn(asked),
        state: 'acknowledged',
        facts: { orderDate: text(), '@type': 'ServiceOrder' },
      };
      orders.set(id, order);
      tell(order, 'Create');
      live(order);
      return { status: 201, headers: { location: `${basePath}/serviceOrder/${id}` }, body: copy(shown(order)) };
    },
    cancel: (asked, orderId) => {
      const order = orders.get(orderId);
      if (order === undefined) return error(404, 'there is no such order');
      if (hasEnded(order.state) || order.cancelling !== undefined) return error(409, 'it cannot be cancelled');
      const id = `cancel-${tasks.size + 1}-${chance.hex(4)}`;
      const task: CancelTask = { id, order, asked, state: chance.pick(['accepted', 'acknowledged']), facts: {} };
      tasks.set(id, task);
      order.cancelling = { was: order.state };
      tellTask(task, 'Create');
      timeline.after(chance.between(0, 40), () => assess(task));
      return {
        status: 201,
        headers: { location: `${basePath}/cancelServiceOrder/${id}` },
        body: copy(shownTask(task)),
      };
    },
    patch: (id, change) => {
      const order = orders.get(id);
      if (order === undefined) return error(404, 'there is no such order');
      if (hasEnded(order.state)) return error(409, 'it has ended');
      Object.assign(order.facts, change);
      tell(order, 'AttributeValueChange', { fieldPath: Object.keys(change).join(',') });
      return { status: 200, body: copy(shown(order)) };
    },
    order: (id, fields) => {
      const order = orders.get(id);
      if (order === undefined) return error(404, 'there is no such order');
      return { status: 200, body: fields === undefined ? copy(shown(order)) : selected(shown(order), fields) };
    },
    task: (id) => {
      const task = tasks.get(id);
      return task === undefined ? error(404, 'there is no such task') : { status: 200, body: copy(shownTask(task)) };
    },
    list: ({ state, externalId, offset = 0, limit = 100, fields, isDown = false }) => {
      const matching = [...orders.values()].filter(
        (order) =>
          (state === undefined || order.state === state) &&
          (externalId === undefined || order.asked.externalId === externalId),
      );
      const sorted = isDown ? matching.toReversed() : matching;
      const page = sorted.slice(offset, offset + limit);
      return {
        status: page.length < matching.length ? 206 : 200,
        headers: { 'x-total-count': String(matching.length), 'x-result-count': String(page.length) },
        body: copy(page.map((order) => (fields === undefined ? shown(order) : selected(shown(order), fields)))),
      };
    },
  };
  return vendor;

  function live(order: Order): void {
    timeline.after(chance.between(1, 120), () => {
      const step = nextStep(order, chance);
      if (step === undefined) {
        if (!hasEnded(order.state)) live(order);
        return;
      }
      for (const [leaf, state] of step.leaves) leaf.state = state;
      for (const state of step.states) move(order, state);
      live(order);
    });
  }

  function assess(task: CancelTask): void {
    const { order } = task;
    move(order, 'assessingCancellation');
    timeline.after(chance.between(1, 60), () => {
      moveTask(task, 'inProgress');
      timeline.after(chance.between(1, 60), () => (chance.fraction() < 0.5 ? deny(task) : accept(task)));
    });
  }

  function deny(task: CancelTask): void {
    const { order } = task;
    move(order, order.cancelling?.was ?? 'inProgress');
    delete order.cancelling;
    if (chance.fraction() < 0.6) moveTask(task, 'done', { completionMessage: 'it is past the point of no return' });
    else moveTask(task, 'terminatedWithError', { errorMessage: { code: '9', message: 'it could not be assessed' } });
  }

  function accept(task: CancelTask): void {
    const { order } = task;
    move(order, 'pendingCancellation');
    timeline.after(chance.between(1, 60), () => {
      for (const leaf of leavesOf(order.items)) if (!hasEnded(leaf.state)) leaf.state = 'cancelled';
      move(order, 'cancelled');
      moveTask(task, 'done', { effectiveCancellationDate: text() });
    });
  }
}

function itemsIn(holder: object): Item[] {
  if (!('serviceOrderItem' in holder) || !Array.isArray(holder.serviceOrderItem)) return [];
  return holder.serviceOrderItem.map((asked: { id: string }) => ({
    id: asked.id,
    asked,
    inner: itemsIn(asked),
    state: 'acknowledged',
  }));
}

/** What is answered does not change any more. */
function copy<Value>(value: Value): Value {
  return structuredClone(value);
}

function selected(document: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name === 'id' || fields.includes(name)));
}
