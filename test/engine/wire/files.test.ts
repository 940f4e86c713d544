import { describe, expect, it } from 'vitest';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { readCatalogue } from '../../../engine/wire/catalogue-file.ts';
import { readPolicies, renderPolicies, targetsOf } from '../../../engine/wire/policies-file.ts';
import { readDocument } from '../../../scenarios/files.ts';
import { catalogueOf, policiesOf } from '../../support/orders.ts';

describe('a catalogue file', () => {
  const complaints = (file: object) => {
    const read = readCatalogue({ catalogue: 'test', ...file });
    return read.ok ? [] : read.findings.map(findingText);
  };

  it('is read with its usual values filled in', () => {
    const { specifications, offerings } = catalogueOf({
      catalogue: 'small',
      offerings: [{ id: 'o', specification: 'p' }],
      products: [
        { id: 'p', characteristics: [{ name: 'speed' }], relationships: [{ type: 'Realized as', target: 's' }] },
      ],
      services: [{ id: 's', type: 'CFS', takes: 'PT5M' }],
    });
    expect(offerings).toEqual({ o: { id: 'o', name: 'o', specification: 'p' } });
    expect(specifications.p).toEqual({
      id: 'p',
      name: 'p',
      kind: 'product',
      type: 'Not Applicable',
      version: '1',
      characteristics: [{ name: 'speed', valueType: 'Single Line Text', mandatory: false, options: [] }],
      relationships: [
        {
          type: 'Realized as',
          target: 's',
          mandatory: true,
          order: 0,
          quantity: { minimum: 0, default: 1, maximum: 1000 },
          rules: [],
          after: [],
        },
      ],
      automaticMs: 0,
      plans: {},
      mostDomainOrders: 2,
    });
    expect(specifications.s).toMatchObject({ kind: 'service', type: 'CFS', automaticMs: 300_000, mostDomainOrders: 1 });
  });

  it('evaluates relationships in the order it gives them', () => {
    const { specifications } = catalogueOf({
      catalogue: 'ordered',
      services: [
        {
          id: 'a',
          type: 'CFS',
          relationships: [
            { type: 'Requires', target: 'b', order: 20 },
            { type: 'Requires', target: 'c', order: 10 },
          ],
        },
        { id: 'b', type: 'RFS' },
        { id: 'c', type: 'RFS' },
      ],
    });
    expect(specifications.a?.relationships.map(({ target }) => target)).toEqual(['c', 'b']);
  });

  it('says of what lasts nothing, and of what does not that it is transient', () => {
    const { specifications } = catalogueOf({
      catalogue: 'visits',
      products: [{ id: 'p', transient: true }],
      services: [{ id: 's', type: 'CFS', transient: false }],
      resources: [
        { id: 'r', type: 'Physical', transient: true },
        { id: 't', type: 'Logical' },
      ],
    });
    expect(Object.values(specifications).map(({ id, transient }) => `${id} ${transient}`)).toEqual([
      'p true',
      's undefined',
      'r true',
      't undefined',
    ]);
  });

  it('knows how large each specification can become', () => {
    expect(
      catalogueOf(readDocument('scenarios/catalogues/broadband.yaml')).specifications.broadband?.mostDomainOrders,
    ).toBe(7);
  });

  it.each([
    ['no name', { catalogue: undefined }, '/catalogue: expected a value, got nothing (required)'],
    ['an unknown key', { offers: [] }, '/offers: expected no such key, got one (additionalProperties)'],
    [
      'an offering of nothing',
      { offerings: [{ id: 'o', specification: 'x' }], products: [{ id: 'p' }] },
      '/offerings/0/specification: expected the id of a product specification: p, got "x" (known-specification)',
    ],
    [
      'an offering of a service',
      { offerings: [{ id: 'o', specification: 's' }], services: [{ id: 's', type: 'CFS' }] },
      '/offerings/0/specification: expected the id of a product specification: there is none, got "s" (known-specification)',
    ],
    [
      'one id twice',
      { products: [{ id: 'a' }], services: [{ id: 'a', type: 'CFS' }] },
      '/services/0/id: expected an id other than that of /products/0, got "a" (unique-id)',
    ],
    [
      'a relationship to nothing',
      { products: [{ id: 'a', relationships: [{ type: 'Realized as', target: 'x' }] }] },
      '/products/0/relationships/0/target: expected the id of a specification in this catalogue, got "x" (known-specification)',
    ],
    [
      'a relationship that cannot stand there',
      { products: [{ id: 'a', relationships: [{ type: 'Requires', target: 'b' }] }, { id: 'b' }] },
      '/products/0/relationships/0: expected Requires from a product to a resource, got one to the product b (relationship-type)',
    ],
    [
      'a rule on what the source does not have',
      {
        products: [
          {
            id: 'a',
            characteristics: [{ name: 'c' }],
            relationships: [{ type: 'Bundles', target: 'b', rules: [{ characteristic: 'd' }] }],
          },
          { id: 'b' },
        ],
      },
      '/products/0/relationships/0/rules/0/characteristic: expected a characteristic of the source: c, got "d" (known-characteristic)',
    ],
    [
      'waiting for a later sibling',
      {
        services: [
          {
            id: 'a',
            type: 'CFS',
            relationships: [
              { type: 'Requires', target: 'b', after: ['c'] },
              { type: 'Requires', target: 'c' },
            ],
          },
          { id: 'b', type: 'RFS' },
          { id: 'c', type: 'RFS' },
        ],
      },
      '/services/0/relationships/0/after/0: expected the target of an earlier relationship: there is none, got "c" (earlier-sibling)',
    ],
    [
      'a circle',
      {
        services: [
          { id: 'a', type: 'CFS', relationships: [{ type: 'Requires', target: 'b' }] },
          { id: 'b', type: 'RFS', relationships: [{ type: 'Requires', target: 'a' }] },
        ],
      },
      '/services/0: expected relationships without a circle, got "a" (no-circle)',
    ],
    [
      'a duration that is none',
      { resources: [{ id: 'r', type: 'Physical', takes: '4 hours' }] },
      '/resources/0/takes: expected a duration, got "4 hours" (format)',
    ],
  ])('is refused for %s', (_what, file, expected) => {
    expect(complaints(file)).toEqual([expected]);
  });

  it('is refused for everything that is wrong with it at once', () => {
    const wrong = {
      offerings: [{ id: 'o', specification: 'x' }],
      products: [{ id: 'a', relationships: [{ type: 'Bundles', target: 'y' }] }],
    };
    expect(complaints(wrong)).toHaveLength(2);
  });
});

