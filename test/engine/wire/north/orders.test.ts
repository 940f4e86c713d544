/** What is captured through an API is shown as it came, and through the other version as far as that has a place for it. */
import fc from 'fast-check';
import { createPatch } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../../contracts/profile/contract.ts';
import { publishedApis } from '../../../../contracts/schemas/documents.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import type { OrderApi } from '../../../../engine/wire/north/order-api.ts';
import { orderApis } from '../../../../engine/wire/north/order-apis.ts';
import { amended } from '../../../../engine/wire/north/patch/amended.ts';
import { jsonPatchedOrder } from '../../../../engine/wire/north/patch/json-patch.ts';
import { productOrdering } from '../../../../engine/wire/tmf622-v4.ts';
import { productOrderingV5 } from '../../../../engine/wire/tmf622-v5.ts';
import { serviceOrdering } from '../../../../engine/wire/tmf641-v4-north.ts';
import { inside, Life, orderId, start } from '../../../support/orders.ts';
import '../../../support/property-seed.ts';

const publicUrl = 'http://om.test';
const text = fc.string({ maxLength: 6 });
/** A null in a merge patch takes away: it says something else than it does in an order. */
const anything = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.array(text, { maxLength: 2 }),
  fc.record({ a: text, b: fc.array(fc.record({ c: text }), { maxLength: 2 }) }),
);
const unknown = fc.option(fc.record({ vendorSays: anything }), { nil: {} });
const extended = <T extends object>(one: fc.Arbitrary<T>) =>
  fc.tuple(one, unknown).map(([said, more]): JsonObject => ({ ...said, ...more }) as unknown as JsonObject);
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 2 });
const optional = { requiredKeys: [] };

const header = fc.record(
  {
    description: text,
    category: text,
    priority: fc.constantFrom('1', '2'),
    requestedCompletionDate: fc.constant('2026-01-12T16:00:00.000Z'),
    notificationContact: text,
  },
  optional,
);

const v4 = {
  party: extended(
    fc
      .record({ id: text, '@referredType': fc.constant('Customer'), name: text })
      .map((party) => ({ ...party, role: 'x' })),
  ),
  characteristic: extended(
    fc.record({ name: text, value: fc.oneof(text, fc.boolean(), fc.integer(), fc.constant({ a: 1 })) }),
  ),
  place: extended(fc.record({ id: text, role: text, name: text })),
};

const typed = (type: string) => (value: JsonObject) => ({ '@type': type, ...value });
const v5 = {
  party: v4.party.map(({ role, ...party }) => ({
    '@type': 'RelatedPartyRefOrPartyRoleRef',
    role: role ?? 'x',
    partyOrPartyRole: { '@type': 'PartyRef', ...party },
  })),
  characteristic: extended(fc.record({ name: text, value: text })).map(typed('StringCharacteristic')),
  place: v4.place.map(({ role, ...place }) => ({
    '@type': 'RelatedPlaceRefOrValue',
    role: role ?? 'x',
    place: { '@type': 'PlaceRef', ...place },
  })),
};

/** Items with ids of their own, each third in the one before it. */
function items(one: fc.Arbitrary<JsonObject>, list: string): fc.Arbitrary<JsonObject[]> {
  return fc.array(one, { minLength: 1, maxLength: 5 }).map((all) => {
    const tops: JsonObject[] = [];
    for (const [index, item] of all.entries()) {
      const own = { ...item, id: String(index + 1), action: 'add' };
      const last = index % 3 === 2 ? tops.pop() : undefined;
      tops.push(last === undefined ? own : { ...last, [list]: [...((last[list] ?? []) as JsonObject[]), own] });
    }
    return tops;
  });
}

const orderOfV4: fc.Arbitrary<JsonObject> = fc
  .tuple(
    extended(header),
    fc.record(
      { externalId: text, relatedParty: some(v4.party), channel: some(extended(fc.record({ id: text, role: text }))) },
      optional,
    ),
    items(
      extended(
        fc.record({
          quantity: fc.integer({ min: 1, max: 3 }),
          productOffering: fc.constant({ id: 'broadband-100' }),
          product: extended(
            fc.record({ productCharacteristic: some(v4.characteristic), place: some(v4.place) }, optional),
          ),
        }),
      ),
      'productOrderItem',
    ),
  )
  .map(([one, other, productOrderItem]) => ({ ...one, ...(other as JsonObject), productOrderItem }));

