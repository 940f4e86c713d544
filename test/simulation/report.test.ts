/** The report of what is being provided, held against what has happened: every number counted again from the journals of a storm. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import { type CustomerOrder, memoryStore, type OrderStore, type ReplayedStep } from '../../engine/index.ts';
import { replaySteps } from '../../engine/shell/replay.ts';
import { reportOf } from '../../engine/wire/north/report.ts';
import { runStorm } from '../../scenarios/storm/run-storm.ts';
import '../support/property-seed.ts';

/** What the moves of one domain order say of it. */
interface Trail {
  readonly kind: string;
  state: string;
  startedAt?: number;
  endedAt?: number;
}

const kinds = { PO: 'product', SO: 'service', RO: 'resource', WO: 'work' } as const;

/** Only from what was told of each step: never from what an order says of itself, but for drafts that nothing was told of. */
function trailsOf(history: readonly ReplayedStep[], { domainOrders }: CustomerOrder): Trail[] {
  const trails = new Map<string, Trail>();
  const trailOf = (number: string): Trail => {
    const kind = kinds[number.slice(0, 2) as keyof typeof kinds]; // each number starts with one of them
    const trail = trails.get(number) ?? { kind, state: 'draft' };
    trails.set(number, trail);
    return trail;
  };
  for (const { number } of domainOrders) trailOf(number);
  for (const { entry, story } of history) {
    for (const { thing, number, event, to } of story.moves) {
      if (thing !== 'domainOrder') continue;
      const trail = trailOf(number);
      trail.state = to;
      if (event === 'start') trail.startedAt ??= entry.at;
      // What was closed, and is undone or done again, has been closed before.
      const isAfterwards = event === 'undone' || event === 'redone';
      if ((to === 'closed_complete' || to === 'canceled') && !isAfterwards) trail.endedAt = entry.at;
    }
  }
  return [...trails.values()];
}

function figuresOf(trails: readonly Trail[]): object {
  const states: { [state: string]: number } = {};
  for (const { state } of trails) states[state] = (states[state] ?? 0) + 1;
  const durationsMs = trails
    .filter(({ state, startedAt }) => state === 'closed_complete' && startedAt !== undefined)
    .map(({ startedAt = 0, endedAt = 0 }) => endedAt - startedAt);
  const mean = Math.round(durationsMs.reduce((sum, each) => sum + each, 0) / durationsMs.length);
  const durations = {
    count: durationsMs.length,
    shortest: textOfDurationMs(Math.min(...durationsMs)),
    mean: textOfDurationMs(mean),
    longest: textOfDurationMs(Math.max(...durationsMs)),
  };
  return { count: trails.length, states, ...(durationsMs.length === 0 ? {} : { durations }) };
}

async function everyOrderIn(store: OrderStore): Promise<CustomerOrder[]> {
  const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
  const products = await store.list({ category: 'Product', ...all });
  const services = await store.list({ category: 'Service', ...all });
  return [...products.orders, ...services.orders];
}

describe('the report on a storm', () => {
  it('counts what has happened, and nothing else', async () => {
    const counted = { closed: 0, canceled: 0, kinds: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(fc.nat(9_999), async (storm) => {
        const store = memoryStore();
        await runStorm(String(storm), { parts: { store } });
        const orders = await everyOrderIn(store);
        const histories = await Promise.all(orders.map(({ id }) => replaySteps(store, id)));
        const trails = orders.flatMap((order, index) => trailsOf(histories[index] ?? [], order));
        const report = reportOf(orders, {}, 0);
        expect(report.orders).toBe(orders.length);
        for (const { kind, figures } of report.kinds) {
          const { fallouts: _notMoved, ...moved } = figures;
          expect(moved, `${kind} orders of storm ${storm}`).toEqual(
            figuresOf(trails.filter((trail) => trail.kind === kind)),
          );
          counted.closed += figures.states.closed_complete ?? 0;
          counted.canceled += figures.states.canceled ?? 0;
          if (figures.count > 0) counted.kinds.add(kind);
        }
      }),
      { numRuns: 12 },
    );
    // Storms in which nothing came to an end would prove little.
    expect([counted.closed > 20, counted.canceled > 0, counted.kinds.size >= 3]).toEqual([true, true, true]);
  });
});
