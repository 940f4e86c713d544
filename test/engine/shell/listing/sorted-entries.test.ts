/** The sorted list in pieces, against a plain one that is sorted anew: long enough to have many pieces. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged } from '../../../../engine/shell/listing/merged.ts';
import { SortedEntries } from '../../../../engine/shell/listing/sorted-entries.ts';
import { chanceStream } from '../../../../kernel/chance.ts';

interface Entry {
  readonly key: number;
}

function opened(): SortedEntries<Entry> {
  return new SortedEntries<Entry>((one, other) => one.key - other.key);
}

describe('sorted entries', () => {
  it('are those that were put in and not taken out, in order, however many there are', () => {
    const seeds = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3_000 }), (seed, count) => {
        const chance = chanceStream(String(seed), 'entries');
        const sorted = opened();
        const plain = new Map<number, Entry>();
        for (let step = 0; step < count; step += 1) {
          const key = chance.between(0, 2_000);
          const known = plain.get(key);
          if (known === undefined) {
            const entry = { key };
            plain.set(key, entry);
            sorted.add(entry);
          } else if (chance.fraction() < 0.7) {
            plain.delete(key);
            sorted.remove(known);
          }
        }
        const keys = [...plain.keys()].toSorted((one, other) => one - other);
        const keysOf = (entries: Iterable<Entry>) => [...entries].map(({ key }) => key);
        expect(sorted.size).toBe(keys.length);
        expect(keysOf(sorted.between(0, sorted.size))).toEqual(keys);
        const [start, end, limit] = [chance.between(0, count), chance.between(0, count), chance.between(0, 2_000)];
        expect(keysOf(sorted.between(start, end))).toEqual(keys.slice(start, end));
        expect(sorted.countWhile(({ key }) => key < limit)).toBe(keys.filter((key) => key < limit).length);
        expect(sorted.at(start)?.key).toBe(keys[start]);
        expect(keysOf(sorted.backwards(start, end))).toEqual(keys.slice(start, end).toReversed());
        const down = (one: Entry, other: Entry) => other.key - one.key;
        for (let time = 0; time < 2; time += 1)
          expect(keysOf(merged(sorted.inPieces(start, end, 'down', down), down))).toEqual(
            keys.slice(start, end).toReversed(),
          );
      }),
      { numRuns: 40 },
    );
  });

  it('that are not there cannot be taken out: somebody has changed one while it was in', () => {
    const sorted = opened();
    sorted.add({ key: 1 });
    expect(() => sorted.remove({ key: 1 })).toThrow('does not have it');
    expect(() => sorted.remove({ key: 2 })).toThrow('does not have it');
    expect(sorted.size).toBe(1);
  });
});
