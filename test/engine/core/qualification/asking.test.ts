/** An order that asks: captured, approved, sent to the inventory system that the spoke selector chooses, and answered. */
import { describe, expect, it } from 'vitest';
import { refusalText } from '../../../../engine/model/refusals.ts';
import { captureOf, Life, orderId, policiesOf, serviceLineOf, start, statesOf } from '../../../support/orders.ts';
import {
  answer,
  approvedQuestion,
  askedQuestion,
  askingFor,
  everything,
  idOf,
  later,
  notesOf,
  place,
  policiesWith,
  reportsOf,
  requestOf,
  resultsOf,
} from '../../../support/questions.ts';

const allOf = (result: string) => Object.fromEntries(Object.keys(everything).map((name) => [name, result]));

describe('an order that asks', () => {
  it('becomes service orders alone, and nothing goes out by itself', () => {
    const { order, effects } = approvedQuestion();
    expect(statesOf(order as never)).toEqual(allOf('draft')); // there is an order
    expect(order?.state).toBe('in_progress');
    expect(order?.qualificationResult).toBe('none');
    expect(effects.map(({ type }) => type)).not.toContain('SendOutboundRequest');
    expect(effects.map(({ type }) => type)).not.toContain('ChangeInventory');
  });

  it('asks about all of a line at once, relations, characteristics and place included', () => {
    const life = askedQuestion();
    const { payload, target, requestId } = life.effect('SendQualificationRequest');
    expect(target).toBe('north');
    expect(requestId).toBe(requestOf(life));
    expect(payload.reserves).toBe(true);
    expect(payload.items.map(({ specification, parent }) => [specification.id, parent])).toEqual([
      ['internet-access', undefined],
      ['access-line', payload.items[0]?.serviceOrder],
      ['ip-connectivity', payload.items[0]?.serviceOrder],
      ['home-router', payload.items[0]?.serviceOrder],
    ]);
    expect(payload.items.every((item) => item.place?.id === 'site-1')).toBe(true);
    expect(resultsOf(life.order)).toEqual(allOf('pending'));
    expect(life.order?.lines[0]?.qualificationResult).toBe('pending');
    expect(life.order?.qualificationResult).toBe('pending');
    expect(life.effect('NotifyQualification')).toMatchObject({ from: 'none', to: 'pending' });
  });

  it('is qualified by the answer, and completed once that is accepted', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.qualificationRequests[0]).toMatchObject({ state: 'answered', externalId: 'check-1' });
    expect(life.order?.state).toBe('in_progress');
    life.then({ type: 'DecideQualification', decision: 'accept' });
    expect(life.order?.state).toBe('completed');
    expect(life.order?.lines[0]?.state).toBe('completed');
    expect(Object.values(statesOf(life.order as never))).toEqual(Array(4).fill('closed_complete')); // there is an order
  });

  it.each([
    ['unqualified', 'unqualified', 'unqualified'],
    ['alternate', 'alternate', 'alternate'],
    ['pending', 'none', 'none'],
  ] as const)('of which one service is %s: that becomes %s, and the order %s', (said, kept, rolled) => {
    const life = askedQuestion();
    life.then(answer(life, { ...everything, 'access-line': said }));
    expect(resultsOf(life.order)['access-line']).toBe(kept);
    expect(life.order?.lines[0]?.qualificationResult).toBe(rolled);
    expect(life.order?.qualificationResult).toBe(rolled);
  });

  it('keeps why something cannot be had, in the words of the inventory system', () => {
    const life = askedQuestion();
    const reasons = [{ code: 'CAP-01', label: 'No free port' }, { label: 'Street closed' }];
    life.then(answer(life, { ...everything, 'access-line': { result: 'unqualified', reasons } }));
    const serviceOrder = life.order?.domainOrders.find(({ specification }) => specification === 'access-line');
    expect(serviceOrder?.qualification?.reasons).toEqual(reasons);
    expect(notesOf(life.order)).toContain('Qualification result unqualified by answer: No free port, Street closed');
  });

  it('is asked as soon as it is approved, where the policy says so', () => {
    const life = approvedQuestion(policiesWith({ qualification: { start: 'automatic' } }));
    expect(life.effect('SendQualificationRequest').target).toBe('north');
    expect(life.order?.qualificationResult).toBe('pending');
  });

  it('has one request for each line at the top, and a result for each', () => {
    const lines = ['a', 'b'].map((externalId) => askingFor({ externalId, place }));
    const life = approvedQuestion(undefined, lines);
    const [first, second] = life.order?.lines ?? [];
    life.then({ type: 'QualifyOrder', line: second?.id ?? '' });
    expect(life.order?.qualificationRequests.map(({ line }) => line)).toEqual([second?.id]);
    expect(life.order?.lines.map(({ qualificationResult }) => qualificationResult)).toEqual([undefined, 'pending']);
    life.then({ type: 'QualifyOrder', line: first?.id ?? '' });
    expect(life.order?.qualificationRequests).toHaveLength(2);
  });

  it('asks about the lines below with the line at the top, and gives each its own result', () => {
    const top = askingFor({ externalId: 'top', place });
    const child = askingFor({ externalId: 'child', parent: 'top', place });
    const life = approvedQuestion(undefined, [top, child]);
    life.then({ type: 'QualifyOrder' });
    expect(life.order?.qualificationRequests).toHaveLength(1);
    const request = life.order?.qualificationRequests[0];
    expect(request?.serviceOrders).toHaveLength(8);
    const below = life.order?.domainOrders.find(({ line }) => line === life.order?.lines[1]?.id);
    const reports = (request?.serviceOrders ?? []).map((serviceOrder) => ({
      serviceOrder,
      result: serviceOrder === below?.id ? ('unqualified' as const) : ('qualified' as const),
      reasons: [],
      proposals: [],
    }));
    life.then(answer(life, {}, { reports }));
    expect(life.order?.lines.map(({ qualificationResult }) => qualificationResult)).toEqual([
      'unqualified',
      'unqualified',
    ]);
  });

  it('that asks for what faces resources is refused', () => {
    const input = captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines: [serviceLineOf('access-line')] });
    const outcome = new Life(policiesWith({})).try(input);
    expect(outcome.ok ? '' : refusalText(outcome.refusal)).toBe(
      'Item access-line asks for access-line, which faces resources',
    );
  });
});

