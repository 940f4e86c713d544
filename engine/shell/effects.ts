/** Performs effects: through ports where they leave the process, on the kernel where they are about time. */
import type { Instant, Kernel } from '../../kernel/kernel.ts';
import { timerId } from '../core/draft.ts';
import type { NotifyCancellation, SendCancellation } from '../model/cancellation/effects.ts';
import type { CancellationOutcome } from '../model/cancellation/inputs.ts';
import type { DispatchOutcome, Input, ItemReport } from '../model/inputs.ts';
import type { JsonObject } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import type {
  Effect,
  NotifyListeners,
  NotifyOfOrder,
  PollOutboundRequest,
  SendOutboundRequest,
} from '../model/outcome.ts';
import type {
  NotifyQualification,
  PollQualificationRequest,
  SendQualificationRequest,
  WithdrawQualificationRequest,
} from '../model/qualification/effects.ts';
import type { QualificationExchange } from '../model/qualification/inputs.ts';
import type { QualificationReport } from '../model/qualification/result.ts';
import { refusalText } from '../model/refusals.ts';
import { changeInventory } from './inventory.ts';
import type { OrderStore } from './store.ts';

/** An input before it is stamped. */
export type Unstamped = Input extends infer Kind ? (Kind extends Input ? Omit<Kind, 'at'> : never) : never;

/** How the effects that leave the process are performed. None ever rejects for a reason of the world's. */
export interface Ports {
  sendOutboundRequest(effect: SendOutboundRequest): Promise<DispatchOutcome>;
  /** What the external system says of the order; nothing when it does not answer. */
  pollOutboundRequest(effect: PollOutboundRequest): Promise<readonly ItemReport[]>;
  /** Asks for the end of an order that was accepted. */
  sendCancellation(effect: SendCancellation): Promise<CancellationOutcome>;
  sendQualificationRequest(effect: SendQualificationRequest): Promise<QualificationExchange>;
  /** What the inventory system has found; nothing when it does not answer, or has found nothing yet. */
  pollQualificationRequest(effect: PollQualificationRequest): Promise<Found | undefined>;
  withdrawQualificationRequest(effect: WithdrawQualificationRequest): Promise<void>;
  /** @param effect completed together with what is stored of it, where something is. */
  notifyListeners(effect: NotifyListeners & { readonly id: string }, order: CustomerOrder): Promise<void>;
  notifyOfOrder(effect: NotifyOfOrder & { readonly id: string }, order: CustomerOrder): Promise<void>;
  notifyQualification(effect: NotifyQualification, order: CustomerOrder): Promise<void>;
  notifyCancellation(effect: NotifyCancellation & { readonly id: string }, order: CustomerOrder): Promise<void>;
}

export interface Found {
  readonly reports: readonly QualificationReport[];
  /** False: more is to come. */
  readonly isFinal: boolean;
  /** Why there is no answer to some of it, in the words of the inventory system. */
  readonly failure?: string;
}

export interface EffectParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly ports: Ports;
  /** The kernel's address for inputs that the engine gives itself. */
  readonly ownInput: string;
  /** Takes one step inside a call. */
  takeStep(input: Unstamped): Promise<unknown>;
  /** Forgets the order; it is not in use any more. */
  remove(orderId: string): Promise<void>;
  /** True once the process is as good as dead: nothing that comes back is taken. */
  isAbandoned(): boolean;
}

type Performed<Kind extends Effect['type']> = Extract<Effect, { type: Kind }>;

export class Effects {
  readonly #parts: EffectParts;

  constructor(parts: EffectParts) {
    this.#parts = parts;
  }

  /** The inventory is changed at once, so that whoever hears of the step finds it done; all else is under way then. */
  async perform(effects: readonly Effect[], order: CustomerOrder): Promise<void> {
    for (const effect of effects) if (effect.type === 'ChangeInventory') await this.#changeInventory(effect);
    for (const effect of effects) if (effect.type !== 'ChangeInventory') this.#begin(effect, order);
  }

