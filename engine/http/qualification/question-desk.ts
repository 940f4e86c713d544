/**
 * Questions that are asked without an order, of one kind. Inside, each is an order that only asks, in a store beside that
 * of the orders: approved and asked by itself, over as soon as it is answered, and never seen as an order.
 */
import type { Instant, Kernel } from '../../../kernel/kernel.ts';
import type { CaptureOrder } from '../../model/inputs.ts';
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { OrderState } from '../../model/state-tables.ts';
import type { Editions } from '../../shell/editions.ts';
import type { Ports, Unstamped } from '../../shell/effects.ts';
import { Mailbox, type Result } from '../../shell/mailbox.ts';
import type { OrderStore } from '../../shell/store.ts';
import type { QuestionEvent } from '../../wire/qualification/question-events.ts';
import {
  answerOf,
  closingNote,
  settledLines,
  type TaskState,
  taskStateOf,
  taskStates,
} from '../../wire/qualification/question-task.ts';

/**
 * How long somebody waits who wants the answer at once. Longer would pass the time after which usual clients give up, of 10
 * to 30 seconds; shorter would turn questions into tasks that a slow inventory system answers in a few seconds.
 */
export const atOnceLimitMs = 8_000;

export interface QuestionDeskParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly editions: Editions;
  /** How inventory systems are asked. */
  readonly asking: Pick<
    Ports,
    'sendQualificationRequest' | 'pollQualificationRequest' | 'withdrawQualificationRequest'
  >;
  /** Of this desk alone: its addresses on the kernel begin with it. */
  readonly name: string;
  tell(order: CustomerOrder, news: QuestionEvent): Promise<void>;
  /** What lists ask of a question. */
  listedOf(order: CustomerOrder): Listed;
}

/** A question that somebody waits for. */
interface Waiting {
  /** Set once it is over, as it was then. */
  over?: CustomerOrder;
  /** To be called when it is over, or when they have waited long enough. */
  ring(): void;
}

type Captured = Omit<CaptureOrder, 'at'>;

export class QuestionDesk {
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly #kernel: Kernel;
  readonly #tell: QuestionDeskParts['tell'];
  readonly #limit: string;
  /** By question, the state that listeners know. */
  readonly #told = new Map<string, TaskState>();
  readonly #waiting = new Map<string, Waiting>();
  #abandoned = false;

  constructor({ kernel, store, editions, asking, name, tell, listedOf }: QuestionDeskParts) {
    this.#kernel = kernel;
    this.store = store;
    this.#tell = tell;
    this.#limit = `${name}.limit`;
    this.mailbox = new Mailbox({
      kernel,
      store,
      editions,
      address: `${name}.input`,
      listedOf: (order) => ({ listed: listedOf(order) }),
      ports: {
        ...asking,
        sendOutboundRequest: () => Promise.reject(new Error('a question is delivered to nobody')),
        pollOutboundRequest: () => Promise.reject(new Error('a question is delivered to nobody')),
        sendCancellation: () => Promise.reject(new Error('a question is delivered to nobody')),
        notifyListeners: ({ to }, order) => this.#follow(order, to),
        notifyCancellation: async () => {},
        notifyOfParts: async () => {},
        notifyOfOrder: async () => {},
        notifyQualification: (_change, order) => this.#follow(order, order.state),
      },
      onStep: () => {},
    });
    kernel.handle(this.#limit, ({ data }) => this.#waiting.get(String(data))?.ring());
  }

  /** Takes a question, which is answered later. */
  ask(captured: Captured): Promise<Result> {
    return this.mailbox.submit(captured);
  }

  /**
   * Takes a question, and waits for the answer. Nothing is kept of a question that is answered in time, and nobody is told of
   * it; one that takes longer is kept, as if it had been asked without waiting.
   */
  async askAtOnce(captured: Captured): Promise<Result & { readonly isKept: boolean }> {
    const { orderId } = captured;
    const waiting: Waiting = { ring: () => {} };
    this.#waiting.set(orderId, waiting);
    const result = await this.mailbox.submit(captured);
    if (result.ok && waiting.over === undefined) await this.#wait(orderId, waiting);
    const order = await this.store.load(orderId);
    // From here on it is one that was asked without waiting, unless it was over by now.
    this.#waiting.delete(orderId);
    if (!result.ok) return { ...result, isKept: false };
    if (waiting.over === undefined) {
      const asked = order ?? result.order;
      this.#announce(asked, { kind: 'Create' }, taskStateOf(asked));
      return { ok: true, order: asked, isKept: true };
    }
    await this.mailbox.remove(orderId);
    return { ok: true, order: waiting.over, isKept: false };
  }

  /** Whether there is any that is not shown. */
  hidesSome(): boolean {
    return this.#waiting.size > 0;
  }

  /** False as long as somebody waits for the answer, and none may be kept of it. */
  isShown({ id }: CustomerOrder): boolean {
    return !this.#waiting.has(id);
  }

  /** Whoever waits gives way to everything else (K7). */
  async #wait(orderId: string, waiting: Waiting): Promise<void> {
    const id = `${this.#limit}/${orderId}`;
    const due: Instant = this.#kernel.now() + atOnceLimitMs;
    const bell = this.#kernel.bell();
    waiting.ring = () => bell.ring();
    this.#kernel.schedule({ id, to: this.#limit, due, data: orderId });
    this.#kernel.park();
    await bell.rung;
    this.#kernel.cancel(id);
  }