const orderOfV5: fc.Arbitrary<JsonObject> = fc
  .tuple(
    extended(header),
    fc.record(
      {
        externalId: some(fc.record({ '@type': fc.constant('ExternalIdentifier'), id: text, owner: text })),
        relatedParty: some(v5.party),
        note: some(fc.record({ '@type': fc.constant('Note'), author: text })),
      },
      optional,
    ),
    items(
      extended(
        fc.record({
          quantity: fc.integer({ min: 1, max: 3 }),
          productOffering: fc.constant({ '@type': 'ProductOfferingRef', id: 'broadband-100' }),
          product: extended(
            fc.record({ productCharacteristic: some(v5.characteristic), place: some(v5.place) }, optional),
          ).map(typed('Product')),
        }),
      ).map(typed('ProductOrderItem')),
      'productOrderItem',
    ),
  )
  .map(([one, other, productOrderItem]) => ({
    '@type': 'ProductOrder',
    ...one,
    ...(other as unknown as JsonObject),
    productOrderItem,
  }));

const orderOf641: fc.Arbitrary<JsonObject> = fc
  .tuple(
    extended(header),
    fc.record(
      { externalId: text, relatedParty: some(v4.party.map((party) => ({ ...party, '@type': 'RelatedParty' }))) },
      optional,
    ),
    items(
      extended(
        fc.record({
          quantity: fc.integer({ min: 1, max: 3 }),
          service: extended(
            fc.record({ serviceCharacteristic: some(v4.characteristic), place: some(v4.place) }, optional),
          ).map((service) => ({ ...service, serviceSpecification: { id: 'access-line' } })),
        }),
      ),
      'serviceOrderItem',
    ),
  )
  .map(([one, other, serviceOrderItem]) => ({ ...one, ...(other as JsonObject), serviceOrderItem }));

function captured(api: OrderApi, body: JsonObject) {
  return new Life(inside).take({ ...api.read(body as never), at: start, orderId });
}

function shown(api: OrderApi, order: ReturnType<typeof captured>): JsonObject {
  return api.render(order, publicUrl) as JsonObject;
}

