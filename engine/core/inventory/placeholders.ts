/** What an order is going to bring gets its place in the inventory before it is there. */
import type { Draft } from '../draft.ts';

/**
 * Gives each domain order that adds something the id of its item. Orders that only ask, and houses that keep no product
 * inventory, bring none; what was given stays, whatever the house decides later.
 */
export function givePlaceholders(draft: Draft): void {
  if (!draft.facts.policies.productInventory || draft.header.fulfillmentType !== 'Deliver') return;
  for (const domainOrder of draft.domainOrders.all) {
    if (domainOrder.kind === 'work' || domainOrder.action !== 'add' || domainOrder.installs !== undefined) continue;
    draft.domainOrders.put({ ...domainOrder, installs: draft.id() });
  }
}
