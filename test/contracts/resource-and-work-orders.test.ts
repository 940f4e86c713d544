/** The contracts of what is ordered below a service order: resources (TMF652) and work (TMF697). */
import { describe, expect, it } from 'vitest';
import { checkOf, checkRequest, checkResponse, contractOf, overlays } from '../../contracts/profile/contract.ts';
import { isLegalMove, type ProfileName, type Transitions } from '../../contracts/profile/profile.ts';
import type { ApiName } from '../../contracts/schemas/documents.ts';

const rules = (api: ApiName, profile: ProfileName, definition: string, value: unknown) =>
  checkOf(api, profile, definition)(value).map(({ pointer, rule }) => `${pointer} ${rule}`);

const contract = (method: string, path: string) => {
  const found = contractOf(method, path);
  if (found === undefined) throw new Error('no contract');
  return found;
};

const lifecycle = (api: ApiName, resource: string): Transitions => {
  const found = overlays[api].transitions[resource];
  if (found === undefined) throw new Error('there is none');
  return found;
};

const event = (eventType: string, payload: object) => ({
  eventId: 'e-1',
  eventTime: '2026-01-05T08:00:00.000Z',
  eventType,
  event: payload,
});

const withoutStates = (items: readonly object[]) => items.map((item) => ({ ...item, state: undefined }));
const asSent = (body: unknown) => JSON.parse(JSON.stringify(body));

describe('TMF652 v4.0 as published', () => {
  it.each([
    ['ResourceOrder', {}, []],
    ['ResourceOrder', { state: 'any word at all' }, []],
    ['ResourceOrder', { priority: '1' }, ['/priority type']],
    ['ResourceOrder_Create', {}, []],
    ['ResourceOrder_Create', { state: 'acknowledged', orderDate: '2026-01-05T08:00:00Z' }, []],
    ['ResourceOrderItem', { action: 'no_change' }, []],
    ['ResourceRefOrValue', { name: 'port 7' }, ['/href required', '/id required']],
    ['ResourceRefOrValue', { id: '1', href: '/1', place: [] }, ['/place type']],
    ['ExternalId', {}, ['/entityType required', '/id required', '/owner required']],
    ['CancelResourceOrder_Create', {}, ['/resourceOrder required']],
    ['CancelResourceOrder', { resourceOrder: { id: '1' }, state: 'accepted' }, ['/state enum']],
    ['RelatedParty', { id: '1' }, ['/@referredType required']],
    ['ResourceOrderStateChangeEvent', {}, []],
  ])('%s %j', (definition, value, expected) => {
    expect(rules('TMF652', 'official', definition, value)).toEqual(expected);
  });
});