describe('who is asked', () => {
  const definitions = [
    { name: 'South', order: 20, when: { location: 'site-2' }, adapter: 'south' },
    { name: 'North', order: 10, when: { location: 'site-1' }, adapter: 'north' },
    { name: 'Anybody', order: 900, adapter: 'south' },
  ];
  const adapters = ['north', 'south'].map((name) => ({ name, targetSystem: name }));
  const at = (id: string) => [askingFor({ place: { ...place, id } })];

  it.each([
    ['site-1', 'north', 'North'],
    ['site-2', 'south', 'South'],
    ['site-3', 'south', 'Anybody'],
  ])('at %s: %s, by the definition %s', (site, target, definition) => {
    const life = approvedQuestion(policiesWith({ definitions, adapters }), at(site));
    life.then({ type: 'QualifyOrder' });
    expect(life.order?.qualificationRequests[0]).toMatchObject({ target, definition });
  });

  it('is the shipped definition where nothing is configured: it answers by itself, in a moment of its own', () => {
    const life = approvedQuestion(policiesOf({ policies: 'none', approval: 'manual', outbound: { rows: [] } }));
    life.then({ type: 'QualifyOrder' });
    expect(life.order?.qualificationResult).toBe('pending');
    const { timer, due } = life.effect('SetTimer');
    expect(due).toBe(start + 2_000);
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.qualificationRequests[0]).toMatchObject({
      definition: 'Demo Order Qualification Implementation',
      target: 'Demo Order Qualification (Mock Response)',
    });
  });

  it('is nobody where no definition matches before an inactive one: the result is none, and a note says why', () => {
    const life = approvedQuestion(
      policiesWith({ adapters: [{ name: 'north', targetSystem: 'north', active: false }] }),
    );
    life.then({ type: 'QualifyOrder' });
    expect(life.order?.qualificationResult).toBe('none');
    expect(resultsOf(life.order)).toEqual(allOf('none'));
    expect(notesOf(life.order).at(-1)).toContain('names the adapter "north", which is not active');
  });

  it('is for service orders never the adapter that answers by itself', () => {
    const policies = policiesOf({
      policies: 'wrong',
      approval: 'manual',
      outbound: {
        rows: [
          {
            name: 'all',
            then: {
              outboundEnabled: true,
              requestType: 'Order Qualification Request',
              inputs: { 'top order line item': 'x', payload: 'x' },
            },
          },
        ],
      },
      requestTypes: [{ name: 'Order Qualification Request', definitions: [] }],
    });
    const life = new Life(policies);
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    expect(life.order?.outboundRequests).toEqual([]);
    expect(life.order?.fallouts[0]?.description).toContain('answers by itself, and delivers nothing');
  });
});

