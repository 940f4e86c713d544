/** Rules on patching and cancelling, by the experiments that they look at. */
import { describe, expect, it } from 'vitest';
import { cancelTask, item, look, order, placed, type Row, refusal, type Said, verdict } from '../plain-trace.ts';

function seen(aim: string, state: string, more: object = {}): Said {
  return { ...look(state, more), aim };
}

function patch(aim: string, sent: object, more: Partial<Said> = {}): Said {
  return { method: 'PATCH', path: '/serviceOrder/o1', sent, got: order('acknowledged', sent), aim, ...more };
}

describe('patch-applied', () => {
  const before = seen('patches before-note', 'acknowledged', { description: 'old' });
  const wanted = { priority: '1' };
  const done = patch('patches patch-note', wanted);
  it.each<Row>([
    [
      'it is there',
      'pass',
      [before, done, seen('patches after-note', 'acknowledged', { ...wanted, description: 'old' })],
    ],
    ['it is refused', 'fail: refused', [before, patch('patches patch-note', wanted, refusal(400))]],
    [
      'it is not in the answer',
      'fail: not in the answer',
      [patch('patches patch-note', wanted, { got: order('acknowledged') })],
    ],
    [
      'it is answered with a part',
      'fail: not whole',
      [patch('patches patch-note', wanted, { got: { id: 'o1', ...wanted } })],
    ],
    ['it is not there later', 'fail: not applied, lost later', [done, seen('patches after-note', 'acknowledged')]],
    [
      'it changes something else',
      'fail: description changed too',
      [before, done, seen('patches after-note', 'acknowledged', { ...wanted, description: 'new' })],
    ],
    [
      'it is lost later',
      'fail: lost later',
      [placed, done, seen('patches after-note', 'acknowledged', wanted), look('completed')],
    ],
    ['the order has ended', 'inconclusive', [patch('patches patch-note', wanted, refusal(409))]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('patch-applied', said)).toBe(expected);
  });
});

describe('patch-keeps-owned', () => {
  const wanted = { completionDate: '2001-01-01T00:00:00.000Z' };
  const before = seen('patch-owned before-completionDate', 'acknowledged');
  const asked = (more: Partial<Said>) => patch('patch-owned patch-completionDate', wanted, more);
  it.each<Row>([
    ['it is refused', 'pass', [before, asked(refusal(400)), seen('patch-owned after-completionDate', 'acknowledged')]],
    ['it is ignored', 'pass', [before, asked({ got: order('acknowledged') })]],
    ['it is taken over', 'fail: taken over', [before, asked({})]],
    [
      'it is refused and taken over',
      'fail: taken over',
      [before, asked(refusal(400)), seen('patch-owned after-completionDate', 'acknowledged', wanted)],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('patch-keeps-owned', said)).toBe(expected);
  });
});

describe('patch-state-legal', () => {
  const before = seen('patch-state before-back', 'inProgress');
  const asked = (more: Partial<Said>) => patch('patch-state patch-back', { state: 'acknowledged' }, more);
  const afterwards = (state: string) => seen('patch-state after-back', state);
  it.each<Row>([
    ['it is refused', 'pass', [before, asked(refusal(409)), afterwards('inProgress')]],
    ['it has an effect', 'fail: taken over', [before, asked({}), afterwards('acknowledged')]],
    [
      'it is refused and has an effect',
      'fail: taken over',
      [
        seen('patch-state before-back', 'completed'),
        patch('patch-state patch-back', { state: 'inProgress' }, refusal(409)),
        afterwards('inProgress'),
      ],
    ],
    ['the state is legal already', 'inconclusive', [seen('patch-state before-back', 'acknowledged'), asked({})]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('patch-state-legal', said, { statement: { offers: { patch: true } } })).toBe(expected);
  });

  it('it is refused and leads back to acknowledged, though nobody cancels', () => {
    const said = [before, asked(refusal(409)), afterwards('acknowledged')];
    expect(verdict('patch-state-legal', said)).toBe('fail: taken over');
  });
});

