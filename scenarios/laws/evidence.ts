/** What laws are held against: every order of a world with its history, and what the order management has left undone. */
import type { CustomerOrder, PendingEffect, ReplayedStep } from '../../engine/index.ts';
import type { World } from '../world.ts';

export interface Evidence {
  readonly orders: readonly OrderEvidence[];
  /** Effects that were stored and have not come to an end. */
  readonly undone: readonly PendingEffect[];
  /** False: something was still to happen when patience was over. Laws of the end say nothing then. */
  readonly atRest: boolean;
}

export interface OrderEvidence {
  /** As the store has it. */
  readonly order: CustomerOrder;
  /** As its journal has it: every step taken again. */
  readonly history: readonly ReplayedStep[];
  /** Why there is no history. */
  readonly broken?: string;
}

/** Complaints; none when the law is kept. */
export type Check = (evidence: Evidence) => readonly string[];

/** @param atRest whether nothing more will happen, as far as anybody knows. */
export async function evidenceOf({ engine }: Pick<World, 'engine'>, atRest = true): Promise<Evidence> {
  const orders: OrderEvidence[] = [];
  for (const category of ['Product', 'Service'] as const) {
    const { orders: kept } = await engine.store.list({ category, offset: 0, limit: Number.MAX_SAFE_INTEGER });
    for (const order of kept) {
      try {
        orders.push({ order, history: await engine.history(order.id) });
      } catch (failure) {
        orders.push({ order, history: [], broken: failure instanceof Error ? failure.message : String(failure) });
      }
    }
  }
  return { orders, undone: await engine.store.pendingEffects(), atRest };
}
