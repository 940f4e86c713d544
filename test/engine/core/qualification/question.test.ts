/** What a question takes from the product inventory: by reference, and for an upgrade. */
import { describe, expect, it } from 'vitest';
import { step } from '../../../../engine/core/step.ts';
import type { CapturedLine } from '../../../../engine/model/inputs.ts';
import type { InventoryItem } from '../../../../engine/model/inventory/item.ts';
import type { Outcome } from '../../../../engine/model/outcome.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import { captureOf, factsOf, serviceLineOf } from '../../../support/orders.ts';
import { askingPolicies, notesOf, place } from '../../../support/questions.ts';

const item: InventoryItem = {
  id: 'inv-1',
  number: 'PI0000007',
  tree: 'inv-1',
  kind: 'service',
  specification: 'internet-access',
  specificationVersion: '1',
  name: 'Internet access',
  status: 'active',
  characteristics: [
    { name: 'downstreamSpeed', value: '100 Mbps' },
    { name: 'router', value: 'own' },
  ],
  place,
  parties: [],
  order: 'order-1',
  line: 'line-1',
  domainOrder: 'so-1',
  orderItem: '1',
};

function captured(changes: Partial<CapturedLine>, inventory: InventoryItem = item): Outcome {
  const lines = [serviceLineOf('internet-access', changes)];
  const facts = { ...factsOf(askingPolicies), inventory: { [inventory.id]: inventory } };
  return step(undefined, captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines }), facts);
}

function orderOf(outcome: Outcome) {
  if (!outcome.ok) throw new Error(refusalText(outcome.refusal));
  return outcome.order;
}

describe('a question that refers to what is there', () => {
  it('takes its place from it, and nothing else; that is told in the work notes alone', () => {
    const order = orderOf(captured({ referenceInventory: 'inv-1' }));
    const [line] = order.lines;
    expect(line).toMatchObject({ action: 'add', place, characteristics: [] });
    expect(JSON.stringify(line)).not.toContain('inv-1');
    expect(notesOf(order)).toContain('Location taken from inventory PI0000007: Site 1');
  });

  it('for an upgrade takes place, specification and every characteristic that was not said', () => {
    const faster = { name: 'downstreamSpeed', value: '1 Gbps' };
    const changes = { action: 'change', inventory: 'inv-1', characteristics: [faster] } as const;
    const { specification: _unsaid, ...line } = serviceLineOf('internet-access', changes);
    const facts = { ...factsOf(askingPolicies), inventory: { 'inv-1': item } };
    const order = orderOf(
      step(undefined, captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines: [line] }), facts),
    );
    expect(order.lines[0]).toMatchObject({
      action: 'change',
      inventory: 'inv-1',
      specification: 'internet-access',
      place,
      characteristics: [faster, { name: 'router', value: 'own' }],
    });
  });

  it.each([
    [
      'is not there',
      { referenceInventory: 'inv-2' },
      item,
      'Service Inventory does not exist: inv-2',
      '/referenceServiceInventory/id',
    ],
    [
      'is no service',
      { inventory: 'inv-1', action: 'change' },
      { ...item, kind: 'product' },
      'Service Inventory does not exist: inv-1',
      '/serviceInventory/id',
    ],
    [
      'is not active',
      { inventory: 'inv-1', action: 'change' },
      { ...item, status: 'suspended' },
      'Service Inventory inv-1 is suspended',
      '/serviceInventory/id',
    ],
  ] as const)('that %s is refused', (_what, changes, known, text, pointer) => {
    const outcome = captured(changes, known);
    if (outcome.ok) throw new Error('it was taken');
    expect(refusalText(outcome.refusal)).toBe(text);
    expect(outcome.refusal.pointer).toBe(
      `/productOrderItem/0/service${pointer}`.replace('productOrderItem', 'serviceOrderItem'),
    );
  });
});
