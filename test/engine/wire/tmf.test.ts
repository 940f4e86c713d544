import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import type { ProductOrder_Create } from '../../../contracts/schemas/tmf622-v4.0.generated.ts';
import type { ServiceOrder, ServiceOrder_Create } from '../../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { OutboundPayload } from '../../../engine/model/payload.ts';
import {
  type RefusalCode,
  type RefusalKind,
  refusal,
  refusalCatalogue,
  refusalText,
} from '../../../engine/model/refusals.ts';
import { lineStates } from '../../../engine/model/state-tables.ts';
import { renderOrderEvent } from '../../../engine/wire/events.ts';
import { readOutboundResponse } from '../../../engine/wire/outbound-response.ts';
import { readServiceOrderReport, renderOutboundRequest } from '../../../engine/wire/south/tmf641-v4.ts';
import { tmfStateOf } from '../../../engine/wire/state-names.ts';
import { errorOfRefusal } from '../../../engine/wire/tmf-error.ts';
import { productOrdering, readProductOrder, renderProductOrder } from '../../../engine/wire/tmf622-v4.ts';
import { readServiceOrder, renderServiceOrder } from '../../../engine/wire/tmf641-v4-north.ts';
import { hierarchical, inside, Life, orderId, start } from '../../support/orders.ts';

const own = (api: 'TMF641' | 'TMF622', definition: string, value: unknown) => checkOf(api, 'own', definition)(value);

describe('TMF622 v4.0', () => {
  const body: ProductOrder_Create = {
    externalId: 'CRM-1',
    priority: '1',
    requestedCompletionDate: '2026-01-12T16:00:00.000Z',
    relatedParty: [{ id: 'c', '@referredType': 'Customer', name: 'Rossi', href: '/c' }],
    vendorSays: { anything: [1, null] },
    channel: [{ id: 'web' }],
    productOrderItem: [
      {
        id: '1',
        action: 'add',
        quantity: 2,
        productOffering: { id: 'broadband-100' },
        product: {
          place: [{ id: 'p', role: 'installation' }],
          productCharacteristic: [{ name: 'router', value: 'own' }],
          colour: 'red',
        },
        billingAccount: { id: 'b' },
        productOrderItem: [{ id: '1.1', action: 'add', productOffering: { id: 'voice' } }],
      },
      {
        id: '2',
        action: 'noChange',
        product: { id: 'PI-1' },
        productOrderItemRelationship: [{ id: '1', relationshipType: 'hasParent' }],
      },
      {
        id: '3',
        action: 'add',
        productOffering: { id: 'tv' },
        productOrderItemRelationship: [{ id: '2', relationshipType: 'dependency' }],
      },
    ],
  };

  it('is read into the words of the model', () => {
    const captured = readProductOrder(body);
    expect(captured).toMatchObject({
      type: 'CaptureOrder',
      category: 'Product',
      externalId: 'CRM-1',
      priority: '1',
      requestedCompletionAt: Date.parse('2026-01-12T16:00:00.000Z'),
      parties: [{ id: 'c', name: 'Rossi', referredType: 'Customer' }],
    });
    expect(captured.lines).toMatchObject([
      {
        externalId: '1',
        action: 'add',
        quantity: 2,
        offering: 'broadband-100',
        characteristics: [{ name: 'router', value: 'own' }],
        place: { id: 'p', role: 'installation' },
        pointer: '/productOrderItem/0',
      },
      { externalId: '1.1', parent: '1', nested: true, pointer: '/productOrderItem/0/productOrderItem/0' },
      { externalId: '2', parent: '1', action: 'no-change', inventory: 'PI-1' },
      { externalId: '3', after: ['2'] },
    ]);
  });

  it('gives back everything it was given, with ids, states and dates of its own', () => {
    const life = new Life(hierarchical);
    const simple: ProductOrder_Create = {
      ...body,
      id: 'mine',
      state: 'completed',
      productOrderItem: [
        {
          id: '1',
          action: 'add',
          state: 'held',
          productOffering: { id: 'broadband-100' },
          extra: true,
          productOrderItem: [{ id: '1.1', action: 'noChange', productOffering: { id: 'broadband-1000' } }],
        },
      ],
    } as ProductOrder_Create;
    const order = life.take({ ...readProductOrder(simple), at: start, orderId });
    const rendered = renderProductOrder(order, 'http://om.test');
    expect(rendered).toEqual({
      ...simple,
      id: orderId,
      href: `http://om.test/tmf-api/productOrderingManagement/v4/productOrder/${orderId}`,
      state: 'acknowledged',
      orderDate: '2026-01-05T08:00:00.000Z',
      '@type': 'ProductOrder',
      productOrderItem: [
        {
          id: '1',
          action: 'add',
          state: 'acknowledged',
          productOffering: { id: 'broadband-100' },
          extra: true,
          productOrderItem: [
            { id: '1.1', action: 'noChange', state: 'acknowledged', productOffering: { id: 'broadband-1000' } },
          ],
        },
      ],
    });
    expect(own('TMF622', 'ProductOrder', rendered)).toEqual([]);
  });

  it('keeps an attribute called __proto__ for what it is', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"state":"completed"},"productOrderItem":[{"id":"1","action":"add","productOffering":{"id":"broadband-100"}}]}',
    );
    const life = new Life(hierarchical);
    const order = life.take({ ...readProductOrder(hostile), at: start, orderId });
    expect(Object.getPrototypeOf(order.kept)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(renderProductOrder(order, '')))).toMatchObject({ state: 'acknowledged' });
  });

  it('ignores a date it cannot read, and keeps it', () => {
    const captured = readProductOrder({ ...body, requestedStartDate: '' });
    expect(captured).not.toHaveProperty('requestedStartAt');
    expect(captured.kept).toMatchObject({ requestedStartDate: '' });
  });

  it('has a state for every state of an order and of a line', () => {
    for (const state of lineStates) {
      expect(checkOf('TMF622', 'official', 'ProductOrderStateType')(tmfStateOf[state])).toEqual([]);
      expect(checkOf('TMF641', 'official', 'ServiceOrderStateType')(tmfStateOf[state])).toEqual([]);
    }
  });
});

