/** Several orders on one inventory, step after step, with every timer at hand: what the engine is without its wires. */
import { inventoryIn } from '../../engine/core/inventory/named.ts';
import { stepInventory } from '../../engine/core/inventory/step.ts';
import { step } from '../../engine/core/step.ts';
import type { Catalogue } from '../../engine/model/catalogue.ts';
import type { Facts, NumberBlock } from '../../engine/model/facts.ts';
import type { CapturedLine, CaptureOrder, Input, TimerFired } from '../../engine/model/inputs.ts';
import type { InventoryItem, InventoryTree } from '../../engine/model/inventory/item.ts';
import type { InventoryOperation } from '../../engine/model/inventory/operation.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import type { Effect, Outcome } from '../../engine/model/outcome.ts';
import type { Policies } from '../../engine/model/policies.ts';
import { refusalText } from '../../engine/model/refusals.ts';
import type { Evidence, TreeEvidence } from '../../scenarios/laws/evidence.ts';
import { evidenceWith, type TakenSteps, takenStep } from './lawful.ts';
import { captureOf, factsOf, firstNumbers, type Happening, start } from './orders.ts';

interface Waiting {
  readonly orderId: string;
  readonly effect: Extract<Effect, { type: 'SetTimer' }>;
}

export class House {
  readonly trees = new Map<string, InventoryTree>();
  readonly orders = new Map<string, CustomerOrder>();
  effects: readonly Effect[] = [];
  at = start;
  readonly #policies: Policies;
  #catalogue: Catalogue;
  readonly #histories = new Map<string, TakenSteps>();
  readonly #treeStates = new Map<string, TreeEvidence['states'][number][]>();
  readonly #timers = new Map<string, Waiting>();
  #numbers: NumberBlock = firstNumbers;

  constructor(policies: Policies, catalogue: Catalogue) {
    this.#policies = policies;
    this.#catalogue = catalogue;
  }

  useCatalogue(catalogue: Catalogue): void {
    this.#catalogue = catalogue;
  }

  /** Captures an order of these lines; gives its id. Throws when it is refused. */
  capture(lines: readonly CapturedLine[], changes: Partial<CaptureOrder> = {}): string {
    const { orderId, outcome } = this.captured(lines, changes);
    if (!outcome.ok) throw new Error(`refused: ${refusalText(outcome.refusal)}`);
    return orderId;
  }

  /** The same, with the outcome. */
  captured(lines: readonly CapturedLine[], changes: Partial<CaptureOrder> = {}): { orderId: string; outcome: Outcome } {
    const orderId = `${String(this.orders.size + 1).padStart(24, '0')}00000000`;
    const outcome = this.try({ ...captureOf({ orderId, lines, ...changes }), at: this.at });
    return { orderId, outcome };
  }

  /** What is refused is told by its text. */
  refusalOf(input: Input): string {
    const outcome = this.try(input);
    return outcome.ok ? '' : refusalText(outcome.refusal);
  }

  approve(orderId: string): CustomerOrder {
    return this.then(orderId, { type: 'ApproveOrder' });
  }

  /** Why it cannot be approved; blank when it was. */
  approvalRefused(orderId: string): string {
    return this.refusalOf({ type: 'ApproveOrder', at: this.at, orderId });
  }

  /** Takes a step a second later, which must not be refused. */
  then(orderId: string, happening: Happening): CustomerOrder {
    this.at += 1_000;
    const outcome = this.try({ ...happening, at: this.at, orderId } as Input); // exactly what `Happening` leaves out
    if (!outcome.ok) throw new Error(`refused: ${refusalText(outcome.refusal)}`);
    return outcome.order;
  }

  try(input: Input): Outcome {
    const before = this.orders.get(input.orderId);
    const facts = this.#factsFor(input, before);
    const outcome = step(before, input, facts);
    if (!outcome.ok) return outcome;
    const history = this.#histories.get(input.orderId) ?? [];
    this.#histories.set(input.orderId, history);
    history.push(takenStep(before, input, facts, outcome));
    const used = outcome.story.numbersUsed;
    this.#numbers = Object.fromEntries(
      Object.entries(this.#numbers).map(([series, free]) => [series, free + (used[series as keyof NumberBlock] ?? 0)]),
    ) as NumberBlock; // the same keys as before
    this.orders.set(input.orderId, outcome.order);
    this.effects = outcome.effects;
    for (const effect of outcome.effects) this.#perform(effect, input.orderId);
    return outcome;
  }

