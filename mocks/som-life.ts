/** The life of a party's orders after their answers: steps on the clock, by hand, or held until released. */
import type { Kernel } from '../kernel/kernel.ts';
import { drawnMs } from './script/latency.ts';
import { isMoveOfOrder, type State, terminalStates } from './script/lifecycle.ts';
import { matchesItem } from './script/selecting.ts';
import type { Deed, Noticed, Telling } from './script/step.ts';
import { advance, attributesAt, type Dated, type Extras, pretended, type SomOrder } from './som-order.ts';
import type { Teller } from './som-telling.ts';

/** How long after it was asked for a cancellation is told. The answer to the request has to be there before. */
const cancellationMs = 1_000;

/** How long after its answer a new order is announced, so that whoever ordered knows its id by then. */
const announcementMs = 50;

export class OrderLife {
  readonly orders = new Map<string, SomOrder>();
  /** Of orders that have one: the place of the step that comes next. */
  readonly #next = new Map<string, number>();
  readonly #held = new Set<string>();
  /** New orders that are still to be announced. */
  readonly #unannounced = new Set<string>();
  readonly #kernel: Kernel;
  readonly #name: string;
  readonly #teller: Teller;
  readonly #falloutPhrase: () => string;
  readonly #stepAddress: string;
  readonly #cancelAddress: string;
  readonly #announceAddress: string;

