/** What holds for every order and every sequence of inputs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineEventOf, orderEventOf } from '../../../engine/core/roll-up.ts';
import { step } from '../../../engine/core/step.ts';
import type { CancellationOutcome } from '../../../engine/model/cancellation/inputs.ts';
import { externalFulfillmentStates } from '../../../engine/model/external-state.ts';
import type { Input } from '../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Effect } from '../../../engine/model/outcome.ts';
import { isTerminal, nextState } from '../../../engine/model/state-table.ts';
import {
  customerOrderTable,
  domainOrderStates,
  domainOrderTable,
  lineStates,
  orderLineTable,
  orderStates,
} from '../../../engine/model/state-tables.ts';
import { besidesCancellation } from '../../support/canceling.ts';
import { LifeWithInventory } from '../../support/inventory.ts';
import { expectLawful } from '../../support/lawful.ts';
import {
  captureOf,
  factsOf,
  hierarchical,
  inside,
  Life,
  lineOf,
  oneByOne,
  orderId,
  policiesOf,
  start,
} from '../../support/orders.ts';

/** How many stories each law is held against; `RUNS=10000` looks further. */
const numRuns = Number(process.env.RUNS ?? 300);

describe('roll-up', () => {
  const states = fc.array(fc.constantFrom(...domainOrderStates), { maxLength: 6 });
  const linesThatOftenEnd = fc.oneof(
    fc.constantFrom(...lineStates),
    fc.constantFrom('completed' as const, 'canceled' as const),
  );

  it('gives a line only events that its table has, and comes to rest', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lineStates), states, (line, domainOrders) => {
        let state = line;
        for (let moves = 0; ; moves += 1) {
          const event = lineEventOf(state, domainOrders);
          if (event === undefined) return;
          const next = nextState(orderLineTable, state, event);
          expect(next, `${state} ${event}`).toBeDefined();
          expect(moves).toBeLessThan(3);
          state = next ?? state;
        }
      }),
    );
  });

  it('does not depend on the order in which domain orders or lines are listed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lineStates), states, (line, domainOrders) => {
        expect(lineEventOf(line, domainOrders.toReversed())).toBe(lineEventOf(line, domainOrders));
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...orderStates), fc.array(fc.constantFrom(...lineStates)), (order, lines) => {
        expect(orderEventOf(order, lines.toReversed())).toBe(orderEventOf(order, lines));
      }),
    );
  });

  it('completes a line when all its domain orders have ended and one is closed, an order likewise of its lines', () => {
    fc.assert(
      fc.property(states, (domainOrders) => {
        const ended = domainOrders.every((state) => state === 'closed_complete' || state === 'canceled');
        const all = ended && (domainOrders.length === 0 || domainOrders.includes('closed_complete'));
        expect(lineEventOf('in_progress', domainOrders) === 'complete').toBe(all);
      }),
    );
    fc.assert(
      fc.property(fc.array(linesThatOftenEnd, { minLength: 1, maxLength: 5 }), (lines) => {
        const ended = lines.every((state) => state === 'completed' || state === 'canceled');
        expect(orderEventOf('in_progress', lines) === 'complete').toBe(ended && lines.includes('completed'));
      }),
    );
  });

  it('holds an order exactly when every line that is open is held', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lineStates), { minLength: 1 }), (lines) => {
        const open = lines.filter((state) => !isTerminal(orderLineTable, state));
        const blocked = open.length > 0 && open.every((state) => state === 'on_hold');
        expect(orderEventOf('in_progress', lines) === 'hold').toBe(blocked);
        expect(orderEventOf('on_hold', lines) === 'release').toBe(!blocked);
      }),
    );
  });
});

const row = { name: 'all', then: { outboundEnabled: true, hierarchical: true } };

const deleting = policiesOf({
  policies: 'records are deleted, revisions say only what has changed',
  approval: 'manual',
  outbound: {
    rows: [
      {
        ...row,
        then: { ...row.then, targetSystem: 'som', dispatchFailure: 'delete', revisePayload: 'delta', maxRetries: 1 },
      },
    ],
  },
});

const misconfigured = policiesOf({
  policies: 'nobody can carry it out',
  approval: 'manual',
  outbound: { rows: [{ ...row, then: { ...row.then, requestType: 'Fulfillment' } }] },
  requestTypes: [
    { name: 'Fulfillment', definitions: [{ name: 'far', order: 1, when: { country: 'XX' }, adapter: 'a' }] },
  ],
  adapters: [{ name: 'a', targetSystem: 'som' }],
});

