/** What the jeopardy policy says: who is watched, how long something should take, and how bad it is when it takes longer. */
import { type JeopardyLevel, worstOf } from '../../model/jeopardy/level.ts';
import type { Band, BandLevel, JeopardyPolicy } from '../../model/jeopardy/policy.ts';
import type { DomainOrder } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { type ColumnValues, evaluate, firstMismatch } from '../decision-table.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';

/** One line at the top that is not enabled, and nothing of the order is watched. */
export function isWatched(draft: Draft): boolean {
  const { jeopardy } = draft.facts.policies;
  if (jeopardy === undefined || draft.header.fulfillmentType !== 'Deliver') return false;
  return draft.lines.all
    .filter(({ parent }) => parent === undefined)
    .every(({ specification, offering, action }) => {
      const { category } = specificationOf(draft.facts.catalogue, specification);
      const values = { specification, specificationCategory: category, offering, action, account: accountOf(draft) };
      return evaluate(jeopardy.enablement, values).decision?.enabled === true;
    });
}

type TaskValues = ColumnValues<'task' | 'requestDefinition' | 'specification' | 'account'>;

export function taskValues(draft: Draft, task: OrderTask | undefined, { specification }: DomainOrder): TaskValues {
  return {
    task: task?.name,
    requestDefinition: task?.requestDefinition,
    specification,
    account: accountOf(draft),
  };
}

/** How long the policy says that it should take, if it does. */
export function plannedDuration(
  draft: Draft,
  task: OrderTask | undefined,
  domainOrder: DomainOrder,
): number | undefined {
  const table = draft.facts.policies.jeopardy?.durations;
  return table && evaluate(table, taskValues(draft, task, domainOrder)).decision?.durationMs;
}

/** @param part how much of the whole, in the same unit as the whole. */
export function levelInBands<Column extends string>(
  bands: readonly Band<Column>[],
  values: ColumnValues<Column>,
  { part, whole }: { readonly part: number; readonly whole: number },
): JeopardyLevel | undefined {
  if (part <= 0 || whole <= 0) return undefined;
  const found = bands.find(
    ({ from, below, when }) =>
      part * 100 >= from * whole &&
      (below === undefined || part * 100 < below * whole) &&
      firstMismatch(when, values) === undefined,
  );
  return levelOf(found?.level);
}

/** Every share of the whole at which the level may be another, in the unit of the whole, rounded up. */
export function boundsOf(bands: readonly Band<string>[], whole: number): number[] {
  const percents = new Set(bands.flatMap(({ from, below }) => (below === undefined ? [from] : [from, below])));
  return [...percents].map((percent) => Math.max(1, Math.ceil((percent * whole) / 100)));
}

export function levelOf(level: BandLevel | undefined): JeopardyLevel | undefined {
  return level === 'none' ? undefined : level;
}

/** Of a line: by how late it is, and by whether it keeps its promise. */
export function lineLevel(
  policy: JeopardyPolicy,
  specification: string,
  late: { readonly byMs: number; readonly ofMs: number; readonly missesPromise: boolean },
): JeopardyLevel | undefined {
  const byDelay = levelInBands(policy.lineLevels, { specification }, { part: late.byMs, whole: late.ofMs });
  return late.missesPromise ? worstOf([byDelay, levelOf(policy.promiseMissed)]) : byDelay;
}

/** Of something that cannot begin when it was to. */
export function successorLevel(
  { successors }: JeopardyPolicy,
  { byMs, ofMs }: { readonly byMs: number; readonly ofMs: number },
): JeopardyLevel | undefined {
  if (byMs <= 0 || ofMs <= 0) return undefined;
  return levelOf(byMs * 100 <= successors.thresholdPercent * ofMs ? successors.within : successors.beyond);
}

function accountOf({ header }: Draft): string | undefined {
  return header.parties.find(({ referredType }) => referredType === 'Customer')?.id;
}
