/** Orders that are watched: what was planned, what is expected, how bad it is, and what is said about it. */
import { describe, expect, it } from 'vitest';
import { refusalText } from '../../../../engine/model/refusals.ts';
import { captureOf, Life, orderId, serviceLineOf, start } from '../../../support/orders.ts';
import { catalogue, hour, Watched, watchedBy } from './watched.ts';

describe('the plan of an order', () => {
  it('says of each task when it is to begin and to end, before any of them has', () => {
    const life = new Watched();
    expect(life.hours('A')).toEqual([0, 12, 0, 12]);
    expect(life.hours('B')).toEqual([12, 24, 12, 24]);
    expect(life.hours('C')).toEqual([12, 18, 12, 18]);
    expect(life.hours('D')).toEqual([24, 36, 24, 36]);
    expect(life.hours('line')).toEqual([0, 36, 0, 36]);
    expect(life.hours()).toEqual([0, 36, 0, 36]);
  });

  it('reaches over domain orders: what comes after another begins when that ends, and the whole when the last does', () => {
    const life = new Watched(['both']);
    expect(life.hours('E')).toEqual([36, 40, 36, 40]);
    expect(life.hours('both')).toEqual([0, 40, 0, 40]);
    expect(life.now.tasks.map(({ name, state }) => [name, state])).toEqual([
      ['A', 'open'],
      ['B', 'draft'],
      ['C', 'draft'],
      ['D', 'draft'],
      ['E', 'draft'],
    ]);
  });

  it('takes what the specification takes where there is no plan', () => {
    expect(new Watched(['plain']).hours('plain')).toEqual([0, 10, 0, 10]);
  });

  it('takes what the policy says rather than what the plan does', () => {
    const durations = { rows: [{ name: 'B is quick', when: { task: 'B' }, then: { takes: 'PT8H' } }] };
    const life = new Watched(['line'], { jeopardy: { durations } });
    expect(life.hours('B')).toEqual([12, 20, 12, 20]);
    expect(life.hours('D')).toEqual([20, 32, 20, 32]);
  });
});

describe('what happens', () => {
  it('moves what is expected of all that comes after, and leaves the plan', () => {
    const life = new Watched();
    life.closes(12, 'A');
    life.closes(30, 'B');
    expect(life.hours('B')).toEqual([12, 24, 12, 30]);
    expect(life.hours('D')).toEqual([24, 36, 30, 42]);
    expect(life.hours()).toEqual([0, 36, 0, 42]);
  });

  it('gives back time when something is done early, and nothing gets worse', () => {
    const life = new Watched();
    life.closes(3, 'A');
    expect(life.hours('D')).toEqual([24, 36, 15, 27]);
    expect(life.levels('A', 'B', 'C', 'D')).toEqual([undefined, undefined, undefined, undefined]);
    expect(life.now.forecast?.alerts).toEqual([]);
  });

  it('is looked at again when half, three quarters and all of the time of a task are over', () => {
    const life = new Watched();
    const seen: [number, (string | undefined)[]][] = [];
    for (const hours of [5, 6, 8.9, 9, 11.9, 12]) {
      life.until(hours);
      seen.push([hours, life.levels('A')]);
    }
    expect(seen).toEqual([
      [5, [undefined]],
      [6, ['low']],
      [8.9, ['low']],
      [9, ['medium']],
      [11.9, ['medium']],
      [12, ['high']],
    ]);
  });

  it('makes the line as bad as it is late, of what it was to take, and the order as its worst line', () => {
    const life = new Watched(['line', serviceLineOf('plain')]);
    life.until(12);
    expect(life.line().level).toBeUndefined();
    // 36 hours planned: 10 % are 3.6 hours, 25 % are 9, 50 % are 18.
    const seen = [12.1, 15.6, 21, 30].map((hours) => {
      life.until(hours);
      return [life.line().level, life.outlook().level];
    });
    expect(seen).toEqual([
      ['low', 'medium'],
      ['medium', 'critical'],
      ['high', 'critical'],
      ['critical', 'critical'],
    ]);
    expect(life.line(1).level).toBe('critical');
  });

  it('makes those that cannot begin in time low at first, and high beyond the threshold', () => {
    const life = new Watched();
    life.until(12.5);
    expect(life.levels('B', 'C', 'D')).toEqual(['low', 'low', 'low']);
    life.until(15.7);
    expect(life.levels('B', 'C', 'D')).toEqual(['high', 'high', 'high']);
    life.closes(15.8, 'A');
    expect(life.levels('A', 'B', 'C', 'D')).toEqual([undefined, undefined, undefined, 'high']);
  });

  it('makes a domain order as bad as the worst in it and below it', () => {
    const life = new Watched(['both']);
    life.until(9);
    expect(life.levels('line', 'both')).toEqual(['medium', 'medium']);
    expect(life.outlook('extra').level).toBeUndefined();
  });

  it('makes a line critical that is expected later than it is promised, however little', () => {
    const promised = serviceLineOf('line', { committedDueAt: start + 36 * hour });
    const life = new Watched([promised]);
    life.until(12);
    expect(life.line().level).toBeUndefined();
    life.until(12.1);
    expect(life.line().level).toBe('critical');
    expect(life.now.forecast?.alerts.at(-1)?.text).toBe('is expected 1 ms later than promised');
  });

  it('is over when it is done: the real dates stay, and no level, no timer', () => {
    const life = new Watched();
    life.closes(20, 'A');
    life.closes(30, 'B');
    life.closes(30, 'C');
    const order = life.closes(41, 'D');
    expect(order.state).toBe('completed');
    expect(life.outlook()).toMatchObject({ startedAt: start, endedAt: start + 41 * hour });
    expect(life.outlook().level).toBeUndefined();
    expect(Object.values(order.forecast?.of ?? {}).every(({ level }) => level === undefined)).toBe(true);
    expect(order.forecast?.nextLookAt).toBeUndefined();
    expect(life.effects).toContainEqual(expect.objectContaining({ type: 'CancelTimer', name: 'jeopardy' }));
  });
});

