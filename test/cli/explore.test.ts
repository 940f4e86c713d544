/** `southbound explore` as a process: storms from seeds, the story of one, and what is told of those that fail. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { explore } from '../../cli/explore.ts';
import { runStorm } from '../../scenarios/storm/run-storm.ts';
import { southbound } from '../support/command.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-explore-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('explore', () => {
  it('runs storms, and says what the weather hit', async () => {
    const { code, out } = await southbound(['explore', '--seeds', '20', '--from', '31']);
    expect(code).toBe(0);
    expect(out).toMatch(/^seeds 31 to 50, in virtual time$/m);
    expect(out).toMatch(/^ +order ended +discarded +revising +first attempt/m);
    expect(out).toMatch(/^request lost +\d+/m);
    expect(out).toMatch(/^20 passed, 0 failed$/m);
  });

  it('tells the story of one seed, the same each time, and writes its reports', async () => {
    const out = join(folder, 'report');
    const one = await southbound(['explore', '--seed', '38', '--out', out]);
    const other = await southbound(['explore', '--seed', '38']);
    expect(one.code).toBe(0);
    expect(one.out).toMatch(/^seed 38, a storm of \d+ minutes over om -> som, som -> om/m);
    expect(one.out).toMatch(/ORD0000001 captured/);
    expect(one.out).toMatch(/the weather .*: om -> \w+ POST serviceOrder$/m);
    expect(one.out.startsWith(other.out)).toBe(true);
    const [record] = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).runs;
    expect(record).toMatchObject({
      seed: '38',
      file: 'southbound explore --seed 38',
      weather: { links: expect.any(Array) },
    });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('a storm of');
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('Weather: a storm of');
  });

  it('prints, for each storm that fails, what is wrong and the one command that shows it again', async () => {
    const said: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const out = join(folder, 'failed');
    const plant = plantedBugs['a retry timer is lost'];
    const code = await explore({ seeds: 3, out }, (seed) => runStorm(seed, plant?.(seed)));
    write.mockRestore();
    expect(code).toBe(1);
    expect(said.join('')).toMatch(
      /^FAILED {2}seed 2\n {8}law: nothing that was to be done is left undone: .*\n(?: {8}law: .*\n)* {8}npx southbound explore --seed 2$/m,
    );
    const { runs } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect(runs.map(({ verdict }: { verdict: string }) => verdict)).not.toContain('passed');
  });

  it.each([
    [['--seeds', '0'], 'Expected a whole number above 0.'],
    [['--seeds', 'many'], 'Expected a whole number above 0.'],
    [['--seed', '1', '--seeds', '5'], '--seed is one storm'],
  ])('does not take %j', async (args, said) => {
    const { code, error } = await southbound(['explore', ...args]);
    expect(code).toBe(2);
    expect(error).toContain(said);
  });
});
