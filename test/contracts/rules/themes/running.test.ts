/** Rules on access, declared times, load, restarts and references, by the experiments that they look at. */
import { describe, expect, it } from 'vitest';
import {
  basePath,
  look,
  order,
  orderAsked,
  placed,
  type Row,
  refusal,
  type Said,
  subscribed,
  told,
  verdict,
} from '../plain-trace.ts';

describe('auth-enforced', () => {
  const tried = (more: Partial<Said>): Said => ({
    ...look('acknowledged'),
    aim: 'auth none-retrieve',
    credentials: 'none',
    wrong: 'no credentials',
    ...more,
  });
  const patch = (more: Partial<Said>) =>
    tried({ method: 'PATCH', sent: { description: 'by nobody' }, aim: 'auth none-patch', ...more });
  const own = { ...placed, aim: 'auth own' };
  it.each<Row>([
    ['it is refused', 'pass', [tried(refusal(401))]],
    ['it is forbidden', 'pass', [tried(refusal(403))]],
    ['it is served', 'fail: served with none', [tried({})]],
    ['it is served with wrong ones', 'fail: served with wrong ones', [tried({ credentials: 'wrong' })]],
    [
      'it is refused, and done all the same',
      'fail: done all the same',
      [own, patch(refusal(401)), look('completed', { description: 'by nobody' })],
    ],
    [
      'it is refused, and the order is cancelled',
      'fail: done all the same',
      [
        own,
        tried({ method: 'POST', path: '/cancelServiceOrder', sent: { serviceOrder: { id: 'o1' } }, ...refusal(401) }),
        look('cancelled'),
      ],
    ],
    ['no credentials were given', 'not applicable', [placed]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('auth-enforced', said)).toBe(expected);
  });
});

describe('token-expiry', () => {
  const expired = (more: Partial<Said>): Said => ({
    ...look('acknowledged'),
    aim: 'token expired',
    credentials: 'expired',
    wrong: 'expired',
    ...more,
  });
  const fresh = (more: Partial<Said> = {}): Said => ({ ...look('acknowledged'), aim: 'token fresh', ...more });
  const oauth2 = { auth: { scheme: 'oauth2', tokenUrl: 'https://vendor.example/token' } } as const;
  it.each<Row>([
    ['it is refused, and a fresh one goes on', 'pass', [expired(refusal(401)), fresh()]],
    ['it is served', 'fail: served', [expired({}), fresh()]],
    ['a fresh one does not go on', 'fail: 404', [expired(refusal(401)), fresh(refusal(404))]],
    [
      'a token that was just given is refused',
      'fail: a fresh token refused',
      [expired(refusal(401)), fresh(), { ...look('acknowledged'), ...refusal(401) }],
      oauth2,
    ],
    ['no expiry is declared', 'not applicable', [placed]],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('token-expiry', said, { statement })).toBe(expected);
  });
});

describe('declared-is-offered', () => {
  const cancel = (more: Partial<Said>): Said => ({ method: 'POST', path: '/cancelServiceOrder', sent: {}, ...more });
  it.each<Row>([
    ['it is there', 'pass', [cancel({ status: 201, got: {} })], { offers: { cancel: true } }],
    ['it is not there', 'fail: not there', [cancel(refusal(404))], { offers: { cancel: true } }],
    [
      'it is there at one time, and not at another',
      'fail: not there',
      [cancel({ status: 201, got: {} }), cancel(refusal(501))],
      { offers: { cancel: true } },
    ],
    ['it is declared not to be there', 'not applicable', [cancel(refusal(404))], { offers: { cancel: false } }],
    ['nothing is declared', 'not applicable', [placed]],
    ['what can be ordered can be ordered', 'pass', [placed], { specifications: [{ id: 's1' }] }],
    [
      'what can be ordered is refused, and other things are taken',
      'fail: not there',
      [
        placed,
        {
          ...placed,
          sent: { serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 's2' } } }] },
          ...refusal(422),
        },
      ],
      { specifications: [{ id: 's1' }, { id: 's2' }] },
    ],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('declared-is-offered', said, { statement })).toBe(expected);
  });
});

describe('answers-as-declared', () => {
  const statement = { answersWithin: 'PT1S' };
  it.each<Row>([
    ['it is quick enough', 'pass', [{ ...placed, takesMs: 1_000 }], statement],
    ['it is too slow', 'fail: too slow', [{ ...placed, takesMs: 1_001 }], statement],
    ['nothing is declared', 'not applicable', [{ ...placed, takesMs: 9_000 }]],
  ])('%s: %s', (_what, expected, said, declared = {}) => {
    expect(verdict('answers-as-declared', said, { statement: declared })).toBe(expected);
  });
});

