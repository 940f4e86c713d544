/** Mappings and quantities of a catalogue file: what is wrong with them, and where. */
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../engine/wire/catalogue-file.ts';

const services = [
  { id: 'a', type: 'CFS', characteristics: [{ name: 'x' }, { name: 'size', options: ['small', 'large'] }] },
  { id: 'b', type: 'RFS', characteristics: [{ name: 'y' }, { name: 'mode', options: ['on', 'off'] }] },
];

function findings(more: object): string[] {
  const read = readCatalogue({ catalogue: 'c', services, ...more });
  return read.ok ? [] : read.findings.map(({ pointer, rule }) => `${pointer} ${rule}`);
}

const mapping = (changes: object, name = 'm') => ({ mapping: name, from: 'a', to: 'b', ...changes });

describe('the mappings of a catalogue', () => {
  it('are read', () => {
    const read = readCatalogue({
      catalogue: 'c',
      services,
      mappings: [mapping({ when: { size: 'small' }, copy: { y: 'x' }, default: { mode: 'on' } })],
    });
    expect(read.ok && read.content.mappings).toEqual([
      {
        name: 'm',
        from: 'a',
        to: 'b',
        when: { size: ['small'] },
        sets: [
          { characteristic: 'y', copy: 'x' },
          { characteristic: 'mode', value: 'on', onlyIfMissing: true },
        ],
      },
    ]);
  });

  it.each([
    [
      'of a specification that there is not',
      [mapping({ from: 'none', copy: { y: 'x' } })],
      '/mappings/0/from known-specification',
    ],
    [
      'to a specification that there is not',
      [mapping({ to: 'none', copy: { y: 'x' } })],
      '/mappings/0/to known-specification',
    ],
    ['that set nothing', [mapping({ when: { x: 1 } })], '/mappings/0 sets-something'],
    [
      'with a condition on nothing',
      [mapping({ when: { z: 1 }, copy: { y: 'x' } })],
      '/mappings/0/when/z known-characteristic',
    ],
    ['that copy to nothing', [mapping({ copy: { z: 'x' } })], '/mappings/0/copy/z known-characteristic'],
    ['that copy nothing', [mapping({ copy: { y: 'z' } })], '/mappings/0/copy/y known-characteristic'],
    ['that set an impossible value', [mapping({ set: { mode: 'maybe' } })], '/mappings/0/set/mode known-option'],
    [
      'of one name',
      [mapping({ copy: { y: 'x' } }), mapping({ set: { mode: 'on' } })],
      '/mappings/1/mapping unique-name',
    ],
    [
      'that contradict each other',
      [mapping({ copy: { y: 'x' } }), mapping({ set: { y: 1 } }, 'n')],
      '/mappings/1 no-contradiction',
    ],
    [
      'in a circle',
      [mapping({ copy: { y: 'x' } }), { mapping: 'back', from: 'b', to: 'a', copy: { x: 'y' } }],
      '/mappings no-circle',
    ],
  ])('are refused: %s', (_what, mappings, expected) => {
    expect(findings({ mappings })).toEqual([expected]);
  });

  it('may set the same under conditions that exclude each other, and have a default besides', () => {
    const mappings = [
      mapping({ when: { size: 'small' }, set: { mode: 'off' } }),
      mapping({ when: { size: 'large' }, set: { mode: 'on' } }, 'n'),
      mapping({ default: { mode: 'off' } }, 'o'),
    ];
    expect(findings({ mappings })).toEqual([]);
  });
});

describe('what values mean as quantities', () => {
  const whole = (quantity: object) => ({
    services: [{ ...services[0], relationships: [{ type: 'Requires', target: 'b', quantity }] }, services[1]],
  });
  const at = '/services/0/relationships/0/quantity/units';

  it.each([
    ['no characteristic', { units: [{ value: 'small', quantity: 1 }] }, `${at} known-characteristic`],
    [
      'a value that it cannot have',
      { characteristic: 'size', units: [{ value: 'huge', quantity: 1 }] },
      `${at}/0/value known-option`,
    ],
    [
      'too many',
      { characteristic: 'size', maximum: 2, units: [{ value: 'small', quantity: 3 }] },
      `${at}/0/quantity within`,
    ],
  ])('is refused of %s', (_what, quantity, expected) => {
    expect(findings(whole(quantity))).toEqual([expected]);
  });

  it('says how large an order can become', () => {
    const quantity = {
      characteristic: 'size',
      units: [
        { value: 'small', quantity: 1 },
        { value: 'large', quantity: 4 },
      ],
    };
    const read = readCatalogue({ catalogue: 'c', ...whole(quantity) });
    expect(read.ok && read.content.specifications.a?.mostDomainOrders).toBe(5);
  });
});