describe('the adapter that answers by itself', () => {
  const mockResponse = {
    answers: { after: 'PT5M' },
    rules: [
      {
        when: { specification: 'access-line' },
        characteristics: { downstreamSpeed: '1 Gbps' },
        then: {
          result: 'alternate',
          reasons: [{ code: 'CAP-01', label: 'No free port' }],
          proposals: [{ characteristics: { downstreamSpeed: '100 Mbps' }, availableAfter: 'P1D' }],
        },
      },
      { when: { location: 'site-9' }, then: { result: 'unqualified' } },
    ],
  };
  const policies = policiesWith({ adapters: [{ name: 'north', mockResponse }] });
  const asked = (changes: object) => {
    const life = approvedQuestion(policies, [askingFor({ place, ...changes })]);
    life.then({ type: 'QualifyOrder' });
    const { timer, due } = life.effect('SetTimer');
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    return { life, due };
  };

  it('takes its time, and finds by rule: by characteristic, by location, or otherwise', () => {
    const gigabit = asked({ characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }] });
    expect(gigabit.due).toBe(start + 2_000 + 300_000);
    expect(resultsOf(gigabit.life.order)).toEqual({ ...allOf('qualified'), 'access-line': 'alternate' });
    const line = gigabit.life.order?.domainOrders.find(({ specification }) => specification === 'access-line');
    expect(line?.qualification?.proposals).toEqual([
      {
        number: 'AP0000001',
        specification: 'access-line',
        characteristics: [{ name: 'downstreamSpeed', value: '100 Mbps' }],
        availableAt: start + 3_000 + 86_400_000,
      },
    ]);
    expect(resultsOf(asked({ place: { ...place, id: 'site-9' } }).life.order)).toEqual(allOf('unqualified'));
    expect(resultsOf(asked({}).life.order)).toEqual(allOf('qualified'));
  });

  it('that never answers is waited for no longer than the policy says', () => {
    const never = policiesWith({
      adapters: [{ name: 'north', mockResponse: { answers: 'never' } }],
      qualification: { answerTimeout: 'PT1H' },
    });
    const life = askedQuestion(never);
    const { timer, due } = life.effect('SetTimer');
    expect(due).toBe(start + 2_000 + 3_600_000);
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.order?.qualificationResult).toBe('none');
    expect(life.order?.qualificationRequests[0]).toMatchObject({ state: 'failed', lastError: 'no answer in time' });
  });
});

