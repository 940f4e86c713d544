/** Laws of orders that ask: they deliver nothing, nobody is asked twice at once, and a result is what somebody said. */
import type { CustomerOrder, DomainOrder, OrderLine, ReplayedStep } from '../../engine/index.ts';
import { hasEnded } from './ended.ts';
import type { Check, Evidence, OrderEvidence } from './evidence.ts';

export const questionLaws: { readonly [law: string]: Check } = {
  'an order that asks delivers nothing': delivering,
  'the result of a line and of an order is what its service orders have, in one': rolledUpOtherwise,
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

function delivering(evidence: Evidence): string[] {
  const brought = new Set(evidence.inventory.map(({ order }) => order));
  return asking(evidence).flatMap(({ order, history }) => [
    ...history.flatMap(({ entry: { entry }, order: { number, domainOrders, outboundRequests, fallouts } }) => {
      const strange = domainOrders.filter(({ kind }) => kind !== 'service').map((each) => each.number);
      const found = [...strange, ...[...outboundRequests, ...fallouts].map((each) => each.number)];
      return found.length === 0 ? [] : [`${number} has ${found.join(', ')} at entry ${entry}`];
    }),
    ...(brought.has(order.id) ? [`${order.number} has brought something into the product inventory`] : []),
  ]);
}

/** Counted from below, by line: what is under a line counts for it as well. */
function rolledUpOtherwise(evidence: Evidence): string[] {
  return askingSteps(evidence).flatMap(({ entry, before, order }) => {
    if (resultsIn(before) === resultsIn(order)) return [];
    const unknownFirst =
      evidence.policies.get(entry.versions.policies)?.qualification.unknownOutweighsUnqualified ?? true;
    const lines = order.lines.map((line) => ({ line, results: resultsBelow(order, line) }));
    const asked = lines.filter(({ line, results }) => line.parent === undefined && results.length > 0);
    const things = [
      ...lines.filter(({ results }) => results.length > 0).map(({ line, results }) => ({ thing: line, results })),
      { thing: order, results: asked.map(({ line }) => line.qualificationResult ?? 'none') },
    ];
    return things.flatMap(({ thing: { number, qualificationResult = 'none' }, results }) => {
      const expected = inOne(results, unknownFirst);
      if (expected === qualificationResult) return [];
      return [`${number} is ${qualificationResult} at entry ${entry.entry}, of ${results.join(', ')}`];
    });
  });
}

function resultsIn(order: CustomerOrder | undefined): string {
  return JSON.stringify(order?.domainOrders.map(({ id, qualification }) => [id, qualification?.result]) ?? []);
}

function resultsBelow(order: CustomerOrder, { id }: OrderLine): string[] {
  const below = order.lines.filter(({ parent }) => parent === id).flatMap((child) => resultsBelow(order, child));
  const own = order.domainOrders.filter(({ line }) => line === id);
  return [...own.map(({ qualification }) => qualification?.result ?? 'none'), ...below];
}

function inOne(results: readonly string[], unknownFirst: boolean): string {
  const has = (result: string) => results.includes(result);
  if (results.length === 0) return 'none';
  if (has('pending')) return 'pending';
  if (has('none') && (unknownFirst || !has('unqualified'))) return 'none';
  if (has('unqualified')) return 'unqualified';
  return has('alternate') ? 'alternate' : 'qualified';
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
