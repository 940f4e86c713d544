/** Orders that are watched, for tests of jeopardy: four tasks of half a day, two of them side by side. */

import type { CapturedLine, CaptureOrder } from '../../../../engine/model/inputs.ts';
import type { Outlook } from '../../../../engine/model/jeopardy/forecast.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { captureOf, catalogueOf, Life, orderId, policiesOf, serviceLineOf, start } from '../../../support/orders.ts';

export const hour = 3_600_000;

const plan = {
  plan: 'built',
  tasks: [
    { task: 'A', takes: 'PT12H' },
    { task: 'B', takes: 'PT12H', after: ['A'] },
    { task: 'C', takes: 'PT6H', after: ['A'] },
    { task: 'D', takes: 'PT12H', after: ['B', 'C'] },
  ],
};

export const catalogue = catalogueOf({
  catalogue: 'watched',
  plans: [plan, { plan: 'short', tasks: [{ task: 'E', takes: 'PT4H' }] }],
  services: [
    { id: 'line', type: 'CFS', plan: 'built' },
    { id: 'extra', type: 'CFS', plan: 'short' },
    { id: 'plain', type: 'CFS', takes: 'PT10H' },
    {
      id: 'both',
      type: 'CFS',
      relationships: [
        { type: 'Requires', target: 'line' },
        { type: 'Requires', target: 'extra', after: ['line'] },
      ],
    },
  ],
});

export function watchedBy(jeopardy: object | undefined, more: object = {}) {
  return policiesOf({
    policies: 'p',
    approval: 'manual',
    outbound: { rows: [], default: { outboundEnabled: false } },
    ...(jeopardy === undefined ? {} : { jeopardy }),
    ...more,
  });
}

export class Watched extends Life {
  constructor(
    lines: readonly (string | CapturedLine)[] = ['line'],
    { jeopardy = {}, captured = {} }: { readonly jeopardy?: object; readonly captured?: Partial<CaptureOrder> } = {},
  ) {
    super(watchedBy(jeopardy), catalogue);
    const all = lines.map((line) => (typeof line === 'string' ? serviceLineOf(line) : line));
    this.take(captureOf({ category: 'Service', lines: all, ...captured }));
    this.take({ type: 'ApproveOrder', at: start, orderId });
  }

  get now(): CustomerOrder {
    if (this.order === undefined) throw new Error('there is no order');
    return this.order;
  }

  taskId(name: string): string {
    const found = this.now.tasks.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no task ${name}`);
    return found.id;
  }

  /** Of a task by its name, of a domain order by its specification, or of the order itself. */
  outlook(name?: string): Outlook {
    const { id, tasks, domainOrders, forecast } = this.now;
    const about =
      name === undefined
        ? id
        : (tasks.find((each) => each.name === name)?.id ??
          domainOrders.find((each) => each.specification === name)?.id);
    const found = forecast?.of[about ?? ''];
    if (found === undefined) throw new Error(`nothing is known of ${name}`);
    return found;
  }

  line(place = 0): Outlook {
    const found = this.now.forecast?.of[this.now.lines[place]?.id ?? ''];
    if (found === undefined) throw new Error(`nothing is known of line ${place}`);
    return found;
  }

  /** In hours from the approval: planned from, planned to, expected from, expected to. */
  hours(name?: string): number[] {
    const { plannedStartAt, plannedEndAt, estimatedStartAt, estimatedEndAt } = this.outlook(name);
    return [plannedStartAt, plannedEndAt, estimatedStartAt, estimatedEndAt].map((at) => (at - start) / hour);
  }

  /** Something happens so many hours after the approval; before that, whatever happens by itself. */
  atHour(hours: number, happening: object): CustomerOrder {
    this.until(hours);
    return this.take({ ...happening, at: start + hours * hour, orderId } as Parameters<Life['take']>[0]); // whole with these
  }

  /** Every look that is due by then, at its moment. */
  until(hours: number): void {
    const end = start + hours * hour;
    for (let due = this.now.forecast?.nextLookAt; due !== undefined && due <= end; ) {
      this.take({ type: 'TimerFired', timer: { kind: 'jeopardy' }, effectId: 'e', at: due, orderId });
      due = this.now.forecast?.nextLookAt;
    }
  }

  closes(hours: number, name: string): CustomerOrder {
    return this.atHour(hours, { type: 'CloseTask', task: this.taskId(name) });
  }

  levels(...names: string[]): (string | undefined)[] {
    return names.map((name) => this.outlook(name).level);
  }
}