describe('an inventory system that needs time', () => {
  it('is waited for, and tells later', () => {
    const life = askedQuestion();
    life.then(later(life));
    expect(life.order?.qualificationRequests[0]).toMatchObject({ state: 'waiting', httpStatus: 201 });
    expect(life.effect('SetTimer').timer.kind).toBe('qualificationOverdue');
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, everything),
      isFinal: true,
      via: 'event',
    });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.effect('CancelTimer').name).toBe(`qualificationOverdue/${requestOf(life)}`);
  });

  it('may tell a part first: the order is pending until the rest is there', () => {
    const life = askedQuestion();
    life.then(later(life));
    const part = (results: object) => ({
      type: 'ReportQualification' as const,
      reports: reportsOf(life, results as typeof everything), // by specification
      isFinal: false,
      via: 'processResult' as const,
    });
    life.then(part({ 'internet-access': 'qualified', 'access-line': 'pending' }));
    expect(life.order?.qualificationResult).toBe('pending');
    life.then(part({ 'access-line': 'qualified', 'ip-connectivity': 'qualified', 'home-router': 'unqualified' }));
    expect(life.order?.qualificationResult).toBe('unqualified');
    expect(life.order?.qualificationRequests[0]?.state).toBe('answered');
  });

  it('may tell before its answer is in', () => {
    const life = askedQuestion();
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, everything),
      isFinal: true,
      via: 'event',
    });
    life.then(later(life));
    expect(life.order?.qualificationRequests[0]).toMatchObject({ state: 'answered', externalId: 'check-1' });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.effectTypes()).not.toContain('SetTimer');
  });

  it('is asked again and again where it does not report by itself, until it has answered', () => {
    const life = askedQuestion();
    life.then(answer(life, {}, { httpStatus: 201, isFinal: false, pollEveryMs: 30_000 }));
    const { timer } = life.effect('SetTimer');
    expect(timer.kind).toBe('pollQualification');
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.effect('PollQualificationRequest')).toMatchObject({ target: 'north', externalId: 'check-1' });
    expect(life.effect('SetTimer').timer).toEqual(timer);
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, everything),
      isFinal: true,
      via: 'poll',
    });
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.effectTypes()).toEqual([]);
  });

  it('that never tells leaves the result unknown, and what it tells late is taken all the same', () => {
    const life = askedQuestion();
    life.then(later(life));
    const { timer } = life.effect('SetTimer');
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.order?.qualificationResult).toBe('none');
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, everything),
      isFinal: true,
      via: 'event',
    });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.qualificationRequests[0]?.state).toBe('answered');
  });
});

describe('what an inventory system says wrongly', () => {
  const failure = (life: Life, more: object = {}) => ({
    type: 'ReportQualificationExchange' as const,
    requestId: requestOf(life),
    effectId: 'e',
    outcome: { kind: 'failed' as const, reason: 'its answer is not JSON', ...more },
  });

  it('or not at all: the result is none, and a note says why', () => {
    const life = askedQuestion();
    life.then(failure(life, { httpStatus: 200 }));
    expect(resultsOf(life.order)).toEqual(allOf('none'));
    expect(life.order?.qualificationResult).toBe('none');
    expect(life.order?.qualificationRequests[0]).toMatchObject({
      state: 'failed',
      httpStatus: 200,
      lastError: 'its answer is not JSON',
    });
    expect(notesOf(life.order).at(-1)).toBe('north was asked in vain: its answer is not JSON');
  });

  it('of less than it was asked about: of the rest nothing is known', () => {
    const life = askedQuestion();
    life.then(answer(life, { 'internet-access': 'qualified' }));
    expect(resultsOf(life.order)).toEqual({ ...allOf('none'), 'internet-access': 'qualified' });
    expect(notesOf(life.order)).toContain('north says nothing of it');
  });

  it('of what it was not asked about: that is passed over, and noted', () => {
    const life = askedQuestion();
    const unknown = { serviceOrder: 'so-unknown', result: 'unqualified', reasons: [], proposals: [] } as const;
    const reports = [...reportsOf(life, everything), unknown];
    life.then(answer(life, {}, { reports }));
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(notesOf(life.order)).toContain(
      'north says unqualified of so-unknown, which it was not asked about; passed over',
    );
  });

  it('against what it said before: the later answer counts, and the contradiction is noted', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, { ...everything, 'access-line': 'unqualified' }),
      isFinal: true,
      via: 'event',
    });
    expect(life.order?.qualificationResult).toBe('unqualified');
    expect(notesOf(life.order)).toContain(
      'Qualification result unqualified by event, which contradicts qualified before',
    );
  });

  it('after somebody has decided: it changes nothing', () => {
    const life = askedQuestion();
    life.then(answer(life, everything));
    life.then({ type: 'DecideQualification', decision: 'accept' });
    const decided = life.order;
    life.then({
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports: reportsOf(life, { 'access-line': 'unqualified' }),
      isFinal: true,
      via: 'event',
    });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.domainOrders).toEqual(decided?.domainOrders);
    expect(notesOf(life.order).at(-1)).toBe('What north says comes too late');
  });

  it.each([
    ['an item it does not know', () => [{ serviceOrder: 'so-unknown' }], 'Qualification Item id does not exist'],
    ['nothing', () => [], 'serviceQualificationItem is missing'],
    [
      'items of two lines at the top',
      (life: Life) =>
        life.order?.domainOrders
          .filter(({ specification }) => specification === 'access-line')
          .map(({ id }) => ({ serviceOrder: id })) ?? [],
      'All Qualification Items must belong to same Top Order Line Item.',
    ],
  ])('by processResult, of %s: all of it is refused', (_what, items, text) => {
    const lines = ['a', 'b'].map((externalId) => askingFor({ externalId, place }));
    const life = approvedQuestion(undefined, lines);
    life.then({ type: 'QualifyOrder' });
    const reports = items(life).map((item) => ({ result: 'qualified' as const, reasons: [], proposals: [], ...item }));
    const outcome = life.try({
      type: 'ReportQualification',
      at: start,
      orderId,
      reports,
      isFinal: false,
      via: 'processResult',
    });
    expect(outcome.ok ? 'taken' : refusalText(outcome.refusal)).toBe(text);
  });
});