/** A script of what may happen next, in terms of what the order offers at that moment. */
const happening = fc.record({
  kind: fc.constantFrom('dispatch', 'report', 'timer', 'command', 'notice', 'approve', 'capture', 'cancel', 'stop'),
  command: fc.constantFrom('create', 'revise', 'update', 'complete', 'cancel', 'resolve'),
  pick: fc.nat(1_000),
  outcome: fc.constantFrom('accepted', 'completed', 'refused', 'busy', 'duplicate', 'timeout', 'reset'),
  state: fc.constantFrom('pending', 'fulfilled', 'error'),
  via: fc.constantFrom('event', 'outboundresponse', 'poll'),
  decision: fc.constantFrom('request', 'line', 'approve', 'decline', 'force', 'hold', 'release', 'return'),
});

type Scripted = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const watched = policiesOf({
  policies: 'everything is watched',
  approval: 'manual',
  outbound: { rows: [{ ...row, then: { ...row.then, targetSystem: 'som' } }] },
  jeopardy: { durations: { rows: [], default: { takes: 'PT1M' } } },
});

const policies = fc.constantFrom(hierarchical, oneByOne, inside, deleting, misconfigured, watched);
const story = fc.tuple(policies, fc.integer({ min: 1, max: 3 }), fc.array(happening, { maxLength: 60 }));

/**
 * Plays a script on one order: what is sent is answered, what is set rings, and anything may be reported. Gives what is
 * still waited for.
 */
function play(
  life: Life,
  script: readonly Scripted[],
  onStep: (before: CustomerOrder, effects: readonly Effect[]) => void,
): Effect[] {
  const waiting: Effect[] = [...life.effects];
  for (const scripted of script) {
    const before = life.order as CustomerOrder;
    const input = inputOf(before, waiting, scripted);
    if (input === undefined) continue;
    const result = life.try(input);
    if (!result.ok) {
      expect(life.order).toBe(before);
      continue;
    }
    for (const effect of result.effects) {
      const replaced = waiting.findIndex(({ id }) => id === effect.id);
      if (replaced !== -1) waiting.splice(replaced, 1);
      waiting.push(effect);
    }
    onStep(before, result.effects);
  }
  return waiting;
}

