/** Which system carries a request out, and what is said when none can. */
import { describe, expect, it } from 'vitest';
import { selectTarget } from '../../../engine/core/outbound/spoke-selector.ts';
import type { Destination, Policies } from '../../../engine/model/policies.ts';
import { refusalText } from '../../../engine/model/refusals.ts';
import { policiesOf, sentOrder } from '../../support/orders.ts';

const file = {
  policies: 'several systems',
  approval: 'manual',
  outbound: {
    rows: [{ name: 'all', then: { outboundEnabled: true, requestType: 'Fulfillment', inputs: { contract: 'gold' } } }],
  },
  requestTypes: [
    {
      name: 'Fulfillment',
      inputs: [{ name: 'contract' }, { name: 'account', from: 'account' }, { name: 'remark', mandatory: false }],
      definitions: [
        { name: 'anything', order: 900, adapter: 'Vendor A' },
        { name: 'security', order: 20, when: { specificationCategory: 'security' }, adapter: 'Vendor B' },
        { name: 'network', order: 10, when: { specificationType: ['RFS', 'Logical'] }, adapter: 'TOM' },
      ],
    },
  ],
  adapters: [
    { name: 'Vendor A', targetSystem: 'a' },
    { name: 'Vendor B', targetSystem: 'b' },
    { name: 'TOM', targetSystem: 'tom' },
    { name: 'Old', targetSystem: 'old', active: false },
  ],
};

const policies = policiesOf(file);
const to: Destination = { requestType: 'Fulfillment', inputs: { contract: 'gold' } };
const access = { account: 'cust-1', specificationType: 'CFS', specificationCategory: 'access' };

function refusedBy(changed: Policies, destination: Destination = to, values: object = access): string {
  const selection = selectTarget(changed, destination, values as typeof access);
  return selection.ok ? 'not refused' : refusalText(selection.refusal);
}

const withDefinitions = (definitions: Policies['requestTypes'][number]['definitions']): Policies => ({
  ...policies,
  requestTypes: policies.requestTypes.map((requestType) => ({ ...requestType, definitions })),
});

describe('the spoke selector', () => {
  it.each([
    ['access', 'CFS', 'anything', 'a'],
    ['security', 'CFS', 'security', 'b'],
    ['security', 'RFS', 'network', 'tom'],
  ])('%s of type %s: "%s" carries it out', (specificationCategory, specificationType, definition, target) => {
    const selection = selectTarget(policies, to, { ...access, specificationCategory, specificationType });
    expect(selection).toEqual({ ok: true, selected: { requestType: 'Fulfillment', definition, target } });
  });

  it('takes a target that the row names as it is', () => {
    expect(selectTarget(policies, { target: 'x' }, access)).toEqual({ ok: true, selected: { target: 'x' } });
  });

  it('says that there is no such request type', () => {
    expect(refusedBy(policies, { requestType: 'Billing', inputs: {} })).toBe('There is no request type "Billing"');
  });

  it('says which input nobody fills', () => {
    expect(refusedBy(policies, { ...to, inputs: {} })).toMatch(/needs the input contract/);
    expect(refusedBy(policies, to, { specificationType: 'CFS' })).toMatch(/needs the input account/);
  });

  it('says why no definition matches', () => {
    const [, security] = policies.requestTypes[0]?.definitions ?? [];
    expect(refusedBy(withDefinitions(security === undefined ? [] : [security]))).toBe(
      'No definition of request type "Fulfillment" matches: "security" wants specificationCategory security, got access',
    );
  });

  it('says that the adapter is missing, or not active', () => {
    const definition = { name: 'd', order: 1, when: {} };
    expect(refusedBy(withDefinitions([{ ...definition, adapter: 'None' }]))).toMatch(/"None", which there is not/);
    expect(refusedBy(withDefinitions([{ ...definition, adapter: 'Old' }]))).toMatch(/"Old", which is not active/);
  });

  it('sends nothing when it cannot choose, and leaves a fallout about the configuration', () => {
    const { inputs: _none, ...then } = file.outbound.rows[0]?.then ?? {};
    const life = sentOrder(policiesOf({ ...file, outbound: { rows: [{ name: 'all', then }] } }));
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expect(life.order?.outboundRequests).toEqual([]);
    expect(life.order?.fallouts).toMatchObject([{ cause: 'configuration', state: 'open' }]);
  });

  it('writes down which definition was chosen', () => {
    const order = sentOrder(policies).order;
    const chosen = order?.outboundRequests.map(({ definition, target }) => `${definition} ${target}`);
    expect(new Set(chosen)).toEqual(new Set(['anything a', 'network tom']));
  });
});