describe('TMF641 v4.1, northbound', () => {
  it('reads services, references by either name, and gives everything back', () => {
    const body: ServiceOrder_Create = {
      category: 'moves',
      serviceOrderItem: [
        {
          id: 'a',
          action: 'add',
          service: {
            serviceSpecification: { id: 'access-line' },
            serviceCharacteristic: [{ name: 'x', value: { y: 1 } }],
          },
        },
        {
          id: 'b',
          action: 'delete',
          service: { id: 'svc-1', serviceSpecification: { id: 'ip-connectivity' } },
          serviceOrderItemRelationship: [{ relationshipType: 'dependency', orderItem: { itemId: 'a' } as never }],
        },
      ],
    };
    const captured = readServiceOrder(body);
    expect(captured.lines).toMatchObject([
      { externalId: 'a', specification: 'access-line', characteristics: [{ name: 'x', value: { y: 1 } }] },
      { externalId: 'b', action: 'delete', inventory: 'svc-1', after: ['a'] },
    ]);
    const life = new Life(inside);
    const order = life.take({ ...captured, at: start, orderId });
    const rendered = renderServiceOrder(order, 'http://om.test');
    expect(rendered).toMatchObject({
      category: 'moves',
      state: 'acknowledged',
      serviceOrderItem: body.serviceOrderItem.map((item) => ({ ...item, state: 'acknowledged' })),
    });
  });
});