function inputOf(
  order: CustomerOrder,
  waiting: Effect[],
  { kind, command, pick, outcome, state, via, decision }: Scripted,
): Input | undefined {
  const at = start + 1_000 * (order.entries + 1);
  const taken = <Type extends Effect['type']>(type: Type) => {
    const found = waiting.filter((effect) => effect.type === type);
    const effect = found[pick % Math.max(1, found.length)];
    if (effect !== undefined) waiting.splice(waiting.indexOf(effect), 1);
    return effect as Extract<Effect, { type: Type }> | undefined; // of that type, as just filtered
  };
  const record = order.outboundRequests[pick % Math.max(1, order.outboundRequests.length)];
  switch (kind) {
    case 'approve':
      return { type: 'ApproveOrder', at, orderId };
    case 'capture':
      return captureOf({ at });
    case 'command':
      return commandOf(order, command, pick, at);
    case 'cancel':
      return cancellationOf(order, decision, pick, at);
    case 'stop': {
      const asked = taken('SendCancellation');
      if (asked === undefined) return undefined;
      const { requestId, attempt, id: effectId } = asked;
      const answer = stopped[outcome];
      return { type: 'ReportCancellation', at, orderId, requestId, attempt, effectId, outcome: answer };
    }
    case 'notice': {
      const { requestId } = order.dispatches[pick % Math.max(1, order.dispatches.length)] ?? {};
      if (requestId === undefined) return undefined;
      return { type: 'ReportNotice', at, orderId, requestId, kind: 'milestone', text: `at ${pick % 3}` };
    }
    case 'timer': {
      const timer = taken('SetTimer');
      return timer && { type: 'TimerFired', at, orderId, timer: timer.timer, effectId: timer.id };
    }
    case 'report': {
      if (record === undefined) return undefined;
      const reports = [{ serviceOrder: record.serviceOrder, state }];
      return { type: 'ReportFulfillment', at, orderId, requestId: record.requestId, reports, via };
    }
    case 'dispatch': {
      const sent = taken('SendOutboundRequest');
      if (sent === undefined) return undefined;
      const { requestId, revision, attempt, id: effectId, payload } = sent;
      const items = payload.items.map(({ serviceOrder }) => ({ serviceOrder, state: 'fulfilled' as const }));
      const outcomes = {
        accepted: { kind: 'accepted', httpStatus: 201, reports: [] },
        completed: { kind: 'accepted', httpStatus: 201, externalOrderId: 'x', reports: items },
        refused: { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' },
        busy: { kind: 'refused', httpStatus: 503, retryable: true, retryAfterMs: 5_000, reason: 'busy' },
        duplicate: { kind: 'refused', httpStatus: 409, retryable: false, reason: 'known' },
        timeout: { kind: 'unanswered', cause: 'timeout' },
        reset: { kind: 'unanswered', cause: 'reset' },
      } as const;
      return {
        type: 'ReportDispatch',
        at,
        orderId,
        requestId,
        revision,
        attempt,
        effectId,
        outcome: outcomes[outcome],
      };
    }
  }
}

const stopped: { readonly [outcome in Scripted['outcome']]: CancellationOutcome } = {
  accepted: { kind: 'accepted', httpStatus: 201 },
  completed: { kind: 'done', httpStatus: 201 },
  refused: { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' },
  busy: { kind: 'refused', httpStatus: 503, retryable: true, retryAfterMs: 5_000, reason: 'busy' },
  duplicate: { kind: 'refused', httpStatus: 409, retryable: false, reason: 'too late' },
  timeout: { kind: 'unanswered', cause: 'timeout' },
  reset: { kind: 'unsupported' },
};

/** Something about the end of the order, or of a line, whether it is possible or not. */
function cancellationOf(order: CustomerOrder, decision: Scripted['decision'], pick: number, at: number): Input {
  const common = { at, orderId };
  const line = order.lines[pick % order.lines.length]?.id ?? 'none';
  const services = order.domainOrders.filter(({ kind }) => kind === 'service');
  const serviceOrder = services[pick % Math.max(1, services.length)]?.id ?? 'none';
  switch (decision) {
    case 'request':
      return { type: 'CancelOrder', ...common, note: 'moved away' };
    case 'line':
      return { type: 'CancelOrder', ...common, note: 'moved away', line };
    case 'approve':
    case 'decline':
      return { type: 'DecideCancellation', ...common, decision };
    case 'force':
      return { type: 'ForceCancelServiceOrder', ...common, serviceOrder, note: 'by phone' };
    case 'hold':
      return { type: 'HoldOrder', ...common, note: 'wait' };
    case 'release':
      return { type: 'ReleaseOrder', ...common, note: 'go on' };
    case 'return':
      // Seldom: most orders never come so far in a story.
      return pick % 10 === 0
        ? { type: 'SetPointOfNoReturn', ...common }
        : { type: 'DecideCancellation', ...common, decision: 'approve' };
  }
}

/** A command of somebody's about any service order or fallout, whether it is possible or not. */
function commandOf(order: CustomerOrder, command: Scripted['command'], pick: number, at: number): Input | undefined {
  const one = <Thing>(things: readonly Thing[]) => things[pick % Math.max(1, things.length)];
  const serviceOrder = one(order.domainOrders.filter(({ kind }) => kind === 'service'))?.id;
  if (serviceOrder === undefined) return undefined;
  const common = { at, orderId, serviceOrder };
  switch (command) {
    case 'create':
      return { type: 'CreateOutboundRequest', ...common };
    case 'revise':
      return { type: 'ReviseOutboundRequest', ...common };
    case 'update': {
      const value = pick % 2 === 0 ? '1 Gbps' : '100 Mbps';
      return { type: 'UpdateServiceOrder', ...common, characteristics: [{ name: 'downstreamSpeed', value }] };
    }
    case 'complete':
      return { type: 'ForceCompleteServiceOrder', ...common, note: 'seen to' };
    case 'cancel':
      return { type: 'CancelServiceOrder', ...common, note: 'not needed' };
    case 'resolve': {
      const fallout = one(order.fallouts)?.id;
      if (fallout === undefined) return undefined;
      return { type: 'ResolveFallout', at, orderId, fallout, note: 'seen to' };
    }
  }
}

function begun(orderPolicies: Parameters<typeof factsOf>[0], quantity: number): Life {
  return beginning(new Life(orderPolicies), quantity);
}

function beginning<Kind extends Life>(life: Kind, quantity: number): Kind {
  life.take(
    captureOf({
      lines: [lineOf({ quantity }), lineOf({ externalId: '2', characteristics: [{ name: 'router', value: 'own' }] })],
    }),
  );
  life.then({ type: 'ApproveOrder' });
  return life;
}

/** What must be true of an order at any time. */
function assertSound(order: CustomerOrder): void {
  const lines = new Set(order.lines.map(({ id }) => id));
  const states = externalFulfillmentStates(order.outboundRequests);
  const ids = new Set<string>();
  for (const { id, line, parent, state, work, updatesAvailable } of order.domainOrders) {
    expect(lines.has(line), 'every domain order has a line').toBe(true);
    if (parent !== undefined) expect(ids.has(parent), 'parents come before children').toBe(true);
    expect(ids.has(id), 'ids are unique').toBe(false);
    ids.add(id);
    if (state === 'closed_complete' && work?.by === 'external') expect(states.get(id)).toBe('fulfilled');
    if (updatesAvailable) expect(acceptedSomewhere(order, id), 'only what was accepted can be revised').toBe(true);
  }
  for (const { requestId, underWay } of order.dispatches) {
    if (underWay === undefined) continue;
    const live = order.outboundRequests.filter((each) => each.requestId === requestId && each.state !== 'failed');
    const isCreate = underWay.operation === 'create';
    expect(live.length > 0 || isCreate, 'a revision has records').toBe(true);
  }
  const ended = order.lines.every(({ state }) => isTerminal(orderLineTable, state));
  const some = order.lines.some(({ state }) => state === 'completed');
  const isHeld = order.heldByHand === true || order.state === 'assessing_cancellation';
  if (order.state === 'completed') expect(ended && some, 'completed only when every line has ended').toBe(true);
  if (order.state === 'canceled') expect(ended, 'canceled only when every line has ended').toBe(true);
  if (ended && !isHeld) expect(isTerminal(customerOrderTable, order.state), 'ended when every line is').toBe(true);
  assertCancellations(order);
  for (const serviceOrder of new Set(order.outboundRequests.map((record) => record.serviceOrder))) {
    const live = order.outboundRequests.filter(
      (record) => record.serviceOrder === serviceOrder && record.state !== 'failed',
    );
    expect(live.length, 'at most one live record for a service order').toBeLessThanOrEqual(1);
  }
  const numbers = order.outboundRequests.map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  const held = order.domainOrders.some(({ state, heldFor }) => state === 'on_hold' && heldFor === undefined);
  const openFallout = order.fallouts.some(({ state }) => state === 'open');
  if (held) expect(openFallout, 'what is held has a fallout that says why').toBe(true);
}

/** What must be true of cancellations. */
function assertCancellations(order: CustomerOrder): void {
  const { cancellations = [], version, lines, domainOrders, dispatches, outboundRequests } = order;
  const assessing = cancellations.filter(({ state }) => state === 'assessing');
  const assessed = new Set(lines.flatMap(({ id, state }) => (state === 'assessing_cancellation' ? [id] : [])));
  expect(version, 'one more for each that was taken up').toBe(1 + cancellations.length);
  expect(assessing.length).toBeLessThanOrEqual(1);
  expect(assessed.size > 0, 'lines are assessed exactly while a request is').toBe(assessing.length === 1);
  const lineOfOrder = new Map(lines.map((line) => [line.id, line]));
  for (const { line, state, heldFor, undone } of domainOrders) {
    if (assessed.has(line)) expect(['on_hold', 'closed_complete', 'canceled']).toContain(state);
    else expect(heldFor).toBeUndefined();
    const of = lineOfOrder.get(line)?.state;
    if (state === 'cancellation_in_progress' || undone === false) expect(of).toBe('cancellation_in_progress');
    if (of === 'canceled') expect(state === 'canceled' || undone === true, 'all of it has ended').toBe(true);
  }
  for (const { id, state } of cancellations) {
    if (state === 'in_progress') expect(isTerminal(customerOrderTable, order.state), id).toBe(false);
  }
  for (const { requestId, cancellation } of dispatches) {
    if (cancellation?.state !== 'done') continue;
    const left = outboundRequests.filter((each) => each.requestId === requestId && each.state === 'pending');
    const unwanted = new Set(
      domainOrders.flatMap(({ id, state }) => (state === 'cancellation_in_progress' ? [id] : [])),
    );
    expect(
      left.some(({ serviceOrder }) => unwanted.has(serviceOrder)),
      'what is done is done',
    ).toBe(false);
  }
}

function acceptedSomewhere(order: CustomerOrder, serviceOrder: string): boolean {
  const requests = order.outboundRequests.filter((record) => record.serviceOrder === serviceOrder);
  return requests.some(({ requestId }) =>
    order.dispatches.some((each) => each.requestId === requestId && each.accepted),
  );
}

/** While it is decided about, time goes on, and what is watched may get worse. */
function besidesTime(order: CustomerOrder | undefined): unknown {
  return {
    ...besidesCancellation(order),
    forecast: undefined,
    idsGiven: order?.forecast === undefined ? order?.idsGiven : 'some',
  };
}

describe('an order, whatever happens to it', () => {
  it('stays sound, and what has ended stays ended', () => {
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = begun(orderPolicies, quantity);
        play(life, script, (before) => {
          const after = life.order as CustomerOrder;
          assertSound(after);
          expect(after.entries).toBe(before.entries + 1);
          if (isTerminal(customerOrderTable, before.state)) expect(after.state).toBe(before.state);
          for (const { id, state } of before.domainOrders) {
            if (isTerminal(domainOrderTable, state)) {
              expect(after.domainOrders.find((domainOrder) => domainOrder.id === id)?.state).toBe(state);
            }
          }
        });
        expectLawful(life.evidence);
      }),
      { numRuns },
    );
  });

  it('is as it was when a request to cancel it is declined at once', () => {
    fc.assert(
      fc.property(story, fc.option(fc.nat(20)), ([orderPolicies, quantity, script], place) => {
        const life = begun(orderPolicies, quantity);
        play(life, script, () => {});
        const before = life.order as CustomerOrder;
        const line = place === null ? {} : { line: before.lines[place % before.lines.length]?.id ?? 'none' };
        const request = { type: 'CancelOrder', at: start + 1_000_000, orderId, note: 'moved away', ...line } as const;
        if (!life.try(request).ok) return;
        life.take({ type: 'DecideCancellation', at: start + 2_000_000, orderId, decision: 'decline' });
        expect(besidesTime(life.order)).toEqual(besidesTime(before));
        expect(life.order?.version).toBe(before.version + 1);
      }),
      { numRuns },
    );
  });

  it('ends when its cancellation is approved and the outside says so, or somebody overrides what it does not say', () => {
    let ends = 0;
    fc.assert(
      fc.property(story, fc.boolean(), ([orderPolicies, quantity, script], answers) => {
        const life = begun(orderPolicies, quantity);
        const waiting = play(life, script, () => {});
        const last = (input: Input) => {
          const outcome = life.try(input);
          if (outcome.ok) waiting.push(...outcome.effects);
          return outcome.ok;
        };
        const at = start + 1_000_000;
        last({ type: 'DecideCancellation', at, orderId, decision: 'decline' });
        const taken = last({ type: 'CancelOrder', at, orderId, note: 'moved away' });
        if (!taken || !last({ type: 'DecideCancellation', at, orderId, decision: 'approve' })) return;
        for (let sent = waiting.shift(); answers && sent !== undefined; sent = waiting.shift()) {
          if (sent.type !== 'SendCancellation' && sent.type !== 'SendOutboundRequest') continue;
          const { requestId, attempt, id: effectId } = sent;
          const common = { at, orderId, requestId, attempt, effectId };
          if (sent.type === 'SendCancellation') {
            last({ type: 'ReportCancellation', ...common, outcome: { kind: 'done', httpStatus: 201 } });
          } else {
            const outcome = { kind: 'accepted', httpStatus: 201, externalOrderId: 'x', reports: [] } as const;
            last({ type: 'ReportDispatch', ...common, revision: sent.revision, outcome });
          }
        }
        for (const { id, kind } of life.order?.domainOrders ?? []) {
          if (kind === 'service')
            last({ type: 'ForceCancelServiceOrder', at, orderId, serviceOrder: id, note: 'by phone' });
        }
        expect(life.order?.state).toBe('canceled');
        ends += 1;
      }),
      { numRuns },
    );
    expect(ends, 'stories that came so far').toBeGreaterThan(numRuns / 4);
  });

  it('starts no dispatch while all of it is being assessed', () => {
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = begun(orderPolicies, quantity);
        play(life, script, (before, effects) => {
          if (before.state !== 'assessing_cancellation' || life.order?.state !== 'assessing_cancellation') return;
          // What an earlier cancellation of a line still has to say is decided about already.
          const isSending = ({ type }: Effect) => type === 'SendOutboundRequest';
          const isDeleting = life.order.dispatches.some(({ cancellation }) => cancellation?.by === 'revision');
          if (!isDeleting) expect(effects.some(isSending)).toBe(false);
        });
      }),
      { numRuns },
    );
  });

  it('is the same again when its inputs are taken again, and consists of JSON alone', () => {
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = begun(orderPolicies, quantity);
        play(life, script, () => {});
        const again = new Life(orderPolicies);
        for (const input of life.inputs) again.take(JSON.parse(JSON.stringify(input)));
        expect(again.order).toEqual(life.order);
        expect(JSON.parse(JSON.stringify(life.order))).toEqual(life.order);
      }),
      { numRuns },
    );
  });

  it('has in the inventory what has become of its domain orders, at every step', () => {
    const statusOf = { closed_complete: 'active', canceled: 'inactive' } as const;
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = beginning(new LifeWithInventory(orderPolicies), quantity);
        const assertInStep = () => {
          const { domainOrders } = life.order as CustomerOrder;
          const expected = domainOrders.map(({ id, state, undone }) => {
            const ended = state === 'closed_complete' || state === 'canceled' ? statusOf[state] : undefined;
            return [id, undone === true ? 'inactive' : (ended ?? 'installation_pending')];
          });
          const got = life.items.map(({ domainOrder, status }) => [domainOrder, status]);
          expect(Object.fromEntries(got)).toEqual(Object.fromEntries(expected));
          expect(got).toHaveLength(expected.length);
        };
        assertInStep();
        play(life, script, assertInStep);
        if (life.order?.state !== 'completed') return;
        for (const { domainOrder, status, characteristics } of life.items) {
          const delivered = life.order.domainOrders.find(({ id }) => id === domainOrder)?.characteristics;
          if (status === 'active') expect(characteristics).toEqual(delivered);
        }
      }),
      { numRuns },
    );
  });

  it('is not changed by a report that it has heard before', () => {
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = begun(orderPolicies, quantity);
        play(life, script, () => {
          const last = life.inputs.at(-1);
          if (last?.type !== 'ReportFulfillment') return;
          const order = life.order as CustomerOrder;
          const facts = factsOf(orderPolicies);
          const again = step(order, { ...last, at: last.at + 1 }, facts);
          expect(again).toMatchObject({ ok: true, effects: [] });
          if (again.ok) expect({ ...again.order, entries: order.entries }).toEqual(order);
        });
      }),
      { numRuns },
    );
  });

  it('never waits without a timer, a dispatch or a fallout for what was sent', () => {
    fc.assert(
      fc.property(story, ([orderPolicies, quantity, script]) => {
        const life = begun(orderPolicies, quantity);
        const timers = new Set<string>();
        const sending = new Map<string, number>();
        const note = (effects: readonly Effect[]) => {
          for (const effect of effects) {
            if (effect.type === 'SetTimer') timers.add(effect.id);
            if (effect.type === 'CancelTimer') timers.delete(`${orderId}/timer/${effect.name}`);
            if (effect.type === 'SendOutboundRequest' || effect.type === 'SendCancellation')
              sending.set(effect.requestId, effect.attempt);
          }
        };
        note(life.effects);
        play(life, script, (_before, effects) => {
          const last = life.inputs.at(-1);
          if (last?.type === 'TimerFired') timers.delete(last.effectId);
          if (
            (last?.type === 'ReportDispatch' || last?.type === 'ReportCancellation') &&
            sending.get(last.requestId) === last.attempt
          )
            sending.delete(last.requestId);
          note(effects);
          const order = life.order as CustomerOrder;
          for (const { state, requestId } of order.outboundRequests) {
            const watched =
              timers.has(`${orderId}/timer/overdue/${requestId}`) ||
              timers.has(`${orderId}/timer/retry/${requestId}`) ||
              timers.has(`${orderId}/timer/cancellationOverdue/${requestId}`) ||
              timers.has(`${orderId}/timer/retryCancellation/${requestId}`) ||
              order.dispatches.some((each) => each.requestId === requestId && each.underWay?.isDue === true) ||
              sending.has(requestId) ||
              order.fallouts.some((fallout) => fallout.state === 'open' && fallout.requestId === requestId);
            if (state === 'pending' || state === 'not_applicable') expect(watched, `${state} ${requestId}`).toBe(true);
          }
        });
      }),
      { numRuns },
    );
  });
});
