/** What the rows of the work order policies are held against. */
import type { DomainOrder } from '../../model/order.ts';
import type { WorkColumn } from '../../model/policies.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { ColumnValues } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';

export function taskColumnsOf(draft: Draft, domainOrder: DomainOrder, task: OrderTask): ColumnValues<WorkColumn> {
  const { name, requestDefinition } = task;
  return { ...requestColumnsOf(draft, domainOrder), task: name, requestDefinition };
}

/** Of a work order: those of what it is for. */
export function workColumnsOf(draft: Draft, { id, parent, job }: DomainOrder): ColumnValues<WorkColumn> {
  const domainOrder = draft.domainOrders.get(parent ?? id);
  const task = job?.task === undefined ? undefined : draft.tasks.find(job.task);
  return task === undefined ? requestColumnsOf(draft, domainOrder) : taskColumnsOf(draft, domainOrder, task);
}
