/** What is said beside a question may change at any time; what is asked, and what was found, stays. */
import { describe, expect, it } from 'vitest';
import { captureOf, Life } from '../../../support/orders.ts';
import { approvedQuestion, askedQuestion, askingPolicies } from '../../../support/questions.ts';

const amendment = {
  type: 'AmendQuestion',
  externalId: 'CRM-2',
  parties: [{ id: 'cust-2', referredType: 'Customer' }],
  kept: { note: 'new' },
} as const;

describe('a question', () => {
  it.each([
    ['is approved', approvedQuestion],
    ['is asked', askedQuestion],
  ])('that %s is amended: what is not said any more is gone, and all else is as it was', (_when, begun) => {
    const life = begun();
    const before = life.order;
    const after = life.then(amendment);
    const { externalId, description, parties, kept, entries, ...others } = after;
    expect([externalId, description, parties, kept]).toEqual(['CRM-2', undefined, amendment.parties, amendment.kept]);
    expect(entries).toBe((before?.entries ?? 0) + 1);
    expect(before).toMatchObject(others);
    expect(life.effects).toEqual([]);
  });

  it('is what can be amended: an order that is to be delivered is not', () => {
    const life = new Life(askingPolicies);
    const { id: orderId } = life.take(captureOf());
    expect(life.try({ ...amendment, at: 0, orderId })).toMatchObject({
      ok: false,
      refusal: { code: 'orderAsksNothing' },
    });
  });
});
