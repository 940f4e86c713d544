import { describe, expect, it } from 'vitest';
import { chanceStream, freshSeed } from '../../kernel/chance.ts';

describe('chance', () => {
  it('is the same on every machine and in every version: these values are fixed for good', () => {
    const chance = chanceStream('1', 'ids.order');
    expect([chance.hex(32), chance.hex(5), chance.between(1, 6), chance.between(1, 6)]).toMatchInlineSnapshot(`
      [
        "f9a22cadcfc117337c7c1ac180d5c080",
        "4cc0f",
        3,
        3,
      ]
    `);
  });

  it('is spread evenly', () => {
    const chance = chanceStream('even', 'dice');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let throws = 0; throws < 60_000; throws += 1) {
      const face = chance.between(0, 5);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('gives fractions from 0 up to, not including, 1', () => {
    const chance = chanceStream('1', 'fractions');
    const drawn = Array.from({ length: 10_000 }, () => chance.fraction());
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
  });

  it('picks one of the choices, and refuses to pick from none', () => {
    const chance = chanceStream('1', 'choices');
    expect(['a', 'b']).toContain(chance.pick(['a', 'b']));
    expect(() => chance.pick([])).toThrow(/choices: nothing to pick from/);
  });

  it('gives as many hexadecimal digits as asked for', () => {
    const chance = chanceStream('1', 'digits');
    for (const digits of [1, 7, 8, 9, 32]) expect(chance.hex(digits)).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`));
  });

  it('makes seeds nobody had before', () => {
    expect(freshSeed()).not.toBe(freshSeed());
  });
});