  #begin(effect: Exclude<Effect, Performed<'ChangeInventory'>>, order: CustomerOrder): void {
    const { kernel, ports } = this.#parts;
    const { id: orderId } = order;
    switch (effect.type) {
      case 'SetTimer':
        this.#giveInput(effect.id, effect.due, { type: 'TimerFired', orderId, timer: effect.timer });
        break;
      case 'CancelTimer':
        kernel.cancel(timerId(orderId, effect.name));
        break;
      case 'SubmitInput':
        this.#giveInput(effect.id, kernel.now(), effect.input);
        break;
      case 'SendOutboundRequest':
        kernel.call(effect.id, () => this.#send(effect, orderId));
        break;
      case 'SendCancellation':
        kernel.call(effect.id, () => this.#cancel(effect, orderId));
        break;
      case 'PollOutboundRequest':
        kernel.call(effect.id, () => this.#poll(effect, orderId));
        break;
      case 'SendQualificationRequest':
        kernel.call(effect.id, () => this.#ask(effect, orderId));
        break;
      case 'PollQualificationRequest':
        kernel.call(effect.id, () => this.#askAgain(effect, orderId));
        break;
      case 'WithdrawQualificationRequest':
        this.#tell(effect.id, () => ports.withdrawQualificationRequest(effect));
        break;
      case 'RemoveOrder':
        kernel.call(effect.id, () => this.#parts.remove(orderId));
        break;
      case 'NotifyListeners':
        this.#tell(effect.id, () => ports.notifyListeners(effect, order));
        break;
      case 'NotifyOfOrder':
        this.#tell(effect.id, () => ports.notifyOfOrder(effect, order));
        break;
      case 'NotifyCancellation':
        this.#tell(effect.id, () => ports.notifyCancellation(effect, order));
        break;
      case 'NotifyQualification':
        this.#tell(effect.id, () => ports.notifyQualification(effect, order));
        break;
    }
  }

  async #changeInventory(effect: Performed<'ChangeInventory'>): Promise<void> {
    const { store, kernel, isAbandoned } = this.#parts;
    if (isAbandoned()) return;
    const refused = await changeInventory(store.inventory, effect);
    if (refused === undefined) return this.#complete(effect.id);
    const { tree, order: orderId, at, changes } = effect;
    const change = { tree, order: orderId, at, changes } as unknown as JsonObject; // plain JSON, as every effect is
    const reason = refusalText(refused);
    this.#giveInput(effect.id, kernel.now(), { type: 'ReportInventory', orderId, change, reason });
  }

  #giveInput(effectId: string, due: Instant, input: JsonObject): void {
    const { kernel, ownInput } = this.#parts;
    kernel.schedule({ id: effectId, to: ownInput, due, data: { ...input, effectId } });
  }

  async #send(effect: Performed<'SendOutboundRequest'>, orderId: string): Promise<void> {
    const outcome = await this.#parts.ports.sendOutboundRequest(effect);
    const { requestId, revision, attempt, id: effectId } = effect;
    await this.#take({ type: 'ReportDispatch', orderId, requestId, revision, attempt, effectId, outcome });
  }

  async #cancel(effect: Performed<'SendCancellation'>, orderId: string): Promise<void> {
    const outcome = await this.#parts.ports.sendCancellation(effect);
    const { requestId, attempt, id: effectId } = effect;
    await this.#take({ type: 'ReportCancellation', orderId, requestId, attempt, effectId, outcome });
  }

  /** No answer says nothing; the core asks again in its own time. */
  async #poll(effect: Performed<'PollOutboundRequest'>, orderId: string): Promise<void> {
    const { requestId } = effect;
    const reports = await this.#parts.ports.pollOutboundRequest(effect);
    if (reports.length > 0) await this.#take({ type: 'ReportFulfillment', orderId, requestId, reports, via: 'poll' });
    await this.#complete(effect.id);
  }

  async #ask(effect: Performed<'SendQualificationRequest'>, orderId: string): Promise<void> {
    const outcome = await this.#parts.ports.sendQualificationRequest(effect);
    const { requestId, id: effectId } = effect;
    await this.#take({ type: 'ReportQualificationExchange', orderId, requestId, effectId, outcome });
  }

  async #askAgain(effect: Performed<'PollQualificationRequest'>, orderId: string): Promise<void> {
    const { requestId } = effect;
    const found = await this.#parts.ports.pollQualificationRequest(effect);
    if (found !== undefined) {
      await this.#take({ type: 'ReportQualification', orderId, requestId, ...found, via: 'poll' });
    }
    await this.#complete(effect.id);
  }

  /** What nobody waits for: it is done once it has been tried. */
  #tell(effectId: string, told: () => Promise<void>): void {
    this.#parts.kernel.call(effectId, async () => {
      await told();
      await this.#complete(effectId);
    });
  }

  async #take(input: Unstamped): Promise<void> {
    const { kernel, takeStep, isAbandoned } = this.#parts;
    if (!isAbandoned()) await kernel.exclusively(() => takeStep(input));
  }

  async #complete(effectId: string): Promise<void> {
    if (!this.#parts.isAbandoned()) await this.#parts.store.completeEffect(effectId);
  }
}
