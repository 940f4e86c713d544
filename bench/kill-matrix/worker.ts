/** A thread that verifies the twins that it is told, one after another. */
import { parentPort } from 'node:worker_threads';
import { twins } from '../../contracts/twins/twins.ts';
import { conformant } from '../../contracts/twins/vendor/conformant.ts';
import { pairsOf } from './pairs.ts';
import type { Asked, Told } from './pool.ts';
import { aboutTwin, outcomeOf } from './results.ts';
import { type VerifiedTwin, verifiedTwin } from './verified.ts';

const seed = '1';
let usualPairs: ReadonlySet<string> | undefined;

parentPort?.on('message', async ({ name, withBare, withPairs }: Asked) => {
  const twin = twins.find((other) => other.name === name);
  if (twin === undefined) throw new Error(`there is no twin ${name}`);
  const stated = await verifiedTwin(twin, { seed });
  const bare = withBare ? await verifiedTwin(twin, { seed, withStatement: false }) : undefined;
  const told: Told = {
    result: {
      twin: aboutTwin(twin),
      withStatement: summed(stated),
      ...(bare && { bare: summed(bare) }),
    },
    pairs: withPairs ? await unusualPairs(stated) : [],
  };
  parentPort?.postMessage(told);
});

function summed({ verification, judgement }: VerifiedTwin) {
  return outcomeOf(verification, judgement);
}

/** Of the conformant one all; of any other what the conformant one does not say. */
async function unusualPairs({ twin, verification }: VerifiedTwin) {
  if (twin === conformant) return pairsOf(verification.trace);
  usualPairs ??= new Set(pairsOf((await verifiedTwin(conformant, { seed })).verification.trace).map(({ key }) => key));
  return pairsOf(verification.trace, usualPairs);
}