describe.each([
  ['TMF622 v4.0', productOrdering, orderOfV4],
  ['TMF622 v5.0', productOrderingV5, orderOfV5],
  ['TMF641 v4.1', serviceOrdering, orderOf641],
] as const)('an order of %s', (_name, api, orders) => {
  it('says the same when it is read as it is shown', () => {
    fc.assert(
      fc.property(orders, (body) => {
        expect(checkOf(api.api, 'official-lenient', api.types.create)(body)).toEqual([]);
        const order = captured(api, body);
        const document = shown(api, order);
        expect(checkOf(api.api, 'conformance', api.types.whole)(document)).toEqual([]);
        const { '@type': _type, ...kept } = api.read(document as never).kept;
        const { '@type': _same, ...before } = api.read(body as never).kept;
        expect({ ...api.read(document as never), kept }).toEqual({ ...api.read(body as never), kept: before });
      }),
      { numRuns: 60 },
    );
  });

  it('comes to what another is, by a patch of the differences', () => {
    fc.assert(
      fc.property(orders, orders, (body, other) => {
        const document = shown(api, captured(api, body));
        const wanted = shown(api, captured(api, other));
        const patch = createPatch(document, wanted);
        const patched = jsonPatchedOrder(document, JSON.parse(JSON.stringify(patch)));
        expect(patched).toMatchObject({ ok: true });
        if (patched.ok) expect(patched.document).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('is not changed by a patch that says what it is', () => {
    fc.assert(
      fc.property(orders, (body) => {
        const order = captured(api, body);
        const document = shown(api, order);
        expect(amended(api, order, document, { kind: 'merge', body: document })).toEqual({ kind: 'nothing' });
      }),
      { numRuns: 60 },
    );
  });
});

describe('what only the provider says of an order', () => {
  /** Attributes that the type of an order has, and that of an order that is placed has not. */
  function ofTheProvider({ api, types }: OrderApi): string[] {
    const { definitions } = publishedApis[api].document;
    const [whole, created] = [types.whole, types.create].map((type) =>
      Object.keys(Object(definitions[type]?.properties)),
    );
    return (whole ?? []).filter((name) => !created?.includes(name));
  }

  // A number where the type has a text or a date: kept and shown, it would break the contract of the answer.
  it.each(orderApis.map((each) => [each.api, each] as const))('is not taken from who places one: %s', (_name, api) => {
    const names = ofTheProvider(api);
    expect(names).toContain('href');
    const body = { ...Object.fromEntries(names.map((name) => [name, 4_294_967_296])), vendorSays: 1 };
    const { kept } = api.read({ ...body, [api.itemWords.list]: [] } as never);
    expect(kept).toEqual({ vendorSays: 1 });
  });
});

describe('an order that came through the other version', () => {
  it.each([
    ['v4.0', 'v5.0', productOrdering, productOrderingV5, orderOfV4],
    ['v5.0', 'v4.0', productOrderingV5, productOrdering, orderOfV5],
  ] as const)(
    'from %s is shown in %s as that wants it, and patched there without loss',
    (_from, _to, from, to, orders) => {
      fc.assert(
        fc.property(orders, (body) => {
          const order = captured(from, body);
          const document = shown(to, order);
          expect(checkOf(to.api, 'conformance', to.types.whole)(document)).toEqual([]);
          expect(checkOf(to.api, 'official-lenient', to.types.create)(document)).toEqual([]);
          const outcome = amended(to, order, document, { kind: 'merge', body: { description: 'another' } });
          expect(outcome).toMatchObject({ kind: body.description === 'another' ? 'nothing' : 'said' });
          if (outcome.kind !== 'said') return;
          expect(outcome.said.lines).toBeUndefined();
          expect(outcome.said.kept).toEqual({ ...order.kept, description: 'another' });
        }),
        { numRuns: 60 },
      );
    },
  );

  it('says who is concerned, where, and under which id', () => {
    const order = captured(productOrdering, {
      externalId: 'CRM-1',
      relatedParty: [{ id: 'c', role: 'Customer', '@referredType': 'Customer' }],
      productOrderItem: [
        {
          id: '1',
          action: 'add',
          productOffering: { id: 'broadband-100' },
          product: {
            place: [{ id: 'p', role: 'installation' }],
            productCharacteristic: [
              { name: 'router', value: 'own' },
              { name: 'boxes', value: 2 },
            ],
          },
        },
      ],
    });
    expect(shown(productOrderingV5, order)).toMatchObject({
      '@type': 'ProductOrder',
      externalId: [{ '@type': 'ExternalIdentifier', id: 'CRM-1' }],
      creationDate: '2026-01-05T08:00:00.000Z',
      relatedParty: [
        {
          '@type': 'RelatedPartyRefOrPartyRoleRef',
          role: 'Customer',
          partyOrPartyRole: { '@type': 'PartyRef', id: 'c', '@referredType': 'Customer' },
        },
      ],
      productOrderItem: [
        {
          '@type': 'ProductOrderItem',
          productOffering: { '@type': 'ProductOfferingRef' },
          product: {
            '@type': 'Product',
            place: [{ role: 'installation', place: { '@type': 'PlaceRef', id: 'p' } }],
            productCharacteristic: [{ '@type': 'StringCharacteristic' }, { '@type': 'NumberCharacteristic' }],
          },
        },
      ],
    });
  });

  it('loses what the other version has no place for, and keeps it', () => {
    const body = {
      '@type': 'ProductOrder',
      note: [{ '@type': 'Note', author: 'nobody has said anything' }],
      productOrderItem: [
        {
          '@type': 'ProductOrderItem',
          id: '1',
          action: 'add',
          productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-100' },
        },
      ],
    };
    const order = captured(productOrderingV5, body);
    expect(shown(productOrdering, order).note).toEqual([]);
    expect(shown(productOrderingV5, order)).toMatchObject(body);
  });
});

it('every API of orders has words and a base path of its own', () => {
  expect(new Set(orderApis.map(({ base }) => base)).size).toBe(orderApis.length);
  expect(new Set(orderApis.map(({ category, wording }) => `${category} ${wording}`)).size).toBe(orderApis.length);
});
