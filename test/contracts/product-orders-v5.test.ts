/** The contract of TMF622 v5.0, and what sets it apart from v4: types chosen by name, create and patch types, new states. */
import { describe, expect, it } from 'vitest';
import { checkOf, checkRequest, checkResponse, contractOf, overlays } from '../../contracts/profile/contract.ts';
import { isLegalMove, type ProfileName, type Transitions } from '../../contracts/profile/profile.ts';
import { withChosenTypes } from '../../contracts/schemas/discriminator.ts';
import { publishedApis } from '../../contracts/schemas/documents.ts';
import { validatorOf } from '../../contracts/schemas/validator.ts';

const rules = (profile: ProfileName, definition: string, value: unknown) =>
  checkOf('TMF622v5', profile, definition)(value).map(({ pointer, rule }) => `${pointer} ${rule}`);

const contract = (method: string, path: string) => {
  const found = contractOf(method, path);
  if (found === undefined) throw new Error('no contract');
  return found;
};

const lifecycle = (resource: string): Transitions => {
  const found = overlays.TMF622v5.transitions[resource];
  if (found === undefined) throw new Error('there is none');
  return found;
};

const base = '/tmf-api/productOrderingManagement/v5';

const speed = { '@type': 'StringCharacteristic', name: 'speed', value: '1000' };

const item = {
  '@type': 'ProductOrderItem',
  id: '1',
  quantity: 1,
  action: 'add',
  productOffering: { '@type': 'ProductOfferingRef', id: 'fibre' },
  product: { '@type': 'Product', isBundle: false, productCharacteristic: [speed] },
};

const asked = {
  '@type': 'ProductOrder',
  externalId: [{ '@type': 'ExternalIdentifier', owner: 'shop', id: '4711' }],
  requestedInitialState: 'draft',
  relatedParty: [
    {
      '@type': 'RelatedPartyRefOrPartyRoleRef',
      role: 'Customer',
      partyOrPartyRole: { '@type': 'PartyRoleRef', id: 'c-1', '@referredType': 'Customer' },
    },
  ],
  channel: [{ '@type': 'RelatedChannel', role: 'captured by', channel: { '@type': 'ChannelRef', id: 'web' } }],
  productOrderItem: [item],
};

const shown = {
  ...asked,
  id: 'po-1',
  href: `http://southbound.test${base}/productOrder/po-1`,
  state: 'draft',
  creationDate: '2026-01-05T08:00:00.000Z',
  productOrderItem: [{ ...item, state: 'acknowledged' }],
};

describe('TMF622 v5.0 as published', () => {
  it.each([
    ['ProductOrder', {}, ['/@type required']],
    ['ProductOrder', { '@type': 'ProductOrder' }, []],
    ['ProductOrder', { '@type': 'ProductOrder', productOrderItem: [] }, ['/productOrderItem minItems']],
    ['ProductOrder', { '@type': 'ProductOrder', state: 'inProgress.accepted' }, []],
    ['ProductOrder', { '@type': 'ProductOrder', externalId: '4711' }, ['/externalId type']],
    ['ProductOrder_FVO', { '@type': 'ProductOrder' }, ['/productOrderItem required']],
    ['ProductOrder_MVO', { '@type': 'ProductOrder', description: 'x' }, []],
    ['ProductOrder_MVO', { description: 'x' }, ['/@type required']],
    ['ProductOrderItem', { '@type': 'ProductOrderItem', state: 'partial' }, []],
    ['ProductOrderItem', { '@type': 'ProductOrderItem', state: 'draft' }, ['/state enum']],
    ['ProductOrderItem_FVO', { '@type': 'ProductOrderItem' }, ['/action required', '/id required']],
    ['CancelProductOrder_FVO', { '@type': 'CancelProductOrder' }, ['/productOrder required']],
    ['CancelProductOrder', { '@type': 'CancelProductOrder', state: 'rejected' }, []],
    ['ExternalIdentifier_FVO', { '@type': 'ExternalIdentifier' }, ['/id required']],
    ['RelatedChannel_FVO', { '@type': 'RelatedChannel' }, ['/channel required', '/role required']],
    ['Money', { unit: 'EUR', value: 0.99 }, []],
    ['Hub_FVO', {}, ['/@type required', '/callback required']],
    ['Error', { code: '60', reason: 'Resource not found' }, ['/@type required']],
    ['ProductOrderMilestone', { '@type': 'ProductOrderMilestone', status: 'Reached' }, ['/status enum']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules('official', definition, value)).toEqual(expected);
  });

  it('names in every discriminator a type that is there, and all that it chooses from', () => {
    const { definitions } = publishedApis.TMF622v5.document;
    const choices = Object.entries(definitions).filter(([, schema]) => 'discriminator' in schema);
    expect(choices.map(([name]) => name)).toEqual(
      expect.arrayContaining(['PartyRefOrPartyRoleRef', 'ProductRefOrValue_FVO', 'Characteristic']),
    );
    for (const [name, { discriminator, oneOf }] of choices) {
      const { mapping } = discriminator as { mapping: { [value: string]: string } }; // as withChosenTypes reads it
      const types = Object.values(mapping);
      expect(Object.keys(definitions), name).toEqual(
        expect.arrayContaining(types.map((type) => type.replace('#/definitions/', ''))),
      );
      if (oneOf !== undefined) expect(types.map(($ref) => ({ $ref }))).toEqual(oneOf);
    }
  });
});

