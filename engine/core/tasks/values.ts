/** What has to be known before a task is closed, as its request definition says. */
import type { DomainOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { RequestedCharacteristic } from '../../model/tasks/plan.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';

/** A refusal that names what is missing. */
export function unfilled(draft: Draft, task: OrderTask): Refusal | undefined {
  const given = domainOrderOf(draft, task)?.characteristics ?? [];
  const missing = requestedOf(draft, task).filter(
    ({ name, mandatory }) =>
      mandatory && !given.some((each) => each.name === name && each.value !== '' && each.value !== null),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => name).join(', ');
  return refusal('taskLacksValues', { task: task.number, name: task.name, missing: names }, '/characteristics');
}

export function requestedOf(draft: Draft, { requestDefinition }: OrderTask): readonly RequestedCharacteristic[] {
  if (requestDefinition === undefined) return [];
  return draft.facts.catalogue.requestDefinitions[requestDefinition]?.characteristics ?? [];
}

export function domainOrderOf(draft: Draft, { about }: OrderTask): DomainOrder | undefined {
  return about.kind === 'domainOrder' ? draft.domainOrders.find(about.domainOrder) : undefined;
}
