/** What was put aside for a revision goes on as the revision wants it: as before, with other data, or done once more. */
import type { DomainOrder } from '../../model/order.ts';
import type { ChangeType, LineChange } from '../../model/revision/revision.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import { isUnwanted } from '../cancellation/standing.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';
import { reassessTasks } from './reassess-tasks.ts';
import type { Redecomposed } from './redecompose.ts';

/** Those types of change that are of a line, and so of all that the line has become. */
const ofLines: readonly ChangeType[] = ['quantity', 'contact', 'price', 'relatedItem'];

export function goOnAsRevised(
  draft: Draft,
  { changed, added, unwanted }: Redecomposed,
  about: { readonly changes: readonly LineChange[]; readonly contactChanged: boolean },
): void {
  const others = new Set([...added, ...unwanted]);
  const typesOfLine = typesByLine(draft, about);
  for (const { id } of draft.domainOrders.all) {
    const domainOrder = draft.domainOrders.get(id);
    if (others.has(id) || domainOrder.state === 'canceled' || isUnwanted(domainOrder)) continue;
    if (isTerminal(orderLineTable, draft.lines.get(domainOrder.line).state)) continue;
    const own = changed.get(id);
    const types = new Set([...(own?.types ?? []), ...(typesOfLine.get(domainOrder.line) ?? [])]);
    release(draft, domainOrder);
    const isRedone = reassessTasks(draft, id, { types, characteristics: own?.characteristics ?? [] });
    if (own !== undefined) workAnew(draft, id);
    if (isRedone) reopen(draft, id);
  }
  for (const id of added) reopenAbove(draft, id);
  for (const { heldFor, ...task } of draft.tasks.all) {
    // What is about the order itself, or about a line of it.
    if (heldFor === 'revision' && task.about.kind !== 'domainOrder') draft.moveTask(task, ['release']);
  }
}

function typesByLine(
  draft: Draft,
  { changes, contactChanged }: { readonly changes: readonly LineChange[]; readonly contactChanged: boolean },
): Map<string, ReadonlySet<ChangeType>> {
  const said = new Map(changes.map(({ item, types }) => [item, types]));
  return new Map(
    draft.lines.all.map(({ id, externalId }) => {
      const types = (said.get(externalId) ?? []).filter((type) => ofLines.includes(type));
      return [id, new Set(contactChanged ? [...types, 'contact' as const] : types)];
    }),
  );
}

/** What was at work goes on at once; what had not begun is scheduled, and begins when its turn comes. */
function release(draft: Draft, { heldFor, ...domainOrder }: DomainOrder): void {
  if (heldFor !== 'revision') return;
  const wasAtWork = domainOrder.previousState === 'in_progress';
  draft.moveDomainOrder(domainOrder, wasAtWork ? ['reviseApproved', 'start'] : ['reviseApproved']);
}

/** Work that takes a while takes it once more, since it is about something else now; so does what people have done by hand. */
function workAnew(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  const { work, specification } = domainOrder;
  const { automaticMs: takes } = specificationOf(draft.facts.catalogue, specification);
  if (work?.by === 'automatic' && takes > 0) {
    draft.domainOrders.put({ ...domainOrder, work: { by: 'automatic', done: false } });
    const timer = { kind: 'automaticFulfillment', domainOrder: id } as const;
    draft.effect({ type: 'SetTimer', name: `automatic/${id}`, due: draft.at + takes, timer });
    reopen(draft, id);
  } else if (work?.by === 'manual') {
    reopen(draft, id);
  }
}

/** Closed it stays, by its state; and yet it is to be done again, and what it is a part of is not done before. */
function reopen(draft: Draft, id: string): void {
  if (draft.domainOrders.get(id).state === 'closed_complete') doAgain(draft, id);
  else reopenAbove(draft, id);
}

/** What was done, closed or not yet, is to be done again. */
export function doAgain(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.redone !== false) {
    draft.domainOrders.put({ ...domainOrder, redone: false });
    draft.note('To be done again: a revision has changed what it is about', id);
  }
  reopenAbove(draft, id);
}

function reopenAbove(draft: Draft, id: string): void {
  const { parent } = draft.domainOrders.get(id);
  const above = parent === undefined ? undefined : draft.domainOrders.get(parent);
  if (above === undefined || above.state !== 'closed_complete' || above.redone === false) return;
  draft.domainOrders.put({ ...above, redone: false });
  reopenAbove(draft, above.id);
}
