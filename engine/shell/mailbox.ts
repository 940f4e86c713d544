/**
 * Where inputs become steps: stamped, one at a time (K3), stored together with their effects, and only then performed.
 */
import type { Instant, Kernel, WorkItem } from '../../kernel/kernel.ts';
import { timerId } from '../core/draft.ts';
import { newRequestKeys } from '../core/outbound/request.ts';
import { step } from '../core/step.ts';
import type { DispatchOutcome, Input, ItemReport } from '../model/inputs.ts';
import type { JsonObject } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Effect, NotifyListeners, PollOutboundRequest, SendOutboundRequest } from '../model/outcome.ts';
import { type Refusal, refusalText } from '../model/refusals.ts';
import type { Editions } from './editions.ts';
import type { OrderStore, TakenStep } from './store.ts';

/** An input before it is stamped. */
export type Unstamped = Input extends infer Kind ? (Kind extends Input ? Omit<Kind, 'at'> : never) : never;

export type Result =
  | { readonly ok: true; readonly order: CustomerOrder }
  | { readonly ok: false; readonly refusal: Refusal };

/** How the effects that leave the process are performed. None ever rejects for a reason of the world's. */
export interface Ports {
  sendOutboundRequest(effect: SendOutboundRequest): Promise<DispatchOutcome>;
  /** What the external system says of the order; nothing when it does not answer. */
  pollOutboundRequest(effect: PollOutboundRequest): Promise<readonly ItemReport[]>;
  notifyListeners(effect: NotifyListeners, order: CustomerOrder): Promise<void>;
}

/** A store that many processes share makes conflicts; more in a row than this means that something else is wrong. */
const mostConflicts = 100;

/** The kernel's address for inputs that the engine gives itself. */
const ownInput = 'engine.input';

export interface MailboxParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly editions: Editions;
  readonly ports: Ports;
  /** The core's, when absent. */
  readonly step?: typeof step | undefined;
  /** Told of every step, once it is stored. */
  readonly onStep: (step: TakenStep) => void;
}

export class Mailbox {
  readonly #kernel: Kernel;
  readonly #store: OrderStore;
  readonly #editions: Editions;
  readonly #ports: Ports;
  readonly #step: typeof step;
  readonly #onStep: (step: TakenStep) => void;
  #abandoned = false;

  constructor({ kernel, store, editions, ports, step: takeStep, onStep }: MailboxParts) {
    this.#kernel = kernel;
    this.#store = store;
    this.#editions = editions;
    this.#ports = ports;
    this.#step = takeStep ?? step;
    this.#onStep = onStep;
    kernel.handle(ownInput, (item) => this.#takeOwnStep(item));
  }

  /** Takes one step. Settles when it is stored; its effects are under way then. */
  submit(input: Unstamped): Promise<Result> {
    return this.#kernel.exclusively(() => this.#takeStep(input));
  }

  /** Performs again what was stored and never completed: to be called once, after a start on a store that was in use. */
  async recover(): Promise<void> {
    for (const { orderId, effect } of await this.#store.pendingEffects()) {
      const order = await this.#store.load(orderId);
      if (order !== undefined) this.#perform(effect, order);
    }
  }

  /** As if the process had died: what it began comes to no end here. Another mailbox on the same store recovers it. */
  abandon(): void {
    this.#abandoned = true;
    this.#kernel.forget(ownInput);
  }

  async #takeStep(unstamped: Unstamped): Promise<Result> {
    for (let attempt = 1; attempt <= mostConflicts; attempt += 1) {
      const result = await this.#tryStep({ ...unstamped, at: this.#kernel.now() });
      if (result !== 'conflict') return result;
    }
    throw new Error(`order ${unstamped.orderId} could not be stored in ${mostConflicts} attempts`);
  }

  async #tryStep(input: Input): Promise<Result | 'conflict'> {
    const { order: before, numbers } = await this.#store.read(input.orderId);
    const facts = { ...this.#editions.current(), numbers };
    const outcome = this.#step(before, input, facts);
    if (!outcome.ok) return { ok: false, refusal: outcome.refusal };
    const { order, effects, story } = outcome;
    const { versions } = facts;
    const entry = { orderId: order.id, entry: order.entries, at: input.at, input, versions, numbers };
    const stored = await this.#store.commit({
      order,
      expectedEntries: before?.entries ?? 0,
      entry,
      numbersUsed: story.numbersUsed,
      effects: effects.filter(({ type }) => type !== 'CancelTimer'),
      ends: [...effectsEndedBy(input), ...timersTakenBack(order.id, effects)],
      keys: newRequestKeys(before, order),
    });
    if (stored === 'conflict') return stored;
    this.#onStep({ ...entry, story });
    for (const effect of effects) this.#perform(effect, order);
    return { ok: true, order };
  }

  /** An input that the engine gave itself. The core may refuse it only if the core is wrong. */
  async #takeOwnStep(item: WorkItem): Promise<void> {
    const result = await this.#takeStep(item.data as unknown as Unstamped); // made by `#giveInput`
    if (!result.ok) throw new Error(`the engine refused its own ${item.id}: ${refusalText(result.refusal)}`);
  }

  #perform(effect: Effect, order: CustomerOrder): void {
    switch (effect.type) {
      case 'SendOutboundRequest':
        this.#kernel.call(effect.id, () => this.#send(effect, order.id));
        break;
      case 'PollOutboundRequest':
        this.#kernel.call(effect.id, () => this.#poll(effect, order.id));
        break;
      case 'NotifyListeners':
        this.#kernel.call(effect.id, () => this.#notify(effect, order));
        break;
      case 'SetTimer':
        this.#giveInput(effect.id, effect.due, { type: 'TimerFired', orderId: order.id, timer: effect.timer });
        break;
      case 'CancelTimer':
        this.#kernel.cancel(timerId(order.id, effect.name));
        break;
      case 'SubmitInput':
        this.#giveInput(effect.id, this.#kernel.now(), effect.input);
        break;
    }
  }

  #giveInput(effectId: string, due: Instant, input: JsonObject): void {
    this.#kernel.schedule({ id: effectId, to: ownInput, due, data: { ...input, effectId } });
  }

  async #send(effect: SendOutboundRequest & { id: string }, orderId: string): Promise<void> {
    const outcome = await this.#ports.sendOutboundRequest(effect);
    if (this.#abandoned) return;
    const { requestId, revision, attempt, id: effectId } = effect;
    await this.#kernel.exclusively(() =>
      this.#takeStep({ type: 'ReportDispatch', orderId, requestId, revision, attempt, effectId, outcome }),
    );
  }

  /** No answer says nothing; the core asks again in its own time. */
  async #poll(effect: PollOutboundRequest & { id: string }, orderId: string): Promise<void> {
    const reports = await this.#ports.pollOutboundRequest(effect);
    if (this.#abandoned) return;
    const { requestId } = effect;
    if (reports.length > 0) {
      await this.#kernel.exclusively(() =>
        this.#takeStep({ type: 'ReportFulfillment', orderId, requestId, reports, via: 'poll' }),
      );
    }
    await this.#store.completeEffect(effect.id);
  }

  async #notify(effect: NotifyListeners & { id: string }, order: CustomerOrder): Promise<void> {
    await this.#ports.notifyListeners(effect, order);
    if (this.#abandoned) return;
    await this.#store.completeEffect(effect.id);
  }
}

function effectsEndedBy(input: Input): string[] {
  return 'effectId' in input && input.effectId !== undefined ? [input.effectId] : [];
}

function timersTakenBack(orderId: string, effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === 'CancelTimer' ? [timerId(orderId, effect.name)] : []));
}
