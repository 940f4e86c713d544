/** A hundred thousand random commands: nothing in an illegal state, no invariant broken, every refusal that of the reference model. */
import fc from 'fast-check';
import { commands } from '../simulation/commands/happenings.ts';
import { stories, tell } from '../simulation/commands/story.ts';
import type { VolumeCheck } from './main.ts';

const wanted = 100_000;

/** Stories taken at a time: fewer would ask more often whether it is enough, more would overshoot. */
const atATime = 100;

export async function randomCommands(scale: number): Promise<VolumeCheck> {
  const counts = new Map<string, number>();
  const began = performance.now();
  let given = 0;
  for (let seed = 1; given < wanted * scale; seed += 1) {
    const property = fc.property(stories, ([happenings, world]) => {
      const told = tell(happenings, world);
      given += told.commands;
      for (const [what, times] of told.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    });
    const result = fc.check(property, { numRuns: atATime, seed });
    if (result.failed)
      return { ok: false, figures: `seed ${seed}: ${result.errorInstance}\n${fc.defaultReportMessage(result)}` };
  }
  const seconds = (performance.now() - began) / 1000;
  // No policy of these worlds raises work orders.
  const possible = commands.filter((command) => command !== 'CreateWorkOrder');
  const never = possible.filter((command) => !counts.has(`${command} taken`));
  const taken = [...counts].reduce((sum, [what, times]) => (what.endsWith(' taken') ? sum + times : sum), 0);
  const figures = [
    `${given} commands in ${seconds.toFixed(1)} s`,
    `${taken} taken, ${given - taken} refused`,
    `${counts.size} different outcomes`,
    ...(never.length === 0 ? [] : [`never taken: ${never.join(', ')}`]),
  ];
  // A tenth is too few for what needs many steps to come about.
  return { ok: never.length === 0 || scale < 1, figures: figures.join('; ') };
}
