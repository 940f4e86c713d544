/** How `run` runs a scenario: in virtual time, over sockets, or in real time with real systems. */
import type { RunRecord } from '../contracts/records/run.ts';
import { textOfDurationMs } from '../contracts/schemas/text.ts';
import { freshSeed } from '../kernel/chance.ts';
import { SystemKernel } from '../kernel/system-kernel.ts';
import { openPort, type Port } from '../scenarios/real/port.ts';
import { runForReal } from '../scenarios/real/run.ts';
import { runScenario } from '../scenarios/run.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { RealSystems } from './real-systems.ts';
import { portTaken } from './terminal.ts';

export interface Runner {
  /** What is said before the first verdict. */
  readonly introduction: string;
  /** True when the same seed gives the same digest. */
  readonly isRepeatable: boolean;
  run(scenario: Scenario): Promise<RunRecord>;
  close(): Promise<void>;
}

const usualSeed = '1';

export function simulatingRunner({ seed = usualSeed, live }: { seed?: string; live?: boolean }): Runner {
  const transport = live === true ? 'sockets' : 'direct';
  return {
    introduction: `seed ${seed}, ${transport === 'direct' ? 'in virtual time' : 'over sockets'}`,
    isRepeatable: true,
    run: (scenario) => runScenario(scenario, { seed, transport }),
    close: async () => {},
  };
}

/** By default a new seed each time: a real system that sees a Request ID again takes it for the same order. */
export async function realRunner({ seed = freshSeed() }: { seed?: string }, systems: RealSystems): Promise<Runner> {
  const { targets, patienceMs } = systems;
  const kernel = new SystemKernel({ seed, onFault: (fault) => console.error(fault) });
  const port: Port = await openPort(kernel, systems.port).catch((failure: unknown) => {
    throw portTaken(failure, '--listen <host:port>');
  });
  const places = targets.map(({ name, baseUrl }) => `\n  ${name} is real, at ${baseUrl}`);
  return {
    introduction: `seed ${seed}, in real time, with a patience of ${textOfDurationMs(patienceMs)}${places.join('')}\n  it reaches the order management at ${port.url}`,
    isRepeatable: false,
    run: (scenario) => runForReal(scenario, { seed, targets, port, patienceMs }),
    close: async () => {
      kernel.close();
      await port.close();
    },
  };
}
