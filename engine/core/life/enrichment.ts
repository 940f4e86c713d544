/** Between submission and approval: what the enrichment policy wants to be known first. */
import type { OrderLine } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { evaluate } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { isOver } from '../tasks/progress.ts';
import { addTask } from '../tasks/single.ts';
import { raiseStageTasks } from '../tasks/stages.ts';
import { standsAsNew } from './standing.ts';

/** An order that is complete: a line that has to be enriched gets its tasks, and the others stand as New. */
export function submit(draft: Draft): undefined {
  draft.moveOrder('submit');
  draft.note('Order submitted');
  raiseStageTasks(draft, 'submitted');
  let enriched = false;
  for (const { id } of draft.lines.all) {
    draft.moveLine(draft.lines.get(id), 'submit');
    const tasks = enrichmentOf(draft, draft.lines.get(id));
    for (const name of tasks) addTask(draft, { name, about: { kind: 'enrichment', line: id } });
    enriched ||= tasks.length > 0;
    draft.moveLine(draft.lines.get(id), tasks.length > 0 ? 'enrichmentNeeded' : 'enrichmentNotNeeded');
  }
  draft.moveOrder(enriched ? 'enrichmentNeeded' : 'enrichmentNotNeeded');
  if (!enriched) standsAsNew(draft);
}

function enrichmentOf(draft: Draft, { specification, offering }: OrderLine): readonly string[] {
  return evaluate(draft.facts.policies.enrichment, { specification, offering }).decision?.tasks ?? [];
}

/** Lines whose enrichment is over stand as New, and so does the order once the last does. */
export function settleEnrichment(draft: Draft): void {
  if (draft.header.state !== 'enrichment_in_progress') return;
  for (const line of draft.lines.all) {
    if (line.state !== 'enrichment_in_progress' || draft.tasks.all.some((task) => isOpenFor(task, line.id))) continue;
    draft.moveLine(line, 'enrichmentDone');
  }
  if (draft.lines.all.some(({ state }) => state === 'enrichment_in_progress')) return;
  draft.moveOrder('enrichmentDone');
  standsAsNew(draft);
}

function isOpenFor(task: OrderTask, line: string): boolean {
  return task.about.kind === 'enrichment' && task.about.line === line && !isOver(task);
}