describe('TMF652 under its profiles', () => {
  const port = {
    id: 'do-2',
    action: 'add',
    state: 'inProgress',
    resource: {
      id: 'do-2',
      href: 'http://orders.test/resource/do-2',
      resourceSpecification: { id: 'access-port' },
      resourceCharacteristic: [{ name: 'speed', value: '1000' }],
      place: { id: 'site-1', role: 'installation' },
    },
  };
  const old = {
    id: 'do-3',
    action: 'delete',
    state: 'acknowledged',
    resource: { id: 'r-3', href: 'http://inventory.test/resource/r-3' },
  };
  const shown = {
    id: 'ro-1',
    href: 'http://resources.test/resourceOrder/ro-1',
    state: 'inProgress',
    orderDate: '2026-01-05T08:00:00.000Z',
    orderItem: [port, old],
  };
  const asked = asSent({ externalId: 'RQ-1', priority: 1, orderItem: withoutStates([port, old]) });
  const creation = contract('POST', '/any/tmf-api/resourceOrderingManagement/v4/resourceOrder');

  it('takes an honest order, its answer and its cancellation, also of ourselves', () => {
    const cancel = { cancellationReason: 'no longer wanted', resourceOrder: { id: 'ro-1' } };
    const task = { ...cancel, id: 'c-1', href: 'http://resources.test/cancelResourceOrder/c-1', state: 'acknowledged' };
    const canceling = contract('POST', '/tmf-api/resourceOrderingManagement/v4/cancelResourceOrder');
    for (const profile of ['official', 'conformance', 'own'] as const) {
      expect(checkRequest(creation, profile, asked), profile).toEqual([]);
      expect(checkResponse(creation, profile, { status: 201, body: shown }), profile).toEqual([]);
      expect(checkRequest(canceling, profile, cancel), profile).toEqual([]);
      expect(checkResponse(canceling, profile, { status: 201, body: task }), profile).toEqual([]);
    }
  });

  it('asks of an answer what the published types do not', () => {
    expect(rules('TMF652', 'conformance', 'ResourceOrder', {})).toEqual(
      ['/id', '/href', '/state', '/orderDate', '/orderItem'].map((at) => `${at} mandatory-in-response ResourceOrder`),
    );
    expect(rules('TMF652', 'conformance', 'ResourceOrder', { ...shown, orderItem: [{}] })).toEqual(
      ['/id', '/action', '/state'].map((at) => `/orderItem/0${at} mandatory-in-response item`),
    );
    expect(rules('TMF652', 'conformance', 'CancelResourceOrder', { resourceOrder: { id: 'ro-1' } })).toEqual(
      ['/id', '/href', '/state'].map((at) => `${at} mandatory-in-response CancelResourceOrder`),
    );
  });

  it.each([
    ['no items', { description: 'x' }, ['/orderItem order-has-items']],
    ['an empty list', { orderItem: [] }, ['/orderItem order-has-items']],
    ['an id', { ...asked, id: 'ro-1' }, [' provider-owned id']],
    [
      'an item without resource',
      { orderItem: [{ id: '1', action: 'modify' }] },
      ['/orderItem/0/resource item-says-what-to-do'],
    ],
    [
      'a new resource of no kind',
      { orderItem: [{ id: '1', action: 'add', resource: { name: 'port' } }] },
      ['Specification', 'Specification', 'Characteristic'].map(
        (what, index) => `/orderItem/0${index === 0 ? '' : '/resource'}/resource${what} new-resource-is-specified`,
      ),
    ],
    [
      'a new resource of a kind told beside it',
      { orderItem: [{ id: '1', action: 'add', resource: { name: 'port' }, resourceSpecification: { id: 'port' } }] },
      [],
    ],
    [
      'an old resource without a name',
      { orderItem: [{ id: '1', action: 'delete', resource: { name: 'port' } }] },
      ['/id', '/href'].map((at) => `/orderItem/0/resource${at} existing-resource-is-named`),
    ],
    [
      'either spelling of no change',
      {
        orderItem: [
          { ...old, action: 'no_change' },
          { ...old, action: 'noChange' },
        ],
      },
      [],
    ],
    ['a verb nobody knows', { orderItem: [{ ...old, action: 'change' }] }, ['/orderItem/0/action known-action']],
    ['a state nobody knows', { orderItem: [{ ...old, state: 'Done' }] }, ['/orderItem/0/state known-state']],
  ])('judges %s in an order', (_what, body, expected) => {
    expect(rules('TMF652', 'conformance', 'ResourceOrder_Create', body)).toEqual(expected);
  });

  it('knows what a patch may change', () => {
    const patch = {
      state: 'held',
      priority: 2,
      requestedCompletionDate: '2026-02-01T00:00:00.000Z',
      orderItem: [port],
    };
    expect(rules('TMF652', 'own', 'ResourceOrder_Update', patch)).toEqual([]);
    expect(rules('TMF652', 'conformance', 'ResourceOrder_Update', { orderDate: '2026-02-01', state: 'new' })).toEqual([
      ' not-patchable orderDate',
      '/state known-state',
    ]);
  });

  it('holds the resource in an event to the same', () => {
    const listener = contract('POST', '/callbacks/listener/resourceOrderStateChangeEvent');
    const told = event('ResourceOrderStateChangeEvent', { resourceOrder: shown });
    expect(checkRequest(listener, 'own', told)).toEqual([]);
    expect(checkRequest(listener, 'conformance', { ...told, eventType: 'ResourceOrderCreateEvent' })).toMatchObject([
      { pointer: '/eventType', rule: 'mandatory-in-event ResourceOrderStateChangeEvent' },
    ]);
    expect(
      checkRequest(listener, 'conformance', { ...told, event: { resourceOrder: { ...shown, state: undefined } } }),
    ).toMatchObject([{ pointer: '/event/resourceOrder/state' }]);
  });

  it.each([
    ['resource-to-be-without-id', 'ResourceOrderItem', { action: 'add', resource: { name: 'port 7' } }],
    ['external-reference-in-part', 'ExternalId', { '@type': 'ExternalId' }],
    [
      'cancellation-in-the-state-of-its-order',
      'CancelResourceOrder',
      { id: 'c', href: '/c', resourceOrder: { id: '1' }, state: 'assessingCancellation' },
    ],
    ['deletion-by-merge-patch', 'ResourceOrder_Update', { description: null }],
    ['numeric-error-code', 'Error', { code: 60, reason: 'Resource not found' }],
    ['dates-as-systems-write-them', 'ResourceOrder_Update', { requestedStartDate: '2026-01-05' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF652', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF652', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF652', 'conformance', definition, value)).toEqual([]);
    expect(rules('TMF652', 'own', definition, value)).not.toEqual([]);
  });

  it('lets a deletion take its time, and a listener answer as it likes', () => {
    const deletion = contract('DELETE', '/tmf-api/resourceOrderingManagement/v4/resourceOrder/1');
    const listener = contract('POST', '/listener/cancelResourceOrderStateChangeEvent');
    const found = (status: number) => checkResponse(deletion, 'conformance', { status, body: undefined });
    expect([202, 204].flatMap(found)).toEqual([]);
    expect(found(200)).toMatchObject([{ rule: 'status-declared' }]);
    expect(checkResponse(listener, 'conformance', { status: 204, body: undefined })).toEqual([]);
  });

  it('draws a lifecycle with cancellation, in which a new order may be rejected at once', () => {
    const drawn = lifecycle('TMF652', 'ResourceOrder');
    expect(drawn.initial).toEqual(['acknowledged', 'rejected']);
    expect(isLegalMove(drawn, 'acknowledged', 'assessingCancellation')).toBe(true);
    expect(isLegalMove(drawn, 'inProgress', 'cancelled')).toBe(false);
    expect(isLegalMove(drawn, 'held', 'cancelled')).toBe(true);
    expect(isLegalMove(lifecycle('TMF652', 'CancelResourceOrder'), 'acknowledged', 'done')).toBe(false);
  });
});

describe('TMF697 v4.0 as published', () => {
  it.each([
    ['WorkOrder', {}, ['/workOrderItem required']],
    ['WorkOrder_Create', { workOrderItem: [] }, ['/workOrderItem minItems']],
    ['WorkOrder_Update', { description: 'x' }, ['/workOrderItem required']],
    ['WorkOrderItem', { id: '1', action: 'add' }, []],
    ['WorkOrderItem', { id: '1', action: 'no_change' }, ['/action enum']],
    ['WorkOrderItem', { id: '1', action: 'add', note: [{ text: 'x' }] }, ['/note type']],
    ['WorkOrder', { workOrderItem: [{ id: '1', action: 'add' }], priority: 1 }, ['/priority type']],
    ['WorkRefOrValue', { state: 'pendingCancellation' }, ['/state enum']],
    ['RelatedWorkOrderItem', {}, ['/orderItemId required', '/workOrderId required']],
    ['RelatedEntity', { id: '1' }, ['/@referredType required', '/role required']],
    ['CancelWorkOrder', { workOrder: { id: '1' }, state: 'acknowledged' }, ['/state enum']],
    ['AttachmentRefOrValue', { content: 'x', url: 'no scheme' }, ['/url format']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules('TMF697', 'official', definition, value)).toEqual(expected);
  });
});

describe('TMF697 under its profiles', () => {
  const visit = {
    id: '1',
    action: 'add',
    state: 'acknowledged',
    appointment: { id: 'a-1' },
    relatedEntity: [{ id: 'so-1', role: 'parent', '@referredType': 'ServiceOrder' }],
    work: { name: 'install the modem', workSpecification: { id: 'installation' } },
  };
  const shown = {
    id: 'wo-1',
    href: 'http://work.test/workOrder/wo-1',
    state: 'acknowledged',
    orderDate: '2026-01-05T08:00:00.000Z',
    workOrderItem: [visit],
  };
  const asked = asSent({
    externalId: 'RQ-1',
    order: [{ id: 'so-1', '@referredType': 'ServiceOrder' }],
    place: { id: 'site-1', '@referredType': 'GeographicSite' },
    note: { text: 'ring twice' },
    workOrderItem: withoutStates([visit]),
  });
  const creation = contract('POST', '/any/tmf-api/workOrderManagement/v4/workOrder');

  it('takes an honest order, its answer, its patch and its cancellation, also of ourselves', () => {
    const cancel = { cancellationReason: 'no longer wanted', workOrder: { id: 'wo-1' } };
    const task = { ...cancel, id: 'c-1', href: 'http://work.test/cancelWorkOrder/c-1', state: 'accepted' };
    const canceling = contract('POST', '/tmf-api/workOrderManagement/v4/cancelWorkOrder');
    const patching = contract('PATCH', '/tmf-api/workOrderManagement/v4/workOrder/wo-1');
    for (const profile of ['official', 'conformance', 'own'] as const) {
      expect(checkRequest(creation, profile, asked), profile).toEqual([]);
      expect(checkResponse(creation, profile, { status: 201, body: shown }), profile).toEqual([]);
      expect(checkRequest(patching, profile, { priority: '0', workOrderItem: [visit] }), profile).toEqual([]);
      expect(checkRequest(canceling, profile, cancel), profile).toEqual([]);
      expect(checkResponse(canceling, profile, { status: 201, body: task }), profile).toEqual([]);
    }
  });

  it('asks of an answer what the published types do not, down to the last item', () => {
    expect(rules('TMF697', 'conformance', 'WorkOrder', { workOrderItem: [visit] })).toEqual(
      ['/id', '/href', '/state', '/orderDate'].map((at) => `${at} mandatory-in-response WorkOrder`),
    );
    const nested = { ...visit, workOrderItem: [{ id: '1.1', action: 'add' }] };
    expect(rules('TMF697', 'conformance', 'WorkOrder', { ...shown, workOrderItem: [nested] })).toEqual([
      '/workOrderItem/0/workOrderItem/0/state mandatory-in-response item',
    ]);
    expect(rules('TMF697', 'conformance', 'CancelWorkOrder', { workOrder: { id: 'wo-1' } })).toEqual(
      ['/id', '/href', '/state'].map((at) => `${at} mandatory-in-response CancelWorkOrder`),
    );
  });

  it.each([
    ['a state', { ...asked, state: 'acknowledged' }, [' provider-owned state']],
    ['the state of an item', { workOrderItem: [visit] }, ['/workOrderItem/0 provider-owned item state']],
    [
      'an item that adds nothing',
      { workOrderItem: [{ id: '1', action: 'add' }] },
      ['/workOrderItem/0/work new-work-is-told', '/workOrderItem/0/workOrderItem new-work-is-told'],
    ],
    ['an item of items', { workOrderItem: [{ id: '1', action: 'add', workOrderItem: asked.workOrderItem }] }, []],
    [
      'old work without a name',
      { workOrderItem: [{ id: '1', action: 'modify', work: { name: 'the visit' } }] },
      ['/id', '/href'].map((at) => `/workOrderItem/0/work${at} existing-work-is-named`),
    ],
  ])('judges %s in an order', (_what, body, expected) => {
    expect(rules('TMF697', 'conformance', 'WorkOrder_Create', body)).toEqual(expected);
    expect(rules('TMF697', 'official', 'WorkOrder_Create', body)).toEqual([]);
  });

  it('knows what a patch may not change', () => {
    expect(rules('TMF697', 'conformance', 'WorkOrder_Update', { orderDate: '2026-02-01' })).toEqual([
      ' not-patchable orderDate',
    ]);
  });

  it('holds the order in an event to the same', () => {
    const listener = contract('POST', '/callbacks/listener/workOrderInformationRequiredEvent');
    const told = { ...event('WorkOrderInformationRequiredEvent', { workOrder: shown }), fieldPath: 'appointment' };
    expect(checkRequest(listener, 'own', told)).toEqual([]);
    expect(checkRequest(listener, 'conformance', { ...told, event: {} })).toMatchObject([
      { pointer: '/event/workOrder' },
    ]);
  });

  it.each([
    [
      'first-state-of-a-task',
      'CancelWorkOrder',
      { id: 'c', href: 'http://w.test/c', workOrder: { id: '1' }, state: 'acknowledged' },
    ],
    ['patch-without-items', 'WorkOrder_Update', { description: 'x' }],
    ['items-in-part-by-patch', 'WorkOrder_Update', { workOrderItem: [{ id: '1', state: 'held' }] }],
    ['deletion-by-merge-patch', 'WorkOrder_Update', { workOrderItem: [visit], externalId: null }],
    ['relative-references', 'AgreementRef', { id: '1', href: '/agreement/1' }],
    ['numeric-error-code', 'Error', { code: 60, reason: 'Resource not found' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF697', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF697', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF697', 'conformance', definition, value)).toEqual([]);
    expect(rules('TMF697', 'own', definition, value)).not.toEqual([]);
  });

  it('borrows the lifecycle of service orders', () => {
    const drawn = lifecycle('TMF697', 'WorkOrder');
    expect(isLegalMove(drawn, 'acknowledged', 'cancelled')).toBe(true);
    expect(isLegalMove(drawn, 'completed', 'inProgress')).toBe(false);
    expect(lifecycle('TMF697', 'CancelWorkOrder').initial).toContain('accepted');
  });
});
