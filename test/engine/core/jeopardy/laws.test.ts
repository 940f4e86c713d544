/** Laws of the dates of orders, held against plans and lives drawn by lot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../../engine/model/jeopardy/forecast.ts';
import { isWorse, type JeopardyLevel, worstOf } from '../../../../engine/model/jeopardy/level.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { captureOf, catalogueOf, Life, orderId, serviceLineOf, start } from '../../../support/orders.ts';
import { hour, watchedBy } from './watched.ts';

/** Plans of a few tasks, each after some of those before it; services with parts, one after the other. */
const planFiles = fc
  .array(fc.record({ hours: fc.nat(12), after: fc.array(fc.nat(5), { maxLength: 2 }) }), { minLength: 1, maxLength: 5 })
  .map((tasks) =>
    tasks.map(({ hours, after }, index) => ({
      task: `t${index}`,
      ...(hours === 0 ? {} : { takes: `PT${hours}H` }),
      after: [...new Set(after.filter((other) => other < index).map((other) => `t${other}`))],
    })),
  );

const catalogues = fc
  .record({ first: planFiles, second: planFiles, hours: fc.nat(10), inARow: fc.boolean() })
  .map(({ first, second, hours, inARow }) =>
    catalogueOf({
      catalogue: 'drawn',
      plans: [
        { plan: 'first', tasks: first },
        { plan: 'second', tasks: second },
      ],
      services: [
        { id: 'one', type: 'RFS', plan: 'first' },
        { id: 'other', type: 'RFS', plan: 'second' },
        { id: 'third', type: 'RFS', takes: `PT${hours}H` },
        {
          id: 'whole',
          type: 'CFS',
          relationships: [
            { type: 'Requires', target: 'one' },
            { type: 'Requires', target: 'other', after: inARow ? ['one'] : [] },
            { type: 'Requires', target: 'third', after: inARow ? ['other'] : [] },
          ],
        },
      ],
    }),
  );

type Deed = { readonly kind: 'close' | 'hold' | 'release' | 'look'; readonly which: number; readonly afterMs: number };

const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom('close' as const, 'close' as const, 'hold' as const, 'release' as const, 'look' as const),
    which: fc.nat(20),
    afterMs: fc.integer({ min: 0, max: 8 * hour }),
  }),
  { maxLength: 20 },
);

/** An order that is watched, deed after deed; calls back after each step with the order before and after it. */
function live(
  jeopardy: object,
  catalogue: ReturnType<typeof catalogueOf>,
  happening: readonly Deed[],
  seen: (before: CustomerOrder, after: CustomerOrder, isTime: boolean, at: number) => void,
): void {
  const life = new Life(watchedBy(jeopardy), catalogue);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf('whole')] }));
  let order = life.take({ type: 'ApproveOrder', at: start, orderId });
  const take = (input: object, at: number, isTime: boolean): void => {
    const before = order;
    const outcome = life.try({ ...input, at, orderId } as Parameters<Life['try']>[0]); // whole with these
    if (!outcome.ok) return;
    order = outcome.order;
    seen(before, order, isTime, at);
  };
  let at = start;
  for (const { kind, which, afterMs } of happening) {
    at += afterMs;
    for (let due = order.forecast?.nextLookAt; due !== undefined && due <= at; due = order.forecast?.nextLookAt)
      take({ type: 'TimerFired', timer: { kind: 'jeopardy' }, effectId: 'e' }, due, true);
    const task = order.tasks[which % Math.max(1, order.tasks.length)]?.id ?? '';
    const input = {
      close: { type: 'CloseTask', task },
      hold: { type: 'HoldTask', task, note: 'later' },
      release: { type: 'ReleaseTask', task },
      look: { type: 'TimerFired', timer: { kind: 'jeopardy' }, effectId: 'e' },
    }[kind];
    take(input, at, kind === 'look');
  }
}

const outlooks = ({ forecast }: CustomerOrder): Forecast['of'] => forecast?.of ?? {};

/** Some of the hours of the plans fall into the night, and some into a day on which nobody works. */
const byDay = {
  workingHours: { days: ['monday', 'tuesday', 'friday'], from: '07:30', until: '15:00', closedOn: ['2026-01-09'] },
};

