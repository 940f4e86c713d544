/** TMF652 southbound: what a resource order says, and what each state in an answer means. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { tmf652Overlay } from '../../../contracts/profile/tmf652-v4.0.ts';
import type { OutboundItem, OutboundPayload } from '../../../engine/model/payload.ts';
import { wordsOf } from '../../../engine/wire/south/dialect.ts';
import { tmf652v4 } from '../../../engine/wire/south/tmf652-v4.ts';
import { start } from '../../support/orders.ts';

const port: OutboundItem = {
  serviceOrder: 'ro-1',
  action: 'add',
  quantity: 1,
  specification: { id: 'port', name: 'Port', version: '2', type: 'Logical' },
  characteristics: [{ name: 'speed', valueType: 'Choice', value: '1 Gbps' }],
  place: { id: 'site', role: 'installation' },
  children: [],
  after: [],
};

const router: OutboundItem = { ...port, serviceOrder: 'ro-2', action: 'change', inventory: 'res-7', after: ['ro-1'] };

const payload: OutboundPayload = {
  kind: 'resource',
  requestId: 'r',
  revision: 1,
  priority: '0',
  requestedStartAt: start,
  parties: [],
  items: [port, router],
};

const { create, revise, read, words, noticeIn } = tmf652v4;

describe('a resource order that goes out', () => {
  it('names its request where old and new readers look, and says of each resource what it is', () => {
    expect(create.render(payload, words)).toEqual({
      externalId: 'r',
      externalReference: [{ id: 'r', owner: 'southbound', entityType: 'ResourceOrder' }],
      priority: 0,
      requestedStartDate: '2026-01-05T08:00:00.000Z',
      '@type': 'ResourceOrder',
      orderItem: [
        {
          id: 'ro-1',
          quantity: 1,
          action: 'add',
          resourceSpecification: { id: 'port', name: 'Port', version: '2', '@type': 'ResourceSpecificationRef' },
          resource: {
            id: 'ro-1',
            href: 'urn:southbound:resource:ro-1',
            name: 'Port',
            category: 'Logical',
            resourceCharacteristic: [{ name: 'speed', valueType: 'Choice', value: '1 Gbps' }],
            place: { id: 'site', role: 'installation' },
            '@type': 'Resource',
          },
          '@type': 'ResourceOrderItem',
        },
        expect.objectContaining({
          id: 'ro-2',
          action: 'modify',
          resource: expect.objectContaining({ id: 'res-7', href: 'urn:southbound:resource:res-7' }),
          orderItemRelationship: [{ relationshipType: 'dependency', orderItem: { itemId: 'ro-1' } }],
        }),
      ],
    });
  });

  it.each([
    ['0', 0],
    ['4', 4],
    ['5', undefined],
    ['urgent', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('has priority %j as the number %j', (priority, expected) => {
    const { priority: _, ...rest } = payload;
    const order = create.render(priority === undefined ? rest : { ...rest, priority }, words);
    expect((order as { priority?: number }).priority).toBe(expected);
    expect(checkOf('TMF652', 'own', create.request)(order)).toEqual([]);
  });

  it.each([
    ['suspend', 'suspended'],
    ['resume', 'available'],
    ['change', undefined],
    ['delete', undefined],
  ] as const)('on %s says that the resource is %s', (action, status) => {
    const order = create.render({ ...payload, items: [{ ...router, action }] }, words);
    const [item] = (order as { orderItem: { resource: { resourceStatus?: string } }[] }).orderItem;
    expect(item?.resource.resourceStatus).toBe(status);
  });

  it('marks what a revision changes', () => {
    const items = [{ ...port, modification: 'change' as const }, router];
    expect(revise?.render({ ...payload, revision: 3, items }, words)).toMatchObject({
      revision: 3,
      orderItem: [{ id: 'ro-1', modificationType: 'change' }, { id: 'ro-2' }],
    });
  });

  it('says that nothing changes in the words of the target', () => {
    const own = wordsOf(tmf652v4, { actions: { ...words.actions, 'no-change': 'no_change' } });
    const order = create.render({ ...payload, items: [{ ...router, action: 'no-change' }] }, own);
    expect(order).toMatchObject({ orderItem: [{ action: 'no_change' }] });
    expect(checkOf('TMF652', 'own', create.request)(order)).toEqual([]);
  });
});

describe('what is said of a resource order', () => {
  const meanings = [
    ['acknowledged', 'pending'],
    ['inProgress', 'pending'],
    ['pending', 'pending'],
    ['held', 'pending'],
    ['assessingCancellation', 'pending'],
    ['pendingCancellation', 'pending'],
    ['completed', 'fulfilled'],
    ['failed', 'error'],
    ['rejected', 'error'],
    ['partial', 'error'],
    ['cancelled', 'error'],
  ] as const;

  it.each(meanings)('%s means %s, said of an item or of the order', (state, meaning) => {
    const said = { id: 'rom-1', orderItem: [{ id: 'a', state }] };
    expect(read(said, words, []).reports).toEqual([{ serviceOrder: 'a', state: meaning }]);
    expect(read({ ...said, state, orderItem: [{ id: 'a' }] }, words, []).reports).toMatchObject([{ state: meaning }]);
  });

  it('is known for every state that the lifecycle draws, and for no other', () => {
    const { moves, terminal } = tmf652Overlay.transitions.ResourceOrder ?? { moves: {}, terminal: [] };
    const drawn = [...new Set([...Object.keys(moves), ...terminal])];
    expect(meanings.map(([state]) => state).toSorted()).toEqual(drawn.toSorted());
    expect(read({ id: 'rom-1', orderItem: [{ id: 'a', state: 'sleeping' }] }, words, []).reports).toEqual([]);
  });

  it('has the reason for a failure in its last note', () => {
    const note = [{ text: 'begun' }, { text: 'no port is free' }];
    const orderItem = [
      { id: 'a', state: 'failed' },
      { id: 'b', state: 'inProgress' },
    ];
    expect(read({ id: 'rom-1', note, orderItem }, words, []).reports).toEqual([
      { serviceOrder: 'a', state: 'error', message: 'no port is free' },
      { serviceOrder: 'b', state: 'pending' },
    ]);
  });

  it('belongs to the request of its externalId, or of our reference where it has none', () => {
    const externalReference = [
      { id: 'other', owner: 'crm', entityType: 'Order' },
      { id: 'r', owner: 'southbound', entityType: 'ResourceOrder' },
    ];
    expect(read({ id: 'rom-1', externalReference }, words, [])).toMatchObject({ requestId: 'r' });
    expect(read({ id: 'rom-1', externalReference, externalId: 'x' }, words, [])).toMatchObject({ requestId: 'x' });
    expect(read({ id: 'rom-1' }, words, [])).toEqual({ externalOrderId: 'rom-1', reports: [] });
  });

  it('is noticed where information is required, and nowhere else', () => {
    const event = { fieldPath: 'orderItem.resource.place', event: { resourceOrder: {} } };
    expect(noticeIn?.('ResourceOrderInformationRequiredEvent', event)).toEqual({
      kind: 'informationRequired',
      text: 'orderItem.resource.place',
    });
    expect(noticeIn?.('ResourceOrderStateChangeEvent', event)).toBeUndefined();
  });
});