  constructor(options: { kernel: Kernel; name: string; teller: Teller; falloutPhrase: () => string }) {
    const { kernel, name } = options;
    this.#kernel = kernel;
    this.#name = name;
    this.#teller = options.teller;
    this.#falloutPhrase = options.falloutPhrase;
    this.#stepAddress = `mock.${name}.step`;
    this.#cancelAddress = `mock.${name}.cancel`;
    this.#announceAddress = `mock.${name}.announce`;
    kernel.handle(this.#announceAddress, ({ data }) => {
      const { orderId } = data as { orderId: string }; // from `begin`
      const order = this.orders.get(orderId);
      if (order !== undefined) this.#announceNew(order);
    });
    kernel.handle(this.#stepAddress, ({ data }) => {
      const { orderId, step } = data as { orderId: string; step: number }; // from `#plan`
      this.#takeStep(orderId, step);
    });
    kernel.handle(this.#cancelAddress, ({ data }) => {
      const { orderId } = data as { orderId: string }; // from `cancel`
      const telling = this.orders.get(orderId)?.course.telling;
      if (telling === undefined) return;
      this.perform(orderId, { kind: 'change', state: 'cancelled', items: {}, regardless: true }, telling);
    });
  }

  /** @param answeredAt when the answer is out, from which the first step counts. */
  begin(order: SomOrder, answeredAt: number): void {
    const { id, course } = order;
    this.orders.set(id, order);
    const { answer, telling } = course;
    // Whoever loses the answer is not to know that there is an order: that is what the script is for.
    const isLost = answer.kind === 'accept' && answer.lose !== undefined;
    if (!isLost && this.#teller.tells('Create', telling)) {
      this.#unannounced.add(id);
      const item = { id: this.#announcementId(id), to: this.#announceAddress, data: { orderId: id } };
      this.#kernel.schedule({ ...item, due: answeredAt + announcementMs });
    }
    this.#plan(order, 0, answeredAt);
  }

  isHeld(orderId: string): boolean {
    return this.#held.has(orderId);
  }

  /** The place of the step that comes next; `undefined` when none does. */
  nextStep(orderId: string): number | undefined {
    return this.#next.get(orderId);
  }

  /** Goes on with an order that a step holds. False when none does. */
  release(orderId: string): boolean {
    const order = this.orders.get(orderId);
    if (order === undefined || !this.#held.delete(orderId)) return false;
    this.#plan(order, this.#next.get(orderId) ?? order.course.steps.length, this.#kernel.now());
    return true;
  }

  /** Takes the next step now. False when there is none. */
  advance(orderId: string): boolean {
    const step = this.#next.get(orderId);
    const order = this.orders.get(orderId);
    if (step === undefined || order === undefined || order.course.steps[step] === undefined) return false;
    this.#held.delete(orderId);
    this.#kernel.cancel(this.#itemId(orderId, step));
    this.#takeStep(orderId, step);
    return true;
  }

  /** The order goes its way no longer, and is cancelled a little later. */
  cancel(orderId: string): void {
    this.#stop(orderId);
    const id = `${this.#cancelAddress}/${orderId}`;
    this.#kernel.schedule({ id, to: this.#cancelAddress, due: this.#kernel.now() + cancellationMs, data: { orderId } });
  }

  /** The order goes its way no longer; whoever asked for that goes on with it. */
  halt(orderId: string): void {
    this.#stop(orderId);
  }

  /** One step on the way to its end. What is done of it stays done. */
  cancelBy(orderId: string, state: State, reason: string | undefined): void {
    const order = this.orders.get(orderId);
    if (order === undefined) return;
    if (reason !== undefined) this.#withExtras(order, { cancellationReason: reason });
    this.perform(orderId, { kind: 'change', state, items: {}, regardless: false }, order.course.telling);
  }

  /**
   * Changes what an order is for.
   * @param fieldPath the attributes that listeners are told to have changed; absent: they are told nothing.
   */
  amend(amended: SomOrder, fieldPath: string | undefined): void {
    const before = this.orders.get(amended.id);
    if (before !== undefined) this.#announceNew(before);
    this.orders.set(amended.id, amended);
    if (fieldPath === undefined) return;
    this.#teller.announce({ kind: 'AttributeValueChange', order: amended, fieldPath }, amended.course.telling);
  }

  /** True when one move of the lifecycle leads there, and every item can follow. */
  canMove(order: SomOrder, state: State): boolean {
    if (!isMoveOfOrder(order.state, state)) return false;
    return advance(order, { state, items: {} }, this.#kernel.now()).at(-1)?.state === state;
  }

  /** Takes an order to a state that `canMove` leads to. One that ends goes its way no longer. */
  move({ id, course }: SomOrder, state: State): void {
    this.perform(id, { kind: 'change', state, items: {}, regardless: false }, course.telling);
    if (terminalStates.includes(state)) this.#stop(id);
  }

  /** Makes one thing happen to an order, and tells it. */
  perform(orderId: string, deed: Deed, telling: Telling): void {
    const order = this.orders.get(orderId);
    if (order === undefined) return;
    this.#announceNew(order);
    switch (deed.kind) {
      case 'change':
        this.#change(order, deed, telling);
        break;
      case 'say':
        this.#say(order, deed, telling);
        break;
      case 'attributes':
        this.#setAttributes(order, deed.attributes, telling);
        break;
      case 'milestone': {
        const milestones = [...(order.extras?.milestones ?? []), this.#dated(deed.milestone)];
        this.#teller.announce({ kind: 'Milestone', order: this.#withExtras(order, { milestones }) }, telling);
        break;
      }
      case 'jeopardy': {
        const jeopardies = [...(order.extras?.jeopardies ?? []), this.#dated(deed.jeopardy)];
        this.#teller.announce({ kind: 'Jeopardy', order: this.#withExtras(order, { jeopardies }) }, telling);
        break;
      }
      case 'informationRequired':
        this.#teller.announce({ kind: 'InformationRequired', order, fieldPath: deed.field }, telling);
        break;
      case 'fallout':
        this.#fallOut(order, deed.message, telling);
        break;
      case 'hold':
        break;
    }
  }

  /** Every order is gone, with all that was still to happen to it. */
  forget(): void {
    for (const orderId of this.orders.keys()) {
      this.#stop(orderId);
      this.#kernel.cancel(`${this.#cancelAddress}/${orderId}`);
      this.#kernel.cancel(this.#announcementId(orderId));
    }
    this.orders.clear();
    this.#unannounced.clear();
  }

  /** Tells of a new order, once, and before anything else is told of it. */
  #announceNew(order: SomOrder): void {
    if (!this.#unannounced.delete(order.id)) return;
    this.#kernel.cancel(this.#announcementId(order.id));
    this.#teller.announce({ kind: 'Create', order }, order.course.telling);
  }

  #change(order: SomOrder, deed: Extract<Deed, { kind: 'change' }>, telling: Telling): void {
    const recovers = order.extras?.phaseNote !== undefined;
    let before = recovers ? this.#withExtras(order, { phaseNote: undefined }) : order;
    const snapshots = advance(before, deed, this.#kernel.now(), deed.regardless);
    for (const after of snapshots) {
      this.orders.set(order.id, after);
      this.#teller.tellChange(before, after, telling);
      before = after;
    }
    if (recovers && snapshots.length === 0) this.#teller.announce({ kind: 'StateChange', order: before }, telling);
  }

  #say(order: SomOrder, deed: Extract<Deed, { kind: 'say' }>, telling: Telling): void {
    const said = pretended(order, deed, this.#kernel.now());
    if (telling.tell === 'event') this.#teller.announce({ kind: 'StateChange', order: said }, telling);
    if (telling.tell !== 'outboundresponse') return;
    const concerns = order.items.map((item) => matchesItem(deed.items, item));
    this.#teller.respond(said, telling, (place) => concerns[place] === true);
  }

  #setAttributes(order: SomOrder, set: { readonly [name: string]: unknown }, telling: Telling): void {
    const attributes = { ...order.extras?.attributes, ...attributesAt(set, this.#kernel.now()) };
    const changed = this.#withExtras(order, { attributes });
    const fieldPath = Object.keys(set).join(',');
    this.#teller.announce({ kind: 'AttributeValueChange', order: changed, fieldPath }, telling);
  }

  #fallOut(order: SomOrder, message: string, telling: Telling): void {
    const [working = order] = advance(order, { state: 'inProgress', items: {} }, this.#kernel.now());
    const fallen = this.#withExtras(working, { phaseNote: `${message} ${this.#falloutPhrase()}` });
    this.#teller.announce({ kind: 'StateChange', order: fallen }, telling);
  }

  #withExtras(order: SomOrder, extras: { readonly [name in keyof Extras]: Extras[name] | undefined }): SomOrder {
    const all = Object.entries({ ...order.extras, ...extras }).filter(([, value]) => value !== undefined);
    const changed = { ...order, extras: Object.fromEntries(all) };
    this.orders.set(order.id, changed);
    return changed;
  }

  #dated(noticed: Noticed): Dated {
    const id = this.#kernel.chance(`mock.${this.#name}.notices`).hex(8);
    return { id, at: this.#kernel.now(), noticed };
  }

  /** Puts a step of an order on the clock, if it has one there. */
  #plan(order: SomOrder, index: number, since: number): void {
    const step = order.course.steps[index];
    if (step === undefined) {
      this.#next.delete(order.id);
      return;
    }
    this.#next.set(order.id, index);
    const from = step.since === 'request' ? order.orderedAt : since;
    this.#kernel.schedule({
      id: this.#itemId(order.id, index),
      to: this.#stepAddress,
      due: from + drawnMs(step.after, this.#kernel, `mock.${this.#name}.latency`),
      data: { orderId: order.id, step: index },
    });
  }

  #takeStep(orderId: string, index: number): void {
    const order = this.orders.get(orderId);
    const step = order?.course.steps[index];
    if (order === undefined || step === undefined) return;
    if (step.deed.kind === 'hold') {
      this.#held.add(orderId);
      this.#next.set(orderId, index + 1);
      return;
    }
    this.perform(orderId, step.deed, step.telling);
    this.#plan(order, index + 1, this.#kernel.now());
  }

  #stop(orderId: string): void {
    const step = this.#next.get(orderId);
    if (step !== undefined) this.#kernel.cancel(this.#itemId(orderId, step));
    this.#next.delete(orderId);
    this.#held.delete(orderId);
  }

  #announcementId(orderId: string): string {
    return `${this.#announceAddress}/${orderId}`;
  }

  #itemId(orderId: string, step: number): string {
    return `${this.#stepAddress}/${orderId}/${step}`;
  }
}
