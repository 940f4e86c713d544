/**
 * Where inputs become steps: stamped, one at a time (K3), stored together with their effects, and only then performed.
 */
import type { Kernel, WorkItem } from '../../kernel/kernel.ts';
import { timerId } from '../core/draft.ts';
import { newRequestKeys } from '../core/outbound/request.ts';
import { newQualificationKeys } from '../core/qualification/request.ts';
import { step } from '../core/step.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Facts } from '../model/facts.ts';
import type { Input } from '../model/inputs.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Effect, Outcome } from '../model/outcome.ts';
import type { NotifyOfParts } from '../model/parts/news.ts';
import { type Refusal, refusalText } from '../model/refusals.ts';
import type { Editions } from './editions.ts';
import { Effects, type Ports, type Unstamped } from './effects.ts';
import { inventoryFor, withInventory } from './inventory.ts';
import type { Commit, OrderStore, TakenStep } from './store.ts';

export type Result =
  | { readonly ok: true; readonly order: CustomerOrder }
  | { readonly ok: false; readonly refusal: Refusal };

/** A store that many processes share makes conflicts; more in a row than this means that something else is wrong. */
const mostConflicts = 100;

/** The kernel's address for inputs that a mailbox gives itself, where there is one only. */
const usualAddress = 'engine.input';

export interface MailboxParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly editions: Editions;
  readonly ports: Ports;
  /** The core's, when absent. */
  readonly step?: typeof step | undefined;
  /**
   * Says what else is to be told of a step than the core does, which does not know who listens. Asked before the step is
   * stored, so that what is to be told is stored with it, and done once whatever happens. Nothing is, when absent.
   */
  readonly alsoTold?: ((change: OrderChange) => Promise<NotifyOfParts | undefined>) | undefined;
  /** Told of every step, once it is stored. */
  readonly onStep: (step: TakenStep) => void;
  /** What lists ask of an order, and of its parts as far as that has changed; nothing when absent. */
  readonly listedOf?: (order: CustomerOrder, before: CustomerOrder | undefined) => Pick<Commit, 'listed' | 'parts'>;
  /** The kernel's address for inputs that it gives itself: another for each mailbox on a kernel. */
  readonly address?: string;
}

/** What a step makes of an order. */
export interface OrderChange extends Pick<Extract<Outcome, { ok: true }>, 'order' | 'effects' | 'story'> {
  readonly before: CustomerOrder | undefined;
  /** The one that was in force. */
  readonly catalogue: Catalogue;
}

export class Mailbox {
  readonly #kernel: Kernel;
  readonly #store: OrderStore;
  readonly #editions: Editions;
  readonly #effects: Effects;
  readonly #step: typeof step;
  readonly #alsoTold: MailboxParts['alsoTold'];
  readonly #onStep: (step: TakenStep) => void;
  readonly #listedOf: MailboxParts['listedOf'];
  readonly #address: string;
  #abandoned = false;

  constructor(parts: MailboxParts) {
    const { kernel, store, editions, ports, step: takeStep, alsoTold, onStep, address = usualAddress } = parts;
    this.#listedOf = parts.listedOf;
    this.#kernel = kernel;
    this.#address = address;
    this.#store = store;
    this.#editions = editions;
    this.#step = takeStep ?? step;
    this.#alsoTold = alsoTold;
    this.#onStep = onStep;
    this.#effects = new Effects({
      kernel,
      store,
      ports,
      ownInput: address,
      takeStep: (input) => this.#takeStep(input),
      remove: (orderId) => this.remove(orderId),
      isAbandoned: () => this.#abandoned,
    });
    kernel.handle(address, (item) => this.#takeOwnStep(item));
  }

  /** Takes one step. Settles when it is stored; its effects are under way then. */
  submit(input: Unstamped): Promise<Result> {
    return this.#kernel.exclusively(() => this.#takeStep(input));
  }

  /** Performs again what was stored and never completed: to be called once, after a start on a store that was in use. */
  async recover(): Promise<void> {
    for (const { orderId, effect } of await this.#store.pendingEffects()) {
      const order = await this.#store.load(orderId);
      if (order !== undefined) await this.#effects.perform([effect], order);
    }
  }

  /** As if the process had died: what it began comes to no end here. Another mailbox on the same store recovers it. */
  abandon(): void {
    this.#abandoned = true;
    this.#kernel.forget(this.#address);
  }

  /**
   * Forgets an order as if it had never been. What was to happen to it by itself does not; what is on its way to it when it
   * arrives finds nothing, and is dropped.
   */
  remove(orderId: string): Promise<void> {
    return this.#kernel.exclusively(async () => {
      for (const pending of await this.#store.pendingEffects()) {
        if (pending.orderId === orderId) this.#kernel.cancel(pending.effect.id);
      }
      await this.#store.remove(orderId);
    });
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
    const facts = withInventory(
      this.#editions.current(),
      numbers,
      await inventoryFor(this.#store.inventory, input, before),
    );
    const outcome = this.#step(before, input, facts);
    if (!outcome.ok) return { ok: false, refusal: outcome.refusal };
    const { order, story } = outcome;
    const effects = [...(await this.#toldOf(before, outcome, facts)), ...outcome.effects];
    const { versions } = facts;
    const entry = { orderId: order.id, entry: order.entries, at: input.at, input, versions, numbers };
    const stored = await this.#store.commit({
      order,
      expectedEntries: before?.entries ?? 0,
      entry,
      numbersUsed: story.numbersUsed,
      effects: effects.filter(({ type }) => type !== 'CancelTimer'),
      ends: [...effectsEndedBy(input), ...timersTakenBack(order.id, effects)],
      keys: [
        ...newRequestKeys(before, order),
        ...newQualificationKeys(before?.qualificationRequests ?? [], order.qualificationRequests),
      ],
      ...(this.#listedOf === undefined ? {} : this.#listedOf(order, before)),
    });
    if (stored === 'conflict') return stored;
    this.#onStep({ ...entry, story });
    await this.#effects.perform(effects, order);
    return { ok: true, order };
  }

  /** Before all else, since nothing is told of what has been removed. */
  async #toldOf(
    before: CustomerOrder | undefined,
    { order, effects, story }: Extract<Outcome, { ok: true }>,
    { catalogue }: Facts,
  ): Promise<Effect[]> {
    const told = await this.#alsoTold?.({ before, order, effects, story, catalogue });
    return told === undefined ? [] : [{ ...told, id: `${order.id}/${order.entries}/parts` }];
  }

  /** An input that the engine gave itself. The core may refuse it only if the core is wrong, or the order was removed. */
  async #takeOwnStep(item: WorkItem): Promise<void> {
    const result = await this.#takeStep(item.data as unknown as Unstamped); // made by `#giveInput`
    if (!result.ok && result.refusal.code === 'orderUnknown') return;
    if (!result.ok) throw new Error(`the engine refused its own ${item.id}: ${refusalText(result.refusal)}`);
  }
}

function effectsEndedBy(input: Input): string[] {
  return 'effectId' in input && input.effectId !== undefined ? [input.effectId] : [];
}

function timersTakenBack(orderId: string, effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === 'CancelTimer' ? [timerId(orderId, effect.name)] : []));
}
