/** The operations on cancel tasks, and what becomes of each task and its order. */
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { WorkItem } from '../../../kernel/kernel.ts';
import { listAnswer, notFound, refuse } from './answers.ts';
import { allCancelled } from './defaults/course.ts';
import { leavesOf } from './defaults/items.ts';
import type { Deliveries } from './delivery.ts';
import type { Vendor } from './habits.ts';
import type { Life } from './life.ts';
import type { Asked, Order, State, Task, TaskMove } from './words.ts';

export class CancelOperations {
  readonly #vendor: Vendor;
  readonly #life: Life;
  readonly #deliveries: Deliveries;

  constructor(vendor: Vendor, life: Life, deliveries: Deliveries) {
    this.#vendor = vendor;
    this.#life = life;
    this.#deliveries = deliveries;
    vendor.kernel.handle(this.#address, (item) => this.#perform(item));
  }

  create({ request }: Asked): HttpResponse {
    const { habits, orders, tasks } = this.#vendor;
    const body = request.body?.json;
    const refusal = habits.refusalOfCancel(body, this.#vendor);
    if (refusal !== undefined) return refuse(refusal, this.#vendor);
    const { serviceOrder } = Object(body) as { serviceOrder: { id: string } }; // valid, as just checked
    const id = habits.newId('task', this.#vendor);
    const document = habits.newTask(Object(body), id, this.#vendor);
    const task: Task = { id, orderId: serviceOrder.id, document };
    tasks.set(id, task);
    const answer = habits.cancelAnswer(task, this.#vendor);
    const { orderId } = task;
    this.#deliveries.tell({ of: 'cancelServiceOrder', because: 'create', orderId, after: document });
    const order = orders.get(orderId);
    if (order !== undefined) this.#begin(task, order);
    return answer;
  }

  list({ request: { query } }: Asked): HttpResponse {
    const { habits, tasks } = this.#vendor;
    const documents = [...tasks.values()].map(({ document }) => habits.shownTask(document, this.#vendor));
    return listAnswer(documents, query, this.#vendor);
  }

  retrieve({ id, request: { query } }: Asked): HttpResponse {
    const { habits, tasks } = this.#vendor;
    const task = tasks.get(id);
    if (task === undefined) return notFound('cancel task', id, this.#vendor);
    return jsonResponse(200, habits.selected(habits.shownTask(task.document, this.#vendor), query));
  }

  get #address(): string {
    return `${this.#vendor.address}.cancels`;
  }

  /** The order stands still until the task has ended. */
  #begin(task: Task, order: Order): void {
    this.#life.stop(order);
    order.cameFrom = order.document.state;
    this.#moveOrder(order, task, this.#vendor.habits.cancelBegins(order, this.#vendor));
    this.#plan(task, order);
  }

  #plan(task: Task, order: Order): void {
    const { habits, kernel } = this.#vendor;
    const move = habits.nextOfTask(task, order, this.#vendor);
    if (move === undefined) return;
    const data = { taskId: task.id, move: { ...move } };
    kernel.schedule({ id: `${this.#address}/${task.id}`, to: this.#address, due: kernel.now() + move.afterMs, data });
  }

  #perform({ data }: WorkItem): void {
    const { taskId, move } = data as unknown as { taskId: string; move: TaskMove }; // from `#plan`
    const { habits, orders, tasks } = this.#vendor;
    const task = tasks.get(taskId);
    const order = orders.get(task?.orderId ?? '');
    if (task === undefined || order === undefined) return;
    if (move.order !== undefined) this.#moveOrder(order, task, move.order);
    const before = task.document;
    task.document = habits.movedTask(before, move, this.#vendor);
    const { orderId } = task;
    this.#deliveries.tell({ of: 'cancelServiceOrder', because: 'life', orderId, before, after: task.document });
    this.#plan(task, order);
  }

  #moveOrder(order: Order, { document: { cancellationReason } }: Task, to: State): void {
    const { habits } = this.#vendor;
    const leaves = leavesOf(order.document.serviceOrderItem);
    const reason = cancellationReason === undefined ? {} : { reason: cancellationReason };
    const move =
      to === 'cancelled' ? { ...allCancelled(leaves), ...reason, afterMs: 0 } : { leaves: {}, order: to, afterMs: 0 };
    this.#life.change(order, habits.moved(order.document, move, this.#vendor), 'cancel');
    if (to === order.cameFrom || to === 'cancelled') this.#life.plan(order);
  }
}
