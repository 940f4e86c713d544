/** Rules on creating orders, by the experiments that they look at. */
import { describe, expect, it } from 'vitest';
import { item, look, order, orderAsked, placed, type Row, refusal, type Said, verdict } from '../plain-trace.ts';

function create(aim: string, more: Partial<Said> = {}): Said {
  return { method: 'POST', path: '/serviceOrder', sent: orderAsked, ...placedAs('o1'), aim, ...more };
}

function placedAs(id: string): Pick<Said, 'status' | 'got'> {
  return { status: 201, got: order('acknowledged', { id }) };
}

function found(aim: string, ...ids: readonly string[]): Said {
  const got = ids.map((id) => order('acknowledged', { id }));
  return { method: 'GET', path: '/serviceOrder?externalId=e1', got, aim };
}

const wrong = 'it has no items';

describe('legal-order-accepted', () => {
  it.each<Row>([
    ['an order is taken', 'pass', [create('nested create')]],
    ['it is refused, and others are taken', 'fail: refused', [placed, create('nested create', refusal(400))]],
    ['it is answered 500', 'fail: 5xx', [create('nested create', refusal(500))]],
    [
      'nothing at all is taken, and what can be ordered is not known',
      'inconclusive',
      [create('nested create', refusal(400))],
    ],
    ['it is refused for what is in no schema', 'inconclusive', [placed, create('nested create', refusal(422))]],
    ['it is wrong on purpose', 'inconclusive', [create('invalid no-items', { ...refusal(400), wrong })]],
  ])('%s: %s', (_what, expected, said) => {
    const others = said.filter((each) => each !== placed);
    const all = said.includes(placed) ? [{ ...placed, aim: 'invalid create', wrong: 'no' }, ...others] : others;
    expect(verdict('legal-order-accepted', all)).toBe(expected);
  });
});

describe('invalid-order-refused', () => {
  it.each<Row>([
    ['it is refused', 'pass', [create('invalid no-items', { ...refusal(400), wrong })]],
    ['it is taken', 'fail: accepted', [create('invalid no-items', { wrong })]],
    ['it is answered 500', 'fail: 5xx', [create('invalid no-items', { ...refusal(500), wrong })]],
    [
      'it is refused, and an order comes of it',
      'fail: left an order behind',
      [create('invalid no-items', { ...refusal(400), wrong }), found('invalid left-no-items', 'o9')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('invalid-order-refused', said)).toBe(expected);
  });
});

describe('hostile-input', () => {
  const hostile = (step: string, more: Partial<Said>) => create(`hostile ${step}`, { sent: '{"a', wrong, ...more });
  it.each<Row>([
    ['it is refused', 'pass', [hostile('not-json', refusal(400))]],
    ['it is taken', 'fail: accepted', [hostile('not-json', placedAs('o1'))]],
    ['it breaks the server', 'fail: 5xx', [hostile('not-json', refusal(500))]],
    ['it is not answered', 'fail: unanswered', [hostile('not-json', { outcome: { kind: 'timeout' } })]],
    ['the connection is cut at a body that is too deep', 'pass', [hostile('deep', { outcome: { kind: 'reset' } })]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('hostile-input', said)).toBe(expected);
  });
});

describe('server-owned', () => {
  const chosen = { ...orderAsked, id: 'chosen', state: 'completed', orderDate: '2001-01-01T00:00:00.000Z' };
  const owned = (more: Partial<Said>) => create('owned create', { sent: chosen, wrong, ...more });
  it.each<Row>([
    ['it is refused', 'pass', [owned(refusal(400))]],
    ['it is ignored', 'pass', [owned({}), look('completed')]],
    ['the id is taken over', 'fail: taken over', [owned(placedAs('chosen'))]],
    ['the state is taken over', 'fail: taken over', [owned({ got: order('completed') })]],
    [
      'the date is taken over later',
      'fail: taken over',
      [owned({}), look('inProgress', { orderDate: chosen.orderDate })],
    ],
    [
      'the state of an item is taken over',
      'fail: taken over',
      [owned({ got: order('acknowledged', { serviceOrderItem: [item('1', 'completed')] }) })],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('server-owned', said)).toBe(expected);
  });
});

describe('extension-tolerated', () => {
  it.each<Row>([
    ['it is taken', 'pass', [create('extension attribute'), create('extension type')]],
    ['an attribute is refused', 'fail: refused', [create('extension attribute', refusal(400))]],
    ['a type is refused', 'fail: refused', [create('extension type', refusal(400))]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('extension-tolerated', said)).toBe(expected);
  });
});

describe('repeated-create', () => {
  const first = create('repeat first');
  it.each<Row>([
    ['the first is given again', 'pass', [first, create('repeat again')]],
    ['it is refused', 'pass', [first, create('repeat again', refusal(409))]],
    ['it makes a second order', 'fail: second order', [first, create('repeat again', placedAs('o2'))]],
    [
      'it makes a second order when the first has ended',
      'fail: second order',
      [first, create('repeat late', placedAs('o2'))],
    ],
    [
      'a second order is found though none was told',
      'fail: second order',
      [first, create('repeat again'), found('repeat find', 'o1', 'o2')],
    ],
    [
      'each create is declared to make an order',
      'not applicable',
      [first, create('repeat again', placedAs('o2'))],
      { idempotencyKey: 'none' },
    ],
  ])('%s: %s', (_what, expected, said, statement) => {
    expect(verdict('repeated-create', said, statement && { statement })).toBe(expected);
  });
});

describe('concurrent-create', () => {
  const atOnce = (id: string) => create('at-once create', placedAs(id));
  it.each<Row>([
    ['one order is made', 'pass', [atOnce('o1'), atOnce('o1')]],
    ['the others are refused', 'pass', [atOnce('o1'), create('at-once create', refusal(409))]],
    ['two orders are made', 'fail: several orders', [atOnce('o1'), atOnce('o2')]],
    ['a second order is found', 'fail: second order', [atOnce('o1'), found('at-once find-late', 'o1', 'o2')]],
    [
      'one after another makes two as well',
      'inconclusive',
      [create('repeat first'), create('repeat again', placedAs('o3')), atOnce('o1'), atOnce('o2')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('concurrent-create', said)).toBe(expected);
  });
});

describe('accepted-has-monitor', () => {
  const location = '/tmf-api/serviceOrdering/v4/monitor/m1';
  const accepted = create('maximal create', { status: 202, got: {}, headers: { location } });
  const looked = (more: Partial<Said>): Said => ({
    method: 'GET',
    path: '/monitor/m1',
    aim: 'maximal monitor',
    ...more,
  });
  it.each<Row>([
    ['no create is put off', 'not applicable', [placed]],
    ['the monitor leads to the order', 'pass', [accepted, looked({ got: order('acknowledged') })]],
    ['a 202 says nothing', 'fail: no Location', [create('maximal create', { status: 202, got: {} })]],
    ['the monitor is not there', 'fail: monitor not there', [accepted, looked(refusal(404))]],
    [
      'the monitor never leads anywhere',
      'fail: leads nowhere',
      [accepted, ...Array.from({ length: 10 }, () => looked({ got: {} }))],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('accepted-has-monitor', said)).toBe(expected);
  });
});
