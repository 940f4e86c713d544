/** The engine, wrong about dates in one way: bugs that storms whose orders are watched, or wait for a day, have to find. */
import { step } from '../../engine/core/step.ts';
import type { Forecast, Outlook } from '../../engine/model/jeopardy/forecast.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import type { StormOptions } from '../../scenarios/storm/run-storm.ts';

export const plantedDateBugs: { readonly [bug: string]: () => StormOptions } = {
  'an order begins before its day': () => ({ parts: { step: startAtOnce } }),
  'the worst line does not count': () => inForecast(({ id, lines }, of) => ({ ...of, ...calm(of, id, lines) })),
  'what is over stays as bad as it was': () => inForecast((_order, of) => each(of, stillBad)),
  'the plan follows what happens': () => inForecast((_order, of) => each(of, plannedAnew)),
  'nobody looks again': () => ({ parts: { step: withoutLooks } }),
};

type Step = typeof step;

const startAtOnce: Step = (order, input, facts) => {
  if (order?.requestedStartAt === undefined || input.type !== 'ApproveOrder') return step(order, input, facts);
  const { requestedStartAt, ...forgetful } = order;
  const outcome = step(forgetful, input, facts);
  return outcome.ok ? { ...outcome, order: { ...outcome.order, requestedStartAt } } : outcome;
};

const withoutLooks: Step = (order, input, facts) => {
  const outcome = step(order, input, facts);
  if (!outcome.ok) return outcome;
  const effects = outcome.effects.filter((effect) => effect.type !== 'SetTimer' || effect.timer.kind !== 'jeopardy');
  return { ...outcome, effects };
};

type Spoil = (order: CustomerOrder, of: Forecast['of']) => Forecast['of'];

function inForecast(spoil: Spoil): StormOptions {
  const wrong: Step = (before, input, facts) => {
    const outcome = step(before, input, facts);
    if (!outcome.ok || outcome.order.forecast === undefined) return outcome;
    const { order } = outcome;
    const forecast = { ...outcome.order.forecast, of: spoil(order, outcome.order.forecast.of) };
    return { ...outcome, order: { ...order, forecast } };
  };
  return { parts: { step: wrong } };
}

function calm(of: Forecast['of'], id: string, lines: CustomerOrder['lines']): Forecast['of'] {
  const { level: _level, ...own } = of[id] ?? {};
  return lines.length < 2 || of[id] === undefined ? {} : { [id]: own as Outlook }; // all that it was, but for the level
}

function each(of: Forecast['of'], change: (outlook: Outlook) => Outlook): Forecast['of'] {
  return Object.fromEntries(Object.entries(of).map(([id, outlook]) => [id, change(outlook)]));
}

function stillBad(outlook: Outlook): Outlook {
  const isLate = outlook.endedAt !== undefined && outlook.endedAt > outlook.plannedEndAt;
  return isLate ? { ...outlook, level: 'high' } : outlook;
}

function plannedAnew(outlook: Outlook): Outlook {
  return { ...outlook, plannedStartAt: outlook.estimatedStartAt, plannedEndAt: outlook.estimatedEndAt };
}
