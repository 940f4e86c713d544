/** Whatever is commanded, in whatever order: nothing is ever in an illegal state, and refusals are those of the reference model. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../support/property-seed.ts';
import { commands } from './commands/happenings.ts';
import { stories, type Told, tell } from './commands/story.ts';

/** Stories of up to a hundred happenings, two in three a command; `RUNS=2000` looks further, `npm run volume` much further. */
const numRuns = Number(process.env.RUNS ?? 300);

describe('random commands', () => {
  const seen = new Map<string, number>();
  let count = 0;

  const remember = ({ counts, commands: told }: Told) => {
    count += told;
    for (const [what, times] of counts) seen.set(what, (seen.get(what) ?? 0) + times);
  };

  it('are taken or refused as the reference model says, and keep every table and every invariant', () => {
    fc.assert(
      fc.property(stories, ([happenings, world]) => remember(tell(happenings, world))),
      { numRuns },
    );
    expect(count).toBeGreaterThan(numRuns * 20);
  }, 120_000);

  it('were nearly all taken at least once, and refused for many reasons; npm run volume wants all', () => {
    const never = commands.filter((command) => !seen.has(`${command} taken`));
    expect(never.length, never.join(', ')).toBeLessThan(5);
    const reasons = new Set([...seen.keys()].map((what) => what.split(' ')[1]));
    expect(reasons.size).toBeGreaterThan(30);
  });
});
