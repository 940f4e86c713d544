/**
 * Where inputs become steps: stamped, one at a time (K3), stored together with their effects, and only then performed.
 */
import type { Instant, Kernel, WorkItem } from '../../kernel/kernel.ts';
import { timerId } from '../core/draft.ts';
import { newRequestKeys } from '../core/outbound.ts';
import { step } from '../core/step.ts';
import type { DispatchOutcome, Input } from '../model/inputs.ts';
import type { JsonObject } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Effect, NotifyListeners, SendOutboundRequest } from '../model/outcome.ts';
import { type Refusal, refusalText } from '../model/refusals.ts';
import type { Editions } from './editions.ts';
import type { OrderStore, TakenStep } from './store.ts';

/** An input before it is stamped. */
export type Unstamped = Input extends infer Kind ? (Kind extends Input ? Omit<Kind, 'at'> : never) : never;

export type Result =
  | { readonly ok: true; readonly order: CustomerOrder }
  | { readonly ok: false; readonly refusal: Refusal };

/** How the effects that leave the process are performed. Neither ever rejects for a reason of the world's. */
export interface Ports {
  sendOutboundRequest(effect: SendOutboundRequest): Promise<DispatchOutcome>;
  notifyListeners(effect: NotifyListeners, order: CustomerOrder): Promise<void>;
}

export interface Mailbox {
  /** Takes one step. Settles when it is stored; its effects are under way then. */
  submit(input: Unstamped): Promise<Result>;
  /** Performs again what was stored and never completed: to be called once, after a start on a store that was in use. */
  recover(): Promise<void>;
}

/** A store that many processes share makes conflicts; more in a row than this means that something else is wrong. */
const mostConflicts = 100;

/** The kernel's address for inputs that the engine gives itself. */
const ownInput = 'engine.input';

export function openMailbox(options: {
  kernel: Kernel;
  store: OrderStore;
  editions: Editions;
  ports: Ports;
  onStep: (step: TakenStep) => void;
}): Mailbox {
  const { kernel, store, editions, ports, onStep } = options;

  kernel.handle(ownInput, (item) => takeOwnStep(item));
  return {
    submit: (input) => kernel.exclusively(() => takeStep(input)),
    recover: async () => {
      for (const { orderId, effect } of await store.pendingEffects()) {
        const order = await store.load(orderId);
        if (order !== undefined) perform(effect, order);
      }
    },
  };

  async function takeStep(unstamped: Unstamped): Promise<Result> {
    for (let attempt = 1; attempt <= mostConflicts; attempt += 1) {
      const result = await tryStep({ ...unstamped, at: kernel.now() });
      if (result !== 'conflict') return result;
    }
    throw new Error(`order ${unstamped.orderId} could not be stored in ${mostConflicts} attempts`);
  }

  async function tryStep(input: Input): Promise<Result | 'conflict'> {
    const { order: before, numbers } = await store.read(input.orderId);
    const facts = { ...editions.current(), numbers };
    const outcome = step(before, input, facts);
    if (!outcome.ok) return { ok: false, refusal: outcome.refusal };
    const { order, effects, story } = outcome;
    const { versions } = facts;
    const entry = { orderId: order.id, entry: order.entries, at: input.at, input, versions, numbers };
    const stored = await store.commit({
      order,
      expectedEntries: before?.entries ?? 0,
      entry,
      numbersUsed: story.numbersUsed,
      effects: effects.filter(({ type }) => type !== 'CancelTimer'),
      ends: [...effectsEndedBy(input), ...timersTakenBack(order.id, effects)],
      keys: newRequestKeys(before, order),
    });
    if (stored === 'conflict') return stored;
    onStep({ ...entry, story });
    for (const effect of effects) perform(effect, order);
    return { ok: true, order };
  }

  /** An input that the engine gave itself. The core may refuse it only if the core is wrong. */
  async function takeOwnStep(item: WorkItem): Promise<void> {
    const result = await takeStep(item.data as unknown as Unstamped); // made by `giveInput`
    if (!result.ok) throw new Error(`the engine refused its own ${item.id}: ${refusalText(result.refusal)}`);
  }

  function perform(effect: Effect, order: CustomerOrder): void {
    switch (effect.type) {
      case 'SendOutboundRequest':
        kernel.call(effect.id, () => send(effect, order.id));
        break;
      case 'NotifyListeners':
        kernel.call(effect.id, () => notify(effect, order));
        break;
      case 'SetTimer':
        giveInput(effect.id, effect.due, { type: 'TimerFired', orderId: order.id, timer: effect.timer });
        break;
      case 'CancelTimer':
        kernel.cancel(timerId(order.id, effect.name));
        break;
      case 'SubmitInput':
        giveInput(effect.id, kernel.now(), effect.input);
        break;
    }
  }

  function giveInput(effectId: string, due: Instant, input: JsonObject): void {
    kernel.schedule({ id: effectId, to: ownInput, due, data: { ...input, effectId } });
  }

  async function send(effect: SendOutboundRequest & { id: string }, orderId: string): Promise<void> {
    const outcome = await ports.sendOutboundRequest(effect);
    const { requestId, attempt, id: effectId } = effect;
    await kernel.exclusively(() =>
      takeStep({ type: 'ReportDispatch', orderId, requestId, attempt, effectId, outcome }),
    );
  }

  async function notify(effect: NotifyListeners & { id: string }, order: CustomerOrder): Promise<void> {
    await ports.notifyListeners(effect, order);
    await store.completeEffect(effect.id);
  }
}

function effectsEndedBy(input: Input): string[] {
  return 'effectId' in input && input.effectId !== undefined ? [input.effectId] : [];
}

function timersTakenBack(orderId: string, effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === 'CancelTimer' ? [timerId(orderId, effect.name)] : []));
}
