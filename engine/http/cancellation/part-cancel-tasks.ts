/** Cancel tasks of single resource orders and work orders: what a patch of their state does, with a task to follow. */
import { partCancelTasksOf } from '../../wire/cancellation/cancel-task.ts';
import type { PartApi } from '../../wire/north/parts/part-api.ts';
import { partOf } from '../domain-orders/found.ts';
import type { OrderRouteParts } from '../orders.ts';
import { rolesOf } from '../roles.ts';
import type { CancelTasks } from './cancel-tasks.ts';

export function partCancelTasks(api: PartApi, { store, nobodyMay }: OrderRouteParts): CancelTasks {
  return {
    api,
    tasksOf: (order) => partCancelTasksOf(order, api.kind),
    asked: async ({ id, note, dueAt }, request) => {
      const found = await partOf(api, store, id);
      if (found === undefined) return undefined;
      const roles = rolesOf(request, nobodyMay);
      return {
        type: 'CancelServiceOrder',
        orderId: found.order.id,
        serviceOrder: found.domainOrder.id,
        note,
        asTask: dueAt === undefined ? {} : { dueAt },
        ...(roles === undefined ? {} : { roles }),
      };
    },
  };
}
