/** Runs one scenario with real systems in it, in real time: is it applicable, open, drive, wait, check, record. */
import type { RunFinding, RunRecord } from '../../contracts/records/run.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import type { Target } from '../../engine/index.ts';
import { withoutSecrets } from '../../exchange/redact.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { checkOutcome } from '../check.ts';
import { driveSteps } from '../drive.ts';
import { RunJournal } from '../journal.ts';
import { evidenceOf } from '../laws/evidence.ts';
import { checkLaws } from '../laws/laws.ts';
import { orderRecords, unmatchedCalls } from '../run.ts';
import type { Scenario } from '../scenario.ts';
import { reasonsAgainst } from './applicable.ts';
import type { Port } from './port.ts';
import { findObstacles } from './readiness.ts';
import { comeToRest, findUnfinished, isUnderWay } from './rest.ts';
import { openRealWorld, type RealWorld } from './world.ts';

export interface RealRunOptions {
  /** Ids are drawn from it. What a real system has seen before it may take for a repetition. */
  readonly seed: string;
  readonly targets: readonly Target[];
  readonly port: Port;
  readonly patienceMs: number;
}

export async function runForReal(scenario: Scenario, options: RealRunOptions): Promise<RunRecord> {
  const { seed, targets, port, patienceMs } = options;
  const bugs: RunFinding[] = [];
  const onFault = ({ message }: Error) => bugs.push({ check: 'bug', message });
  // Each scenario has ids of its own: to a real system, the same Request ID is the same order.
  const kernel = new SystemKernel({ seed: `${seed} ${scenario.file}`, onFault });
  const startedAt = textOfInstant(kernel.now());
  const names = targets.map(({ name }) => name);
  const reasons = reasonsAgainst(scenario, names, patienceMs);
  if (reasons.length > 0) return notApplicable(scenario, options, reasons, startedAt);
  const world = await openRealWorld({ kernel, scenario, targets, port });
  try {
    const orders = new Map<string, string>();
    const findings = await findingsOf(world, scenario, orders, options);
    await world.engine.stop();
    const all = [...world.witness.findings, ...findings, ...unmatchedCalls(world), ...bugs];
    const record: RunRecord = {
      ...frameOf(scenario, options),
      startedAt,
      endedAt: textOfInstant(kernel.now()),
      verdict: all.length === 0 ? 'passed' : 'failed',
      findings: all,
      digest: world.journal.digest(),
      parties: world.parties,
      journal: world.journal.records,
      orders: await orderRecords(world, orders),
    };
    return withoutAny([...world.witness.secrets], record);
  } finally {
    world.close();
    kernel.close();
  }
}

async function findingsOf(
  world: RealWorld,
  { steps, then }: Scenario,
  orders: Map<string, string>,
  { targets, patienceMs }: RealRunOptions,
): Promise<RunFinding[]> {
  const obstacles = await findObstacles(world, targets);
  if (obstacles.length > 0) return obstacles;
  const unexpected = await driveSteps(world, steps, orders);
  const isAtRest = await comeToRest(world, orders, patienceMs);
  const evidence = await evidenceOf(world, isAtRest);
  return [
    ...unexpected,
    ...(isAtRest ? [] : await findUnfinished(world, orders, patienceMs)),
    ...checkLaws({ ...evidence, undone: evidence.undone.filter(isUnderWay) }),
    ...(await checkOutcome(world, then, orders)),
  ];
}

function frameOf(
  { name, about, file }: Scenario,
  { seed, targets }: RealRunOptions,
): Pick<RunRecord, 'tool' | 'scenario' | 'about' | 'file' | 'seed' | 'transport' | 'realSystems'> {
  return {
    tool: 'southbound',
    scenario: name,
    ...(about === undefined ? {} : { about }),
    file,
    seed,
    transport: 'real',
    realSystems: Object.fromEntries(targets.map((target) => [target.name, target.baseUrl])),
  };
}

function notApplicable(scenario: Scenario, options: RealRunOptions, reasons: readonly string[], at: string): RunRecord {
  return {
    ...frameOf(scenario, options),
    startedAt: at,
    endedAt: at,
    verdict: 'not applicable',
    reasons,
    findings: [],
    digest: new RunJournal({ start: 0, keep: false }).digest(),
    parties: [],
    journal: [],
    orders: [],
  };
}

/** Whatever repeats a credential, in any text of the record, does not get it written down. */
function withoutAny<Content>(secrets: readonly string[], content: Content): Content {
  if (secrets.length === 0) return content;
  const blot = (_key: string, value: unknown) => (typeof value === 'string' ? withoutSecrets(value, secrets) : value);
  return JSON.parse(JSON.stringify(content, blot)) as Content; // plain data, and as it was but for texts
}