describe('patch-atomic', () => {
  const wanted = { description: 'new', state: 'nonsense' };
  const before = seen('patch-atomic before-partly-wrong', 'acknowledged', { description: 'old' });
  const asked = (more: Partial<Said>) =>
    patch('patch-atomic patch-partly-wrong', wanted, { wrong: 'no state', ...more });
  const afterwards = (more: object) => seen('patch-atomic after-partly-wrong', 'acknowledged', more);
  it.each<Row>([
    ['it is refused as a whole', 'pass', [before, asked(refusal(400)), afterwards({ description: 'old' })]],
    [
      'it is refused, and applied in part',
      'fail: applied in part',
      [before, asked(refusal(400)), afterwards({ description: 'new' })],
    ],
    [
      'it is refused, and undoes an earlier one',
      'fail: an earlier patch undone',
      [
        seen('patch-atomic before-first', 'acknowledged'),
        patch('patch-atomic patch-first', { priority: '1' }),
        seen('patch-atomic after-first', 'acknowledged', { priority: '1' }),
        seen('patch-atomic before-partly-wrong', 'acknowledged', { priority: '1' }),
        asked(refusal(400)),
        afterwards({}),
      ],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('patch-atomic', said)).toBe(expected);
  });
});

describe('patch-refused', () => {
  const before = seen('patch-state before-back', 'inProgress');
  const asked = (more: Partial<Said>) =>
    patch('patch-state patch-back', { state: 'acknowledged' }, { wrong: 'back', ...more });
  const after = seen('patch-state after-back', 'inProgress');
  it.each<Row>([
    ['it is refused', 'pass', [before, asked(refusal(409)), after]],
    ['it is ignored', 'fail: ignored', [before, asked({ got: order('inProgress') }), after]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('patch-refused', said)).toBe(expected);
  });
});