describe('a clock that stands', () => {
  it('is that of a task on hold: nothing gets worse, and it has as much time left as before', () => {
    const life = new Watched();
    life.atHour(6, { type: 'HoldTask', task: life.taskId('A'), note: 'rain' });
    life.until(1_000);
    expect(life.levels('A')).toEqual(['low']);
    expect(life.line().level).toBeUndefined();
    life.atHour(30, { type: 'ReleaseTask', task: life.taskId('A') });
    expect(life.hours('A')).toEqual([0, 12, 0, 36]);
    expect(life.levels('A')).toEqual(['low']);
    expect(life.line().level).toBe('critical');
    life.until(33);
    expect(life.levels('A')).toEqual(['medium']);
  });

  it('is that of all of an order on hold', () => {
    const life = new Watched(['line', serviceLineOf('plain')]);
    life.atHour(1, { type: 'HoldOrder', note: 'the customer is away' });
    expect(life.now.forecast?.nextLookAt).toBeUndefined();
    life.atHour(101, { type: 'ReleaseOrder', note: 'back' });
    expect(life.hours('A')).toEqual([0, 12, 0, 112]);
    expect(life.levels('A')).toEqual([undefined]);
    expect(life.hours('D')).toEqual([24, 36, 124, 136]);
  });
});

describe('an order that is canceled', () => {
  it('does not get worse while that is assessed, and is in no jeopardy afterwards', () => {
    const life = new Watched();
    life.until(12.5);
    expect(life.line().level).toBe('low');
    life.atHour(12.5, { type: 'CancelOrder', note: 'too late' });
    life.until(1_000);
    expect(life.line().level).toBe('low');
    life.atHour(1_000, { type: 'DecideCancellation', decision: 'approve' });
    expect(life.now.state).toBe('canceled');
    expect(life.outlook().endedAt).toBe(start + 1_000 * hour);
    expect(Object.values(life.now.forecast?.of ?? {}).filter(({ level }) => level !== undefined)).toEqual([]);
    expect(life.now.forecast?.nextLookAt).toBeUndefined();
  });
});

