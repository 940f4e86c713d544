/** What the records of a service order and of a hierarchy say: every mix of states, and only the latest that counts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { externalFulfillmentStates, hierarchyFulfillmentStates } from '../../../engine/model/external-state.ts';
import type { OutboundRequest } from '../../../engine/model/order.ts';
import { outboundRequestStates } from '../../../engine/model/state-tables.ts';

type State = OutboundRequest['state'];

const record = (serviceOrder: string, requestId: string, state: State): OutboundRequest => ({
  number: 'FO0000001',
  state,
  serviceOrder,
  root: 'top',
  requestId,
  operation: 'create',
  revision: 1,
  hierarchical: true,
  target: 'som',
  attempts: 1,
  terms: {
    maxRetries: 0,
    retryDelayMs: 0,
    retryJitter: 0,
    fulfillmentTimeoutMs: 0,
    falloutType: 'x',
    dispatchFailure: 'markFailed',
    incompleteAnswer: 'accept',
    revisePayload: 'full',
  },
  createdAt: 0,
});

const ofTop = (...states: State[]) =>
  hierarchyFulfillmentStates(states.map((state, place) => record(`s${place}`, 'r', state))).get('top');

describe('the state of a hierarchy', () => {
  const everyMix = outboundRequestStates.flatMap((one) =>
    outboundRequestStates.flatMap((other) => outboundRequestStates.map((third) => [one, other, third] as const)),
  );

  it.each(everyMix)('of %s, %s and %s', (...states) => {
    const live = states.filter((state) => state !== 'failed');
    const expected = () => {
      if (live.length === 0) return undefined;
      if (live.includes('error')) return 'error';
      if (live.every((state) => state === 'fulfilled')) return 'fulfilled';
      return live.every((state) => state === 'not_applicable') ? 'none' : 'pending';
    };
    expect(ofTop(...states)).toBe(expected());
  });

  it('is that of the latest request of its top', () => {
    const requests = [record('a', 'old', 'error'), record('top', 'new', 'pending'), record('a', 'new', 'fulfilled')];
    expect(hierarchyFulfillmentStates(requests).get('top')).toBe('pending');
  });
});

describe('the state of a service order', () => {
  it('is that of its latest record that was not discarded', () => {
    const states = fc.array(fc.constantFrom(...outboundRequestStates));
    fc.assert(
      fc.property(states, (all) => {
        const latest = all.findLast((state) => state !== 'failed');
        const expected = latest === 'not_applicable' ? 'none' : latest;
        const requests = all.map((state, place) => record('a', `r${place}`, state));
        expect(externalFulfillmentStates(requests).get('a')).toBe(expected);
      }),
    );
  });
});
