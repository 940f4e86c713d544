/** Inventory systems in a targets file, and what one entry there means for the policies. */
import { describe, expect, it } from 'vitest';
import { findingText } from '../../../../contracts/schemas/finding.ts';
import policiesSchema from '../../../../contracts/schemas/policies.schema.json' with { type: 'json' };
import targetsSchema from '../../../../contracts/schemas/targets.schema.json' with { type: 'json' };
import { readPolicies, renderPolicies } from '../../../../engine/wire/policies-file.ts';
import { withInventories } from '../../../../engine/wire/qualification/inventory-target.ts';
import { readTargets } from '../../../../engine/wire/targets-file.ts';
import { inside, policiesOf } from '../../../support/orders.ts';

const url = 'http://inventory.example/tmf-api/serviceQualificationManagement/v4';
const dialect = 'tmf645-v4.0';

function read(written: object) {
  return readTargets({ north: { url, dialect, ...written } }, {});
}

describe('an inventory system in a targets file', () => {
  it('is read with its usual values filled in', () => {
    expect(read({})).toEqual({ ok: true, content: [{ name: 'north', baseUrl: url, dialect, reporting: 'events' }] });
  });

  it('has words of its own for results, and says when it is asked', () => {
    const written = { results: { available: 'qualified' }, qualifies: { order: 20, when: { location: 'site-1' } } };
    expect(read(written)).toMatchObject({
      ok: true,
      content: [{ results: { available: 'qualified' }, qualifies: { order: 20, when: { location: ['site-1'] } } }],
    });
    expect(read({ qualifies: {} })).toMatchObject({ content: [{ qualifies: { order: 100, when: {} } }] });
  });

  it.each([
    [
      { results: { available: 'yes' } },
      '/north/results/available: expected one of "qualified", "alternate", "unqualified", "pending", got "yes" (enum)',
    ],
    [
      { qualifies: { when: { site: 'a' } } },
      '/north/qualifies/when/site: expected no such key, got one (additionalProperties)',
    ],
    [{ qualifies: { order: -1 } }, '/north/qualifies/order: expected must be >= 0, got -1 (minimum)'],
    [
      { states: { done: 'fulfilled' } },
      '/north/states: expected no such key: the dialect tmf645-v4.0 is for questions, whose answers are put into words by results, got one (key-of-the-dialect)',
    ],
    [
      { falloutPhrase: 'x' },
      '/north/falloutPhrase: expected no such key: the dialect tmf645-v4.0 is for questions, whose answers are put into words by results, got one (key-of-the-dialect)',
    ],
    [
      { dialect: 'tmf641-v4.1', qualifies: {} },
      '/north/qualifies: expected no such key: the dialect tmf641-v4.1 is for service orders, and tmf645-v4.0 for questions, got one (key-of-the-dialect)',
    ],
    [
      { dialect: 'servicenow', results: { a: 'qualified' } },
      '/north/results: expected no such key: the dialect servicenow is for service orders, and tmf645-v4.0 for questions, got one (key-of-the-dialect)',
    ],
  ])('is refused: %j', (written, expected) => {
    const result = read(written);
    expect(result.ok ? [] : result.findings.map(findingText)).toEqual([expected]);
  });

  it('takes the same conditions as a policy does', () => {
    expect(targetsSchema.definitions.cells).toEqual(policiesSchema.definitions.cells);
    expect(targetsSchema.definitions.cell).toEqual(policiesSchema.definitions.cell);
  });
});

describe('policies with inventory systems', () => {
  const type = 'Order Qualification Request';
  const north = { name: 'north', qualifies: { order: 20, when: { location: ['site-1'] } } };
  const definitionsIn = (policies: typeof inside) =>
    policies.requestTypes.filter(({ name }) => name === type).flatMap(({ definitions }) => definitions);

  it('have a definition and an adapter for each that says when it is asked', () => {
    const policies = withInventories(inside, [north, { name: 'som' }]);
    expect(definitionsIn(policies)).toContainEqual({
      name: 'north',
      order: 20,
      adapter: 'north',
      when: { location: ['site-1'] },
    });
    expect(policies.adapters).toContainEqual({ name: 'north', active: true, target: 'north' });
    expect(policies.adapters).toHaveLength(inside.adapters.length + 1);
  });

  it('are as they were where nobody says so, and where everybody is in them', () => {
    expect(withInventories(inside, [{ name: 'som' }])).toBe(inside);
    const once = withInventories(inside, [north]);
    expect(withInventories(once, [north])).toEqual(once);
    const written = readPolicies(JSON.parse(JSON.stringify(renderPolicies(once))));
    expect(written.ok && JSON.stringify(written.content)).toBe(JSON.stringify(once));
  });

  it('go before what the targets say', () => {
    const own = policiesOf({
      policies: 'own',
      outbound: { rows: [] },
      requestTypes: [{ name: type, definitions: [{ name: 'north', order: 1, adapter: 'a' }] }],
      adapters: [
        { name: 'a', targetSystem: 'x' },
        { name: 'south', active: false, targetSystem: 'south' },
      ],
    });
    const policies = withInventories(own, [north, { ...north, name: 'south' }]);
    expect(definitionsIn(policies).filter(({ name }) => name === 'north')).toEqual([
      { name: 'north', order: 1, adapter: 'a', when: {} },
    ]);
    expect(policies.adapters.filter(({ name }) => name !== 'a').slice(0, 1)).toEqual([
      { name: 'south', active: false, target: 'south' },
    ]);
    expect(policies.adapters.filter(({ name }) => name === 'south')).toHaveLength(1);
  });

  it('have the request type even where they were made without it', () => {
    const bare = { ...inside, requestTypes: [], adapters: [] };
    expect(definitionsIn(withInventories(bare, [north])).map(({ name }) => name)).toEqual([
      'Demo Order Qualification Implementation',
      'north',
    ]);
  });
});
