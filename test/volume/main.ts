/**
 * `npm run volume`: checks that need many orders or requests, whole or, with `--tenth`, at a tenth. One line for each.
 * `--only TEXT` runs those whose names have that text in them, and `--request NUMBER` one hostile request again.
 */
import { parseArgs } from 'node:util';
import { callbackLaws } from './callbacks.ts';
import { hostileRequests, replayHostile } from './hostile.ts';
import { legalTraffic } from './legal-traffic.ts';
import { listsAtVolume } from './lists.ts';
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
  'a page out of many orders costs at most twice one out of few': listsAtVolume,
  'hostile requests break nothing and leave nothing behind': hostileRequests,
  'random commands keep every table and every invariant': randomCommands,
};

const { values } = parseArgs({
  options: {
    tenth: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    request: { type: 'string' },
  },
});
if (values.request === undefined) await runChecks();
else console.log(await replayHostile(Number(values.request)));

async function runChecks(): Promise<void> {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    if (!name.includes(values.only)) continue;
    const { ok, figures } = await check(values.tenth ? 0.1 : 1);
    if (!ok) failed += 1;
    console.log(`${ok ? 'ok' : 'not ok'} - ${name}: ${figures}`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}
