/** The engine as a subscriber: it registers at the hub of each target that reports by events, until that succeeds. */
import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import type { Kernel, WorkItem } from '../../kernel/kernel.ts';
import { reportingOf } from '../model/target.ts';
import type { ReachableTarget } from './target-client.ts';

const address = 'engine.subscribe';
const answerTimeoutMs = 10_000;
/** Between attempts: a target that starts a little later than the engine is found soon, and one that stays away costs little. */
const retryMs = { first: 1_000, longest: 60_000 };

export function openEventSubscriptions(options: {
  kernel: Kernel;
  targets: readonly ReachableTarget[];
  publicUrl: string;
}): { start(): void } {
  const { kernel, targets, publicUrl } = options;
  kernel.handle(address, ({ id, data }) => {
    const { target, waitMs } = data as { target: string; waitMs: number }; // scheduled by `attempt`
    kernel.call(id, () => subscribe(target, waitMs));
  });
  return {
    start: () => {
      for (const { target } of targets) if (reportingOf(target) === 'events') attempt(target.name, 0, 0);
    },
  };

  function attempt(target: string, afterMs: number, waitMs: number): void {
    const due = kernel.now() + afterMs;
    kernel.schedule({ id: `${address}/${target}`, to: address, due, data: { target, waitMs } } satisfies WorkItem);
  }

  async function subscribe(name: string, waitMs: number): Promise<void> {
    const reached = targets.find(({ target }) => target.name === name);
    const hub = reached?.dialect.hub;
    if (reached === undefined || hub === undefined) return;
    const { outcome } = await reached.send(
      {
        method: 'POST',
        url: `${reached.target.baseUrl}${hub.path}`,
        headers: { 'content-type': jsonMediaType },
        body: jsonBody({ callback: `${publicUrl}${hub.callback}` }),
      },
      { timeoutMs: reached.target.requestTimeoutMs ?? answerTimeoutMs },
    );
    // 409: the subscription of an earlier start is still there.
    if (outcome.kind === 'answered' && (outcome.response.status < 300 || outcome.response.status === 409)) return;
    const next = Math.min(Math.max(2 * waitMs, retryMs.first), retryMs.longest);
    attempt(name, next, next);
  }
}
