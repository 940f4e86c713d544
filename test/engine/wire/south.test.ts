/** The dialects: what each says is valid by its contract and complete, and what each reads. */
import { describe, expect, it } from 'vitest';
import { checkOf, contractOf } from '../../../contracts/profile/contract.ts';
import { publishedApis } from '../../../contracts/schemas/documents.ts';
import type { Action } from '../../../engine/model/order.ts';
import type { OutboundItem, OutboundPayload } from '../../../engine/model/payload.ts';
import { orderDialectNames } from '../../../engine/model/target.ts';
import { wordsOf } from '../../../engine/wire/south/dialect.ts';
import { dialects } from '../../../engine/wire/south/dialects.ts';
import { start } from '../../support/orders.ts';

const internet: OutboundItem = {
  serviceOrder: 'so-1',
  action: 'add',
  quantity: 1,
  specification: { id: 'internet-access', name: 'Internet access', version: '3', type: 'CFS' },
  characteristics: [
    { name: 'speed', valueType: 'Choice', value: '1 Gbps' },
    { name: 'vlan', value: 7 },
    { name: 'static', value: true },
  ],
  place: { id: 'p', name: 'Harbour Street', role: 'installation', referredType: 'GeographicAddress' },
  children: ['so-2', 'so-3'],
  after: [],
};

const line: OutboundItem = {
  serviceOrder: 'so-2',
  action: 'suspend',
  quantity: 1,
  specification: { id: 'access-line', name: 'Access line', version: '2', type: 'RFS' },
  characteristics: [],
  inventory: 'svc-9',
  parent: 'so-1',
  children: [],
  after: [],
};

const unchanged: OutboundItem = { ...line, serviceOrder: 'so-3', action: 'no-change', after: ['so-2'] };

const payload: OutboundPayload = {
  requestId: 'r'.repeat(32),
  revision: 1,
  description: 'For the Rossi family',
  priority: '2',
  requestedStartAt: start,
  requestedCompletionAt: start + 86_400_000,
  parties: [{ id: 'c', name: 'Rossi', role: 'customer', referredType: 'Customer' }],
  items: [internet, line, unchanged],
};

const revision: OutboundPayload = {
  ...payload,
  revision: 2,
  items: [
    {
      ...internet,
      modification: 'change',
      characteristics: [{ name: 'speed', value: '2 Gbps', previousValue: '1 Gbps' }],
    },
    { ...line, modification: 'noChange' },
  ],
};

const actions: readonly Action[] = ['add', 'change', 'delete', 'suspend', 'resume', 'no-change'];

