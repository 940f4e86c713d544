/** Resource orders that go outside: which, where to, together with whom, and what comes of it. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Policies } from '../../../engine/model/policies.ts';
import { renderOrderView } from '../../../engine/wire/order-view.ts';
import { readDocument } from '../../../scenarios/files.ts';
import { accepted, captureOf, catalogueOf, Life, lineOf, policiesOf, statesOf } from '../../support/orders.ts';

const fibre = catalogueOf(readDocument('scenarios/catalogues/fibre.yaml'));

function policies(rows: readonly object[], otherwise: object = { outboundEnabled: false }): Policies {
  return policiesOf({ policies: 'p', approval: 'manual', outbound: { rows, default: otherwise } });
}

const resources = (then: object, when: object = {}) => ({
  name: 'resources',
  when: { kind: 'resource', ...when },
  then: { outboundEnabled: true, targetSystem: 'rom', ...then },
});

function approved(given: Policies, catalogue = fibre): Life {
  const life = new Life(given, catalogue);
  life.take(captureOf({ lines: [lineOf({ offering: 'fibre-line' })] }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

/** By target and Request ID, the specifications of what went out together. */
function sentTogether(order: CustomerOrder | undefined): string[][] {
  const { outboundRequests = [], domainOrders = [] } = order ?? {};
  const nameOf = (id: string) => domainOrders.find((each) => each.id === id)?.specification ?? '';
  return [...Map.groupBy(outboundRequests, ({ requestId }) => requestId).values()].map((records) =>
    records.map(({ serviceOrder }) => nameOf(serviceOrder)),
  );
}

describe('which resource orders go outside', () => {
  it('none, where rows do not name their kind, whatever else they match', () => {
    const then = { outboundEnabled: true, hierarchical: true, targetSystem: 'som' };
    const { order } = approved(policies([{ name: 'all', then }], then));
    expect(sentTogether(order)).toEqual([['fibre-access']]);
    expect(statesOf(order as CustomerOrder)).toMatchObject({ 'optical-port': 'closed_complete' }); // there, as just looked at
  });

  it('none by the default, which speaks of service orders', () => {
    const { order } = approved(policies([], { outboundEnabled: true, targetSystem: 'som' }));
    expect(sentTogether(order)).toEqual([['fibre-access']]);
  });

  it('one by one, those that a row names, each when its turn comes', () => {
    const life = approved(policies([resources({}, { specification: ['strand', 'terminal'] })]));
    expect(sentTogether(life.order)).toEqual([['strand']]);
    const [record] = life.order?.outboundRequests ?? [];
    life.then(accepted(record?.requestId ?? ''));
    const reports = [{ serviceOrder: record?.serviceOrder ?? '', state: 'fulfilled' as const }];
    life.then({ type: 'ReportFulfillment', requestId: record?.requestId ?? '', reports, via: 'event' });
    expect(sentTogether(life.order)).toEqual([['strand'], ['terminal']]);
  });

  it('those of one service together, and what waits for something that is not with them later', () => {
    expect(sentTogether(approved(policies([resources({ hierarchical: true })])).order)).toEqual([
      ['optical-port', 'strand', 'terminal', 'power-supply'],
    ]);
    const cables = { specification: ['optical-port', 'terminal', 'power-supply'] };
    const life = approved(policies([resources({ hierarchical: true }, cables)]));
    expect(sentTogether(life.order)).toEqual([['optical-port']]);
  });

  it('those of one resource together, where resources alone are ordered', () => {
    const life = new Life(policies([resources({ hierarchical: true })]), fibre);
    const line = (externalId: string, specification: string) => {
      const { offering: _none, ...rest } = lineOf({ externalId });
      return { ...rest, specification };
    };
    const lines = [line('1', 'terminal'), line('2', 'optical-port')];
    life.take({ ...captureOf({ lines }), category: 'Resource' });
    life.then({ type: 'ApproveOrder' });
    expect(sentTogether(life.order)).toEqual([['terminal', 'power-supply'], ['optical-port']]);
  });

  it('together only with those that go to the same system', () => {
    const rows = [
      resources({ hierarchical: true, targetSystem: 'warehouse' }, { specificationCategory: 'equipment' }),
      resources({ hierarchical: true }),
    ];
    expect(sentTogether(approved(policies(rows)).order)).toEqual([['optical-port', 'strand']]);
  });
});

