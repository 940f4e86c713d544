/** What holds of every order that asks, whatever operators do and inventory systems say, in whatever order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import type { Effect } from '../../../../engine/model/outcome.ts';
import type { QualificationReport, QualificationResult } from '../../../../engine/model/qualification/result.ts';
import { expectLawful } from '../../../support/lawful.ts';
import { captureOf, Life, orderId, start } from '../../../support/orders.ts';
import { askingFor, policiesWith } from '../../../support/questions.ts';

/** How many stories each law is held against; `RUNS=10000` looks further. */
const numRuns = Number(process.env.RUNS ?? 300);

/** A happening as numbers: what it is, about what, and how it goes. Numbers are taken modulo what there is. */
const happening = fc.record({ kind: fc.nat(9), about: fc.nat(20), result: fc.nat(4), afterMs: fc.nat(3_000_000) });

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const stories = fc.record({
  lines: fc.integer({ min: 1, max: 3 }),
  nested: fc.boolean(),
  validFor: fc.constantFrom(undefined, 'PT20M'),
  happenings: fc.array(happening, { maxLength: 30 }),
});

type Story = typeof stories extends fc.Arbitrary<infer Value> ? Value : never;

const results: readonly QualificationResult[] = ['qualified', 'alternate', 'unqualified', 'pending', 'none'];

/** Tells a story to a new order, with every timer at its instant. Each step is shown to `look`. */
function tell(story: Story, look: (life: Life, before: CustomerOrder | undefined, refused: boolean) => void): Life {
  const { lines, nested, validFor } = story;
  const life = new Life(policiesWith({ qualification: validFor === undefined ? {} : { validFor } }));
  const timers = new Map<string, Extract<Effect, { type: 'SetTimer' }>>();
  let at = start;
  const take = (input: Input) => {
    const before = life.order;
    const outcome = life.try(input);
    for (const effect of outcome.ok ? outcome.effects : []) {
      if (effect.type === 'SetTimer') timers.set(effect.name, effect);
      if (effect.type === 'CancelTimer') timers.delete(effect.name);
    }
    look(life, before, !outcome.ok);
  };
  const letPass = (afterMs: number) => {
    at += afterMs;
    for (;;) {
      const next = [...timers.values()].filter(({ due }) => due <= at).toSorted((one, other) => one.due - other.due)[0];
      if (next === undefined) return;
      timers.delete(next.name);
      take({ type: 'TimerFired', at: next.due, orderId, timer: next.timer, effectId: next.id });
    }
  };
  const asked = Array.from({ length: lines }, (_, index) =>
    askingFor({ externalId: `${index}`, ...(nested && index > 0 ? { parent: '0' } : {}) }),
  );
  take(captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines: asked }));
  take({ type: 'ApproveOrder', at, orderId });
  for (const each of story.happenings) {
    letPass(each.afterMs);
    take({ ...inputOf(each, life.order), at, orderId } as Input); // whatever the numbers say
  }
  return life;
}

function inputOf({ kind, about, result: nth }: Happening, order: CustomerOrder | undefined): object {
  const pick = <Thing>(things: readonly Thing[]): Thing | undefined => things[about % Math.max(1, things.length)];
  const request = pick(order?.qualificationRequests ?? []);
  const domainOrder = pick(order?.domainOrders ?? []);
  const line = about % 2 === 0 ? {} : { line: pick(order?.lines ?? [])?.id ?? '' };
  const result = results[nth] ?? 'qualified';
  const said = (result === 'none' ? 'qualified' : result) as QualificationReport['result']; // all but none
  const reportOn = (serviceOrder: string): QualificationReport => {
    const proposals =
      said === 'alternate'
        ? [{ specification: about % 3 === 0 ? 'ip-connectivity' : 'access-line', characteristics: [] }]
        : [];
    return {
      serviceOrder,
      result: said,
      reasons: [],
      proposals,
      ...(about % 4 === 0 ? { expiresAt: start + 40 * 60_000 } : {}),
    };
  };
  const reports = (request?.serviceOrders ?? []).slice(0, about % 3 === 0 ? 1 : undefined).map(reportOn);
  switch (kind) {
    case 0:
    case 1:
      return { type: 'QualifyOrder', ...line };
    case 2:
    case 3: {
      const outcome = {
        kind: 'answered',
        httpStatus: 201,
        externalId: `check-${about}`,
        reports,
        isFinal: about % 2 === 0,
      };
      return answerTo(request?.id, outcome);
    }
    case 4:
      return answerTo(request?.id, { kind: 'failed', reason: 'no answer' });
    case 5:
      return { type: 'ReportQualification', requestId: request?.id, reports, isFinal: about % 2 === 0, via: 'event' };
    case 6:
      return {
        type: 'ReportQualification',
        reports: domainOrder === undefined ? [] : [reportOn(domainOrder.id)],
        isFinal: false,
        via: 'processResult',
      };
    case 7:
      return { type: 'SetQualificationResult', about: domainOrder?.id ?? '', result };
    case 8:
      return {
        type: 'AcceptProposal',
        serviceOrder: domainOrder?.id ?? '',
        proposal: domainOrder?.qualification?.proposals[0]?.number ?? '',
      };
    default:
      return { type: 'DecideQualification', ...line, decision: about % 3 === 0 ? 'decline' : 'accept' };
  }
}