describe.each(orderDialectNames)('%s', (name) => {
  const dialect = dialects[name];

  it('sends what is valid by its contract', () => {
    const order = dialect.create.render(payload, dialect.words);
    expect(checkOf(dialect.api, 'own', dialect.create.request)(order)).toEqual([]);
    for (const action of actions.filter((each) => dialect.words.actions[each] !== '')) {
      const one = { ...payload, items: [{ ...internet, action, inventory: 'svc-1', children: [] }] };
      expect(
        checkOf(dialect.api, 'own', dialect.create.request)(dialect.create.render(one, dialect.words)),
        action,
      ).toEqual([]);
    }
  });

  it('sends a revision that is valid by its contract', () => {
    const { revise } = dialect;
    if (revise === undefined) throw new Error('it has none');
    expect(checkOf(dialect.api, 'own', revise.request)(revise.render(revision, dialect.words))).toEqual([]);
    expect(revise.path('a/b')).toMatch(/\/a%2Fb$/);
  });

  it.each([undefined, 'The customer has moved'])(
    'asks for the end of an order by its contract, reason: %s',
    (reason) => {
      const { api, cancel } = dialect;
      if (cancel === undefined) throw new Error('it has none');
      const path = `${publishedApis[api].basePath}${cancel.path('4711')}`;
      const contract = contractOf('POST', path);
      expect(contract?.operation.request).toBe(cancel.request);
      const asked = cancel.render('4711', reason);
      expect(checkOf(api, 'own', cancel.request)(asked)).toEqual([]);
      expect(JSON.stringify(asked)).toContain('4711');
      if (reason !== undefined) expect(JSON.stringify(asked)).toContain(reason);
    },
  );

  it('names the request, every service order, every characteristic and every relation', () => {
    const text = JSON.stringify(dialect.create.render(payload, dialect.words));
    for (const said of [
      payload.requestId,
      'so-1',
      'so-2',
      'speed',
      '1 Gbps',
      'vlan',
      'static',
      'svc-9',
      'internet-access',
      'Rossi',
      '"p"',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toMatch(/[Hh]asParent/);
  });

  it('has a meaning for every state of its contract', () => {
    expect(Object.keys(dialect.words.states).toSorted()).toEqual([...dialect.states].toSorted());
    const types: { readonly [api: string]: string } = {
      TMF641: 'ServiceOrderStateType',
      TMF697: 'WorkOrderStateType',
      ServiceNow: 'State',
      FlowOne: 'ServiceOrderState',
    };
    const type = types[dialect.api];
    for (const state of dialect.states) {
      // TMF652 has no type for its states: its lifecycle names them.
      const findings =
        type === undefined
          ? checkOf(dialect.api, 'conformance', 'ResourceOrderItem')({ state })
          : checkOf(dialect.api, 'official', type)(state);
      expect(findings, state).toEqual([]);
    }
  });

  it('knows its own words for actions', () => {
    for (const word of Object.values(dialect.words.actions).filter((each) => each !== ''))
      expect(dialect.isAction(word)).toBe(true);
    expect(dialect.isAction('pause')).toBe(false);
  });
});

describe('ServiceNow', () => {
  const { create, revise, read, words, answerType } = dialects.servicenow;

  it('has the envelope and the words of the native interface', () => {
    expect(create.render(payload, words)).toMatchObject({
      externalId: payload.requestId,
      '@type': 'ServiceOrder',
      relatedParty: [{ id: 'c', '@referredType': 'Customer' }],
      serviceOrderItem: [
        {
          id: 'so-1',
          action: 'add',
          version: '1',
          orderRelationship: [
            { id: 'so-2', relationshipType: 'HasChild' },
            { id: 'so-3', relationshipType: 'HasChild' },
          ],
          place: { id: 'p', '@type': 'Place' },
          service: {
            '@type': 'CFS',
            serviceType: 'cfs',
            serviceSpecification: { id: 'internet-access', version: '3', internalVersion: '3' },
          },
        },
        {
          id: 'so-2',
          action: 'suspend',
          orderRelationship: [{ id: 'so-1', relationshipType: 'HasParent' }],
          service: { id: 'svc-9' },
        },
        {
          id: 'so-3',
          action: 'no-change',
          orderRelationship: [
            { id: 'so-1', relationshipType: 'HasParent' },
            { id: 'so-2', relationshipType: 'Requires' },
          ],
        },
      ],
    });
  });

  it('marks what a revision changes', () => {
    expect(revise?.render(revision, words)).toMatchObject({
      externalId: payload.requestId,
      revision: 2,
      serviceOrderItem: [
        {
          id: 'so-1',
          modificationType: 'change',
          version: '2',
          service: { serviceCharacteristic: [{ name: 'speed', value: '2 Gbps', previousValue: '1 Gbps' }] },
        },
        { id: 'so-2', modificationType: 'noChange' },
      ],
    });
  });

  it('reads states item by item, those of the order where an item has none, and none where it knows none', () => {
    const answer = {
      id: 'sn-1',
      externalId: 'r',
      state: 'in_progress',
      serviceOrderItem: [{ id: 'a', state: 'closed_complete' }, { id: 'b' }, { id: 'c', state: 'new_in_release_x' }],
    };
    expect(checkOf('ServiceNow', 'official-lenient', answerType('create', 201))(answer)).toEqual([]);
    expect(checkOf('ServiceNow', 'official', answerType('create', 201))(answer)).not.toEqual([]);
    expect(read(answer, words, [])).toEqual({
      externalOrderId: 'sn-1',
      requestId: 'r',
      reports: [
        { serviceOrder: 'a', state: 'fulfilled' },
        { serviceOrder: 'b', state: 'pending' },
      ],
    });
  });

  it('reads an order that is queued', () => {
    expect(checkOf('ServiceNow', 'official-lenient', answerType('create', 202))({ orderId: 'q-1' })).toEqual([]);
    expect(read({ orderId: 'q-1' }, words, ['a'])).toEqual({ externalOrderId: 'q-1', reports: [] });
  });
});

describe('FlowOne', () => {
  const { create, read, words } = dialects.flowone;

  it('sends a flat list in upper case, values as text, and nothing that is not to change', () => {
    expect(create.render(payload, words)).toMatchObject({
      externalId: payload.requestId,
      serviceOrderItem: [
        {
          id: 'so-1',
          action: 'CONNECT',
          quantity: '1',
          service: {
            serviceCharacteristic: [
              { name: 'speed', value: '1 Gbps' },
              { name: 'vlan', value: '7' },
              { name: 'static', value: 'true' },
            ],
            place: [{ id: 'p', role: 'installation' }],
          },
        },
        {
          id: 'so-2',
          action: 'SUSPEND',
          service: { id: 'svc-9' },
          serviceOrderItemRelationship: [{ relationshipType: 'hasParent', id: 'so-1', orderItem: { itemId: 'so-1' } }],
        },
      ],
    });
    const items = (create.render(payload, words) as { serviceOrderItem: object[] }).serviceOrderItem;
    expect(items).toHaveLength(2);
  });

  it('breaks its contract rather than send an order of nothing', () => {
    const nothing = create.render({ ...payload, items: [unchanged] }, words);
    expect(checkOf('FlowOne', 'own', create.request)(nothing)).toMatchObject([
      { pointer: '/serviceOrderItem', rule: 'minItems' },
    ]);
  });

  it('sends other words where the target has them', () => {
    const own = wordsOf(dialects.flowone, { actions: { ...words.actions, add: 'ACTIVATION', 'no-change': 'KEEP' } });
    const { serviceOrderItem } = create.render(payload, own) as { serviceOrderItem: { action: string }[] };
    expect(serviceOrderItem.map(({ action }) => action)).toEqual(['ACTIVATION', 'SUSPEND', 'KEEP']);
  });

  const order = (state: string, message?: string) => ({
    id: 4711,
    externalId: 'r',
    state,
    ...(message === undefined ? {} : { phaseNote: { message } }),
  });

  it.each([
    ['acknowledged', undefined, 'pending'],
    ['inProgress', undefined, 'pending'],
    ['inProgress', 'Order 7 Has Entered In FALLOUT: no port', 'error'],
    ['pending', 'has entered in fallout', 'pending'],
    ['completed', 'has entered in fallout', 'fulfilled'],
    ['failed', undefined, 'error'],
    ['rejected', undefined, 'error'],
    ['cancelled', undefined, 'error'],
  ])('reads %s with the note %j as %s of every item', (state, message, expected) => {
    const { externalOrderId, reports } = read(order(state, message), words, ['a', 'b']);
    expect(externalOrderId).toBe('4711');
    expect(reports.map(({ serviceOrder, state: said }) => [serviceOrder, said])).toEqual([
      ['a', expected],
      ['b', expected],
    ]);
    expect(reports[0]?.message).toBe(expected === 'error' ? message : undefined);
  });

  it('speaks of every item, shown or not, and of those shown where nobody knows what was sent', () => {
    const shown = { ...order('completed'), serviceOrderItem: [{ id: 'b' }] };
    expect(read(shown, words, ['a', 'b']).reports.map(({ serviceOrder }) => serviceOrder)).toEqual(['a', 'b']);
    expect(read(shown, words, []).reports).toEqual([{ serviceOrder: 'b', state: 'fulfilled' }]);
  });

  it('looks for the phrase of the target', () => {
    const own = wordsOf(dialects.flowone, { falloutPhrase: 'Stuck' });
    expect(read(order('inProgress', 'it is stuck'), own, ['a']).reports).toMatchObject([{ state: 'error' }]);
    expect(read(order('inProgress', 'has entered in fallout'), own, ['a']).reports).toMatchObject([
      { state: 'pending' },
    ]);
  });

  it('reads only the id in an answer to an order', () => {
    expect(read({ id: '7' }, words, ['a'])).toEqual({ externalOrderId: '7', reports: [] });
  });
});

describe('TMF641 v4.1', () => {
  it('reads other meanings where the target has them', () => {
    const { read, words } = dialects['tmf641-v4.1'];
    const order = { id: 'som-1', serviceOrderItem: [{ id: 'a', action: 'add', service: {}, state: 'partial' }] };
    expect(read(order, words, []).reports).toEqual([{ serviceOrder: 'a', state: 'error' }]);
    const own = wordsOf(dialects['tmf641-v4.1'], { states: { ...words.states, partial: 'fulfilled' } });
    expect(read(order, own, []).reports).toEqual([{ serviceOrder: 'a', state: 'fulfilled' }]);
  });
});

describe('the answer to a cancellation', () => {
  const read = (name: keyof typeof dialects, answer: object) => dialects[name].cancel?.read(answer);

  it.each([
    ['accepted', 'asked'],
    ['inProgress', 'asked'],
    [undefined, 'asked'],
    ['done', 'done'],
    ['terminatedWithError', 'refused'],
  ])('of TMF641 in state %s is %s', (state, expected) => {
    expect(read('tmf641-v4.1', { state })?.state).toBe(expected);
  });

  it('of TMF641 that is refused says why, in whichever attribute', () => {
    const state = 'terminatedWithError';
    expect(read('tmf641-v4.1', { state, completionMessage: 'too late' })).toEqual({
      state: 'refused',
      reason: 'too late',
    });
    expect(read('tmf641-v4.1', { state, errorMessage: { message: 'no' } })).toEqual({ state: 'refused', reason: 'no' });
    expect(read('tmf641-v4.1', { state })).toEqual({ state: 'refused', reason: 'it does not say why' });
  });

  it('of ServiceNow is done before anybody has assessed it', () => {
    expect(read('servicenow', { state: 'done' })).toEqual({ state: 'asked' });
    expect(read('servicenow', { state: 'rejected' })?.state).toBe('refused');
  });

  it('of FlowOne says no more than that it came', () => {
    expect(read('flowone', { id: '1' })).toEqual({ state: 'asked' });
  });
});