describe('a resource order that goes outside', () => {
  it('is told to be one, and names what waits for what and what is part of what', () => {
    const { payload } = approved(policies([resources({ hierarchical: true })])).effect('SendOutboundRequest');
    const [port, strand, terminal, power] = payload.items;
    expect(payload.kind).toBe('resource');
    expect(port).toMatchObject({ specification: { id: 'optical-port', type: 'Logical' }, children: [] });
    expect(terminal).toMatchObject({ after: [strand?.serviceOrder], children: [power?.serviceOrder] });
    expect(power).toMatchObject({ parent: terminal?.serviceOrder });
  });

  it('leaves the kind of service orders unsaid', () => {
    const { payload } = approved(policies([], { outboundEnabled: true, targetSystem: 'som' })).effect(
      'SendOutboundRequest',
    );
    expect(payload.kind).toBeUndefined();
  });

  it('that came back in error is sent again by hand, with the others that did', () => {
    const life = approved(policies([resources({ hierarchical: true })]));
    const [first, ...others] = life.order?.outboundRequests ?? [];
    life.then(accepted(first?.requestId ?? ''));
    const failed = [first, others[0]].map((record) => ({
      serviceOrder: record?.serviceOrder ?? '',
      state: 'error' as const,
    }));
    life.then({ type: 'ReportFulfillment', requestId: first?.requestId ?? '', reports: failed, via: 'event' });
    life.then({ type: 'CreateOutboundRequest', serviceOrder: first?.serviceOrder ?? '' });
    expect(sentTogether(life.order).at(-1)).toEqual(['optical-port', 'strand']);
  });

  it('that came back in error stays where it is when the turn of another has come', () => {
    const life = approved(
      policies([resources({ hierarchical: true }, { specification: ['optical-port', 'terminal'] })]),
    );
    const [port] = life.order?.outboundRequests ?? [];
    life.then(accepted(port?.requestId ?? ''));
    const reports = [{ serviceOrder: port?.serviceOrder ?? '', state: 'error' as const }];
    life.then({ type: 'ReportFulfillment', requestId: port?.requestId ?? '', reports, via: 'event' });
    const strand = life.order?.domainOrders.find(({ specification }) => specification === 'strand')?.id ?? '';
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: strand, note: 'pulled' });
    expect(sentTogether(life.order)).toEqual([['optical-port'], ['terminal']]);
  });

  it('waits for somebody where the policy names a request type that there is not', () => {
    const given = policies([resources({})]);
    const broken: Policies = {
      ...given,
      outbound: {
        rows: given.outbound.rows.map((row) => ({
          ...row,
          decision: { ...row.decision, to: { requestType: 'nobody', inputs: {} } } as typeof row.decision, // a destination in place of another
        })),
      },
    };
    const { order } = approved(broken);
    expect(order?.fallouts.every(({ cause }) => cause === 'configuration')).toBe(true);
    expect(order?.domainOrders.filter(({ state }) => state === 'on_hold')).toHaveLength(2);
  });

  it('follows a plan with an outbound task', () => {
    const file = readDocument('scenarios/catalogues/fibre.yaml') as { resources: { id: string }[] }; // a catalogue
    const plan = {
      plan: 'sent',
      tasks: [
        { task: 'prepare', takes: 'PT1H' },
        { task: 'send', by: 'outbound', after: ['prepare'] },
      ],
    };
    const planned = file.resources.map((each) => (each.id === 'strand' ? { ...each, plan: { add: 'sent' } } : each));
    const catalogue = catalogueOf({ ...file, plans: [plan], resources: planned });
    const life = approved(
      policies([resources({ hierarchical: true }, { specification: ['optical-port', 'strand'] })]),
      catalogue,
    );
    expect(sentTogether(life.order)).toEqual([['optical-port']]);
    const task = life.order?.tasks.find(({ name }) => name === 'prepare')?.id ?? '';
    life.then({ type: 'CloseTask', task });
    expect(sentTogether(life.order)).toEqual([['optical-port'], ['strand']]);
  });

  it('before the turn of its plan, by hand, shows what can be done when that was refused', () => {
    const file = readDocument('scenarios/catalogues/fibre.yaml') as { resources: { id: string }[] }; // a catalogue
    const plan = { plan: 'laid', tasks: [{ task: 'dig' }] };
    const planned = file.resources.map((each) => (each.id === 'strand' ? { ...each, plan: { add: 'laid' } } : each));
    const catalogue = catalogueOf({ ...file, plans: [plan], resources: planned });
    const life = approved(policies([resources({}, { specification: 'strand' })]), catalogue);
    const shown = () =>
      renderOrderView(life.order as CustomerOrder).domainOrders.find(({ specification }) => specification === 'strand'); // approved above
    expect(shown()?.outboundAction).toBeUndefined();
    life.then({ type: 'CreateOutboundRequest', serviceOrder: shown()?.id ?? '' });
    expect(shown()).toMatchObject({ externalFulfillmentState: 'none', outboundAction: 'none' });
    const { requestId = '' } = life.order?.dispatches[0] ?? {};
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    expect(shown()).toMatchObject({ externalFulfillmentState: 'none', outboundAction: 'create' });
  });
});