describe('a policies file', () => {
  it('is read with its usual values filled in', () => {
    const policies = policiesOf({
      policies: 'test',
      outbound: {
        rows: [
          {
            name: 'gold',
            when: { account: 'gold', action: ['add', 'change'] },
            then: { outboundEnabled: true, targetSystem: 'som', requestTimeout: 'PT5S' },
          },
          { name: 'rest', then: { outboundEnabled: false } },
        ],
      },
    });
    expect(policies).toEqual({
      name: 'test',
      staggered: 'productOrders',
      approval: 'automatic',
      cancellation: { approval: 'manual' },
      revision: { approval: 'manual', send: 'manual' },
      workOrders: { domainOrders: { rows: [] }, orderTasks: { rows: [] } },
      outbound: {
        rows: [
          {
            name: 'gold',
            when: { account: ['gold'], action: ['add', 'change'] },
            decision: {
              outboundEnabled: true,
              hierarchical: false,
              to: { target: 'som' },
              terms: {
                requestTimeoutMs: 5_000,
                maxRetries: 3,
                retryDelayMs: 10_000,
                retryJitter: 0,
                fulfillmentTimeoutMs: 604_800_000,
                falloutType: 'Provisioning Failure',
                dispatchFailure: 'markFailed',
                incompleteAnswer: 'accept',
                revisePayload: 'full',
              },
            },
          },
          { name: 'rest', when: {}, decision: { outboundEnabled: false } },
        ],
      },
      requestTypes: [
        {
          name: 'Order Qualification Request',
          inputs: [
            { name: 'top order line item', mandatory: true },
            { name: 'payload', mandatory: true },
          ],
          definitions: [
            {
              name: 'Demo Order Qualification Implementation',
              order: 10_000,
              when: {},
              adapter: 'Demo Order Qualification (Mock Response)',
            },
          ],
        },
      ],
      adapters: [
        {
          name: 'Demo Order Qualification (Mock Response)',
          active: true,
          mockResponse: {
            answersAfterMs: 0,
            rules: [],
            otherwise: { result: 'qualified', reasons: [], proposals: [] },
          },
        },
      ],
      qualification: {
        start: 'manual',
        reserves: true,
        answerTimeoutMs: 86_400_000,
        unknownOutweighsUnqualified: true,
        agentsMayApprove: false,
      },
      productInventory: true,
      fulfillment: { product: { rows: [] }, service: { rows: [] }, resource: { rows: [] } },
      enrichment: { rows: [] },
      orderTasks: { rows: [] },
      openTasksBlockApproval: false,
      invalidCharacteristics: 'warn',
      repeatedOrders: 'another',
      priority: [],
    });
    expect(policiesOf(renderPolicies(policies)), 'what is rendered says the same').toEqual(policies);
    expect(targetsOf(policies)).toEqual(['som']);
  });

  it('watches nothing unless it says so, and by the usual levels where it says no more', () => {
    const outbound = { rows: [] };
    expect(policiesOf({ policies: 'test', outbound }).jeopardy).toBeUndefined();
    const policies = policiesOf({ policies: 'test', outbound, jeopardy: {} });
    expect(policies.jeopardy?.enablement.default).toEqual({ enabled: true });
    expect(policies.jeopardy?.taskLevels.map(({ from, below, level }) => [from, below, level])).toEqual([
      [50, 75, 'low'],
      [75, 100, 'medium'],
      [100, undefined, 'high'],
    ]);
    expect(policies.jeopardy?.lineLevels.map(({ from, below, level }) => [from, below, level])).toEqual([
      [0, 10, 'low'],
      [10, 25, 'medium'],
      [25, 50, 'high'],
      [50, undefined, 'critical'],
    ]);
    expect(policies.jeopardy?.successors).toEqual({ thresholdPercent: 10, within: 'low', beyond: 'high' });
    expect(policiesOf(renderPolicies(policies)), 'what is rendered says the same').toEqual(policies);
  });

  it('says everything about jeopardy again as it was said', () => {
    const policies = policiesOf({
      policies: 'test',
      outbound: { rows: [] },
      jeopardy: {
        enablement: { rows: [{ name: 'access', when: { specificationCategory: 'access' }, then: { enabled: true } }] },
        durations: {
          rows: [{ name: 'surveys', when: { task: ['Survey', 'Resurvey'] }, then: { takes: 'PT12H' } }],
          default: { takes: 'P1D' },
        },
        taskLevels: [{ name: 'over', when: { account: 'gold' }, from: 100, then: { level: 'critical' } }],
        lineLevels: [{ name: 'never', from: 0, below: 50, then: { level: 'none' } }],
        successors: { threshold: 20, within: 'none', beyond: 'medium' },
        promiseMissed: 'high',
      },
    });
    expect(policies.jeopardy?.durations.default).toEqual({ durationMs: 86_400_000 });
    expect(policiesOf(renderPolicies(policies))).toEqual(policies);
  });

  it('may do without a product inventory', () => {
    const policies = policiesOf({ policies: 'test', productInventory: false, outbound: { rows: [] } });
    expect(policies.productInventory).toBe(false);
    expect(renderPolicies(policies).productInventory).toBe(false);
    expect(policiesOf(renderPolicies(policies))).toEqual(policies);
  });

  it.each([
    [
      { outbound: { rows: [{ name: 'a', then: { outboundEnabled: true } }] } },
      '/outbound/rows/0/then: expected either targetSystem or requestType, got neither (destination)',
    ],
    [
      { outbound: { rows: [{ name: 'a', when: { colour: 'red' }, then: { outboundEnabled: false } }] } },
      '/outbound/rows/0/when/colour: expected no such key, got one (additionalProperties)',
    ],
    [
      { outbound: { rows: [{ name: 'a', then: { outboundEnabled: true, requestType: 'x' } }] } },
      '/outbound/rows/0/then/requestType: expected a request type: there is none, got "x" (known)',
    ],
    [
      {
        outbound: { rows: [] },
        requestTypes: [{ name: 'x', definitions: [{ name: 'd', order: 1, adapter: 'a' }] }],
        adapters: [{ name: 'b', targetSystem: 'som' }],
      },
      '/requestTypes/0/definitions/0/adapter: expected an adapter: b, Demo Order Qualification (Mock Response), got "a" (known)',
    ],
    [
      { outbound: { rows: [] }, approval: 'never' },
      '/approval: expected one of "automatic", "manual", got "never" (enum)',
    ],
  ])('is refused: %j', (file, expected) => {
    const read = readPolicies({ policies: 'test', ...file });
    expect(read.ok ? [] : read.findings.map(findingText)).toEqual([expected]);
  });
});
