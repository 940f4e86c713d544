/** An order that stands as New is approved by itself, where the policy says so. */
import type { Draft } from '../draft.ts';

export function standsAsNew(draft: Draft): void {
  if (draft.facts.policies.approval !== 'automatic') return;
  draft.effect({ type: 'SubmitInput', input: { type: 'ApproveOrder', orderId: draft.header.id } });
}