describe('a discriminator', () => {
  const animal = { type: 'object', required: ['@type'], properties: { '@type': { type: 'string' } } };
  const definitions = {
    Pet: {
      oneOf: [{ $ref: '#/definitions/Cat' }, { $ref: '#/definitions/Dog' }],
      discriminator: { propertyName: '@type', mapping: { Cat: '#/definitions/Cat', Dog: '#/definitions/Dog' } },
    },
    Cat: { ...animal, properties: { ...animal.properties, lives: { type: 'integer' } } },
    Dog: { ...animal, required: ['@type', 'barks'], properties: { ...animal.properties, barks: { type: 'boolean' } } },
  };
  const pets = validatorOf({ $id: 'https://pets.test/pets.json', definitions }).checkOf('Pet');

  it.each([
    ['one of both kinds by its shape', { '@type': 'Dog', barks: true }, []],
    ['the wrong shape for its name', { '@type': 'Dog' }, ['/barks required']],
    ['nothing of another kind', { '@type': 'Cat', barks: 'never' }, []],
    ['an attribute of its own kind', { '@type': 'Cat', lives: 'nine' }, ['/lives type']],
    ['a kind made from one of them', { '@type': 'Siamese', lives: 9 }, []],
    ['a kind made from none of them', { '@type': 'Stone', lives: 'none' }, ['/lives type', '/barks required']],
    ['no kind at all', { barks: true }, ['/@type required']],
    ['no object', 'Dog', [' type']],
  ])('judges %s', (_what, value, expected) => {
    expect(pets(value).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(expected);
  });

  it('leaves types without one as they are', () => {
    expect(withChosenTypes(definitions).Cat).toBe(definitions.Cat);
  });
});

describe('TMF622 v5.0 under its profiles', () => {
  const creation = contract('POST', `${base}/productOrder`);
  const patching = contract('PATCH', `${base}/productOrder/po-1`);

  it('stands on a base path of its own, below any prefix', () => {
    expect(creation.api).toBe('TMF622v5');
    expect(contract('POST', '/productOrderingManagement/v5/productOrder').api).toBe('TMF622v5');
    expect(contract('POST', '/tmf-api/productOrderingManagement/v4/productOrder').api).toBe('TMF622');
  });

  it('tells the version of an event by the base path, where there is one', () => {
    const api = (path: string) => contract('POST', path).api;
    expect(api(`${base}/listener/productOrderStateChangeEvent`)).toBe('TMF622v5');
    expect(api('/tmf-api/productOrderingManagement/v4/listener/productOrderStateChangeEvent')).toBe('TMF622');
    expect(api('/listener/productOrderStateChangeEvent')).toBe('TMF622');
    expect(api('/listener/productOrderMilestoneEvent')).toBe('TMF622v5');
  });

  it('takes an honest order, its answer, its patch and its cancellation, also of ourselves', () => {
    const cancel = { '@type': 'CancelProductOrder', productOrder: { '@type': 'ProductOrderRef', id: 'po-1' } };
    const task = { ...cancel, id: 'c-1', href: `http://southbound.test${base}/c-1`, state: 'acknowledged' };
    const canceling = contract('POST', `${base}/cancelProductOrder`);
    for (const profile of ['official', 'conformance', 'own'] as const) {
      expect(checkRequest(creation, profile, asked), profile).toEqual([]);
      expect(checkResponse(creation, profile, { status: 201, body: shown }), profile).toEqual([]);
      expect(checkResponse(creation, profile, { status: 202, body: undefined }), profile).toEqual([]);
      expect(checkRequest(patching, profile, { '@type': 'ProductOrder', state: 'acknowledged' }), profile).toEqual([]);
      expect(checkRequest(canceling, profile, cancel), profile).toEqual([]);
      expect(checkResponse(canceling, profile, { status: 201, body: task }), profile).toEqual([]);
    }
  });

  it.each([
    ['a list of operations', [{ op: 'replace', path: '/priority', value: '1' }], []],
    ['an operation nobody knows', [{ op: 'set', path: '/priority' }], ['/0/op enum']],
    ['an operation on nothing', [{ op: 'remove' }], ['/0/path required']],
    [
      'what is fixed at creation',
      { '@type': 'ProductOrder', requestedInitialState: 'draft' },
      [' not-patchable requestedInitialState'],
    ],
    ['items in part', { '@type': 'ProductOrder', productOrderItem: [{ '@type': 'ProductOrderItem', id: '1' }] }, []],
  ])('judges a patch by %s', (_what, body, expected) => {
    expect(checkRequest(patching, 'conformance', body).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(
      expected,
    );
  });

  it.each([
    [
      'a party that is no reference',
      { relatedParty: [{ ...asked.relatedParty[0], partyOrPartyRole: { '@type': 'PartyRef' } }] },
      ['/relatedParty/0/partyOrPartyRole/id required'],
    ],
    [
      'a party without a role',
      { relatedParty: [{ ...asked.relatedParty[0], role: undefined }] },
      ['/relatedParty/0/role required'],
    ],
    [
      'a value of another type than its name',
      {
        productOrderItem: [
          { ...item, product: { ...item.product, productCharacteristic: [{ ...speed, value: 1000 }] } },
        ],
      },
      ['/productOrderItem/0/product/productCharacteristic/0/value type'],
    ],
    ['a product by reference', { productOrderItem: [{ ...item, product: { '@type': 'ProductRef', id: 'p-1' } }] }, []],
    ['a product of a kind of its own', { productOrderItem: [{ ...item, product: { '@type': 'Uni', id: 'p-1' } }] }, []],
    ['an id of the requester', { id: 'po-1' }, []],
    ['a state', { state: 'acknowledged' }, [' not-at-creation state']],
    ['a date of the provider', { creationDate: '2026-01-05T08:00:00.000Z' }, [' provider-owned creationDate']],
  ])('judges %s in an order', (_what, part, expected) => {
    const body = JSON.parse(JSON.stringify({ ...asked, ...part }));
    expect(rules('conformance', 'ProductOrder_FVO', body)).toEqual(expected);
    expect(rules('own', 'ProductOrder_FVO', body)).toEqual(expected);
  });

  it('asks of an answer what the published types do not', () => {
    expect(rules('conformance', 'ProductOrder', { '@type': 'ProductOrder' })).toEqual(
      ['/id', '/href', '/state', '/creationDate', '/productOrderItem'].map(
        (at) => `${at} mandatory-in-response ProductOrder`,
      ),
    );
    const nested = { ...item, state: 'held', productOrderItem: [item] };
    expect(rules('conformance', 'ProductOrder', { ...shown, productOrderItem: [nested] })).toEqual([
      '/productOrderItem/0/productOrderItem/0/state mandatory-in-response item',
    ]);
  });

  const told = (eventType: string, payload: object) => ({
    '@type': eventType,
    eventId: 'e-1',
    eventTime: '2026-01-05T08:00:00.000Z',
    eventType,
    event: payload,
  });

  it('takes events with the whole order, also of ourselves, and a change of state that tells a part of it', () => {
    const type = 'ProductOrderStateChangeEvent';
    const listener = contract('POST', `${base}/listener/productOrderStateChangeEvent`);
    expect(checkRequest(listener, 'own', told(type, { productOrder: shown }))).toEqual([]);
    const part = { '@type': 'ProductOrder', id: 'po-1', href: '/po-1', state: 'completed', itemStateChange: [] };
    expect(checkRequest(listener, 'conformance', told(type, { productOrder: part }))).toEqual([]);
    expect(
      checkRequest(listener, 'conformance', told(type, { productOrder: { ...part, state: 'done' } })),
    ).toMatchObject([{ pointer: '/event/productOrder/state' }]);
    expect(checkRequest(listener, 'own', told(type, { productOrder: part }))).not.toEqual([]);
    const milestone = told('ProductOrderMilestoneEvent', { productOrder: part });
    expect(rules('conformance', 'ProductOrderMilestoneEvent', milestone)).not.toEqual([]);
  });

  it('takes the canceled order of an event under the published key and under the right one', () => {
    const type = 'CancelProductOrderStateChangeEvent';
    const task = {
      ...shown,
      '@type': 'CancelProductOrder',
      state: 'done',
      productOrder: { '@type': 'ProductOrderRef', id: 'po-1' },
    };
    for (const profile of ['conformance', 'own'] as const) {
      for (const key of ['canccelProductOrder', 'cancelProductOrder']) {
        expect(rules(profile, type, told(type, { [key]: task })), key).toEqual([]);
        expect(rules(profile, type, told(type, { [key]: { ...task, state: 'held' } })), key).not.toEqual([]);
      }
      expect(rules(profile, type, told(type, {}))).toEqual(
        ['/event/cancelProductOrder', '/event/canccelProductOrder'].map((at) => `${at} mandatory-in-event ${type}`),
      );
    }
  });

  it('takes a question for more information, with a reference to the order', () => {
    const type = 'ProductOrderInformationRequiredEvent';
    const productOrder = { '@type': 'ProductOrderRef', id: 'po-1' };
    const informationRequired = { op: 'add', path: '/productOrderItem/0/appointment' };
    expect(rules('own', type, told(type, { productOrder, informationRequired }))).toEqual([]);
  });

  it.each([
    ['aborted-without-blank', 'Product', { '@type': 'Product', status: 'aborted' }],
    ['deletion-by-merge-patch', 'ProductOrder_MVO', { '@type': 'ProductOrder', description: null }],
    ['numeric-error-code', 'Error', { '@type': 'Error', code: 60, reason: 'Resource not found' }],
    ['dates-as-systems-write-them', 'Note', { '@type': 'Note', date: '2026-01-05' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('official', definition, value)).not.toEqual([]);
    expect(rules('official-lenient', definition, value)).toEqual([]);
    expect(rules('own', definition, value)).not.toEqual([]);
  });

  it.each([
    ['POST', '/hub', 201, { '@type': 'Hub', id: 'h-1', callback: 'http://shop.test/events' }, []],
    ['POST', '/hub', 201, { '@type': 'Hub', callback: 'http://shop.test/events' }, ['/id mandatory-in-response Hub']],
    ['POST', '/hub', 418, { '@type': 'Error', code: '418', reason: 'a teapot' }, []],
    ['POST', '/hub', 418, {}, ['/@type required', '/code required', '/reason required']],
    ['POST', '/hub', 200, {}, [' status-declared']],
    ['DELETE', '/hub/h-1', 204, undefined, []],
    ['DELETE', '/productOrder/po-1', 202, undefined, []],
    ['GET', '/productOrder/po-1', 503, { '@type': 'Error', code: '503', reason: 'later' }, []],
    ['POST', '/listener/productOrderErrorMessageEvent', 204, undefined, []],
    ['POST', '/listener/productOrderErrorMessageEvent', 201, {}, []],
  ])('%s %s may be answered %i with %j, or not', (method, path, status, body, expected) => {
    const found = checkResponse(contract(method, `${base}${path}`), 'conformance', { status, body });
    expect(found.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(expected);
  });

  it('wants a callback that can be reached', () => {
    expect(rules('conformance', 'Hub_FVO', { '@type': 'Hub', callback: '/events' })).toEqual([
      '/callback callback-is-absolute',
    ]);
  });

  it('draws the lifecycle of v4 with drafts, and with an inProgress that is accepted', () => {
    const order = lifecycle('ProductOrder');
    expect(order.initial).toEqual(['acknowledged', 'rejected', 'draft']);
    expect(isLegalMove(order, 'draft', 'acknowledged')).toBe(true);
    expect(isLegalMove(order, 'draft', 'inProgress')).toBe(false);
    expect(isLegalMove(order, 'acknowledged', 'inProgress.accepted')).toBe(true);
    expect(isLegalMove(order, 'inProgress.accepted', 'completed')).toBe(true);
    expect(isLegalMove(order, 'inProgress', 'inProgress')).toBe(false);
    expect(isLegalMove(lifecycle('ProductOrderItem'), 'inProgress', 'partial')).toBe(true);
    expect(isLegalMove(lifecycle('CancelProductOrder'), 'acknowledged', 'rejected')).toBe(true);
  });

  it('knows every state that is published, and no other', () => {
    const states = ({ initial, terminal, moves }: Transitions) =>
      [
        ...new Set([...initial, ...terminal, ...Object.entries(moves).flatMap(([from, to]) => [from, ...to])]),
      ].toSorted();
    const { definitions } = publishedApis.TMF622v5.document;
    const published = (definition: string) => [...Object(definitions[definition]?.enum)].toSorted();
    expect(states(lifecycle('ProductOrder'))).toEqual(published('ProductOrderStateType'));
    expect(states(lifecycle('ProductOrderItem'))).toEqual(published('ProductOrderItemStateType'));
    expect(states(lifecycle('CancelProductOrder'))).toEqual(published('TaskStateType'));
  });
});