describe('what is said', () => {
  it('is an alert and a work note for each line that gets worse, and for tasks from high on; listeners hear of it', () => {
    const life = new Watched();
    life.until(9);
    expect(life.now.forecast?.alerts).toEqual([]);
    life.until(12);
    expect(life.now.forecast?.alerts).toMatchObject([
      { level: 'high', name: 'Task TASK0000001 "A"', text: 'has taken 100 % of its time', at: start + 12 * hour },
    ]);
    expect(life.effect('NotifyOfOrder').news).toEqual({ kind: 'jeopardy' });
    life.until(16);
    expect(life.now.forecast?.alerts.map(({ level, name, text }) => `${level}: ${name} ${text}`)).toEqual([
      'high: Task TASK0000001 "A" has taken 100 % of its time',
      'low: Line ORDL0000001 is expected 1 ms later than planned, 0 % of its time',
      'medium: Line ORDL0000001 is expected 3 hours later than planned, 10 % of its time',
      'high: Task TASK0000002 "B" cannot begin when it was to: it is 3 hours late',
      'high: Task TASK0000003 "C" cannot begin when it was to: it is 3 hours late',
      'high: Task TASK0000004 "D" cannot begin when it was to: it is 3 hours late',
    ]);
    expect(life.now.workNotes.at(-1)?.text).toMatch(/^Jeopardy is high: Task TASK0000004/);
  });
});

describe('dates that somebody changes', () => {
  it('are when whoever does it expects to be done: all that follows moves with it, and the plan stays', () => {
    const life = new Watched();
    life.atHour(1, { type: 'RescheduleTask', task: life.taskId('A'), expectedEndAt: start + 20 * hour, note: 'ill' });
    expect(life.hours('A')).toEqual([0, 12, 0, 20]);
    expect(life.hours('D')).toEqual([24, 36, 32, 44]);
    expect(life.line().level).toBe('medium');
    expect(life.now.workNotes.map(({ text }) => text)).toContain('Dates of task TASK0000001 "A" changed: ill');
  });

  it('are the plan itself, and how long it takes with it', () => {
    const life = new Watched();
    life.atHour(1, { type: 'RescheduleTask', task: life.taskId('D'), plannedEndAt: start + 50 * hour });
    expect(life.hours('D')).toEqual([24, 50, 24, 50]);
    expect(life.hours()).toEqual([0, 50, 0, 50]);
    life.atHour(2, { type: 'RescheduleTask', task: life.taskId('D'), plannedStartAt: start + 30 * hour });
    expect(life.hours('D')).toEqual([30, 56, 24, 50]);
  });

  const refused = (life: Life, happening: object): string => {
    const outcome = life.try({ ...happening, at: start + 1, orderId } as Parameters<Life['try']>[0]); // whole with these
    return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
  };

  it('are refused where they say nothing, make no sense, or come too late', () => {
    const life = new Watched();
    const about = { type: 'RescheduleTask', task: life.taskId('B') };
    expect(refused(life, about)).toBe('Nothing is said about the dates of task TASK0000002');
    expect(refused(life, { ...about, plannedEndAt: start })).toBe(
      'Task TASK0000002 "B" cannot be planned to end before it starts',
    );
    expect(refused(life, { ...about, task: 'none', plannedEndAt: start })).toBe('Order ORD0000001 has no task none');
    expect(refused(life, { ...about, plannedEndAt: start, roles: ['order_viewer'] })).toMatch(/RescheduleTask/);
    life.closes(1, 'A');
    expect(refused(life, { ...about, task: life.taskId('A'), expectedEndAt: start })).toBe(
      'Task TASK0000001 "A" has no planned dates',
    );
  });
});

describe('nobody watches', () => {
  const watched = (jeopardy: object | undefined, lines = [serviceLineOf('line'), serviceLineOf('plain')]): boolean => {
    const life = new Life(watchedBy(jeopardy), catalogue);
    life.take(captureOf({ category: 'Service', lines }));
    life.then({ type: 'ApproveOrder' });
    return life.order?.forecast !== undefined;
  };

  it('where the policies do not say so', () => {
    expect(watched(undefined)).toBe(false);
    expect(watched({})).toBe(true);
  });

  it('where one line at the top is not enabled', () => {
    const rows = [{ name: 'plain ones', when: { specification: 'plain' }, then: { enabled: false } }];
    expect(watched({ enablement: { rows, default: { enabled: true } } })).toBe(false);
    expect(watched({ enablement: { rows, default: { enabled: true } } }, [serviceLineOf('line')])).toBe(true);
    expect(watched({ enablement: { rows: [] } })).toBe(false);
  });

  it('and then no date can be changed', () => {
    const life = new Life(watchedBy(undefined), catalogue);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('line')] }));
    life.then({ type: 'ApproveOrder' });
    const task = life.order?.tasks[0]?.id ?? '';
    const outcome = life.try({ type: 'RescheduleTask', task, expectedEndAt: start, at: start, orderId });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'orderNotWatched' } });
  });
});
