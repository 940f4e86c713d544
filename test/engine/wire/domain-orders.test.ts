/** Resource orders and work orders as they are read from outside: every state, and ids that lead back. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import type { DomainOrder } from '../../../engine/model/order.ts';
import { type DomainOrderState, domainOrderTable } from '../../../engine/model/state-tables.ts';
import {
  domainOrderId,
  partsOfId,
  renderResourceOrder,
  renderWorkOrder,
} from '../../../engine/wire/north/domain-orders.ts';
import { tmfStateOfDomainOrder } from '../../../engine/wire/state-names.ts';
import { readDocument } from '../../../scenarios/files.ts';
import { captureOf, catalogueOf, Life, lineOf, orderId, policiesOf } from '../../support/orders.ts';

const catalogue = catalogueOf(readDocument('scenarios/catalogues/fibre.yaml'));

/** A fibre line with somebody sent out for its port. */
function fibre() {
  const rows = [
    { name: 'ports', when: { specification: 'optical-port' }, then: { work: 'Patching', targetSystem: 'wom' } },
  ];
  const outbound = {
    rows: [{ name: 'all', when: { kind: 'resource' }, then: { outboundEnabled: true, targetSystem: 'rom' } }],
  };
  const policies = { policies: 'p', approval: 'manual', outbound, workOrders: { domainOrders: { rows } } };
  const life = new Life(policiesOf(policies), catalogue);
  life.take(
    captureOf({
      externalId: 'CRM-1',
      description: 'Fibre',
      priority: '2',
      lines: [lineOf({ offering: 'fibre-line' })],
    }),
  );
  return life.then({ type: 'ApproveOrder' });
}

const meanings: readonly (readonly [DomainOrderState, string])[] = [
  ['draft', 'acknowledged'],
  ['qualified', 'acknowledged'],
  ['scheduled', 'acknowledged'],
  ['in_progress', 'inProgress'],
  ['on_hold', 'held'],
  ['closed_complete', 'completed'],
  ['cancellation_in_progress', 'pendingCancellation'],
  ['canceled', 'cancelled'],
];

describe('a domain order that is read from outside', () => {
  const order = fibre();
  const placed = (domainOrder: DomainOrder) => ({ order, domainOrder, catalogue, publicUrl: 'http://om.test' });
  const ofKind = (kind: string) => {
    const found = order.domainOrders.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} order`);
    return found;
  };

  it('has an id that says which order it belongs to', () => {
    const domainOrder = ofKind('resource');
    expect(partsOfId(domainOrderId({ order, domainOrder }))).toEqual({ orderId, number: domainOrder.number });
    expect(partsOfId('nonsense')).toEqual({ orderId: '', number: 'nonsense' });
  });

  it.each(meanings)('in %s is %s in either API, valid by its contract', (state, shown) => {
    const resource = renderResourceOrder(placed({ ...ofKind('resource'), state }));
    const work = renderWorkOrder(placed({ ...ofKind('work'), state }));
    expect([resource.state, resource.orderItem?.[0]?.state]).toEqual([shown, shown]);
    expect([work.state, work.workOrderItem[0]?.state]).toEqual([shown, shown]);
    expect(checkOf('TMF652', 'conformance', 'ResourceOrder')(resource)).toEqual([]);
    expect(checkOf('TMF697', 'conformance', 'WorkOrder')(work)).toEqual([]);
  });

  it('has a word for every state that its table knows', () => {
    expect(meanings.map(([state]) => state).toSorted()).toEqual([...domainOrderTable.states].toSorted());
    expect(Object.fromEntries(meanings)).toEqual(tmfStateOfDomainOrder);
  });

  it('is held where work has been asked to wait, while it is in progress', () => {
    const { job, ...work } = ofKind('work');
    const suspended = { ...work, job: { type: 'Patching', ...job, suspended: true } } as const;
    expect(renderWorkOrder(placed({ ...suspended, state: 'in_progress' })).state).toBe('held');
    expect(renderWorkOrder(placed({ ...suspended, state: 'closed_complete' })).state).toBe('completed');
  });

  it('says what it is about', () => {
    expect(renderResourceOrder(placed(ofKind('resource')))).toMatchObject({
      externalId: 'CRM-1',
      description: 'Fibre',
      priority: 2,
      href: `http://om.test/tmf-api/resourceOrderingManagement/v4/resourceOrder/${orderId}-RO0000001`,
      orderItem: [
        {
          resourceSpecification: { id: 'optical-port' },
          resource: { resourceCharacteristic: [{ name: 'bandwidth' }] },
        },
      ],
    });
    expect(renderWorkOrder(placed(ofKind('work')))).toMatchObject({
      href: `http://om.test/tmf-api/workOrderManagement/v4/workOrder/${orderId}-WO0000001`,
      order: [{ id: orderId, '@referredType': 'ProductOrder' }],
      workOrderItem: [
        {
          relatedEntity: [{ name: 'RO0000001', '@referredType': 'ResourceOrder' }],
          work: { workType: 'Patching', workCharacteristic: [{ name: 'bandwidth' }] },
        },
      ],
    });
  });
});
