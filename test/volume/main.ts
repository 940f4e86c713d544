/** `npm run volume`: checks that need many orders, whole or, with `--tenth`, at a tenth. One line for each. */
import { parseArgs } from 'node:util';
import { callbackLaws } from './callbacks.ts';
import { legalTraffic } from './legal-traffic.ts';
import { randomCommands } from './random-commands.ts';
import { simulatorMemory } from './simulator-memory.ts';

export interface VolumeCheck {
  readonly ok: boolean;
  /** What was measured. */
  readonly figures: string;
}

const checks: { readonly [name: string]: (scale: number) => Promise<VolumeCheck> } = {
  'memory of the simulator returns to its base': simulatorMemory,
  'callbacks over HTTP are neither lost nor applied twice': callbackLaws,
  'legal traffic is not blamed by any rule of verify': legalTraffic,
  'random commands keep every table and every invariant': randomCommands,
};

const { values } = parseArgs({ options: { tenth: { type: 'boolean', default: false } } });
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const { ok, figures } = await check(values.tenth ? 0.1 : 1);
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok' : 'not ok'} - ${name}: ${figures}`);
}
process.exitCode = failed === 0 ? 0 : 1;
