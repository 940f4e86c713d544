/** When the parts of an order were planned and are expected, for people and for listeners. */
import type {
  JeopardyAlert as ShownAlert,
  Forecast as ShownForecast,
} from '../../contracts/schemas/southbound-api.generated.ts';
import { textOfDurationMs, textOfInstant } from '../../contracts/schemas/text.ts';
import type { CustomerOrder } from '../model/order.ts';

/** Of a task, a domain order, a line or the order itself; nothing where nobody watches it. */
export function shownForecast({ forecast }: Pick<CustomerOrder, 'forecast'>, id: string): { forecast?: ShownForecast } {
  const outlook = forecast?.of[id];
  if (outlook === undefined) return {};
  const { startedAt, endedAt, expectedEndAt, durationMs, level, pausedAt } = outlook;
  return {
    forecast: {
      plannedStart: textOfInstant(outlook.plannedStartAt),
      plannedEnd: textOfInstant(outlook.plannedEndAt),
      estimatedStart: textOfInstant(outlook.estimatedStartAt),
      estimatedEnd: textOfInstant(outlook.estimatedEndAt),
      ...(startedAt === undefined ? {} : { actualStart: textOfInstant(startedAt) }),
      ...(endedAt === undefined ? {} : { actualEnd: textOfInstant(endedAt) }),
      ...(expectedEndAt === undefined ? {} : { expectedEnd: textOfInstant(expectedEndAt) }),
      ...(durationMs === undefined ? {} : { duration: textOfDurationMs(durationMs) }),
      ...(pausedAt === undefined ? {} : { pausedSince: textOfInstant(pausedAt) }),
      jeopardy: level ?? 'none',
    },
  };
}

export function shownAlerts({ forecast }: Pick<CustomerOrder, 'forecast'>): { jeopardyAlerts?: ShownAlert[] } {
  if (forecast === undefined) return {};
  return { jeopardyAlerts: forecast.alerts.map(({ at, ...alert }) => ({ ...alert, at: textOfInstant(at) })) };
}

/** When the order is expected to be completed: of one that is watched, and is not completed. */
export function expectedCompletion({ id, forecast, completedAt }: CustomerOrder): { expectedCompletionDate?: string } {
  const outlook = forecast?.of[id];
  if (outlook === undefined || completedAt !== undefined) return {};
  return { expectedCompletionDate: textOfInstant(outlook.estimatedEndAt) };
}
