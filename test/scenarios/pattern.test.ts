/** What scenarios may say about how something must be. */
import { describe, expect, it } from 'vitest';
import { unlike } from '../../scenarios/pattern.ts';
import { filledIn } from '../../scenarios/placeholders.ts';

const order = {
  state: 'completed',
  lines: [
    { number: 'ORDL1', state: 'completed' },
    { number: 'ORDL2', state: 'new' },
  ],
  'a/b': { depth: 1 },
};

describe('a pattern', () => {
  it.each([
    [{ state: 'completed' }],
    [{ state: '/^comp/' }],
    [{ lines: [{ state: 'completed' }, { number: 'ORDL2' }] }],
    [{ lines: { count: 2, every: { number: '/^ORDL/' }, some: { state: 'new' } } }],
    [{ 'a/b': { depth: 1 } }],
    [{}],
  ])('is met: %j', (pattern) => {
    expect(unlike(pattern, order)).toEqual([]);
  });

  it.each([
    [{ state: 'new' }, '/state', 'expected "new", got "completed"'],
    [{ state: '/^new/' }, '/state', 'expected /^new/, got "completed"'],
    [{ lines: [{}] }, '/lines', 'expected 1 elements, got 2 elements'],
    [{ lines: { count: 1 } }, '/lines', 'expected 1 elements, got 2 elements'],
    [{ lines: { every: { state: 'new' } } }, '/lines/0/state', 'expected "new", got "completed"'],
    [{ lines: { some: { state: 'gone' } } }, '/lines', 'expected some element like {"state":"gone"}'],
    [{ lines: { first: {} } }, '/lines', 'expected count, every or some in the pattern of a list'],
    [{ state: { code: 1 } }, '/state', 'expected an object like {"code":1}'],
    [{ state: [] }, '/state', 'expected a list of 0'],
    [{ gone: 1 }, '/gone', 'expected 1, got nothing'],
    [{ constructor: 'x' }, '/constructor', 'expected "x", got nothing'],
    [{ 'a/b': { depth: 2 } }, '/a~1b/depth', 'expected 2, got 1'],
    [{ lines: { every: { number: '/ORDL1/' } } }, '/lines/1/number', 'expected /ORDL1/, got "ORDL2"'],
  ])('is not met: %j', (pattern, pointer, message) => {
    const [first, ...others] = unlike(pattern, order);
    expect(others).toEqual([]);
    expect(first?.pointer).toBe(pointer);
    expect(first?.message).toContain(message);
  });
});

describe('a placeholder', () => {
  it('is filled in wherever it stands, and stays where it leads nowhere', () => {
    const orders = { one: order };
    expect(filledIn({ path: '/x/{{ one.lines.1.number }}/{{one.state}}', list: ['{{one.gone}}'] }, orders)).toEqual({
      path: '/x/ORDL2/completed',
      list: ['{{one.gone}}'],
    });
    expect(filledIn('{{one.lines}} {{one.constructor}} {{__proto__.x}}', orders)).toBe(
      '{{one.lines}} {{one.constructor}} {{__proto__.x}}',
    );
    expect(filledIn(7, orders)).toBe(7);
  });
});
