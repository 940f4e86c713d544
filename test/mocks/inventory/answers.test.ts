/** How an inventory system answers, as its file says: at once, later, never, wrongly, twice. */
import { describe, expect, it } from 'vitest';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { readInventory } from '../../../mocks/inventory/inventory-file.ts';
import { check, checks, item, minuteMs, openInventory, reserved, sites, specifications } from './open-inventory.ts';

/** One check for site `a`, to an inventory that answers so; and what is told of it in a day. */
async function answering(answer: object, asked: object = check(item('1'), item('2', 'b')), more: object = {}) {
  const opened = openInventory({ answers: [answer], ...more });
  await opened.subscribe(
    checks,
    'eventType=CheckServiceQualificationStateChangeEvent,CheckServiceQualificationAttributeValueChangeEvent',
  );
  const answered = await opened.send('POST', checks, asked);
  const placedAt = opened.kernel.now();
  return { ...opened, answered, placedAt };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
const bodyOf = (outcome: any) => outcome.response.body.json;

const whole = 24 * 60 * minuteMs;

describe('an answer that comes later', () => {
  it('is told by an event, once it is there', async () => {
    const { answered, kernel, said, toldAt, pass, undeclared, ask, openedAt } = await answering({ after: 'PT5M' });
    expect(answered).toMatchObject({ kind: 'answered', response: { status: 201 } });
    const body = bodyOf(answered);
    expect(body).toMatchObject({ state: 'inProgress' });
    expect(body).not.toHaveProperty('qualificationResult');
    expect(new Date(body.estimatedResponseDate).getTime()).toBe(openedAt + 100 + 5 * minuteMs);
    await pass(5 * minuteMs - 1);
    expect(said()).toEqual([]);
    await pass(1);
    expect(said()).toEqual(['checkServiceQualificationStateChangeEvent done 1=qualified 2=alternate']);
    expect(toldAt).toEqual([openedAt + 100 + 5 * minuteMs]);
    expect((await ask('GET', `${checks}/${body.id}`)).body).toMatchObject({
      state: 'done',
      qualificationResult: 'alternate',
    });
    expect(kernel.waiting).toBe(0);
    expect(undeclared()).toEqual([]);
  });

  it('is told by the callback, with the ids that were asked', async () => {
    const { told, pass, undeclared } = await answering({ after: 'PT5M', report: 'processResult' });
    await pass(whole);
    expect(told.map(({ path }) => path)).toEqual([
      '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult',
    ]);
    expect(told[0]?.body?.json).toMatchObject({
      '@type': 'CheckServiceQualification',
      serviceQualificationItem: [
        { id: '1', qualificationResult: 'qualified' },
        {
          id: '2',
          qualificationResult: 'alternate',
          eligibilityUnavailabilityReason: [{ label: 'No free capacity for access-line at b' }],
          alternateServiceProposal: [{ alternateService: { serviceSpecification: { id: 'wireless-line' } } }],
        },
      ],
    });
    expect(undeclared()).toEqual([]);
  });

  it('is not told at all, and has to be asked for', async () => {
    const { answered, said, pass, ask } = await answering({ after: 'PT5M', report: 'none' });
    await pass(whole);
    expect(said()).toEqual([]);
    expect((await ask('GET', `${checks}/${bodyOf(answered).id}`)).body.state).toBe('done');
  });

  it('never comes', async () => {
    const { answered, said, pass, ask } = await answering({ result: 'pending' });
    await pass(30 * whole);
    expect(said()).toEqual([]);
    expect((await ask('GET', `${checks}/${bodyOf(answered).id}`)).body.state).toBe('inProgress');
  });

  it('holds capacity from then on, and not before', async () => {
    const { pool, pass } = await answering({ after: 'PT5M' }, check(reserved('1')), { reservationValidFor: 'P2D' });
    expect(await pool('a')).toMatchObject({ reserved: 0 });
    await pass(5 * minuteMs);
    expect(await pool('a')).toMatchObject({ reserved: 1 });
    await pass(2 * whole);
    expect(await pool('a')).toMatchObject({ reserved: 0 });
  });

  it('does not come any more once the check is deleted', async () => {
    const { answered, said, pass, ask, pool } = await answering({ after: 'PT5M' }, check(reserved('1')));
    await ask('DELETE', `${checks}/${bodyOf(answered).id}`);
    await pass(whole);
    expect(said()).toEqual([]);
    expect(await pool('a')).toMatchObject({ reserved: 0 });
  });

  it.each([
    ['event', ['AttributeValueChangeEvent inProgress 1=- 2=-', 'StateChangeEvent done 1=qualified 2=alternate']],
    ['processResult', ['processResult 1=pending 2=pending', 'processResult 1=qualified 2=alternate']],
  ])('is pending first, and final then, by %s', async (report, expected) => {
    const then = [{ after: 'PT1M', result: 'pending' }, { after: 'PT10M' }];
    const { said, pass, undeclared } = await answering({ result: 'pending', report, then });
    await pass(whole);
    expect(said().map((each) => each.replace('checkServiceQualification', ''))).toEqual(expected);
    expect(undeclared()).toEqual([]);
  });
});

describe('an answer that is forced', () => {
  it.each([
    ['qualified', [item('1', 'b')], {}, '1=qualified'],
    ['unqualified', [item('1')], { reasons: [{ code: 'LAW', label: 'Not allowed' }] }, '1=unqualified'],
    ['alternate', [item('1')], { proposals: [{ specification: 'wireless-line', at: 'P3D' }] }, '1=alternate'],
    [
      'unqualified',
      [item('1'), item('2', 'a', 'internet-access')],
      { items: { specification: 'access-line' } },
      '1=unqualified 2=qualified',
    ],
  ])('is %s whatever the stock says', async (result, items, more, expected) => {
    const { answered, pool } = await answering({ result, ...more }, check(...items));
    const { serviceQualificationItem } = bodyOf(answered);
    const told = serviceQualificationItem.map(
      (each: { id: string; qualificationResult: string }) => `${each.id}=${each.qualificationResult}`,
    );
    expect(told.join(' ')).toBe(expected);
    const [first] = serviceQualificationItem;
    if ('reasons' in more) expect(first.eligibilityUnavailabilityReason).toEqual(more.reasons);
    if ('proposals' in more) expect(first.alternateServiceProposal).toHaveLength(1);
    expect(await pool('a')).toMatchObject({ reserved: 0 });
  });

  it('contradicts what was said before, and gives up what was held', async () => {
    const then = [{ after: 'PT1M', result: 'unqualified', reasons: [{ label: 'Changed our mind' }] }];
    const { said, pass, pool, answered, ask, undeclared } = await answering({ then }, check(reserved('1')));
    expect(await pool('a')).toMatchObject({ reserved: 1 });
    await pass(minuteMs + 100);
    expect(await pool('a')).toMatchObject({ reserved: 0 });
    expect(said()).toEqual(['checkServiceQualificationAttributeValueChangeEvent done 1=unqualified']);
    expect((await ask('GET', `${checks}/${bodyOf(answered).id}`)).body.qualificationResult).toBe('unqualified');
    expect(undeclared()).toEqual([]);
  });
});

describe('an answer that is told wrongly', () => {
  const callback = { after: 'PT1M', report: 'processResult' };

  it('twice, word by word: by a step, or sent more than once', async () => {
    for (const answer of [
      { ...callback, then: [{ after: 'PT1M' }] },
      { ...callback, sent: 2 },
    ]) {
      const { told, pass } = await answering(answer);
      await pass(whole);
      expect(told).toHaveLength(2);
      expect(told[1]?.body?.text).toBe(told[0]?.body?.text);
    }
    const { told, pass } = await answering({ after: 'PT1M', then: [{ after: 'PT1M' }] });
    await pass(whole);
    expect(told[1]?.body?.text).toBe(told[0]?.body?.text);
  });

  it('again, in another way than before', async () => {
    const { said, pass } = await answering({ after: 'PT1M', then: [{ after: 'PT1M', report: 'processResult' }] });
    await pass(whole);
    expect(said()).toEqual([
      'checkServiceQualificationStateChangeEvent done 1=qualified 2=alternate',
      'processResult 1=qualified 2=alternate',
    ]);
  });

  it('of an item that nobody asked about', async () => {
    const { said, pass, undeclared } = await answering({ ...callback, wrong: { item: 'x' } });
    await pass(whole);
    expect(said()).toEqual(['processResult x=qualified 2=alternate']);
    expect(undeclared()).toEqual([]);
  });

  it('of a check that nobody knows', async () => {
    const { told, pass } = await answering({ after: 'PT1M', wrong: { check: 'x' } });
    await pass(whole);
    expect(told[0]?.body?.json).toMatchObject({ event: { checkServiceQualification: { id: 'x' } } });
  });

  it('of the check before as well, in one message', async () => {
    const answers = [{ when: { check: 2 }, ...callback, wrong: { alsoEarlier: true } }];
    const { ask, said, pass } = openInventory({ answers });
    await ask('POST', checks, check(item('1')));
    await ask('POST', checks, check(item('2')));
    await pass(whole);
    expect(said()).toEqual(['processResult 2=qualified 1=qualified']);
  });

  it.each([
    ['a word that is no result', { result: 'perhaps' }],
    ['a text that is no JSON', { text: '{"serviceQual' }],
  ])('by %s, which is declared', async (_, wrong) => {
    const { told, pass, undeclared } = await answering({ ...callback, wrong });
    await pass(whole);
    expect(told).toHaveLength(1);
    expect(undeclared()).toEqual([]);
    expect(told[0]?.headers).toHaveProperty('x-southbound-fault');
  });

  it('later than what comes after it', async () => {
    const then = [{ after: 'PT1M', result: 'unqualified', items: { id: '1' } }];
    const { said, pass } = await answering({ ...callback, delay: 'PT10M', then: [{ ...then[0], delay: 'PT0S' }] });
    await pass(whole);
    expect(said()).toEqual(['processResult 1=unqualified 2=alternate', 'processResult 1=qualified 2=alternate']);
  });
});

describe('the answer to the request itself', () => {
  it.each([
    ['is not given', { answer: 'silence' }, { kind: 'timeout' }, 0],
    ['is a broken connection', { answer: 'reset' }, { kind: 'reset' }, 0],
    [
      'is a refusal',
      { answer: { refuse: 503, retryAfter: 'PT30S' } },
      { kind: 'answered', response: { status: 503, headers: { 'retry-after': '30' } } },
      0,
    ],
    [
      'is a refusal that says why',
      { answer: { refuse: 422, code: '22', reason: 'No' } },
      { kind: 'answered', response: { status: 422, body: { json: { reason: 'No' } } } },
      0,
    ],
    ['is no JSON', { answer: { text: '{"id": ' } }, { kind: 'malformed' }, 0],
    ['is cut off in the middle', { answer: { lose: 'truncated' } }, { kind: 'malformed' }, 1],
    ['is lost, and the check taken', { answer: { lose: 'silence' } }, { kind: 'timeout' }, 1],
    [
      'breaks its contract',
      { answer: { without: ['id'], set: { state: 'Fine' } } },
      { kind: 'answered', response: { status: 201 } },
      1,
    ],
    ['is slow', { latency: 'PT20S' }, { kind: 'answered', response: { status: 201 } }, 1],
    ['is too slow', { latency: 'PT40S' }, { kind: 'timeout' }, 1],
  ])('%s', async (_, answer, expected, kept) => {
    const { answered, ask } = await answering(answer);
    expect(answered).toMatchObject(expected);
    expect((await ask('GET', checks)).body).toHaveLength(kept);
  });

  it('says of a fault that it is one', async () => {
    const { answered } = await answering({ answer: { without: ['id'] } });
    expect(answered).toMatchObject({ response: { headers: { 'x-southbound-fault': expect.stringContaining('/id') } } });
  });
});

describe('which behaviour answers', () => {
  const status = (code: number, more: object) => ({ ...more, answer: { refuse: code } });
  const asked = (externalId: string, ...items: object[]) => ({ ...check(...items), externalId });

  it.each([
    [
      'by specification',
      { specification: 'wireless-line' },
      asked('r', item('1', 'b', 'wireless-line')),
      asked('r', item('1')),
    ],
    ['by site', { site: ['b', 'c'] }, asked('r', item('1', 'b')), asked('r', item('1'))],
    ['by how many items there are', { items: [2, 3] }, asked('r', item('1'), item('2')), asked('r', item('1'))],
  ])('%s', async (_, when, matching, other) => {
    const { send } = openInventory({ answers: [status(503, { when })] });
    expect(await send('POST', checks, matching)).toMatchObject({ response: { status: 503 } });
    expect(await send('POST', checks, other)).toMatchObject({ response: { status: 201 } });
  });

  it('by how often the externalId came, how many checks came, and how often it was used', async () => {
    const statuses = async (answers: object[], ids: string[]) => {
      const { send } = openInventory({ answers });
      const seen: unknown[] = [];
      for (const id of ids) seen.push(await send('POST', checks, asked(id, item('1'))));
      return seen.map((outcome) => (outcome as { response: { status: number } }).response.status);
    };
    expect(await statuses([status(503, { when: { attempt: 2 } })], ['x', 'y', 'x', 'x'])).toEqual([201, 201, 503, 201]);
    expect(await statuses([status(503, { when: { check: [2, 3] } })], ['x', 'y', 'x', 'x'])).toEqual([
      201, 503, 503, 201,
    ]);
    expect(await statuses([status(503, { times: 2 }), status(429, { times: 1 })], ['x', 'y', 'z', 'z'])).toEqual([
      503, 503, 429, 201,
    ]);
  });
});

describe('the file of an inventory', () => {
  it.each<[string, object, string]>([
    ['nothing', { sites: undefined }, '/sites: expected a value'],
    ['a site twice', { sites: [...sites, { id: 'a' }] }, '/sites/2/id: expected an id that no other site has'],
    [
      'capacity without limit',
      { sites: [{ id: 'a', capacity: { 'internet-access': 2 } }] },
      '/sites/0/capacity/internet-access: expected one of access-line',
    ],
    [
      'an alternative nobody knows',
      { specifications: { x: { alternatives: ['y'] } }, sites: [] },
      '/specifications/x/alternatives/0: expected another of x',
    ],
    [
      'a service too many',
      { services: [{ id: '1', specification: 'access-line', site: 'b' }] },
      '/services/0: expected at most 0 services of access-line at b',
    ],
    [
      'a service nowhere',
      { services: [{ id: '1', specification: 'access-line' }] },
      '/services/0/site: expected one of the sites',
    ],
    [
      'an alternate without a proposal',
      { answers: [{ result: 'alternate' }] },
      '/answers/0/proposals: expected a value',
    ],
    ['proposals of what is no alternate', { answers: [{ proposals: [{ specification: 'x' }] }] }, '/answers/0: '],
    [
      'a date that is none',
      { sites: [{ id: 'a', available: [{ specification: 'access-line', at: 'soon', quantity: 1 }] }] },
      '/sites/0/available/0/at: expected a date-time',
    ],
    ['a key that is none', { answers: [{ report: 'event', state: 'done' }] }, '/answers/0/state: expected no such key'],
  ])('with %s is refused, and says where', (_, file, expected) => {
    const read = readInventory({ inventory: 'test', specifications, sites, ...file });
    const texts = read.ok ? [] : read.findings.map(findingText);
    expect(
      texts.some((text) => text.startsWith(expected)),
      texts.join('\n'),
    ).toBe(true);
  });
});
