/** A list with keys: whatever is put and taken out, each thing is found by its key, and by what it belongs to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Shelf } from '../../../engine/core/shelf.ts';
import '../../support/property-seed.ts';

interface Thing {
  readonly key: string;
  readonly group: string | undefined;
  readonly value: number;
}

/** What a thing belongs to never changes, so its key says it. */
const groupOf = (key: string) => ['a', 'b', undefined][key.length % 3];

const key = fc.nat(60).map((number) => String(number * number));
const thing = fc.record({ key, value: fc.nat() }).map((each): Thing => ({ ...each, group: groupOf(each.key) }));
const deed = fc.oneof(
  { arbitrary: thing.map((put) => ({ put })), weight: 5 },
  { arbitrary: key.map((remove) => ({ remove })), weight: 1 },
);

/** Beyond a few, things are found by an index. */
const many = { maxLength: 40, size: 'max' } as const;

describe('a shelf', () => {
  it('finds what is there, few things or many, and leaves alone what it was opened on', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(thing, { selector: (each) => each.key, ...many }),
        fc.array(deed, many),
        (first, deeds) => {
          const shelf = new Shelf<Thing>(
            first,
            (each) => each.key,
            ({ group }) => group,
          );
          const kept = [...first];
          let expected: readonly Thing[] = first;
          for (const each of deeds) {
            if ('remove' in each) {
              shelf.remove(each.remove);
              expected = expected.filter((other) => other.key !== each.remove);
            } else {
              const isKnown = expected.some((other) => other.key === each.put.key);
              shelf.put(each.put);
              expected = isKnown
                ? expected.map((other) => (other.key === each.put.key ? each.put : other))
                : [...expected, each.put];
            }
            for (const group of ['a', 'b'])
              expect(shelf.allOf(group)).toEqual(expected.filter((other) => other.group === group));
          }
          expect(shelf.all).toEqual(expected);
          for (const each of expected) expect(shelf.find(each.key)).toBe(each);
          expect(first).toEqual(kept);
        },
      ),
    );
  });
});
