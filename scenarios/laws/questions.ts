/** Laws of orders that ask: nobody is asked twice at once, and a result is what somebody said, as long as it holds. */
import type { CustomerOrder, DomainOrder, ReplayedStep } from '../../engine/index.ts';
import { hasEnded } from './ended.ts';
import type { Check, Evidence, OrderEvidence } from './evidence.ts';

export const questionLaws: { readonly [law: string]: Check } = {
  'about each line at the top one question is open': askedTwice,
  'a question that is open is on its way, or has a timer': unwatchedQuestions,
  'a service is qualified only as somebody said': unheardResults,
  'a result that has expired is none': expired,
};

function asking({ orders }: Evidence): OrderEvidence[] {
  return orders.filter(({ order }) => order.fulfillmentType === 'Qualify');
}

function askingSteps(evidence: Evidence): ReplayedStep[] {
  return asking(evidence).flatMap(({ history }) => history);
}

function askedTwice(evidence: Evidence): string[] {
  return askingSteps(evidence).flatMap(({ entry, order }) => {
    const open = Map.groupBy(
      order.qualificationRequests.filter(({ state }) => state !== 'withdrawn'),
      ({ line }) => line,
    );
    return [...open]
      .filter(([, requests]) => requests.length > 1)
      .map(
        ([, requests]) => `${order.number} has ${requests.map(({ id }) => id).join(' and ')} at entry ${entry.entry}`,
      );
  });
}

function unwatchedQuestions(evidence: Evidence): string[] {
  return asking(evidence).flatMap(({ history }) => {
    const underWay = new Set<string>();
    const timers = new Set<string>();
    return history.flatMap(({ entry: { entry, input }, order, effects }) => {
      if (input.type === 'ReportQualificationExchange') underWay.delete(input.requestId);
      if (input.type === 'TimerFired' && 'requestId' in input.timer) {
        if (input.timer.kind === 'mockQualificationAnswer') timers.delete(`mockAnswer/${input.timer.requestId}`);
        else timers.delete(`${input.timer.kind}/${input.timer.requestId}`);
      }
      for (const effect of effects) {
        if (effect.type === 'SendQualificationRequest') underWay.add(effect.requestId);
        if (effect.type === 'SetTimer') timers.add(effect.name);
        if (effect.type === 'CancelTimer') timers.delete(effect.name);
      }
      const watched = (id: string) =>
        underWay.has(id) || timers.has(`mockAnswer/${id}`) || timers.has(`qualificationOverdue/${id}`);
      return order.qualificationRequests
        .filter(({ id, state }) => (state === 'sent' || state === 'waiting') && !watched(id))
        .map(({ id, state }) => `${id} is ${state} after ${input.type}, entry ${entry} of ${order.number}`);
    });
  });
}

/** An adapter that asks nobody says it by its timer. */
function unheardResults(evidence: Evidence): string[] {
  return asking(evidence).flatMap(({ history }) => {
    const said = new Set<string>();
    return history.flatMap(({ entry: { entry, input }, before, order }) => {
      for (const words of saidIn(input, order)) said.add(words);
      const known = new Map(before?.domainOrders.map(({ id, qualification }) => [id, qualification?.result]));
      return order.domainOrders.flatMap(({ id, number, qualification }) => {
        const { result = 'none' } = qualification ?? {};
        if (result === 'none' || result === 'pending' || known.get(id) === result) return [];
        return said.has(`${id} ${result}`) ? [] : [`${number} is ${result} at entry ${entry}, and nobody said so`];
      });
    });
  });
}

function saidIn(input: ReplayedStep['entry']['input'], order: CustomerOrder): string[] {
  switch (input.type) {
    case 'ReportQualification':
      return input.reports.map(({ serviceOrder, result }) => `${serviceOrder} ${result}`);
    case 'ReportQualificationExchange':
      if (input.outcome.kind !== 'answered') return [];
      return input.outcome.reports.map(({ serviceOrder, result }) => `${serviceOrder} ${result}`);
    case 'SetQualificationResult':
      return order.domainOrders.map(({ id }) => `${id} ${input.result}`);
    case 'TimerFired':
      return input.timer.kind === 'mockQualificationAnswer'
        ? order.domainOrders.map(({ id, qualification }) => `${id} ${qualification?.result}`)
        : [];
    default:
      return [];
  }
}

/** In real time a timer rings a little late. Longer would let a decision on what has just expired go unseen. */
const graceMs = 1_000;

/** Once somebody has decided, nothing expires. */
function expired(evidence: Evidence): string[] {
  return askingSteps(evidence).flatMap(({ entry, before }) => {
    if (before === undefined) return [];
    const open = new Set(before.lines.filter((line) => !hasEnded(line)).map(({ id }) => id));
    const isOver = ({ line, qualification }: DomainOrder) =>
      open.has(line) && qualification?.expiresAt !== undefined && qualification.expiresAt + graceMs < entry.at;
    return before.domainOrders
      .filter((each) => isOver(each) && each.qualification?.result !== 'none')
      .map(({ number, qualification }) => `${number} is still ${qualification?.result} at entry ${entry.entry}`);
  });
}
