/** Merging recorded pacts: the same bytes in any order, and never silently fewer interactions than there should be. */
import { describe, expect, it } from 'vitest';
import { largestInteraction, mergePacts, type PactDocument } from '../../../contracts/pacts/merge.ts';

function pactOf(description: string, changes: object = {}): PactDocument {
  return {
    consumer: { name: 'om' },
    provider: { name: 'som' },
    interactions: [{ type: 'Synchronous/HTTP', description }],
    metadata: { pactSpecification: { version: '4.0' } },
    ...changes,
  };
}

describe('recorded pacts', () => {
  it('become one, with interactions and attributes in order, and without the versions of libraries', () => {
    const first = pactOf('b', { metadata: { pactRust: { ffi: '0.4' }, pactSpecification: { version: '4.0' } } });
    const second = pactOf('a', { interactions: [{ type: 'x', response: { b: [2, 1], a: null }, description: 'a' }] });
    const merged = mergePacts([first, second], ['a', 'b']);
    expect(merged.ok && JSON.stringify(JSON.parse(merged.text))).toBe(
      '{"consumer":{"name":"om"},"interactions":[{"description":"a","response":{"a":null,"b":[2,1]},"type":"x"},' +
        '{"description":"b","type":"Synchronous/HTTP"}],"metadata":{"pactSpecification":{"version":"4.0"}},"provider":{"name":"som"}}',
    );
    expect(mergePacts([second, first], ['b', 'a'])).toEqual(merged);
  });

  it.each([
    [
      'one is lost',
      [pactOf('a')],
      ['a', 'b'],
      '"b": expected 1, recorded 0. Look whether its test has failed, and whether it writes to a directory of its own',
    ],
    [
      'none is there',
      [],
      ['a'],
      '"a": expected 1, recorded 0. Look whether its test has failed, and whether it writes to a directory of its own',
    ],
    [
      'one is not expected',
      [pactOf('a'), pactOf('b')],
      ['a'],
      '"b": expected 0, recorded 1. Add it to the expected interactions, or remove its test',
    ],
    [
      'one was recorded twice',
      [pactOf('a'), pactOf('a')],
      ['a'],
      '"a": expected 1, recorded 2. Give every interaction a description of its own, and record it once',
    ],
    [
      'two have one description',
      [pactOf('a'), pactOf('a')],
      ['a', 'a'],
      '"a": expected 2, recorded 2. Give every interaction a description of its own, and record it once',
    ],
    [
      'they are of different parties',
      [pactOf('a'), pactOf('b', { provider: { name: 'tom' } })],
      ['a', 'b'],
      'these are different pacts: om with som, Pact 4.0; om with tom, Pact 4.0. Merge those of each pair of parties on their own',
    ],
    [
      'one is too large',
      [pactOf('a', { interactions: [{ type: 'x', description: 'a', body: 'ü'.repeat(largestInteraction / 2) }] })],
      ['a'],
      `"a" has 8232 bytes; an interaction has at most ${largestInteraction}. Leave out what is not read, and give lists by one example`,
    ],
  ])('are refused when %s', (_what, documents, expected, problem) => {
    expect(mergePacts(documents, expected)).toEqual({ ok: false, problems: [problem] });
  });
});
