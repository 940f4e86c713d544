/**
 * The engine as a subscriber: it registers at the hub of each target that reports by events, until that succeeds; and
 * takes its leave, for whoever does not come back.
 */
import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import type { Kernel, WorkItem } from '../../kernel/kernel.ts';
import { reportingOf } from '../model/target.ts';
import type { ReachableTarget } from './target-client.ts';

const address = 'engine.subscribe';
const answerTimeoutMs = 10_000;
/** Between attempts: a target that starts a little later than the engine is found soon, and one that stays away costs little. */
const retryMs = { first: 1_000, longest: 60_000 };

export interface EventSubscriptions {
  start(): void;
  /** Ends the subscriptions that were made since the start. What becomes of it is not told: nobody can do anything about it. */
  stop(): Promise<void>;
  /** Attempts no more. The subscriptions that there are stay. */
  abandon(): void;
}

export function openEventSubscriptions(options: {
  kernel: Kernel;
  targets: readonly ReachableTarget[];
  publicUrl: string;
}): EventSubscriptions {
  const { kernel, targets, publicUrl } = options;
  /** By target, the id of the subscription there. */
  const subscribed = new Map<string, string>();
  kernel.handle(address, ({ id, data }) => {
    const { target, waitMs } = data as { target: string; waitMs: number }; // scheduled by `attempt`
    kernel.call(id, () => subscribe(target, waitMs));
  });
  return {
    start: () => {
      for (const { target } of targets) if (reportingOf(target) === 'events') attempt(target.name, 0, 0);
    },
    abandon: () => kernel.forget(address),
    stop: async () => {
      await Promise.all([...subscribed].map(([name, id]) => unsubscribe(name, id)));
    },
  };

  function attempt(target: string, afterMs: number, waitMs: number): void {
    const due = kernel.now() + afterMs;
    kernel.schedule({ id: `${address}/${target}`, to: address, due, data: { target, waitMs } } satisfies WorkItem);
  }

  async function subscribe(name: string, waitMs: number): Promise<void> {
    const [reached, hub] = hubOf(name, targets);
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
    const id = outcome.kind === 'answered' ? idIn(outcome.response.body?.json) : undefined;
    if (id !== undefined) subscribed.set(name, id);
    // 409: the subscription of an earlier start is still there.
    if (outcome.kind === 'answered' && (outcome.response.status < 300 || outcome.response.status === 409)) return;
    const next = Math.min(Math.max(2 * waitMs, retryMs.first), retryMs.longest);
    attempt(name, next, next);
  }
  function unsubscribe(name: string, id: string): Promise<void> {
    subscribed.delete(name);
    const [reached, hub] = hubOf(name, targets);
    if (reached === undefined || hub === undefined) return Promise.resolve();
    const url = `${reached.target.baseUrl}${hub.path}/${encodeURIComponent(id)}`;
    const limits = { timeoutMs: reached.target.requestTimeoutMs ?? answerTimeoutMs };
    return new Promise((resolve, reject) => {
      const end = () => reached.send({ method: 'DELETE', url, headers: {} }, limits).then(() => resolve(), reject);
      kernel.call(`${address}/${name}/end`, end);
    });
  }
}

function hubOf(
  name: string,
  targets: readonly ReachableTarget[],
): [ReachableTarget?, ReachableTarget['dialect']['hub']?] {
  const reached = targets.find(({ target }) => target.name === name);
  return reached === undefined ? [] : [reached, reached.dialect.hub];
}

function idIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('id' in body)) return undefined;
  return typeof body.id === 'string' && body.id !== '' ? body.id : undefined;
}
