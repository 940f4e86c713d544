/** Rules on listeners and what they are told, by the experiments that they look at. */
import { describe, expect, it } from 'vitest';
import {
  look,
  order,
  orderAsked,
  placed,
  plainTrace,
  type Row,
  refusal,
  type Said,
  subscribed,
  told,
  verdict,
} from '../plain-trace.ts';

function registered(name: string, more: Partial<Said> = {}, query?: string): Said {
  const sent = { callback: `https://verifier.example/events/${name}`, ...(query === undefined ? {} : { query }) };
  return { ...subscribed, sent, got: { id: `h-${name}`, ...sent }, aim: `${name} register`, ...more };
}

/** The same event, as it comes to another listener. */
function also(event: Said, name: string, more: Partial<Said> = {}): Said {
  return { ...event, path: `/${name}`, ...more };
}

const completed = told('StateChange', 'completed');
const created = told('Create', 'acknowledged');

describe('hub-registration', () => {
  it.each<Row>([
    ['it comes back as it was given', 'pass', [registered('hub-leave')]],
    [
      'it has no id',
      'fail: missing',
      [registered('hub-leave', { got: { callback: 'https://verifier.example/events/hub-leave' } })],
    ],
    [
      'its callback is another one',
      'fail: not as given',
      [registered('hub-leave', { got: { id: 'h', callback: 'https://else.example' } })],
    ],
    [
      'its query is lost',
      'fail: missing',
      [
        registered(
          'hub-query-type',
          { got: { id: 'h', callback: 'https://verifier.example/events/hub-query-type' } },
          'eventType=X',
        ),
      ],
    ],
    ['it is refused', 'fail: refused', [subscribed, registered('hub-leave', refusal(400))]],
    ['only one can be registered', 'inconclusive', [registered('hub-leave', refusal(409))]],
    ['a query is refused', 'inconclusive', [registered('hub-query-type', refusal(400), 'eventType=X')]],
    [
      'it cannot be ended',
      'fail: 500',
      [subscribed, { method: 'DELETE', path: '/hub/h1', ...refusal(500), aim: 'watch leave' }],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('hub-registration', said)).toBe(expected);
  });
});

describe('hub-duplicate', () => {
  const first = registered('hub-duplicate');
  const again = (more: Partial<Said> = {}) => registered('hub-duplicate', { aim: 'hub-duplicate again', ...more });
  it.each<Row>([
    ['it is refused', 'pass', [first, again(refusal(409))]],
    ['it doubles nothing', 'pass', [subscribed, first, again(), completed, also(completed, 'hub-duplicate')]],
    [
      'everything comes twice',
      'fail: events doubled',
      [subscribed, first, again(), completed, also(completed, 'hub-duplicate'), also(completed, 'hub-duplicate')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('hub-duplicate', said)).toBe(expected);
  });

  it('it breaks the server', () => {
    expect(verdict('hub-duplicate', [first, again(refusal(500))])).toBe('fail: 500');
  });
});

describe('hub-query', () => {
  const asked = registered('hub-query-type', {}, 'eventType=ServiceOrderStateChangeEvent');
  const order1 = { ...placed, aim: 'hub-query-type create' };
  const begin = [subscribed, asked, order1, created];
  it.each<Row>([
    ['it lets through what matches', 'pass', [...begin, completed, also(completed, 'hub-query-type')]],
    ['it lets others through', 'fail: lets others through', [...begin, also(created, 'hub-query-type')]],
    ['it holds back what matches', 'fail: holds back', [...begin, completed]],
    ['nothing happens that matches', 'inconclusive', begin],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('hub-query', said)).toBe(expected);
  });
});

describe('redelivery', () => {
  const failing = registered('hub-failing');
  const refused = also(completed, 'hub-failing', refusal(503));
  const again = also(completed, 'hub-failing');
  const renamed = also(told('StateChange', 'completed'), 'hub-failing');
  it.each<Row>([
    ['it comes again', 'pass', [failing, refused, again]],
    ['it comes again under another eventId', 'fail: another eventId', [failing, refused, renamed]],
    ['it does not come again', 'fail: lost', [failing, refused]],
    ['nothing was delivered', 'inconclusive', [failing]],
    [
      'it is declared not to come again',
      'not applicable',
      [failing, refused],
      { events: { delivery: 'at-most-once' } },
    ],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('redelivery', said, { statement })).toBe(expected);
  });
});

describe('listener-isolation', () => {
  const slow = [subscribed, registered('hub-slow')];
  const create = (takesMs: number): Said => ({ ...placed, aim: 'hub-slow create', takesMs });
  const heard = also(completed, 'hub-slow');
  it.each<Row>([
    ['answers are as quick as ever', 'pass', [...slow, create(20), heard]],
    ['an answer is held up', 'fail: held up', [...slow, create(3_000), heard]],
    [
      'another listener is held up',
      'fail: held up',
      [...slow, create(20), { ...look('completed'), atMs: 4_000 }, heard, { ...completed, atMs: 9_000 }],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('listener-isolation', said)).toBe(expected);
  });
});

