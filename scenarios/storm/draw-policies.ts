/** Draws policies: rows that send service orders here, there or nowhere, alone or with all below, on any terms. */
import type { Chance } from '../../kernel/chance.ts';

/** @param before rows that come before all others. */
export function drawPolicies(
  chance: Chance,
  systems: readonly string[],
  approval: 'automatic' | 'manual',
  before: readonly object[] = [],
): object {
  const decision = () => drawDecision(chance, systems);
  const outside = { name: 'services facing the customer', when: { specificationType: 'CFS' }, then: decision() };
  const rows = [
    ...(chance.fraction() < 0.3
      ? [{ name: 'equipment', when: { specificationCategory: 'equipment' }, then: decision() }]
      : []),
    ...(chance.fraction() < 0.3 ? [{ name: 'the first', when: { specification: 'rfs-1' }, then: decision() }] : []),
    ...(chance.fraction() < 0.85 ? [outside] : []),
  ];
  return {
    policies: 'Drawn',
    approval,
    outbound: {
      rows: [...before, ...rows],
      // Nearly always: without it, what no row speaks of waits for somebody.
      ...(chance.fraction() < 0.95
        ? { default: chance.fraction() < 0.3 ? { outboundEnabled: false } : decision() }
        : {}),
    },
    requestTypes: [
      {
        name: 'Fulfilment',
        inputs: [{ name: 'category', from: 'specificationCategory' }],
        definitions: [
          { name: 'equipment', order: 1, when: { specificationCategory: 'equipment' }, adapter: systems.at(-1) },
          { name: 'anything', order: 2, adapter: systems[0] },
        ],
      },
    ],
    adapters: systems.map((name) => ({ name, targetSystem: name, active: chance.fraction() < 0.95 })),
  };
}

/** @param selected how often the spoke selector is asked. */
export function drawDecision(chance: Chance, systems: readonly string[], selected = 0.25): object {
  const to = chance.fraction() < selected ? { requestType: 'Fulfilment' } : { targetSystem: chance.pick(systems) };
  return {
    outboundEnabled: true,
    hierarchical: chance.fraction() < 0.6,
    ...to,
    requestTimeout: `PT${chance.pick([2, 10, 30, 120])}S`,
    maxRetries: chance.between(0, 5),
    retryDelay: `PT${chance.pick([1, 10, 60, 600])}S`,
    retryJitter: chance.pick([0, 0, 0.5, 1]),
    fulfillmentTimeout: chance.pick(['PT20M', 'PT12H', 'P2D', 'P2D']),
    dispatchFailure: chance.pick(['markFailed', 'delete']),
    incompleteAnswer: chance.pick(['accept', 'fail']),
    revisePayload: chance.pick(['full', 'delta']),
  };
}