describe('TMF641 v4.1, southbound', () => {
  const payload: OutboundPayload = {
    requestId: 'r'.repeat(32),
    revision: 1,
    description: 'For the Rossi family',
    priority: '2',
    requestedStartAt: start,
    requestedCompletionAt: start + 86_400_000,
    parties: [{ id: 'c', name: 'Rossi', role: 'customer', referredType: 'Customer' }],
    items: [
      {
        serviceOrder: 'so-1',
        action: 'add',
        quantity: 1,
        specification: { id: 'internet-access', name: 'Internet access', version: '1', type: 'CFS' },
        characteristics: [
          { name: 'speed', valueType: 'Choice', value: '1 Gbps' },
          { name: 'vlan', value: 7 },
        ],
        place: { id: 'p', name: 'Harbour Street', role: 'installation', referredType: 'GeographicAddress' },
        children: ['so-2'],
        after: [],
      },
      {
        serviceOrder: 'so-2',
        action: 'suspend',
        quantity: 1,
        specification: { id: 'access-line', name: 'Access line', version: '2', type: 'RFS' },
        characteristics: [],
        inventory: 'svc-9',
        parent: 'so-1',
        children: [],
        after: ['so-1'],
      },
    ],
  };

  it('says everything the payload says, and is valid as it is', () => {
    const order = renderOutboundRequest(payload);
    expect(own('TMF641', 'ServiceOrder_Create', order)).toEqual([]);
    expect(order).toMatchObject({
      externalId: payload.requestId,
      priority: '2',
      requestedStartDate: '2026-01-05T08:00:00.000Z',
      relatedParty: [{ id: 'c', '@referredType': 'Customer', '@type': 'RelatedParty' }],
      serviceOrderItem: [
        {
          id: 'so-1',
          action: 'add',
          serviceOrderItemRelationship: [{ relationshipType: 'HasChild', orderItem: { id: 'so-2', itemId: 'so-2' } }],
          service: {
            serviceType: 'CFS',
            place: [{ id: 'p', role: 'installation' }],
            serviceCharacteristic: [
              { name: 'speed', valueType: 'Choice', value: '1 Gbps' },
              { name: 'vlan', value: 7 },
            ],
            serviceSpecification: { id: 'internet-access', version: '1' },
          },
        },
        {
          id: 'so-2',
          action: 'modify',
          service: { id: 'svc-9', state: 'inactive' },
          serviceOrderItemRelationship: [
            { relationshipType: 'HasParent', orderItem: { id: 'so-1' } },
            { relationshipType: 'dependency', orderItem: { id: 'so-1' } },
          ],
        },
      ],
    });
  });

  it.each([
    ['add', 'add', undefined],
    ['change', 'modify', undefined],
    ['delete', 'delete', undefined],
    ['suspend', 'modify', 'inactive'],
    ['resume', 'modify', 'active'],
    ['no-change', 'noChange', undefined],
  ] as const)('calls %s %s', (action, expected, serviceState) => {
    const [item] = payload.items;
    if (item === undefined) throw new Error('no item');
    const order = renderOutboundRequest({ ...payload, items: [{ ...item, action, inventory: 'svc-1' }] });
    expect(order.serviceOrderItem[0]?.action).toBe(expected);
    expect(order.serviceOrderItem[0]?.service.state).toBe(serviceState);
    expect(own('TMF641', 'ServiceOrder_Create', order)).toEqual([]);
  });

  const item = (id: string, state?: string) => ({
    id,
    action: 'add',
    service: {},
    ...(state === undefined ? {} : { state }),
  });

  it.each([
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
  ])('reads %s as %s', (state, expected) => {
    const order = { id: 'som-1', externalId: 'r', serviceOrderItem: [item('a', state)] } as ServiceOrder;
    expect(readServiceOrderReport(order)).toEqual({
      externalOrderId: 'som-1',
      requestId: 'r',
      reports: [{ serviceOrder: 'a', state: expected }],
    });
  });

  it('reads the state of the order where an item has none, and items in items', () => {
    const order = { state: 'completed', serviceOrderItem: [{ ...item('a'), serviceOrderItem: [item('b', 'failed')] }] };
    expect(readServiceOrderReport(order as ServiceOrder).reports).toEqual([
      { serviceOrder: 'a', state: 'fulfilled' },
      { serviceOrder: 'b', state: 'error' },
    ]);
  });

  it('reads why something failed, from the item or from the order', () => {
    const order = {
      errorMessage: [{ message: 'of the order' }],
      serviceOrderItem: [
        { ...item('a', 'failed'), errorMessage: [{ reason: 'of the item' }] },
        item('b', 'failed'),
        item('c', 'completed'),
      ],
    };
    expect(readServiceOrderReport(order as ServiceOrder).reports.map(({ message }) => message)).toEqual([
      'of the item',
      'of the order',
      undefined,
    ]);
  });

  it('reads nothing from states it does not know', () => {
    const order = { serviceOrderItem: [item('a', 'FUTURE_STATE'), item('b')] } as unknown as ServiceOrder;
    expect(readServiceOrderReport(order).reports).toEqual([]);
  });
});

