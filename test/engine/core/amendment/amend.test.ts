/** A requester says anew what an order is to be, before anybody has decided about it, and beside it later. */
import { describe, expect, it } from 'vitest';
import type { SaidAnew } from '../../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { captureOf, inside, Life, lineOf, orderId, policiesOf, start } from '../../../support/orders.ts';

const captured = captureOf({
  description: 'as it was',
  lines: [lineOf(), lineOf({ externalId: '2' }), lineOf({ externalId: '3', parent: '1' })],
  kept: { description: 'as it was', vendorSays: 1 },
});

function life(policies = inside): Life {
  const one = new Life(policies);
  one.take(captured);
  return one;
}

const said = (order: CustomerOrder | undefined, changes: Partial<SaidAnew> = {}): SaidAnew => ({
  parties: order?.parties ?? [],
  kept: order?.kept ?? {},
  ...(order?.description === undefined ? {} : { description: order.description }),
  ...changes,
});

const amend = (changes: Partial<SaidAnew>, order: CustomerOrder | undefined, more: object = {}) =>
  ({ type: 'AmendOrder', basedOn: order?.entries ?? 0, said: said(order, changes), ...more }) as const;

const code = (one: Life, changes: Partial<SaidAnew>, more: object = {}) => {
  const outcome = one.try({ ...amend(changes, one.order, more), at: start, orderId });
  return outcome.ok ? 'ok' : outcome.refusal.code;
};

describe('an order that is new', () => {
  it('becomes what is said; lines that were there keep their ids, numbers and urgency', () => {
    const one = life();
    const before = one.order;
    const order = one.then(
      amend(
        {
          description: 'as it is',
          externalId: 'CRM-2',
          kept: { description: 'as it is' },
          lines: [
            lineOf({ externalId: '3' }),
            lineOf({ externalId: '1', quantity: 2 }),
            lineOf({ externalId: '4', after: ['1'] }),
          ],
        },
        before,
      ),
    );
    expect(order).toMatchObject({
      state: 'new',
      description: 'as it is',
      externalId: 'CRM-2',
      kept: { description: 'as it is' },
    });
    const [first, , third] = before?.lines ?? [];
    expect(order.lines.map(({ externalId, quantity, parent }) => [externalId, quantity, parent])).toEqual([
      ['3', 1, undefined],
      ['1', 2, undefined],
      ['4', 1, undefined],
    ]);
    expect(order.lines.map(({ id }) => id).slice(0, 2)).toEqual([third?.id, first?.id]);
    expect(order.lines.map(({ number }) => number)).toEqual([third?.number, first?.number, 'ORDL0000004']);
    expect(order.lines[2]?.after).toEqual([first?.id]);
    expect(one.effect('NotifyOfOrder').news).toEqual({
      kind: 'attributesChanged',
      attributes: ['description', 'vendorSays', 'items'],
    });
    expect(one.then({ type: 'ApproveOrder' }).state).toBe('in_progress');
  });

  it('tells nobody when nothing has changed', () => {
    const one = life();
    one.then(amend({}, one.order));
    expect(one.effects).toEqual([]);
  });

  it.each([
    ['lineIdRepeated', { lines: [lineOf(), lineOf()] }],
    ['offeringUnknown', { lines: [lineOf({ offering: 'x' })] }],
    ['lineParentUnknown', { lines: [lineOf({ parent: 'x' })] }],
    ['lineDependencyCycle', { lines: [lineOf({ after: ['2'] }), lineOf({ externalId: '2', after: ['1'] })] }],
    ['quantityOutOfRange', { lines: [lineOf({ quantity: 0 })] }],
    ['inventoryMissing', { lines: [lineOf({ action: 'delete' })] }],
  ])('is checked as when it was captured: %s', (expected, changes) => {
    expect(code(life(), changes)).toBe(expected);
  });

  it('is not changed by what was said of it as it was', () => {
    const one = life();
    expect(code(one, {}, { basedOn: 0 })).toBe('orderGoneOn');
  });

  it('keeps lines that somebody is at work for', () => {
    const one = life(
      policiesOf({
        policies: 'p',
        approval: 'manual',
        outbound: { rows: [] },
        enrichment: { rows: [{ name: 'all', then: { tasks: ['look'] } }] },
      }),
    );
    one.then({ type: 'RejectOrder', note: 'x' });
    one.then({ type: 'ReopenOrder', note: 'x' });
    one.then({ type: 'SubmitOrder' });
    expect(code(one, { lines: [lineOf()] })).toBe('orderPastAmending');
    for (const { id } of one.order?.tasks ?? []) one.then({ type: 'CloseTask', task: id, characteristics: [] });
    expect(one.order?.state).toBe('new');
    expect(code(one, { lines: [lineOf(), lineOf({ externalId: '2' })] })).toBe('lineHasTasks');
  });
});

describe('a draft', () => {
  it('is submitted with what is said', () => {
    const one = new Life(inside);
    one.take({ ...captured, asDraft: true });
    const order = one.then(
      amend({ description: 'x', lines: [lineOf({ externalId: '9' })] }, one.order, { submit: true }),
    );
    expect([order.state, order.lines.map(({ externalId, state }) => [externalId, state])]).toEqual([
      'new',
      [['9', 'new']],
    ]);
    expect(code(one, {}, { submit: true })).toBe('notInThisState');
  });
});

describe('an order that was approved', () => {
  it('takes other texts for people', () => {
    const one = life();
    one.then({ type: 'ApproveOrder' });
    expect(one.then(amend({ description: 'x', externalId: 'CRM-9', kept: { note: [] } }, one.order))).toMatchObject({
      description: 'x',
      externalId: 'CRM-9',
      kept: { note: [] },
    });
  });

  it.each([
    ['parties', { parties: [] }],
    ['lines', { lines: [lineOf()] }],
  ])('is not ordered otherwise: %s', (_what, changes) => {
    const one = life();
    one.then({ type: 'ApproveOrder' });
    expect(code(one, changes)).toBe('orderPastAmending');
  });

  it('takes nothing once it is over', () => {
    const one = life();
    one.then({ type: 'ApproveOrder' });
    one.then({ type: 'CancelOrder', note: 'x' });
    one.then({ type: 'DecideCancellation', decision: 'approve' });
    expect(one.order?.state).toBe('canceled');
    expect(code(one, { description: 'x' })).toBe('orderOver');
  });
});

describe('whoever may not place orders', () => {
  it('may not say them anew', () => {
    expect(code(life(), { description: 'x' }, { roles: ['order_viewer'] })).toBe('roleMissing');
    expect(code(life(), { description: 'x' }, { roles: ['order_creator'] })).toBe('ok');
  });

  it('may not say anew what only asks', () => {
    const one = new Life(inside);
    one.take(
      captureOf({
        category: 'Service',
        fulfillmentType: 'Qualify',
        lines: [{ ...lineOf(), specification: 'internet-access', offering: undefined } as never],
      }),
    );
    expect(code(one, { description: 'x' })).toBe('questionNotRevisable');
  });
});
