/** The Customer Order Task Policy: tasks of the order itself, and of its lines at the top, at three moments of its life. */
import type { OrderStage } from '../../model/life/stage.ts';
import { evaluate } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { isOver } from './progress.ts';
import { addTask } from './single.ts';

/** Each stage once, however often the order comes by it. */
export function raiseStageTasks(draft: Draft, stage: OrderStage): void {
  const { stages = [], parties } = draft.header;
  const table = draft.facts.policies.orderTasks;
  if (stages.includes(stage) || (table.rows.length === 0 && table.default === undefined)) return;
  draft.setHeader({ stages: [...stages, stage] });
  const account = parties.find(({ referredType }) => referredType === 'Customer')?.id;
  const header = evaluate(table, { stage, account }).decision;
  for (const name of header?.header ?? []) addTask(draft, { name, about: { kind: 'header' } });
  for (const { id, parent, action, offering } of draft.lines.all) {
    if (parent !== undefined) continue;
    const decision = evaluate(table, { stage, account, action, offering }).decision;
    for (const name of decision?.topLine ?? []) addTask(draft, { name, about: { kind: 'topLine', line: id } });
  }
}

/** The tasks of the order itself and of its lines that are not over, enrichment left out. */
export function openStageTasks(draft: Draft): string[] {
  return draft.tasks.all
    .filter((task) => (task.about.kind === 'header' || task.about.kind === 'topLine') && !isOver(task))
    .map(({ number }) => number);
}