describe('events', () => {
  it('carry the whole resource in the state they tell of', () => {
    const life = new Life(hierarchical);
    life.take({
      ...readProductOrder({ productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }] }),
      at: start,
      orderId,
    });
    const order = life.then({ type: 'ApproveOrder' });
    const envelope = { eventId: 'e1', at: start, publicUrl: 'http://om.test' };
    const created = renderOrderEvent(productOrdering, order, { to: 'new' }, envelope);
    expect(created).toMatchObject({
      eventType: 'ProductOrderCreateEvent',
      listenerPath: '/listener/productOrderCreateEvent',
      body: { eventId: 'e1', eventType: 'ProductOrderCreateEvent', event: { productOrder: { state: 'acknowledged' } } },
    });
    expect(own('TMF622', 'ProductOrderCreateEvent', created?.body)).toEqual([]);
    expect(
      renderOrderEvent(productOrdering, order, { from: 'acknowledged', to: 'in_progress' }, envelope)?.eventType,
    ).toBe('ProductOrderStateChangeEvent');
    expect(renderOrderEvent(productOrdering, order, { from: 'new', to: 'acknowledged' }, envelope)).toBeUndefined();
  });
});

describe('outboundresponse', () => {
  it('is read in either spelling of its list', () => {
    const items = [{ id: 'a', state: 'fulfilled' }];
    const expected = { ok: true, requestId: 'r', reports: [{ serviceOrder: 'a', state: 'fulfilled' }] };
    expect(readOutboundResponse({ externalId: 'r', serviceOrderItem: items })).toMatchObject(expected);
    expect(readOutboundResponse({ externalId: 'r', ServiceOrderItem: items })).toMatchObject(expected);
  });

  it.each([
    [undefined, 'Invalid payload: externalId is missing', '/externalId'],
    [{ externalId: 7 }, 'Invalid payload: externalId is missing', '/externalId'],
    [{ externalId: 'r' }, 'Invalid payload: serviceOrderItem is missing', '/serviceOrderItem'],
    [{ externalId: 'r', serviceOrderItem: [] }, 'Invalid payload: serviceOrderItem is missing', '/serviceOrderItem'],
    [
      { externalId: 'r', serviceOrderItem: [{ id: 'a' }] },
      'Invalid payload: serviceOrderItem state is missing',
      '/serviceOrderItem/0/state',
    ],
    [
      { externalId: 'r', serviceOrderItem: [{ state: 'error' }] },
      'Invalid domain order id. Please pass the correct domain order id',
      '/serviceOrderItem/0/id',
    ],
    [
      {
        externalId: 'r',
        serviceOrderItem: [
          { id: 'a', state: 'error' },
          { id: 'b', state: 'x' },
        ],
      },
      'Invalid fulfilment state: Please provide correct fulfilment state',
      '/serviceOrderItem/1/state',
    ],
  ])('refuses %j', (body, text, pointer) => {
    const read = readOutboundResponse(body);
    expect(!read.ok && [refusalText(read.refusal), read.refusal.pointer]).toEqual([text, pointer]);
  });
});

describe('refusals', () => {
  it.each(Object.keys(refusalCatalogue) as RefusalCode[])('%s is a TMF error with a remedy', (code) => {
    const values = new Proxy(
      {},
      {
        get: () => 'x',
        has: () => true,
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 'x' }),
      },
    );
    const { status, body } = errorOfRefusal(refusal(code, values, '/a'));
    expect(own('TMF641', 'Error', body)).toEqual([]);
    expect(body).toMatchObject({ status: String(status), details: [{ datapath: '/a' }] });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.message).not.toMatch(/[{}]/);
    const { published, text, remedy }: RefusalKind = refusalCatalogue[code];
    expect(remedy).toMatch(/\.$/);
    if (published) expect(body.message).toBe(text.replaceAll(/\{\w+\}/g, 'x'));
    else expect(body.message).toMatch(/\. .+\.$/);
  });
});