  /** All that the invariants are held against. */
  get evidence(): Evidence {
    const orders = [...this.orders].map(([id, order]) => ({ order, history: this.#histories.get(id) ?? [] }));
    const trees = [...this.#treeStates.values()].map((states) => ({ states }));
    const [policies, catalogues] = [new Map([['p', this.#policies]]), new Map([['c', this.#catalogue]])];
    return evidenceWith({ orders, inventory: this.items, trees, policies, catalogues });
  }

  /** Time passes, and with it whatever was to happen until then. */
  passTo(at: number): void {
    for (;;) {
      const [next] = [...this.#timers.values()].sort((one, other) => one.effect.due - other.effect.due);
      if (next === undefined || next.effect.due > at) break;
      const { orderId, effect } = next;
      this.#timers.delete(effect.id);
      this.at = Math.max(this.at, effect.due);
      const fired: TimerFired = { type: 'TimerFired', at: this.at, orderId, timer: effect.timer, effectId: effect.id };
      this.try(fired);
    }
    this.at = Math.max(this.at, at);
  }

  pass(durationMs: number): void {
    this.passTo(this.at + durationMs);
  }

  /** Placed, approved, and done within the minute. */
  deliver(lines: readonly CapturedLine[], changes: Partial<CaptureOrder> = {}): CustomerOrder {
    const orderId = this.capture(lines, changes);
    this.approve(orderId);
    this.pass(60_000);
    return this.order(orderId);
  }

  order(id: string): CustomerOrder {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`no order ${id}`);
    return order;
  }

  get items(): InventoryItem[] {
    return [...this.trees.values()].flatMap(({ items }) => items);
  }

  get operations(): InventoryOperation[] {
    return [...this.trees.values()].flatMap(({ operations = [] }) => operations);
  }

  /** The first item of that specification that is still there, or else the first at all. */
  item(specification: string): InventoryItem {
    const all = this.items.filter((each) => each.specification === specification);
    const item = all.find(({ status }) => status !== 'inactive') ?? all[0];
    if (item === undefined) throw new Error(`no ${specification}`);
    return item;
  }

  /** Such as `access active`, in the order of the inventory. */
  get statuses(): string[] {
    return this.items.map(({ specification, status }) => `${specification} ${status}`);
  }

  #factsFor(input: Input, order: CustomerOrder | undefined): Facts {
    const named = inventoryIn(input, order);
    const trees = [...this.trees.values()].filter(({ items }) => items.some(({ id }) => named.includes(id)));
    const facts = factsOf(this.#policies, this.#catalogue, this.#numbers);
    const operations = trees.flatMap((tree) => tree.operations ?? []).filter(({ state }) => state === 'scheduled');
    const inventory = Object.fromEntries(trees.flatMap(({ items }) => items).map((item) => [item.id, item]));
    return operations.length === 0 ? { ...facts, inventory } : { ...facts, inventory, operations };
  }

  #perform(effect: Effect, orderId: string): void {
    if (effect.type === 'SetTimer') this.#timers.set(effect.id, { orderId, effect });
    if (effect.type === 'CancelTimer') this.#timers.delete(`${orderId}/timer/${effect.name}`);
    if (effect.type !== 'ChangeInventory') return;
    const outcome = stepInventory(this.trees.get(effect.tree), effect);
    if (!outcome.ok) throw new Error(`the inventory refused: ${refusalText(outcome.refusal)}`);
    this.trees.set(effect.tree, outcome.tree);
    const states = this.#treeStates.get(effect.tree) ?? [];
    this.#treeStates.set(effect.tree, states);
    const { at, order, changes } = effect;
    const isCompletion = changes.some((change) => change.type === 'EndOrder' && change.outcome === 'completed');
    states.push({ tree: outcome.tree, at, ...(isCompletion ? { completed: order } : {}) });
  }
}
