/** What the provider says of an order by itself: that it is late, what has been reached, what has failed. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import { falloutTable } from '../../model/fallout/table.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { isTerminal } from '../../model/state-table.ts';
import type { OrderTask } from '../../model/tasks/task.ts';

/** As all versions have them, each about one item: `item` is what its requester calls it. */
export interface Remarks {
  readonly jeopardyAlerts: readonly JeopardyRemark[];
  readonly milestones: readonly MilestoneRemark[];
  readonly errors: readonly ErrorRemark[];
}

export interface JeopardyRemark {
  readonly item: string;
  readonly says: { readonly [name in 'id' | 'alertDate' | 'jeopardyType' | 'name' | 'message']: string };
}

export interface MilestoneRemark {
  readonly item: string;
  readonly says: { readonly id: string; readonly name: string } & Progress;
}

/** In the words of v5, which has no others; and when it was reached, or is expected to be in an order that is watched. */
interface Progress {
  readonly status: 'Completed' | 'Violated' | 'Yet-To-Reach';
  readonly milestoneDate?: string;
}

export interface ErrorRemark {
  readonly item: string;
  readonly says: { readonly [name in 'code' | 'reason' | 'message' | 'timestamp']: string };
}

export function remarksOn(order: CustomerOrder): Remarks {
  const { lines, domainOrders, forecast, tasks, fallouts } = order;
  const item = (id: string | undefined) => lines.find((line) => line.id === id)?.externalId ?? '';
  const lineOf = (id: string) => domainOrders.find((each) => each.id === id)?.line;
  return {
    jeopardyAlerts: (forecast?.alerts ?? []).map(({ id, at, level, name, line, text }) => ({
      item: item(line),
      says: {
        id,
        alertDate: textOfInstant(at),
        jeopardyType: level,
        name,
        message: inOnePiece(name, ' ', text),
      },
    })),
    milestones: tasks.flatMap((task) => {
      const { milestone: name, about } = task;
      if (name === undefined || about.kind !== 'domainOrder' || isTakenBack(order, task)) return [];
      return [{ item: item(lineOf(about.domainOrder)), says: { id: task.id, name, ...progressOf(order, task) } }];
    }),
    // What is mended explains nothing any more; the work notes have it.
    errors: fallouts
      .filter(({ state }) => !isTerminal(falloutTable, state))
      .map(({ type, cause, domainOrder, description, createdAt }) => ({
        item: item(lineOf(domainOrder)),
        says: { code: cause, reason: type, message: description, timestamp: textOfInstant(createdAt) },
      })),
  };
}

/** It will not be reached, or what had been reached was undone. */
function isTakenBack({ tasks }: CustomerOrder, { id, state }: OrderTask): boolean {
  return state === 'canceled' || tasks.some((task) => task.undoes === id && task.state === 'closed_complete');
}

function progressOf({ forecast }: CustomerOrder, { id, state, closedAt }: OrderTask): Progress {
  if (state === 'closed_complete' && closedAt !== undefined) {
    return { status: 'Completed', milestoneDate: textOfInstant(closedAt) };
  }
  const outlook = forecast?.of[id];
  if (outlook === undefined) return { status: 'Yet-To-Reach' };
  const isLate = outlook.estimatedEndAt > outlook.plannedEndAt;
  return { status: isLate ? 'Violated' : 'Yet-To-Reach', milestoneDate: textOfInstant(outlook.estimatedEndAt) };
}
