/** What the provider says of an order by itself: that it is late, what has been reached, what has failed. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import { falloutTable } from '../../model/fallout/table.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { isTerminal } from '../../model/state-table.ts';
import type { OrderTask } from '../../model/tasks/task.ts';

/** What an API calls the lists, and their types; what is in them, all call the same. */
export interface RemarkWords {
  readonly resource: 'ProductOrder' | 'ServiceOrder';
  readonly jeopardy: string;
  readonly milestone: string;
  readonly error: string;
  /** How an item is referred to. @param item what its requester calls it. */
  items(item: string): JsonObject;
}

/** Lists in which there would be nothing are absent. */
export function remarksOn(order: CustomerOrder, words: RemarkWords): { readonly [list: string]: JsonObject[] } {
  const { resource, jeopardy, milestone, error } = words;
  const lineItem = new Map(order.lines.map(({ id, externalId }) => [id, externalId]));
  const lineOf = new Map(order.domainOrders.map(({ id, line }) => [id, line]));
  const listed = (list: string, type: string, remarks: readonly Remark[]) => {
    if (remarks.length === 0) return {};
    const about = (line: string | undefined) => words.items(lineItem.get(line ?? '') ?? '');
    return { [list]: remarks.map(({ line, says }) => ({ ...says, ...about(line), '@type': `${resource}${type}` })) };
  };
  return {
    ...listed(jeopardy, 'JeopardyAlert', alertsOf(order)),
    ...listed(milestone, 'Milestone', milestonesOf(order, lineOf)),
    ...listed(error, 'ErrorMessage', errorsOf(order, lineOf)),
  };
}

interface Remark {
  readonly line: string | undefined;
  readonly says: JsonObject;
}

type LineOf = ReadonlyMap<string, string>;

function alertsOf({ forecast }: CustomerOrder): Remark[] {
  return (forecast?.alerts ?? []).map(({ id, at, level, name, line, text }) => ({
    line,
    says: {
      id,
      alertDate: textOfInstant(at),
      jeopardyType: level,
      name,
      message: inOnePiece(name, ' ', text),
    },
  }));
}

function milestonesOf(order: CustomerOrder, lineOf: LineOf): Remark[] {
  const undone = new Set(
    order.tasks.flatMap(({ undoes, state }) => (undoes !== undefined && state === 'closed_complete' ? [undoes] : [])),
  );
  return order.tasks.flatMap((task) => {
    const { id, milestone: name, about, state } = task;
    // One that will not be reached, or that was and has been taken back, is none.
    if (name === undefined || about.kind !== 'domainOrder' || state === 'canceled' || undone.has(id)) return [];
    return [{ line: lineOf.get(about.domainOrder), says: { id, name, ...progressOf(order, task) } }];
  });
}

/** In the words of v5, which has no others; and when it was reached, or is expected to be in an order that is watched. */
function progressOf({ forecast }: CustomerOrder, { id, state, closedAt }: OrderTask): JsonObject {
  if (state === 'closed_complete' && closedAt !== undefined) {
    return { status: 'Completed', milestoneDate: textOfInstant(closedAt) };
  }
  const outlook = forecast?.of[id];
  if (outlook === undefined) return { status: 'Yet-To-Reach' };
  const isLate = outlook.estimatedEndAt > outlook.plannedEndAt;
  return { status: isLate ? 'Violated' : 'Yet-To-Reach', milestoneDate: textOfInstant(outlook.estimatedEndAt) };
}

/** What is mended explains nothing any more; the work notes have it. */
function errorsOf({ fallouts }: CustomerOrder, lineOf: LineOf): Remark[] {
  return fallouts
    .filter(({ state }) => !isTerminal(falloutTable, state))
    .map(({ type, cause, domainOrder, description, createdAt }) => ({
      line: lineOf.get(domainOrder),
      says: { code: cause, reason: type, message: description, timestamp: textOfInstant(createdAt) },
    }));
}