describe('asking anew', () => {
  it('withdraws what was asked before, and what still comes of that counts no more', () => {
    const life = askedQuestion();
    const first = requestOf(life);
    life.then(answer(life, { ...everything, 'access-line': 'unqualified' }));
    life.then({ type: 'QualifyOrder' });
    expect(life.effect('WithdrawQualificationRequest')).toMatchObject({ requestId: first, externalId: 'check-1' });
    expect(life.order?.qualificationRequests.map(({ state }) => state)).toEqual(['withdrawn', 'sent']);
    expect(life.order?.qualificationResult).toBe('pending');
    life.then({
      type: 'ReportQualification',
      requestId: first,
      reports: reportsOf(life, everything),
      isFinal: true,
      via: 'event',
    });
    expect(life.order?.qualificationResult).toBe('pending');
    expect(notesOf(life.order).at(-1)).toBe('What north says counts no more: it was asked anew');
    life.then(answer(life, everything));
    expect(life.order?.qualificationResult).toBe('qualified');
  });

  it('before the answer is in: the answer is still told that it is over, once its id is known', () => {
    const life = askedQuestion();
    const first = answer(life, everything);
    life.then({ type: 'QualifyOrder' });
    expect(life.effectTypes()).not.toContain('WithdrawQualificationRequest');
    life.then(first);
    expect(life.effect('WithdrawQualificationRequest').externalId).toBe('check-1');
    expect(life.order?.qualificationResult).toBe('pending');
  });

  it('keeps proposals until an answer replaces them', () => {
    const life = askedQuestion();
    const proposals = [{ specification: 'access-line', characteristics: [] }];
    life.then(answer(life, { ...everything, 'access-line': { result: 'alternate', proposals } }));
    const proposed = () =>
      life.order?.domainOrders.flatMap(
        ({ qualification }) => qualification?.proposals.map(({ number }) => number) ?? [],
      );
    expect(proposed()).toEqual(['AP0000001']);
    life.then({ type: 'QualifyOrder' });
    expect(proposed()).toEqual(['AP0000001']);
    life.then(answer(life, { ...everything, 'access-line': { result: 'alternate', proposals } }));
    expect(proposed()).toEqual(['AP0000002']);
  });
});

describe('an answer that is told twice', () => {
  it('changes nothing the second time: its proposals keep their numbers, and nothing is noted again', () => {
    const life = askedQuestion();
    const proposals = [
      { specification: 'ip-connectivity', characteristics: [] },
      { characteristics: [], availableAt: start },
    ];
    const results = { ...everything, 'access-line': { result: 'alternate' as const, proposals } };
    life.then(answer(life, results));
    const { domainOrders, workNotes } = life.order ?? {};
    const reports = reportsOf(life, results);
    const again = {
      type: 'ReportQualification',
      requestId: requestOf(life),
      reports,
      isFinal: true,
      via: 'event',
    } as const;
    life.then(again);
    expect(life.order).toMatchObject({ domainOrders, workNotes });
    life.then({
      ...again,
      reports: reportsOf(life, { ...results, 'access-line': { result: 'alternate', proposals: [] } }),
    });
    expect(life.order?.workNotes).toHaveLength((workNotes?.length ?? 0) + 1);
  });
});