describe('lost-update', () => {
  const at = (sent: object, more: Partial<Said> = {}) => patch('patches-at-once patch', sent, more);
  const both = [at({ priority: '1' }), at({ description: 'new' })];
  it.each<Row>([
    [
      'both are there',
      'pass',
      [...both, seen('patches-at-once after', 'acknowledged', { priority: '1', description: 'new' })],
    ],
    ['one is lost', 'fail: lost', [...both, seen('patches-at-once after', 'acknowledged', { priority: '1' })]],
    [
      'one was refused',
      'inconclusive',
      [at({ priority: '1' }), at({}, refusal(409)), seen('patches-at-once after', 'acknowledged')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('lost-update', said)).toBe(expected);
  });
});

function cancel(aim: string, more: Partial<Said> = {}): Said {
  const sent = { serviceOrder: { id: 'o1' } };
  return { method: 'POST', path: '/cancelServiceOrder', sent, status: 201, got: cancelTask('accepted'), aim, ...more };
}

function task(state: string, more: object = {}): Said {
  return { method: 'GET', path: '/cancelServiceOrder/c1', got: cancelTask(state, more) };
}

describe('cancel-outcome', () => {
  const asked = cancel('cancel-in-progress cancel');
  it.each<Row>([
    ['it is done, and the order cancelled', 'pass', [placed, asked, task('done'), look('cancelled')]],
    [
      'it is denied, and the order goes on',
      'pass',
      [placed, asked, task('done', { completionMessage: 'no' }), look('completed')],
    ],
    [
      'it is done, and the order goes on',
      'fail: done without effect',
      [placed, asked, task('done'), look('completed')],
    ],
    [
      'it is done, and the order waits for ever',
      'fail: order stays pendingCancellation',
      [placed, asked, task('done'), look('pendingCancellation')],
    ],
    [
      'it went wrong, and the order is cancelled',
      'pass',
      [placed, asked, task('terminatedWithError'), look('cancelled')],
    ],
    [
      'it is denied, and the order is where it was long ago',
      'fail: denied, and not back',
      [placed, look('inProgress'), asked, task('terminatedWithError'), look('acknowledged')],
    ],
    ['it is refused', 'inconclusive', [placed, cancel('cancel-in-progress cancel', refusal(409))]],
    ['it breaks the server', 'fail: 5xx', [placed, cancel('cancel-in-progress cancel', refusal(500))]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('cancel-outcome', said)).toBe(expected);
  });
});

describe('cancel-terminal', () => {
  const ended = [placed, look('completed')];
  const asked = (more: Partial<Said> = {}) => cancel('cancel-ended cancel', { wrong: 'the order has ended', ...more });
  it.each<Row>([
    ['it is refused', 'pass', [...ended, asked(refusal(409)), look('completed')]],
    ['it is denied', 'pass', [...ended, asked(), task('done', { completionMessage: 'too late' }), look('completed')]],
    ['it is taken', 'fail: taken', [...ended, asked(), task('done'), look('completed')]],
    ['it changes the order', 'fail: order changed', [...ended, asked(refusal(409)), look('cancelled')]],
    [
      'it is noted on the order',
      'fail: noted on the order',
      [...ended, asked(refusal(409)), look('completed', { cancellationReason: 'why not' })],
    ],
    ['it breaks the server', 'fail: 5xx', [...ended, asked(refusal(500))]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('cancel-terminal', said, { statement: { offers: { cancel: true } } })).toBe(expected);
  });
});

describe('cancel-unknown', () => {
  const asked = (more: Partial<Said> = {}) =>
    cancel('cancel-unknown cancel', { wrong: 'there is no such order', ...more });
  it.each<Row>([
    ['it is refused', 'pass', [asked(refusal(404))]],
    ['it is taken', 'fail: taken', [asked()]],
    ['it breaks the server', 'fail: 5xx', [asked(refusal(500))]],
    ['cancelling is declared not to be offered', 'not applicable', [asked()], { offers: { cancel: false } }],
  ])('%s: %s', (_what, expected, said, statement = { offers: { cancel: true } }) => {
    expect(verdict('cancel-unknown', said, { statement })).toBe(expected);
  });
});

describe('second-cancel', () => {
  const first = cancel('cancel-twice cancel');
  const again = (more: Partial<Said>) => cancel('cancel-twice cancel-again', { wrong: 'one is under way', ...more });
  const atOnce = (id: string) => cancel('cancels-at-once cancel', { got: cancelTask('accepted', { id }) });
  it.each<Row>([
    ['it is refused', 'pass', [first, again(refusal(409))]],
    ['the first is given again', 'pass', [first, again({})]],
    ['it makes a second task', 'fail: taken', [first, again({ got: cancelTask('accepted', { id: 'c2' }) })]],
    ['two at once make two tasks', 'fail: both taken', [atOnce('c1'), atOnce('c2')]],
    ['two at once make one task', 'pass', [atOnce('c1'), atOnce('c1')]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('second-cancel', said)).toBe(expected);
  });
});

describe('order-item-coherence', () => {
  const shows = (state: string, ...items: readonly object[]) => look(state, { serviceOrderItem: items });
  it.each<Row>([
    [
      'an order is partial, and one of its items failed',
      'pass',
      [shows('partial', item('1', 'completed'), item('2', 'failed'))],
    ],
    [
      'an order is partial, and all items are completed',
      'fail: partial with only completed items',
      [shows('partial', item('1', 'completed'))],
    ],
    [
      'an order is partial, and no item is completed',
      'fail: partial with no completed item',
      [shows('partial', item('1', 'failed'))],
    ],
    [
      'an order has failed, and an item is still held',
      'fail: failed with a held item',
      [shows('failed', item('1', 'held'))],
    ],
    [
      'an order is cancelled, and all of it was done',
      'fail: cancelled with only completed items',
      [shows('cancelled', item('1', 'completed'))],
    ],
    [
      'all items have ended, and the order never does',
      'fail: inProgress with items that have all ended',
      [shows('inProgress', item('1', 'completed'))],
    ],
    [
      'an outer item is completed, and an inner one failed',
      'fail: completed with a failed item',
      [shows('partial', item('1', 'completed', { serviceOrderItem: [item('1', 'failed'), item('2', 'completed')] }))],
    ],
    ['items say nothing of their states', 'pass', [shows('completed', { id: '1' })]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('order-item-coherence', said)).toBe(expected);
  });
});