/** An exchange that nobody began has no outcome: then something harmless happens instead. */
function answerTo(requestId: string | undefined, outcome: object): object {
  return requestId === undefined
    ? { type: 'QualifyOrder' }
    : { type: 'ReportQualificationExchange', requestId, effectId: 'e', outcome };
}

/** The roll-up again, in other words than those of the core. */
function worst(found: readonly string[]): string {
  const scale = ['qualified', 'alternate', 'unqualified', 'none', 'pending'];
  return found.length === 0 ? 'none' : (scale[Math.max(...found.map((result) => scale.indexOf(result)))] ?? '');
}

/** The line and those below it. */
function family(order: CustomerOrder, id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const line of order.lines) if (line.parent !== undefined && found.has(line.parent)) found.add(line.id);
  }
  return found;
}

const holds = (look: Parameters<typeof tell>[1]) => {
  fc.assert(
    fc.property(stories, (story) => {
      tell(story, look);
    }),
    { numRuns },
  );
};

describe('every order that asks', () => {
  it('keeps every invariant', () => {
    fc.assert(
      fc.property(stories, (story) => expectLawful(tell(story, () => {}).evidence)),
      { numRuns },
    );
  });

  it('has on each line and on itself what its service orders have, in one', () => {
    holds(({ order }) => {
      if (order === undefined) return;
      for (const { id, qualificationResult = 'none' } of order.lines) {
        const lines = family(order, id);
        const found = order.domainOrders
          .filter(({ line }) => lines.has(line))
          .map(({ qualification }) => qualification?.result ?? 'none');
        expect(qualificationResult).toBe(worst(found));
      }
      const tops = order.lines.filter(({ parent }) => parent === undefined);
      expect(order.qualificationResult).toBe(
        worst(tops.map(({ qualificationResult = 'none' }) => qualificationResult)),
      );
    });
  });

  it('delivers nothing: no resource orders, no outbound requests, no fallouts, no inventory', () => {
    holds(({ order, effects }) => {
      expect(order?.domainOrders.every(({ kind }) => kind === 'service')).toBe(true);
      expect([order?.outboundRequests, order?.dispatches, order?.fallouts]).toEqual([[], [], []]);
      const types: string[] = effects.map(({ type }) => type);
      expect(types.filter((type) => type === 'SendOutboundRequest' || type === 'ChangeInventory')).toEqual([]);
    });
  });

  it('has at most one question open about each line at the top', () => {
    holds(({ order }) => {
      const open = (order?.qualificationRequests ?? []).filter(({ state }) => state !== 'withdrawn');
      expect(new Set(open.map(({ line }) => line)).size).toBe(open.length);
    });
  });

  it('that has ended changes no more: not its results, not its lines, not its service orders', () => {
    holds(({ order }, before) => {
      if (before === undefined || order === undefined) return;
      const ended = before.lines.filter(({ state }) => state === 'completed' || state === 'canceled');
      for (const line of ended) {
        expect(order.lines.find(({ id }) => id === line.id)).toEqual(line);
        const of = ({ domainOrders }: CustomerOrder) => domainOrders.filter((each) => each.line === line.id);
        expect(of(order)).toEqual(of(before));
      }
    });
  });

  it('says no and changes nothing, or changes', () => {
    holds(({ order }, before, refused) => {
      if (refused) expect(order).toBe(before);
      else expect(order?.entries).toBe((before?.entries ?? 0) + 1);
    });
  });

  it('tells the inventory system of every question that is over, as soon as it has a name for it', () => {
    const told = new Map<string, Set<string>>();
    holds(({ order, effects }, before) => {
      if (before === undefined) told.clear();
      for (const effect of effects) {
        if (effect.type !== 'WithdrawQualificationRequest') continue;
        told.set(effect.requestId, new Set([...(told.get(effect.requestId) ?? []), effect.externalId]));
      }
      for (const { id, state, externalId } of order?.qualificationRequests ?? []) {
        // It is known under the first name; under another, the inventory system has it twice.
        if (externalId !== undefined) expect(told.get(id)?.has(externalId) ?? false, id).toBe(state === 'withdrawn');
      }
    });
  });
});
