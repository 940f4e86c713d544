/** How urgent orders are: by weighted policies, as the requester says, or by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf, scoreOf } from '../../../engine/core/priority.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import { priorityLevels } from '../../../engine/model/priority/level.ts';
import { priorityOfDomainOrder, priorityOfOrder, priorityOfTask } from '../../../engine/model/priority/priority.ts';
import { refusalText } from '../../../engine/model/refusals.ts';
import { captureOf, type Happening, Life, lineOf, orderId, policiesOf, start } from '../../support/orders.ts';

describe('the score', () => {
  it('is the mean of the ranks by their weights', () => {
    const ranks = [
      [100, 10],
      [80, 25],
      [80, 35],
      [60, 30],
    ].map(([rank = 0, weight = 0]) => ({ rank, weight }));
    expect(scoreOf(ranks)).toBe(76);
    expect(levelOf(76)).toBe('high');
  });

  it.each([
    [100, 'critical'],
    [80, 'critical'],
    [79.9, 'high'],
    [60, 'high'],
    [59.9, 'moderate'],
    [40, 'moderate'],
    [39.9, 'low'],
    [0, 'low'],
  ])('%d is %s: a bound that two levels share belongs to the higher', (score, level) => {
    expect(levelOf(score)).toBe(level);
  });

  it('lies between the lowest rank and the highest, and there is none where nothing counts', () => {
    const ranks = fc.array(fc.record({ rank: fc.nat(100), weight: fc.integer({ min: 1, max: 100 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(ranks, (each) => {
        const score = scoreOf(each) ?? -1;
        const values = each.map(({ rank }) => rank);
        expect(score).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(score).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
    expect(scoreOf([])).toBeUndefined();
    expect(scoreOf([{ rank: 100, weight: 0 }])).toBeUndefined();
  });
});

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
  priority: [
    { name: 'by customer', weight: 50, rows: [{ name: 'hospital', when: { account: 'cust-1' }, then: { rank: 90 } }] },
    {
      name: 'by offering',
      weight: 50,
      rows: [{ name: 'fast', when: { offering: 'broadband-1000' }, then: { rank: 70 } }],
      default: { rank: 10 },
    },
  ],
});

function approved(): Life {
  const life = new Life(policies);
  const lines = [lineOf({ externalId: '1', offering: 'broadband-1000' }), lineOf({ externalId: '2' })];
  life.take(captureOf({ lines }));
  life.then({ type: 'ApproveOrder' });
  life.then({ type: 'CreateHeaderTask', name: 'call' });
  return life;
}

const order = (life: Life) => life.order as CustomerOrder; // it was captured

describe('an order', () => {
  it('has a level on each line, and is as urgent as the most urgent of them', () => {
    const life = approved();
    expect(order(life).lines.map(({ priority }) => priority)).toEqual(['critical', 'moderate']);
    expect(priorityOfOrder(order(life).lines)).toBe('critical');
  });

  it('has domain orders and tasks as urgent as what they belong to', () => {
    const life = approved();
    for (const domainOrder of order(life).domainOrders) {
      const line = order(life).lines.find(({ id }) => id === domainOrder.line);
      expect(priorityOfDomainOrder(order(life), domainOrder)).toBe(line?.priority);
    }
    for (const task of order(life).tasks) expect(priorityOfTask(order(life), task)).toBe('critical');
  });

  it('has the level that the requester says of a line, where it says one', () => {
    const life = new Life(policies);
    life.take(captureOf({ lines: [lineOf({ priority: 'low' })] }));
    expect(order(life).lines[0]?.priority).toBe('low');
  });

  it('has none where no policy has an opinion', () => {
    const life = new Life(policiesOf({ policies: 'p', approval: 'manual', outbound: { rows: [] } }));
    life.take(captureOf());
    expect(priorityOfOrder(order(life).lines)).toBeUndefined();
  });

  it('is set by hand where somebody knows better, and follows again', () => {
    const life = approved();
    const [line] = order(life).lines;
    const domainOrder = order(life).domainOrders.find((each) => each.line === line?.id);
    const about = domainOrder?.id ?? '';
    life.then({ type: 'SetPriority', about, level: 'low' });
    const level = () => {
      const found = order(life).domainOrders.find(({ id }) => id === about);
      return found === undefined ? undefined : priorityOfDomainOrder(order(life), found);
    };
    expect(level()).toBe('low');
    life.then({ type: 'RecalculatePriority' });
    expect(level(), 'what was set by hand stays').toBe('low');
    life.then({ type: 'SetPriority', about });
    expect(level()).toBe('critical');
    life.then({ type: 'SetPriority', about: line?.id ?? '', level: 'moderate' });
    expect(priorityOfOrder(order(life).lines)).toBe('moderate');
    life.then({ type: 'RecalculatePriority' });
    expect(priorityOfOrder(order(life).lines)).toBe('critical');
  });

  it('says no to who may not, and to what is not there', () => {
    const life = approved();
    const refused = (happening: Happening) => {
      const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
      return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
    };
    expect(refused({ type: 'SetPriority', about: 'x', level: 'low' })).toBe(
      'Order ORD0000001 has no line, domain order or task x',
    );
    expect(refused({ type: 'RecalculatePriority', roles: ['order_agent'] } as Happening)).toContain(
      'needs one of the roles',
    );
  });

  it('knows every level', () => {
    expect(priorityLevels).toEqual(['critical', 'high', 'moderate', 'low']);
  });
});
