/** Runs one scenario, and says what came of it: open the world, drive, let it come to rest, check, record. */
import type { OrderRecord, RunFinding, RunRecord } from '../contracts/records/run.ts';
import { textOfDurationMs, textOfInstant } from '../contracts/schemas/text.ts';
import { KernelFault } from '../kernel/kernel.ts';
import { pacedKernel } from '../kernel/paced-kernel.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { usualStart, virtualKernel } from '../kernel/virtual-kernel.ts';
import { checkOutcome } from './check.ts';
import { driveSteps } from './drive.ts';
import type { Transport } from './network.ts';
import type { Scenario } from './scenario.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export interface RunOptions {
  readonly seed: string;
  readonly transport: Transport;
  /** How fast time passes over sockets; it does not wait by default. */
  readonly speed?: number;
  readonly ports?: WorldOptions['ports'];
  readonly onStep?: WorldOptions['onStep'];
  readonly onExchange?: WorldOptions['onExchange'];
}

/** An order that is still on its way after this time of its own never ends. Longer than any deadline in use. */
const patienceMs = 400 * 24 * 60 * 60 * 1000;

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunRecord> {
  const kernel = kernelFor(scenario, options);
  const world = await openWorld({
    ...options,
    kernel,
    catalogue: scenario.catalogue,
    policies: scenario.policies,
    systems: scenario.systems,
    environment: scenario.environment,
  });
  try {
    const names = new Map<string, string>();
    const findings: RunFinding[] = [];
    try {
      findings.push(...(await driveSteps(world, scenario.steps, names)));
      findings.push(...(await comeToRest(world)));
      findings.push(...(await checkOutcome(world, scenario.then, names)));
    } catch (fault) {
      if (!(fault instanceof KernelFault)) throw fault;
      findings.push({ check: 'bug', message: fault.message });
    }
    return await recordOf(scenario, options, world, names, [...world.findings, ...findings, ...unmatchedCalls(world)]);
  } finally {
    await world.close();
  }
}

function kernelFor(scenario: Scenario, { seed, transport, speed }: RunOptions): TimedKernel {
  const { start } = scenario;
  if (transport !== 'sockets') return virtualKernel({ seed, start });
  return pacedKernel({ seed, start, speed: speed ?? Number.POSITIVE_INFINITY });
}

/** Lets everything happen that is still to happen. */
async function comeToRest({ kernel }: World): Promise<RunFinding[]> {
  const until = kernel.now() + patienceMs;
  await kernel.run(until, () => kernel.waiting === 0);
  if (kernel.waiting === 0) return [];
  const message = `${kernel.waiting} things still wait to happen after ${textOfDurationMs(patienceMs)}`;
  return [{ check: 'unfinished', message }];
}

function unmatchedCalls({ systems }: World): RunFinding[] {
  return [...systems].flatMap(([name, { unmatched }]) =>
    unmatched.map(({ request, nearest, difference }) => ({
      check: 'unmatched-call' as const,
      message: `no behaviour of the ${name} matches ${request}; nearest is "${nearest}" (${difference})`,
    })),
  );
}

async function recordOf(
  scenario: Scenario,
  { seed, transport }: RunOptions,
  world: World,
  names: ReadonlyMap<string, string>,
  findings: readonly RunFinding[],
): Promise<RunRecord> {
  const orders: OrderRecord[] = [];
  for (const [name, id] of names) {
    const order = await world.engine.order(id);
    if (order === undefined) continue;
    const workNotes = order.workNotes.map(({ at, ...note }) => ({ at: textOfInstant(at), ...note }));
    orders.push({ ...order, name, workNotes });
  }
  return {
    tool: 'southbound',
    scenario: scenario.name,
    ...(scenario.about === undefined ? {} : { about: scenario.about }),
    file: scenario.file,
    seed,
    transport,
    startedAt: textOfInstant(scenario.start ?? usualStart),
    endedAt: textOfInstant(world.kernel.now()),
    verdict: findings.length === 0 ? 'passed' : 'failed',
    findings,
    digest: world.journal.digest(),
    parties: world.parties,
    journal: world.journal.records,
    orders,
  };
}
