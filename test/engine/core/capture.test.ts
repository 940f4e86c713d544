import { describe, expect, it } from 'vitest';
import { step } from '../../../engine/core/step.ts';
import type { CapturedLine } from '../../../engine/model/inputs.ts';
import { refusalRemedy, refusalText } from '../../../engine/model/refusals.ts';
import {
  captureOf,
  catalogueOf,
  factsOf,
  hierarchical,
  Life,
  lineOf,
  orderId,
  policiesOf,
  start,
} from '../../support/orders.ts';

const facts = factsOf(hierarchical);

describe('capturing an order', () => {
  it('makes a new order with its lines, numbered and New', () => {
    const life = new Life(hierarchical);
    const order = life.take(captureOf({ externalId: 'CRM-1', kept: { channel: [{ id: 'web' }] } }));
    expect(order).toMatchObject({
      id: orderId,
      number: 'ORD0000001',
      state: 'new',
      version: 1,
      entries: 1,
      externalId: 'CRM-1',
      orderedAt: start,
      kept: { channel: [{ id: 'web' }] },
      lines: [
        { number: 'ORDL0000001', externalId: '1', state: 'new', specification: 'broadband', offering: 'broadband-100' },
      ],
      domainOrders: [],
      outboundRequests: [],
      dispatches: [],
    });
    expect(order).not.toHaveProperty('at');
    expect(order.lines[0]).not.toHaveProperty('pointer');
  });

  it('tells listeners, and waits for approval when that is the policy', () => {
    const life = new Life(hierarchical);
    life.take(captureOf());
    expect(life.effects.map(({ type }) => type)).toEqual(['NotifyListeners']);
    expect(life.effect('NotifyListeners')).toMatchObject({ to: 'new', id: `${orderId}/1/0` });
  });

  it('approves by itself when that is the policy', () => {
    const life = new Life(policiesOf({ policies: 'automatic', outbound: { rows: [] } }));
    life.take(captureOf());
    expect(life.effect('SubmitInput').input).toEqual({ type: 'ApproveOrder', orderId });
  });

  it('gives ids from the order and its counter', () => {
    const order = new Life(hierarchical).take(captureOf({ lines: [lineOf(), lineOf({ externalId: '2' })] }));
    expect(order.lines.map(({ id }) => id)).toEqual([
      `${orderId.slice(0, 24)}00000001`,
      `${orderId.slice(0, 24)}00000002`,
    ]);
  });

  it('notes characteristics that the specification does not have, or not with that value, and takes the order', () => {
    const characteristics = [
      { name: 'downstreamSpeed', value: '10 Gbps' },
      { name: 'colour', value: 'red' },
    ];
    const order = new Life(hierarchical).take(captureOf({ lines: [lineOf({ characteristics })] }));
    const notes = order.workNotes.filter(({ about }) => about === order.lines[0]?.id).map(({ text }) => text);
    expect(notes).toEqual([
      'Order Item characteristic: downstreamSpeed with characteristic value: "10 Gbps" is invalid. Correct the characteristic values before approving the order.',
      expect.stringContaining('The following Order Item characteristics does not exist: colour.'),
    ]);
  });

  it('finds the same order again when the same capture comes again', () => {
    const life = new Life(hierarchical);
    const order = life.take(captureOf());
    expect(life.take(captureOf())).toEqual({ ...order, entries: 2 });
    expect(life.effects).toEqual([]);
  });

  const refused = (lines: readonly CapturedLine[], category: 'Product' | 'Service' = 'Product') => {
    const outcome = step(undefined, captureOf({ category, lines }), facts);
    if (outcome.ok) throw new Error('it was taken');
    return {
      text: refusalText(outcome.refusal),
      remedy: refusalRemedy(outcome.refusal),
      pointer: outcome.refusal.pointer,
    };
  };

  it.each([
    [
      'an unknown offering',
      [lineOf({ offering: 'moon' })],
      'Product offering does not exist: moon',
      '/productOrderItem/0/productOffering/id',
    ],
    [
      'nothing ordered',
      [{ ...lineOf(), offering: undefined } as unknown as CapturedLine],
      'Item 1 names neither an offering nor a specification',
      '/productOrderItem/0',
    ],
    ['two items of one id', [lineOf(), lineOf()], 'Item id 1 is given twice', '/productOrderItem/0/id'],
    [
      'an unknown parent',
      [lineOf({ parent: '9' })],
      'Item 1 names a parent 9 that is not an item of this order',
      '/productOrderItem/0',
    ],
    ['a quantity of 0', [lineOf({ quantity: 0 })], 'Item 1 has quantity 0', '/productOrderItem/0/quantity'],
    ['a quantity of 1.5', [lineOf({ quantity: 1.5 })], 'Item 1 has quantity 1.5', '/productOrderItem/0/quantity'],
    [
      'a quantity of a billion',
      [lineOf({ quantity: 1e9 })],
      'Item 1 has quantity 1000000000',
      '/productOrderItem/0/quantity',
    ],
    [
      'a change of what does not exist',
      [lineOf({ action: 'change', inventory: 'PI-1' })],
      'Product Inventory does not exist: PI-1',
      '/productOrderItem/0/product/id',
    ],
    [
      'a change of nothing',
      [lineOf({ action: 'delete' })],
      'Product inventory ID is missing in item 1',
      '/productOrderItem/0/product/id',
    ],
    [
      'an unknown dependency',
      [lineOf({ after: ['9'] })],
      'Item 1 depends on 9, which is not an item of this order',
      '/productOrderItem/0',
    ],
    [
      'a dependency on itself',
      [lineOf({ after: ['1'] })],
      'Item 1 depends on itself, so it could never start',
      '/productOrderItem/0',
    ],
  ] as [string, CapturedLine[], string, string][])('refuses %s', (_what, lines, text, pointer) => {
    expect(refused(lines)).toMatchObject({ text, pointer });
  });

  it('refuses parents and dependencies that go in a circle', () => {
    const circle = [lineOf({ externalId: 'a', parent: 'b' }), lineOf({ externalId: 'b', parent: 'a' })];
    expect(refused(circle).text).toMatch(/^Item [ab] is its own ancestor$/);
    const dependent = [lineOf({ externalId: 'a', after: ['b'] }), lineOf({ externalId: 'b', after: ['a'] })];
    expect(refused(dependent).text).toMatch(/^Item [ab] depends on itself/);
  });

  it('refuses a part that waits for its whole, and a whole that waits for its part', () => {
    const whole = lineOf({ externalId: 'whole' });
    const part = lineOf({ externalId: 'part', parent: 'whole' });
    expect(refused([whole, { ...part, after: ['whole'] }]).text).toMatch(/could never start/);
    expect(refused([{ ...whole, after: ['part'] }, part]).text).toMatch(/could never start/);
  });

  it('refuses a chain of parents that is too long, quickly', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) =>
      lineOf({ externalId: `${index}`, ...(index === 0 ? {} : { parent: `${index - 1}` }) }),
    );
    expect(refused(chain).text).toBe('Item 100 is more than 100 levels deep');
  });

  it('refuses what would become too many domain orders, and only that', () => {
    expect(refused([lineOf({ quantity: 2_000 })]).text).toBe('The order would become more than 10000 domain orders');
    expect(step(undefined, captureOf({ lines: [lineOf({ quantity: 1_428 })] }), facts).ok).toBe(true);
  });

  it('does not refuse what could be large and is not', () => {
    const catalogue = catalogueOf({
      catalogue: 'elastic',
      offerings: [{ id: 'many', specification: 'many' }],
      products: [
        {
          id: 'many',
          characteristics: [{ name: 'sites', default: 2 }],
          relationships: [{ type: 'Realized as', target: 'site', quantity: { characteristic: 'sites' } }],
        },
      ],
      services: [
        {
          id: 'site',
          type: 'CFS',
          characteristics: [{ name: 'ports', default: 3 }],
          relationships: [{ type: 'Requires', target: 'port', quantity: { characteristic: 'ports' } }],
        },
      ],
      resources: [{ id: 'port', type: 'Logical' }],
    });
    const life = new Life(hierarchical, catalogue);
    life.take(captureOf({ lines: [lineOf({ offering: 'many' })] }));
    expect(life.then({ type: 'ApproveOrder' }).domainOrders).toHaveLength(1 + 2 + 6);
  });

  it('takes a service order for a service it names, and does not ask for its inventory', () => {
    const line = lineOf({ action: 'change', inventory: 'svc-1', specification: 'access-line' });
    const { offering: _offering, ...service } = line;
    expect(step(undefined, captureOf({ category: 'Service', lines: [service] }), facts).ok).toBe(true);
    expect(refused([{ ...service, specification: 'broadband' }], 'Service').text).toBe(
      'Service specification does not exist: broadband',
    );
  });

  it('says what can be ordered instead', () => {
    expect(refused([lineOf({ offering: 'moon' })]).remedy).toBe(
      'Order one of the offerings of the catalogue: broadband-100, broadband-1000.',
    );
  });
});

describe('what does not exist', () => {
  it('cannot be approved or reported on', () => {
    const outcome = step(undefined, { type: 'ApproveOrder', at: start, orderId }, facts);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'orderUnknown' } });
  });
});
