/** Laws of effects: however often a message arrives or an effect is performed, what comes of it comes once. */
import type { Check, Evidence } from './evidence.ts';
import { isOpenFallout, stepsOf } from './requests.ts';

export const onceLaws: { readonly [law: string]: Check } = {
  'each entry of a journal stands there once': repeatedEntries,
  'an attempt to send ends once': endedTwice,
  'a timer rings once for each time it is set': rungTwice,
  'what is held is held by one open fallout for each failure': twoFallouts,
  'each state of an order is announced once, in its turn': announcedOtherwise,
};

function repeatedEntries({ orders }: Evidence): string[] {
  return orders.flatMap(({ order, history }) =>
    history.flatMap(({ entry: { entry } }, index) =>
      entry === index + 1 ? [] : [`entry ${entry} of ${order.number} stands at place ${index + 1}`],
    ),
  );
}

function endedTwice(evidence: Evidence): string[] {
  const ended = stepsOf(evidence).flatMap(({ entry: { input } }) =>
    input.type === 'ReportDispatch' || input.type === 'ReportCancellation' ? [input.effectId] : [],
  );
  return repeated(ended).map((id) => `${id} has ended more than once`);
}

function rungTwice({ orders }: Evidence): string[] {
  return orders.flatMap(({ history }) => {
    const set = new Set<string>();
    return history.flatMap(({ entry: { entry, input }, effects }) => {
      const rung =
        input.type === 'TimerFired' && !set.delete(input.effectId) ? [`${input.effectId} rings at entry ${entry}`] : [];
      for (const effect of effects) if (effect.type === 'SetTimer') set.add(effect.id);
      return rung;
    });
  });
}

function twoFallouts(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry: { entry }, order }) => {
    // A revision that is asked for again, and fails again, is another failure; it holds nothing. One that was mended, and
    // is open again, was there before whatever has failed since. What people notice at a task is as many as they say.
    const open = order.fallouts.filter(
      (fallout) =>
        isOpenFallout(fallout) &&
        fallout.holds.length > 0 &&
        fallout.resolvedAt === undefined &&
        fallout.task === undefined,
    );
    const keys = open.map(
      ({ cause, domainOrder, requestId = 'none' }) => `${cause} of ${domainOrder}, request ${requestId}`,
    );
    return repeated(keys).map((key) => `${order.number} has two for ${key} at entry ${entry}`);
  });
}

function announcedOtherwise({ orders }: Evidence): string[] {
  return orders.flatMap(({ order, history }) => {
    let state: string | undefined;
    const complaints: string[] = [];
    for (const { effects } of history) {
      for (const effect of effects) {
        if (effect.type !== 'NotifyListeners') continue;
        if (effect.from !== state)
          complaints.push(`${order.number}: from ${effect.from} to ${effect.to} is told after ${state}`);
        state = effect.to;
      }
    }
    return state === order.state || history.length === 0
      ? complaints
      : [...complaints, `${order.number} is ${order.state}, told was ${state}`];
  });
}

function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const known = seen.has(text);
    seen.add(text);
    return known;
  });
}
