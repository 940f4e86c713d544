/** Holds the end of a run against what the scenario says of it. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { RunFinding } from '../contracts/records/run.ts';
import { textOfDurationMs } from '../contracts/schemas/text.ts';
import { unlike } from './pattern.ts';
import type { ExpectedExchanges, ExpectedOutcome } from './step.ts';
import { inventoryView, orderViews, productView } from './views.ts';
import type { Driven } from './world.ts';

/** @param at where in the scenario it says what is expected. */
export async function checkOutcome(
  world: Driven,
  expected: ExpectedOutcome,
  names: ReadonlyMap<string, string>,
  at = '/then',
): Promise<RunFinding[]> {
  const views = await orderViews(world, names);
  return [
    ...unlike(expected.orders ?? {}, views, `${at}/orders`).map(asExpectation),
    ...checkInventories(world, expected.inventories ?? {}, `${at}/inventories`),
    ...(await checkProducts(world, expected.products, `${at}/products`)),
    ...checkEvents(world, expected.events, `${at}/events`),
    ...(expected.exchanges ?? []).flatMap((kind, index) => checkExchanges(world, kind, `${at}/exchanges/${index}`)),
    ...checkEnd(world, expected.within, `${at}/within`),
  ];
}

function checkInventories(
  { inventories }: Driven,
  expected: NonNullable<ExpectedOutcome['inventories']>,
  at: string,
): RunFinding[] {
  const views = [...inventories].map(([name, inventory]) => [name, inventoryView(inventory)]);
  return unlike(expected, Object.fromEntries(views), at).map(asExpectation);
}

async function checkProducts(world: Driven, expected: unknown, at: string): Promise<RunFinding[]> {
  if (expected === undefined) return [];
  return unlike(expected, await productView(world), at).map(asExpectation);
}

function checkEvents({ listener }: Driven, expected: readonly string[] | undefined, pointer: string): RunFinding[] {
  if (expected === undefined) return [];
  const heard = listener.heard.map(({ eventType, state }) => `${eventType} ${state}`);
  if (JSON.stringify(heard) === JSON.stringify(expected)) return [];
  const message = `expected the events\n    ${expected.join('\n    ')}\n  got\n    ${heard.join('\n    ') || 'none'}`;
  return [{ check: 'expectation', message, pointer }];
}

function checkExchanges({ journal }: Driven, kind: ExpectedExchanges, pointer: string): RunFinding[] {
  const found = journal.records.filter((record) => record.kind === 'exchange' && isOfKind(record, kind));
  if (found.length === kind.count) return [];
  const { count, ...description } = kind;
  const message = `expected ${count} exchanges like ${JSON.stringify(description)}, got ${found.length}`;
  return [{ check: 'expectation', message, pointer }];
}

function isOfKind({ from, to, request, outcome }: ExchangeRecord, kind: ExpectedExchanges): boolean {
  const came = 'status' in outcome && outcome.kind === 'answered' ? outcome.status : outcome.kind;
  return (
    (kind.from === undefined || kind.from === from) &&
    (kind.to === undefined || kind.to === to) &&
    (kind.method === undefined || kind.method === request.method) &&
    (kind.path === undefined || request.path.endsWith(kind.path)) &&
    (kind.outcome === undefined || kind.outcome === came)
  );
}

/** The last thing that happened must have happened in time. */
function checkEnd({ journal }: Driven, within: number | undefined, pointer: string): RunFinding[] {
  const instants = journal.records.map((record) => (record.kind === 'exchange' ? record.endedAt : record.at));
  const [first] = instants;
  const last = instants.at(-1);
  if (within === undefined || first === undefined || last === undefined || last - first <= within) return [];
  const message = `expected everything to be over within ${textOfDurationMs(within)}, it took ${textOfDurationMs(last - first)}`;
  return [{ check: 'expectation', message, pointer }];
}

function asExpectation(difference: Omit<RunFinding, 'check'>): RunFinding {
  return { check: 'expectation', ...difference };
}
