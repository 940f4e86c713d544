/** How urgent an order is, and what belongs to it: as its lines are, unless somebody says otherwise. Derived, never stored. */
import type { CustomerOrder, DomainOrder, OrderLine } from '../order.ts';
import type { OrderTask } from '../tasks/task.ts';
import { type PriorityLevel, priorityLevels } from './level.ts';

/** That of a domain order: set by hand, or its line's. */
export function priorityOfDomainOrder(
  order: Pick<CustomerOrder, 'lines'>,
  { line, priority }: DomainOrder,
): PriorityLevel | undefined {
  return priority ?? order.lines.find(({ id }) => id === line)?.priority;
}

/** That of a task: set by hand, or that of what it is about. */
export function priorityOfTask(order: CustomerOrder, { about, priority }: OrderTask): PriorityLevel | undefined {
  if (priority !== undefined) return priority;
  if (about.kind === 'header') return priorityOfOrder(order.lines);
  if (about.kind !== 'domainOrder') return order.lines.find(({ id }) => id === about.line)?.priority;
  const domainOrder = order.domainOrders.find(({ id }) => id === about.domainOrder);
  return domainOrder === undefined ? undefined : priorityOfDomainOrder(order, domainOrder);
}

/** The most urgent of its lines. */
export function priorityOfOrder(lines: readonly OrderLine[]): PriorityLevel | undefined {
  return priorityLevels.find((level) => lines.some(({ priority }) => priority === level));
}
