/** How urgent a line is, by the policies or by hand. */

import type { Facts } from '../model/facts.ts';
import type { CustomerOrder, OrderLine } from '../model/order.ts';
import type { PriorityCommand } from '../model/priority/inputs.ts';
import { type PriorityColumn, type PriorityLevel, priorityLevels } from '../model/priority/level.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import { type ColumnValues, evaluate } from './decision-table.ts';
import type { Draft } from './draft.ts';

/** The lowest score of each level but the last: bounds that two levels are said to share belong to the higher. */
const lowestScore = { critical: 80, high: 60, moderate: 40, low: 0 } as const;

/** The weighted mean of the ranks that the policies give. `undefined` when none has an opinion that counts. */
export function scoreOf(ranks: readonly { readonly rank: number; readonly weight: number }[]): number | undefined {
  const total = ranks.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  return ranks.reduce((sum, { rank, weight }) => sum + rank * weight, 0) / total;
}

export function levelOf(score: number): PriorityLevel {
  return priorityLevels.find((level) => score >= lowestScore[level]) ?? 'low';
}

type Header = Pick<CustomerOrder, 'parties' | 'category' | 'priority'>;
type Line = Pick<OrderLine, 'action' | 'specification' | 'offering'>;

/** What the policies make of a line. `undefined` when they say nothing of it. */
export function computedPriority(
  header: Header,
  line: Line,
  { catalogue, policies }: Facts,
): PriorityLevel | undefined {
  const values: ColumnValues<PriorityColumn> = {
    account: header.parties.find(({ referredType }) => referredType === 'Customer')?.id,
    orderType: header.category,
    action: line.action,
    specification: line.specification,
    specificationCategory: catalogue.specifications[line.specification]?.category,
    offering: line.offering,
    urgency: header.priority,
  };
  const ranks = policies.priority.flatMap(({ weight, table }) => {
    const rank = evaluate(table, values).decision?.rank;
    return rank === undefined ? [] : [{ rank, weight }];
  });
  const score = scoreOf(ranks);
  return score === undefined ? undefined : levelOf(score);
}

/** A refusal, or nothing, and the draft has changed. */
export function commandPriority(draft: Draft, command: PriorityCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  if (command.type === 'RecalculatePriority') recalculate(draft);
  else return set(draft, command.about, command.level);
  return undefined;
}

function recalculate(draft: Draft): void {
  for (const line of draft.lines.all) {
    const { priority: _before, ...rest } = line;
    const priority = computedPriority(draft.header, line, draft.facts);
    draft.lines.put(priority === undefined ? rest : { ...rest, priority });
  }
  draft.note('Priority calculated anew');
}

function set(draft: Draft, about: string, level: PriorityLevel | undefined): Refusal | undefined {
  const own = level === undefined ? {} : { priority: level };
  const line = draft.lines.find(about);
  const domainOrder = draft.domainOrders.find(about);
  const task = draft.tasks.find(about);
  if (line !== undefined) {
    const computed = computedPriority(draft.header, line, draft.facts);
    const { priority: _before, ...rest } = line;
    draft.lines.put({ ...rest, ...(computed === undefined ? {} : { priority: computed }), ...own });
  } else if (domainOrder !== undefined) {
    const { priority: _before, ...rest } = domainOrder;
    draft.domainOrders.put({ ...rest, ...own });
  } else if (task !== undefined) {
    const { priority: _before, ...rest } = task;
    draft.tasks.put({ ...rest, ...own });
  } else {
    return refusal('priorityOfNothing', { order: draft.header.number, about });
  }
  draft.note(level === undefined ? 'Priority follows the policies again' : `Priority set by hand: ${level}`, about);
  return undefined;
}
