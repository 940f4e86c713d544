/** Laws of the dates of orders: of those that are watched, and of those that wait for a later day. */
import type { Check, Evidence } from './evidence.ts';
import { stepsOf } from './requests.ts';

export const dateLaws: { readonly [law: string]: Check } = {
  'nothing of an order goes out before the day that it is to start on': tooSoon,
  'an order is as much in jeopardy as its worst line': otherwiseThanItsLines,
  'what is over is in no jeopardy': stillInJeopardy,
  'what was planned stays so, unless somebody plans anew': plannedOtherwise,
  'an order that is watched is looked at when its time has come, and not when it is over': unseen,
};

const levels = ['low', 'medium', 'high', 'critical'];

function tooSoon({ orders }: Evidence): string[] {
  return orders.flatMap(({ order: { number, requestedStartAt = 0, fulfillmentType, outboundRequests } }) => {
    const early = outboundRequests.find(({ createdAt }) => createdAt < requestedStartAt);
    if (early === undefined || fulfillmentType === 'Qualify') return [];
    return [`${number} starts on ${requestedStartAt}, and ${early.number} was made on ${early.createdAt}`];
  });
}

function otherwiseThanItsLines(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, order: { id, number, lines, forecast } }) => {
    if (forecast === undefined) return [];
    const ranks = lines.map((line) => levels.indexOf(forecast.of[line.id]?.level ?? ''));
    const own = levels.indexOf(forecast.of[id]?.level ?? '');
    return own === Math.max(-1, ...ranks) ? [] : [`${number} is ${levels[own] ?? 'on time'} at entry ${entry.entry}`];
  });
}

function stillInJeopardy(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, order: { number, forecast } }) =>
    Object.values(forecast?.of ?? {}).some(({ endedAt, level }) => endedAt !== undefined && level !== undefined)
      ? [`something of ${number} is over and in jeopardy at entry ${entry.entry}`]
      : [],
  );
}

/** What joins later makes only that longer which it is part of. */
function plannedOtherwise(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, before, order: { tasks, domainOrders, forecast } }) => {
    if (entry.input.type === 'RescheduleTask') return [];
    const moved = [...tasks, ...domainOrders].filter(({ id }) => {
      const [was, is] = [before?.forecast?.of[id], forecast?.of[id]];
      return was !== undefined && (was.plannedStartAt !== is?.plannedStartAt || was.plannedEndAt > is.plannedEndAt);
    });
    return moved.map(({ number }) => `${number} is planned otherwise after entry ${entry.entry}`);
  });
}

function unseen({ orders, undone, atRest }: Evidence): string[] {
  if (!atRest) return [];
  return orders.flatMap(({ order: { id, number, state, forecast } }) => {
    const isWaiting = undone.some(({ orderId, effect }) => orderId === id && isLook(effect));
    const isExpected = forecast?.nextLookAt !== undefined;
    if ((state === 'completed' || state === 'canceled') && isExpected) return [`${number} is over, and still watched`];
    return isWaiting === isExpected ? [] : [`${number} ${isExpected ? 'has no timer' : 'has a timer for nothing'}`];
  });
}

function isLook(effect: Evidence['undone'][number]['effect']): boolean {
  return effect.type === 'SetTimer' && effect.timer.kind === 'jeopardy';
}
