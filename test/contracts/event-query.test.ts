/** What a subscriber may ask for with its hub query, and what it gets. */
import { describe, expect, it } from 'vitest';
import { readEventQuery } from '../../contracts/profile/query/event-query.ts';
import { safePattern } from '../../contracts/profile/query/safe-pattern.ts';

const event = {
  eventId: 'e-1',
  eventTime: '2026-01-05T08:00:00.000Z',
  eventType: 'ProductOrderStateChangeEvent',
  timeOcurred: '2026-01-05T08:00:00.000Z',
  event: {
    productOrder: {
      id: '1',
      href: 'http://om.test/1',
      state: 'held',
      priority: '10',
      amount: 9.5,
      orderDate: '2026-01-05T09:00:00+02:00',
      relatedParty: [{ id: 'a', role: 'customer' }, { id: 'b' }],
      productOrderItem: [
        { id: '1', action: 'add' },
        { id: '2', action: 'delete' },
      ],
    },
  },
};

function read(query: string) {
  const found = readEventQuery(query);
  if (!found.ok) throw new Error(`${found.part}: expected ${found.expected}`);
  return found.query;
}

describe('a hub query', () => {
  it.each([
    ['', true],
    ['?eventType=ProductOrderStateChangeEvent', true],
    ['eventType=ProductOrderCreateEvent', false],
    // one of several values
    ['eventType=ProductOrderCreateEvent,ProductOrderStateChangeEvent', true],
    ['eventType=ProductOrderCreateEvent;ProductOrderStateChangeEvent', true],
    ['eventType=ProductOrderCreateEvent;eventType=ProductOrderStateChangeEvent', true],
    ['eventType=ProductOrderCreateEvent&eventType=ProductOrderStateChangeEvent', true],
    // all of several criteria
    ['eventType=ProductOrderStateChangeEvent&event.productOrder.state=held', true],
    ['eventType=ProductOrderStateChangeEvent&event.productOrder.state=completed', false],
    // attributes inside, through lists
    ['event.productOrder.relatedParty.id=b', true],
    ['event.productOrder.relatedParty.id=c', false],
    ['event.productOrder.productOrderItem.action=delete', true],
    ['event.productOrder.amount=9.5', true],
    ['event.productOrder.nothing.at.all=x', false],
    ['event.productOrder=held', false],
    // operators, as words and as signs, escaped or not
    ['event.productOrder.state.eq=held', true],
    ['event.productOrder.state==held', true],
    ['event.productOrder.state%3D%3Dheld', true],
    ['event.productOrder.amount.gt=9', true],
    ['event.productOrder.amount>9', true],
    ['event.productOrder.amount%3E9', true],
    ['event.productOrder.amount.gt=9.5', false],
    ['event.productOrder.amount.gte=9.5', true],
    ['event.productOrder.amount>=9.5', true],
    ['event.productOrder.amount%3E%3D9.6', false],
    ['event.productOrder.amount.lt=9.5', false],
    ['event.productOrder.amount<10', true],
    ['event.productOrder.amount.lte=9.5', true],
    ['event.productOrder.amount<=9', false],
    // numbers that are texts are numbers; instants are instants, in whichever zone; texts are texts
    ['event.productOrder.priority.gt=9', true],
    ['event.productOrder.priority.lt=9', false],
    ['event.productOrder.orderDate.lt=2026-01-05T07:30:00Z', true],
    ['event.productOrder.orderDate.gte=2026-01-05', true],
    ['event.productOrder.orderDate.gt=2026-01-06', false],
    ['event.productOrder.state.gt=held', false],
    ['event.productOrder.state.gt=h', true],
    // what cannot be compared does not match
    ['event.productOrder.amount.gt=many', false],
    ['event.productOrder.orderDate.gt=soon', false],
    ['event.productOrder.nothing.gt=1', false],
    // expressions
    ['eventType*=StateChange', true],
    ['eventType=~^Product.*Event$', true],
    ['eventType%3D~^Service', false],
    ['eventType.regex=(Create|StateChange)Event', true],
    ['event.productOrder.relatedParty.id*=%5Bb-z%5D', true],
    // what says how much of it, says nothing about which
    ['fields=event.productOrder.state', true],
  ])('%j: matches is %j', (query, expected) => {
    expect(read(query).matches(event)).toBe(expected);
  });

  it.each([
    ['state', 'state', 'attribute=value'],
    ['=x', '', 'an attribute'],
    ['a..b=x', 'a..b', 'an attribute'],
    ['a b=x', 'a b', 'an attribute'],
    ['eventType=%zz', 'eventType=%zz', 'percent-encoded'],
    ['event.productOrder.amount.gt=', 'event.productOrder.amount', 'a value'],
    ['sort=eventTime', 'sort=eventTime', 'a filter'],
    ['limit=1', 'limit=1', 'a filter'],
    ['filter=$..state', 'filter=$..state', 'JSONPath'],
    ['$.event', '$.event', 'JSONPath'],
    ['fields=', 'fields=', 'names of attributes'],
    ['eventType*=[', 'eventType', 'a regular expression'],
    ['eventType=A&eventType.regex=(a%2B)%2B', 'eventType', 'a regular expression'],
  ])('%j cannot be understood at %j: expected %s', (query, part, expected) => {
    expect(readEventQuery(query)).toMatchObject({ ok: false, part, expected: expect.stringContaining(expected) });
  });
});

describe('the fields of a hub query', () => {
  const envelope = { eventId: 'e-1', eventTime: event.eventTime, eventType: event.eventType };

  it.each([
    ['event.productOrder.state', { productOrder: { id: '1', state: 'held' } }],
    [
      'event.productOrder.state,event.productOrder.priority',
      { productOrder: { id: '1', state: 'held', priority: '10' } },
    ],
    [
      'event.productOrder.relatedParty.role',
      { productOrder: { id: '1', relatedParty: [{ id: 'a', role: 'customer' }, { id: 'b' }] } },
    ],
    ['event.productOrder', event.event],
    ['event', event.event],
    ['eventType', { productOrder: { id: '1' } }],
    ['event.productOrder.nothing', { productOrder: { id: '1' } }],
    ['none', { productOrder: { id: '1', href: 'http://om.test/1' } }],
  ])('%j leave the envelope, the id of the resource, and what they name', (fields, expected) => {
    expect(read(`fields=${fields}`).shown(event)).toEqual({ ...envelope, event: expected });
  });

  it('leave everything where none are named', () => {
    expect(read('eventType=ProductOrderStateChangeEvent').shown(event)).toBe(event);
  });
});

describe('a regular expression from outside', () => {
  it.each(['state', '^a.*b.*c$', '\\d+-\\d+', '[+*?|(){}]', '[\\]]x?', '(held|completed)', 'a\\.b\\*'])(
    'is taken when it cannot take long: %s',
    (source) => {
      expect(safePattern(source)).toBeDefined();
    },
  );

  it.each([
    '(a+)+',
    '(a|a)*b',
    'a*a*a*a*b',
    'a?a?a?a?aaaa',
    '(a)\\1',
    '(?=a)b',
    '(?<name>a)\\k<name>',
    '(a|b|c|d|e|f|g|h|i|j|k|l)',
    'a'.repeat(101),
    '[',
    ')',
  ])('is refused when it might take long, or is none: %s', (source) => {
    expect(safePattern(source)).toBeUndefined();
  });

  it('looks at the beginning of long texts only', () => {
    expect(safePattern('b$')?.isIn(`${'a'.repeat(199)}bc`)).toBe(true);
    expect(safePattern('c')?.isIn(`${'a'.repeat(200)}c`)).toBe(false);
  });
});