describe.each([
  ['round the clock', {}],
  ['within working hours', byDay],
])('whatever is planned and whatever happens, %s', (_time, jeopardy) => {
  it('nothing ends before it begins, is expected in the past, or comes before what it waits for', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (_before, order, _isTime, at) => {
          const of = outlooks(order);
          for (const each of Object.values(of)) {
            expect(each.plannedStartAt).toBeLessThanOrEqual(each.plannedEndAt);
            expect(each.estimatedStartAt).toBeLessThanOrEqual(each.estimatedEndAt);
            if (each.endedAt !== undefined) expect(each.endedAt).toBeLessThanOrEqual(at);
            if (each.endedAt === undefined && each.pausedAt === undefined) {
              expect(each.estimatedEndAt).toBeGreaterThanOrEqual(start);
            }
          }
          for (const { id, after, state } of order.tasks) {
            if (state !== 'draft') continue;
            for (const other of after) {
              expect(of[id]?.estimatedStartAt).toBeGreaterThanOrEqual(of[other]?.estimatedEndAt ?? Infinity);
            }
          }
        });
      }),
    );
  });

  it('the whole is from its first part to its last, planned and expected', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (_before, order) => {
          const of = outlooks(order);
          const parts = order.domainOrders.map(({ id }) => of[id]);
          const whole = of[order.id];
          expect(whole?.plannedEndAt).toBe(Math.max(...parts.map((part) => part?.plannedEndAt ?? 0)));
          expect(whole?.estimatedEndAt).toBe(Math.max(...parts.map((part) => part?.estimatedEndAt ?? 0)));
          expect(whole?.plannedStartAt).toBe(Math.min(...parts.map((part) => part?.plannedStartAt ?? 0)));
        });
      }),
    );
  });

  it('what was planned stays as it was planned, unless somebody plans anew', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (before, order) => {
          for (const [id, { plannedStartAt, plannedEndAt }] of Object.entries(outlooks(before))) {
            expect(outlooks(order)[id]).toMatchObject({ plannedStartAt, plannedEndAt });
          }
        });
      }),
    );
  });

  it('time alone never makes anything better', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (before, order, isTime) => {
          if (!isTime) return;
          for (const [id, { level, estimatedEndAt }] of Object.entries(outlooks(before))) {
            const after = outlooks(order)[id];
            expect(isWorse(level, after?.level)).toBe(false);
            expect(after?.estimatedEndAt).toBeGreaterThanOrEqual(estimatedEndAt);
          }
        });
      }),
    );
  });

  it('no level is missed between two looks: looking more often finds nothing else', () => {
    fc.assert(
      fc.property(catalogues, deeds, fc.double({ min: 0, max: 1, noNaN: true }), (catalogue, happening, share) => {
        live(jeopardy, catalogue, happening, (_before, order, _isTime, at) => {
          const next = order.forecast?.nextLookAt ?? at + 1_000 * hour;
          const between = Math.floor(at + share * (next - 1 - at));
          const life = new Life(watchedBy(jeopardy), catalogue);
          life.order = order;
          const { forecast } = life.take({
            type: 'TimerFired',
            timer: { kind: 'jeopardy' },
            effectId: 'e',
            at: between,
            orderId,
          });
          for (const [id, { level }] of Object.entries(outlooks(order))) expect(forecast?.of[id]?.level).toBe(level);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('an order is as bad as its worst line, and a domain order as the worst of its tasks and parts', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (_before, order) => {
          const of = outlooks(order);
          expect(of[order.id]?.level).toBe(worst(order.lines.map(({ id }) => of[id]?.level)));
          for (const { id } of order.domainOrders.filter(({ specification }) => specification === 'whole')) {
            const below = order.domainOrders.filter(({ parent }) => parent === id).map((part) => of[part.id]?.level);
            expect(of[id]?.level).toBe(worst(below));
          }
        });
      }),
    );
  });

  it('nothing that is over is in jeopardy, and an order that is over waits for nothing', () => {
    fc.assert(
      fc.property(catalogues, deeds, (catalogue, happening) => {
        live(jeopardy, catalogue, happening, (_before, order) => {
          for (const { endedAt, level } of Object.values(outlooks(order))) {
            if (endedAt !== undefined) expect(level).toBeUndefined();
          }
          if (order.state === 'completed') expect(order.forecast?.nextLookAt).toBeUndefined();
        });
      }),
    );
  });
});

/** Written anew, from the words: the last of the list that is among them. */
function worst(levels: readonly (JeopardyLevel | undefined)[]): JeopardyLevel | undefined {
  const ordered = ['critical', 'high', 'medium', 'low'] as const;
  const found = ordered.find((level) => levels.includes(level));
  expect(worstOf(levels)).toBe(found);
  return found;
}
