import { describe, expect, it } from 'vitest';
import { checkOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import { promptScript, readSomScript, usualScript } from '../../mocks/som-script.ts';
import { bodyOf, item, order, orders, simulated } from './simulated.ts';

describe('the SOM', () => {
  it('accepts an order, and shows it with ids, dates and states', async () => {
    const { place, ask } = simulated({ behaviours: [{ answer: 'accept' }] });
    const accepted = await place(order('r-1'));
    expect(accepted).toMatchObject({ kind: 'answered', response: { status: 201 } });
    const body = bodyOf(accepted);
    expect(checkOf('TMF641', 'own', 'ServiceOrder')(body)).toEqual([]);
    expect(body).toMatchObject({
      externalId: 'r-1',
      state: 'acknowledged',
      serviceOrderItem: [{ state: 'acknowledged' }, { state: 'acknowledged' }],
    });
    expect(bodyOf(await ask('GET', `${orders}/${body.id}`))).toEqual(body);
    expect(bodyOf(await ask('GET', `${orders}?externalId=r-1&fields=state`))).toEqual([
      { id: body.id, state: 'acknowledged' },
    ]);
    expect(bodyOf(await ask('GET', `${orders}?state=completed`))).toEqual([]);
  });

  it('takes amendments: known items change, others join, deleted ones are cancelled, and what has ended does not change', async () => {
    const { place, ask, kernel } = simulated({
      behaviours: [{ answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] }],
    });
    const { id, serviceOrderItem } = bodyOf(await place(order('r-1')));
    const [first, second] = serviceOrderItem;
    const amendment = {
      description: 'Faster',
      serviceOrderItem: [{ ...first, quantity: 2 }, { ...second, modificationType: 'delete' }, item('joins')],
    };
    const amended = bodyOf(await ask('PATCH', `${orders}/${id}`, amendment));
    expect(checkOf('TMF641', 'own', 'ServiceOrder')(amended)).toEqual([]);
    expect(amended).toMatchObject({
      description: 'Faster',
      serviceOrderItem: [
        { id: first.id, quantity: 2, state: 'acknowledged' },
        { id: second.id, state: 'cancelled' },
        { id: 'joins', state: 'acknowledged' },
      ],
    });
    expect(bodyOf(await ask('GET', `${orders}/${id}`))).toEqual(amended);
    await kernel.run(kernel.now() + 3_600_000);
    expect(await ask('PATCH', `${orders}/${id}`, {})).toMatchObject({ response: { status: 409 } });
    expect(await ask('PATCH', `${orders}/none`, {})).toMatchObject({ response: { status: 404 } });
  });

  it('refuses what is no order, and knows no other operations', async () => {
    const { place, ask } = simulated({ behaviours: [{ answer: 'accept' }] });
    expect(await place({})).toMatchObject({ response: { status: 400, body: { json: { code: '23' } } } });
    expect(await place('{')).toMatchObject({ response: { status: 400 } });
    expect(await ask('POST', orders)).toMatchObject({ response: { status: 400, body: { json: { code: '21' } } } });
    expect(await ask('GET', `${orders}/x`)).toMatchObject({ response: { status: 404 } });
    expect(await ask('DELETE', `${orders}/x`)).toMatchObject({
      response: { status: 405, headers: { allow: 'GET, PATCH' } },
    });
    expect(await ask('GET', '/elsewhere')).toMatchObject({ response: { status: 404 } });
    expect(await ask('GET', `${orders}?limit=x`)).toMatchObject({ response: { status: 400 } });
  });

  it('takes an order through its steps, and tells every change to whoever subscribed', async () => {
    const { kernel, place, subscribe, told, states } = simulated({
      behaviours: [
        {
          answer: 'accept',
          then: [
            { after: 'PT1M', state: 'inProgress' },
            { after: 'PT1H', state: 'completed', items: { specification: 'router' } },
            { after: 'PT1H', state: 'failed', items: { specification: 'access-line' }, message: 'no signal' },
          ],
        },
      ],
    });
    await subscribe();
    await place(order('r-1'));
    await kernel.run();
    expect(states()).toEqual([
      'serviceOrderCreateEvent acknowledged: acknowledged acknowledged',
      'serviceOrderStateChangeEvent inProgress: inProgress inProgress',
      'serviceOrderAttributeValueChangeEvent inProgress: inProgress completed',
      'serviceOrderStateChangeEvent partial: failed completed',
    ]);
    for (const { body } of told) {
      const event = body?.json as { eventType: string };
      expect(checkOf('TMF641', 'own', event.eventType)(event)).toEqual([]);
    }
    expect(told.at(-1)?.body?.json).toMatchObject({
      event: {
        serviceOrder: {
          errorMessage: [{ message: 'no signal' }],
          serviceOrderItem: [{ errorMessage: [{ message: 'no signal' }] }, {}],
        },
      },
    });
  });

  it('goes through inProgress where a step would leave it out, and tells of both', async () => {
    const { kernel, place, subscribe, states } = simulated({
      behaviours: [{ answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] }],
    });
    await subscribe();
    await place(order('r-1'));
    await kernel.run();
    expect(states()).toEqual([
      'serviceOrderCreateEvent acknowledged: acknowledged acknowledged',
      'serviceOrderStateChangeEvent inProgress: inProgress inProgress',
      'serviceOrderStateChangeEvent completed: completed completed',
    ]);
  });

  it('tells nobody who has unsubscribed, and only what a query asks for', async () => {
    const { kernel, ask, place, told } = simulated({
      behaviours: [{ answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] }],
    });
    const hub = '/tmf-api/serviceOrdering/v4/hub';
    const gone = bodyOf(await ask('POST', hub, { callback: 'http://om.test/gone' }));
    await ask('POST', hub, { callback: 'http://om.test/picky', query: 'event.serviceOrder.state=completed' });
    expect(await ask('POST', hub, { callback: 'http://om.test/gone' })).toMatchObject({ response: { status: 409 } });
    expect(await ask('DELETE', `${hub}/${gone.id}`)).toMatchObject({ response: { status: 204 } });
    expect(await ask('DELETE', `${hub}/${gone.id}`)).toMatchObject({ response: { status: 404 } });
    await place(order('r-1'));
    await kernel.run();
    expect(told.map(({ path }) => path)).toEqual(['/picky/listener/serviceOrderStateChangeEvent']);
  });

  it('reports by outboundresponse what changed for the one who ordered, and nothing else', async () => {
    const { kernel, place, told } = simulated({
      tell: 'outboundresponse',
      behaviours: [
        {
          answer: 'accept',
          then: [
            { after: 'PT1M', state: 'inProgress' },
            { after: 'PT1H', state: 'completed', items: { specification: 'router' } },
            { after: 'PT1H', state: 'failed' },
          ],
        },
      ],
    });
    await place(order('r-1'));
    await kernel.run();
    expect(told.map(({ path, body }) => [path, body?.json])).toEqual([
      [
        '/api/sn_tmf_api/order/serviceOrder/outboundresponse',
        { externalId: 'r-1', serviceOrderItem: [{ id: 'b', state: 'fulfilled' }] },
      ],
      [
        '/api/sn_tmf_api/order/serviceOrder/outboundresponse',
        { externalId: 'r-1', serviceOrderItem: [{ id: 'a', state: 'error' }] },
      ],
    ]);
  });

  it.each([
    [
      'a refusal',
      { refuse: 422, code: 'X', reason: 'No port' },
      { kind: 'answered', response: { status: 422, body: { json: { code: 'X', reason: 'No port', status: '422' } } } },
    ],
    [
      'a refusal for now',
      { refuse: 503, retryAfter: 'PT90S' },
      { kind: 'answered', response: { status: 503, headers: { 'retry-after': '90' } } },
    ],
    ['silence', 'silence', { kind: 'timeout' }],
    ['a reset', 'reset', { kind: 'reset' }],
    [
      'no JSON',
      { text: '{"id":', status: 200 },
      { kind: 'malformed', response: { status: 200, headers: { 'x-southbound-fault': 'a body that is not JSON' } } },
    ],
    [
      'at once completed',
      { accept: 'completed' },
      {
        kind: 'answered',
        response: { status: 201, body: { json: { state: 'completed', completionDate: expect.any(String) } } },
      },
    ],
    [
      'a broken contract',
      { accept: 'acknowledged', set: { state: 'Done' } },
      {
        kind: 'answered',
        response: { status: 201, headers: { 'x-southbound-fault': expect.stringContaining('/state') } },
      },
    ],
  ])('answers with %s', async (_what, answer, expected) => {
    const { place } = simulated({ behaviours: [{ answer }] });
    expect(await place(order('r-1'))).toMatchObject(expected);
  });

  it('has no order after silence, and has one after an answer that came too late', async () => {
    const silent = simulated({ behaviours: [{ answer: 'silence' }] });
    await silent.place(order('r-1'));
    expect(silent.som.orders.size).toBe(0);
    const late = simulated({ behaviours: [{ answer: 'accept', latency: 'PT1M' }] });
    expect((await late.place(order('r-1'))).kind).toBe('timeout');
    expect(late.som.orders.size).toBe(1);
  });

  it('picks the first behaviour that matches: by specification, action and attempt', async () => {
    const { place } = simulated({
      duplicates: 'new',
      behaviours: [
        { when: { specification: ['router', 'switch'] }, answer: { refuse: 400, reason: 'equipment' } },
        { when: { action: 'delete' }, answer: { refuse: 400, reason: 'deletion' } },
        { when: { attempt: 1 }, answer: { refuse: 500, reason: 'first' } },
        { when: { attempt: [2, 3] }, answer: { refuse: 500, reason: 'second or third' } },
        { answer: 'accept' },
      ],
    });
    const reason = async (body: object) => bodyOf(await place(body)).reason;
    expect(await reason(order('r-1'))).toBe('equipment');
    expect(await reason(order('r-2', item('a', 'line', 'delete')))).toBe('deletion');
    const line = order('r-3', item('a', 'line'));
    expect([await reason(line), await reason(line), await reason(line)]).toEqual([
      'first',
      'second or third',
      'second or third',
    ]);
    expect(bodyOf(await place(line)).state).toBe('acknowledged');
  });

  it('answers an order it has with that order, with a conflict, or with another order', async () => {
    const twice = async (duplicates: string) => {
      const { place, som } = simulated({ duplicates, behaviours: [{ answer: 'accept' }] });
      const [first, second] = [await place(order('r-1')), await place(order('r-1'))];
      return [
        bodyOf(first).id === bodyOf(second).id,
        som.orders.size,
        second.kind === 'answered' && second.response.status,
      ];
    };
    expect(await twice('same')).toEqual([true, 1, 201]);
    expect(await twice('conflict')).toEqual([false, 1, 409]);
    expect(await twice('new')).toEqual([false, 2, 201]);
  });

  it('says what no behaviour was written for, and which came nearest', async () => {
    const { place, som } = simulated({
      behaviours: [
        { name: 'far', when: { specification: 'x', action: 'delete' }, answer: 'accept' },
        { name: 'near', when: { specification: 'access-line', action: 'modify' }, answer: 'accept' },
      ],
    });
    expect(await place(order('r-1'))).toMatchObject({
      response: {
        status: 501,
        body: {
          json: {
            message: 'No behaviour of "test" matches this order. Nearest: "near" (action: wanted modify, got add)',
          },
        },
      },
    });
    expect(som.unmatched).toMatchObject([{ nearest: 'near', difference: 'action: wanted modify, got add' }]);
  });

  it('behaves the same from the same seed', async () => {
    const run = async () => {
      const { kernel, place, subscribe, told } = simulated({
        behaviours: [{ answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] }],
      });
      await subscribe();
      await place(order('r-1'));
      await kernel.run();
      return JSON.stringify(told);
    };
    expect(await run()).toBe(await run());
  });
});

