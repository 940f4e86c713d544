/** Runs one scenario, and says what came of it: open the world, drive, let it come to rest, check, record. */
import type { OrderRecord, RunFinding, RunRecord } from '../contracts/records/run.ts';
import type { Weather } from '../contracts/records/weather.ts';
import { textOfDurationMs, textOfInstant } from '../contracts/schemas/text.ts';
import { KernelFault } from '../kernel/kernel.ts';
import { pacedKernel } from '../kernel/paced-kernel.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { usualStart, virtualKernel } from '../kernel/virtual-kernel.ts';
import { checkOutcome } from './check.ts';
import { namesOf } from './counterparties.ts';
import { driveSteps } from './drive.ts';
import { evidenceOf } from './laws/evidence.ts';
import { checkLaws } from './laws/laws.ts';
import type { Transport } from './network.ts';
import type { Scenario } from './scenario.ts';
import { southboundLinks, weatherOf } from './weather/weather.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export interface RunOptions {
  readonly seed: string;
  readonly transport: Transport;
  /** How fast time passes over sockets; it does not wait by default. */
  readonly speed?: number;
  readonly ports?: WorldOptions['ports'];
  /** Other parts for the order management than the usual ones. */
  readonly parts?: WorldOptions['parts'];
  readonly onStep?: WorldOptions['onStep'];
  readonly onExchange?: WorldOptions['onExchange'];
}

/** An order that is still on its way after this time of its own never ends. Longer than any deadline in use. */
const patienceMs = 400 * 24 * 60 * 60 * 1000;

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunRecord> {
  const kernel = kernelFor(scenario, options);
  const weather = weatherIn(scenario, kernel);
  const world = await openWorld({
    ...options,
    kernel,
    catalogue: scenario.catalogue,
    policies: scenario.policies,
    systems: scenario.systems,
    inventories: scenario.inventories,
    environment: scenario.environment,
    listensTo: scenario.listensTo,
    weather,
  });
  try {
    const names = new Map<string, string>();
    const findings: RunFinding[] = [];
    try {
      findings.push(...(await driveSteps(world, scenario.steps, names)));
      findings.push(...(await comeToRest(world)));
      findings.push(...(await checkOutcome(world, scenario.then, names)));
      findings.push(...checkLaws(await evidenceOf(world, kernel.waiting === 0)));
    } catch (fault) {
      if (!(fault instanceof KernelFault)) throw fault;
      findings.push({ check: 'bug', message: fault.message });
    }
    return await recordOf({ scenario, options, world, names, weather }, [
      ...world.findings,
      ...findings,
      ...unmatchedCalls(world),
    ]);
  } finally {
    await world.close();
  }
}

function kernelFor(scenario: Scenario, { seed, transport, speed }: RunOptions): TimedKernel {
  const { start } = scenario;
  if (transport !== 'sockets') return virtualKernel({ seed, start });
  return pacedKernel({ seed, start, speed: speed ?? Number.POSITIVE_INFINITY });
}

/** Weather in a file is drawn from a stream of its own, so that it disturbs nothing else. */
function weatherIn(scenario: Scenario, kernel: TimedKernel): Weather | undefined {
  const { forecast } = scenario;
  if (forecast === undefined) return undefined;
  return weatherOf(forecast, kernel.chance('weather'), southboundLinks(namesOf(scenario)));
}

/**
 * Lets everything happen that is still to happen.
 * @param mostItems how many items of the kernel the whole run may take; no limit but the kernel's by default.
 */
export async function comeToRest({ kernel }: World, mostItems = Number.POSITIVE_INFINITY): Promise<RunFinding[]> {
  const until = kernel.now() + patienceMs;
  await kernel.run(until, () => kernel.waiting === 0 || kernel.itemsRun >= mostItems);
  if (kernel.waiting === 0) return [];
  const after = kernel.itemsRun >= mostItems ? `${mostItems} items` : textOfDurationMs(patienceMs);
  return [{ check: 'unfinished', message: `${kernel.waiting} things still wait to happen after ${after}` }];
}

export function unmatchedCalls({ systems }: Pick<World, 'systems'>): RunFinding[] {
  return [...systems].flatMap(([name, { unmatched }]) =>
    unmatched.map(({ request, nearest, difference }) => ({
      check: 'unmatched-call' as const,
      message: `no behaviour of the ${name} matches ${request}; nearest is "${nearest}" (${difference})`,
    })),
  );
}

/** What of a run its record is made of. */
export interface Ran {
  readonly scenario: Pick<Scenario, 'name' | 'about' | 'file' | 'start'>;
  readonly options: Pick<RunOptions, 'seed' | 'transport'>;
  readonly world: World;
  /** By its name, the id of each order. */
  readonly names: ReadonlyMap<string, string>;
  readonly weather?: Weather | undefined;
}

export async function recordOf(ran: Ran, findings: readonly RunFinding[]): Promise<RunRecord> {
  const { scenario, options, world, names, weather } = ran;
  return {
    tool: 'southbound',
    scenario: scenario.name,
    ...(scenario.about === undefined ? {} : { about: scenario.about }),
    file: scenario.file,
    seed: options.seed,
    ...(weather === undefined ? {} : { weather }),
    transport: options.transport,
    startedAt: textOfInstant(scenario.start ?? usualStart),
    endedAt: textOfInstant(world.kernel.now()),
    verdict: findings.length === 0 ? 'passed' : 'failed',
    findings,
    digest: world.journal.digest(),
    parties: world.parties,
    journal: world.journal.records,
    orders: await orderRecords(world, names),
  };
}

/** @param names by its name, the id of each order. */
export async function orderRecords(
  { engine }: Pick<World, 'engine'>,
  names: ReadonlyMap<string, string>,
): Promise<OrderRecord[]> {
  const orders: OrderRecord[] = [];
  for (const [name, id] of names) {
    const order = await engine.order(id);
    if (order === undefined) continue;
    const workNotes = order.workNotes.map(({ at, ...note }) => ({ at: textOfInstant(at), ...note }));
    orders.push({ ...order, name, workNotes });
  }
  return orders;
}