describe('callback-credentials', () => {
  const statement = { events: { credentialsHeader: 'x-secret' } };
  it.each<Row>([
    ['they are there', 'pass', [subscribed, completed], statement],
    [
      'they are missing',
      'fail: missing',
      [subscribed, { ...completed, aim: 'callback received', credentials: 'none' }],
      statement,
    ],
    [
      'they are wrong',
      'fail: wrong',
      [subscribed, { ...completed, aim: 'callback received', credentials: 'wrong' }],
      statement,
    ],
    ['none were agreed', 'not applicable', [subscribed, completed]],
  ])('%s: %s', (_what, expected, said, agreed = {}) => {
    expect(verdict('callback-credentials', said, { statement: agreed })).toBe(expected);
  });
});

describe('silence-after-unsubscribe', () => {
  const leave: Said = { method: 'DELETE', path: '/hub/h1', status: 204, aim: 'hub-leave leave', atMs: 5_000 };
  const other = { ...registered('other'), atMs: 100 };
  it.each<Row>([
    [
      'it is silent, and others are told',
      'pass',
      [subscribed, other, leave, { ...also(completed, 'other'), atMs: 9_000 }],
    ],
    ['what was on its way arrives', 'inconclusive', [subscribed, leave, { ...completed, atMs: 5_100 }]],
    ['it is still told', 'fail: still told', [subscribed, leave, { ...completed, atMs: 9_000 }]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('silence-after-unsubscribe', said)).toBe(expected);
  });
});

describe('change-announced', () => {
  it.each<Row>([
    ['all of it is', 'pass', [subscribed, placed, created, look('completed'), completed]],
    ['nothing is', 'fail: nothing at all', [subscribed, placed, look('completed')]],
    ['a new order is not', 'fail: missing', [subscribed, placed, completed]],
    ['a change is not', 'fail: inProgress missing', [subscribed, placed, created, look('inProgress'), completed]],
    [
      'it comes to one listener and not to another',
      'fail: missing',
      [subscribed, registered('hub-duplicate'), { ...placed, aim: 'hub-duplicate create' }, created],
    ],
    ['the hub is declared not to be offered', 'not applicable', [placed], { offers: { hub: false } }],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('change-announced', said, { statement })).toBe(expected);
  });

  it('cannot be told when the verifier was not subscribed from the beginning', () => {
    expect(verdict('change-announced', [placed], { trace: { namespace: 'n-' } })).toBe('inconclusive');
  });
});

describe('attribute-change-announced', () => {
  const sent = { description: 'new' };
  const patched: Said = {
    method: 'PATCH',
    path: '/serviceOrder/o1',
    sent,
    got: order('acknowledged', sent),
    aim: 'patches patch-a',
  };
  const event = (change: string, more: object = {}) =>
    told(change, 'acknowledged', { event: { serviceOrder: order('acknowledged', sent) }, ...more });
  const begin = [subscribed, placed, created, patched];
  it.each<Row>([
    ['it says what has changed', 'pass', [...begin, event('AttributeValueChange', { fieldPath: 'description' })]],
    ['it does not say what has changed', 'fail: missing', [...begin, event('AttributeValueChange')]],
    ['it is announced as a change of state', 'fail: announced as another event', [...begin, event('StateChange')]],
    ['it is not announced', 'fail: missing', begin],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('attribute-change-announced', said)).toBe(expected);
  });
});

describe('event-agrees', () => {
  const begin = [subscribed, placed, created];
  const says = (resource: object) =>
    told('StateChange', '', { event: { serviceOrder: { ...order('inProgress'), ...resource } } });
  it.each<Row>([
    ['it says what a look says', 'pass', [...begin, says({}), look('inProgress')]],
    ['it is older than the look', 'pass', [...begin, says({}), look('completed')]],
    ['it has the externalId of another order', 'fail: of another order', [...begin, says({ externalId: 'e2' })]],
    [
      'its items do not fit its state',
      'fail: items disagree',
      [...begin, says({ state: 'completed' }), look('completed')],
    ],
    [
      'it says more than has come',
      'fail: not what GET shows',
      [...begin, says({ state: 'failed', serviceOrderItem: [] }), look('inProgress')],
    ],
    [
      'it has an item that is not there',
      'fail: not what GET shows',
      [...begin, says({ serviceOrderItem: [{ id: '7', state: 'inProgress' }] }), look('inProgress')],
    ],
    [
      'it has another orderDate',
      'fail: not what GET shows',
      [...begin, says({ orderDate: '2030-01-01T00:00:00Z' }), look('inProgress')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('event-agrees', said)).toBe(expected);
  });
});

describe('what needs no more than traffic', () => {
  it('is judged in a trace of which nothing is known', () => {
    const said = [placed, look('completed'), look('inProgress')].map(({ aim: _aim, ...each }) => each);
    expect(plainTrace(said).exchanges.every(({ aim }) => aim === undefined)).toBe(true);
    expect(verdict('terminal-is-final', said)).toBe('fail: completed to inProgress');
  });

  it('knows an order by what was asked', () => {
    expect(verdict('order-kept', [{ ...placed, sent: { ...orderAsked, externalId: 'e2' } }])).toBe('fail: changed');
  });
});
