/** What all recordings of the engine's own requests need: real sockets on a clock that stands, and its subscriptions. */
import { openEventSubscriptions } from '../../../engine/http/event-subscriptions.ts';
import { reachableTarget } from '../../../engine/http/target-client.ts';
import type { Target } from '../../../engine/model/target.ts';
import type { Client } from '../../../exchange/client.ts';
import { fetchClient } from '../../../exchange/fetch.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { FakeHost } from '../../support/fake-host.ts';
import type { Recorder } from './recorder.ts';

export const json = 'application/json;charset=utf-8';

/** One for each decision about a subscription: both end the asking. */
export const subscriptions = [
  { description: 'a subscription to its events', state: 'nobody has subscribed', status: 201 },
  { description: 'a subscription that is there already', state: 'the order management has subscribed', status: 409 },
] as const;

/** Promises become results one after another, so that one failure leaves the other recordings alone. */
export async function settledResult<Value>(promise: Promise<Value>): Promise<PromiseSettledResult<Value>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

/** What takes how long decides nothing. */
export function standingKernel(host = new FakeHost()): SystemKernel {
  return new SystemKernel({
    seed: 'pact',
    host,
    onFault: (fault) => {
      throw fault;
    },
  });
}

/**
 * Gives how many requests were made until two minutes after the answer.
 * @param base where the API starts, on both sides.
 */
export async function recordSubscription(
  recorder: Recorder,
  { description, state, status }: (typeof subscriptions)[number],
  { base, ...target }: Pick<Target, 'name' | 'dialect'> & { readonly base: string },
): Promise<number | undefined> {
  const publicUrl = 'http://om.example';
  const callback = `${publicUrl}${base}`;
  return recorder
    .one()
    .addInteraction()
    .given(state, { callback })
    .uponReceiving(description)
    .withRequest('POST', `${base}/hub`, (request) => {
      request.headers({ 'Content-Type': json }).jsonBody({ callback });
    })
    .willRespondWith(status)
    .executeTest(async ({ url }) => {
      const host = new FakeHost();
      const kernel = standingKernel(host);
      const counted = countingClient(fetchClient(kernel));
      const reached = reachableTarget({ ...target, baseUrl: `${url}${base}` }, { kernel, client: counted.client });
      openEventSubscriptions({ kernel, targets: [reached], publicUrl }).start();
      await host.pass(0);
      await counted.answered;
      await host.pass(120_000);
      return counted.count();
    });
}

function countingClient(client: Client): { client: Client; count(): number; answered: Promise<void> } {
  let count = 0;
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const send: Client['send'] = async (request, options) => {
    count += 1;
    const outcome = await client.send(request, options);
    resolve();
    return outcome;
  };
  return { client: { send }, count: () => count, answered };
}
