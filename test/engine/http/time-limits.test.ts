/** How long an answer is waited for: what the policy row says, else what the target says, else half a minute. */
import { expect, it } from 'vitest';
import { limitsOf, reachableTarget } from '../../../engine/http/target-client.ts';
import type { Client } from '../../../exchange/client.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { policiesOf, sentOrder } from '../../support/orders.ts';

const silent: Client = { send: async () => ({ kind: 'reset' }) };

function waited(row: object, ofTarget: object): number {
  const then = { outboundEnabled: true, targetSystem: 'som', ...row };
  const policies = policiesOf({ policies: 'p', approval: 'manual', outbound: { rows: [{ name: 'all', then }] } });
  const { timeoutMs } = sentOrder(policies).effect('SendOutboundRequest');
  const target = { name: 'som', baseUrl: 'http://som.test', ...ofTarget };
  const reached = reachableTarget(target, { kernel: virtualKernel({ seed: '1' }), client: silent });
  return limitsOf(reached, timeoutMs).timeoutMs;
}

it.each([
  [{}, {}, 30_000],
  [{}, { requestTimeoutMs: 7_000 }, 7_000],
  [{ requestTimeout: 'PT5S' }, { requestTimeoutMs: 7_000 }, 5_000],
  [{ requestTimeout: 'PT5S' }, {}, 5_000],
])('policy row %j, target %j: %i ms', (row, target, expected) => {
  expect(waited(row, target)).toBe(expected);
});