describe('a question that the inventory system has twice', () => {
  const found = (life: Life, externalId: string, result: 'qualified' | 'unqualified') => {
    const reports = reportsOf(life, { ...everything, 'access-line': result });
    return {
      type: 'ReportQualification',
      requestId: requestOf(life),
      externalId,
      reports,
      isFinal: true,
      via: 'event',
    } as const;
  };

  it('is the one that was known first; the other is taken back, whatever it says', () => {
    const life = askedQuestion();
    life.then(later(life));
    life.then(found(life, 'check-2', 'unqualified'));
    expect(life.effect('WithdrawQualificationRequest')).toMatchObject({ externalId: 'check-2', target: 'north' });
    expect(notesOf(life.order)).toContain('north has the question twice; check-2 is taken back');
    expect(life.order?.qualificationResult).toBe('pending');
    life.then(found(life, 'check-1', 'qualified'));
    expect(life.order?.qualificationResult).toBe('qualified');
  });

  it('is known by its event, where the answer was lost', () => {
    const life = askedQuestion();
    life.then(found(life, 'check-2', 'qualified'));
    life.then(answer(life, { ...everything, 'access-line': 'unqualified' }));
    expect(life.effect('WithdrawQualificationRequest')).toMatchObject({ externalId: 'check-1' });
    expect(life.order?.qualificationRequests).toMatchObject([{ state: 'answered', externalId: 'check-2' }]);
    expect(life.order?.qualificationResult).toBe('qualified');
  });

  it('is told that it is over once its name is known, even when it was asked anew', () => {
    const life = askedQuestion();
    const first = found(life, 'check-1', 'qualified');
    life.then({ type: 'QualifyOrder' });
    life.then(first);
    expect(life.effect('WithdrawQualificationRequest')).toMatchObject({ externalId: 'check-1' });
    life.then(first);
    expect(life.effectTypes()).toEqual([]);
    expect(life.order?.qualificationResult).toBe('pending');
  });
});

describe('a result that expires', () => {
  it('is not known any more at its moment, each at its own', () => {
    const life = askedQuestion();
    const soon = start + 100_000;
    const late = start + 200_000;
    const until = (expiresAt: number) => ({ result: 'qualified' as const, expiresAt });
    life.then(answer(life, { ...everything, 'access-line': until(late), 'home-router': until(soon) }));
    const first = life.effect('SetTimer');
    expect(first).toMatchObject({ due: soon, timer: { kind: 'qualificationExpired' } });
    life.take({ type: 'TimerFired', at: soon, orderId, timer: first.timer, effectId: 'e' });
    expect(resultsOf(life.order)).toEqual({ ...allOf('qualified'), 'home-router': 'none' });
    expect(life.order?.qualificationResult).toBe('none');
    const second = life.effect('SetTimer');
    expect(second.due).toBe(late);
    life.take({ type: 'TimerFired', at: late, orderId, timer: second.timer, effectId: 'e' });
    expect(life.order?.qualificationRequests[0]?.state).toBe('expired');
    expect(notesOf(life.order)).toContain('Qualification result qualified has expired');
  });

  it('before it is told is not known either, and does not come back to life', () => {
    const life = askedQuestion();
    const until = { result: 'qualified' as const, expiresAt: start + 1_000 };
    life.then(answer(life, { ...everything, 'access-line': until }));
    expect(resultsOf(life.order)).toEqual({ ...allOf('qualified'), 'access-line': 'none' });
    expect(notesOf(life.order)).toContain('Qualification result qualified by answer has expired already');
    expect(life.order?.qualificationRequests[0]?.state).toBe('answered');
  });

  it('does so after the time of the policy, where the inventory system does not say', () => {
    const life = askedQuestion(policiesWith({ qualification: { validFor: 'P7D' } }));
    life.then(answer(life, everything));
    expect(life.effect('SetTimer').due).toBe(start + 3_000 + 7 * 86_400_000);
  });

  it('after it was accepted: the decision stands', () => {
    const life = askedQuestion(policiesWith({ qualification: { validFor: 'P7D' } }));
    life.then(answer(life, everything));
    const { timer } = life.effect('SetTimer');
    life.then({ type: 'DecideQualification', decision: 'accept' });
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.order?.qualificationResult).toBe('qualified');
    expect(life.order?.state).toBe('completed');
  });
});

describe('the ids of an order that asks', () => {
  it('lead to it by request and by service order', () => {
    const life = askedQuestion();
    expect(life.order?.qualificationRequests[0]?.serviceOrders).toContain(idOf(life.order, 'access-line'));
  });
});
