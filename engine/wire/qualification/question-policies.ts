/** What the policies of the house mean for a question that is asked without an order. */
import type { Policies } from '../../model/policies.ts';

/**
 * Nobody approves a question: inventory systems are asked as soon as it is there. Nothing is kept for it, since nothing
 * may come of it; and nothing comes into the product inventory.
 */
export function questionPolicies(policies: Policies): Policies {
  return {
    ...policies,
    approval: 'automatic',
    productInventory: false,
    qualification: { ...policies.qualification, start: 'automatic', reserves: false },
  };
}