describe('ends-in-time', () => {
  const statement = { completesWithin: 'PT10S' };
  const at = (state: string, atMs: number): Said => ({ ...look(state), atMs });
  it.each<Row>([
    ['it ends in time', 'pass', [placed, at('inProgress', 5_000), at('completed', 9_000)], statement],
    ['it may have ended in time', 'pass', [placed, at('inProgress', 5_000), at('completed', 60_000)], statement],
    [
      'it had not ended in time',
      'fail: too late',
      [placed, at('inProgress', 11_000), at('completed', 12_000)],
      statement,
    ],
    ['the verification was over before', 'inconclusive', [placed, at('inProgress', 5_000)], statement],
    ['nothing is declared', 'not applicable', [placed, at('inProgress', 99_000)]],
  ])('%s: %s', (_what, expected, said, declared = {}) => {
    expect(verdict('ends-in-time', said, { statement: declared })).toBe(expected);
  });
});

describe('holds-under-load', () => {
  const load = { orders: 20, perSecond: 10, answersWithin: 'PT1S', announcedWithin: 'PT2S' };
  const create = (takesMs: number, more: Partial<Said> = {}): Said => ({
    ...placed,
    aim: 'load create-1',
    takesMs,
    ...more,
  });
  const many = (count: number, ...others: readonly Said[]) => [
    ...Array.from({ length: count }, () => create(100)),
    ...others,
  ];
  it.each<Row>([
    ['answers keep their time', 'pass', many(20), { load }],
    ['one of twenty is slow', 'pass', many(19, create(5_000)), { load }],
    ['two of twenty are slow', 'fail: too slow', many(18, create(5_000), create(5_000)), { load }],
    [
      'two of twenty are not served',
      'fail: not served',
      many(18, create(10, refusal(500)), create(10, refusal(500))),
      { load },
    ],
    [
      'events are late',
      'fail: too slow',
      [{ ...subscribed }, create(10), { ...told('Create', 'acknowledged'), atMs: 9_000 }],
      { load },
    ],
    ['no load is declared', 'not applicable', many(2)],
  ])('%s: %s', (_what, expected, said, statement = {}) => {
    expect(verdict('holds-under-load', said, { statement })).toBe(expected);
  });
});

describe('survives-restart', () => {
  const before = { ...look('inProgress'), aim: 'restart before' };
  const back = (more: Partial<Said>): Said => ({ ...look('inProgress'), aim: 'restart back', ...more });
  const create = { ...placed, aim: 'restart create' };
  it.each<Row>([
    ['the order goes on', 'pass', [create, before, back({}), look('completed')]],
    ['the order is lost', 'fail: lost', [create, before, back(refusal(404))]],
    [
      'the order is set back',
      'fail: set back',
      [create, { ...look('completed'), aim: 'restart before' }, back({}), look('completed')],
    ],
    [
      'an order that had ended is gone',
      'fail: lost',
      [
        { ...placed, got: order('acknowledged', { id: 'o2' }) },
        { ...look('completed', { id: 'o2' }), path: '/serviceOrder/o2' },
        create,
        before,
        back({}),
        { method: 'GET', path: '/serviceOrder/o2', ...refusal(404) },
        look('completed'),
      ],
    ],
    ['it cannot be restarted', 'not applicable', [placed]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('survives-restart', said)).toBe(expected);
  });
});

describe('href-resolves', () => {
  const create = { ...placed, aim: 'minimal create' };
  const followed = (more: Partial<Said> = {}): Said => ({ ...look('acknowledged'), aim: 'minimal href', ...more });
  it.each<Row>([
    ['it leads to the order', 'pass', [create, followed()]],
    ['it leads nowhere', 'fail: leads nowhere', [create, followed(refusal(404))]],
    [
      'it leads to another order',
      'fail: leads elsewhere',
      [create, followed({ got: order('acknowledged', { id: 'o2' }) })],
    ],
    ['it leads on', 'inconclusive', [create, followed({ status: 307 })]],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('href-resolves', said)).toBe(expected);
  });
});

describe('location-header', () => {
  const at = (location: string, id: string): Said => ({
    ...placed,
    sent: { ...orderAsked, externalId: id },
    got: order('acknowledged', { id, externalId: id }),
    headers: { location },
  });
  it.each<Row>([
    ['it leads to the order', 'pass', [at(`${basePath}/serviceOrder/o1`, 'o1')]],
    [
      'it leads to another order',
      'fail: leads elsewhere',
      [at(`${basePath}/serviceOrder/o1`, 'o1'), at(`${basePath}/serviceOrder/o1`, 'o2')],
    ],
  ])('%s: %s', (_what, expected, said) => {
    expect(verdict('location-header', said)).toBe(expected);
  });
});
