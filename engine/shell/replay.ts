/** Takes the steps of a journal again: the same order comes out, byte for byte, whatever was edited meanwhile. */
import { step } from '../core/step.ts';
import type { CustomerOrder } from '../model/order.ts';
import { refusalText } from '../model/refusals.ts';
import { editionsOf } from './editions.ts';
import type { OrderStore } from './store.ts';

/** `undefined` when the store has no such order. Throws when a step that was taken is now refused: the journal is broken. */
export async function replay(store: OrderStore, orderId: string): Promise<CustomerOrder | undefined> {
  let order: CustomerOrder | undefined;
  for (const { entry, input, versions, numbers } of await store.journal(orderId)) {
    const outcome = step(order, input, { ...(await editionsOf(store, versions)), numbers });
    if (!outcome.ok) throw new Error(`entry ${entry} of order ${orderId} is refused: ${refusalText(outcome.refusal)}`);
    order = outcome.order;
  }
  return order;
}
