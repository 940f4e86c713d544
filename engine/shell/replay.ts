/** Takes the steps of a journal again: the same order comes out, byte for byte, whatever was edited meanwhile. */
import { step } from '../core/step.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { Outcome } from '../model/outcome.ts';
import { refusalText } from '../model/refusals.ts';
import { editionsOf } from './editions.ts';
import { inventoryAsItWas, withInventory } from './inventory.ts';
import type { JournalEntry, OrderStore } from './store.ts';

/** `undefined` when the store has no such order. Throws when a step that was taken is now refused: the journal is broken. */
export async function replay(store: OrderStore, orderId: string): Promise<CustomerOrder | undefined> {
  return (await replaySteps(store, orderId)).at(-1)?.order;
}

/** A step of a journal, taken again. */
export interface ReplayedStep extends Pick<Extract<Outcome, { ok: true }>, 'order' | 'effects' | 'story'> {
  readonly entry: JournalEntry;
  readonly before: CustomerOrder | undefined;
  /** What comes of the same report once more, right after it. */
  readonly repeated?: Outcome;
}

/** @param take the step that the engine on this store takes. */
export async function replaySteps(store: OrderStore, orderId: string, take = step): Promise<ReplayedStep[]> {
  const steps: ReplayedStep[] = [];
  let before: CustomerOrder | undefined;
  for (const entry of await store.journal(orderId)) {
    const { input, versions, numbers } = entry;
    const facts = withInventory(
      await editionsOf(store, versions),
      numbers,
      await inventoryAsItWas(store.inventory, versions),
    );
    const outcome = take(before, input, facts);
    if (!outcome.ok) {
      throw new Error(`entry ${entry.entry} of order ${orderId} is refused: ${refusalText(outcome.refusal)}`);
    }
    const { order, effects, story } = outcome;
    const again = input.type === 'ReportFulfillment' ? { repeated: take(order, input, facts) } : {};
    steps.push({ entry, before, order, effects, story, ...again });
    before = order;
  }
  return steps;
}
