/** Whether the real systems of a world can be used as they are configured: reached, and subscribed to where they report by events. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { RunFinding } from '../../contracts/records/run.ts';
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import type { Target } from '../../engine/index.ts';
import { becomesTrue } from './news.ts';
import type { RealWorld } from './world.ts';

/** Longer keeps everybody waiting for a system that is not there; shorter gives up one that has to fetch a token first. */
const longestWaitMs = 20_000;

/** What keeps the run from being worth its while; nothing when orders can be placed. */
export async function findObstacles(world: RealWorld, targets: readonly Target[]): Promise<RunFinding[]> {
  const subscribed = targets.filter(({ reporting }) => reporting === undefined || reporting === 'events');
  const answers = () => subscribed.map((target) => [target, subscriptionTo(target, world)] as const);
  const { kernel, news } = world;
  await becomesTrue(() => answers().every(([, exchange]) => exchange !== undefined), {
    kernel,
    news,
    patienceMs: longestWaitMs,
  });
  return answers().flatMap(([target, exchange]) => {
    const message = obstacle(target, exchange);
    return message === undefined ? [] : [{ check: 'system' as const, message, ...about(exchange) }];
  });
}

function subscriptionTo({ name }: Target, { journal }: RealWorld): ExchangeRecord | undefined {
  for (const record of journal.records) {
    if (record.kind === 'exchange' && record.to === name && record.request.path.endsWith('/hub')) return record;
  }
  return undefined;
}

function obstacle({ name, baseUrl }: Target, exchange: ExchangeRecord | undefined): string | undefined {
  const place = `${name} at ${baseUrl}`;
  if (exchange === undefined) {
    return `nothing could be sent to ${place} within ${textOfDurationMs(longestWaitMs)}. Are its credentials right, and is the place where it gives out tokens reached?`;
  }
  const { outcome } = exchange;
  if (!('status' in outcome)) {
    const words = { refused: 'cannot be reached', reset: 'breaks the connection', timeout: 'does not answer' }[
      outcome.kind
    ];
    return `${place} ${words}. Is it running, and is this its URL?`;
  }
  // 409: the subscription of a run before is still there.
  if (outcome.status < 300 || outcome.status === 409) return undefined;
  return `${place} answers ${outcome.status} to the subscription to its events. Is this where its API starts? If it reports by itself, or has to be asked, say reporting: callback or reporting: { poll: PT30S } for it in the file of --config.`;
}

function about(exchange: ExchangeRecord | undefined): { exchange?: string } {
  return exchange === undefined ? {} : { exchange: exchange.id };
}