  /** Says something else beside the question. @param attributes those that have changed. */
  async amend(input: Extract<Unstamped, { type: 'AmendQuestion' }>, attributes: readonly string[]): Promise<Result> {
    const result = await this.mailbox.submit(input);
    if (result.ok && attributes.length > 0) {
      this.#announce(result.order, { kind: 'AttributeValueChange', attributes }, this.#told.get(input.orderId));
    }
    return result;
  }

  /** Takes a question back: whoever was asked is told, and nothing is kept of it. False when there is none. */
  async takeBack(orderId: string): Promise<boolean> {
    const order = await this.store.load(orderId);
    if (order === undefined) return false;
    this.#told.delete(orderId);
    // Refused when it is over, or not yet asked: then there is nothing to be taken back.
    await this.mailbox.submit({ type: 'DecideQualification', orderId, decision: 'decline', note: closingNote });
    await this.mailbox.remove(orderId);
    this.#announce(order, { kind: 'Delete' }, undefined);
    return true;
  }

  /** As if the process had died: nothing comes to an end here any more. */
  abandon(): void {
    this.#abandoned = true;
    this.mailbox.abandon();
    this.#kernel.forget(this.#limit);
  }

  /** @param state that of the question at that moment: it may have gone on since. */
  async #follow(order: CustomerOrder, state: OrderState): Promise<void> {
    if (this.#abandoned) return;
    const waiting = this.#waiting.get(order.id);
    const task = taskStateOf({ ...order, state });
    if (waiting === undefined) this.#announceState({ ...order, state }, task);
    if (task === 'done' || task === 'terminatedWithError') {
      if (waiting === undefined) return;
      waiting.over = order;
      waiting.ring();
    } else await this.#end(order.id);
  }

  /** A line for which nothing more is to come is over, so that its answer stays what it is. */
  async #end(orderId: string): Promise<void> {
    const order = await this.store.load(orderId);
    if (order === undefined || this.#abandoned) return;
    for (const line of settledLines(order)) {
      const decision = answerOf(line) === undefined ? 'decline' : 'accept';
      const about = { orderId, line: line.id, decision, note: closingNote } as const;
      await this.mailbox.submit({ type: 'DecideQualification', ...about });
    }
  }

  /** Each state is told once, and none after one that comes later. */
  #announceState(order: CustomerOrder, state: TaskState): void {
    const told = this.#told.get(order.id);
    if (told === undefined) {
      if (order.state === 'new') this.#announce(order, { kind: 'Create' }, state);
    } else if (taskStates.indexOf(state) > taskStates.indexOf(told)) {
      this.#announce(order, { kind: 'StateChange' }, state);
    }
  }

  /** What becomes of telling is not waited for: the question goes on. */
  #announce(order: CustomerOrder, news: QuestionEvent, told: TaskState | undefined): void {
    if (told !== undefined) this.#told.set(order.id, told);
    this.#kernel.call(`${this.#limit}/${order.id}/${news.kind}`, () => this.#tell(order, news));
  }
}