describe('a SOM script', () => {
  const complaints = (file: unknown) => {
    const read = readSomScript(file);
    return read.ok ? [] : read.findings.map(findingText);
  };

  it('has a usual form that is sound', () => {
    expect(complaints(usualScript)).toEqual([]);
    expect(complaints(promptScript)).toEqual([]);
    expect(readSomScript({ som: 'plain' })).toMatchObject({ ok: true, script: { behaviours: [{ name: 'usual' }] } });
  });

  it.each([
    [{}, '/som: expected a value, got nothing (required)'],
    [{ som: 'x', behaviours: [] }, '/behaviours: expected must NOT have fewer than 1 items, got [] (minItems)'],
    [
      { som: 'x', behaviours: [{ answer: 'accept', then: [{ after: 'soon', state: 'completed' }] }] },
      '/behaviours/0/then/0/after: expected a duration, got "soon" (format)',
    ],
    [
      { som: 'x', behaviours: [{ answer: 'accept', tell: 'loudly' }] },
      '/behaviours/0/tell: expected one of "event", "outboundresponse", "nothing", got "loudly" (enum)',
    ],
    [
      {
        som: 'x',
        behaviours: [
          {
            answer: 'accept',
            then: [
              { after: 'PT1H', state: 'completed' },
              { after: 'PT1H', state: 'inProgress' },
            ],
          },
        ],
      },
      '/behaviours/0/then/1/state: expected a state that can follow completed: none, it is terminal, got "inProgress" (legal-move)',
    ],
    [
      {
        som: 'x',
        behaviours: [
          {
            answer: 'accept',
            then: [
              { after: 'PT1H', state: 'held' },
              { after: 'PT1H', state: 'failed' },
              { after: 'PT1S', state: 'rejected' },
            ],
          },
        ],
      },
      '/behaviours/0/then/2/state: expected a state that can follow failed: none, it is terminal, got "rejected" (legal-move)',
    ],
    [
      {
        som: 'x',
        behaviours: [
          {
            answer: 'accept',
            then: [
              { after: 'PT1H', state: 'failed', items: { specification: 'a' } },
              { after: 'PT1H', state: 'completed', items: { specification: 'a' } },
            ],
          },
        ],
      },
      '/behaviours/0/then/1/state: expected a state that can follow failed: none, it is terminal, got "completed" (legal-move)',
    ],
  ])('is refused: %j', (file, expected) => {
    expect(complaints(file)).toEqual([expected]);
  });

  it('may complete everything after some items have failed', () => {
    const then = [
      { after: 'PT1H', state: 'failed', items: { specification: 'a' } },
      { after: 'PT1H', state: 'completed' },
    ];
    expect(complaints({ som: 'x', behaviours: [{ answer: 'accept', then }] })).toEqual([]);
  });
});
